"""A place's calendar text with another system's meetings in it: what becomes of each is said.

Nothing is ever taken out of the text: a meeting that was called off is marked and stays in sight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from concord.documents.calendars import MeetingFound
from concord.domain.decisions.calendar_text import MeetingRow
from concord.domain.decisions.calendars import Calendars

_ON = re.compile(r"(\s*cancelled\s*=\s*)false\b")


class Becomes(StrEnum):
    """What a meeting of the file does to the calendar: a closed set."""

    ADDED = "added"
    CALLED_OFF = "marked as called off"
    KNOWN = "left as it stands"
    DIFFERS = "left as it stands, though the file says something else"


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting of the file, what becomes of it, and why where that is not plain."""

    found: MeetingFound
    becomes: Becomes
    says: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Merge:
    """The calendar's text with the meetings in it, and what became of each."""

    text: str
    rows: tuple[Row, ...]

    def count(self, becomes: Becomes) -> int:
        return sum(row.becomes is becomes for row in self.rows)

    @property
    def changes(self) -> bool:
        return any(r.becomes in (Becomes.ADDED, Becomes.CALLED_OFF) for r in self.rows)


@dataclass
class _Seen:
    """What the rows before have brought already, so that a row given twice is one meeting."""

    added: dict[tuple[object, ...], MeetingFound] = field(default_factory=dict)
    called_off: set[int] = field(default_factory=set)


def merge(text: str, meetings: Iterable[MeetingFound], calendars: Calendars) -> Merge:
    """A place's calendar text with what was found: new meetings added, those called off marked.

    `calendars` is that text as read. A meeting it has already is left as it stands.
    """
    seen = _Seen()
    ordered = sorted(meetings, key=lambda m: (m.body, m.on, m.at, m.line))
    rows = tuple(_becomes(one, calendars, seen) for one in ordered)
    off = sorted((r.line for r in rows if r.becomes is Becomes.CALLED_OFF), reverse=True)
    added = [line for r in rows if r.becomes is Becomes.ADDED for line in ("", *_as_row(r.found))]
    in_order = tuple(sorted(rows, key=lambda r: (r.found.line, r.found.on)))
    if not off and not added:
        return Merge(text, in_order)
    lines = text.rstrip("\n").split("\n")
    for line in off:
        _call_off(lines, line)
    return Merge("\n".join([*lines, *added, ""]), in_order)


def merged(text: str, meetings: Iterable[MeetingFound], calendars: Calendars) -> str:
    """The text alone, for whoever prints it."""
    return merge(text, meetings, calendars).text


def _becomes(one: MeetingFound, calendars: Calendars, seen: _Seen) -> Row:
    there = [m for m in calendars.meetings if m.body == one.body and m.on == one.on]
    if not there:
        return _new(one, seen)
    row = _like(one, there)
    stands = row.cancelled is not True
    if one.at and row.at and one.at != row.at:
        says = f"the file gives {one.at}, the calendar {row.at}"
        return Row(one, Becomes.DIFFERS, says, row.line)
    if one.cancelled and stands:
        if row.line in seen.called_off:
            return Row(one, Becomes.KNOWN, "the file calls it off twice", row.line)
        seen.called_off.add(row.line)
        return Row(one, Becomes.CALLED_OFF, "", row.line)
    if not one.cancelled and not stands:
        says = "the calendar has it as called off, the file does not"
        return Row(one, Becomes.DIFFERS, says, row.line)
    if one.at and not row.at:
        says = f"the file gives {one.at}, the calendar no time"
        return Row(one, Becomes.DIFFERS, says, row.line)
    return Row(one, Becomes.KNOWN, "", row.line)


def _like(one: MeetingFound, there: list[MeetingRow]) -> MeetingRow:
    """The calendar's meeting that it means: at the same time first, then one that stands."""
    return min(there, key=lambda m: (bool(one.at) and m.at != one.at, m.cancelled is True))


def _new(one: MeetingFound, seen: _Seen) -> Row:
    same = one.body, one.on, one.at, one.cancelled
    if before := seen.added.get(same):
        return Row(one, Becomes.KNOWN, f"it is the same as in row {before.line}")
    seen.added[same] = one
    return Row(one, Becomes.ADDED)


def _call_off(lines: list[str], head: int) -> None:
    """Marks the meeting whose table begins on that line; a mark that says no is turned."""
    for number in range(head, len(lines)):
        if lines[number].lstrip().startswith("["):
            break
        if _ON.match(lines[number]):
            lines[number] = _ON.sub(r"\1true", lines[number], count=1)
            return
    lines.insert(head, "cancelled = true")


def _as_row(one: MeetingFound) -> list[str]:
    off = ["cancelled = true"] if one.cancelled else []
    at = one.at or "not stated"
    return ["[[meetings]]", f'body = "{one.body}"', f"on = {one.on}", f'at = "{at}"', *off]
