"""iCalendar (RFC 5545) of meetings and of a route's days.

A meeting called off or moved stays visible: the same entry with a higher SEQUENCE (RFC 5546).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from icalendar import Calendar, Event, vDDDTypes

from concord.domain.agreements.labels import label
from concord.domain.decisions.calendars import MeetingRow
from concord.domain.decisions.routes import Plan
from concord.records.models import Meeting, TextVersion
from concord.records.models.agreements import CALENDAR, matter_kind
from concord.web.decisions import OpenedMatter, opened_matter
from concord.web.decisions_rows import read_dates, read_stops
from concord.web.meetings_changed import Change, changes
from concord.web.pages import Unreadable, gate, unreadable
from concord.web.places import Opened, opened
from concord.web.routes import planned

_HERE = ZoneInfo("Europe/London")
_EARLIER = 20  # versions looked back at for what has been taken out since
_MOST = 400  # meetings that were called, the newest


def _calendar(name: str) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Concord//joint commissioning//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    return made


def _answer(made: Calendar, name: str) -> HttpResponse:
    answer = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return answer


def _event(
    uid: str, on: date, says: str, version: TextVersion | None, *, at: str = "", why: str = "",
    where: str = "", cancelled: bool = False, later: int = 0,
) -> Event:  # fmt: skip
    """One entry; its sequence is the number of the text that says so, so that a newer one wins."""
    made = Event()
    made.add("uid", uid)
    made.add("dtstamp", version.adopted_at if version else datetime(2026, 1, 1, tzinfo=UTC))
    made.add("sequence", (version.number - 1 if version else 0) + later)
    if at:
        hour, minute = at.split(":")
        start = datetime.combine(on, time(int(hour), int(minute)), _HERE)
        made.add("dtstart", start.astimezone(UTC))
    else:
        made.add("dtstart", on)
        made.add("dtend", on + timedelta(days=1))
    made.add("summary", f"Cancelled: {says}" if cancelled else says)
    made.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if why:
        made.add("description", why)
    if where:
        made.add("url", where)
    return made


def meetings(request: HttpRequest, place: str) -> HttpResponse:
    """Every meeting of a place's calendar and every one called; what was called off says so."""
    if turned := gate(request, "feed", place):
        return turned
    it = opened(request, place)
    made = _calendar(f"{it.frame.title}: meetings")
    versions = list(TextVersion.objects.of(place, CALENDAR).order_by("-number")[:_EARLIER])
    newest = versions[0] if versions else None
    held = _called(place)
    # A day to which a called meeting was moved is that meeting, whatever the calendar says too.
    seen = set(held) | {(b, c.row.on) for (b, _), c in held.items() if c.changes}
    for version in versions:
        for row in read_dates(version.text, it.arrangement).meetings:
            if not isinstance(row.on, date) or not isinstance(row.body, str):
                continue
            if (row.body, row.on) in seen:
                continue
            seen.add((row.body, row.on))
            where = request.build_absolute_uri(
                reverse("agenda", args=[place, row.body, row.on.isoformat()])
            )
            made.add_component(_meeting(it, row, newest, where, gone=version is not newest))
    for (body, on), one in held.items():
        where = request.build_absolute_uri(reverse("meeting", args=[place, one.row.name]))
        made.add_component(_held(it, body, on, one, newest, where))
    return _answer(made, f"{place}-meetings")


@dataclass(frozen=True, slots=True)
class _Called:
    """A meeting that was called, and whatever has changed about it since."""

    row: Meeting
    changes: tuple[Change, ...]


def _called(place: str) -> dict[tuple[str, date], _Called]:
    """The called meetings by body and the day for which each was called first."""
    changed: dict[int, list[Change]] = {}
    for one in changes(place):
        changed.setdefault(one.meeting.pk, []).append(one)
    found = {}
    for row in Meeting.objects.of_place(place).defer("arrangement")[:_MOST]:
        own = tuple(changed.get(row.pk, ()))
        first = own[0].on if own else row.on
        found.update({(body, first): _Called(row, own) for body in row.bodies})
    return found


