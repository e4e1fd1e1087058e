"""What comes of an item: one legal decision for each organisation, a deferral, or a refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.middlemarch_board import (
    BROOKE,
    CHETTAM,
    COUNCIL,
    EVERYONE,
    ICB,
    MINCHIN,
    ON,
    ROSAMOND,
    SPRAGUE,
    VINCY,
    arrived,
    at,
    closed,
    held,
    matter,
    middlemarch,
    opened,
    record,
    says,
    votes,
)
from tests.domain.two_places import brassing_as_written, brassing_with

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.matter import Facts, Matter
from concord.domain.agreements.words import Act, Mode
from concord.domain.decisions.meetings import Attendee, Happening, Happens, HeldMeeting, at_item
from concord.domain.decisions.outcomes import (
    Deferral,
    Manner,
    Outcome,
    Proposal,
    RejectedOption,
    Result,
    Talk,
    decide_alone,
    may_climb,
    may_return,
    outcome_at,
    returns,
    rungs_from,
    told,
)
from concord.domain.decisions.words import Purpose
from concord.domain.findings import Answer
from concord.domain.money import pence

MADE = at("14:50")


def proposal(amount: str = "£600,000", *functions: str, **changes) -> Proposal:
    given = Proposal(
        item="5",
        text="Buy forty reablement places from the care pool",
        matter=matter(amount, *functions),
        reasons="People leave hospital sooner",
        rejected=(RejectedOption("Do nothing", "beds stay full"),),
        conflicts=(),
        dispensations=(),
        key=True,
    )
    return replace(given, **changes)


def board(
    for_=EVERYONE, against=(), there=EVERYONE, put: Proposal | None = None, made: datetime = MADE,
    meeting: HeldMeeting | None = None, purpose: Purpose = Purpose.DECISION,
) -> Outcome:  # fmt: skip
    on = made.date()
    meeting = meeting or held(on=on)
    log = record(
        meeting, *arrived(*there, on=on), opened(on=on), *votes(for_, against, on=on), closed(on=on)
    )
    state = at_item(meeting, log, "5")
    return outcome_at(
        middlemarch(), meeting, state, "board", put or proposal(), Facts(), made, purpose=purpose
    )


# Two decisions out of one item ----------------------------------------------------------


def test_each_organisations_own_members_decide_under_their_own_clause():
    found = board()
    assert (found.result, found.manner) == (Result.DECIDED, Manner.DELEGATES)
    council, icb = found.decisions
    assert (council.organisation, council.maker, council.power) == (
        "council", "board.members", "members_2026",
    )  # fmt: skip
    assert council.made_by == COUNCIL
    assert council.clause == "7.4"
    assert (icb.organisation, icb.maker, icb.power) == ("icb", "board.icb", "icb_2026")
    assert (icb.made_by, icb.clause) == (ICB, "4.2")


def test_each_half_is_recorded_by_its_own_law():
    council, icb = board().decisions
    assert (council.record, icb.record) == ("reg_13_record", "nhs_record")
    assert council.complete.stands
    assert icb.complete.stands


@pytest.mark.parametrize(
    ("lacking", "letter"),
    [({"reasons": " "}, "(b)"), ({"rejected": None}, "(c)"), ({"conflicts": None}, "(d)"),
     ({"conflicts": ("Walter Vincy, a supplier",), "dispensations": None}, "(e)")],
)  # fmt: skip
def test_a_head_nobody_recorded_is_asked_for_by_its_letter(lacking, letter):
    council, _ = board(put=proposal(**lacking)).decisions
    assert council.complete.answer is Answer.NEEDS
    assert letter in says(council.complete)


def test_the_record_keeps_who_could_vote_and_how_they_did():
    found = board([*COUNCIL, ROSAMOND, SPRAGUE], [MINCHIN])
    assert found.made
    ways = {b.person: b.way for b in found.ballots}
    assert ways == {p: p != MINCHIN for p in EVERYONE}
    _, icb = found.decisions
    assert icb.made_by == (ROSAMOND, SPRAGUE)


def test_an_abstention_is_in_the_record_and_decides_nothing():
    found = board([BROOKE, VINCY, *ICB])
    assert {b.person for b in found.ballots if b.way is None} == {CHETTAM}


# What is not carried --------------------------------------------------------------------


def test_one_partner_against_defers_and_four_to_two_is_no_majority():
    found = board([*COUNCIL, ROSAMOND], [SPRAGUE, MINCHIN])
    assert (found.result, found.decisions) == (Result.DEFERRED, ())
    assert "NHS Loamshire Integrated Care Board does not agree" in says(found.verdict)


def test_an_inquorate_item_is_not_taken_and_not_deferred():
    there = (*COUNCIL, ROSAMOND)
    found = board(there, (), there)
    assert (found.result, found.decisions) == (Result.INQUORATE, ())


def test_before_anybody_votes_nothing_has_come_of_it():
    assert board(()).result is Result.NOT_VOTED


def test_an_item_for_information_is_noted_whatever_the_show_of_hands():
    found = board(purpose=Purpose.INFORMATION)
    assert (found.result, found.decisions) == (Result.NOTED, ())


def test_an_aligned_item_reserved_to_one_partner_is_not_made_and_says_whom_to_ask():
    reserved = Matter(("continuing",), Act.COMMISSION, pence("£100,000"), (Mode.ALIGNED,))
    found = board(put=proposal(matter=reserved))
    assert (found.result, found.decisions) == (Result.MAY_NOT, ())
    assert "Ask Board of NHS Loamshire." in found.verdict.remedies


# Authority asked at that moment ---------------------------------------------------------


def test_where_one_half_is_outside_its_power_neither_is_made():
    # £1,300,000 with all agreeing: the council's raised limit is £1,500,000, the ICB's £1,250,000.
    found = board(put=proposal("£1,300,000"))
    assert (found.result, found.decisions) == (Result.MAY_NOT, ())
    assert "NHS Loamshire Integrated Care Board: " in says(found.verdict)
    assert "Middlemarch Borough Council: " not in says(found.verdict)


def test_the_same_sum_for_the_council_alone_is_made_under_the_raised_limit():
    (made,) = board(put=proposal("£1,300,000", "care")).decisions
    assert (made.organisation, made.clause) == ("council", "7.5")


def test_a_power_covers_the_day_it_ends_and_not_the_next():
    last, after = datetime.combine(date(2027, 3, 31), MADE.time()), date(2027, 4, 1)
    assert board(made=last).made
    found = board(made=datetime.combine(after, MADE.time()))
    assert found.result is Result.MAY_NOT
    assert "31 March 2027" in says(found.verdict)


def test_in_the_fortnight_without_a_power_nothing_could_be_decided():
    # Middlemarch's powers ended on 31 March 2025 and began again on 16 April.
    between = datetime.combine(date(2025, 4, 9), MADE.time())
    assert board(put=proposal("£600,000", "care"), made=between).result is Result.MAY_NOT


def test_interests_that_bar_two_of_three_stop_the_item_though_all_are_in_the_room():
    meeting = held()
    log = record(meeting, *arrived(), opened(), *votes([*COUNCIL, MINCHIN]), closed())
    state = at_item(meeting, log, "5")
    found = outcome_at(
        middlemarch(), meeting, state, "board", proposal(), Facts(), MADE,
        barred=frozenset({ROSAMOND, SPRAGUE}),
    )  # fmt: skip
    assert found.result is Result.INQUORATE
    assert {b.person for b in found.ballots} == {*COUNCIL, MINCHIN}


def test_a_substitute_fills_the_quorum_but_only_members_hold_the_power():
    frosts = tuple(
        Attendee(person=f"Frost {n}", body="board", seat="members", instead_of=p, named=True)
        for n, p in enumerate(COUNCIL)
    )
    icb = tuple(a for a in held().attendees if a.seat == "icb")
    meeting = replace(held(), attendees=(*frosts, *icb))
    everyone = tuple(a.person for a in meeting.attendees)
    found = board(everyone, (), everyone, meeting=meeting)
    assert found.result is Result.MAY_NOT
    assert "only substitutes" in says(found.verdict)


# Other ways of deciding -----------------------------------------------------------------


def meeting_of(body: str, seat: str, *people: str) -> HeldMeeting:
    rows = tuple(Attendee(person=p, body=body, seat=seat) for p in people)
    return HeldMeeting(id="m", on=ON, bodies=(body,), attendees=rows, items=("5",))


def cabinet(for_, against=()) -> Outcome:
    people = ("Arthur Brooke", *COUNCIL)
    meeting = meeting_of("cabinet", "members", *people)
    log = record(meeting, *arrived(*people), opened(), *votes(for_, against), closed())
    put = proposal("£3,000,000", "care")
    return outcome_at(
        middlemarch(), meeting, at_item(meeting, log, "5"), "cabinet", put, Facts(), MADE
    )


def test_cabinet_decides_by_majority_as_a_body_with_a_record_under_regulation_12():
    found = cabinet([BROOKE, VINCY, CHETTAM], ["Arthur Brooke"])
    (made,) = found.decisions
    assert (found.manner, made.maker, made.power) == (Manner.MAJORITY, "cabinet", "")
    assert made.record == "reg_12_record"


def test_what_cabinet_does_not_carry_falls_and_is_not_deferred():
    assert cabinet([BROOKE], [VINCY, CHETTAM]).result is Result.NOT_CARRIED


def brassing(for_, against=(), place: Arrangement | None = None) -> Outcome:
    place = place or brassing_as_written()
    rows = [Attendee(person=f"C{n}", body="halves", seat="county") for n in range(3)]
    rows += [Attendee(person=f"N{n}", body="halves", seat="icb") for n in range(3)]
    meeting = HeldMeeting(id="m", on=ON, bodies=("halves",), attendees=tuple(rows), items=("5",))
    people = tuple(a.person for a in rows)
    state = at_item(meeting, (*arrived(*people), opened(), *votes(for_, against), closed()), "5")
    asked = Matter(("homes", "nursing"), Act.COMMISSION, pence("£90,000"), (Mode.POOLED,))
    put = proposal(matter=asked)
    return outcome_at(place, meeting, state, "halves", put, Facts(), MADE)


def test_where_each_decides_for_itself_one_half_may_be_made_without_the_other():
    found = brassing(("C0", "C1", "C2"), ("N0", "N1", "N2"))
    assert found.manner is Manner.EACH_FOR_ITSELF
    assert [d.organisation for d in found.decisions] == ["county"]


def test_where_each_decides_for_itself_and_neither_is_for_it_it_goes_to_each_organisation():
    found = brassing((), ("C0", "C1", "C2", "N0", "N1", "N2"))
    assert (found.result, found.decisions) == (Result.REFERRED, ())


def test_a_half_that_votes_for_itself_is_tested_on_its_vote_whatever_its_power_asks():
    # The same group, where the county's power does not itself ask for the item to be carried.
    condition = 'provided = [{ carried_at = "halves" }]\nclause = "2.2"'
    place = brassing_with("", (condition, 'clause = "2.2"'))
    found = brassing(("N0", "N1", "N2"), ("C0", "C1", "C2"), place)
    assert [d.organisation for d in found.decisions] == ["icb"]


def alone(amount: str, consulted=(), on: date = ON) -> Outcome:
    put = proposal(matter=Matter(("care",), Act.COMMISSION, pence(amount), (Mode.POOLED,)))
    facts = Facts(consulted=frozenset(consulted))
    made = datetime.combine(on, MADE.time())
    return decide_alone(middlemarch(), "director", "Caleb Garth", put, facts, made)


def test_an_officer_decides_alone_after_consulting_whom_the_power_names():
    (made,) = alone("£200,000", ["lead_member"]).decisions
    assert (made.capacity, made.made_by, made.clause) == (Manner.ALONE, ("Caleb Garth",), "12.3")
    assert made.record == "reg_13_record"


def test_without_the_consultation_or_over_the_limit_the_officer_does_not():
    assert alone("£200,000").result is Result.MAY_NOT
    over = alone("£250,001", ["lead_member"])
    assert over.result is Result.MAY_NOT
    assert "£250,000" in says(over.verdict)


def test_a_leader_decides_alone_what_the_law_gives_a_leader():
    put = proposal("£3,000,000", "care")
    found = decide_alone(middlemarch(), "leader", "Arthur Brooke", put, Facts(), MADE)
    (made,) = found.decisions
    assert (made.power, made.record) == ("", "reg_13_record")


def test_nobody_decides_alone_for_a_partner_they_are_not_of():
    found = decide_alone(middlemarch(), "leader", "Arthur Brooke", proposal(), Facts(), MADE)
    assert (found.result, found.decisions) == (Result.MAY_NOT, ())


# Deferred, and back ---------------------------------------------------------------------

PUT_OFF = Deferral("5", ON)
NEXT = date(2026, 12, 16)
BOTH = frozenset({"board.chair", "icb_chief"})


def back(*talks: Talk, on: date = NEXT, deferrals=(PUT_OFF,)):
    return may_return(middlemarch(), "board", matter(), "5", deferrals, talks, on)


def talk(who=BOTH, on: date = date(2026, 12, 1), said: str = "fewer places, from July") -> Talk:
    return Talk(item="5", on=on, who=frozenset(who), said=said)


def test_a_deferred_item_does_not_return_until_the_talks_are_recorded():
    assert back().answer is Answer.REFUSED
    assert "chair of Middlemarch Joint Board" in " ".join(back().remedies)
    assert back(talk()).stands


@pytest.mark.parametrize(
    "held_", [talk({"board.chair"}), talk(said=" "), talk(on=date(2026, 11, 20)),
              talk(on=date(2026, 12, 17))],
)  # fmt: skip
def test_talks_with_one_of_them_unrecorded_before_it_or_after_the_meeting_do_not_count(held_):
    assert not back(held_).stands


def test_it_returns_at_a_later_meeting_and_each_return_needs_its_own_talks():
    assert not back(talk(on=ON), on=ON).stands
    again = (PUT_OFF, Deferral("5", NEXT))
    assert not back(talk(), on=date(2027, 1, 27), deferrals=again).stands
    assert back(talk(on=date(2027, 1, 5)), on=date(2027, 1, 27), deferrals=again).stands


def test_returns_are_counted_and_only_a_failed_one_opens_the_ladder():
    assert returns([PUT_OFF], "5") == 0
    assert may_climb(middlemarch(), "board", "5", [PUT_OFF], NEXT).answer is Answer.NEEDS
    twice = [PUT_OFF, Deferral("5", NEXT), Deferral("6", NEXT)]
    assert returns(twice, "5") == 1
    assert may_climb(middlemarch(), "board", "5", twice, NEXT).stands


def test_the_ladder_has_its_days_and_says_where_it_is_silent():
    # From Wednesday 16 December 2026, ten working days: 17, 18, 21, 22, 23; 24 the council is
    # closed; 29, 30, 31; 1 January is a holiday; 4 and 5 January. Then twenty more: 2 February.
    first, second, third = rungs_from(middlemarch(), "s75", NEXT)
    assert (first.to, first.due) == (("executive_group",), date(2027, 1, 5))
    assert (second.starts, second.due) == (date(2027, 1, 5), date(2027, 2, 2))
    assert third.due is None
    assert "until when is not stated" in told(middlemarch(), third)


# Of any vote ----------------------------------------------------------------------------


@given(st.lists(st.sampled_from([True, False, None]), min_size=6, max_size=6))
def test_there_are_two_decisions_or_none_and_two_only_with_most_of_each_side(ways):
    meeting = held()
    cast = [
        Happening(what=Happens.VOTED, at=at("14:45"), item="5", who=p, way=w)
        for p, w in zip(EVERYONE, ways, strict=True)
    ]
    log = (*arrived(), opened(), *cast, closed())
    found = outcome_at(
        middlemarch(), meeting, at_item(meeting, log, "5"), "board", proposal(), Facts(), MADE
    )
    council, icb = ways[:3].count(True), ways[3:].count(True)
    assert len(found.decisions) == (2 if council >= 2 and icb >= 2 else 0)
