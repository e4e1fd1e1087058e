"""The matters of a place: what is to be decided next, where each stands, and how one is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from concord.domain.decisions.calendars import NO_CALENDARS, Calendars
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.reader import MatterReading
from concord.domain.places.policy import About, may
from concord.records.models import MatterSummary, TextVersion
from concord.records.models.accounts import role_facts_of
from concord.records.models.agreements import CALENDAR, matter_kind
from concord.web.decisions_rows import MatterRow, purpose_of, read_dates, read_report, rows_of
from concord.web.naming import Names
from concord.web.pages import Page, page, today
from concord.web.places import Opened, opened
from concord.web.wording import KEEP, count, upper_first

PER_PAGE = 50


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


def may_here(request: HttpRequest, place: str, act: str) -> bool:
    """Whether who has signed in may do that act at this place; a visitor never does."""
    if not request.user.is_authenticated:
        return False
    return may(role_facts_of(request.user), act, About(place), today()).stands


@page("decisions/decisions.html", of="decisions")
def decisions(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    every = MatterSummary.objects.filter(place=place).order_by("-last_stop", "name")
    number = _page_number(request)
    summaries = list(
        every.select_related("version")[(number - 1) * PER_PAGE : number * PER_PAGE + 1]
    )
    more = len(summaries) > PER_PAGE
    rows = rows_of(it.arrangement, it.on, summaries[:PER_PAGE])
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
