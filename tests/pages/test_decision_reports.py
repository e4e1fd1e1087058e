"""A report signed in: read, edited by two at once, signed off, submitted, published, corrected."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from tests.conftest import CAST, PASSWORD
from tests.pages.decision_places import load, small_place

from concord.domain.places.policy import PAGES, TABLE, RoleName, acts_for_page
from concord.web.pages import today

MATTER = "/middlemarch/decisions/home_care"
# Each page of decisions in the policy's table, and how it is asked for.
ADDRESSES = {
    "decisions": ("/middlemarch/decisions/", "get"),
    "matter": (f"{MATTER}/", "get"),
    "route": (f"{MATTER}/route/", "get"),
    "paper": (f"{MATTER}/paper/cabinet/", "get"),
    "forward_plan": ("/middlemarch/forward-plan/", "get"),
    "notices": ("/middlemarch/notices/", "get"),
    "papers": ("/middlemarch/papers/", "get"),
    "publication": ("/middlemarch/papers/{publication}/", "get"),
    "promises": ("/middlemarch/promises/", "get"),
    "feed": ("/middlemarch/decisions.atom", "get"),
    "report": (f"{MATTER}/report/", "get"),
    "report_versions": (f"{MATTER}/report/versions/", "get"),
    "report_edit": (f"{MATTER}/report/edit/", "get"),
    "report_discard": (f"{MATTER}/report/discard/", "post"),
    "report_ask": (f"{MATTER}/report/ask/", "post"),
    "report_submit": (f"{MATTER}/report/submit/", "post"),
    "report_sign": (f"{MATTER}/report/sign/", "post"),
    "report_move": (f"{MATTER}/report/move/", "post"),
    "report_publish": (f"{MATTER}/report/publish/", "post"),
    "report_withdraw": ("/middlemarch/papers/{publication}/withdraw/", "post"),
    "notice_give": (f"{MATTER}/notice/cabinet/forward-plan-notice/", "get"),
    "promise_met": ("/middlemarch/promises/met/", "post"),
}


@pytest.fixture
def published(cast, operator):
    """Middlemarch with its matters, and one thing that was made public."""
    from concord.records.models import Publication

    load(operator, "middlemarch")
    body = b"%PDF-"
    return Publication.objects.create(
        place_id="middlemarch", matter="home_care", stop="cabinet", kind="paper", title="A paper",
        media_type="application/pdf", body=body, sha256=hashlib.sha256(body).hexdigest(),
        published_at=datetime(2026, 11, 20, 10, tzinfo=UTC), published_by="board_officer",
    )  # fmt: skip


def allowed(role: str, page: str) -> bool:
    return all(act in TABLE[RoleName(role)] for act in acts_for_page(page))


@pytest.mark.parametrize("page", ADDRESSES)
@pytest.mark.parametrize("person", [*CAST, "public"])
def test_a_page_of_decisions_opens_for_the_roles_of_the_table_and_for_no_other(
    client, cast, published, person, page
):
    address, method = ADDRESSES[page]
    role = CAST[person][0] if person in CAST else "public"
    if person in CAST:
        client.force_login(getattr(cast, person))
    response = getattr(client, method)(address.format(publication=published.pk))
    shown = response.content.decode()
    if allowed(role, page) and method == "get":
        assert response.status_code == 200
    elif allowed(role, page):
        # An act that rules do not let through is refused for its own reason, not for the role.
        assert response.status_code in (302, 400, 403)
        assert "that is for the" not in shown
        assert "/account/login/" not in response.headers.get("Location", "")
    elif person == "public":
        assert response.headers["Location"].startswith("/account/login/")
    else:
        assert response.status_code == 403
        assert "This may not be done" in shown


def test_every_page_of_decisions_in_the_table_is_tried():
    assert set(PAGES[PAGES.index("decisions") :]) >= set(ADDRESSES)
    assert [
        p for p in PAGES if p in ADDRESSES or p.startswith(("report", "notice_", "promise_"))
    ] == list(ADDRESSES)


def test_the_data_of_a_report_are_refused_to_whoever_may_not_read_drafts(client, published):
    response = client.get(f"{MATTER}/report.json")
    assert response.status_code == 403


# --- writing ---


@pytest.fixture
def writers(client, cast, operator):
    """A small place's matter whose report is being written by two officers."""
    from concord.commands.accounts import grant_role

    small_place(operator, "small", 1)
    for person in (cast.integration_manager, cast.board_officer):
        grant_role(operator, "small", person.email, CAST[_name(person)][0], "", date(2026, 4, 1))
    return cast


