"""A place as Popolo (draft 03) has it: organisations, posts, people and who belongs where.

A joint body has no one parent: each organisation that it is of is its member. People are those the
text names in a post, and a name is all that tells one from another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from concord.domain.agreements.arrangement import Arrangement, Organisation, Post
from concord.domain.agreements.bodies import Body, Seat
from concord.domain.agreements.labels import label, seat_label
from concord.domain.language.values import Day, NotStated
from concord.domain.places.people import Holding

Object = dict[str, Any]
ORGANISATION, BODY, POST, PERSON = "organisation", "body", "post", "person"


def named(place: str, kind: str, name: str) -> str:
    """The identifier of one thing of a place: `middlemarch/body/board`."""
    return f"{place}/{kind}/{name}"


_TITLES = ("Councillor ", "Cllr ", "Alderman ")


def plain_name(name: str) -> str:
    """A name without the title of the office: a record names the same person without it."""
    return next((name.removeprefix(t) for t in _TITLES if name.startswith(t)), name)


def person_id(place: str, name: str) -> str:
    """The identifier of a person, by their name in plain letters."""
    bare = (
        unicodedata.normalize("NFKD", plain_name(name))
        .encode("ascii", "ignore")
        .decode()
        .casefold()
    )
    return named(place, PERSON, re.sub(r"[^a-z0-9]+", "-", bare).strip("-"))


def organizations(place: str, arrangement: Arrangement, on: date) -> list[Object]:
    """Every organisation and every body of a place."""
    found = [_organisation(place, row, on) for row in arrangement.organisations.values()]
    return [*found, *(_body(place, row) for row in arrangement.bodies.values())]


def _organisation(place: str, row: Organisation, on: date) -> Object:
    now = row.name.on(on)
    name = now if isinstance(now, str) else row.label
    others = [r for r in row.name.rows if isinstance(r.value, str) and r.value != name]
    return {
        "id": named(place, ORGANISATION, row.id), "name": name,
        "classification": _words(row.kind),
        "other_names": [_without({"name": r.value, **_days(r.starts, r.ends)}) for r in others],
        **_being(row.starts, row.ends),
    }  # fmt: skip


def _body(place: str, row: Body) -> Object:
    alone = row.organisations[0] if len(row.organisations) == 1 else ""
    return _without({
        "id": named(place, BODY, row.id), "name": row.label,
        "classification": _words(row.legal_form),
        "parent_id": named(place, ORGANISATION, alone) if alone else None,
        "abstract": row.purpose if isinstance(row.purpose, str) else None,
        **_being(row.starts, row.ends),
    })  # fmt: skip


def posts(place: str, arrangement: Arrangement) -> list[Object]:
    """Every post that stands by itself, whoever holds it."""
    return [
        _without({
            "id": named(place, POST, row.id), "label": row.label,
            "role": _words(row.kind) if row.kind else None,
            "organization_id": named(place, ORGANISATION, row.of)
            if isinstance(row.of, str) else None,
            **_days(row.starts, row.ends),
        })
        for row in arrangement.posts.values()
    ]  # fmt: skip


def persons(place: str, arrangement: Arrangement, others: Iterable[str] = ()) -> list[Object]:
    """Everybody whom the text names in a post, and others who voted by name."""
    names = [h.name for row in arrangement.posts.values() for h in holdings(row)]
    known: dict[str, Object] = {}
    for name in [*(n for n in names if isinstance(n, str)), *others]:
        bare = plain_name(name)
        prefix = name.removesuffix(bare).strip()
        row = {"id": person_id(place, name), "name": bare}
        known.setdefault(row["id"], row | ({"honorific_prefix": prefix} if prefix else {}))
    return list(known.values())


def holdings(row: Post) -> tuple[Holding, ...]:
    """Everybody who holds or held a post, with their days."""
    if isinstance(row.held_by, str):
        return (Holding(name=row.held_by),)
    return row.held_by if isinstance(row.held_by, tuple) else ()


def memberships(place: str, arrangement: Arrangement) -> list[Object]:
    """Who holds which post, who sits by it at which body, and which organisations a body is of."""
    found = [m for row in arrangement.posts.values() for m in _in_post(place, arrangement, row)]
    for body in arrangement.bodies.values():
        if len(body.organisations) > 1:
            found += [_joined(place, arrangement, body, name) for name in body.organisations]
        for seat in body.known_seats.values():
            found += _at_seat(place, arrangement, body, seat)
    return found


def _in_post(place: str, arrangement: Arrangement, row: Post) -> Iterator[Object]:
    for number, held in enumerate(holdings(row), 1):
        if not isinstance(held.name, str) or not isinstance(row.of, str):
            continue
        yield _without({
            "id": named(place, "membership", f"{row.id}-{number}"), "label": row.label,
            "role": row.label, "person_id": person_id(place, held.name),
            "organization_id": named(place, ORGANISATION, row.of),
            "post_id": named(place, POST, row.id), **_days(held.starts, held.ends),
        })  # fmt: skip


def _joined(place: str, arrangement: Arrangement, body: Body, name: str) -> Object:
    member = {"id": named(place, ORGANISATION, name), "name": label(arrangement, name)}
    return {
        "id": named(place, "membership", f"{body.id}-{name}"), "role": "partner", "member": member,
        "organization_id": named(place, BODY, body.id),
    }  # fmt: skip


def _at_seat(place: str, arrangement: Arrangement, body: Body, seat: Seat) -> Iterator[Object]:
    posts_here = () if isinstance(seat.posts, NotStated) else seat.posts
    known = [arrangement.posts[name] for name in posts_here if name in arrangement.posts]
    for row in known:
        for number, held in enumerate(holdings(row), 1):
            if not isinstance(held.name, str):
                continue
            ident = f"{body.id}-{seat.id}-{row.id}-{number}"
            whose = seat.of if isinstance(seat.of, str) else None
            yield _without({
                "id": named(place, "membership", ident),
                "role": seat_label(arrangement, seat, body.label),
                "person_id": person_id(place, held.name),
                "organization_id": named(place, BODY, body.id),
                "post_id": named(place, POST, row.id),
                "on_behalf_of_id": named(place, ORGANISATION, whose) if whose else None,
                **_days(held.starts, held.ends),
            })  # fmt: skip


def _words(value: object) -> str:
    return value.words if isinstance(value, NotStated) else str(value)


def _days(starts: Day, ends: Day) -> Object:
    return {"start_date": _day(starts), "end_date": _day(ends)}


def _being(starts: Day, ends: Day) -> Object:
    return _without({"founding_date": _day(starts), "dissolution_date": _day(ends)})


def _day(day: Day) -> str | None:
    return day.isoformat() if isinstance(day, date) else None


def _without(row: Object) -> Object:
    """The object without what is not known: Popolo leaves out what nobody states."""
    return {name: value for name, value in row.items() if value is not None}
