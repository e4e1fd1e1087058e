"""One register over both sets of rules, and what an entry in it means at an item."""

from dataclasses import replace
from datetime import date

import pytest
from tests.commands.meeting_room import BROOKE, COUNCIL, ICB, ROSAMOND, SPRAGUE, VINCY, room_for

from concord.commands.deciding import preview
from concord.commands.interests import (
    declare_interest,
    end_interest,
    grant_dispensation,
    register_interest,
)
from concord.commands.meetings_read import at_meeting
from concord.domain.decisions.meetings import Happens
from concord.domain.findings import Refused
from concord.records.models import AuditEntry, InterestEntry
from concord.records.verification import verify_evidence

COUNCILLOR, NHS = "council members", "NHS body"
PECUNIARY = {COUNCILLOR: "disclosable pecuniary"}
THE_COUNCIL = "the council, or whom it has arranged to grant them"


@pytest.fixture
def clerk(cast, operator):
    return replace(operator, account=cast.democratic_services_officer)


def enter(clerk, person, kinds, in_what="icb", key="", **more) -> InterestEntry:
    key = key or f"{person} {in_what}"
    return register_interest(
        clerk, "middlemarch", key=key, person=person, in_what=in_what, kinds=kinds, **more
    )


def dispense(clerk, by, person=BROOKE, **more):
    said = {"starts": date(2026, 11, 1), "ends": date(2027, 10, 31), "why": "Ground (a): quorum"}
    return grant_dispensation(
        clerk, "middlemarch", key=f"d {person} {more}"[:64], person=person, in_what="icb", by=by,
        **{**said, **more},
    )  # fmt: skip


def refusal(act) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return str(caught.value)


@pytest.fixture
def room(clerk):
    """The Board at the item on reablement, which touches both partners: care and NHS functions."""
    room = room_for(clerk)
    room.gather()
    room.put()
    room.open()
    return room


def at_item(room):
    return {c.person: c for c in at_meeting(room.meeting).interests("5")}


def test_a_councillor_whom_the_nhs_partner_employs_takes_no_part_and_does_not_vote(clerk, room):
    enter(clerk, BROOKE, PECUNIARY, what="Employed by the ICB")
    found = at_item(room)[BROOKE]
    assert (found.speak, found.vote) == (False, False)  # Localism Act 2011, section 31
    assert "interest" in refusal(lambda: room.vote(BROOKE))


def test_an_nhs_members_interest_bars_until_whoever_chairs_has_ruled(clerk, room):
    enter(clerk, SPRAGUE, {NHS: "financial"}, in_what="council")
    assert not at_item(room)[SPRAGUE].vote
    room.say(
        "ruled on an interest", who=SPRAGUE, item="5", by="chair of the meeting", stay=True,
        speak=True, vote=True, why="The surgery gains nothing by it",
    )  # fmt: skip
    assert at_item(room)[SPRAGUE].vote


def test_one_interest_of_one_person_has_its_kind_under_the_rules_of_the_seat(clerk, room):
    enter(clerk, ROSAMOND, {**PECUNIARY, NHS: "indirect"}, in_what="council")
    assert str(at_item(room)[ROSAMOND].regime) == NHS


def test_a_withdrawal_of_one_side_breaks_the_quorum_of_that_side_alone(clerk, room):
    # Schedule 2, paragraph 4: two of each. Two of the ICB's three may not vote, and one is left.
    enter(clerk, SPRAGUE, {NHS: "financial"}, in_what="council")
    enter(clerk, "Dr Minchin", {NHS: "financial"}, in_what="council")
    for person in (SPRAGUE, "Dr Minchin"):
        room.say(Happens.WITHDREW, "14:31", item="5", who=person, why="an interest")
    room.vote(*COUNCIL, ROSAMOND)
    found, _ = preview(at_meeting(room.meeting), "5", "board", room.at("14:50"))
    against = " ".join(r.says for r in found.verdict.against)
    assert str(found.result) == "not taken: not quorate"
    assert "Loamshire" in against
    assert "Borough Council" not in against


