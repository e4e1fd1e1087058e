"""A meeting as its members and the public follow it: agenda, papers, who sits, what was decided.

Nobody is shown how a vote goes before its outcome is recorded, nor what the public was kept from.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from concord.commands.agendas_read import AGENDA, HTML, PAPER
from concord.commands.interests_declaring import declare_interest, kinds_of, own_seats, regimes_of
from concord.domain.decisions.meetings import at_item
from concord.domain.decisions.meetings.book import ItemPut
from concord.domain.decisions.words import Purpose
from concord.records.models import Meeting, Outcome, Publication
from concord.web.decisions import may_here
from concord.web.drafts import acting
from concord.web.meetings import OpenedMeeting, opened_meeting
from concord.web.meetings_changed import changes
from concord.web.meetings_deciding import Power, powers
from concord.web.meetings_people import Bench, InterestRow, benches, post_of, room_of
from concord.web.pages import Page, gate, page

LIVE = "meetings/live.html"
_KEPT, _LASTS = 64, 20  # fragments kept in one process, and for how many seconds
_fragments: OrderedDict[tuple[object, ...], bytes] = OrderedDict()


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One item as anyone may see it."""

    number: int
    id: str
    title: str
    purpose: str
    bodies: tuple[str, ...]
    state: str
    excluded: bool
    why_late: str
    paper: str
    matter: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """One item as it stands for one member: under which power they decide, and their interests."""

    put: ItemPut
    number: int
    powers: tuple[Power, ...]
    interests: tuple[InterestRow, ...]


@page("meetings/meeting.html", of="meeting")
def meeting(request: HttpRequest, place: str, name: str) -> Page | HttpResponse:
    """The page; a script that follows it asks for its live part alone, made once for everybody."""
    member = may_here(request, place, "meetings.follow")
    if request.GET.get("part") == "room":
        return _live(request, place, name, member=member)
    one = opened_meeting(request, place, name)
    shown = live(one, member=member)
    rows: list[AgendaRow] = shown["rows"]
    person = request.user.name if request.user.is_authenticated else ""
    changed = changes(place, one.meeting)
    mine = own_seats(one.here, person) if member else ()
    data = {
        "title": one.meeting.title, "starts_at": one.meeting.starts_at or "not stated",
        "where": one.meeting.where or "not stated", "closed": one.meeting.closed,
        "changes": [c.as_data() for c in changed],
        "items": [_row_data(row) for row in rows] if shown["visible"] else [],
        "sits": [{"body": b.body, "organisation": b.organisation,
                  "people": [p.person for p in b.people]} for b in shown["every"]],
    }  # fmt: skip
    return one.page(
        one.title, data, **shown, member=member, mine=mine, person=person,
        sits=[(post_of(one.here, one.names, person), a) for a in mine],
        own=_own(one, mine, person) if mine else [], key=uuid4(),
        changed=changed,
        may_change=may_here(request, place, "meetings.call")
        and not shown["started"] and not one.here.record.called_off,
        regimes=[(str(r), kinds_of(r)) for r in regimes_of(one.here, mine)],
        clerk=may_here(request, place, "meetings.record"),
        agendas=[(one.names.of(b), reverse("agenda", args=[place, b, one.here.on.isoformat()]))
                 for b in one.meeting.bodies],
        twin=reverse("meeting.json", args=one.where),
    )  # fmt: skip


def _live(request: HttpRequest, place: str, name: str, *, member: bool) -> HttpResponse:
    row = Meeting.objects.filter(place=place, name=name).values_list("pk", "head").first()
    if row is None:
        raise Http404(f"no meeting {name} was called")
    kept = (*row, member, int(time.monotonic() / _LASTS))
    body = None if connection.in_atomic_block else _fragments.get(kept)
    if body is None:
        one = opened_meeting(request, place, name)
        shown = one.page(one.title, {}, **live(one, member=member), member=member)
        body = render(request, LIVE, {**shown.data, **shown.shown}).content
        _fragments[kept] = body
        while len(_fragments) > _KEPT:
            _fragments.popitem(last=False)
    answer = HttpResponse(body)
    answer["X-Meeting-Head"] = str(row[1])
    return answer


