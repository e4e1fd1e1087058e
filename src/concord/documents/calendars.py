"""Meeting dates from other systems: iCalendar (RFC 5545), CSV and Modern.Gov's XML.

A text goes in, meetings and findings come out; nothing is fetched and nothing is raised. What
cannot be read is a finding with its line, and the rest of the file is read all the same.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from concord.documents.moderngov import CALLED_OFF, Unreadable, meetings_of, read_xml
from concord.documents.repeating import local, repeated
from concord.documents.written_days import read_day, read_time
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.findings import Finding, Weight

LONGEST = 5_000_000
MOST = 10_000
HERE = ZoneInfo("Europe/London")
FORMULA = ("=", "+", "-", "@", "\t")
COLUMNS = {
    "title": ("body", "committee", "committee title", "meeting", "title", "subject", "summary"),
    "day": ("date", "on", "meeting date", "start date", "day"),
    "time": ("time", "at", "meeting time", "start time", "start"),
    "state": ("status", "cancelled", "canceled", "meeting status", "state"),
    "uid": ("uid", "id", "meeting id"),
}


@dataclass(frozen=True, slots=True)
class MeetingFound:
    """One meeting as another system has it: whose, in that system's words, when, and its state."""

    title: str
    on: date
    at: str = ""
    cancelled: bool = False
    uid: str = ""
    line: int = 0
    body: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gave: its meetings and all that is wrong with it."""

    meetings: tuple[MeetingFound, ...] = ()
    findings: tuple[Finding, ...] = ()


def decoded(file: bytes) -> str:
    """A file's text: UTF-8 or UTF-16 as it says, else as older spreadsheets on Windows write it."""
    if file.startswith((b"\xff\xfe", b"\xfe\xff")):
        return file.decode("utf-16", errors="replace")
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError:
        return file.decode("cp1252", errors="replace")


def read_meetings(text: str, file: str = "calendar") -> Imported:
    """The meetings of a file of any of the three kinds, told apart by how it begins."""
    if len(text) > LONGEST:
        return Imported((), (_fault("calendar.unreadable", 0, "the file is too long", file=file),))
    start = text.lstrip("\ufeff \r\n\t")
    found: list[MeetingFound | Finding] = []
    reads = _ical if start[:15].upper() == "BEGIN:VCALENDAR" else _csv
    for number, one in enumerate((_xml if start.startswith("<") else reads)(start)):
        if number >= MOST:
            says = f"it lists more than {MOST:,} meetings; the rest is not read"
            found.append(_fault("calendar.too_many", 0, says, "Give it in parts."))
            break
        found.append(one)
    meetings = tuple(m for m in found if isinstance(m, MeetingFound))
    findings = [replace(f, file=file) for f in found if isinstance(f, Finding)]
    if not meetings and not findings:
        findings = [_fault("calendar.empty", 0, "the file lists no meeting", file=file)]
    return Imported(meetings, tuple(findings))


def _fault(id_: str, line: int, says: str, remedy: str = "", file: str = "") -> Finding:
    remedy = remedy or "Export it again as iCalendar, CSV or Modern.Gov XML."
    return Finding(id_, line, says, remedy, file)


# iCalendar ------------------------------------------------------------------------------


def _ical(text: str) -> Iterator[MeetingFound | Finding]:
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _begins(line)]
    try:
        events = [e for c in Calendar.from_ical(text, multiple=True) for e in c.walk("VEVENT")]
    except (ValueError, IndexError, KeyError, TypeError) as fault:
        yield _fault("calendar.unreadable", 0, f"it is not iCalendar: {str(fault)[:120]}")
        return
    newest: dict[tuple[str, str], tuple[int, int, MeetingFound]] = {}
    for number, event in enumerate(events):
        line = lines[number] if number < len(lines) else 0
        sequence = _whole(event.get("SEQUENCE"))
        apart = event.get("RECURRENCE-ID")
        for day, one in _days(event, line):
            if isinstance(one, Finding):
                yield one
                continue
            # An entry for one day of those that repeat stands over what its rule gives that day.
            rank = (1 if apart is not None else 0, sequence)
            moved = f"{local(apart.dt):%Y-%m-%d}" if apart is not None else day
            key = (one.uid or f"line {line}", moved)
            if key not in newest or rank >= newest[key][:2]:
                newest[key] = (*rank, one)
    yield from (one for *_, one in newest.values())


def _days(event: Any, line: int) -> Iterator[tuple[str, MeetingFound | Finding]]:
    """An entry, or each day of one that repeats, with the day by which it is told from others."""
    one = _event(event, line)
    if isinstance(one, Finding) or event.get("RRULE") is None:
        yield "", one
        return
    found = repeated(event, event["DTSTART"].dt)
    for start in found.starts:
        yield f"{start:%Y-%m-%d}", replace(one, on=start.date())
    says = f"{one.title or 'an entry'} repeats, and {found.unreadable}"
    if found.unreadable:
        yield "", _fault("calendar.repeats", line, says, "List each meeting with its day.")
    if found.cut:
        says = f"{one.title or 'an entry'} repeats without end; three years of it are read"
        remedy = "Compare the days with the body's own list."
        yield "", Finding("calendar.repeats", line, says, remedy, weight=Weight.SLIGHT)