def _held(
    it: Opened, body: str, first: date, one: _Called, version: TextVersion | None, where: str
) -> Event:
    """The entry keeps its name from the day it was first for; each change counts one further."""
    last = one.changes[-1] if one.changes else None
    off = last is not None and last.to is None
    others = [label(it.arrangement, b) for b in one.row.bodies if b != body]
    says = [last.says] if last else []
    says += [f"Together with {', '.join(others)}."] if others else []
    event = _event(
        f"meeting-{it.name}-{body}-{first.isoformat()}@concord", one.row.on,
        label(it.arrangement, body), version, at=one.row.starts_at, cancelled=off,
        why=" ".join(says), where=where, later=len(one.changes),
    )  # fmt: skip
    if last:
        event["dtstamp"] = vDDDTypes(last.at.astimezone(UTC))
    if one.row.where:
        event.add("location", one.row.where)
    return event


def _meeting(
    it: Opened, row: MeetingRow, version: TextVersion | None, where: str, *, gone: bool
) -> Event:  # fmt: skip
    body, on = str(row.body), row.on
    assert isinstance(on, date)  # noqa: S101 - only such rows are asked
    says = label(it.arrangement, body)
    off = gone or row.cancelled is True
    uid = f"meeting-{it.name}-{body}-{on.isoformat()}@concord"
    return _event(
        uid, on, says, version, at=row.at, cancelled=off, why=row.note, where="" if gone else where
    )


def route(request: HttpRequest, place: str, matter: str) -> HttpResponse:
    """The days of a route as calendar entries, those of a stop taken out as cancelled ones."""
    if turned := gate(request, "route", place):
        return turned
    one = opened_matter(request, place, matter)
    try:
        found = planned(request, one)
    except Unreadable as fault:
        return unreadable(request, fault, twin=False)
    made = _calendar(f"Route: {one.title}")
    where = request.build_absolute_uri(reverse("route", args=[place, matter]))
    for event in _entries(found.plan, one, where):
        made.add_component(event)
    for event in _taken_out(one):
        made.add_component(event)
    return _answer(made, f"{place}-{matter}-route")


def _entries(plan: Plan, one: OpenedMatter, where: str) -> Iterator[Event]:
    version = one.version
    for step in plan.steps:
        uid = f"{one.it.name}-{one.name}-{step.id}"
        if step.on is None:
            continue
        says = f"{step.label}: {one.title}"
        yield _event(f"{uid}-meets@concord", step.on, says, version, at=step.at, where=where,
                     why=step.says)  # fmt: skip
        days = [("draft", step.draft_due, "First draft due")]
        days.append(("papers", step.papers.day if step.papers else None, "Papers public"))
        dues = step.dues
        for name, due in (
            ("notice", dues.forward_plan if dues else None),
            ("private", dues.private_notice if dues else None),
            ("second", dues.second_notice if dues else None),
        ):
            days.append(
                (name, due.day if due else None, f"Last day: {due.step.what}" if due else "")
            )
        for effect in step.effects:
            if effect.call_in:
                name = f"call-in-{effect.organisation}"
                days.append((name, effect.call_in.day, "Call-in ends"))
        for name, day, what in days:
            if day:
                yield _event(f"{uid}-{name}@concord", day, f"{what}: {says}", version, where=where)


def _taken_out(one: OpenedMatter) -> Iterator[Event]:
    """The meetings of stops that an earlier version had and the newest has no longer."""
    if one.version.number == 1:
        return
    kind = matter_kind(one.name)
    earlier = TextVersion.objects.of(one.it.name, kind).order_by("-number")[1:_EARLIER]
    seen = set(one.text.stops)
    for version in earlier:
        text = read_stops(version.text, one.it.arrangement).matter
        for stop in text.stops.values() if text else ():
            if stop.id in seen or not isinstance(stop.on, date):
                continue
            seen.add(stop.id)
            body = label(one.it.arrangement, stop.body) if isinstance(stop.body, str) else stop.id
            yield _event(f"{one.it.name}-{one.name}-{stop.id}-meets@concord", stop.on,
                         f"{body}: {one.title}", one.version, cancelled=True)  # fmt: skip
