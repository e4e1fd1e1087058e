"""Findings on seats: counted twice, voting against the law, speaking without a mandate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from concord import law
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Body, Seat
from concord.domain.agreements.checks.found import grave, meet, slight, span
from concord.domain.agreements.labels import how_many, label, listed
from concord.domain.agreements.words import LegalForm
from concord.domain.findings import Authority, Finding
from concord.domain.language.tables import Row
from concord.domain.language.values import NotStated
from concord.domain.places.people import PostKind

_OUTSIDE = (PostKind.OFFICER, PostKind.NHS_MEMBER)


def seat_findings(arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `seat.`."""
    for body in arrangement.bodies.values():
        yield from _named_twice(arrangement, body)
        seats = tuple(body.known_seats.values())
        for seat in seats:
            yield from _twice_in_one(arrangement, body, seat)
            yield from _may_not_vote(arrangement, body, seat)
            yield from _no_mandate(arrangement, body, seat)
            yield from _departs(arrangement, body, seat)
        for one, other in combinations(seats, 2):
            if meet(one, other):
                yield from _counted_twice(arrangement, body, one, other)


def posts_of(seat: Seat) -> tuple[str, ...]:
    """The posts that hold a seat; none where they are not stated."""
    return () if isinstance(seat.posts, NotStated) else seat.posts


def _named_twice(arrangement: Arrangement, body: Body) -> Iterator[Finding]:
    for name, times in Counter(body.organisations).items():
        if times > 1:
            says = f"{body.label} names {label(arrangement, name)} twice among its organisations"
            yield grave("seat.counted_twice", body, says, "Name it once.")


def _twice_in_one(arrangement: Arrangement, body: Body, seat: Seat) -> Iterator[Finding]:
    for post, times in Counter(posts_of(seat)).items():
        if times > 1:
            says = (
                f"{label(arrangement, post)} is named twice in the seat {seat.id} of {body.label}"
            )
            yield grave("seat.counted_twice", seat, says, "Name the post once.")


def _counted_twice(
    arrangement: Arrangement, body: Body, one: Seat, other: Seat
) -> Iterator[Finding]:
    for post in posts_of(other):
        if post in posts_of(one):
            says = (
                f"{label(arrangement, post)} sits twice at {body.label}: in {one.id} and {other.id}"
            )
            yield grave("seat.counted_twice", other, says, "Leave the post in one of the seats.")
    for name in _voices(other):
        borrowed = name in _spoken_for(one) or name in _spoken_for(other)
        if borrowed and name in _voices(one):
            who = label(arrangement, name)
            says = f"{one.id} and {other.id} of {body.label} both carry the voice of {who}"
            remedy = f"Let one seat speak for {who}, or date the two so that they do not meet."
            yield grave("seat.counted_twice", other, says, remedy)


def _spoken_for(seat: Seat) -> tuple[str, ...]:
    """Other organisations for which a seat has a mandate that the text states."""
    if isinstance(seat.speaks_for, NotStated) or not isinstance(seat.mandate, Row):
        return ()
    return tuple(n for n in dict.fromkeys(seat.speaks_for) if n != seat.of)


def _voices(seat: Seat) -> tuple[str, ...]:
    own = () if isinstance(seat.of, NotStated) else (seat.of,)
    return (*own, *_spoken_for(seat))


def _may_not_vote(arrangement: Arrangement, body: Body, seat: Seat) -> Iterator[Finding]:
    if seat.voting is not True or isinstance(body.legal_form, NotStated):
        return
    form = law.legal_form(body.legal_form, span(body)[1])
    if form is None or form.votes_of_outsiders:
        return
    by = Authority(law=form.authority, unverified=not form.verified)
    remedy = "Write voting = false for the seat, or give the body another form."
    if isinstance(seat.of, str) and body.organisations and seat.of not in body.organisations:
        says = f"{label(arrangement, seat.of)} has a vote at {body.label}, a {body.legal_form}"
        yield grave("seat.may_not_vote", seat, f"{says}, and is not of it", remedy, by)
        return
    outside = [p for p in posts_of(seat) if _is_outside(arrangement, body, p)]
    if outside:
        who = listed([label(arrangement, p) for p in outside])
        says = f"{who}: no member of the {_whole(body)}, and yet with a vote at {body.label}"
        yield grave("seat.may_not_vote", seat, says, remedy, by)


def _whole(body: Body) -> str:
    return "executive" if body.legal_form is LegalForm.CABINET_COMMITTEE else "council"


def _is_outside(arrangement: Arrangement, body: Body, name: str) -> bool:
    post = arrangement.posts.get(name)
    if post is None or not isinstance(post.kind, PostKind) or post.kind is PostKind.OTHER:
        return False
    if body.legal_form is LegalForm.CABINET_COMMITTEE:
        return not post.kind.of_executive
    return post.kind in _OUTSIDE


def _no_mandate(arrangement: Arrangement, body: Body, seat: Seat) -> Iterator[Finding]:
    if seat.mandate is not None or isinstance(seat.speaks_for, NotStated):
        return
    others = [n for n in dict.fromkeys(seat.speaks_for) if n != seat.of]
    if others:
        who = listed([label(arrangement, n) for n in others])
        says = f"{seat.id} of {body.label} speaks for {who} without a mandate"
        remedy = 'Add mandate with its clause and days; if the source is silent, "not stated".'
        yield grave("seat.no_mandate", seat, says, remedy)


def _departs(arrangement: Arrangement, body: Body, seat: Seat) -> Iterator[Finding]:
    number, posts = seat.number, posts_of(seat)
    if isinstance(number, int) and posts and len(set(posts)) != number:
        says = f"{seat.id} of {body.label} has {how_many(number, 'place')}"
        says = f"{says} and {how_many(len(set(posts)), 'post')} to fill them"
        yield slight("seat.departs_from_rule", seat, says, "Correct the number or the posts.")
    source = arrangement.bodies.get(seat.drawn_from) if isinstance(seat.drawn_from, str) else None
    if source is None or not source.known_seats:
        return
    members = {p for s in source.known_seats.values() for p in posts_of(s)}
    counts = [s.count for s in source.known_seats.values()]
    total = sum(c for c in counts if isinstance(c, int))
    whole = all(isinstance(c, int) for c in counts)
    if whole and isinstance(number, int) and number > total:
        says = f"{seat.id} of {body.label} draws {how_many(number, 'member')} from {source.label}"
        says = f"{says}, which has {how_many(total, 'seat')}"
        yield slight("seat.departs_from_rule", seat, says, "Correct one of the two numbers.")
    strange = [p for p in posts if whole and len(members) == total and p not in members]
    if strange:
        who = listed([label(arrangement, p) for p in strange])
        says = f"{seat.id} of {body.label} is drawn from {source.label}, where {who} has no seat"
        yield slight("seat.departs_from_rule", seat, says, "Correct the posts, or drawn_from.")
