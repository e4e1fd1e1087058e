"""What a meeting begins with: its agenda from the routes, and everybody who is expected in a seat.

Both may be asked for again: what is there already stays as it is, and only what is new is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from concord.commands.command import Acting, Done, command, refuse
from concord.commands.meetings import add, require_entry
from concord.commands.meetings_read import AtMeeting, at_meeting, meeting_or_refuse, wall
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.calendar import in_words
from concord.domain.decisions.agendas import stops_at
from concord.domain.decisions.follow_up import ActionState
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.meetings import Attendee
from concord.domain.decisions.meetings.book import BookEntry, EntryKind, ItemKind
from concord.domain.decisions.reader import read_matter
from concord.domain.decisions.words import Purpose
from concord.domain.language.values import NotStated
from concord.domain.places.people import holder_on
from concord.records.models import Action, MatterSummary, Meeting, MeetingEntry

ACT = "meetings.record"
ENDED = frozenset({ActionState.DONE, ActionState.DROPPED})


@command("meetings.put_agenda", allowed_as=ACT)
def put_agenda(
    acting: Acting, place: str, meeting: str, *, key: str, standing: bool = True
) -> Done[tuple[MeetingEntry, ...]]:
    """Puts on the agenda every matter whose route comes to this meeting, after standing items.

    What is taken in private comes last, since the public leaves before it.
    """
    here = at_meeting(meeting_or_refuse(place, meeting, ACT))
    if known := _sent_before(here, key):
        return Done(known)
    items = [*(standing_items(here) if standing else ()), *route_items(here)]
    new = [i for i in items if i["item"] not in here.record.items]
    rows = _add_all(acting, here, EntryKind.ITEM_PUT, new, key)
    return _done(here, rows, f"put {len(rows)} items on the agenda of {here.meeting.title}")


@command("meetings.expect_everybody", allowed_as=ACT)
def expect_everybody(
    acting: Acting, place: str, meeting: str, *, key: str
) -> Done[tuple[MeetingEntry, ...]]:
    """Expects in every seat whoever the arrangement names in its posts on the day.

    A seat whose holder is not stated stays empty, and so does that of someone who sent apologies.
    """
    here = at_meeting(meeting_or_refuse(place, meeting, ACT))
    if known := _sent_before(here, key):
        return Done(known)
    away = stood_down(here.entries, here.record.struck)
    there = {(a.body, a.seat, a.person) for a in here.record.held.attendees}
    new = [
        {"who": a.person, "body": a.body, "seat": a.seat}
        for a in expected(here.arrangement, here.meeting.bodies, here.on)
        if (a.body, a.seat, a.person) not in there and a.person not in away
    ]
    room = [one for one in new if _has_room(here, one)]
    rows = _add_all(acting, here, EntryKind.SEATED, room, key)
    return _done(here, rows, f"expected {len(rows)} people at {here.meeting.title}")


def expected(arrangement: Arrangement, bodies: Iterable[str], on: date) -> Iterator[Attendee]:
    """Who sits where on a day, by the posts of each seat and who holds them."""
    for name in bodies:
        for seat in arrangement.bodies[name].known_seats.values():
            for post in () if isinstance(seat.posts, NotStated) else seat.posts:
                row = arrangement.posts.get(post)
                holder = holder_on(row.held_by, on).name if row else None
                if holder:
                    yield Attendee(person=holder, body=name, seat=seat.id)


def stood_down(entries: Iterable[BookEntry], struck: frozenset[int]) -> dict[str, BookEntry]:
    """Those who sent apologies and have not been expected again since."""
    away: dict[str, BookEntry] = {}
    for entry in entries:
        if entry.number in struck:
            continue
        if entry.kind == EntryKind.STOOD_DOWN:
            away[str(entry.said["who"])] = entry
        elif entry.kind == EntryKind.SEATED:
            away.pop(str(entry.said["who"]), None)
    return away


def route_items(here: AtMeeting) -> list[dict[str, Any]]:
    """The matters with a stop at a body of this meeting on its day, each once, the private last."""
    texts = _texts(here)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for body in here.meeting.bodies:
        for name, text, stop in stops_at(texts, body, here.on):
            purpose = stop.purpose if isinstance(stop.purpose, Purpose) else Purpose.INFORMATION
            item = found.setdefault((name, str(purpose)), {
                "item": f"{name}/{stop.id}", "title": text.matter.title or name,
                "kind": str(ItemKind.MATTER), "matter": name, "stop": stop.id,
                "purpose": str(purpose), "bodies": [], "private": text.matter.private is True,
            })  # fmt: skip
            item["bodies"].append(body)
    return sorted(found.values(), key=lambda i: (i["private"], i["title"].casefold()))


def standing_items(here: AtMeeting) -> Iterator[dict[str, Any]]:
    """Apologies, interests, the last minutes, and actions overdue where there are any."""
    yield _standing("apologies", "Apologies and substitutes")
    yield _standing("interests", "Declarations of interest")
    for body in here.meeting.bodies:
        last = _last_meeting(here, body)
        if last is not None:
            title = f"Minutes of the meeting of {in_words(last.on)}"
            if len(here.meeting.bodies) > 1:
                title = f"{title}: {here.arrangement.bodies[body].label}"
            yield {**_standing(f"minutes-{last.on}-{body}", title), "bodies": [body]}
    late = _overdue(here)
    if late:
        many = "One action" if late == 1 else f"{late} actions"
        yield _standing("actions", f"{many} overdue")


def _standing(item: str, title: str) -> dict[str, Any]:
    return {"item": item, "title": title, "kind": str(ItemKind.STANDING), "purpose": "information"}


def _last_meeting(here: AtMeeting, body: str) -> Meeting | None:
    earlier = Meeting.objects.filter(place=here.place, on__lt=here.on, head__gt=0)
    return next((m for m in earlier.order_by("-on", "-starts_at") if body in m.bodies), None)


def _overdue(here: AtMeeting) -> int:
    """Actions given by these bodies whose day has passed and whose last update leaves them open."""
    rows = Action.objects.filter(place=here.place, due__lt=here.on)
    rows = rows.select_related("meeting").prefetch_related("updates")
    return sum(_is_late(action, here) for action in rows)


def _is_late(action: Action, here: AtMeeting) -> bool:
    if action.meeting and not set(action.meeting.bodies) & set(here.meeting.bodies):
        return False
    updates = list(action.updates.all())
    last = updates[-1] if updates else None
    due = next((u.due for u in reversed(updates) if u.due), action.due)
    return (last is None or last.state not in ENDED) and due < here.on


def _texts(here: AtMeeting) -> Mapping[str, MatterText]:
    rows = MatterSummary.objects.filter(
        place=here.place, first_stop__lte=here.on, last_stop__gte=here.on
    )
    versions = rows.select_related("version").order_by("title")
    read = {r.name: read_matter(r.version.text, here.arrangement).matter for r in versions}
    return {n: t for n, t in read.items() if t is not None and t.matter is not None}


def _has_room(here: AtMeeting, said: Mapping[str, str]) -> bool:
    seat = here.arrangement.bodies[said["body"]].known_seats[said["seat"]]
    place = f"{said['body']}.{said['seat']}"
    taken = sum(a.place == place for a in here.record.held.attendees)
    return not isinstance(seat.count, int) or taken < seat.count


def _sent_before(here: AtMeeting, key: str) -> tuple[MeetingEntry, ...]:
    if len(key) > 56:
        raise refuse(ACT, "the key of this act is too long", "send it again from its page")
    return tuple(here.meeting.entries.filter(key__startswith=f"{key}-").order_by("number"))


def _add_all(
    acting: Acting, here: AtMeeting, kind: EntryKind, every: Iterable[Mapping[str, Any]], key: str
) -> tuple[MeetingEntry, ...]:
    rows = []
    for number, said in enumerate(every, 1):
        entry = BookEntry(
            number=here.record.head + 1, kind=str(kind), at=wall(acting.now), said=dict(said)
        )
        require_entry(here, entry)
        rows.append(add(acting, here, entry, f"{key}-{number}").result)
    return tuple(rows)


def _done(
    here: AtMeeting, rows: tuple[MeetingEntry, ...], what: str
) -> Done[tuple[MeetingEntry, ...]]:
    told = {"meeting": here.meeting.name, "entries": [r.number for r in rows]}
    return Done(rows, what if rows else "", after=told, made=rows)
