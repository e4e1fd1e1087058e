"""The acceptance tests of deciding, one by one, run on Middlemarch; every expected value by hand.

Middlemarch's figures stand for the Southampton report's: its members' ordinary limit is £750,000
(clause 7.4) and the raised one £1,500,000 when all three agree in person (7.5). Southampton states
only its raised limit (paragraph 28), which is tried on Southampton's own text.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from tests.domain.middlemarch_board import (
    COUNCIL,
    EVERYONE,
    ICB,
    MINCHIN,
    ON,
    ROSAMOND,
    SPRAGUE,
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
    wall,
)

from concord.domain.agreements.authority import may_decide
from concord.domain.agreements.matter import Facts, Matter, Meeting, Sitting
from concord.domain.agreements.reader import read_arrangement
from concord.domain.agreements.words import Act, Mode
from concord.domain.clocks import Business
from concord.domain.decisions.call_in import CallInMove, CallInStep
from concord.domain.decisions.effects import EffectState, joint_effect, made_half
from concord.domain.decisions.meetings import (
    Attendee,
    Happening,
    Happens,
    HeldMeeting,
    at_item,
    may_record,
    may_take_vote,
    quorums,
)
from concord.domain.decisions.outcomes import (
    Deferral,
    Outcome,
    Proposal,
    RejectedOption,
    Result,
    Talk,
    may_return,
    outcome_at,
)
from concord.domain.findings import Answer
from concord.domain.money import pence


def decide(
    amount: str, *functions: str, for_=EVERYONE, against=(), there=EVERYONE, on: date = ON
) -> Outcome:
    meeting = held(on=on)
    log = record(
        meeting, *arrived(*there, on=on), opened(on=on), *votes(for_, against, on=on), closed(on=on)
    )
    put = Proposal(
        item="5", text="Buy forty reablement places", matter=matter(amount, *functions),
        reasons="People leave hospital sooner", rejected=(RejectedOption("Do nothing", "slow"),),
        conflicts=(), dispensations=(), key=True,
    )  # fmt: skip
    state = at_item(meeting, log, "5")
    made = datetime.combine(on, time(14, 50))
    return outcome_at(middlemarch(), meeting, state, "board", put, Facts(), made)


# 1. All agree: two decisions, one record. The NHS view against: none, deferred, talks first -----


def test_1_all_six_agree_and_there_are_two_decisions_on_one_record():
    found = decide("£600,000")
    assert found.result is Result.DECIDED
    assert [d.organisation for d in found.decisions] == ["council", "icb"]
    first, second = found.decisions
    assert first.proposal is second.proposal
    assert (first.made_by, second.made_by) == (COUNCIL, ICB)
    assert first.complete.stands
    assert second.complete.stands


def test_1_the_nhs_view_against_makes_no_decision_on_either_side_and_opens_talks():
    found = decide("£600,000", for_=[*COUNCIL, ROSAMOND], against=[SPRAGUE, MINCHIN])
    assert (found.result, found.decisions) == (Result.DEFERRED, ())
    put_off, later = [Deferral("5", ON)], date(2026, 12, 16)
    before = may_return(middlemarch(), "board", matter(), "5", put_off, [], later)
    assert before.answer is Answer.REFUSED
    talk = Talk(
        item="5", on=date(2026, 12, 3), who=frozenset({"board.chair", "icb_chief"}),
        said="thirty places, from January",
    )  # fmt: skip
    assert may_return(middlemarch(), "board", matter(), "5", put_off, [talk], later).stands


# 2. A limit, a raised limit, and its condition ------------------------------------------------

ALL, TWO = (3, 3), (3, 2)


def members(amount: str, present_and_for: tuple[int, int]) -> Outcome:
    for_ = (*COUNCIL[: present_and_for[1]], *ICB)
    return decide(amount, "care", for_=for_, against=COUNCIL[present_and_for[1] :])


def test_2_above_the_raised_limit_it_is_refused_though_all_three_agree():
    found = members("£1,500,001", ALL)
    assert found.result is Result.MAY_NOT
    assert "£1,500,000" in says(found.verdict)
    assert any("7.5" in r.authority.clause for r in found.verdict.against)
    (made,) = members("£1,500,000", ALL).decisions
    assert made.clause == "7.5"


def test_2_two_of_three_agreeing_fail_the_raised_limits_condition():
    raised = may_decide(
        _only("members_raised_2026"), "board.members", matter("£1,200,000", "care"),
        Facts(meeting=Meeting("board", {"members": Sitting(3, 0, 2, 1), "icb": Sitting(3, 0, 3)})),
        ON,
    )  # fmt: skip
    assert raised.answer is Answer.REFUSED
    assert "2 of the 3 needed agree in person" in says(raised)
    found = members("£1,200,000", TWO)
    assert found.result is Result.MAY_NOT
    assert "2 of the 3 needed agree in person" in says(found.verdict)


def test_2_the_ordinary_limit_applies_where_the_place_states_it():
    (made,) = members("£700,000", TWO).decisions
    assert made.clause == "7.4"


def test_2_with_three_it_is_allowed_under_the_raised_limit():
    (made,) = members("£1,200,000", ALL).decisions
    assert made.clause == "7.5"


def _only(delegation: str):
    """Middlemarch with one of its members' powers alone."""
    place = middlemarch()
    kept = {
        n: d for n, d in place.delegations.items()
        if "members" not in n or n == delegation
    }  # fmt: skip
    return replace(place, delegations=kept)