def _name(person) -> str:
    return person.email.split("@")[0]


SMALL = "/small/decisions/matter_01/report"


def draft():
    from concord.records.models import Draft

    return Draft.objects.desk("small", "matter:matter_01")


def post_part(client, person, part, words, revision):
    client.force_login(person)
    sent = {"part": part, "words": words, "revision": revision}
    return client.post(f"{SMALL}/edit/", sent)


def test_each_finding_stands_beside_its_line_with_its_words_marked(client, writers):
    client.force_login(writers.integration_manager)
    shown = client.get(f"{SMALL}/").content.decode()
    lines = shown.split('<div class="c-report__line')
    line = next(one for one in lines if "[insert date]" in one)
    assert '<mark class="c-mark--must">[insert date]</mark>' in line
    assert "Must be mended" in line
    assert re.search(r'href="#(head|p\d+)">Go to the first line', shown)
    assert "Cannot be published yet" in shown


def test_a_part_is_edited_alone_and_written_into_the_same_text(client, writers):
    words = 'Care is bought from 12 providers.\n\nThey are called "partners" \\ friends.'
    response = post_part(client, writers.integration_manager, 0, words, draft().revision)
    assert response.status_code == 302
    kept = draft()
    assert kept.is_open
    from concord.web.places import read
    from concord.web.reports_editing import parts_of

    arrangement = read(__import__("concord.records.models", fromlist=["TextVersion"])
                       .TextVersion.objects.newest("small").text).arrangement  # fmt: skip
    parts = parts_of(kept.text, arrangement)
    assert str(parts[0].text).strip() == words
    assert "seven shillings" in str(parts[1].text)
    assert "A review of matter 01" in kept.text


def test_two_people_who_write_two_parts_lose_nothing_and_meet_no_obstacle(client, writers):
    began = draft().revision
    first = post_part(client, writers.integration_manager, 0, "New background.", began)
    second = post_part(client, writers.board_officer, 1, "The price is known.", began)
    assert (first.status_code, second.status_code) == (302, 302)
    assert "New background." in draft().text
    assert "The price is known." in draft().text


def test_two_people_who_write_one_part_are_shown_both_and_nothing_is_lost(client, writers):
    from concord.records.models import KeptText

    began = draft().revision
    post_part(client, writers.integration_manager, 0, "Of the first.", began)
    response = post_part(client, writers.board_officer, 0, "Of the second.", began)
    assert response.status_code == 409
    shown = response.content.decode()
    assert "Somebody saved before you" in shown
    assert "Of the second." in shown
    assert "Of the first." in draft().text
    assert any(
        "Of the second." in k.text for k in KeptText.objects.filter(because="saved too late")
    )


@pytest.mark.parametrize(
    "words",
    [
        '"""', 'ends in a quote"', "a \\ b", "'''", '"""\n[[report.parts]]\nkind = "purpose"',
        "[stops.evil]\nbody = 1", "", "£ “quotes” – dashes", "x" * 2000,
    ],
)  # fmt: skip
def test_no_words_of_a_part_can_break_the_text_around_them(client, writers, words):
    before = draft()
    response = post_part(client, writers.integration_manager, 0, words, before.revision)
    after = draft()
    from concord.records.models import TextVersion
    from concord.web.places import read
    from concord.web.reports_editing import parts_of

    arrangement = read(TextVersion.objects.newest("small").text).arrangement
    parts = parts_of(after.text, arrangement)
    assert len(parts) == 2
    assert "seven shillings" in str(parts[1].text)
    if response.status_code == 302:
        assert str(parts[0].text).strip("\n") == words.strip("\n")
    else:
        assert after.text == before.text


