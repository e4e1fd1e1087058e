"""Routes that cannot be planned: circles, bodies without dates, days gone by, other odd texts."""

from __future__ import annotations

from datetime import date

import pytest
from tests.domain.route_texts import CITY, MIDDLEMARCH, calendar, matter, place

from concord.domain.decisions.calendars import NO_CALENDARS
from concord.domain.decisions.reader import read_matter
from concord.domain.decisions.routes import Way, plan_route
from concord.domain.findings import Weight

TODAY = date(2027, 2, 8)


def plan(text: str, today: date | None = TODAY, calendars=None, **asked):
    own = matter(text, "middlemarch")
    listed = calendar("middlemarch") if calendars is None else calendars
    return plan_route(place("middlemarch"), own, listed, today, **asked)


def test_a_circular_route_is_a_finding_with_its_line_and_remedy():
    text = MIDDLEMARCH.replace(
        'body = "finance_group"\n', 'body = "finance_group"\nafter = ["wellbeing"]\n'
    )
    found = plan(text)
    (one,) = found.findings
    assert one.id == "route.circular"
    assert "finance waits for wellbeing" in one.says
    assert text.splitlines()[one.line - 1] == "[stops.wellbeing]"
    assert one.remedy.startswith("Take one of them out")
    assert not found.feasible


def test_a_stop_that_waits_for_itself_is_a_circle_of_one():
    text = MIDDLEMARCH.replace(
        'body = "finance_group"\n', 'body = "finance_group"\nafter = ["finance"]\n'
    )
    (one,) = plan(text).findings
    assert one.says == "the route is a circle: finance waits for finance"


def test_a_body_with_no_dates_is_named_and_the_rest_is_planned():
    listed = calendar("middlemarch")
    without = type(listed)(
        tuple(m for m in listed.meetings if m.body != "icb_board"),
        listed.closures,
        listed.sign_offs,
    )
    found = plan(MIDDLEMARCH, calendars=without)
    assert {c.id for c in found.impossible if c.stop == "icb"} == {"route.no_dates"}
    assert found.step("cabinet").on == date(2027, 5, 25)
    assert found.step("icb").on is None


def test_with_no_calendar_at_all_every_unstated_stop_says_so():
    found = plan(MIDDLEMARCH, calendars=NO_CALENDARS)
    assert not found.feasible
    assert {c.id for c in found.impossible} == {"route.no_dates", "route.no_meeting"}


def test_stated_days_need_no_calendar():
    own = matter(CITY, "city_of_london")
    found = plan_route(place("city_of_london"), own, NO_CALENDARS)
    assert [c.id for c in found.conflicts] == ["route.told_too_late"]


def test_a_stated_meeting_gone_by_is_to_be_looked_at_and_bars_nothing_else():
    text = MIDDLEMARCH.replace(
        'body = "finance_group"\npurpose = "consultation"\non = "not stated"',
        'body = "finance_group"\npurpose = "consultation"\non = 2027-01-15',
    )
    found = plan(text)
    past = [c for c in found.conflicts if c.id == "route.in_the_past"]
    assert [c.weight for c in past] == [Weight.SLIGHT]
    assert found.feasible
    assert found.step("group").on >= TODAY


def test_a_matter_without_stops_says_so():
    text = MIDDLEMARCH[: MIDDLEMARCH.index("[stops.")]
    (one,) = plan(text).findings
    assert one.id == "route.no_stops"


def test_a_stop_without_a_body_is_a_finding_and_the_rest_is_planned():
    found = plan(MIDDLEMARCH.replace('body = "finance_group"', 'body = "not stated"'))
    assert [f.id for f in found.findings] == ["route.no_body"]
    assert found.step("cabinet").on


def test_a_stop_on_a_day_the_calendar_does_not_list_is_to_be_looked_at_again():
    text = MIDDLEMARCH.replace(
        'body = "board"\npurpose = "recommendation"\non = "not stated"',
        'body = "board"\npurpose = "recommendation"\non = 2027-03-31',
    )
    found = plan(text, today=None)
    odd = [c for c in found.conflicts if c.id == "route.not_listed"]
    assert [(c.stop, c.weight) for c in odd] == [("board", Weight.SLIGHT)]
    assert "24 March 2027" not in odd[0].remedy  # the next one, not the last


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("today", [None, date(2019, 1, 1), TODAY, date(2028, 12, 31)])
@pytest.mark.parametrize("wanted", [None, date(2020, 1, 1), date(2027, 5, 1), date(2040, 1, 1)])
def test_every_question_gets_a_plan_and_never_a_fault(way, today, wanted):
    found = plan(MIDDLEMARCH, today, way=way, wanted=wanted)
    assert len(found.steps) == 6
    assert found.feasible or all(c.says and c.remedy for c in found.impossible)


def test_a_text_of_another_kind_never_becomes_a_matter():
    read = read_matter("format = 1\n[meetings]\n", place("middlemarch"))
    assert read.findings


def test_an_individual_decides_on_any_working_day():
    """The leader, in recess no more than the council is: the first working day with the notice.

    On 8 February 2027 notice is given; 28 clear days end on 8 March, and Tuesday 9 March would do.
    """
    text = MIDDLEMARCH[: MIDDLEMARCH.index("[stops.")] + (
        '[stops.leader]\nbody = "leader"\npurpose = "decision"\non = "not stated"\n'
        '[stops.icb]\nbody = "icb_board"\npurpose = "decision"\non = "not stated"\n'
    )
    found = plan(text, way=Way.FORWARDS, sign_off_days=0)
    assert found.step("leader").on == date(2027, 3, 9)
    assert found.step("leader").dues.forward_plan.day == TODAY