def test_a_dispensation_from_whoever_may_give_it_lets_the_councillor_vote(clerk, room):
    enter(clerk, BROOKE, PECUNIARY)
    dispense(clerk, THE_COUNCIL, vote=True)
    found = at_item(room)[BROOKE]
    assert (found.stay, found.speak, found.vote) == (True, True, True)
    room.vote(*COUNCIL, *ICB)
    council = room.outcome().decisions.get(organisation="council")
    assert BROOKE in council.record["made_by"]
    assert THE_COUNCIL in council.record["dispensations"][0]


@pytest.mark.parametrize(
    ("by", "said"),
    [("the chair of the ICB", "cannot grant"), ("", "cannot grant")],
)
def test_a_dispensation_from_anybody_else_is_refused(clerk, by, said):
    enter(clerk, BROOKE, PECUNIARY)
    assert said in refusal(lambda: dispense(clerk, by))


def test_an_nhs_interest_is_ruled_on_and_not_dispensed_from(clerk):
    enter(clerk, SPRAGUE, {NHS: "financial"})
    said = refusal(lambda: dispense(clerk, THE_COUNCIL, SPRAGUE))
    assert "no dispensation lifts a financial interest" in said


def test_a_dispensation_lasts_four_years_at_most_and_says_why(clerk):
    enter(clerk, BROOKE, PECUNIARY)
    # Localism Act 2011, section 33: no longer than four years.
    assert "4 years at most" in refusal(
        lambda: dispense(clerk, THE_COUNCIL, ends=date(2030, 11, 1))
    )
    assert "ground" in refusal(lambda: dispense(clerk, THE_COUNCIL, why=" "))
    assert dispense(clerk, THE_COUNCIL, ends=date(2030, 10, 31)).pk


def test_a_dispensation_needs_the_interest_it_is_from(clerk):
    assert "no interest of Dorothea Brooke in icb is entered" in refusal(
        lambda: dispense(clerk, THE_COUNCIL)
    )


def test_a_change_is_a_new_entry_and_the_old_one_stays(clerk):
    first = enter(clerk, VINCY, PECUNIARY, in_what="trust", what="Two shares")
    second = enter(
        clerk, VINCY, PECUNIARY, in_what="trust", what="One share", key="2", replaces=first.pk
    )
    assert [r.what for r in InterestEntry.objects.now("middlemarch")] == ["One share"]
    assert InterestEntry.objects.get(pk=first.pk).what == "Two shares"
    assert "another has taken its place" in refusal(
        lambda: enter(clerk, VINCY, PECUNIARY, "trust", key="3", replaces=first.pk)
    )
    ended = end_interest(clerk, "middlemarch", key="e", entry=second.pk, ends=date(2026, 12, 31))
    assert ended.ends == date(2026, 12, 31)
    assert InterestEntry.objects.count() == 3
    assert not list(verify_evidence())


def test_the_same_entry_sent_twice_is_there_once(clerk):
    enter(clerk, VINCY, PECUNIARY, key="once")
    before = AuditEntry.objects.count()
    enter(clerk, VINCY, PECUNIARY, key="once")
    assert (InterestEntry.objects.count(), AuditEntry.objects.count()) == (1, before)


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ({}, "of what kind"),
        ({COUNCILLOR: "financial"}, "know no interest called 'financial'"),
        ({"the club's rules": "financial"}, "a set of rules is named that there is not"),
    ],
)
def test_an_entry_gives_its_kind_under_rules_that_there_are(clerk, kinds, said):
    assert said in refusal(lambda: enter(clerk, VINCY, kinds))


def test_a_name_longer_than_the_register_has_room_for_is_refused(clerk):
    assert "longer than 200 letters" in refusal(
        lambda: enter(clerk, "x" * 201, PECUNIARY, key="long")
    )


def test_a_member_declares_their_own_interest_and_only_a_clerk_enters_anothers(cast, operator):
    member = replace(operator, account=cast.councillor)
    mine = declare_interest(member, "middlemarch", key="m", in_what="trust", kinds=PECUNIARY)
    assert mine.person == cast.councillor.name
    assert "keep the register of interests" in refusal(lambda: enter(member, VINCY, PECUNIARY))
