"""Who may decide, provided that: every kind of condition, before and after the facts are known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.domain.two_places import (
    ON,
    board,
    brassing_as_written,
    matter,
    middlemarch_as_written,
    middlemarch_with,
    sitting,
)

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import may_decide
from concord.domain.agreements.matter import BEFORE, Facts, Meeting
from concord.domain.findings import Answer


@pytest.fixture(scope="module")
def middlemarch() -> Arrangement:
    return middlemarch_as_written()


@pytest.fixture(scope="module")
def brassing() -> Arrangement:
    return brassing_as_written()


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
