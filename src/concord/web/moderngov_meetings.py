"""Committees, meetings and papers in the shape of Modern.Gov's web service.

A meeting of several bodies at once is one meeting of each. Its number is made of its body and of
the day it was first for, so that it stays when the meeting moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from concord.commands.agendas_read import AGENDA, HTML, PAPER
from concord.commands.meetings_read import at_meeting
from concord.documents.moderngov_out import Node, html, node, number_of
from concord.documents.popolo import plain_name
from concord.domain.agreements.labels import label
from concord.domain.decisions.agendas import MeetingDay
from concord.domain.language.values import holds_on
from concord.records.models import Meeting, Publication
from concord.web.agendas import every_meeting
from concord.web.meetings import OpenedMeeting
from concord.web.meetings_calling import called
from concord.web.meetings_changed import by_day
from concord.web.meetings_page import AgendaRow, live
from concord.web.naming import Names
from concord.web.places import Opened


@dataclass(frozen=True, slots=True)
class _One:
    """One body's meeting with its number; `row` where it was called."""

    number: int
    meets: MeetingDay
    row: Meeting | None

    @property
    def status(self) -> str:
        if self.meets.cancelled:
            return "Cancelled"
        return "Confirmed" if self.row or self.meets.listed else "Provisional"


def _all(it: Opened) -> Iterator[_One]:
    held, gone = called(it.name), by_day(it.name)
    first = {(b, c.meeting.on): c.on for c in gone.values() for b in c.meeting.bodies if c.to}
    for meets in every_meeting(it):
        change = gone.get((meets.body, meets.on))
        if change is not None and change.to is not None:
            continue  # it has moved, and stands under its new day
        day = first.get((meets.body, meets.on), meets.on)
        number = number_of(it.name, "meeting", f"{meets.body}/{day.isoformat()}")
        yield _One(number, meets, held.get((meets.body, meets.on)))


def committees(it: Opened) -> Node:
    found = [
        node("committee", committeeid=number_of(it.name, "body", body.id),
             committeetitle=body.label, committeedeleted=False,
             committeeexpired=holds_on(body.starts, body.ends, it.on) is False,
             committeecategory=str(body.legal_form))
        for body in it.arrangement.bodies.values()
    ]  # fmt: skip
    return node("committees", found, committeescount=len(found))


def of_committee(it: Opened, number: int, first: date, last: date) -> Node:
    body = next((b for b in it.arrangement.bodies if number_of(it.name, "body", b) == number), "")
    if not body:
        return node("getmeetings")
    rows = [one for one in _all(it) if one.meets.body == body and first <= one.meets.on <= last]
    listed = [
        node("meeting", meetingid=one.number, meetingdate=one.meets.on, meetingtime=one.meets.at,
             meetingstatus=one.status, iswebcast=False)
        for one in rows
    ]  # fmt: skip
    held = node("committee", node("committeemeetings", listed), committeeid=number,
                committeetitle=label(it.arrangement, body))  # fmt: skip
    return node("getmeetings", held)


def by_date(it: Opened, first: date, last: date, *, ascending: bool) -> Node:
    rows = [one for one in _all(it) if first <= one.meets.on <= last]
    rows = rows if ascending else rows[::-1]
    listed = [
        node("meeting", meetingid=one.number, meetingdate=one.meets.on, meetingtime=one.meets.at,
             meetingstatus=one.status, committeeid=number_of(it.name, "body", one.meets.body),
             committeetitle=label(it.arrangement, one.meets.body), iswebcast=False)
        for one in rows
    ]  # fmt: skip
    return node("getmeetingsbydate", node("meetings", listed))


def one(request: HttpRequest, it: Opened, number: int) -> Node:
    """One meeting: what of its agenda, papers, people and decisions is public."""
    found = next((one for one in _all(it) if one.number == number), None)
    if found is None:
        raise Http404(f"no meeting {number} is known here")
    room = _room(it, found.row) if found.row else None
    shown = live(room, member=False) if room else None
    body = found.meets.body
    rows = [r for r in shown["rows"] if body in r.bodies] if shown and shown["visible"] else []
    out = Publication.objects.filter(
        place=it.name, kind=AGENDA, superseded_by=None, details__body=body,
        details__on=found.meets.on.isoformat(),
    )  # fmt: skip
    decided = any(_public(o) for r in rows for o in r.outcomes)
    return node(
        "meeting",
        node("agendaitems", [_item(request, it, r) for r in rows]),
        node("attendees", _attendees(it, room, shown, body) if room and shown else []),
        meetingid=number, meetingdate=found.meets.on, meetingtime=found.meets.at,
        meetingstatus=found.status, meetinglocation=found.row.where if found.row else "",
        meetingactualstarttime=_clock(room, 0), meetingactualfinishtime=_clock(room, -1),
        meetingplannedfinishtime="", committeeid=number_of(it.name, "body", body),
        committeetitle=label(it.arrangement, body), agendapublished=out.exists(),
        minutepublished=False, decisionpublished=decided, iswebcast=False,
    )  # fmt: skip


