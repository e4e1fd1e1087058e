"""A matter as its commands find it: the text they act on, its arrangement, its calendar."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from concord.commands.command import refuse
from concord.commands.texts import arrangement_of
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.calendars import NO_CALENDARS, Calendars, read_calendar
from concord.domain.decisions.checks import all_checks
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.reader import MatterReading, read_matter
from concord.domain.decisions.signing import Event, Move
from concord.records.models import Draft, SignOffEvent, TextVersion
from concord.records.models.agreements import CALENDAR, matter_kind


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter's text with all that is needed to judge it."""

    reading: MatterReading
    text: MatterText
    arrangement: Arrangement
    version: TextVersion | None
    events: tuple[Event, ...]


def draft_matter(place: str, matter: str, act: str) -> Matter:
    """The matter as its draft stands: the text that is being signed off."""
    draft = Draft.objects.desk(place, matter_kind(matter))
    return _read(place, matter, draft.text, draft.based_on, act)


def submitted_matter(place: str, matter: str, act: str) -> Matter:
    """The matter's newest version: the text that may be published."""
    version = TextVersion.objects.newest(place, matter_kind(matter))
    return _read(place, matter, version.text if version else "", version, act)


def _read(place: str, matter: str, text: str, version: TextVersion | None, act: str) -> Matter:
    arrangement = arrangement_of(place)
    if not text:
        raise refuse(
            act, f"there is no matter called {matter[:80]!r} here", "write or load it first"
        )
    reading = read_matter(text, arrangement, f"matters/{matter}.toml", checks=(all_checks,))
    if reading.matter is None or reading.matter.matter is None:
        says = f"the text of {matter} cannot be read"
        raise refuse(act, says, "mend what the editor shows beside its lines")
    return Matter(reading, reading.matter, arrangement, version, events_of(place, matter))


def events_of(place: str, matter: str) -> tuple[Event, ...]:
    """What people did to a matter's sign-offs, in the order in which they did it."""
    rows = SignOffEvent.objects.filter(place=place, matter=matter)
    return tuple(
        Event(row.role, Move(row.step), row.on, row.by, row.note, row.parts) for row in rows
    )


def calendars_of(place: str, arrangement: Arrangement) -> Calendars:
    """The place's calendar, or an empty one where it has none."""
    version = TextVersion.objects.newest(place, CALENDAR)
    return _calendars_in(version.sha256, version.text, arrangement) if version else NO_CALENDARS


@lru_cache(maxsize=64)
def _calendars_in(sha256: str, text: str, arrangement: Arrangement) -> Calendars:
    """The calendar that a text holds; its hash makes finding it again cheap."""
    return read_calendar(text, arrangement).calendars or NO_CALENDARS