def _begins(line: str) -> bool:
    return line.strip().upper() == "BEGIN:VEVENT"


def _whole(value: object) -> int:
    return int(str(value)) if value is not None and str(value).isdigit() else 0


def _event(event: Mapping[str, object], line: int) -> MeetingFound | Finding:
    title = " ".join(str(event.get("SUMMARY", "")).split())
    start = getattr(event.get("DTSTART"), "dt", None)
    if not isinstance(start, date):
        return _fault(
            "calendar.no_date", line, f"{title or 'an entry'} has no day that can be read"
        )
    at = ""
    if isinstance(start, datetime):
        start = start.astimezone(HERE) if start.tzinfo else start
        at = f"{start:%H:%M}"
    off = str(event.get("STATUS", "")).upper() == "CANCELLED"
    on = start.date() if isinstance(start, datetime) else start
    return MeetingFound(title, on, at, off, str(event.get("UID", "")), line)


# CSV ------------------------------------------------------------------------------------


def _csv(text: str) -> Iterator[MeetingFound | Finding]:
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max((",", ";", "\t"), key=first.count)
    if "\x00" in text:
        yield _fault("calendar.unreadable", 0, "it holds bytes that are no text")
        return
    reader = csv.reader(StringIO(text), delimiter=delimiter)
    try:
        heads = [h.strip().casefold().replace("_", " ") for h in next(reader, [])]
        where = {
            k: next((heads.index(n) for n in ns if n in heads), None) for k, ns in COLUMNS.items()
        }
        if where["title"] is None or where["day"] is None:
            says = f"no column names the body, or none the day; there are {', '.join(heads)[:120]}"
            yield _fault(
                "calendar.no_columns", 1, says, "Head the columns body, date, time, status."
            )
            return
        for row in reader:
            if any(cell.strip() for cell in row):
                yield _row(row, where, reader.line_num)
    except csv.Error as fault:
        yield _fault("calendar.unreadable", reader.line_num, f"it is not CSV: {fault}")


def _row(row: list[str], where: Mapping[str, int | None], line: int) -> MeetingFound | Finding:
    def cell(name: str) -> str:
        at = where[name]
        return " ".join(row[at].split()) if at is not None and at < len(row) else ""

    title, state = cell("title"), cell("state").casefold()
    if title.startswith(FORMULA):
        says = f"the body {title[:40]!r} begins as a formula does"
        return _fault("calendar.formula", line, says, "Write the body's name.")
    off = state in ("true", "yes", "1") or any(word in state for word in CALLED_OFF)
    return _found(title, cell("day"), cell("time"), off, cell("uid"), line)


# Modern.Gov -----------------------------------------------------------------------------


def _xml(text: str) -> Iterator[MeetingFound | Finding]:
    try:
        listed = meetings_of(read_xml(text))
    except Unreadable as fault:
        yield _fault("calendar.unreadable", fault.line, fault.says)
        return
    for one in listed:
        yield _found(one.title, one.day, one.time, one.cancelled, one.uid, one.line)


# Days, times, bodies --------------------------------------------------------------------


def _found(title: str, day: str, at: str, off: bool, uid: str, line: int) -> MeetingFound | Finding:
    on = read_day(day)
    if on is None:
        says = (
            f"{title or 'a meeting'}: {day[:40]!r} is no day"
            if day
            else f"{title}: no day is given"
        )
        return _fault("calendar.no_date", line, says, "Write the day as 31/03/2018 or 2018-03-31.")
    clock = read_time(at)
    return MeetingFound(title, on, clock, off, uid, line)


def with_bodies(
    imported: Imported, arrangement: Arrangement, called: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Imported:  # fmt: skip
    """The meetings with the bodies of a place, found by name; `called` settles other titles.

    A title that names none of them is a finding, once, and its meetings are left out. Meetings
    before `today` are kept as history and said.
    """
    known = {_bare(b.label): name for name, b in arrangement.bodies.items()}
    known |= {_bare(title): body for title, body in (called or {}).items()}
    kept, unknown = [], dict[str, int]()
    for meeting in imported.meetings:
        if body := known.get(_bare(meeting.title)):
            kept.append(replace(meeting, body=body))
        else:
            unknown.setdefault(meeting.title, meeting.line)
    findings = [_unknown(title, line, arrangement) for title, line in unknown.items()]
    past = sum(today is not None and m.on < today for m in kept)
    if past:
        says = f"{past} of {len(kept)} meetings lie in the past; they are kept as history"
        findings.append(
            Finding("calendar.in_the_past", 0, says, "Nothing need be done.", weight=Weight.SLIGHT)
        )
    return Imported(tuple(kept), (*imported.findings, *findings))


def _bare(title: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", title.casefold().replace("&", " and ")).split())


def _unknown(title: str, line: int, arrangement: Arrangement) -> Finding:
    labels = [b.label for b in arrangement.bodies.values()]
    close = get_close_matches(title, labels, n=1)
    remedy = f"Did you mean {close[0]}?" if close else f"Known here: {', '.join(labels)}."
    return Finding("calendar.unknown_body", line, f"no body here is called {title!r}", remedy)