def _room(it: Opened, row: Meeting) -> OpenedMeeting:
    here = at_meeting(Meeting.objects.select_related("arrangement").get(pk=row.pk))
    return OpenedMeeting(it, here, Names(here.arrangement, here.on))


def _clock(room: OpenedMeeting | None, which: int) -> str:
    if room is None or not room.here.record.log or (which and room.here.record.ended is None):
        return ""
    at = room.here.record.ended if which else room.here.record.log[0].at
    return f"{at:%H:%M}" if at else ""


def _public(outcome: Any) -> list[str]:
    """The words of the decisions of an outcome whose records are public and not private."""
    rows = outcome.decisions.select_related("summary")
    return [
        str(d.record.get("text", "")) for d in rows
        if d.summary.published_on and not d.record.get("private")
    ]  # fmt: skip


def _item(request: HttpRequest, it: Opened, row: AgendaRow) -> Node:
    words = [w for o in row.outcomes for w in _public(o)]
    return node(
        "agendaitem",
        node("linkeddocuments", _documents(request, it, row)),
        agendaitemid=number_of(it.name, "item", f"{row.number}/{row.id}/{row.title}"),
        agendaitemnumber=str(row.number), agendaitemtitle=row.title, minutesitemnumber="",
        minutesitemsubnumber="", isdecision=row.purpose == "decision",
        decisionnonemptyhtmlbody=html(words[0]) if words else "", minutesnonemptyhtmlbody="",
    )  # fmt: skip


def _documents(request: HttpRequest, it: Opened, row: AgendaRow) -> list[Node]:
    """The papers of an item that are public, one for each form of it."""
    if not row.paper:
        return []
    matter, stop = (
        row.matter.rstrip("/").rpartition("/")[2],
        row.paper.rstrip("/").rpartition("/")[2],
    )
    kept = Publication.objects.of_matter(it.name, matter).filter(
        stop=stop, kind=PAPER, superseded_by=None
    )
    return [_linked(request, it, p) for p in kept if p.media_type != HTML]


def _linked(request: HttpRequest, it: Opened, row: Publication) -> Node:
    return node(
        "linkeddoc", attachmentid=row.pk, title=row.title, ownertitle=it.frame.title,
        url=_address(request, it, row), isrestricted=False,
        publicationdate=row.published_at.date(),
    )  # fmt: skip


def _address(request: HttpRequest, it: Opened, row: Publication) -> str:
    return request.build_absolute_uri(reverse("document", args=[it.name, row.pk]))


def attachment(request: HttpRequest, it: Opened, number: int) -> Node:
    row = Publication.objects.register(it.name).filter(pk=number).first()
    if row is None:
        raise Http404(f"nothing with the number {number} was published here")
    on = str(row.details.get("on", ""))
    details = node(
        "attachmentdetails", attachmentid=row.pk, title=row.title,
        url=_address(request, it, row), isurl=True, isrestricted=False,
        publicationdate=row.published_at.date(),
        meetingdate=date.fromisoformat(on) if on else None, decisiondate=None,
        committeetitle=label(it.arrangement, str(row.details.get("body", ""))),
        ownertitle=it.frame.title,
    )  # fmt: skip
    return node("attachment", details)


def _attendees(it: Opened, room: OpenedMeeting, shown: dict[str, Any], body: str) -> Iterator[Node]:
    """Who sits, and for which organisation: the one trace of a partner that the shape has."""
    voted = {b["person"] for r in shown["rows"] for o in r.outcomes for b in o.ballots}
    for bench in shown["every"]:
        if bench.body != body:
            continue
        for p in bench.people:
            state = "Apologies" if p.state == "Apologies" else "Expected"
            member = number_of(it.name, "person", plain_name(p.person))
            yield Node("attendee", (("url", ""), ("photosmallurl", ""), ("photobigurl", "")), {
                "membertype": "Committee Member", "memberid": member,
                "name": p.person, "roledescription": p.post or "Not stated",
                "attendance": "Present" if p.person in voted else state, "politicalparty": "",
                "ward": "", "representing": room.names.organisation(bench.organisation)
                if bench.organisation else "Not stated",
            })  # fmt: skip
