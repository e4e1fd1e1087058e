"""Call-in: who, until what moment, what follows, what comes by itself; dates are counted by hand.

Middlemarch's constitution, 14: five working days after publication, until 17:00; any five members,
or the committee's chair with two of it, on one of four grounds; scrutiny within ten working days,
or the call-in lapses. `rule` leaves out all but the window, who, and the time for scrutiny, as many
a text does; where a test gives more than that, it says so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.middlemarch_board import middlemarch, says, wall
from tests.domain.small_place import spoilt

from concord.domain.agreements.local_clocks import Callers
from concord.domain.agreements.reader import read_arrangement
from concord.domain.calendar import NEVER_CLOSED, Period, Unit, read_period
from concord.domain.decisions.call_in import (
    BY_ITSELF,
    FOLLOWS,
    CalledBy,
    CallInMove,
    CallInRule,
    CallInState,
    CallInStep,
    Deadline,
    call_in_rule,
    may_call_in,
    may_exempt,
    may_follow,
    read_cut_off,
    standing,
)
from concord.domain.findings import Answer
from concord.domain.language.values import NOT_STATED, NotStated

MADE = wall("2026-11-25 14:50")
PUBLISHED = CallInStep(move=CallInMove.PUBLISH, at=wall("2026-11-26 10:00"))
# Working days after Thursday 26 November: 27, 30, 1 December, 2, 3. Thursday 3 is the fifth.
CLOSES = wall("2026-12-03 17:00")
CALLED = CallInStep(move=CallInMove.CALL_IN, at=wall("2026-12-01 10:00"))
# Working days after Tuesday 1 December: 2, 3, 4, 7, 8, 9, 10, 11, 14, 15. Tuesday 15 is the tenth.
SCRUTINY_BY = datetime.combine(date(2026, 12, 15), time.max)
FIVE = CalledBy(members=frozenset({"one", "two", "three", "four", "five"}))
MINUTE = timedelta(minutes=1)


def whole() -> CallInRule:
    """Middlemarch's rule as its text gives it."""
    found = call_in_rule(middlemarch(), "council", MADE.date(), key=True)
    assert found is not None
    return found


def rule() -> CallInRule:
    """The same with the window, the callers and the time for scrutiny, and no more stated."""
    return replace(
        whole(), grounds=(), exempt_by=NOT_STATED, reconsideration=Deadline(), council=Deadline(),
        meeting=replace(whole().meeting, lapses=NOT_STATED),
        council_only_outside_framework=NOT_STATED,
    )  # fmt: skip


def lapsing() -> CallInRule:
    """The same, where a decision that scrutiny does not take in time takes effect."""
    return replace(rule(), meeting=replace(rule().meeting, lapses=True))


def test_the_rule_of_the_text_is_read_with_its_clause():
    found = rule()
    assert found.window.within == Period(5, Unit.WORKING_DAYS)
    assert found.window.cut_off == time(17)
    assert found.meeting.within == Period(10, Unit.WORKING_DAYS)
    assert "constitution 14" in str(found.authority)


def test_the_whole_of_middlemarchs_rule_is_read_from_its_text():
    found = whole()
    assert found.callers == tuple(middlemarch().clocks["call_in_window"].callers)
    assert "not consulted on as promised" in found.grounds
    assert len(found.grounds) == 4
    assert found.exempt_by == ("scrutiny_chair",)
    stages = (found.meeting, found.reconsideration, found.council)
    assert [str(s.within) for s in stages] == [
        "10 working days", "10 working days", "30 working days"
    ]  # fmt: skip
    assert [s.lapses for s in stages] == [True, True, True]
    assert [s.authority.clause for s in stages] == ["14.4", "14.6", "14.7"]
    assert found.council_only_outside_framework is True


TERSE = """
[clocks.call_in]
of = "council"
clock = "call-in window"
period = "4 clear working days"
"""
SILENT = 'callers = "not stated"\ngrounds = "not stated"\nexempt_by = "not stated"\n'


def of_text(more: str) -> CallInRule:
    arrangement = read_arrangement(spoilt(more=more)).arrangement
    assert arrangement is not None
    found = call_in_rule(arrangement, "council", MADE.date())
    assert found is not None
    return found


def test_what_the_text_does_not_say_is_not_stated():
    found = of_text(TERSE)
    assert isinstance(found.callers, NotStated)
    assert isinstance(found.exempt_by, NotStated)
    assert isinstance(found.council_only_outside_framework, NotStated)
    for stage in (found.meeting, found.reconsideration, found.council):
        assert isinstance(stage.within, NotStated)
        assert isinstance(stage.lapses, NotStated)


