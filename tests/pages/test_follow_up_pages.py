"""The pages around a meeting: interests, actions, what was put off, minutes, decisions alone."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.commands.meeting_room import BROOKE, COUNCIL, EVERYONE, MINCHIN, ROSAMOND, SPRAGUE
from tests.commands.meeting_room import room_for as called
from tests.conftest import CAST

from concord.commands.follow_up import add_action
from concord.commands.interests import register_interest
from concord.commands.minutes import approve_minutes, draft_minutes, put_minutes
from concord.domain.places.policy import TABLE, RoleName, acts_for_page
from concord.records.models import (
    Action,
    ActionUpdate,
    Decision,
    DispensationEntry,
    InterestEntry,
    MinutesEntry,
    Talk,
)

SECRET = "the price that Stone Court asked"
OCTOBER, NOVEMBER = date(2026, 10, 14), date(2026, 11, 18)
MINUTES = "/middlemarch/meetings/board/2026-10-14/minutes/"
TITLE = "Forty reablement places"


@pytest.fixture
def clerk(cast, operator):
    return replace(
        operator, account=cast.democratic_services_officer,
        now=datetime(2026, 11, 20, 9, tzinfo=UTC),
    )  # fmt: skip


@pytest.fixture
def followed(clerk):
    """A Board of October that decided, noted in private and put one item off; what followed."""
    room = called(clerk, OCTOBER)
    room.gather()
    room.say("presides", "14:00", who=BROOKE)
    room.put()
    room.put("6", "Home care contract", purpose="information", private=True)
    room.put("7", "Winter beds")
    room.open()
    room.vote(*EVERYONE)
    outcome = room.outcome()
    room.open("6", "14:56")
    room.say("noted", "14:57", item="6", words=f"Members heard {SECRET}")
    room.say("item closed", "14:58", item="6")
    room.open("7", "15:00")
    room.vote(*COUNCIL, ROSAMOND, item="7", clock="15:05")
    room.vote(SPRAGUE, MINCHIN, way=False, item="7", clock="15:05")
    room.outcome("7", "15:10")
    room.say("meeting closed", "15:30")
    reference = outcome.decisions.get(organisation="council").reference
    add_action(
        clerk, "middlemarch", key="a", what="Open ten places", due=date(2026, 11, 2),
        owners={"council": "director", "icb": "icb_chief"}, meeting=room.meeting.name, item="5",
    )  # fmt: skip
    add_action(
        clerk, "middlemarch", key="c", what="Sign the lease", decision=reference, condition=True,
        owners={"council": "director"}, due=date(2030, 1, 1),
    )  # fmt: skip
    register_interest(
        clerk, "middlemarch", key="i", person=SPRAGUE, in_what="trust", what="Medical adviser",
        kinds={"NHS body": "financial"}, starts=date(2024, 4, 1),
    )  # fmt: skip
    return room


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.replace("&#39;", "'").replace("\xa0", " ").split())


PAGES = {
    "interests": "/middlemarch/interests/",
    "actions": "/middlemarch/actions/",
    "deferred": "/middlemarch/deferred/",
    "minutes": "/middlemarch/minutes/",
    "meeting_minutes": MINUTES,
    "decide_alone": "/middlemarch/decide/",
}
FORMS = {
    "interest_enter": ["/middlemarch/interests/enter/", "/middlemarch/interests/end/",
                       "/middlemarch/interests/dispense/"],
    "interest_declare": ["/middlemarch/interests/declare/"],
    "action_add": ["/middlemarch/actions/add/"],
    "action_update": ["/middlemarch/actions/1/update/"],
    "talk_record": ["/middlemarch/deferred/talks/", "/middlemarch/deferred/ladder/"],
    "minutes_write": [f"{MINUTES}write/"],
    "decide_alone": ["/middlemarch/decide/"],
}  # fmt: skip


def allowed(role: str, page: str) -> bool:
    return all(act in TABLE[RoleName(role)] for act in acts_for_page(page))


@pytest.mark.parametrize("person", [*CAST, "public"])
def test_each_page_and_form_opens_for_the_roles_of_the_table_and_no_other(
    client, cast, followed, person
):
    role = CAST[person][0] if person in CAST else "public"
    if person in CAST:
        client.force_login(getattr(cast, person))
    for page, address in PAGES.items():
        status = client.get(address).status_code
        assert status == (200 if allowed(role, page) else 302 if person == "public" else 403), page
    for page, addresses in FORMS.items():
        for address in addresses:
            answer = client.post(address, {})
            asked_in = "/account/login/" in answer.headers.get("Location", "")
            if allowed(role, page):
                # An empty form is refused with what is missing, not turned away at the door.
                assert not asked_in
                assert "you may not" not in words(answer).lower(), address
            elif person == "public":
                assert asked_in
            else:
                assert "you may not" in words(answer).lower(), address


def test_every_public_page_has_its_data(client, followed):
    addresses = [*(a for p, a in PAGES.items() if p != "decide_alone"), "/middlemarch/actions/1/"]
    for address in addresses:
        answer = client.get(f"{address.rstrip('/')}.json")
        assert answer.status_code == 200
        assert answer.json()["place"]["name"] == "middlemarch"


# Interests ------------------------------------------------------------------------------


def test_the_register_is_public_with_its_kind_and_the_duty_to_enter(client, followed):
    said = words(client.get("/middlemarch/interests/"))
    assert "Medical adviser" in said
    assert "Financial, under the rules for NHS members" in said
    assert "28 days" in said
    data = client.get("/middlemarch/interests.json").json()
    assert data["people"][0]["interests"][0]["kinds"] == {"NHS body": "financial"}


def test_what_was_declared_and_not_entered_is_told_to_whoever_keeps_the_register(
    client, cast, clerk
):
    room = called(clerk, OCTOBER)
    room.gather()
    room.put()
    room.say("interest declared", "14:05", who=SPRAGUE, item="5", **{"in": "trust", "kinds": {}})
    client.force_login(cast.democratic_services_officer)
    said = words(client.get("/middlemarch/interests/?on=2026-11-01"))
    # NHS Act 2006, section 14Z30: 28 days after Wednesday 14 October is Wednesday 11 November.
    assert "11 November 2026" in said
    client.logout()
    assert "still to be entered" not in words(client.get("/middlemarch/interests/?on=2026-11-01"))


def test_a_clerk_enters_changes_ends_and_dispenses_and_a_member_declares(client, cast, followed):
    client.force_login(cast.democratic_services_officer)
    form = {"key": "k1", "person": BROOKE, "in_what": "icb", "what": "Employed there",
            "kind-COUNCIL_MEMBERS": "disclosable pecuniary", "starts": "2025-05-01"}  # fmt: skip
    client.post("/middlemarch/interests/enter/", form)
    client.post("/middlemarch/interests/enter/", form)
    row = InterestEntry.objects.get(person=BROOKE)
    client.post("/middlemarch/interests/dispense/", {
        "key": "k2", "person": BROOKE, "in_what": "icb", "ground": "Quorum", "may": ["speak"],
        "by": "the council, or whom it has arranged to grant them", "starts": "2026-11-01",
        "ends": "2099-10-31",
    })  # fmt: skip
    assert not DispensationEntry.objects.exists()  # four years at most
    client.post("/middlemarch/interests/dispense/", {
        "key": "k3", "person": BROOKE, "in_what": "icb", "ground": "Quorum", "may": ["speak"],
        "by": "the council, or whom it has arranged to grant them", "starts": "2026-11-01",
        "ends": "2030-10-31",
    })  # fmt: skip
    assert DispensationEntry.objects.count() == 1
    client.post("/middlemarch/interests/end/",
                {"key": "k4", "entry": row.pk, "ends": "2026-11-19"})  # fmt: skip
    assert InterestEntry.objects.get(key="k4").replaces_id == row.pk
    client.force_login(cast.councillor)
    client.post("/middlemarch/interests/declare/", {
        "key": "k5", "other": "Lowick Farm", "kind-COUNCIL_MEMBERS": "other registrable",
    })  # fmt: skip
    assert InterestEntry.objects.get(key="k5").person == cast.councillor.name


# Actions --------------------------------------------------------------------------------


def test_the_list_opens_with_what_is_overdue_and_the_conditions_unmet(client, followed):
    said = words(client.get("/middlemarch/actions/?on=2026-11-20"))
    assert "Three actions open, two of them overdue. One condition not met." in said
    assert said.index("Overdue") < said.index("Sign the lease")


def test_an_action_is_told_of_twice_and_both_are_there_with_the_evidence(client, cast, followed):
    client.force_login(cast.nhs_board_member)
    address = "/middlemarch/actions/2/update/"
    client.post(address, {"key": "u1", "state": "open", "says": "Six are open", "on": "2026-11-21"})
    client.post(address, {"key": "u2", "state": "done", "says": "All ten", "on": "2026-11-22",
                          "evidence": "Minute 7"})  # fmt: skip
    client.post(address, {"key": "u2", "state": "done", "says": "All ten", "on": "2026-11-22"})
    assert ActionUpdate.objects.count() == 2
    said = words(client.get("/middlemarch/actions/2/?on=2026-11-23"))
    for told in ("This action is done.", "Six are open.", "All ten.", "Shown by: Minute 7"):
        assert told in said


def test_a_form_gives_an_action_to_an_owner_on_each_side(client, cast, followed):
    client.force_login(cast.integration_manager)
    client.post("/middlemarch/actions/add/", {
        "key": "n", "what": "Write to the providers", "owner-council": "director",
        "owner-icb": "icb_chief", "due": "2026-12-24",
    })  # fmt: skip
    kept = Action.objects.filter(what="Write to the providers")
    assert sorted(kept.values_list("organisation", flat=True)) == ["council", "icb"]


def test_a_date_that_cannot_be_read_is_answered_and_not_guessed(client, cast, followed):
    client.force_login(cast.integration_manager)
    answer = client.post("/middlemarch/actions/add/", {"what": "x", "due": "24/12/26"})
    assert answer.status_code == 400
    assert "not a date this page can read" in words(answer)
    assert client.get("/middlemarch/actions/99/").status_code == 404


# What was put off -----------------------------------------------------------------------


def test_what_was_put_off_says_what_it_waits_for_and_how_its_ladder_would_run(
    client, cast, followed
):
    said = words(client.get("/middlemarch/deferred/?on=2026-11-20"))
    assert "One item is put off, and it may not return yet." in said
    assert "It has not returned yet." in said
    assert "Schedule 2" in said
    client.force_login(cast.board_officer)
    client.post("/middlemarch/deferred/talks/", {
        "key": "t", "item": "7", "on": "2026-11-19", "who": ["board.chair", "icb_chief"],
        "said": "Twenty beds",
    })  # fmt: skip
    assert Talk.objects.count() == 1
    assert "One item is put off, and it may return." in words(
        client.get("/middlemarch/deferred/?on=2026-11-20")
    )


# Minutes --------------------------------------------------------------------------------

SURFACES = [
    "/middlemarch/", "/middlemarch.json", "/middlemarch/minutes/", "/middlemarch/minutes.json",
    MINUTES, f"{MINUTES.rstrip('/')}.json", "/middlemarch/papers/", "/middlemarch/papers.json",
    "/middlemarch/notices.atom", "/middlemarch/decisions.atom", "/middlemarch/meetings.ics",
    "/middlemarch/meetings/", "/middlemarch/decisions/", "/middlemarch/actions/",
    "/middlemarch/deferred/", "/middlemarch/search/?q=Apologies", "/middlemarch/register/",
    "/middlemarch/meetings/board/2026-10-14/", "/middlemarch/meetings/board/2026-10-14.json",
]  # fmt: skip
DRAFT_ONLY = "Vetoed by the draughtsman"


def corrected(client, cast):
    """A correction through the page, which puts words into the draft that stand nowhere else."""
    client.force_login(cast.democratic_services_officer)
    page = client.get(MINUTES).content.decode()
    number = int(re.search(r'name="items" value="(\d+)"', page)[1])
    form = {"do": "correct", "key": "cor", "items": number, "reason": "More was said"}
    form["seen"] = re.search(r'name="seen" value="(\d+)"', page)[1]
    for n in range(1, number + 1):
        form[f"item-{n}"] = re.search(rf'name="item-{n}" value="([^"]*)"', page)[1]
        text = re.search(rf'name="text-{n}" rows="\d+">(.*?)</textarea>', page, re.S)[1]
        form[f"text-{n}"] = text + (f"\n{DRAFT_ONLY}." if n == 1 else "")
    answer = client.post(f"{MINUTES}write/", form)
    assert answer.status_code == 302
    client.logout()
    return form


def test_a_draft_stands_on_no_public_surface_before_it_is_approved(client, cast, clerk, followed):
    name = followed.meeting.name
    draft_minutes(clerk, "middlemarch", name, body="board", key="d")
    corrected(client, cast)
    put_minutes(clerk, "middlemarch", name, body="board", key="p")
    assert any(DRAFT_ONLY in str(e.lines) for e in MinutesEntry.objects.all())
    for address in SURFACES:
        answer = client.get(address)
        assert DRAFT_ONLY not in answer.content.decode(), address
        assert SECRET not in answer.content.decode(), address
    assert "not approved yet" in words(client.get(MINUTES))
    for person in ("councillor", "nhs_board_member", "provider", "auditor"):
        client.force_login(getattr(cast, person))
        assert DRAFT_ONLY not in client.get(MINUTES).content.decode()
        assert DRAFT_ONLY not in client.get(f"{MINUTES.rstrip('/')}.json").content.decode()


def test_once_approved_they_are_public_without_what_was_private(client, cast, clerk, followed):
    name = followed.meeting.name
    draft_minutes(clerk, "middlemarch", name, body="board", key="d")
    corrected(client, cast)
    put_minutes(clerk, "middlemarch", name, body="board", key="p")
    later = called(clerk, NOVEMBER)
    later.gather()
    later.say("presides", "14:00", who=ROSAMOND)
    approve_minutes(
        clerk, "middlemarch", name, body="board", key="a", at=later.meeting.name
    )  # fmt: skip
    said = words(client.get(MINUTES))
    assert DRAFT_ONLY in said
    assert "kept from the public" in said
    assert "Approved on" in said
    for address in [*SURFACES, "/middlemarch/papers/1/", "/middlemarch/papers/1/document"]:
        assert SECRET not in client.get(address).content.decode(errors="replace"), address
    assert client.get("/middlemarch/minutes.json").json()["minutes"][0]["body"] == "board"


def test_two_editors_of_one_line_see_both_texts_and_the_second_loses_nothing(
    client, cast, clerk, followed
):
    draft_minutes(clerk, "middlemarch", followed.meeting.name, body="board", key="d")
    form = corrected(client, cast)
    client.force_login(cast.board_officer)
    form |= {"key": "second", "text-1": form["text-1"].replace(DRAFT_ONLY, "Welcomed by all")}
    answer = client.post(f"{MINUTES}write/", form)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Welcomed by all" in shown
    assert DRAFT_ONLY in shown
    form["seen"] = re.search(r'name="seen" value="(\d+)"', shown)[1]
    assert client.post(f"{MINUTES}write/", form).status_code == 302
    assert "Welcomed by all" in str(MinutesEntry.objects.order_by("-pk").first().lines)


def test_a_clerk_takes_minutes_from_draft_to_signature_through_the_page(
    client, cast, clerk, followed
):
    later = called(clerk, NOVEMBER)
    later.gather()
    later.say("presides", "14:00", who=ROSAMOND)
    client.force_login(cast.democratic_services_officer)
    for form in (
        {"do": "draft"}, {"do": "put"}, {"do": "approve", "at": later.meeting.name},
        {"do": "sign", "who": ROSAMOND},
    ):  # fmt: skip
        answer = client.post(f"{MINUTES}write/", {"key": form["do"], **form})
        assert answer.status_code == 302, words(answer)
    assert f"Signed by {ROSAMOND}" in words(client.get(MINUTES))


# Decisions between meetings -------------------------------------------------------------

ALONE = {
    "maker": "director", "person": "Caleb Garth", "title": "Two reablement flats",
    "text": "Rent two flats", "reasons": "People leave hospital sooner", "functions": ["care"],
    "act": "commission", "amount": "£90,000", "modes": ["pooled"], "within_budget": "yes",
}  # fmt: skip


def test_the_form_names_the_holder_and_whom_the_power_asks_to_be_consulted(client, cast, followed):
    client.force_login(cast.board_officer)
    page = client.get("/middlemarch/decide/?maker=director")
    assert "Caleb Garth" in page.content.decode()
    assert "in consultation with the Cabinet Member for Care" in words(page)


def test_authority_answers_before_anything_is_recorded_and_the_form_keeps_what_was_typed(
    client, cast, followed
):
    client.force_login(cast.board_officer)
    before = Decision.objects.count()
    answer = client.post("/middlemarch/decide/", {**ALONE, "do": "check", "key": "x"})
    assert "consult" in words(answer)  # clause 12.3: the Cabinet Member is consulted first
    refused = client.post("/middlemarch/decide/", {**ALONE, "do": "record", "key": "x"})
    assert refused.status_code == 403
    assert "Rent two flats" in refused.content.decode()
    assert Decision.objects.count() == before


def test_a_decision_in_consultation_stands_in_the_same_register_once(client, cast, followed):
    client.force_login(cast.board_officer)
    form = {**ALONE, "consulted": ["lead_member"], "do": "record", "key": "y",
            "rejected": "Buy them: too slow"}  # fmt: skip
    for _ in range(2):
        assert client.post("/middlemarch/decide/", form).status_code == 302
    row = Decision.objects.get(title="Two reablement flats")
    assert (row.maker, row.record["made_by"]) == ("director", ["Caleb Garth"])
    assert row.record["consulted"] == ["Cabinet Member for Care"]
    assert row.record["rejected"] == [{"what": "Buy them", "why": "too slow"}]
    assert row.clause == "12.3"


def test_more_than_the_officers_limit_is_refused_with_the_limit(client, cast, followed):
    client.force_login(cast.board_officer)
    form = {**ALONE, "amount": "£300,000", "consulted": ["lead_member"], "do": "record"}
    answer = client.post("/middlemarch/decide/", form)
    assert "£250,000" in words(answer)  # clause 12.3
    assert not Decision.objects.filter(title="Two reablement flats").exists()


# Where they stand besides ---------------------------------------------------------------


def test_what_is_overdue_stands_on_the_front_page_and_on_the_desk(client, cast, followed):
    said = words(client.get("/middlemarch/?on=2026-11-20"))
    assert "To be done and overdue" in said
    assert "Open ten places" in said
    client.force_login(cast.nhs_board_member)
    desk = words(client.get("/desk/"))
    assert "Action 2: Open ten places" in desk
    assert "Action 1:" not in desk  # the council's own, and she acts for the ICB


def test_what_is_done_stands_on_neither(client, cast, followed):
    client.force_login(cast.nhs_board_member)
    done = {"key": "z", "state": "done", "says": "All ten", "on": "2026-11-22"}
    for number in (1, 2):
        client.post(f"/middlemarch/actions/{number}/update/", {**done, "key": f"z{number}"})
    assert "To be done and overdue" not in words(client.get("/middlemarch/?on=2026-11-22"))
    assert "Action 2:" not in words(client.get("/desk/"))
    # As it stood the day before it was done, it was still late.
    assert "To be done and overdue" in words(client.get("/middlemarch/?on=2026-11-21"))
