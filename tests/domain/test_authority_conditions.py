"""Who may decide, provided that: every kind of condition, before and after the facts are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.domain.two_places import (
    ON,
    at,
    board,
    matter,
    middlemarch_as_written,
    middlemarch_with,
    reasons,
    sitting,
)

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import may_decide
from concord.domain.agreements.matter import BEFORE, Facts, Meeting
from concord.domain.findings import Answer


@pytest.fixture(scope="module")
def middlemarch() -> Arrangement:
    return middlemarch_as_written()


# Conditions -----------------------------------------------------------------------------


def director_provided(condition: str) -> Arrangement:
    return middlemarch_with(
        "", ('provided = [{ consulted = "lead_member" }]', f"provided = [{condition}]")
    )


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ('{ agreed_by = "lead_member" }', {"agreed": frozenset({"lead_member"})}),
        ('{ agreed_by = "lead_member", in_writing = true }',
         {"agreed": frozenset({"lead_member"}), "in_writing": frozenset({"lead_member"})}),
        ('{ agreed_by = "lead_member", personally = true }',
         {"agreed": frozenset({"lead_member"}), "personally": frozenset({"lead_member"})}),
        ('{ consulted = ["lead_member", "finance"] }',
         {"consulted": frozenset({"lead_member", "finance"})}),
        ('{ recommended_by = "executive_group" }', {"recommended": frozenset({"executive_group"})}),
        ('{ decided = "the strategy" }', {"decided": {"the strategy": "cabinet"}}),
        ('{ met = "the waiting-time target" }', {"met": frozenset({"the waiting-time target"})}),
        ('{ any = [{ met = "either" }, { agreed_by = "finance" }] }',
         {"met": frozenset({"either"})}),
        ('{ at_meeting_of = "board" }',
         {"meeting": Meeting("board", {"members": sitting(2, 0), "icb": sitting(2, 0)})}),
    ],
)  # fmt: skip
def test_each_condition_needs_then_refuses_then_stands(condition, met):
    place = director_provided(condition)
    asked = matter("£200,000")
    assert may_decide(place, "director", asked, BEFORE, ON).answer is Answer.NEEDS
    if "meeting" not in met:  # a record of something else
        assert may_decide(place, "director", asked, Facts(), ON).answer is Answer.REFUSED
    assert may_decide(place, "director", asked, Facts(**met), ON).stands


def test_a_deputy_does_not_agree_in_person():
    place = director_provided('{ agreed_by = "lead_member", personally = true }')
    deputy = Facts(agreed=frozenset({"lead_member"}))
    verdict = may_decide(place, "director", matter("£200,000"), deputy, ON)
    assert verdict.answer is Answer.REFUSED
    assert verdict.remedies == ("Ask Cabinet Member for Care in person.",)


@pytest.mark.parametrize(
    ("within", "answer"), [(True, Answer.STANDS), (None, Answer.NEEDS), (False, Answer.REFUSED)]
)
def test_within_budget_is_shown_or_needed_or_refused(middlemarch, within, answer):
    asked = replace(matter(), within_budget=within)
    assert may_decide(middlemarch, "board.members", asked, board(), ON).answer is answer


def test_neutral_for_is_shown_or_needed():
    place = director_provided('{ neutral_for = "icb" }')
    asked = matter("£200,000")
    assert may_decide(place, "director", asked, BEFORE, ON).answer is Answer.NEEDS
    neutral = replace(asked, neutral_for=frozenset({"icb"}))
    assert may_decide(place, "director", neutral, BEFORE, ON).stands


def test_a_condition_the_source_is_silent_on_is_not_stated():
    place = director_provided('"not stated"')
    verdict = may_decide(place, "director", matter("£200,000"), Facts(), ON)
    assert verdict.answer is Answer.NOT_STATED


def test_at_least_two_of_three_agree():
    place = middlemarch_with(
        "", ('{ agreed_by = "board.members" }', '{ agreed_by = "board.members", at_least = 2 }')
    )
    assert may_decide(place, "board.members", matter("£1,000,000"), board(members_for=2), ON).stands


def test_a_substitute_among_three_does_not_agree_in_person():
    place = middlemarch_with(
        "",
        ('{ agreed_by = "board.members" }', '{ agreed_by = "board.members", personally = true }'),
    )
    dear = matter("£1,000,000")
    assert may_decide(place, "board.members", dear, board(), ON).stands
    deputy = at("board", members=(3, 3, 1), icb=(3,))
    verdict = may_decide(place, "board.members", dear, deputy, ON)
    assert verdict.answer is Answer.REFUSED
    assert "2 of the 3 needed agree in person" in reasons(verdict)


def test_who_of_members_and_substitutes_agreed_may_not_be_recorded():
    some = '{ agreed_by = "board.members", personally = true, at_least = 2 }'
    place = middlemarch_with("", ('{ agreed_by = "board.members" }', some))
    dear = matter("£1,000,000")
    # Three are there, one a substitute; two are for it: two members, or one and the substitute.
    unsaid = at("board", members=(3, 2, 1), icb=(3,))
    assert may_decide(place, "board.members", dear, unsaid, ON).answer is Answer.NOT_STATED
    certain = at("board", members=(3, 3, 1), icb=(3,))
    assert may_decide(place, "board.members", dear, certain, ON).stands


def test_a_seats_agreement_in_writing_needs_the_writing_too():
    some = '{ agreed_by = "board.members", in_writing = true }'
    place = middlemarch_with("", ('{ agreed_by = "board.members" }', some))
    dear = matter("£1,000,000")
    verdict = may_decide(place, "board.members", dear, board(), ON)
    assert verdict.answer is Answer.REFUSED
    assert "must do so in writing" in reasons(verdict)
    written = replace(board(), in_writing=frozenset({"board.members"}))
    assert may_decide(place, "board.members", dear, written, ON).stands


def test_an_earlier_decision_counts_when_the_one_named_took_it():
    place = director_provided('{ decided = "the strategy", by = "cabinet" }')
    asked = matter("£200,000")
    taken = Facts(decided={"the strategy": "cabinet"})
    assert may_decide(place, "director", asked, taken, ON).stands
    another = Facts(decided={"the strategy": "board"})
    verdict = may_decide(place, "director", asked, another, ON)
    assert verdict.answer is Answer.REFUSED
    assert verdict.remedies == ("Have it taken by Cabinet.",)
    each = Facts(decided={"the strategy": ("board", "cabinet")})
    assert may_decide(place, "director", asked, each, ON).stands


@pytest.mark.parametrize(
    "none", ["{ any = [] }", '{ carried_at = "nowhere" }', '{ in_force = "it" }']
)
def test_a_condition_on_nothing_is_not_stated_and_never_met(none):
    place = director_provided(none)
    for facts in (BEFORE, Facts(), board()):
        assert may_decide(place, "director", matter(), facts, ON).answer is Answer.NOT_STATED


def test_any_of_several_takes_the_best():
    either = '{ any = [{ agreed_by = "finance" }, { in_force = "s75" }] }'
    place = director_provided(either)
    assert may_decide(place, "director", matter(), Facts(), ON).stands
    ended = may_decide(place, "director", matter(), BEFORE, date(2026, 4, 1))
    assert ended.answer is Answer.NEEDS
