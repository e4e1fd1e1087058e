"""Counts clear days and periods in each way of counting in use; statutes do not settle which.

A clear day is whole: neither the first day nor the last counts. Conventions, bank holidays and
readings are rows of law/; days an organisation is closed are its own and are passed in.
"""

from __future__ import annotations

import calendar as _months
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from concord import law

_DAY = timedelta(days=1)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Counting(StrEnum):
    """A way of counting days; the values are the ids of law/conventions.toml."""

    CALENDAR = "calendar"
    SUNDAYS_OUT = "sundays and bank holidays out"
    WORKING = "working"

    @property
    def row(self) -> law.Convention:
        return law.convention(self.value)

    @property
    def words(self) -> str:
        return self.row.name


@dataclass(frozen=True, slots=True)
class Closed:
    """Days on which an organisation does no business, beyond weekends and bank holidays.

    `yearly` holds (month, day) pairs such as (12, 24). `works_on` names days of the weekend that
    are working days there, such as `saturday`.
    """

    days: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()
    works_on: frozenset[str] = frozenset()

    def __contains__(self, day: date) -> bool:
        return day in self.days or (day.month, day.day) in self.yearly


NEVER_CLOSED = Closed()


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that an answer rests on holidays nobody has listed yet."""

    day: date
    says: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A day found by counting, with what was passed over on the way and any warning."""

    day: date
    counting: Counting
    skipped: tuple[tuple[date, str], ...] = ()
    stepped_from: date | None = None
    warnings: tuple[Warned, ...] = ()

    @property
    def says(self) -> str:
        """How the days were counted, for a reader."""
        passed = f", {len(self.skipped)} days passed over" if len(self.skipped) > 1 else ""
        passed = ", one day passed over" if len(self.skipped) == 1 else passed
        moved = f"; the limit fell on {in_words(self.stepped_from)}" if self.stepped_from else ""
        return f"counted in {self.counting.words}{passed}{moved}"


def counting_of(not_counted: Collection[str]) -> Counting:
    """The way of counting that leaves out the days an organisation names: `Saturdays`, `Sundays`,
    `bank holidays`. Where none is exactly that, the strictest, which can only warn too early.
    """
    named = {word.casefold() for word in not_counted}
    if not named:
        return Counting.CALENDAR
    return Counting.SUNDAYS_OUT if named == {"sundays", "bank holidays"} else Counting.WORKING


