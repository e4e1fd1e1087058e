"""The routes of two published reports: City of London, 2016 (003), and Southampton, 2017 (001).

The dates of meetings are the reports'; days by which something is due are counted by hand.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from tests.domain.route_texts import CITY, SOUTHAMPTON, calendar, matter, place

from concord.domain.decisions.routes import Plan, changes, plan_route
from concord.domain.decisions.routes.rescue import _far
from concord.domain.language.values import NotStated


def city(**asked) -> Plan:
    own = matter(CITY, "city_of_london")
    return plan_route(place("city_of_london"), own, calendar("city_of_london"), **asked)


@cache
def southampton(today: date | None = None) -> Plan:
    own = matter(SOUTHAMPTON, "southampton")
    return plan_route(place("southampton"), own, calendar("southampton"), today)


# City of London -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stop", "closes"),
    [
        ("scrutiny", date(2016, 10, 24)),  # 31, 28, 27, 26 and 25 October are clear
        ("community", date(2016, 11, 10)),  # 17, 16, 15, 14 and 11 November
        ("board", date(2016, 11, 17)),  # 24, 23, 22, 21 and 18 November
        ("policy", date(2016, 12, 7)),  # 14, 13, 12, 9 and 8 December
    ],
)
def test_papers_of_the_four_stops_close_five_clear_working_days_before(stop, closes):
    assert city().step(stop).papers_close == closes


def test_the_board_is_told_a_day_too_soon():
    """It is to hear on 25 November of the 18th; its papers close on the 17th."""
    (one,) = city().impossible
    assert (one.id, one.stop, one.of) == ("route.told_too_late", "board", "community")
    assert (one.day, one.needed) == (date(2016, 11, 17), date(2016, 11, 18))
    assert "100B" in str(one.authority)


def test_counted_in_calendar_days_the_board_could_just_be_told():
    (one,) = city().impossible
    assert "calendar days, papers would close on Saturday 19 November 2016" in one.other_reading


def test_three_ways_out_of_it():
    ways = {w.id: w for w in city().ways_out if w.id != "meeting"}
    moves = {w.stop: w for w in city().ways_out if w.id == "meeting"}
    # For Monday 28 November 25, 24, 23, 22 and 21 are clear: papers on the evening of the 18th.
    assert moves["board"].moves == (("board", date(2016, 11, 28)),)
    # The papers of Friday 25 November still close on the 17th.
    assert moves["community"].moves == (("community", date(2016, 11, 17)),)
    assert list(ways) == ["in_the_room"]
    assert "Not enough if the body were asked to decide" in ways["in_the_room"].side_effect


def test_moving_the_board_leaves_the_last_decision_where_it_is():
    (way,) = (w for w in city().ways_out if w.stop == "board" and w.id == "meeting")
    assert "15 December 2016 still holds, 17 days after it" in way.side_effect
    assert not way.listed  # the report names no other meeting, and none is made up


def test_ten_working_days_for_sign_off_put_the_first_draft_on_10_october():
    plan = city(sign_off_days=10)
    assert plan.first_draft_due == date(2016, 10, 10)
    assert plan.example
    assert plan.first_papers.id == "scrutiny"


def test_without_days_for_sign_off_the_draft_is_due_with_the_papers_and_the_plan_says_why():
    plan = city()
    assert plan.first_draft_due == date(2016, 10, 24)
    assert plan.sign_off == "no days for sign-off are stated"


def test_no_key_decision_notice_and_no_call_in_run_without_an_executive():
    step = city().step("community")
    assert step.dues.forward_plan is None
    assert {n.clock for _, n in step.not_running} >= {"forward plan", "call-in"}
    assert step.effective == date(2016, 11, 18)


@pytest.mark.parametrize(
    ("stop", "day"), [("community", date(2016, 10, 20)), ("policy", date(2016, 11, 16))]
)
def test_the_28_day_notice_is_worked_out_for_comparison(stop, day):
    """28 whole days lie between 20 October and 18 November, and 16 November and 15 December."""
    assert city().step(stop).as_if_key == day


def test_the_clinical_commissioning_group_has_no_stop_for_its_own_decision():
    (missing,) = city().no_stop
    assert missing.organisation == "ccg"


def test_the_last_decision_is_the_fifteenth_of_december():
    assert city().last_decision.id == "policy"
    assert city().effective == date(2016, 12, 15)


def test_where_the_source_is_silent_on_the_telling_the_stricter_is_taken_and_said():
    silent = CITY.replace('after = ["community"]', 'after = ["community"]\ntold_of = "not stated"')
    own = matter(silent, "city_of_london")
    plan = plan_route(place("city_of_london"), own, calendar("city_of_london"))
    (one,) = plan.impossible
    assert one.id == "route.told_too_late"
    assert "is not stated; the stricter is taken" in one.says


def test_told_in_the_room_the_route_can_be_done_as_it_was():
    told = CITY.replace('after = ["community"]', 'after = ["community"]\ntold_of = "none"')
    own = matter(told, "city_of_london")
    plan = plan_route(place("city_of_london"), own, calendar("city_of_london"))
    assert plan.feasible


def test_moving_one_meeting_says_what_changed():
    before, after = city(), city(moved={"board": date(2016, 11, 28)})
    assert after.feasible
    said = {(c.stop, c.what): c.becomes for c in changes(before, after)}
    assert said == {
        ("board", "meets"): date(2016, 11, 28),
        ("board", "papers public by"): date(2016, 11, 18),
    }


def test_from_the_last_decision_alone_the_other_stops_are_found_and_the_conflict_with_them():
    """With only 15 December given, scrutiny and the decision come out as they were; the board's
    one meeting will not do, and the planner says why and what would.
    """
    text = CITY.replace("2016-11-01", '"not stated"').replace("2016-11-18", '"not stated"')
    own = matter(text.replace("2016-11-25", '"not stated"'), "city_of_london")
    plan = plan_route(place("city_of_london"), own, calendar("city_of_london"))
    assert plan.step("scrutiny").on == date(2016, 11, 1)
    assert plan.step("community").on == date(2016, 11, 18)
    (one,) = (c for c in plan.impossible if c.stop == "board")
    assert one.id == "route.no_meeting"
    assert "public by Thursday 17 November 2016" in one.says
    ways = {w.id: w for w in plan.ways_out}
    assert ways["meeting"].moves == (("board", date(2016, 11, 28)),)
    assert "in_the_room" in ways


def test_moving_a_decision_past_what_follows_leaves_it_without_a_meeting():
    """With no later meeting in the calendar the planner says so and makes none up."""
    plan = city(moved={"community": date(2016, 12, 20)})
    assert {c.id for c in plan.impossible} >= {"route.no_meeting"}
    assert plan.step("board").on is None
    assert plan.step("scrutiny").on == date(2016, 11, 1)


# Southampton ----------------------------------------------------------------------------


def test_cabinet_of_18_july_needs_its_notice_by_19_june_and_its_reports_by_10_july():
    dues = southampton().step("cabinet").dues
    assert dues.forward_plan.day == date(2017, 6, 19)
    assert dues.papers.day == date(2017, 7, 10)
    assert "Wednesday 12 July 2017" in dues.papers.step.how_counted  # in calendar days


def test_council_of_19_july_has_papers_by_11_july_and_no_key_decision_notice():
    step = southampton().step("council")
    assert step.papers_close == date(2017, 7, 11)
    assert step.dues.forward_plan is None


def test_two_decisions_on_two_days_may_share_one_report():
    """Council's papers close before Cabinet meets; neither is to be told of the other's."""
    assert southampton().feasible


def test_the_governing_body_has_no_stop_and_the_plan_says_so():
    (missing,) = southampton().no_stop
    assert missing.organisation == "ccg"
    assert "Clinical Commissioning Group" in missing.says


def test_when_the_cabinet_half_takes_effect_is_not_stated_because_call_in_is_not():
    plan = southampton()
    cabinet = plan.step("cabinet").effective
    assert isinstance(cabinet, NotStated)
    assert cabinet.earliest == date(2017, 7, 18)
    assert isinstance(plan.effective, NotStated)
    assert plan.not_before == date(2017, 7, 19)


def test_a_week_after_the_notice_was_due_there_are_the_exception_and_urgency():
    plan = southampton(date(2017, 6, 25))
    assert [c.id for c in plan.impossible] == ["route.notice_too_late"]
    ways = {w.id: w for w in plan.ways_out}
    assert "regulation 10" in str(ways["general_exception"].authority)
    assert "overview and scrutiny" in ways["special_urgency"].who[0]
    assert plan.step("cabinet").late == ("forward plan",)


def test_after_10_july_the_general_exception_is_closed_and_urgency_is_left():
    """Five clear working days before 18 July end on the 10th; the papers too are late then."""
    plan = southampton(date(2017, 7, 11))
    ways = {w.id for w in plan.ways_out}
    assert "general_exception" not in ways
    assert "special_urgency" in ways


def test_a_meeting_years_from_the_day_it_takes_the_place_of_says_how_many():
    # Three times 365 days and some are three whole years; 365 days are one.
    said = " That is {} from the day it was planned for."
    planned = date(2011, 6, 8)
    assert _far(planned, date(2014, 6, 9)) == said.format("three years")
    assert _far(planned, date(2012, 6, 7)) == said.format("one year")
    assert _far(planned, date(2011, 9, 8)) == _far(None, date(2011, 9, 8)) == ""
