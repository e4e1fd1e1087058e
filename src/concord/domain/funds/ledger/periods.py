"""Periods: months as `202404`, years as `2024/25`; which are closed, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concord.domain.findings import Answer, Reason, Verdict, all_of

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_FIRST_MONTH = 4  # a financial year runs from 1 April to 31 March


class PeriodState(StrEnum):
    """Whether a period takes postings; one that was never closed is open."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """One closing or reopening of one fund's period, in the order it was done, with its reason."""

    fund: str
    period: int
    state: PeriodState
    because: str


def period_of(day: date) -> int:
    return day.year * 100 + day.month


def is_period(period: int) -> bool:
    year, month = divmod(period, 100)
    return 1 <= month <= 12 and 1900 <= year <= 9999


def in_words(period: int) -> str:
    """`April 2024` of 202404."""
    year, month = divmod(period, 100)
    return f"{_MONTHS[month - 1]} {year}"


def year_of(period: int) -> str:
    """The financial year a period lies in: `2024/25` of 202503."""
    year, month = divmod(period, 100)
    first = year if month >= _FIRST_MONTH else year - 1
    return f"{first}/{(first + 1) % 100:02}"


def periods_of(year: str) -> tuple[int, ...]:
    """The twelve periods of `2024/25`, April first; ValueError where it is not a year."""
    first, _, second = year.partition("/")
    start = int(first)
    if f"{start}/{(start + 1) % 100:02}" != f"{first}/{second}":
        raise ValueError(f"{year} is not a financial year")
    return tuple((start + (m > 12)) * 100 + (m - 1) % 12 + 1 for m in range(4, 16))


def after(period: int, months: int = 1) -> int:
    year, month = divmod(period, 100)
    count = year * 12 + month - 1 + months
    return count // 12 * 100 + count % 12 + 1


def closed(changes: Iterable[PeriodChange]) -> frozenset[tuple[str, int]]:
    """The funds and periods that are closed after all these changes."""
    state = {(c.fund, c.period): c.state for c in changes}
    return frozenset(key for key, is_ in state.items() if is_ is PeriodState.CLOSED)


def may_post_in(fund: str, period: int, shut: frozenset[tuple[str, int]]) -> Reason:
    """Whether a fund's period takes postings."""
    if not is_period(period):
        return Reason(Answer.REFUSED, f"{period} is not a period", remedy="write it as 202404")
    if (fund, period) in shut:
        return Reason(
            Answer.REFUSED,
            f"{in_words(period)} is closed for {fund}",
            remedy="post in an open period and keep the period of effect, or reopen it",
        )
    return Reason(Answer.STANDS, f"{in_words(period)} is open for {fund}")


def may_change(change: PeriodChange, shut: frozenset[tuple[str, int]], now: int) -> Verdict:
    """Whether a period may be closed or reopened: with a reason, and never before it has begun.

    `now` is the period of the day it is done on.
    """
    is_closed = (change.fund, change.period) in shut
    what = f"{in_words(change.period)} of {change.fund}"
    if change.state is PeriodState.CLOSED:
        tests = (
            _test(not is_closed, f"{what} is closed already", "nothing is to be done"),
            _test(change.period <= now, f"{what} has not begun", "close it once it has"),
        )
    else:
        tests = (
            _test(is_closed, f"{what} is open", "nothing is to be done"),
            _test(bool(change.because.strip()), "no reason is given", "say why it is reopened"),
        )
    return all_of(reason for reason in tests if reason)


def _test(holds: bool, says: str, remedy: str) -> Reason | None:
    return None if holds else Reason(Answer.REFUSED, says, remedy=remedy)
