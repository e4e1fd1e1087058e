"""Councillors and who sits on what, in the shape of Modern.Gov's web service.

A place's text gives councillors without wards: they stand under one ward whose title says so.
"""

from __future__ import annotations

from concord.documents.moderngov_out import Node, node, number_of
from concord.documents.popolo import holdings, plain_name
from concord.domain.language.values import holds_on
from concord.domain.places.people import PostKind
from concord.web.places import Opened

_COUNCILLORS = frozenset(
    {PostKind.COUNCILLOR, PostKind.EXECUTIVE_MEMBER, PostKind.LEADER, PostKind.ELECTED_MAYOR}
)


def posts_by_person(it: Opened, *, councillors: bool = False) -> dict[str, list[str]]:
    """Whoever certainly holds a post on the day, with the posts that each holds."""
    found: dict[str, list[str]] = {}
    for post in it.arrangement.posts.values():
        if councillors and post.kind not in _COUNCILLORS:
            continue
        for held in holdings(post):
            if isinstance(held.name, str) and holds_on(held.starts, held.ends, it.on):
                found.setdefault(held.name, []).append(post.id)
    return found


def _number(it: Opened, name: str) -> int:
    return number_of(it.name, "person", plain_name(name))


def by_ward(it: Opened) -> Node:
    found = posts_by_person(it, councillors=True)
    known = [_councillor(it, name, posts) for name, posts in found.items()]
    held = node("councillors", known, councillorcount=len(known))
    ward = node("ward", held, wardtitle="Ward not stated")
    return node("councillorsbyward", node("wards", [ward] if known else []))


def _councillor(it: Opened, name: str, posts: list[str]) -> Node:
    labels = ", ".join(it.arrangement.posts[post].label for post in posts)
    return node(
        "councillor", councillorid=_number(it, name), fullusername=name,
        politicalpartytitle=None, districttitle=None, representing=None, keyposts=labels,
    )  # fmt: skip


def committees_of(it: Opened, number: int) -> Node:
    """The bodies at which a person sits by a post of theirs."""
    held = posts_by_person(it)
    own = next((p for n, p in held.items() if _number(it, n) == number), [])
    found = [
        node("committee", committeeid=number_of(it.name, "body", body.id),
             committeetitle=body.label, roledescription=seat.id.replace("_", " "))
        for body in it.arrangement.bodies.values()
        for seat in body.known_seats.values()
        if set(own) & set(seat.posts if isinstance(seat.posts, tuple) else ())
    ]  # fmt: skip
    return node("committeesbyuser", found, committeescount=len(found))
