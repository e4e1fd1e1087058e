"""The places, one place's front page, and how any page opens a place on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from concord.commands.follow_up_read import late_actions
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.findings import Weight
from concord.domain.language.reading import Standing
from concord.domain.language.values import NotStated
from concord.records.models import PlaceSummary, TextVersion
from concord.web import coming, overview, register_waiting, understood
from concord.web.conditions import listed_conditions
from concord.web.decisions_rows import to_be_decided
from concord.web.follow_up_late import action_data
from concord.web.naming import Names, each, head_source, place_at, seats_by_side
from concord.web.pages import Page, asked_date, page, today
from concord.web.promises_open import overdue
from concord.web.wording import long_date

_STALE = timedelta(days=730)
_SHOWN = 4  # of matters and of late promises; the rest are a link away


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame of every page of a place needs."""

    name: str
    title: str
    fictional: bool
    demonstration: str
    read_from: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A place as one page shows it: its newest text, read, on one day."""

    name: str
    version: TextVersion
    reading: Reading
    arrangement: Arrangement
    names: Names
    on: date
    frame: Frame
    asked: str

    def page(self, heading: str, data: dict[str, Any], **shown: Any) -> Page:
        """The page with the place's frame around it."""
        says = {
            "place": {"name": self.name, "title": self.frame.title},
            "version": self.version.number,
            "on": self.on,
        }
        dress = {
            "place": self.frame,
            "heading": heading,
            "names": self.names,
            "titles": self.names.sources,
            "asked": self.asked,
            "understood": understood,
            "place_at": place_at,
            "listed_conditions": listed_conditions,
        }
        return Page({**says, **data}, {**dress, **shown})


@lru_cache(maxsize=256)
def read(text: str) -> Reading:
    """An adopted text never changes, so it is read once in the life of a process."""
    return read_arrangement(text)


def opened(request: HttpRequest, place: str) -> Opened:
    """The place by its name, in one question to the database; 404 where there is none."""
    version = TextVersion.objects.newest(place)
    if version is None:
        raise Http404(f"no place is called {place}")
    reading = read(version.text)
    arrangement = reading.arrangement
    if arrangement is None:
        raise Http404(f"the text of {place} cannot be read")
    usual = usual_day(arrangement, today())
    on = asked_date(request, usual)
    asked = f"?on={on.isoformat()}" if on != usual else ""
    names = Names(arrangement, on)
    return Opened(
        place, version, reading, arrangement, names, on, _frame(place, arrangement), asked
    )


def usual_day(arrangement: Arrangement, now: date) -> date:
    """The day on which a place is shown unless another is asked.

    A place taken from an old report is shown as the report found it; any other as it is today.
    """
    dated = _report_day(arrangement)
    is_old = dated is not None and now - dated > _STALE
    return dated if dated and is_old and not arrangement.place.fictional else now


def _report_day(arrangement: Arrangement) -> date | None:
    row = arrangement.sources_.get(head_source(arrangement))
    dated = row.dated if row else None
    if isinstance(dated, NotStated):
        return dated.latest or dated.earliest
    return dated if isinstance(dated, date) else None


def _frame(place: str, arrangement: Arrangement) -> Frame:
    row = arrangement.sources_.get(head_source(arrangement))
    dated = _report_day(arrangement)
    told = ""
    if usual_day(arrangement, today()) == dated and dated:
        month = long_date(dated).split("\u00a0", 1)[1]
        proposed = ", most of it only proposed then" * (arrangement.standing is Standing.PROPOSED)
        told = f"Taken from a published report of {month}{proposed}."
    title = str(row.title) if row else ""
    when = f", {long_date(dated)}" if dated and told else ""
    fictional = bool(arrangement.place.fictional)
    return Frame(place, str(arrangement.place.name), fictional, told, f"{title}{when}")


@page("places/places.html", of="places")
def places(request: HttpRequest) -> Page:
    rows = list(PlaceSummary.objects.for_list())
    listed = [
        {
            "name": row.place_id,
            "title": row.title,
            "fictional": row.fictional,
            "partners": row.partners,
            "must_be_mended": row.grave,
            "look_again": row.slight,
            "not_stated": row.not_stated,
            "version": row.version.number,
            "address": reverse("place", args=[row.place_id]),
        }
        for row in rows
    ]
    return Page({"places": listed}, {"twin": reverse("places.json")})


@page("places/place.html", of="place")
def place(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    from concord.web.funds_desk import front  # which opens places itself

    board = overview.main_body(it.names)
    money = front(it)
    findings = it.reading.findings
    grave = [f for f in findings if f.weight is Weight.GRAVE]
    matters = to_be_decided(place, it.arrangement, it.on, _SHOWN)
    late = overdue(place, it.arrangement, it.on, _SHOWN)
    not_done = late_actions(place, it.on)[:_SHOWN]
    decided = register_waiting.of_place(it, _SHOWN)
    data = {
        "partners": overview.partners(it.names),
        "agreements": overview.agreements(it.names),
        "to_be_decided": [
            {"matter": row.name, "title": row.title, "next": row.next} for row in matters
        ],
        "decided": decided.rows,
        "waiting_on_call_in": decided.waiting,
        "overdue": [one.promise for one in late],
        "overdue_actions": [action_data(one, place) for one in not_done],
        "next": coming.events(it.names),
        "waiting": coming.waiting(it.names),
        "findings": findings,
        "promises": coming.promises(it.names),
        "not_stated": len(it.reading.not_stated),
        "bodies": overview.bodies(it.names),
        "money": money,
        "board": board.id if board else None,
    }
    return it.page(
        "Overview",
        data,
        matters=matters,
        late=late,
        not_done=not_done,
        decided=decided,
        board=board,
        board_seats=seats_by_side(it.names, board) if board else [],
        must=len(grave),
        look=len(findings) - len(grave),
        lead=overview.lead(it.names),
        each=each,
        twin=reverse("place.json", args=[place]) + it.asked,
    )