def test_grounds_left_out_are_not_asked_for_and_grounds_not_stated_are_not_guessed():
    assert of_text(TERSE).grounds == ()
    silent = of_text(TERSE + SILENT)
    assert isinstance(silent.grounds, NotStated)
    now = standing(silent, MADE, [PUBLISHED], PUBLISHED.at)
    told = says(may_call_in(silent, now, FIVE))
    assert "on what grounds a decision may be called in is not stated" in told


def test_a_rule_by_which_nobody_exempts_is_not_one_that_does_not_say_who():
    nobody = of_text(TERSE + 'exempt_by = "none"\n')
    assert nobody.exempt_by == ()
    assert may_exempt(middlemarch(), nobody, "director", "haste").answer is Answer.REFUSED


def test_two_stages_are_read_and_a_third_that_the_text_has_not_stays_not_stated():
    found = of_text(
        TERSE + '[clocks.meets]\nof = "council"\nclock = "call-in meeting"\n'
        'period = "10 working days"\nlapses = true\n'
        '[clocks.council]\nof = "council"\nclock = "call-in council"\nperiod = "not stated"\n'
        "only_outside_framework = false\n"
    )
    assert (found.meeting.lapses, found.council.lapses) == (True, NOT_STATED)
    assert found.council_only_outside_framework is False
    assert isinstance(found.reconsideration.within, NotStated)


def test_an_nhs_body_has_no_rule():
    assert call_in_rule(middlemarch(), "icb", MADE.date()) is None


@pytest.mark.parametrize(
    ("text", "means"),
    [("17:00", time(17)), ("midday", time(12)), ("9:05", time(9, 5)), ("24:00", NOT_STATED),
     ("early", NOT_STATED), ("12:5", NOT_STATED)],
)  # fmt: skip
def test_a_time_of_day_is_read_or_not_stated(text, means):
    assert read_cut_off(text) == means


# The window -----------------------------------------------------------------------------


def test_before_publication_no_window_runs():
    now = standing(rule(), MADE, [], MADE + timedelta(days=30))
    assert now.state is CallInState.MADE
    assert may_call_in(rule(), now, FIVE).answer is Answer.NEEDS


def test_the_window_closes_at_its_time_of_day_on_the_fifth_working_day():
    now = standing(rule(), MADE, [PUBLISHED], wall("2026-11-26 10:00"))
    assert (now.state, now.due) == (CallInState.WINDOW_OPEN, CLOSES)


def test_a_call_in_on_the_minute_is_in_time_and_one_minute_later_is_refused():
    in_time = standing(rule(), MADE, [PUBLISHED], CLOSES)
    late = standing(rule(), MADE, [PUBLISHED], CLOSES + MINUTE)
    assert may_call_in(rule(), in_time, FIVE).stands
    refused = may_call_in(rule(), late, FIVE)
    assert refused.answer is Answer.REFUSED
    assert says(refused) == "the call-in window closed on Thursday 3 December 2026 at 17:00"


def test_nobody_called_it_in_so_it_is_in_effect_from_the_close_not_from_the_day_asked():
    now = standing(rule(), MADE, [PUBLISHED], wall("2027-06-01 09:00"))
    assert (now.state, now.since) == (CallInState.IN_EFFECT, CLOSES)


def test_christmas_holidays_and_the_councils_own_closed_day_do_not_count():
    # Published Friday 18 December 2026. 21, 22, 23 are working days; 24 is closed, 25 and 28 are
    # bank holidays; 29 is the fourth and 30 the fifth.
    step = CallInStep(move=CallInMove.PUBLISH, at=wall("2026-12-18 12:00"))
    now = standing(rule(), MADE, [step], step.at)
    assert now.due == wall("2026-12-30 17:00")


