"""Who is there at an item, organisation by organisation, and who could be seated instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from concord.commands.meetings_agenda import stood_down
from concord.commands.meetings_read import AtMeeting
from concord.domain.agreements.bodies import Body, Quorum, Seat
from concord.domain.agreements.membership import may_vote
from concord.domain.decisions.interests import Consequence, barred
from concord.domain.decisions.meetings import AtItem, Attendee, at_item, quorums
from concord.domain.decisions.meetings.book import BookEntry, EntryKind
from concord.domain.findings import Answer, Reason
from concord.domain.language.values import NotStated
from concord.domain.places.people import holder_on, same_person
from concord.web.naming import Names

_PLAIN = re.compile(r"[^a-z0-9]+")


def html_id(*words: str) -> str:
    """A name as the id of an element has it."""
    return "-".join(_PLAIN.sub("-", w.casefold()).strip("-") for w in words)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in one seat at an item: the state in a word, and what pressing would record."""

    id: str
    person: str
    place: str
    post: str
    state: str
    tone: str
    here: bool
    act: str
    interest: bool
    barred: bool
    votes: bool
    way: str


@dataclass(frozen=True, slots=True)
class InterestRow:
    """What an interest means for its holder at an item, in words for people."""

    person: str
    place: str
    in_: str
    what: str
    item: str
    says: str
    stay: bool
    vote: bool
    reasons: tuple[Reason, ...]

    @property
    def remedies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.remedy for r in self.reasons if r.remedy))

    @property
    def may_be_ruled(self) -> bool:
        """Whether whoever presides has still to say what follows."""
        return any(r.answer is Answer.NEEDS for r in self.reasons)


def interest_row(c: Consequence, names: Names) -> InterestRow:
    """The consequence with whatever the text calls by a short name called by its own."""
    known = c.interest.in_
    title = names.of(known)
    reasons = tuple(replace(r, says=r.says.replace(known, title)) for r in c.verdict.reasons)
    return InterestRow(
        c.person, c.place, title, c.interest.what, c.interest.item, c.says, c.stay, c.vote, reasons
    )


@dataclass(frozen=True, slots=True)
class Bench:
    """One organisation's people at one body, and whether enough of them can decide the item."""

    body: str
    organisation: str
    name: str
    side: str
    count: int
    needed: int | None
    enough: bool | None
    people: tuple[PersonRow, ...]

    @property
    def says(self) -> str:
        """`1 can decide, 2 needed`."""
        needed = f", {self.needed} needed" if self.needed is not None else ""
        return f"{self.count} can decide{needed}"


@dataclass(frozen=True, slots=True)
class Room:
    """Who is there at the item that is shown."""

    here: AtMeeting
    names: Names
    item: str
    state: AtItem
    interests: tuple[InterestRow, ...]
    barred: frozenset[str]
    away: dict[str, BookEntry]

    @property
    def present_now(self) -> frozenset[str]:
        return at_item(self.here.record.held, self.here.record.log, "").present


def room_of(here: AtMeeting, names: Names, item: str) -> Room:
    """The room at an item, or as it is now where no item is on the agenda."""
    state = at_item(here.record.held, here.record.log, item)
    away = stood_down(here.entries, here.record.struck)
    found = here.interests(item) if item else ()
    rows = tuple(interest_row(c, names) for c in found)
    return Room(here, names, item, state, rows, barred(found), away)


def benches(room: Room) -> list[Bench]:
    """Every organisation's bench at every body that meets."""
    return [b for name in room.here.meeting.bodies for b in _of_body(room, name)]


def _of_body(room: Room, name: str) -> Iterator[Bench]:
    here, body = room.here, room.here.arrangement.bodies[name]
    record = here.record.held
    each = {
        q.organisation: q.verdict.answer
        for q in quorums(here.arrangement, record, room.state, room.barred)
        if q.body == name
    }
    owners = [str(s.of) for s in body.known_seats.values() if isinstance(s.of, str)]
    for owner in dict.fromkeys(owners):
        people = tuple(_people(room, body, owner))
        able = sum(p.here and p.votes and not p.barred for p in people)
        needed = _needed(body, owner, here)
        enough = None if needed is None else each.get(owner, Answer.STANDS) is Answer.STANDS
        yield Bench(
            name, owner, room.names.organisation(owner), room.names.side(owner), able, needed,
            enough if needed is None else able >= needed, people,
        )  # fmt: skip


