"""Meetings and agendas as pages: what comes to a meeting, its pack made and published."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime
from tests.conftest import CAST
from tests.documents.test_packs import blank
from tests.pages.conftest import WIDTHS
from tests.pages.decision_places import load, small_place

from concord.domain.places.policy import TABLE, RoleName, acts_for_page
from concord.records.models import FiledPaper, PackMaking, Publication
from concord.web import agendas_packs

MEETINGS = "/middlemarch/meetings/"
CABINET = f"{MEETINGS}cabinet/2027-05-25/"
BOARD = f"{MEETINGS}board/2027-03-24/"


@pytest.fixture
def decides(db, operator):
    load(operator, "middlemarch")


@pytest.fixture
def at_once(monkeypatch):
    """Packs are made within the request: a test's database is not seen from another thread."""
    monkeypatch.setattr(agendas_packs, "in_background", lambda work: work())


def words(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode().replace("\xa0", " ")


def pdf(pages: int = 2) -> SimpleUploadedFile:
    return SimpleUploadedFile("letter.pdf", blank(pages), "application/pdf")


def make(client, meeting: str, **asked) -> PackMaking:
    response = client.post(f"{meeting}pack/", {"kind": "agenda", **asked})
    assert response.status_code == 302, response.content.decode()[:3000]
    return PackMaking.objects.get(pk=response["Location"].strip("/").rpartition("/")[2])


def publish(client, meeting: str, **asked) -> Publication:
    row = make(client, meeting, **asked)
    assert row.state == PackMaking.MADE, row.findings
    response = client.post(f"{meeting}pack/{row.pk}/publish/", asked)
    assert response.status_code == 302, response.content.decode()[:3000]
    return Publication.objects.order_by("-pk").first()


def test_the_list_has_every_meeting_of_the_calendar_and_every_stop(client, decides):
    shown = words(client, MEETINGS)
    assert "Meetings to come" in shown
    data = client.get("/middlemarch/meetings.json").json()
    assert len(data["meetings"]) == 40
    assert data["more"]
    days = [m["on"] for m in data["meetings"]]
    assert days == sorted(days)


def test_the_list_may_be_asked_for_one_body_and_for_the_past(client, decides):
    data = client.get("/middlemarch/meetings.json?body=cabinet").json()
    assert {m["body"] for m in data["meetings"]} == {"cabinet"}
    (may,) = [m for m in data["meetings"] if m["on"] == "2027-05-25"]
    assert may["matters"] == 1
    assert may["agenda_public"] is False
    past = client.get("/middlemarch/meetings.json?when=past").json()
    assert all(m["on"] < past["on"] for m in past["meetings"])


def test_an_agenda_tells_each_matter_its_purpose_and_by_when_it_must_be_public(client, decides):
    shown = words(client, CABINET)
    assert "Home care framework for Middlemarch" in shown
    assert "For decision by Middlemarch Borough Council" in shown
    assert "17 May 2027" in shown  # five clear days before Tuesday 25 May 2027
    data = client.get(f"{CABINET.rstrip('/')}.json").json()
    assert data["due"][0]["by"] == "2027-05-17"
    assert data["items"] == []
    assert [i["key"] for i in data["not_yet_published"]] == ["home_care/cabinet"]


@pytest.mark.parametrize(
    "address",
    ["cabinet/2027-05-24/", "cabinet/2027-5-25/", "cabinet/someday/", "nobody/2027-05-25/",
     "cabinet/9999-12-31/"],
)  # fmt: skip
def test_a_meeting_that_nobody_knows_of_is_not_found(client, decides, address):
    assert client.get(MEETINGS + address).status_code == 404


def test_a_visitor_sees_neither_the_clerks_part_nor_a_file_before_its_pack(
    client, decides, cast, at_once
):
    client.force_login(cast.democratic_services_officer)
    sent = {"file": pdf(), "title": "Letter from the trust"}
    assert client.post(f"{CABINET}file/", sent).status_code == 302
    assert "Letter from the trust" in words(client, CABINET)
    client.logout()
    shown = words(client, CABINET)
    assert "Letter from the trust" not in shown
    assert "Put a file" not in shown


def test_a_clerk_puts_a_file_makes_the_pack_and_publishes_it(client, decides, cast, at_once):
    client.force_login(cast.democratic_services_officer)
    client.post(f"{CABINET}file/", {"file": pdf(), "title": "Letter", "ask": "the clerk"})
    assert "Letter" in words(client, f"{CABINET}pack/")
    row = make(client, CABINET, where="Town Hall")
    shown = words(client, f"{CABINET}pack/{row.pk}/")
    assert "The pack is made" in shown
    draft = client.get(f"{CABINET}pack/{row.pk}.pdf")
    assert draft["Content-Type"] == "application/pdf"
    assert client.get(f"{CABINET}").content.decode().count("Agenda and papers") == 0
    client.post(f"{CABINET}pack/{row.pk}/publish/")
    made = Publication.objects.get(kind="agenda")
    assert made.sha256 == hashlib.sha256(draft.content).hexdigest()
    client.logout()
    shown = words(client, CABINET)
    assert "Agenda and papers" in shown
    assert "Letter" in shown
    assert client.get(f"/middlemarch/papers/{made.pk}/document").content == draft.content
    assert "Agenda public" in words(client, f"{MEETINGS}?body=cabinet")
    assert client.get(f"{CABINET}pack/{row.pk}.pdf").status_code == 302


def test_a_supplement_adds_what_came_later_and_goes_on_with_the_pages(
    client, decides, cast, at_once
):
    client.force_login(cast.board_officer)
    client.post(f"{CABINET}file/", {"file": pdf(), "title": "Letter"})
    first = publish(client, CABINET)
    again = client.post(f"{CABINET}pack/", {"kind": "supplement"})
    assert again.status_code == 403
    assert "nothing has been added" in again.content.decode().lower()
    client.post(f"{CABINET}file/", {"file": pdf(3), "title": "Map", "item": "home_care/cabinet"})
    second = publish(client, CABINET, kind="supplement")
    assert second.details["first"] == first.details["last"] + 1
    assert second.details["items"][0]["new"] is False
    shown = words(client, CABINET)
    assert "a paper to item" in shown
    assert "Supplement 1" in shown
    data = client.get(f"{CABINET.rstrip('/')}.json").json()
    assert [p["pages"][0] for p in data["packs"]] == [1, first.details["last"] + 1]


def test_a_correction_stands_beside_what_it_corrects(client, decides, cast, at_once):
    client.force_login(cast.board_officer)
    client.post(f"{CABINET}file/", {"file": pdf(), "title": "Letter"})
    first = publish(client, CABINET)
    row = make(client, CABINET, kind=f"correction:{first.pk}", where="Guildhall")
    refused = client.post(f"{CABINET}pack/{row.pk}/publish/")
    assert refused.status_code == 403
    client.post(f"{CABINET}pack/{row.pk}/publish/", {"because": "the room was wrong"})
    shown = words(client, CABINET)
    assert "The room was wrong." in shown
    assert "No longer holds." in shown


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (b"not a pdf", "not a PDF"),
        (blank(1, "app.alert(1)"), "a script"),
    ],
)
def test_a_file_that_may_not_be_kept_is_refused_with_what_would_mend_it(
    client, decides, cast, sent, says
):
    client.force_login(cast.board_officer)
    response = client.post(
        f"{CABINET}file/", {"file": SimpleUploadedFile("x.pdf", sent), "title": "X"}
    )
    assert response.status_code == 403
    assert says in response.content.decode()
    assert not FiledPaper.objects.exists()


