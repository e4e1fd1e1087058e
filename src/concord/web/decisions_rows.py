"""A matter in a list: its next stop, how far it is, what must be mended; and texts read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.decisions.calendars import NO_CALENDARS, Calendars, read_calendar
from concord.domain.decisions.checks import all_checks
from concord.domain.decisions.matter import Stop
from concord.domain.decisions.reader import MatterReading, read_matter
from concord.domain.decisions.words import Purpose
from concord.domain.language.values import NotStated
from concord.records.models import MatterSummary
from concord.web.wording import count, listed, upper_first

PURPOSES = {
    Purpose.INFORMATION: "For information",
    Purpose.CONSULTATION: "For consultation",
    Purpose.RECOMMENDATION: "For recommendation",
    Purpose.DECISION: "For decision",
}


# An adopted text never changes and one reading equals only itself, so both may be remembered.
@lru_cache(maxsize=256)
def read_report(text: str, arrangement: Arrangement) -> MatterReading:
    """A matter's text with every finding on it and its report."""
    return read_matter(text, arrangement, checks=(all_checks,))


@lru_cache(maxsize=512)
def read_stops(text: str, arrangement: Arrangement) -> MatterReading:
    """A matter's text as a list needs it: its report is not checked."""
    return read_matter(text, arrangement)


@lru_cache(maxsize=64)
def read_dates(text: str, arrangement: Arrangement) -> Calendars:
    return read_calendar(text, arrangement).calendars or NO_CALENDARS


def purpose_of(purpose: Purpose | NotStated) -> str:
    """`For decision`; what the text does not state is said so."""
    return PURPOSES[purpose] if isinstance(purpose, Purpose) else "Purpose not stated"


@dataclass(frozen=True, slots=True)
class Turn:
    """One stop of a matter as lists show it."""

    stop: str
    body: str
    purpose: str
    decides: bool
    on: date | None


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter in a list: its next stop, how far it is, and what must be mended in it."""

    name: str
    title: str
    next: Turn | None
    last: date | None
    state: str
    says: str
    stops: tuple[Turn, ...]
    must_be_mended: int
    look_again: int


def rows_of(
    arrangement: Arrangement, on: date, summaries: Iterable[MatterSummary]
) -> list[MatterRow]:
    """The rows of these matters, those to be decided next first and those long past last."""
    found = [_row(arrangement, on, one) for one in summaries]
    coming = sorted((r for r in found if r.next), key=lambda r: (_day(r), r.name))
    open_ = [r for r in found if not r.next and not r.last]
    past = sorted(
        (r for r in found if not r.next and r.last),
        key=lambda r: r.last or date.min,
        reverse=True,
    )
    return [*coming, *open_, *past]


def _day(row: MatterRow) -> date:
    return row.next.on if row.next and row.next.on else date.max


def _row(arrangement: Arrangement, on: date, summary: MatterSummary) -> MatterRow:
    text = read_stops(summary.version.text, arrangement).matter
    turns = tuple(_turn(one, arrangement) for one in text.stops.values()) if text else ()
    dated = sorted((t for t in turns if t.on), key=lambda t: t.on or date.max)
    ahead = [t for t in dated if t.on and t.on >= on]
    return MatterRow(
        name=summary.name,
        title=summary.title,
        next=ahead[0] if ahead else None,
        last=dated[-1].on if dated else None,
        state=_state(turns, dated, ahead),
        says=_says(turns, dated, ahead),
        stops=turns,
        must_be_mended=summary.grave,
        look_again=summary.slight,
    )


def _turn(stop: Stop, arrangement: Arrangement) -> Turn:
    body = label(arrangement, stop.body) if isinstance(stop.body, str) else "A body not stated"
    on = stop.on if isinstance(stop.on, date) else None
    return Turn(stop.id, body, purpose_of(stop.purpose), stop.purpose is Purpose.DECISION, on)


def _state(turns: tuple[Turn, ...], dated: list[Turn], ahead: list[Turn]) -> str:
    if ahead:
        return "On its way" if len(ahead) < len(dated) else "To come"
    return "Its stops are past" if dated else "No day" if turns else "No stops"


def _says(turns: tuple[Turn, ...], dated: list[Turn], ahead: list[Turn]) -> str:
    """What is still to come, in a sentence."""
    if not turns:
        return "The text names no body that is to take it."
    deciding = [t.body for t in turns if t.decides]
    who = f"{upper_first(listed(dict.fromkeys(deciding)))} to decide." if deciding else ""
    if not dated:
        return f"{upper_first(count(len(turns), 'stop'))}, none with a day. {who}".strip()
    if not ahead:
        many = upper_first(count(len(turns), "stop"))
        return f"{many}, all past. What was decided is not recorded here."
    return f"{upper_first(count(len(ahead)))} of {count(len(turns), 'stop')} to come. {who}".strip()


def to_be_decided(place: str, arrangement: Arrangement, on: date, most: int) -> list[MatterRow]:
    """The matters that are next, in one question to the database."""
    ahead = MatterSummary.objects.filter(place=place, last_stop__gte=on).select_related("version")
    rows = rows_of(arrangement, on, ahead.order_by("last_stop", "name")[: most * 2])
    return [row for row in rows if row.next][:most]