@pytest.mark.parametrize(
    ("published", "period", "cut_off", "closes"),
    [
        # Before Easter 2026 (Good Friday 3 April, Easter Monday 6 April). Published Thursday 26
        # March: 27, 30, 31 March, 1 and 2 April are five, clear or not.
        ("2026-03-26 10:00", "5 working days", "", "2026-04-02 24:00"),
        ("2026-03-26 10:00", "5 clear working days", "", "2026-04-02 24:00"),
        ("2026-03-26 10:00", "5 clear working days", "17:00", "2026-04-02 17:00"),
        # A day later the fifth falls after the holiday: 30, 31, 1, 2 and Tuesday 7 April.
        ("2026-03-27 16:59", "5 working days", "17:00", "2026-04-07 17:00"),
        ("2026-03-27 16:59", "5 clear working days", "17:00", "2026-04-07 17:00"),
        # Over Christmas 2026 (25 and Monday 28 December are holidays, and 1 January): published
        # Tuesday 22 December: 23, 24, 29, 30 and 31 where the offices are open on Christmas Eve.
        ("2026-12-22 09:00", "5 working days", "midday", "2026-12-31 12:00"),
        ("2026-12-22 09:00", "5 clear working days", "midday", "2026-12-31 12:00"),
        # Four clear working days from a Monday are Tuesday to Friday, not the Monday after.
        ("2026-11-23 09:00", "4 clear working days", "", "2026-11-27 24:00"),
        # Clear days not called working are days of the calendar: 24 to 28 November.
        ("2026-11-23 09:00", "5 clear days", "", "2026-11-28 24:00"),
        # Published on a Saturday: Monday to Friday.
        ("2026-11-28 09:00", "5 working days", "17:00", "2026-12-04 17:00"),
    ],
)
def test_the_day_of_publication_is_out_and_the_window_ends_with_its_last_day(
    published, period, cut_off, closes
):
    """Worked on a calendar: a window is time in which to act, so its last day is within it."""
    day, _, hour = closes.partition(" ")
    at = time.max if hour == "24:00" else time.fromisoformat(hour)
    end = datetime.combine(date.fromisoformat(day), at)
    window = Deadline(within=read_period(period), cut_off=read_cut_off(cut_off), lapses=True)
    openly = replace(rule(), window=window, closed=NEVER_CLOSED)
    step = CallInStep(move=CallInMove.PUBLISH, at=wall(published))
    assert standing(openly, step.at, [step], step.at).due == end


def test_what_waits_for_clear_days_to_elapse_comes_a_day_after_what_is_done_within_them():
    """Regulation 10 waits until five clear days have elapsed; a window only lasts for them."""
    five = read_period("5 clear working days")
    published = date(2026, 3, 26)
    assert five.within(published) == date(2026, 4, 2)
    assert five.after(published) == date(2026, 4, 7)  # Good Friday and Easter Monday are between
    assert read_period("5 working days").within(published) == date(2026, 4, 2)


def test_a_late_call_in_in_a_broken_record_changes_nothing_and_is_told():
    late = CallInStep(move=CallInMove.CALL_IN, at=CLOSES + MINUTE)
    now = standing(rule(), MADE, [PUBLISHED, late], CLOSES + timedelta(days=1))
    assert (now.state, now.ignored) == (CallInState.IN_EFFECT, (late,))


# Who ------------------------------------------------------------------------------------

OPEN_AT = wall("2026-12-01 09:00")


@pytest.mark.parametrize(
    ("by", "enough"),
    [
        (CalledBy(members=frozenset("abcd")), False),
        (CalledBy(members=frozenset("abcde")), True),
        (CalledBy(members=frozenset("abc"), committee=frozenset("cde")), True),
        (CalledBy(committee=frozenset("ab"), chair="c"), True),
        (CalledBy(committee=frozenset("ac"), chair="c"), False),
        (CalledBy(committee=frozenset("abcd")), False),
        (CalledBy(), False),
    ],
)
def test_five_members_or_the_chair_and_two_others_of_the_committee(by, enough):
    now = standing(rule(), MADE, [PUBLISHED], OPEN_AT)
    verdict = may_call_in(rule(), now, by)
    assert verdict.answer is (Answer.STANDS if enough else Answer.REFUSED)
    if not enough:
        assert "any five members or its chair and two members of the committee" in says(verdict)


def test_callers_not_stated_are_not_guessed():
    silent = replace(rule(), callers=NOT_STATED)
    now = standing(silent, MADE, [PUBLISHED], OPEN_AT)
    assert may_call_in(silent, now, FIVE).answer is Answer.NOT_STATED


def test_three_of_a_committee_may_do_so_where_the_rule_says_so():
    three = replace(rule(), callers=(Callers(id="", committee_members=3),))
    now = standing(three, MADE, [PUBLISHED], OPEN_AT)
    assert may_call_in(three, now, CalledBy(committee=frozenset("abc"))).stands
    assert not may_call_in(three, now, CalledBy(committee=frozenset("ab"))).stands


def test_a_ground_is_asked_for_only_where_the_rule_lists_them():
    listed = replace(rule(), grounds=("no consultation", "outside the budget"))
    now = standing(listed, MADE, [PUBLISHED], OPEN_AT)
    assert may_call_in(rule(), now, FIVE).stands
    assert may_call_in(listed, now, FIVE).answer is Answer.NEEDS
    assert may_call_in(listed, now, replace(FIVE, ground="dislike")).answer is Answer.REFUSED
    assert may_call_in(listed, now, replace(FIVE, ground="no consultation")).stands


