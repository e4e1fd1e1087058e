"""A place's calendar: when its bodies meet, and when its organisations pause (docs/matters.md).

A meeting that is cancelled stays in the text, so that whoever looked for it finds out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any

from concord.domain.agreements.arrangement import Arrangement, SourceText, WorkingDays
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.labels import label
from concord.domain.agreements.names import names_of
from concord.domain.calendar import in_words
from concord.domain.findings import Finding, Weight
from concord.domain.language.kinds import day, number, ref, silent, word, yes_or_no
from concord.domain.language.reading import At, Gathered, NotStatedAt, nearest
from concord.domain.language.source import read_source
from concord.domain.language.tables import Row, key, named, read_row, rows
from concord.domain.language.values import Day, NotStated, always

FORMATS = (1,)
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
        wanted = set(names)
        return tuple(c for c in self.closures if c.of in wanted and c.covers(on))

    def closed_days(self, name: str) -> frozenset[date]:
        """Every day the text says that this one is closed."""
        return frozenset(_days(c for c in self.closures if c.of == name and c.kind is Pause.CLOSED))

    def days_to_sign(self, organisation: str) -> SignOffDays | None:
        return next((s for s in self.sign_offs if s.of == organisation), None)


def _days(closures: Iterable[Closure]) -> Iterator[date]:
    for closure in closures:
        if isinstance(closure.starts, date) and isinstance(closure.ends, date):
            span = min(closure.ends - closure.starts, LONGEST_CLOSURE)
            yield from (closure.starts + timedelta(days=n) for n in range(span.days + 1))


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
        found += calendar_findings(calendars, arrangement)
    ordered = sorted({replace(f, file=file) for f in found}, key=lambda f: (f.line, f.id, f.says))
    return CalendarReading(text, calendars, tuple(ordered), tuple(gathered.not_stated))


def _calendars(read: CalendarText) -> Calendars:
    def each(value: Any) -> tuple[Any, ...]:
        return () if isinstance(value, NotStated) else value

    return Calendars(each(read.meetings), each(read.closures), each(read.sign_offs))


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


def calendar_findings(calendars: Calendars, arrangement: Arrangement) -> Iterator[Finding]:
    """What is odd in a calendar that can be read: doubles, pauses without days or with meetings."""
    yield from _twice(calendars, arrangement)
    for closure in calendars.closures:
        if not isinstance(closure.starts, date) or not isinstance(closure.ends, date):
            says = f"the {closure.kind} of {_label(arrangement, closure.of)} lacks a day"
            remedy = "Give its first and its last day, as starts and ends."
            yield Finding("calendar.no_days", closure.line, says, remedy)
        elif closure.ends - closure.starts > LONGEST_CLOSURE:
            says = f"the {closure.kind} of {_label(arrangement, closure.of)} is over two years long"
            yield Finding("calendar.too_long", closure.line, says, "Correct its last day.")
    for meeting in calendars.meetings:
        yield from _in_pause(meeting, calendars, arrangement)


def _twice(calendars: Calendars, arrangement: Arrangement) -> Iterator[Finding]:
    first: dict[tuple[object, object, str], int] = {}
    for row in calendars.meetings:
        if row.cancelled is True or not isinstance(row.on, date):
            continue
        line = first.setdefault((row.body, row.on, row.at), row.line)
        if line != row.line:
            says = f"{_label(arrangement, row.body)} meets twice on {in_words(row.on)}"
            remedy = f"The same meeting stands in line {line}: keep one of the two."
            yield Finding("calendar.twice", row.line, says, remedy)


def _in_pause(
    meeting: MeetingRow, calendars: Calendars, arrangement: Arrangement
) -> Iterator[Finding]:
    if not isinstance(meeting.on, date) or not isinstance(meeting.body, str):
        return
    if meeting.cancelled is True or meeting.body not in arrangement.bodies:
        return
    of = (meeting.body, *owners_of(arrangement, meeting.body))
    for pause in calendars.pauses(of, meeting.on):
        says = (
            f"{_label(arrangement, meeting.body)} meets on {in_words(meeting.on)}, in the "
            f"{pause.kind} of {_label(arrangement, pause.of)}"
            if pause.kind is not Pause.CLOSED
            else f"{_label(arrangement, meeting.body)} meets on {in_words(meeting.on)}, when "
            f"{_label(arrangement, pause.of)} is closed"
        )
        remedy = f"Move the meeting, or correct the days in line {pause.line}."
        yield Finding("calendar.in_pause", meeting.line, says, remedy, weight=Weight.SLIGHT)


def _label(arrangement: Arrangement, name: str | NotStated) -> str:
    return label(arrangement, name) if isinstance(name, str) else "someone not stated"


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
