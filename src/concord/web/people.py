"""The people of a place by seat and by post: public office holders the text itself names."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.agreements.arrangement import Post
from concord.domain.findings import Authority
from concord.domain.language.values import holds_on
from concord.domain.places.people import holder_on
from concord.web.naming import Names, each, seats_by_side
from concord.web.pages import Page, page
from concord.web.places import opened
from concord.web.wording import upper_first


@dataclass(frozen=True, slots=True)
class Holder:
    """A post with whoever holds it on the day, or why nobody is named."""

    post: str
    organisation: str
    side: str
    person: str | None
    why: str
    seats: tuple[str, ...]
    authority: Authority


@dataclass(frozen=True, slots=True)
class BodySeats:
    """A body and its seats, organisation by organisation."""

    id: str
    name: str
    proposed: bool
    seats: list


@page("people/people.html", of="people")
def people(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    names = it.names
    posts = [holder(row, names) for row in it.arrangement.posts.values()]
    posts.sort(key=lambda one: (one.person is None, one.side != "council", one.organisation))
    with_seats = [
        BodySeats(row.id, row.label, row.standing == "proposed", seats_by_side(names, row))
        for row in it.arrangement.bodies.values()
        if row.known_seats and holds_on(row.starts, row.ends, names.on) is not False
    ]
    return it.page(
        "People",
        {"posts": posts, "bodies": with_seats},
        each=each,
        named=sum(one.person is not None for one in posts),
        twin=reverse("people.json", args=[place]) + it.asked,
    )


def holder(row: Post, names: Names) -> Holder:
    found = holder_on(row.held_by, names.on)
    of = row.of if isinstance(row.of, str) else ""
    organisation = names.organisation(of) if of in names.arrangement.organisations else "not stated"
    return Holder(
        post=row.label,
        organisation=organisation,
        side=names.side(of),
        person=found.name,
        why=upper_first(found.why),
        seats=tuple(seats_of(row.id, names)),
        authority=row.authority,
    )


def seats_of(post: str, names: Names) -> list[str]:
    """Every body at which the post has a seat."""
    return [
        body.label
        for body in names.arrangement.bodies.values()
        if any(post in each(seat.posts) for seat in body.known_seats.values())
    ]
