"""The clerk's page of a meeting: one item at a time, each act recorded and its result shown."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from concord import law
from concord.commands.interests_declaring import kinds_of
from concord.commands.meetings_read import AtMeeting
from concord.domain.decisions.interests import InterestRegime
from concord.domain.decisions.meetings import at_item
from concord.domain.findings import Refused
from concord.domain.language.values import NotStated
from concord.web.drafts import acting
from concord.web.meetings import OpenedMeeting, meeting_of, now_there, opened_meeting
from concord.web.meetings_acts import form_of, perform
from concord.web.meetings_deciding import matter_of, panels, powers
from concord.web.meetings_lawful import lawful
from concord.web.meetings_people import Bench, benches, html_id, room_of
from concord.web.meetings_seating import seatings
from concord.web.meetings_told import item_rows, plainly, told
from concord.web.middleware import wants_json
from concord.web.pages import gate, today

FRAGMENT = "meetings/room.html"
LONGEST_WAIT = 12 * 60 * 60  # seconds for which what was typed may wait for its connection


def record(request: HttpRequest, place: str, name: str) -> HttpResponse:
    """The page, or only what changes on it where its script asks for that."""
    if turned := gate(request, "meeting_record", place):
        return turned
    one = opened_meeting(request, place, name)
    shown = room(request, one, request.GET.get("item", ""))
    if request.GET.get("part") == "room":
        answer = render(request, FRAGMENT, shown)
        answer["X-Meeting-Head"] = str(one.meeting.head)
        return answer
    return render(request, "meetings/record.html", shown)


@require_POST
def act(request: HttpRequest, place: str, name: str) -> HttpResponse:
    """Records what was pressed. Sent twice with the same key, it is recorded once."""
    if turned := gate(request, "meeting_record", place):
        return turned
    here = meeting_of(place, name)
    form = form_of(request.POST)
    at, waited = _moment(form, here)
    try:
        perform(acting(request), here, form, _key(form), at, waited)
    except Refused as refused:
        return _refused(request, here, form, refused)
    if wants_json(request):
        # The page it came from is shown as it is now, with what others have recorded besides.
        one = opened_meeting(request, place, name)
        shown = room(request, one, form.get("shown", form.get("item", "")))
        html = render(request, FRAGMENT, shown).content.decode()
        saved = {"at": f"{now_there():%H:%M}", "head": one.meeting.head}
        return JsonResponse({"saved": saved, "html": html})
    return redirect(_address(here, form))


def _address(here: AtMeeting, form: dict[str, str]) -> str:
    asked = {k: form[v] for k, v in (("item", "shown"), ("clock", "clock")) if form.get(v)}
    where = reverse("meeting_record", args=[here.place, here.meeting.name])
    return f"{where}?{urlencode(asked)}" if asked else where


def _refused(
    request: HttpRequest, here: AtMeeting, form: dict[str, str], refused: Refused
) -> HttpResponse:
    reasons = refused.verdict.against
    if not wants_json(request):
        for reason in reasons:
            says = plainly(here, reason.says)
            messages.error(request, f"Not recorded: {says}. {reason.remedy}".strip())
        return redirect(_address(here, form))
    said = [{"says": plainly(here, r.says), "remedy": plainly(here, r.remedy)} for r in reasons]
    return JsonResponse({"refused": {"reasons": said}}, status=409)


def _key(form: dict[str, str]) -> str:
    """The key made where it was pressed; without a script, the page's own with what was pressed."""
    key = form.get("key", "")[:36]
    if form.get("sent") == "script":
        return key
    pressed = "&".join(f"{k}={v}" for k, v in sorted(form.items()) if k != "csrfmiddlewaretoken")
    return f"{key[:24]}.{hashlib.sha256(pressed.encode()).hexdigest()[:16]}"


def _moment(form: dict[str, str], here: AtMeeting) -> tuple[datetime | None, bool]:
    """The time of what is recorded: as written, or now less the time for which it waited."""
    try:
        if form.get("clock"):
            return datetime.combine(here.on, time.fromisoformat(form["clock"])), False
    except ValueError:
        pass  # what is no time is passed over, and the act is timed as it comes
    ago = form.get("ago", "")
    seconds = int(ago) if ago.isascii() and ago.isdigit() and len(ago) < 7 else 0
    return now_there() - timedelta(seconds=min(seconds, LONGEST_WAIT)), True