def test_a_form_without_a_file_says_so(client, decides, cast):
    client.force_login(cast.board_officer)
    response = client.post(f"{CABINET}file/", {"title": "X"})
    assert response.status_code == 400
    assert "Choose a PDF" in response.content.decode()


def test_only_where_files_are_sent_may_a_request_be_large(client, decides, cast):
    client.force_login(cast.board_officer)
    large = SimpleUploadedFile("x.pdf", b"%PDF-" + b"0" * 2_000_000)
    assert client.post(f"{CABINET}pack/", {"file": large}).status_code == 413
    large.seek(0)
    assert client.post(f"{CABINET}file/", {"file": large, "title": "X"}).status_code == 403
    larger = SimpleUploadedFile("x.pdf", b"%PDF-" + b"0" * 20_200_000)
    response = client.post(f"{CABINET}file/", {"file": larger, "title": "X"})
    assert response.status_code == 413
    assert "20 MB" in response.content.decode()


def test_a_pack_being_made_says_how_far_it_is_and_asks_again_without_a_script(
    client, decides, cast
):
    client.force_login(cast.board_officer)
    at = localtime()
    row = PackMaking.objects.create(
        place_id="middlemarch", body="cabinet", on="2027-05-25", begun_at=at, touched_at=at,
        done=2, of=4, says="Reading Letter",
    )  # fmt: skip
    response = client.get(f"{CABINET}pack/{row.pk}/")
    assert response["Refresh"] == "2"
    shown = response.content.decode()
    assert "Reading Letter. Step 2 of 4." in shown
    assert re.search(r'<progress[^>]* max="4" value="2"', shown)


def test_a_pack_of_which_nothing_is_heard_says_that_it_has_stopped(client, decides, cast):
    client.force_login(cast.board_officer)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    row = PackMaking.objects.create(
        place_id="middlemarch", body="cabinet", on="2027-05-25", begun_at=at, touched_at=at
    )
    response = client.get(f"{CABINET}pack/{row.pk}/")
    assert "It has stopped." in response.content.decode()
    assert "Refresh" not in response


