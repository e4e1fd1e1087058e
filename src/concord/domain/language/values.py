"""The literals both languages share: not stated, limits, periods, days, values by date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Generic, TypeVar

from concord.domain.money import pence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NotStated:
    """What a source is silent on, with the bounds it does give.

    `below` is in pence: at or over it the answer is known. Before `earliest` a day has not come,
    after `latest` it has.
    """

    words: str = "not stated"
    below: int | None = None
    earliest: date | None = None
    latest: date | None = None


NOT_STATED = NotStated()


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that may be decided, in pence; None is without limit."""

    pence: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """A part of something, read exactly; `of` is empty, `budget` or `contribution`."""

    fraction: Fraction
    of: str = ""


Day = date | NotStated | None

_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)%(?: of (budget|contribution))?")
_DATE = r"(\d{4}-\d\d-\d\d)"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_BOUNDED_DAY = re.compile(rf"not stated, (?:by {_DATE}|from {_DATE}|between {_DATE} and {_DATE})")


def read_limit(text: str) -> Limit | NotStated:
    """`"£750,000"`, `"none"`, `"not stated"` or `"not stated, below £2,000,000"`."""
    if text == "none":
        return Limit(None)
    if text.startswith("not stated, below "):
        return NotStated(text, below=pence(text.removeprefix("not stated, below ")))
    return Limit(pence(text))


def read_share(text: str) -> Share:
    """`"25%"`, `"2% of budget"`, `"10% of contribution"`."""
    found = _SHARE.fullmatch(text)
    if not found or (Fraction(found[1]) > 100 and not found[2]):
        raise ValueError("a share is a percentage, as 25% or 2% of budget")
    return Share(Fraction(found[1]) / 100, found[2] or "")


# Nothing here began before or ends after; a day put far off to mean "for ever" is left out instead.
FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(2199, 12, 31)
BEYOND = "a day lies between 1 January 1800 and 31 December 2199"


def read_bounded_day(text: str) -> NotStated:
    """`"not stated, by 2018-03-31"`, `"…, from D"`, `"…, between D and D"`."""
    found = _BOUNDED_DAY.fullmatch(text)
    if not found:
        raise ValueError(
            "a day is a date, or not stated with a bound as in: not stated, by 2018-03-31"
        )
    by, from_, earliest, latest = (date.fromisoformat(d) if d else None for d in found.groups())
    for named in (by, from_, earliest, latest):
        if named and not FIRST_DAY <= named <= LAST_DAY:
            raise ValueError(BEYOND)
    if earliest and latest and latest < earliest:
        raise ValueError("the later day comes before the earlier one")
    return NotStated(text, earliest=from_ or earliest, latest=by or latest)


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """A day that comes every year."""

    month: int
    day: int

    def in_year(self, year: int) -> date | None:
        """Its date that year; 29 February has none in most."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def read_yearly_day(text: str) -> YearlyDay:
    """`"24 December"`."""
    number, _, month = text.partition(" ")
    if month not in _MONTHS or not number.isdigit():
        raise ValueError("a day of every year is its number and month, as 24 December")
    found = YearlyDay(_MONTHS.index(month) + 1, int(number))
    if found.in_year(2024) is None:
        raise ValueError("there is no such day")
    return found


def reached(day: Day, on: date) -> bool | None:
    """Whether that day has come by `on`; None where the text does not say; no day has come."""
    if isinstance(day, NotStated):
        if day.earliest and on < day.earliest:
            return False
        return True if day.latest and on >= day.latest else None
    return day is None or on >= day


def holds_on(starts: Day, ends: Day, on: date) -> bool | None:
    """Whether a row that runs from `starts` to its last day `ends` holds on that day."""
    begun = reached(starts, on)
    over = _past(ends, on)
    if begun is False or over is True:
        return False
    return None if begun is None or over is None else True


def _past(ends: Day, on: date) -> bool | None:
    if isinstance(ends, NotStated):
        if ends.earliest and on <= ends.earliest:
            return False
        return True if ends.latest and on > ends.latest else None
    return ends is not None and on > ends


@dataclass(frozen=True, slots=True)
class Since(Generic[T]):
    """One value of something that changes, with the days it holds."""

    value: T
    starts: Day = None
    ends: Day = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A value as of each date. Empty means that the text does not have the key at all."""

    rows: tuple[Since[T], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows)

    def on(self, day: date) -> T | NotStated | None:
        """The value on that day: None in a gap, NOT_STATED where a row may or may not hold."""
        if not self.rows:
            return None
        unsure = False
        for row in self.rows:
            holds = holds_on(row.starts, row.ends, day)
            if holds:
                return row.value
            unsure = unsure or holds is None
        return NOT_STATED if unsure else None


def always(value: T) -> Dated[T]:
    """A value that the text gives without dates."""
    return Dated((Since(value),))


def overlap(first: Since[T], second: Since[T]) -> bool:
    """Whether two rows certainly hold on a same day."""
    if isinstance(first.starts, NotStated) or isinstance(second.starts, NotStated):
        return False
    late = max(first.starts or date.min, second.starts or date.min)
    ends: Sequence[date] = [e for e in (first.ends, second.ends) if isinstance(e, date)]
    unknown = any(isinstance(e, NotStated) for e in (first.ends, second.ends))
    return not unknown and late <= min(ends, default=date.max)