def test_a_decision_is_called_in_once():
    now = standing(rule(), MADE, [PUBLISHED, CALLED], CALLED.at + MINUTE)
    assert "called in once" in says(may_call_in(rule(), now, FIVE))


# What follows ---------------------------------------------------------------------------


def after(*moves: tuple[CallInMove, datetime], by: CallInRule | None = None, at: datetime):
    steps = [PUBLISHED, CALLED, *(CallInStep(move=m, at=a) for m, a in moves)]
    return standing(by or rule(), MADE, steps, at)


def test_a_call_in_holds_the_decision_beyond_the_window():
    now = after(at=CLOSES + timedelta(hours=1))
    assert (now.state, now.due) == (CallInState.CALLED_IN, SCRUTINY_BY)


def test_where_scrutiny_does_not_meet_in_time_the_decision_takes_effect_by_itself():
    assert after(by=lapsing(), at=SCRUTINY_BY).state is CallInState.CALLED_IN
    now = after(by=lapsing(), at=wall("2026-12-16 00:00"))
    assert (now.state, now.since) == (CallInState.IN_EFFECT, SCRUTINY_BY)
    assert now.by is CallInMove.NOT_SCRUTINISED


def test_where_the_rule_does_not_say_what_follows_nothing_does():
    now = after(at=wall("2027-03-01 09:00"))
    assert (now.state, now.lapses, now.by_itself) == (CallInState.CALLED_IN, None, None)


SCRUTINY = wall("2026-12-09 18:00")
LATER = wall("2026-12-14 10:00")


def test_endorsed_it_is_in_effect_from_that_meeting():
    now = after((CallInMove.ENDORSE, SCRUTINY), at=LATER)
    assert (now.state, now.since) == (CallInState.IN_EFFECT, SCRUTINY)


def test_referred_back_and_confirmed_it_is_final():
    now = after((CallInMove.REFER_BACK, SCRUTINY), (CallInMove.CONFIRM, LATER), at=LATER)
    assert now.state is CallInState.IN_EFFECT
    assert not may_call_in(rule(), now, FIVE).stands


def test_referred_back_and_changed_it_is_another_decision():
    now = after((CallInMove.REFER_BACK, SCRUTINY), (CallInMove.CHANGE, LATER), at=LATER)
    assert now.state is CallInState.CHANGED


def test_full_council_that_objects_sends_it_back():
    on = (CallInMove.REFER_TO_COUNCIL, SCRUTINY)
    assert after(on, (CallInMove.OBJECT, LATER), at=LATER).state is CallInState.REFERRED_BACK
    assert after(on, (CallInMove.NO_OBJECTION, LATER), at=LATER).state is CallInState.IN_EFFECT


def test_a_maker_reconsiders_within_seven_working_days_where_the_rule_says_so():
    # Bracknell Forest's shape. After Wednesday 9 December: 10, 11, 14, 15, 16, 17, 18.
    within = Deadline(within=Period(7, Unit.WORKING_DAYS), lapses=True)
    now = after(
        (CallInMove.REFER_BACK, SCRUTINY), by=replace(rule(), reconsideration=within), at=LATER
    )
    assert now.due == datetime.combine(date(2026, 12, 18), time.max)


def test_a_call_in_withdrawn_leaves_the_window_it_was_made_in_and_no_longer_one():
    early = after((CallInMove.WITHDRAW, wall("2026-12-02 09:00")), at=CLOSES)
    assert (early.state, early.due) == (CallInState.WINDOW_OPEN, CLOSES)
    withdrawn = wall("2026-12-07 09:00")
    late = after((CallInMove.WITHDRAW, withdrawn), at=withdrawn + MINUTE)
    assert (late.state, late.since) == (CallInState.IN_EFFECT, withdrawn)


def test_within_the_framework_council_is_closed_where_the_rule_keeps_it_for_what_is_outside():
    only = replace(rule(), council_only_outside_framework=True)
    now = after(by=only, at=SCRUTINY)
    step = CallInStep(move=CallInMove.REFER_TO_COUNCIL, at=SCRUTINY)
    assert may_follow(only, now, step, outside_framework=True).stands
    assert may_follow(only, now, step, outside_framework=False).answer is Answer.REFUSED
    assert may_follow(only, now, step).answer is Answer.NEEDS
    assert may_follow(rule(), now, step).answer is Answer.NOT_STATED


