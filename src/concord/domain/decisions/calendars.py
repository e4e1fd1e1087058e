"""A place's calendar: when its bodies meet, and when its organisations pause (docs/matters.md).

A meeting that is cancelled stays in the text, so that whoever looked for it finds out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from concord.domain.agreements.arrangement import Arrangement, WorkingDays
from concord.domain.agreements.names import names_of
from concord.domain.decisions.calendar_checks import calendar_findings
from concord.domain.decisions.calendar_text import (
    CalendarText,
    Closure,
    MeetingRow,
    Pause,
    SignOffDays,
    days_closed,
    pausing,
    sensible,
)
from concord.domain.findings import Finding
from concord.domain.language.reading import At, Gathered, NotStatedAt, nearest
from concord.domain.language.source import read_source
from concord.domain.language.tables import Row, read_row
from concord.domain.language.values import NotStated, always

FORMATS = (1,)
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A day, and where it is known the time, at which a body may take a matter.

    `listed` says that the calendar has the meeting; a day nobody has called yet is not listed.
    """

    on: date
    at: str = ""
    listed: bool = True
    line: int = 0


@dataclass(frozen=True, eq=False)
class Calendars:
    """What the calendar says, as the planner asks it."""

    meetings: tuple[MeetingRow, ...] = ()
    closures: tuple[Closure, ...] = ()
    sign_offs: tuple[SignOffDays, ...] = ()
    _by_body: dict[str, tuple[Slot, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def horizon(self) -> date | None:
        """The last day for which any meeting is listed."""
        return max((m.on for m in self.meetings if isinstance(m.on, date)), default=None)

    @property
    def first(self) -> date | None:
        """The first day for which any meeting is listed."""
        return min((m.on for m in self.meetings if isinstance(m.on, date)), default=None)

    def slots(self, body: str) -> tuple[Slot, ...]:
        """The body's meetings that stand, first to last."""
        if body not in self._by_body:
            mine = (m for m in self.meetings if m.body == body and m.cancelled is not True)
            found = {Slot(m.on, m.at, True, m.line) for m in mine if isinstance(m.on, date)}
            self._by_body[body] = tuple(sorted(found))
        return self._by_body[body]

    def meeting(self, body: str, on: date) -> MeetingRow | None:
        """The meeting of that day, one that stands before one that is cancelled."""
        mine = [m for m in self.meetings if m.body == body and m.on == on]
        return min(mine, key=lambda m: m.cancelled is True, default=None)

    def pauses(self, names: Iterable[str], on: date) -> tuple[Closure, ...]:
        """The closures of any of these that cover the day."""
        return pausing(self.closures, names, on)

    def closed_days(self, name: str) -> frozenset[date]:
        """Every day the text says that this one is closed."""
        mine = (c for c in self.closures if c.of == name and c.kind is Pause.CLOSED)
        return frozenset(days_closed(mine))

    def days_to_sign(self, organisation: str) -> SignOffDays | None:
        return next((s for s in self.sign_offs if s.of == organisation), None)


NO_CALENDARS = Calendars()


@dataclass(frozen=True, slots=True)
class CalendarReading:
    """What a calendar's text says, as far as it can be read."""

    text: str
    calendars: Calendars | None
    findings: tuple[Finding, ...]
    not_stated: tuple[NotStatedAt, ...] = ()


def read_calendar(
    text: str, arrangement: Arrangement, file: str = "calendar.toml"
) -> CalendarReading:
    """Read a whole calendar; nothing is raised, whatever the text is."""
    source, faults = read_source(text, file)
    if source is None:
        return CalendarReading(text, None, faults)
    gathered = Gathered(source)
    if source.values.get("format") not in FORMATS:
        says = f"the text's format is {source.values.get('format', 'missing')!r}"
        At(gathered, ("format",)).found("text.unknown_format", says, 'Begin with "format = 1".')
        return CalendarReading(text, None, tuple(gathered.findings))
    read = read_row(CalendarText, dict(source.values), At(gathered, ()))
    calendars = _calendars(read) if read else None
    found = list(gathered.findings)
    if read is not None and calendars is not None:
        found += _unresolved(read, arrangement, gathered)
        meetings, closures = _each(read.meetings), _each(read.closures)
        found += calendar_findings(meetings, closures, arrangement)
    ordered = sorted({replace(f, file=file) for f in found}, key=lambda f: (f.line, f.id, f.says))
    return CalendarReading(text, calendars, tuple(ordered), tuple(gathered.not_stated))


def _calendars(read: CalendarText) -> Calendars:
    meetings = (m for m in _each(read.meetings) if sensible(m.on))
    closures = (c for c in _each(read.closures) if sensible(c.starts) and sensible(c.ends))
    return Calendars(tuple(meetings), tuple(closures), _each(read.sign_offs))


def _each(value: tuple[R, ...] | NotStated) -> tuple[R, ...]:
    return () if isinstance(value, NotStated) else value


def _unresolved(
    read: CalendarText, arrangement: Arrangement, gathered: Gathered
) -> Iterator[Finding]:
    known = names_of(arrangement)
    known["source"] = known["source"] | set(read.sources_)
    for reference in gathered.references:
        possible = set().union(*(known[k] for k in reference.kinds))
        if reference.name not in possible:
            where = ".".join(str(p) for p in reference.path)
            what = " or ".join(reference.kinds)
            id_ = "ref.unknown_source" if reference.kinds == ("source",) else "ref.unknown_name"
            says = f"{where}: no {what} is called {reference.name}"
            yield Finding(id_, reference.line, says, nearest(reference.name, sorted(possible)))


def with_closed_days(arrangement: Arrangement, calendars: Calendars) -> Arrangement:
    """The arrangement with each organisation's closed days of the calendar beside its own."""
    closing = {str(c.of) for c in calendars.closures if c.kind is Pause.CLOSED}
    organisations = dict(arrangement.organisations)
    for name in closing & set(organisations):
        owner, days = organisations[name], tuple(sorted(calendars.closed_days(name)))
        rows_ = tuple(replace(s, value=_also(s.value, days)) for s in owner.working_days.rows)
        dated = replace(owner.working_days, rows=rows_) if rows_ else always(_also(None, days))
        organisations[name] = replace(owner, working_days=dated)
    return replace(arrangement, organisations=organisations) if closing else arrangement


def _also(value: object, days: tuple[date, ...]) -> WorkingDays:
    if not isinstance(value, WorkingDays):
        return WorkingDays(also_closed=days)
    own = () if isinstance(value.also_closed, NotStated) else value.also_closed
    return replace(value, also_closed=(*own, *days))
