"""Clear days and periods, against worked dates and the arithmetic of diaries."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from concord.domain.calendar import (
    Closed,
    Counting,
    Period,
    Unit,
    add_months,
    beyond_holidays,
    clear_days_between,
    count_back,
    counting_of,
    counts,
    first_day_after,
    last_day_for_notice,
    read_period,
    readings,
    why_out,
    working_day,
)

CALENDAR, SUNDAYS_OUT, WORKING = Counting.CALENDAR, Counting.SUNDAYS_OUT, Counting.WORKING

# Meeting; 5 clear in each way; 28 clear calendar; 3 clear working.
VECTORS = {
    "Southampton Cabinet": "2017-07-18 2017-07-12 2017-07-11 2017-07-10 2017-06-19 2017-07-12",
    "Sheffield Cabinet": "2019-03-20 2019-03-14 2019-03-13 2019-03-12 2019-02-19 2019-03-14",
    "Doncaster Cabinet": "2018-04-24 2018-04-18 2018-04-17 2018-04-16 2018-03-26 2018-04-18",
    "a joint board": "2018-10-16 2018-10-10 2018-10-09 2018-10-08 2018-09-17 2018-10-10",
    "spans Easter": "2018-04-04 2018-03-29 2018-03-26 2018-03-23 2018-03-06 2018-03-27",
}


@pytest.mark.parametrize("dates", VECTORS.values(), ids=VECTORS.keys())
def test_the_last_day_for_notice_is_that_of_the_diary(dates: str) -> None:
    meeting, five, five_sunday, five_working, twenty_eight, three = map(
        date.fromisoformat, dates.split()
    )
    assert last_day_for_notice(meeting, 5, CALENDAR) == five
    assert last_day_for_notice(meeting, 5, SUNDAYS_OUT) == five_sunday
    assert last_day_for_notice(meeting, 5, WORKING) == five_working
    assert last_day_for_notice(meeting, 28, CALENDAR) == twenty_eight
    assert last_day_for_notice(meeting, 3, WORKING) == three


@pytest.mark.parametrize(
    ("counting", "earliest"),
    [
        (CALENDAR, date(2018, 4, 3)),
        (SUNDAYS_OUT, date(2018, 4, 6)),
        (WORKING, date(2018, 4, 9)),
    ],
)
def test_five_clear_days_must_elapse_before_a_general_exception_decision(
    counting: Counting, earliest: date
) -> None:
    assert first_day_after(date(2018, 3, 28), 5, counting) == earliest


def test_a_limit_on_a_day_off_steps_outward_and_says_so() -> None:
    found = count_back(date(2018, 4, 4), 5, WORKING)
    assert found.stepped_from == date(2018, 3, 25)  # a Sunday
    assert "Sunday 25 March 2018" in found.says
    assert (date(2018, 4, 2), "Easter Monday") in found.skipped


def test_the_fifth_working_day_after_medways_publication_is_1_march_2005() -> None:
    # Published Tuesday 22 February: 23, 24, 25, 28 February, 1 March.
    assert working_day(date(2005, 2, 22), 5) == date(2005, 3, 1)
    assert read_period("5 working days").after(date(2005, 2, 22)) == date(2005, 3, 1)


def test_five_working_days_are_one_day_fewer_than_five_clear_ones() -> None:
    # Southampton's report says five working days; the regulation says five clear days.
    meeting = date(2017, 7, 18)
    assert read_period("5 working days").before(meeting) == date(2017, 7, 11)
    assert read_period("5 clear working days").before(meeting) == date(2017, 7, 10)
    assert read_period("28 days").before(meeting) == date(2017, 6, 20)


def test_christmas_eve_counts_unless_the_organisation_is_closed() -> None:
    # Back from Wednesday 2 January 2019: 31, 28, 27, 24, 21 December; with the eve closed, 20 too.
    meeting = date(2019, 1, 2)
    closed = Closed(yearly=frozenset({(12, 24)}))
    assert last_day_for_notice(meeting, 5, WORKING) == date(2018, 12, 20)
    assert last_day_for_notice(meeting, 5, WORKING, closed) == date(2018, 12, 19)
    assert last_day_for_notice(meeting, 5, CALENDAR, closed) == date(2018, 12, 27)


def test_a_single_closed_day_is_passed_over_by_name() -> None:
    closed = Closed(days=frozenset({date(2017, 7, 14)}))
    found = count_back(date(2017, 7, 18), 5, WORKING, closed)
    assert found.day == date(2017, 7, 7)
    assert (date(2017, 7, 14), "closed") in found.skipped


def test_saturday_counts_where_only_sundays_and_bank_holidays_are_out() -> None:
    saturday = date(2017, 7, 15)
    assert counts(saturday, SUNDAYS_OUT)
    assert why_out(saturday, WORKING) == "Saturday"


@pytest.mark.parametrize(
    ("left_out", "counting"),
    [
        ((), CALENDAR),
        (("Sundays", "bank holidays"), SUNDAYS_OUT),
        (("Saturdays", "Sundays", "bank holidays"), WORKING),
        (("Saturdays", "Sundays"), WORKING),  # nothing held is exactly that: the strictest
    ],
)
def test_the_days_an_organisation_leaves_out_name_its_way_of_counting(
    left_out: tuple[str, ...], counting: Counting
) -> None:
    assert counting_of(left_out) is counting


def test_a_date_past_the_list_of_bank_holidays_is_warned_of() -> None:
    found = count_back(date(2029, 1, 9), 5, WORKING)
    assert [w.day for w in found.warnings] == [date(2029, 1, 1), date(2029, 1, 9)]
    assert "31 December 2028" in found.warnings[0].says
    assert not beyond_holidays([date(2029, 1, 9)], CALENDAR)
    assert beyond_holidays([date(2011, 4, 29)], WORKING)


def test_every_reading_is_given_with_the_latest_notice_first() -> None:
    days = [c.day for c in readings(date(2017, 7, 18), 5, before=True)]
    assert days == [date(2017, 7, 12), date(2017, 7, 11), date(2017, 7, 10)]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2018, 1, 31), 1, date(2018, 2, 28)),
        (date(2018, 3, 31), -1, date(2018, 2, 28)),
        (date(2017, 12, 15), 2, date(2018, 2, 15)),
    ],
)
def test_a_month_ends_on_the_day_of_the_same_number_or_the_last(
    start: date, months: int, end: date
) -> None:
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("28 days", 28, Unit.DAYS),
        ("5 clear days", 5, Unit.CLEAR_DAYS),
        ("5 clear working days", 5, Unit.CLEAR_WORKING_DAYS),
        ("12 months", 12, Unit.MONTHS),
        ("1 month", 1, Unit.MONTHS),
        ("6 weeks", 6, Unit.WEEKS),
        ("24 hours", 24, Unit.HOURS),
        ("2 years", 2, Unit.YEARS),
    ],
)
def test_a_period_is_read_from_its_words_and_printed_back(
    text: str, number: int, unit: Unit
) -> None:
    period = read_period(text)
    assert (period.number, period.unit) == (number, unit)
    assert str(period) == text


@pytest.mark.parametrize(
    "text", ["", "five days", "0 days", "5", "5 days ", "-5 days", "1.5 weeks"]
)
def test_words_that_are_not_a_period_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        read_period(text)


def test_weeks_hours_and_years_run_to_their_last_day() -> None:
    assert Period(6, Unit.WEEKS).after(date(2024, 10, 1)) == date(2024, 11, 12)
    assert Period(24, Unit.HOURS).after(date(2024, 10, 1)) == date(2024, 10, 2)
    assert Period(2, Unit.YEARS).after(date(2024, 2, 29)) == date(2026, 2, 28)


days = st.dates(date(2012, 6, 1), date(2028, 6, 1))
numbers = st.integers(0, 40)
ways = st.sampled_from(Counting)
closures = st.builds(
    Closed,
    days=st.frozensets(days, max_size=3),
    yearly=st.sampled_from([frozenset(), frozenset({(12, 24), (12, 31)})]),
)


@given(days, numbers, ways, closures)
def test_the_first_and_last_day_never_count(
    meeting: date, number: int, way: Counting, closed: Closed
) -> None:
    notice = last_day_for_notice(meeting, number, way, closed)
    assert notice < meeting
    assert clear_days_between(notice, meeting, way, closed) == number
    assert clear_days_between(notice, notice, way, closed) == 0
    assert clear_days_between(notice, notice + timedelta(days=1), way, closed) == 0


@given(days, numbers, ways, closures)
def test_a_day_later_is_always_too_late(
    meeting: date, number: int, way: Counting, closed: Closed
) -> None:
    latest = last_day_for_notice(meeting, number, way, closed) + timedelta(days=1)
    while not counts(latest, way, closed):
        latest += timedelta(days=1)
    assert latest >= meeting or clear_days_between(latest, meeting, way, closed) < number


@given(days, st.integers(0, 400), numbers, ways, closures)
def test_a_later_meeting_never_needs_an_earlier_notice(
    meeting: date, gap: int, number: int, way: Counting, closed: Closed
) -> None:
    later = meeting + timedelta(days=gap)
    assert last_day_for_notice(meeting, number, way, closed) <= last_day_for_notice(
        later, number, way, closed
    )
    assert first_day_after(meeting, number, way, closed) <= first_day_after(
        later, number, way, closed
    )


@given(days, numbers, ways, closures)
def test_more_clear_days_never_mean_later_notice(
    meeting: date, number: int, way: Counting, closed: Closed
) -> None:
    assert last_day_for_notice(meeting, number + 1, way, closed) < last_day_for_notice(
        meeting, number, way, closed
    )


@given(days, numbers, ways, closures)
def test_counting_on_and_counting_back_are_inverse(
    day: date, number: int, way: Counting, closed: Closed
) -> None:
    # Where limits step outward, a notice or a meeting on a day off is moved, so it has no inverse.
    assume(way is not WORKING or counts(day, way, closed))
    decision = first_day_after(day, number, way, closed)
    assert last_day_for_notice(decision, number, way, closed) >= day
    notice = last_day_for_notice(day, number, way, closed)
    assert first_day_after(notice, number, way, closed) <= day


@given(days, numbers, closures)
def test_the_stricter_way_never_gives_a_later_day(
    meeting: date, number: int, closed: Closed
) -> None:
    calendar, sundays, working = (c.day for c in readings(meeting, number, True, closed))
    assert working <= sundays <= calendar
