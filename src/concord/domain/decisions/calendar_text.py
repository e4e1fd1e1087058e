"""The tables of a calendar's text: meetings, closures, days for sign-off (docs/matters.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from concord.domain.agreements.arrangement import SourceText
from concord.domain.language.kinds import day, number, ref, silent, word, yes_or_no
from concord.domain.language.reading import At
from concord.domain.language.tables import Row, key, named, rows
from concord.domain.language.values import Day, NotStated

YEARS = (1948, 2199)
LONGEST_CLOSURE = timedelta(days=731)
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class Pause(StrEnum):
    """Why an organisation, body or post does no business: the closed set of closures."""

    RECESS = "recess"
    ELECTION_PERIOD = "election period"
    CLOSED = "closed"


def read_time(raw: object, at: At) -> str:
    """A time of day as `14:30`; nothing where it is not stated."""
    if silent(raw, at):
        return ""
    if isinstance(raw, time):
        return f"{raw:%H:%M}"
    if isinstance(raw, str) and _TIME.fullmatch(raw):
        return raw
    at.found("text.not_a_time", f"a time of day is needed here, not {raw!r}", 'As "14:30".')
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow(Row):
    """One meeting of one body on one day."""

    body: str | NotStated = key(ref("body"), required=True)
    on: Day = key(day(), required=True)
    at: str = key(read_time, default="")
    cancelled: bool | NotStated = key(yes_or_no(), default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure(Row):
    """Days, the first and the last included, on which someone pauses: recess, election, closed."""

    of: str | NotStated = key(ref("organisation", "body", "post"), required=True)
    kind: Pause | NotStated = key(word(Pause), required=True)

    def covers(self, on: date) -> bool:
        """Whether the day lies within it; a closure without both its days covers none."""
        return (
            isinstance(self.starts, date)
            and isinstance(self.ends, date)
            and self.starts <= on <= self.ends
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffDays(Row):
    """How many working days an organisation takes to sign a draft off before its papers go out."""

    of: str | NotStated = key(ref("organisation"), required=True)
    days: int | NotStated = key(number(), required=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CalendarText(Row):
    """A whole calendar text."""

    format: int = key(lambda raw, at: raw, required=True, default=1)
    sources_: Mapping[str, SourceText] = key(named(SourceText), default=MappingProxyType({}))
    meetings: tuple[MeetingRow, ...] = key(rows(MeetingRow), default=())
    closures: tuple[Closure, ...] = key(rows(Closure), default=())
    sign_offs: tuple[SignOffDays, ...] = key(rows(SignOffDays), default=())


def sensible(on: object) -> bool:
    """Whether a day is one that days can be counted from, and no slip of the pen."""
    return isinstance(on, date) and YEARS[0] <= on.year <= YEARS[1]


def pausing(closures: Iterable[Closure], names: Iterable[str], on: date) -> tuple[Closure, ...]:
    """The closures of any of these that cover the day."""
    wanted = set(names)
    return tuple(c for c in closures if c.of in wanted and c.covers(on))


def days_closed(closures: Iterable[Closure]) -> Iterator[date]:
    """Every day of some closures, none of them longer than two years."""
    for closure in closures:
        if isinstance(closure.starts, date) and isinstance(closure.ends, date):
            span = min(closure.ends - closure.starts, LONGEST_CLOSURE)
            yield from (closure.starts + timedelta(days=n) for n in range(span.days + 1))