def asked_about(here: AtMeeting, clock: str) -> datetime:
    """The moment that the tests are shown for: what pressing would record, on the meeting's day."""
    at, _ = _moment({"clock": clock}, here)
    now = now_there()
    return at if at and at.date() == here.on else datetime.combine(here.on, now.time())


def room(request: HttpRequest, one: OpenedMeeting, asked: str) -> dict[str, Any]:
    """Everything the clerk's page shows of one item, as it stands now."""
    here, held = one.here, one.here.record.held
    current = asked if asked in here.record.items else _current(one)
    there = room_of(here, one.names, current)
    every = benches(there)
    put = here.record.items.get(current)
    clock = request.GET.get("clock", request.POST.get("clock", ""))
    moment = asked_about(here, clock)
    boards = panels(there, put, every, moment) if put else []
    taking = [b for b in every if put is None or b.body in put.bodies]
    shown = one.page(
        one.title, {},
        room=there, put=put, every=taking, panels=boards, items=item_rows(here, current),
        current=current, told=told(here, one.names), mends=seatings(there, _short(taking)),
        matter=matter_of(there, put) if put else None,
        powers=powers(there, put, put.bodies[0]) if put and put.purpose == "decision" else [],
        lawful=lawful(here, put, matter_of(there, put)) if put else None,
        key=uuid4(), clock=clock,
        is_today=here.on == today(), moment=moment, started=_started(one),
        regimes=[(str(r), kinds_of(r)) for r in InterestRegime], rulers=_rulers(one),
        seats=_seats(one), posts=_posts(one), html_id=html_id, NotStated=NotStated,
        people=_people(one), zipped=lambda every: [(one, one) for one in every],
        shortly=lambda every: list(dict.fromkeys(
            one.names.the_short(each.organisation) for each in every)),
        address=reverse("meeting_record", args=one.where),
    )  # fmt: skip
    number = held.items.index(current) if current in held.items else 0
    around = {
        "before": held.items[number - 1] if number else "",
        "after": held.items[number + 1] if number + 1 < len(held.items) else "",
        "number": number + 1,
    }
    return {"page": "meetings", **shown.data, **shown.shown, **around}


def _short(every: list[Bench]) -> list[Bench]:
    return [b for b in every if b.enough is False]


def _current(one: OpenedMeeting) -> str:
    """The item that is open, or the first that has not been taken, or the last."""
    held, log = one.here.record.held, one.here.record.log
    states = {i: at_item(held, log, i) for i in held.items}
    open_ = [i for i, s in states.items() if s.opened and not s.closed]
    still = [i for i, s in states.items() if not s.opened]
    return next(iter([*open_, *still, *reversed(held.items)]), "")


def _started(one: OpenedMeeting) -> datetime | None:
    opened_at = [h.at for h in one.here.record.log if h.what == "item opened"]
    return min(opened_at, default=None)


def _people(one: OpenedMeeting) -> list[tuple[str, str]]:
    """Everybody expected, each once."""
    names = dict.fromkeys(a.person for a in one.here.record.held.attendees)
    return [(name, name) for name in names]


def _rulers(one: OpenedMeeting) -> list[str]:
    return list(dict.fromkeys(who for r in law.interest_rules() for who in r.ruled_by))


def _seats(one: OpenedMeeting) -> list[tuple[str, str]]:
    """Every seat at the meeting, by its name in the text and in words."""
    bodies = (one.here.arrangement.bodies[b] for b in one.meeting.bodies)
    return [(f"{b.id}.{s}", one.names.of(f"{b.id}.{s}")) for b in bodies for s in b.known_seats]


def _posts(one: OpenedMeeting) -> list[tuple[str, str]]:
    """Everybody whose agreement, advice or recommendation a power may ask for."""
    a = one.here.arrangement
    chairs = [(f"{b}.chair", one.names.of(f"{b}.chair")) for b in a.bodies]
    named = [(n, one.names.of(n)) for table in (a.posts, a.bodies, a.organisations) for n in table]
    return sorted([*named, *chairs], key=lambda pair: pair[1].casefold())
