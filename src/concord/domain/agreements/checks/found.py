"""How a finding about a row is made: its line, its authority and the words of its days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.findings import Authority, Finding, Weight
from concord.domain.language.tables import Row
from concord.domain.language.values import Day, NotStated


def grave(
    id_: str, row: Row, says: str, remedy: str, by: Authority | None = None, line: int = 0
) -> Finding:
    """A finding that has to be mended; `by` is the law where it is not the row's own clause."""
    authority = by or row.authority
    return Finding(
        id_, line or row.line, says, remedy,
        authority=str(replace(authority, unverified=False)), unverified=authority.unverified,
    )  # fmt: skip


def slight(
    id_: str, row: Row, says: str, remedy: str, by: Authority | None = None, line: int = 0
) -> Finding:
    """A finding to look at again."""
    return replace(grave(id_, row, says, remedy, by, line), weight=Weight.SLIGHT)


def a_day_of(row: Row) -> date:
    """A day on which the row holds, as near its beginning as the text says."""
    return known(row.starts) or known(row.ends) or date.max


def known(day: Day) -> date | None:
    """The day, or a bound of a day that is not stated."""
    if isinstance(day, NotStated):
        return day.latest or day.earliest
    return day


def span(row: Row) -> tuple[date, date]:
    """The first and the last day on which the row may hold."""
    first = row.starts.earliest if isinstance(row.starts, NotStated) else row.starts
    last = row.ends.latest if isinstance(row.ends, NotStated) else row.ends
    return first or date.min, last or date.max


def meet(one: Row, other: Row) -> bool:
    """Whether two rows may hold on a same day."""
    (first, last), (begins, ends) = span(one), span(other)
    return max(first, begins) <= min(last, ends)


def conditions_in(arrangement: Arrangement) -> Iterator[Row]:
    """Every condition of the text, those within an `any` too."""
    a = arrangement
    lists = [d.provided for d in a.delegations.values()]
    lists += [r.provided for r in a.reserved.values()]
    lists += [d.provided for d in a.duties.values()]
    for body in a.bodies.values():
        lists += [since.value.until for since in body.deciding.rows if isinstance(since.value, Row)]
    for agreement in a.agreements.values():
        if isinstance(agreement.before, Mapping):
            lists += agreement.before.values()
        if isinstance(agreement.gateways, Row):
            lists.append(agreement.gateways.provided)
    pending: list[object] = [condition for each in lists for condition in each]
    while pending:
        condition = pending.pop(0)
        if isinstance(condition, Row):
            yield condition
            inner = getattr(condition, "any_", ())
            pending.extend(inner if isinstance(inner, tuple) else ())