@pytest.mark.parametrize("part", ["-1", "99", "x", "1e9", "²"])
def test_a_part_that_is_not_there_is_no_page(client, writers, part):
    client.force_login(writers.integration_manager)
    assert client.get(f"{SMALL}/edit/?part={part}").status_code == 404
    sent = {"part": part, "words": "a", "revision": draft().revision}
    assert client.post(f"{SMALL}/edit/", sent).status_code == 400


def test_a_whole_text_is_checked_without_being_saved_and_refused_with_its_lines(client, writers):
    client.force_login(writers.integration_manager)
    text = draft().text
    sent = {"text": text.replace("[report]", "[reprt]"), "revision": draft().revision}
    shown = client.post(f"{SMALL}/edit/", {**sent, "do": "check"})
    assert shown.status_code == 200
    assert "Checked, not saved" in shown.content.decode()
    assert draft().text == text


def test_a_draft_that_cannot_be_read_is_kept_and_shown_with_what_is_wrong(client, writers):
    client.force_login(writers.integration_manager)
    sent = {"text": draft().text + "\n[matter", "revision": draft().revision, "do": "save"}
    client.post(f"{SMALL}/edit/", sent)
    shown = client.get(f"{SMALL}/")
    assert shown.status_code == 200
    assert "Cannot be read yet" in shown.content.decode()
    assert client.get("/small/decisions/matter_01/").status_code == 200, "the public text stands"


# --- from signing to publishing ---


NOTHING_OPEN = """
[[report.parts]]
kind = "equality implications"
nil = "the same people are cared for as before"
[[report.parts]]
kind = "legal implications"
nil = "the contract follows the council's standing orders"
"""


@pytest.fixture
def signer(operator, writers):
    """Ann Example, who is the Director of Care and signs the report off."""
    from concord.commands.accounts import add_account, grant_role

    ann = add_account(operator, "", "ann@small.example", "Ann Example", PASSWORD)
    grant_role(operator, "small", ann.email, "councillor", "", date(2026, 4, 1))
    return ann


@pytest.fixture
def signed(client, writers, signer):
    """The matter's report with nothing left open, signed and submitted; Cabinet meets that day."""

    def make(meets: date) -> None:
        text = draft().text.replace("[insert date]", "June").replace("2027-03-02", f"{meets}")
        sent = {"text": text + NOTHING_OPEN, "revision": draft().revision, "do": "save"}
        client.force_login(writers.integration_manager)
        assert client.post(f"{SMALL}/edit/", sent).status_code == 302
        client.force_login(signer)
        client.post(f"{SMALL}/sign/", {"role": "Lead", "by": "director"})
        client.force_login(writers.integration_manager)
        assert "Nothing stops it" in client.get(f"{SMALL}/").content.decode()
        sent = {"revision": draft().revision, "why": "ready"}
        assert client.post(f"{SMALL}/submit/", sent).status_code == 302
        client.force_login(writers.board_officer)

    return make


def test_a_paper_is_published_corrected_and_both_stay_visible(client, signed):
    signed(today() + timedelta(days=60))
    paper = "/small/decisions/matter_01/paper/cabinet/"
    assert client.post(f"{SMALL}/publish/", {"stop": "cabinet"}).status_code == 302
    first = client.get(paper).content.decode()
    assert "Published on" in first
    assert "seven shillings" not in first
    assert client.post(f"{SMALL}/publish/", {"stop": "cabinet"}).status_code == 403
    sent = {"stop": "cabinet", "because": "a name was misspelt"}
    assert client.post(f"{SMALL}/publish/", sent).status_code == 302
    assert "a name was misspelt" in client.get(paper).content.decode().lower()
    register = client.get("/small/papers.json").json()["publications"]
    assert len(register) == 6  # page, PDF and Word, twice
    assert sum(bool(row["supersedes"]) for row in register) == 3
    assert "Corrected: Matter 01" in client.get("/small/decisions.atom").content.decode()


