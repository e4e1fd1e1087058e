"""A meeting as its pages open it, and the page for members and the public that follows it live."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_GET

from concord.commands.command import require
from concord.commands.meetings_read import AtMeeting, at_meeting, wall
from concord.domain.places.policy import PUBLIC, About, may
from concord.records.models import Meeting
from concord.web.naming import Names
from concord.web.pages import Page, today
from concord.web.places import Opened, opened
from concord.web.wording import full_date, listed


@dataclass(frozen=True, slots=True)
class OpenedMeeting:
    """One meeting in the frame of its place, by the text under which it was called."""

    it: Opened
    here: AtMeeting
    names: Names

    @property
    def meeting(self) -> Meeting:
        return self.here.meeting

    @property
    def where(self) -> list[str]:
        return [self.it.name, self.meeting.name]

    @property
    def title(self) -> str:
        return f"{self.meeting.title}, {full_date(self.here.on)}"

    @property
    def bodies(self) -> str:
        """The bodies that meet, in one phrase."""
        return listed([self.here.arrangement.bodies[b].label for b in self.meeting.bodies])

    @property
    def in_public(self) -> bool:
        """Whether every body that meets here meets in public."""
        bodies = (self.here.arrangement.bodies[b] for b in self.meeting.bodies)
        return all(b.in_public.on(self.here.on) is True for b in bodies)

    def page(self, heading: str, data: dict[str, Any], **shown: Any) -> Page:
        """The page with the place's frame around it."""
        says = {"meeting": self.meeting.name, "on": self.here.on, "bodies": self.meeting.bodies}
        dress = {"section": "decisions", "one": self, "names": self.names}
        return self.it.page(heading, {**data, **says}, **{**dress, **shown})


def opened_meeting(request: HttpRequest, place: str, name: str) -> OpenedMeeting:
    """The meeting of that name in the frame of its place; 404 where none was called."""
    it = opened(request, place)
    here = meeting_of(place, name)
    return OpenedMeeting(it, here, Names(here.arrangement, here.on))


def meeting_of(place: str, name: str) -> AtMeeting:
    """The meeting of that name with its record; 404 where none was called."""
    found = Meeting.objects.select_related("arrangement").filter(place=place, name=name).first()
    if found is None:
        raise Http404(f"no meeting {name} was called")
    return _read(found)


_KEPT = 16
_kept: OrderedDict[int, AtMeeting] = OrderedDict()


def _read(meeting: Meeting) -> AtMeeting:
    """The meeting as its entries tell it: what was read of it before, and what has come since.

    Entries never change, so they are read once in a process. What a transaction has not committed
    yet is not kept: it may still be taken back.
    """
    if connection.in_atomic_block:
        return at_meeting(meeting)
    known = _kept.get(meeting.pk)
    if known is None or known.record.head > meeting.head:
        here = at_meeting(meeting)
    else:
        here = replace(known, meeting=meeting, _texts={}, _interests={})
        if known.record.head < meeting.head:
            for entry in meeting.entries.filter(number__gt=known.record.head).as_facts():
                here.added(entry)
    _kept[meeting.pk] = here
    while len(_kept) > _KEPT:
        _kept.popitem(last=False)
    return replace(here, _texts={}, _interests={})


def now_there() -> datetime:
    """The time on the wall of the room."""
    return wall(datetime.now(UTC))


@require_GET
def head(request: HttpRequest, place: str, name: str) -> HttpResponse:
    """How many entries the record has: one question to the database, and none of the session.

    It is the same for everybody, and says nothing of what the entries are.
    """
    require(may((PUBLIC,), "places.view", About(place), today()), "places.view")
    row = Meeting.objects.filter(place=place, name=name).values_list("head", "closed").first()
    if row is None:
        raise Http404(f"no meeting {name} was called")
    tag = f'"{row[0]}{"-closed" if row[1] else ""}"'
    answer: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(f'{{"head": {row[0]}}}', content_type="application/json")
    answer["ETag"], answer["Cache-Control"] = tag, "no-cache"
    return answer
