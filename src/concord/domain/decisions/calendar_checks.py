"""What is odd in a calendar that can be read: doubles, days out of reach, meetings in a pause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.labels import label
from concord.domain.calendar import in_words
from concord.domain.decisions.calendar_text import (
    LONGEST_CLOSURE,
    Closure,
    MeetingRow,
    Pause,
    pausing,
    sensible,
)
from concord.domain.findings import Finding, Weight
from concord.domain.language.values import NotStated

Meetings = Sequence[MeetingRow]
Closures = Sequence[Closure]


def calendar_findings(
    meetings: Meetings, closures: Closures, arrangement: Arrangement
) -> Iterator[Finding]:
    """What is odd in a calendar that can be read: doubles, pauses without days or with meetings."""
    yield from _twice(meetings, arrangement)
    for meeting in meetings:
        if isinstance(meeting.on, date) and not sensible(meeting.on):
            says = f"{_label(arrangement, meeting.body)} meets on {meeting.on}, a year out of reach"
            yield Finding("calendar.odd_day", meeting.line, says, "Correct the year.")
    for closure in closures:
        if not isinstance(closure.starts, date) or not isinstance(closure.ends, date):
            says = f"the {closure.kind} of {_label(arrangement, closure.of)} lacks a day"
            remedy = "Give its first and its last day, as starts and ends."
            yield Finding("calendar.no_days", closure.line, says, remedy)
        elif not sensible(closure.starts) or not sensible(closure.ends):
            says = (
                f"the {closure.kind} of {_label(arrangement, closure.of)} is in a year out of reach"
            )
            yield Finding("calendar.odd_day", closure.line, says, "Correct the year.")
        elif closure.ends - closure.starts > LONGEST_CLOSURE:
            says = f"the {closure.kind} of {_label(arrangement, closure.of)} is over two years long"
            yield Finding("calendar.too_long", closure.line, says, "Correct its last day.")
    for meeting in meetings:
        yield from _in_pause(meeting, closures, arrangement)


def _twice(meetings: Meetings, arrangement: Arrangement) -> Iterator[Finding]:
    first: dict[tuple[object, object, str], int] = {}
    for row in meetings:
        if row.cancelled is True or not isinstance(row.on, date):
            continue
        line = first.setdefault((row.body, row.on, row.at), row.line)
        if line != row.line:
            says = f"{_label(arrangement, row.body)} meets twice on {in_words(row.on)}"
            remedy = f"The same meeting stands in line {line}: keep one of the two."
            yield Finding("calendar.twice", row.line, says, remedy)


def _in_pause(
    meeting: MeetingRow, closures: Closures, arrangement: Arrangement
) -> Iterator[Finding]:
    if not isinstance(meeting.on, date) or not isinstance(meeting.body, str):
        return
    if meeting.cancelled is True or meeting.body not in arrangement.bodies:
        return
    of = (meeting.body, *owners_of(arrangement, meeting.body))
    for pause in pausing(closures, of, meeting.on):
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