def test_a_late_paper_is_published_only_by_a_lawful_way_that_is_shown_for_ever(client, signed):
    # Five clear days do not fit before the day after tomorrow, however they are counted.
    signed(today() + timedelta(days=2))
    shown = client.get(f"{SMALL}/").content.decode()
    assert "Its papers were due by" in shown
    ways = re.findall(r'<option value="([^"|]+\|[^"]+)"', unescape(shown))
    assert ways
    assert client.post(f"{SMALL}/publish/", {"stop": "cabinet"}).status_code == 403
    sent = {"stop": "cabinet", "exit": ways[0], "exit_why": "the provider closes this week"}
    assert client.post(f"{SMALL}/publish/", {**sent, "agreed_on": "soon"}).status_code == 400
    response = client.post(f"{SMALL}/publish/", sent)
    assert response.status_code == 302, response.content.decode()
    client.logout()
    for page in ("papers/", "decisions/matter_01/paper/cabinet/", "decisions.atom"):
        assert "the provider closes this week" in client.get(f"/small/{page}").content.decode()


def test_only_whoever_holds_the_post_is_offered_its_signature(client, writers, signer):
    for person, offered in ((writers.board_officer, False), (signer, True)):
        client.force_login(person)
        shown = client.get(f"{SMALL}/").content.decode()
        assert ("Sign as Director of Care" in shown) is offered
    client.force_login(writers.board_officer)
    response = client.post(f"{SMALL}/sign/", {"role": "Lead", "by": "director"})
    assert response.status_code == 403
    assert "Director of Care is Ann Example" in response.content.decode().replace("\xa0", " ")


def test_a_signature_that_a_later_change_touches_is_shown_as_reopened(client, writers, signer):
    client.force_login(signer)
    assert client.post(f"{SMALL}/sign/", {"role": "Lead", "by": "director"}).status_code == 302
    assert "Signed" in client.get(f"{SMALL}/").content.decode()
    post_part(client, writers.integration_manager, 0, "Quite another text.", draft().revision)
    shown = client.get(f"{SMALL}/").content.decode()
    assert "Reopened" in shown


def test_a_sign_off_is_held_with_its_reason(client, writers, signer):
    client.force_login(writers.integration_manager)
    assert client.post(f"{SMALL}/ask/").status_code == 302
    client.force_login(signer)
    refused = client.post(f"{SMALL}/move/", {"role": "Lead", "move": "held", "why": " "})
    assert refused.status_code == 403
    sent = {"role": "Lead", "move": "held", "why": "the audit is not back"}
    assert client.post(f"{SMALL}/move/", sent).status_code == 302
    shown = client.get(f"{SMALL}/").content.decode()
    assert "On hold" in shown
    assert "the audit is not back" in shown


def test_a_report_that_something_stops_offers_no_button_to_submit_or_publish(client, writers):
    client.force_login(writers.board_officer)
    shown = client.get(f"{SMALL}/").content.decode()
    assert "Submit the report" not in shown
    assert "Make it public" not in shown
    response = client.post(f"{SMALL}/publish/", {"stop": "cabinet"})
    assert response.status_code == 403


def test_two_versions_are_compared_part_by_part_with_the_words_that_changed(client, writers):
    client.force_login(writers.integration_manager)
    sent = {"part": 0, "words": "Care is bought from twelve providers today.", "revision": 0}
    client.post(f"{SMALL}/edit/", {**sent, "revision": draft().revision})
    shown = client.get(f"{SMALL}/versions/").content.decode()
    assert "One part differs between version 1 and the draft" in shown
    assert re.search(r"<del>.*eleven.*</del>", shown)
    assert re.search(r"<ins>.*twelve.*</ins>", shown)
    assert client.get(f"{SMALL}/versions/?from=9").status_code == 400
    assert client.get(f"{SMALL}/versions.json").json()["changes"][0]["became"] == "changed"


# --- the register ---