def test_reconsideration_and_full_council_lapse_by_themselves_where_the_text_says_so():
    # Referred back on Wednesday 9 December 2026: 10, 11, 14, 15, 16, 17, 18, 21, 22 and 23 are ten.
    back = (CallInMove.REFER_BACK, SCRUTINY)
    due = datetime.combine(date(2026, 12, 23), time.max)
    assert after(back, by=whole(), at=LATER).by_itself == due
    now = after(back, by=whole(), at=due + MINUTE)
    assert (now.state, now.by) == (CallInState.IN_EFFECT, CallInMove.NOT_RECONSIDERED)
    # To Council the same day, within thirty: those ten, then 29, 30 and 31 (the council is shut on
    # the 24th; 25 and 28 are holidays) are thirteen. From 4 to 26 January 2027 are seventeen.
    council = (CallInMove.REFER_TO_COUNCIL, SCRUTINY)
    assert after(council, by=whole(), at=LATER).by_itself == datetime.combine(
        date(2027, 1, 26), time.max
    )


def test_a_move_that_does_not_follow_is_refused_with_those_that_do():
    now = after(at=SCRUTINY)
    verdict = may_follow(rule(), now, CallInStep(move=CallInMove.CONFIRM, at=SCRUTINY))
    assert verdict.answer is Answer.REFUSED
    assert "endorse" in verdict.remedies[0]


# Exemption ------------------------------------------------------------------------------


def test_an_exempt_decision_is_in_effect_once_published_and_cannot_be_called_in():
    step = CallInStep(move=CallInMove.PUBLISH_EXEMPT, at=PUBLISHED.at)
    now = standing(rule(), MADE, [step], PUBLISHED.at)
    assert (now.state, now.since) == (CallInState.IN_EFFECT, PUBLISHED.at)
    assert says(may_call_in(rule(), now, FIVE)) == "the decision is exempt from call-in"


def test_only_the_signatory_of_the_rule_exempts_and_says_why():
    named = replace(rule(), exempt_by=("chief_executive", "scrutiny_chair"))
    place = middlemarch()
    assert may_exempt(place, named, "chief_executive", "the ward shuts on Monday").stands
    assert may_exempt(place, named, "chief_executive", " ").answer is Answer.NEEDS
    assert may_exempt(place, named, "director", "haste").answer is Answer.REFUSED
    assert may_exempt(place, rule(), "chief_executive", "haste").answer is Answer.NOT_STATED


# Of the table and of time ---------------------------------------------------------------


def test_every_state_is_reached_and_every_move_used():
    reached = set(FOLLOWS.values()) | {CallInState.MADE}
    assert reached == set(CallInState)
    assert {m for _, m in FOLLOWS} == set(CallInMove)
    assert all((state, move) in FOLLOWS for state, move in BY_ITSELF.items())


minutes = st.integers(min_value=0, max_value=60 * 24 * 60)
moves = st.sampled_from([m for m in CallInMove if m not in BY_ITSELF.values()])
records = st.lists(st.tuples(moves, minutes), max_size=6)


def steps_of(rows: list[tuple[CallInMove, int]]) -> list[CallInStep]:
    return [PUBLISHED, *(CallInStep(move=m, at=MADE + n * MINUTE) for m, n in rows)]


@given(records, minutes, minutes)
def test_what_is_in_effect_stays_so_whenever_it_is_asked_later(rows, first, more):
    at = MADE + first * MINUTE
    now = standing(lapsing(), MADE, steps_of(rows), at)
    later = standing(lapsing(), MADE, steps_of(rows), at + more * MINUTE)
    if now.state is CallInState.IN_EFFECT:
        assert (later.state, later.since) == (now.state, now.since)
    assert now.since <= at


@given(records, minutes)
def test_the_order_in_which_steps_are_kept_makes_no_difference(rows, asked):
    at = MADE + asked * MINUTE
    distinct = list({n: (m, n) for m, n in rows}.values())
    forwards = standing(lapsing(), MADE, steps_of(distinct), at)
    backwards = standing(lapsing(), MADE, steps_of(distinct)[::-1], at)
    assert forwards.state is backwards.state
    assert forwards.since == backwards.since


@given(st.dates(date(2024, 1, 1), date(2027, 6, 30)))
def test_the_window_always_ends_on_a_working_day_at_its_time_with_five_days_in_it(day):
    step = CallInStep(move=CallInMove.PUBLISH, at=datetime.combine(day, time(9)))
    made = step.at - timedelta(hours=1)
    due = standing(rule(), made, [step], step.at).due
    assert due is not None
    assert due.time() == time(17)
    assert due.weekday() < 5
    assert 5 <= (due.date() - day).days <= 14  # ten are the most that Christmas and Easter take