def southampton(amount: str, *for_: str) -> Outcome:
    """The Board of the Southampton report, its place text as it stands; those named are there."""
    path = Path(__file__).parents[2] / "places" / "southampton" / "arrangement.toml"
    place = read_arrangement(path.read_text(encoding="utf-8")).arrangement
    assert place is not None
    seats = {"C": "cabinet_members", "N": "governing_members"}
    people = tuple(Attendee(person=p, body="board", seat=seats[p[0]]) for p in for_)
    meeting = HeldMeeting(
        id="m", on=date(2018, 1, 16), bodies=("board",), attendees=people, items=("5",)
    )
    log = (*arrived(*for_, on=meeting.on), opened(on=meeting.on), *votes(for_, on=meeting.on))
    asked = Matter(
        ("executive_commissioning",), Act.COMMISSION, pence(amount), (Mode.POOLED,),
        within_budget=True,
    )  # fmt: skip
    put = Proposal(item="5", text="Commission it", matter=asked)
    facts = Facts(consulted=frozenset({"board"}))
    made = datetime.combine(meeting.on, time(15))
    return outcome_at(place, meeting, at_item(meeting, log, "5"), "board", put, facts, made)


THREE_AND_THREE = ("C1", "C2", "C3", "N1", "N2", "N3")


def test_2_southampton_refuses_over_two_million_citing_its_paragraph_28():
    found = southampton("£2,400,000", *THREE_AND_THREE)
    assert found.result is Result.MAY_NOT
    (limit,) = found.verdict.against
    assert "£2,000,000" in limit.says
    assert "001 ¶28" in limit.authority.sources


def test_2_southampton_cannot_say_for_two_of_three_and_allows_three():
    two = southampton("£1,900,000", "C1", "C2", "N1", "N2", "N3")
    assert two.result is Result.NOT_STATED
    assert southampton("£1,900,000", *THREE_AND_THREE).result is Result.DECIDED


# 4. The council's half called in on the third day ----------------------------------------------