def _needed(body: Body, owner: str, here: AtMeeting) -> int | None:
    """How many of an organisation must be able to decide, or of a body that is its own."""
    rule = body.quorum.on(here.on)
    if not isinstance(rule, Quorum):
        return None
    if isinstance(rule.each, dict):
        found = rule.each.get(owner)
        return found if isinstance(found, int) else None
    if len(body.organisations) != 1 or owner not in body.organisations:
        return None
    if isinstance(rule.number, int):
        return rule.number
    counts = [s.count for s in body.known_seats.values()]
    if isinstance(rule.fraction, tuple) and all(isinstance(c, int) for c in counts):
        above, below = rule.fraction
        return -(-sum(c for c in counts if isinstance(c, int)) * above // below)
    return None


def _people(room: Room, body: Body, owner: str) -> Iterator[PersonRow]:
    seats = {s.id: s for s in body.known_seats.values() if s.of == owner}
    rank = {seat: n for n, seat in enumerate(seats)}
    held = room.here.record.held
    mine = [a for a in held.attendees if a.body == body.id and a.seat in seats]
    shown = [*mine, *_away(room, body, seats)]
    shown.sort(key=lambda a: (rank[a.seat], _post_rank(room, seats[a.seat], a)))
    for a in shown:
        yield _row(room, body, seats[a.seat], a)


def _away(room: Room, body: Body, seats: dict[str, Seat]) -> Iterator[Attendee]:
    """Those who sent apologies, in the seat in which they were expected."""
    for entry in room.here.entries:
        if entry.kind != EntryKind.SEATED or entry.number in room.here.record.struck:
            continue
        who = str(entry.said["who"])
        mine = entry.said["body"] == body.id and entry.said["seat"] in seats
        if mine and who in room.away and entry.number < room.away[who].number:
            yield Attendee(person=who, body=body.id, seat=str(entry.said["seat"]))


def _post_rank(room: Room, seat: Seat, a: Attendee) -> int:
    posts = () if isinstance(seat.posts, NotStated) else seat.posts
    who = a.instead_of or a.person
    names = [holder(room.here, p) for p in posts]
    return names.index(who) if who in names else len(names)


def holder(here: AtMeeting, post: str) -> str:
    row = here.arrangement.posts.get(post)
    return (holder_on(row.held_by, here.on).name or "") if row else ""


def post_of(here: AtMeeting, names: Names, person: str, seat: Seat | None = None) -> str:
    """The post that someone holds on the day, one of the seat's first."""
    first = () if seat is None or isinstance(seat.posts, NotStated) else seat.posts
    for post in (*first, *here.arrangement.posts):
        if same_person(holder(here, post), person):
            return names.of(post)
    return ""


def _row(room: Room, body: Body, seat: Seat, a: Attendee) -> PersonRow:
    state, who = room.state, a.person
    here = who in state.taking_part
    word, tone, act = _state(room, a)
    said = [post_of(room.here, room.names, who, seat)]
    if a.instead_of:
        said = [f"Substitute for {a.instead_of}"]
    if room.here.record.presides == who:
        said.append("In the chair")
    declared = {c.person for c in room.interests}
    if who in declared:
        said.append("Has an interest")
    votes = may_vote(room.here.arrangement, body, seat, room.here.on)
    if not votes:
        said.append("No vote")
    return PersonRow(
        html_id("p", a.place, who), who, a.place, ". ".join(s for s in said if s), word, tone,
        here, act, who in declared, who in room.barred, votes, _way(state, seat, a),
    )  # fmt: skip


def _way(state: AtItem, seat: Seat, a: Attendee) -> str:
    key = (a.person, a.place)
    if key not in state.votes and str(seat.of) not in state.blocks:
        return ""
    way = state.votes.get(key, state.blocks.get(str(seat.of)))
    return "neither" if way is None else "for" if way else "against"


def _state(room: Room, a: Attendee) -> tuple[str, str, str]:
    """The word for someone's state, its tone, and the act that pressing their name records."""
    state, who = room.state, a.person
    if who in room.away and not room.here.record.held.seats_of(who):
        return "Apologies", "", ""
    if who in state.withdrawn and who in state.present:
        return f"Withdrew {_when(room, who, 'withdrew')}", "no", "returned"
    if who in state.present:
        return "In the room", "", "left"
    if who in state.left:
        return f"Left {state.left[who]:%H:%M}", "no", "arrived"
    return "Not here yet", "", "arrived"


def _when(room: Room, who: str, what: str) -> str:
    times = [h.at for h in room.here.record.log if h.who == who and h.what.startswith(what)]
    return f"{times[-1]:%H:%M}" if times else ""