def live(one: OpenedMeeting, *, member: bool) -> dict[str, Any]:
    """What changes while the meeting goes on, for members or for anyone."""
    here = one.here
    rows = agenda_rows(one)
    started = bool(here.record.log)
    visible = member or (one.in_public and (started or _is_published(one)))
    every: list[Bench] = benches(room_of(here, one.names, ""))
    now = next((r for r in rows if r.state == "Open now"), None)
    return {"one": one, "rows": rows, "visible": visible, "every": every, "now": now,
            "started": started, "over": here.record.ended}  # fmt: skip


def agenda_rows(one: OpenedMeeting) -> list[AgendaRow]:
    """The agenda in its order, each item with its public paper and what came of it."""
    here, record = one.here, one.here.record
    found: dict[str, list[Outcome]] = {}
    for row in Outcome.objects.filter(meeting=one.meeting).prefetch_related("decisions"):
        found.setdefault(row.item, []).append(row)
    public = _papers(one)
    rows = []
    for number, item in enumerate(record.held.items, 1):
        put = record.items[item]
        paper = f"{put.matter}/{put.stop}" if put.matter else ""
        rows.append(AgendaRow(
            number, item, put.title, str(put.purpose), put.bodies, _state(one, item),
            item in record.exclusions or put.private, put.why_late,
            reverse("paper", args=[here.place, put.matter, put.stop]) if paper in public else "",
            reverse("matter", args=[here.place, put.matter]) if put.matter else "",
            tuple(found.get(record.held.leading(item), ())),
        ))  # fmt: skip
    return rows


def _state(one: OpenedMeeting, item: str) -> str:
    state = at_item(one.here.record.held, one.here.record.log, item)
    if state.closed:
        return "Taken"
    return "Open now" if state.opened else "Not yet taken"


def _papers(one: OpenedMeeting) -> set[str]:
    matters = [p.matter for p in one.here.record.items.values() if p.matter]
    if not matters:
        return set()
    rows = Publication.objects.filter(
        place=one.here.place, kind=PAPER, media_type=HTML, superseded_by=None, matter__in=matters
    )
    return {f"{m}/{s}" for m, s in rows.values_list("matter", "stop")}


def _is_published(one: OpenedMeeting) -> bool:
    rows = Publication.objects.filter(
        place=one.here.place, kind=AGENDA, superseded_by=None,
        details__on=one.here.on.isoformat(),
    )  # fmt: skip
    return any(d.get("body") in one.meeting.bodies for d in rows.values_list("details", flat=True))


def _own(one: OpenedMeeting, mine: tuple[Any, ...], person: str) -> list[Mine]:
    """Each item for the one who looks: the powers of their organisations, and their interests."""
    here = one.here
    seats = {(a.body, str(here.arrangement.bodies[a.body].known_seats[a.seat].of)) for a in mine}
    found = []
    for number, item in enumerate(here.record.held.items, 1):
        put = here.record.items[item]
        there = room_of(here, one.names, item)
        own = tuple(c for c in there.interests if c.person == person)
        under: tuple[Power, ...] = ()
        if put.purpose is Purpose.DECISION:
            under = tuple(
                p for body, whose in sorted(seats) if body in put.bodies
                for p in powers(there, put, body) if p.organisation == whose
            )  # fmt: skip
        if own or under:
            found.append(Mine(put, number, under, own))
    return found


def _row_data(row: AgendaRow) -> dict[str, Any]:
    return {
        "number": row.number, "item": row.id, "title": row.title, "for": row.purpose,
        "bodies": row.bodies, "state": row.state, "public_excluded": row.excluded,
        "late": row.why_late or None, "paper": row.paper or None, "matter": row.matter or None,
        "outcomes": [
            {"body": o.body, "result": o.result, "at": o.at,
             "decisions": [d.reference for d in o.decisions.all()]}
            for o in row.outcomes
        ],
    }  # fmt: skip


@require_POST
def declare(request: HttpRequest, place: str, name: str) -> HttpResponse:
    """A member declares an interest of their own."""
    if turned := gate(request, "meeting_declare", place):
        return turned
    post = request.POST
    kinds = {k.removeprefix("kind-"): str(post[k]) for k in post if k.startswith("kind-")}
    declare_interest(
        acting(request), place, name, item=post.get("item", ""), in_=post.get("in", ""),
        what=post.get("what", ""), kinds=kinds, key=post.get("key", "")[:64],
    )  # fmt: skip
    messages.success(request, "Your interest is declared, and the clerk sees it now.")
    return redirect("meeting", place=place, name=name)