def test_4_a_call_in_on_the_third_day_moves_the_day_not_to_start_before_and_the_nhs_waits():
    found = decide("£600,000")
    place, made = middlemarch(), wall("2026-11-25 14:50")
    council, icb = (
        made_half(
            place, d.organisation, d.maker,
            Business(function_kind="executive" if d.organisation == "council" else "NHS", key=True),
            made,
        )
        for d in found.decisions
    )  # fmt: skip
    assert council.rule is not None
    # Scrutiny that does not meet within its ten working days lets the decision take effect (14.4).
    together = place.bodies["board"].deciding.on(ON).takes_effect
    published = CallInStep(move=CallInMove.PUBLISH, at=wall("2026-11-26 10:00"))
    council = replace(council, steps=(published,))

    # Published Thursday 26 November; the five working days end on Thursday 3 December at 17:00.
    before = joint_effect(place, [council, icb], together, wall("2026-11-30 09:00"))
    assert before.not_before == wall("2026-12-03 17:00")
    # Called in on Tuesday 1 December, the third; ten working days end on Tuesday 15 December.
    called = CallInStep(move=CallInMove.CALL_IN, at=wall("2026-12-01 11:00"))
    council = replace(council, steps=(published, called))
    after = joint_effect(place, [council, icb], together, wall("2026-12-01 11:00"))
    assert after.not_before == datetime.combine(date(2026, 12, 15), time.max)
    assert after.of("council").state is EffectState.ON_HOLD
    assert after.of("icb").state is EffectState.WAITING
    assert "Middlemarch Borough Council's half is called in" in after.of("icb").says

    # Endorsed by scrutiny on 9 December, both halves are in effect from that moment.
    endorsed = CallInStep(move=CallInMove.ENDORSE, at=wall("2026-12-09 19:30"))
    council = replace(council, steps=(published, called, endorsed))
    now = joint_effect(place, [council, icb], together, endorsed.at + timedelta(minutes=1))
    assert now.implementable
    assert {h.since for h in now.halves} == {endorsed.at}


# 7. The chair leaves mid-item and the NHS side is no longer quorate ----------------------------


def test_7_the_vote_button_says_which_side_is_short_and_what_would_mend_it():
    # Dr Sprague is away, so the ICB has two of its three; Rosamond Vincy, in the chair, leaves.
    meeting = held()
    log = record(meeting, *arrived(*COUNCIL, ROSAMOND, MINCHIN), opened(clock="14:30"))
    assert may_take_vote(middlemarch(), meeting, at_item(meeting, log, "5"), "board").stands
    log = record(meeting, *log, Happening(what=Happens.LEFT, at=at("14:32"), who=ROSAMOND))
    state = at_item(meeting, log, "5")
    button = may_take_vote(middlemarch(), meeting, state, "board")
    assert button.answer is Answer.REFUSED
    (reason,) = button.against
    assert reason.says == (
        "one member of NHS Loamshire Integrated Care Board can decide this item; two are needed"
    )
    assert reason.authority.clause == "Sch 2, 4"
    assert reason.remedy == "Seat one more member of NHS Loamshire Integrated Care Board."
    each = {q.organisation: q.verdict.stands for q in quorums(middlemarch(), meeting, state)}
    assert each == {"council": True, "icb": False}
    refused = may_record(middlemarch(), meeting, log, *votes([ROSAMOND]))
    assert says(refused) == f"{ROSAMOND} left at 14:32"


# 9. A delegation that ended on 31 March --------------------------------------------------------


def test_9_a_decision_on_1_april_under_a_power_that_ended_on_31_march_is_refused():
    assert decide("£600,000", on=date(2027, 3, 31)).result is Result.DECIDED
    found = decide("£600,000", on=date(2027, 4, 1))
    assert (found.result, found.decisions) == (Result.MAY_NOT, ())
    assert [r.authority.clause for r in found.verdict.against] == ["7.4", "4.2"]
    assert all("ended on 31 March 2027" in r.says for r in found.verdict.against)
    assert found.verdict.remedies == (
        "Ask Cabinet to give it again.",
        "Ask Board of NHS Loamshire to give it again.",
    )
