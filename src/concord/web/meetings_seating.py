"""Who could be seated for somebody who is away, as the seat's own rule on substitutes lets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from concord.domain.agreements.bodies import Seat
from concord.domain.agreements.words import Substitutes
from concord.domain.language.values import NotStated
from concord.web.meetings_people import Bench, PersonRow, Room, holder


@dataclass(frozen=True, slots=True)
class Seating:
    """A substitute who could be seated: who, for whom, in which seat, on what that rests."""

    who: str
    post: str
    instead_of: str
    place: str
    named: bool
    says: str

    @property
    def body(self) -> str:
        return self.place.partition(".")[0]


def seatings(room: Room, short: Iterable[Bench], most: int = 4) -> list[Seating]:
    """Who could sit for someone who is away, where the seat allows it; the nearest first."""
    found: list[Seating] = []
    for bench in short:
        body = room.here.arrangement.bodies[bench.body]
        for row in bench.people:
            if row.act == "arrived" and row.state.startswith("Left"):
                continue  # whoever was there has sat in the seat at this meeting
            if row.here or row.state.startswith("Withdrew"):
                continue
            seat = body.known_seats[row.place.partition(".")[2]]
            found += _for_one(room, seat, row)
    return found[:most]


def _for_one(room: Room, seat: Seat, row: PersonRow) -> Iterator[Seating]:
    if seat.substitutes not in (Substitutes.NAMED, Substitutes.SAME_KIND):
        return
    named = seat.substitutes is Substitutes.NAMED
    there = {a.person for a in room.here.record.held.attendees}
    for post in _pool(room, seat):
        who = holder(room.here, post)
        if not who or who in there or who in room.away or who == row.person:
            continue
        says = (
            f"Press only where {row.person} has named them as substitute."
            if named
            else "A substitute of the same kind may sit here."
        )
        yield Seating(who, room.names.of(post), row.person, row.place, named, says)


def _pool(room: Room, seat: Seat) -> Iterator[str]:
    """The posts from which a substitute comes: those of the body the seat is drawn from."""
    arrangement = room.here.arrangement
    body = arrangement.bodies.get(str(seat.drawn_from)) if seat.drawn_from else None
    if body is not None:
        for other in body.known_seats.values():
            yield from () if isinstance(other.posts, NotStated) else other.posts
        return
    own = () if isinstance(seat.posts, NotStated) else seat.posts
    kinds = {arrangement.posts[p].kind for p in own if p in arrangement.posts}
    for name, post in arrangement.posts.items():
        if post.of == seat.of and post.kind in kinds:
            yield name