def test_a_pack_that_cannot_be_made_says_why(client, decides, cast, at_once, monkeypatch):
    client.force_login(cast.board_officer)
    client.post(f"{CABINET}file/", {"file": pdf(), "title": "Letter"})
    monkeypatch.setattr("concord.documents.appending.MOST_PAGES", 1)
    row = make(client, CABINET)
    shown = words(client, f"{CABINET}pack/{row.pk}/")
    assert "The pack was not made" in shown
    assert "2 pages" in shown
    assert client.post(f"{CABINET}pack/{row.pk}/publish/").status_code == 403


PAGES = {
    "meetings": (MEETINGS, "get"),
    "agenda": (CABINET, "get"),
    "agenda_pack": (f"{CABINET}pack/", "get"),
    "agenda_file": (f"{CABINET}file/", "post"),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("person", [*CAST, "public"])
def test_a_page_opens_for_the_roles_of_the_table_and_for_no_other(
    client, decides, cast, person, page
):
    address, method = PAGES[page]
    role = CAST[person][0] if person in CAST else "public"
    if person in CAST:
        client.force_login(getattr(cast, person))
    sent = {"file": pdf(), "title": "Letter"} if method == "post" else {}
    response = getattr(client, method)(address, sent)
    if all(act in TABLE[RoleName(role)] for act in acts_for_page(page)):
        assert response.status_code == (302 if method == "post" else 200)
        assert "/account/login/" not in response.headers.get("Location", "")
    elif person == "public":
        assert response.headers["Location"].startswith("/account/login/")
    else:
        assert response.status_code == 403


@pytest.mark.parametrize(
    "place", ["city_of_london", "doncaster", "nottinghamshire", "sheffield", "southampton"]
)
def test_the_meetings_of_a_published_place_open_as_its_report_found_them(
    client, db, operator, place
):
    load(operator, place)
    for when in ("", "?when=past"):
        words(client, f"/{place}/meetings/{when}")
    data = client.get(f"/{place}/meetings.json").json()
    for row in data["meetings"]:
        shown = words(client, row["address"])
        assert json.loads(client.get(row["address"].rstrip("/") + ".json").content)["body"]
        assert "None" not in re.sub("<[^>]+>", " ", shown)


def test_pages_ask_the_database_no_more_for_more_matters(client, db, operator):
    asked = []
    for number in (3, 12):
        name = f"loamshire_{number}"
        small_place(operator, name, number)
        for address in (f"/{name}/meetings/", f"/{name}/meetings/cabinet/2027-03-02/"):
            words(client, address)
            with CaptureQueriesContext(connection) as queries:
                words(client, address)
            asked.append(len(queries))
    assert asked[:2] == asked[2:]
    assert max(asked) <= 12


def test_a_matter_leads_to_each_of_its_meetings_and_data_say_where(client, decides):
    assert f'href="{CABINET}"' in words(client, "/middlemarch/decisions/home_care/")
    assert f'href="{MEETINGS}"' in words(client, "/middlemarch/decisions/")


def test_a_published_agenda_stands_in_the_register_and_is_no_notice(client, decides, cast, at_once):
    client.force_login(cast.board_officer)
    publish(client, CABINET)
    assert "Agenda: Cabinet, Tuesday 25 May 2027" in words(client, "/middlemarch/papers/")
    notices = client.get("/middlemarch/notices.json").json()
    assert notices["published"] == []


def test_a_late_agenda_asks_for_its_lawful_way_out_once(
    client, decides, cast, at_once, monkeypatch
):
    """NHS board on Thursday 13 May 2027, due by Wednesday 5 May; asked for on the 10th."""
    monkeypatch.setattr(agendas_packs, "today", lambda: date(2027, 5, 10))
    client.force_login(cast.board_officer)
    row = make(client, f"{MEETINGS}icb_board/2027-05-13/")
    shown = words(client, f"{MEETINGS}icb_board/2027-05-13/pack/{row.pk}/")
    assert shown.count("The lawful way out") == 1
    assert 'value="nhs_shorter_notice|' in shown
    assert "Wednesday 5 May 2027" in shown


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_meetings_passes_in_a_browser(
    visit, live_server, decides, cast, client, at_once, width
):
    client.force_login(cast.board_officer)
    client.post(f"{CABINET}file/", {"file": pdf(), "title": "Letter", "late": "it came late"})
    publish(client, CABINET)
    client.post(f"{CABINET}file/", {"file": pdf(), "title": "Map", "item": "home_care/cabinet"})
    made = make(client, CABINET, kind="supplement")
    visitor, clerk = visit(), visit(cast.board_officer)
    found = []
    for one, path in (
        (visitor, MEETINGS), (visitor, f"{MEETINGS}?when=past"), (visitor, CABINET),
        (visitor, BOARD), (clerk, CABINET), (clerk, f"{CABINET}pack/"),
        (clerk, f"{CABINET}pack/{made.pk}/"),
    ):  # fmt: skip
        one.open(path, width)
        found += one.check(f"{path} at {width}")
    assert found == []