def in_words(day: date) -> str:
    """`Tuesday 18 July 2017`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def bank_holiday(day: date) -> str:
    """The name of the bank holiday in England and Wales on that day, or nothing."""
    return law.bank_holidays().days.get(day, "")


def why_out(day: date, counting: Counting, closed: Closed = NEVER_CLOSED) -> str:
    """Why the day does not count, or nothing if it does."""
    row = counting.row
    weekday = _WEEKDAYS[day.weekday()]
    if weekday in row.weekdays_out and weekday not in closed.works_on:
        return weekday.capitalize()
    if row.bank_holidays_out and (name := bank_holiday(day)):
        return name
    return "closed" if row.closed_days_out and day in closed else ""


def counts(day: date, counting: Counting, closed: Closed = NEVER_CLOSED) -> bool:
    return not why_out(day, counting, closed)


def beyond_holidays(days: Iterable[date], counting: Counting) -> tuple[Warned, ...]:
    """A warning for a day outside the list of bank holidays, where the counting needs the list."""
    held = law.bank_holidays()
    if not counting.row.bank_holidays_out:
        return ()
    return tuple(
        Warned(
            day,
            f"{in_words(day)} is outside the list of bank holidays held here, which runs from "
            f"{in_words(held.complete_from)} to {in_words(held.complete_to)}. Check it by hand.",
        )
        for day in sorted(set(days))
        if not held.complete_from <= day <= held.complete_to
    )


def _count(start: date, days: int, step: int, counting: Counting, closed: Closed) -> Counted:
    """The first day beyond `days` whole days that count, going forward or back from `start`."""
    if days < 0:
        raise ValueError("a number of days is nil or more")
    day, left, skipped = start + step * _DAY, days, []
    while left:
        if reason := why_out(day, counting, closed):
            skipped.append((day, reason))
        else:
            left -= 1
        day += step * _DAY
    limit = day
    while counting.row.limit_steps_outward and (reason := why_out(day, counting, closed)):
        skipped.append((day, reason))
        day += step * _DAY
    return Counted(
        day,
        counting,
        tuple(sorted(skipped)),
        limit if limit != day else None,
        beyond_holidays((start, day), counting),
    )


def count_back(
    meeting: date, clear_days: int, counting: Counting, closed: Closed = NEVER_CLOSED
) -> Counted:
    """The last day on which notice leaves that many clear days before the meeting."""
    return _count(meeting, clear_days, -1, counting, closed)


def count_on(
    notice: date, clear_days: int, counting: Counting, closed: Closed = NEVER_CLOSED
) -> Counted:
    """The first day after that many clear days have elapsed following the day of the notice."""
    return _count(notice, clear_days, 1, counting, closed)


def last_day_for_notice(
    meeting: date, clear_days: int, counting: Counting, closed: Closed = NEVER_CLOSED
) -> date:
    return count_back(meeting, clear_days, counting, closed).day


def first_day_after(
    notice: date, clear_days: int, counting: Counting, closed: Closed = NEVER_CLOSED
) -> date:
    """SI 2012/2089, regulation 10: the earliest decision once the clear days have elapsed."""
    return count_on(notice, clear_days, counting, closed).day


def clear_days_between(
    first: date, last: date, counting: Counting, closed: Closed = NEVER_CLOSED
) -> int:
    """Whole days that count strictly between two days; nil if they touch or are reversed."""
    inside = (first + n * _DAY for n in range(1, (last - first).days))
    return sum(counts(day, counting, closed) for day in inside)


def working_day(
    start: date, number: int, closed: Closed = NEVER_CLOSED, how: Counting = Counting.WORKING
) -> date:
    """The numbered working day after (or, negative, before) a day: the fifth is the last of 5."""
    step = 1 if number > 0 else -1
    day, left = start, abs(number)
    while left:
        day += step * _DAY
        left -= counts(day, how, closed)
    return day


class Unit(StrEnum):
    """What a period is counted in."""

    HOURS = "hours"
    DAYS = "days"
    CLEAR_DAYS = "clear days"
    WORKING_DAYS = "working days"
    CLEAR_WORKING_DAYS = "clear working days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


_PERIOD = re.compile(
    r"(?P<n>[1-9]\d{0,3}) (?P<unit>(?:clear )?(?:working )?days?|hours?|weeks?|months?|years?)"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time: `28 days`, `5 clear working days`, `12 months`.

    `counting` says how clear days that are not called working are counted.
    """

    number: int
    unit: Unit
    counting: Counting = field(default=Counting.CALENDAR)

    def __str__(self) -> str:
        words = self.unit.value
        return f"{self.number} {words[:-1] if self.number == 1 else words}"

    @property
    def how(self) -> Counting:
        """The way of counting that the period's own words fix, or else the one it was given."""
        working = (Unit.WORKING_DAYS, Unit.CLEAR_WORKING_DAYS)
        return Counting.WORKING if self.unit in working else self.counting

    def before(self, event: date, closed: Closed = NEVER_CLOSED) -> date:
        """The last day on which something due this long before the event is still in time."""
        return self._from(event, -1, closed)

    def after(self, event: date, closed: Closed = NEVER_CLOSED) -> date:
        """The last day of a period that begins the day after; clear days end on the next one."""
        return self._from(event, 1, closed)

    def within(self, event: date, closed: Closed = NEVER_CLOSED) -> date:
        """The last day to do something within this long after: of clear days, the last of them."""
        if self.unit in (Unit.CLEAR_DAYS, Unit.CLEAR_WORKING_DAYS):
            return working_day(event, self.number, closed, self.how)
        return self.after(event, closed)

    def _from(self, event: date, step: int, closed: Closed) -> date:
        match self.unit:
            case Unit.CLEAR_DAYS | Unit.CLEAR_WORKING_DAYS:
                return _count(event, self.number, step, self.how, closed).day
            case Unit.WORKING_DAYS:
                return working_day(event, step * self.number, closed)
            case Unit.MONTHS | Unit.YEARS:
                months = self.number * (12 if self.unit is Unit.YEARS else 1)
                return add_months(event, step * months)
            case Unit.HOURS:
                return event + step * timedelta(days=-(-self.number // 24))
        return event + step * self.number * (7 if self.unit is Unit.WEEKS else 1) * _DAY


def add_months(day: date, months: int) -> date:
    """The day of the same number so many months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _months.monthrange(year, month + 1)[1]))


def read_period(text: str, counting: Counting = Counting.CALENDAR) -> Period:
    """A period from its words; ValueError says what is wrong with them."""
    found = _PERIOD.fullmatch(text)
    if not found:
        raise ValueError("this is not a period, such as 28 days or 5 clear working days")
    unit = found["unit"] if found["unit"].endswith("s") else found["unit"] + "s"
    return Period(int(found["n"]), Unit(unit), counting)


def readings(
    event: date,
    clear_days: int,
    before: bool,
    closed: Closed = NEVER_CLOSED,
    but: Collection[Counting] = (),
) -> tuple[Counted, ...]:
    """The same clear days in every way of counting, latest notice first."""
    step = -1 if before else 1
    return tuple(_count(event, clear_days, step, c, closed) for c in Counting if c not in but)
