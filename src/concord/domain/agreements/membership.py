"""Who sits and votes for whom at a body on a day (LGHA 1989 s13; docs/language.md, 3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from concord import law
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Body, Seat
from concord.domain.language.values import NotStated, holds_on
from concord.domain.places.people import voices_of
from concord.domain.places.succession import names_on


def seats_on(body: Body, on: date) -> tuple[Seat, ...]:
    """The seats that hold, or may hold, on that day."""
    seats = body.known_seats.values()
    return tuple(s for s in seats if holds_on(s.starts, s.ends, on) is not False)


@lru_cache(maxsize=16384)
def now_called(arrangement: Arrangement, organisation: str, on: date) -> tuple[str, ...]:
    """Those who stand in an organisation's place on that day; itself where it is not stated."""
    names = names_on(arrangement.successions, organisation, on)
    return (organisation,) if isinstance(names, NotStated) else names


def may_vote(arrangement: Arrangement, body: Body, seat: Seat, on: date) -> bool:
    """Whether a seat votes: as the text says, and only where the body's form lets it vote."""
    if seat.voting is False:
        return False
    if isinstance(body.legal_form, NotStated) or isinstance(seat.of, NotStated):
        return True
    form = law.legal_form(body.legal_form, on)
    return form is None or form.votes_of_outsiders or seat.of in body.organisations


def voting_seats(arrangement: Arrangement, body: Body, on: date) -> tuple[Seat, ...]:
    """The seats that vote on that day."""
    return tuple(s for s in seats_on(body, on) if may_vote(arrangement, body, s, on))


def seats_for(arrangement: Arrangement, body: Body, organisation: str, on: date) -> Iterator[Seat]:
    """The voting seats that certainly carry an organisation's voice on that day."""
    asked = {organisation, *now_called(arrangement, organisation, on)}
    for seat in voting_seats(arrangement, body, on):
        carried = voices_of(seat, on).carried
        if any(asked & {c, *now_called(arrangement, c, on)} for c in carried):
            yield seat


def unsure_seats(arrangement: Arrangement, body: Body, organisation: str, on: date) -> bool:
    """Whether a seat may speak for an organisation under a mandate that is not stated."""
    seats = voting_seats(arrangement, body, on)
    return any(
        isinstance(s.of, NotStated) or organisation in voices_of(s, on).not_stated for s in seats
    )


def size(seats: tuple[Seat, ...]) -> int | None:
    """How many sit in these seats together; None where one of them does not say."""
    counts = [s.count for s in seats]
    if not counts or any(not isinstance(c, int) for c in counts):
        return None
    return sum(c for c in counts if isinstance(c, int))


def seat_of(arrangement: Arrangement, name: str) -> tuple[Body, Seat] | None:
    """The body and the seat that `body.seat` names."""
    body, _, part = name.partition(".")
    found = arrangement.bodies.get(body)
    seat = found.known_seats.get(part) if found else None
    return (found, seat) if found and seat else None
