"""The matters of a place: what is to be decided next, where each stands, and how one is opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.decisions.calendars import NO_CALENDARS, Calendars, read_calendar
from concord.domain.decisions.checks import all_checks
from concord.domain.decisions.matter import MatterText, Stop
from concord.domain.decisions.reader import MatterReading, read_matter
from concord.domain.decisions.words import Purpose
from concord.domain.language.values import NotStated
from concord.records.models import MatterSummary, TextVersion
from concord.records.models.agreements import CALENDAR, matter_kind
from concord.web.naming import Names
from concord.web.pages import Page, page
from concord.web.places import Opened, opened
from concord.web.wording import KEEP, count, listed, upper_first

PER_PAGE = 50
PURPOSES = {
    Purpose.INFORMATION: "For information",
    Purpose.CONSULTATION: "For consultation",
    Purpose.RECOMMENDATION: "For recommendation",
    Purpose.DECISION: "For decision",
}


@dataclass(frozen=True, slots=True)
class OpenedMatter:
    """One matter as one page shows it: its newest text, read beside its place's arrangement."""

    it: Opened
    name: str
    version: TextVersion
    reading: MatterReading
    text: MatterText

    @property
    def names(self) -> Names:
        return self.it.names

    @property
    def title(self) -> str:
        return self.text.matter.title or self.name

    def page(self, heading: str, data: dict[str, Any], **shown: Any) -> Page:
        """The page with the place's frame and the matter's name around it."""
        says = {"matter": {"name": self.name, "title": self.title, "version": self.version.number}}
        dress = {"section": "decisions", "purpose_of": purpose_of, "title_of": self.names.of}
        return self.it.page(heading, {**says, **data}, **{**dress, **shown})


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


def calendars_of(it: Opened) -> tuple[Calendars, TextVersion | None]:
    """When the bodies meet, with the version that says so; none where a place has no calendar."""
    version = TextVersion.objects.newest(it.name, CALENDAR)
    return (read_dates(version.text, it.arrangement), version) if version else (NO_CALENDARS, None)


def opened_matter(request: HttpRequest, place: str, matter: str) -> OpenedMatter:
    """The matter by its name, in two questions to the database; 404 where there is none."""
    it = opened(request, place)
    version = TextVersion.objects.newest(place, matter_kind(matter))
    if version is None:
        raise Http404(f"no matter of {place} is called {matter}")
    reading = read_report(version.text, it.arrangement)
    if reading.matter is None or reading.matter.matter is None:
        raise Http404(f"the text of {matter} cannot be read")
    return OpenedMatter(it, matter, version, reading, reading.matter)


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


def rows_of(it: Opened, summaries: Iterable[MatterSummary]) -> list[MatterRow]:
    """The rows of these matters, those to be decided next first and those long past last."""
    found = [_row(it, one) for one in summaries]
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


def _row(it: Opened, summary: MatterSummary) -> MatterRow:
    text = read_stops(summary.version.text, it.arrangement).matter
    turns = tuple(_turn(one, it.arrangement) for one in text.stops.values()) if text else ()
    dated = sorted((t for t in turns if t.on), key=lambda t: t.on or date.max)
    ahead = [t for t in dated if t.on and t.on >= it.on]
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


@page("decisions/decisions.html", of="decisions")
def decisions(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    every = MatterSummary.objects.filter(place=place).order_by("-last_stop", "name")
    number = _page_number(request)
    summaries = list(
        every.select_related("version")[(number - 1) * PER_PAGE : number * PER_PAGE + 1]
    )
    more = len(summaries) > PER_PAGE
    rows = rows_of(it, summaries[:PER_PAGE])
    data = {
        "matters": [as_data(place, row) for row in rows],
        "more": reverse("decisions.json", args=[place]) + f"?page={number + 1}" if more else None,
    }
    return it.page(
        "Decisions",
        data,
        section="decisions",
        rows=rows,
        lead=_lead(rows),
        number=number,
        is_more=more,
        twin=reverse("decisions.json", args=[place]) + it.asked,
    )


def as_data(place: str, row: MatterRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "title": row.title,
        "state": row.state,
        "next": row.next,
        "stops": row.stops,
        "must_be_mended": row.must_be_mended,
        "look_again": row.look_again,
        "address": reverse("matter", args=[place, row.name]),
        "route": reverse("route", args=[place, row.name]),
    }


def _page_number(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 5 else 1


def _lead(rows: list[MatterRow]) -> str:
    """How many are to come, and which is the next."""
    if not rows:
        return "No matter is recorded here yet."
    coming = [row for row in rows if row.next]
    if not coming:
        return f"{upper_first(count(len(rows), 'matter'))}, none with a stop still to come."
    first = coming[0]
    assert first.next is not None and first.next.on is not None  # noqa: S101, PT018 - as listed
    day = f"{first.next.on.day}{KEEP}{first.next.on:%B %Y}"
    are = "is" if len(coming) == 1 else "are"
    return (
        f"{upper_first(count(len(coming), 'matter'))} {are} still to be taken. "
        f"Next: {first.next.body}, {day}."
    )
