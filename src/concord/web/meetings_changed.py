"""Which meetings were called off or moved, why, and by which entry; and the forms that do it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from concord.commands.meetings_cancelling import call_off, move
from concord.domain.decisions.agendas import MeetingDay
from concord.domain.decisions.meetings.book import CHANGES, EntryKind
from concord.records.models import Meeting, MeetingEntry
from concord.web.drafts import acting
from concord.web.pages import Unreadable, gate, unreadable
from concord.web.wording import full_date, sentence

_MOST = 400


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a meeting that was to be on a day; `to` is None where it was called off."""

    meeting: Meeting
    on: date
    to: date | None
    why: str
    at: datetime

    @property
    def says(self) -> str:
        if self.to is None:
            return f"Called off: {sentence(self.why)}"
        day = "another time" if self.to == self.on else full_date(self.to)
        return f"Moved from {full_date(self.on)} to {day}: {sentence(self.why)}"

    def as_data(self) -> dict[str, Any]:
        return {"on": self.on, "to": self.to, "called_off": self.to is None, "why": self.why}


def changes(place: str, meeting: Meeting | None = None) -> list[Change]:
    """Every change of a place's meetings, or of one of them, in the order they were made."""
    rows = MeetingEntry.objects.filter(meeting__place=place, kind__in=CHANGES)
    if meeting is not None:
        rows = rows.filter(meeting=meeting)
    newest = rows.select_related("meeting").order_by("-recorded_at", "-number")[:_MOST]
    return [_change(row) for row in reversed(newest)]


def _change(row: MeetingEntry) -> Change:
    said = row.said
    gone = row.kind == EntryKind.CALLED_OFF
    on = date.fromisoformat(said["on"] if gone else said["from"])
    to = None if gone else date.fromisoformat(said["to"])
    return Change(row.meeting, on, to, said["why"], row.recorded_at)


def by_day(place: str) -> dict[tuple[str, date], Change]:
    """The newest change that took a body's meeting from a day."""
    found = changes(place)
    return {(b, c.on): c for c in found if c.to != c.on for b in c.meeting.bodies}


def marked(meets: MeetingDay, gone: dict[tuple[str, date], Change]) -> MeetingDay:
    """The meeting of a day, called off where it no longer is on that day."""
    return replace(meets, cancelled=True) if (meets.body, meets.on) in gone else meets


def all_marked(
    found: Iterable[MeetingDay], gone: dict[tuple[str, date], Change]
) -> tuple[MeetingDay, ...]:
    """The meetings of a list, with those that were moved away from a day it does not know."""
    known = {(m.body, m.on): marked(m, gone) for m in found}
    for body, on in gone:
        known.setdefault((body, on), MeetingDay(body, on, cancelled=True, listed=False))
    return tuple(sorted(known.values(), key=lambda m: (m.on, m.at or "99", m.body)))


@require_POST
def change(request: HttpRequest, place: str, name: str) -> HttpResponse:
    """Calls a meeting off, or moves it where another day is given."""
    if turned := gate(request, "meeting_call", place):
        return turned
    post = request.POST
    why, key = post.get("why", "").strip()[:500], post.get("key", "")[:64]
    if not post.get("to", "").strip():
        made = call_off(acting(request), place, name, why=why, key=key)
        messages.success(request, f"{made.title} is called off, and the notice of it is public.")
        return redirect("meeting", place=place, name=name)
    try:
        to = date.fromisoformat(post["to"].strip())
    except ValueError:
        fault = Unreadable("The new day cannot be read.", "Write it as 2026-12-02.")
        return unreadable(request, fault, twin=False)
    made = move(
        acting(request), place, name, to=to, why=why, key=key,
        starts_at=post.get("at", "").strip()[:5], where=post.get("where", "").strip()[:300],
    )  # fmt: skip
    messages.success(request, f"{made.title} now meets on {full_date(to)}.")
    return redirect("meeting", place=place, name=name)


urlpatterns = [
    path("<slug:place>/meetings/<slug:name>/change/", change, name="meeting_change"),
]
