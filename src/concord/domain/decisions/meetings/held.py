"""One meeting of one body or several: who is there at each item and how each seat votes.

The record is a list of happenings; who was there and how they voted is worked out from it, so that
an item's attendance is that of its own time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.matter import Meeting, Sitting

NOBODY: frozenset[str] = frozenset()


class Happens(StrEnum):
    """What can happen at a meeting, as it is recorded."""

    ARRIVED = "arrived"
    LEFT = "left"
    ITEM_OPENED = "item opened"
    WITHDREW = "withdrew from the item"
    RETURNED = "returned to the item"
    VOTED = "voted"
    CASTING = "cast the deciding vote"
    VOTE_BEGUN_AGAIN = "vote begun again"
    ITEM_CLOSED = "item closed"


MOVES = frozenset({Happens.ARRIVED, Happens.LEFT, Happens.WITHDREW, Happens.RETURNED})
VOTES = frozenset({Happens.VOTED, Happens.CASTING})
CHANGES_VOTES = VOTES | {Happens.VOTE_BEGUN_AGAIN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened: what, when by the clock on the wall, who, at which item.

    `seat` says as whom someone votes who sits twice; an `organisation` casts one block vote for
    all of its seats. `way` is for, against, or None for neither.
    """

    what: Happens
    at: datetime
    who: str = ""
    item: str = ""
    seat: str = ""
    organisation: str = ""
    way: bool | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """A person expected at a meeting in one seat; `named` says the member named this substitute."""

    person: str
    body: str
    seat: str
    instead_of: str = ""
    named: bool = False

    @property
    def place(self) -> str:
        return f"{self.body}.{self.seat}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldMeeting:
    """One meeting, of one body or of several at once; items of one group are voted on together."""

    id: str
    on: date
    bodies: tuple[str, ...]
    attendees: tuple[Attendee, ...] = ()
    items: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()

    def leading(self, item: str) -> str:
        """The item under which a group taken together is recorded; the item itself otherwise."""
        return next((g[0] for g in self.together if item in g), item)

    def seats_of(self, person: str) -> tuple[Attendee, ...]:
        return tuple(a for a in self.attendees if a.person == person)


@dataclass(frozen=True, slots=True)
class AtItem:
    """How an item stood: who was there and took part, how each seat voted, and when it closed."""

    present: frozenset[str]
    withdrawn: frozenset[str]
    left: Mapping[str, datetime]
    votes: Mapping[tuple[str, str], bool | None]
    blocks: Mapping[str, bool | None]
    casting: bool | None
    opened: datetime | None
    closed: datetime | None

    @property
    def taking_part(self) -> frozenset[str]:
        return self.present - self.withdrawn

    @property
    def voted(self) -> bool:
        return bool(self.votes or self.blocks) or self.casting is not None


def at_item(held: HeldMeeting, log: Iterable[Happening], item: str) -> AtItem:
    """How an item stands by the record so far, or stood when it was closed."""
    item = held.leading(item)
    state = AtItem(NOBODY, NOBODY, MappingProxyType({}), {}, {}, None, None, None)
    for happening in sorted(log, key=lambda h: h.at):
        if state.closed is not None:
            break
        state = _next(held, state, happening, item)
    return state


def _next(held: HeldMeeting, state: AtItem, h: Happening, item: str) -> AtItem:
    match h.what:
        case Happens.ARRIVED:
            return replace(state, present=state.present | {h.who})
        case Happens.LEFT:
            left = {**state.left, h.who: h.at}
            return replace(state, present=state.present - {h.who}, left=left)
    if held.leading(h.item) != item:
        return state
    return _next_vote(held, state, h) if h.what in CHANGES_VOTES else _next_step(state, h)


def _next_step(state: AtItem, h: Happening) -> AtItem:
    match h.what:
        case Happens.ITEM_OPENED:
            return replace(state, opened=h.at)
        case Happens.WITHDREW:
            return replace(state, withdrawn=state.withdrawn | {h.who})
        case Happens.RETURNED:
            return replace(state, withdrawn=state.withdrawn - {h.who})
        case Happens.ITEM_CLOSED:
            return replace(state, closed=h.at)
    raise ValueError(h.what)


def _next_vote(held: HeldMeeting, state: AtItem, h: Happening) -> AtItem:
    match h.what:
        case Happens.CASTING:
            return replace(state, casting=h.way)
        case Happens.VOTE_BEGUN_AGAIN:
            return replace(state, votes={}, blocks={}, casting=None)
    if h.organisation:
        return replace(state, blocks={**state.blocks, h.organisation: h.way})
    cast = {(h.who, a.place): h.way for a in voting_as(held, h)}
    return replace(state, votes={**state.votes, **cast})


def voting_as(held: HeldMeeting, h: Happening) -> tuple[Attendee, ...]:
    """The seats in which someone votes: the one they name, or every one that they hold."""
    return tuple(a for a in held.seats_of(h.who) if h.seat in ("", a.place))


def sitting_at(
    arrangement: Arrangement, held: HeldMeeting, state: AtItem, body: str,
    barred: frozenset[str] = NOBODY,
) -> Meeting:  # fmt: skip
    """The item as `authority` asks about it: each seat's members who may decide it, and votes.

    `barred` are those whose interests keep them from voting: they do not count, wherever they sit.
    """
    seats: dict[str, Sitting] = {}
    for a in held.attendees:
        if a.body != body or a.person not in state.taking_part - barred:
            continue
        way = _way(arrangement, state, a)
        before = seats.get(a.seat, Sitting())
        seats[a.seat] = Sitting(
            before.present + 1,
            before.substitutes + bool(a.instead_of),
            before.for_ + (way is True),
            before.against + (way is False),
        )
    return Meeting(body, MappingProxyType(seats), state.casting)


def _way(arrangement: Arrangement, state: AtItem, a: Attendee) -> bool | None:
    if (a.person, a.place) in state.votes:
        return state.votes[a.person, a.place]
    seat = arrangement.bodies[a.body].known_seats[a.seat]
    return state.blocks.get(seat.of) if isinstance(seat.of, str) else None


def voters(state: AtItem, held: HeldMeeting, seat: str, way: bool = True) -> tuple[str, ...]:
    """Who in a seat voted that way by name, and was there: the people who decided."""
    names = (a.person for a in held.attendees if a.place == seat)
    return tuple(p for p in names if p in state.present and state.votes.get((p, seat)) is way)