def test_a_notice_is_published_once_it_says_all_that_it_must(client, cast, published):
    client.force_login(cast.board_officer)
    address = f"{MATTER}/notice/cabinet/forward-plan-notice/"
    shown = client.get(address).content.decode()
    assert "Two things are missing" in shown
    assert "Publish the notice" not in shown
    assert client.post(address, {"do": "publish"}).status_code == 403
    own = {"address": "Town Hall, Middlemarch", "how_to_ask": "Ask the clerk"}
    assert "Publish the notice" in client.post(address, {**own, "do": "check"}).content.decode()
    response = client.post(address, {**own, "do": "publish"})
    assert response.status_code == 302
    client.logout()
    for page in ("notices/", "papers/", "notices.atom"):
        assert "orward plan notice" in client.get(f"/middlemarch/{page}").content.decode()
    assert "Announced on" in client.get("/middlemarch/forward-plan/").content.decode()


@pytest.mark.parametrize("kind", ["no-notice", "agenda", "special-urgency-notice"])
def test_a_notice_that_is_not_owed_has_no_page(client, cast, published, kind):
    client.force_login(cast.board_officer)
    assert client.get(f"{MATTER}/notice/cabinet/{kind}/").status_code == 404


def test_a_promise_is_recorded_as_met_with_how_anybody_can_see_it(client, cast, operator):
    from concord.commands.accounts import grant_role

    small_place(operator, "small", 1)
    person = cast.integration_manager
    grant_role(operator, "small", person.email, "integration manager", "", date(2026, 4, 1))
    client.force_login(person)
    sent = {"matter": "matter_01", "promise": "review", "on": "2026-11-20", "how": ""}
    assert client.post("/small/promises/met/", sent).status_code == 403
    assert client.post("/small/promises/met/", {**sent, "on": "soon"}).status_code == 400
    assert client.post("/small/promises/met/", {**sent, "how": "minute 4"}).status_code == 302
    data = client.get("/small/promises.json?on=2026-11-24").json()
    assert data["promises"][0]["state"] == "met"
    assert "Promised and overdue" not in client.get("/small/?on=2026-11-24").content.decode()


def test_what_was_published_stands_with_its_moment_and_its_hash(client, published):
    shown = client.get(f"/middlemarch/papers/{published.pk}/").content.decode()
    assert published.sha256 in shown
    assert "Its bytes still have this hash" in shown
    raw = client.get(f"/middlemarch/papers/{published.pk}/document")
    assert hashlib.sha256(raw.content).hexdigest() == published.sha256
    data = json.loads(client.get("/middlemarch/papers.json").content)
    assert data["publications"][0]["sha256"] == published.sha256


def test_a_withdrawal_is_visible_in_the_register_the_page_the_paper_and_the_feed(
    client, cast, published
):
    client.force_login(cast.board_officer)
    address = f"/middlemarch/papers/{published.pk}/withdraw/"
    assert client.post(address, {"because": ""}).status_code == 403
    assert client.post(address, {"because": "a wrong table"}).status_code == 302
    client.logout()
    for page in ("papers/", f"papers/{published.pk}/", "decisions/home_care/paper/cabinet/",
                 "decisions.atom"):  # fmt: skip
        shown = client.get(f"/middlemarch/{page}").content.decode()
        assert re.search("[Ww]ithdr", shown), page
    assert client.get(f"/middlemarch/papers/{published.pk}/document").content == b"%PDF-"


def test_a_paper_that_was_submitted_here_is_not_shown_before_it_is_published(
    client, cast, published, operator
):
    from concord.commands import texts
    from concord.records.models import Draft

    acting = replace(operator, account=cast.board_officer)
    kept = Draft.objects.desk("middlemarch", "matter:home_care")
    texts.adopt(acting, kept, kept.text + "# a line more\n", "submitted")
    paper = f"{MATTER}/paper/icb/"
    assert "Not published yet" in client.get(paper).content.decode()
    assert client.get(f"{MATTER}/paper/icb.pdf").status_code == 404
    client.force_login(cast.councillor)
    assert client.get(f"{MATTER}/paper/icb.pdf").status_code == 200
