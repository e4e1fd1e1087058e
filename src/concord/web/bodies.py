"""The bodies of a place: who reports to whom, who sits there, and what each may do."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from concord.domain.agreements.bodies import Body
from concord.domain.agreements.chairing import Chairing, chair_of
from concord.domain.language.values import NotStated, holds_on
from concord.web import overview, structure, understood
from concord.web.naming import Names, each, known, seats_by_side
from concord.web.pages import Page, page
from concord.web.places import opened
from concord.web.wording import listed, sentence, upper_first


@page("bodies/bodies.html", of="bodies")
def bodies(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    rows = overview.bodies(it.names)
    drawn = structure.draw(it.names)
    return it.page(
        "Bodies",
        {"bodies": rows, "links": drawn.links},
        drawn=drawn,
        twin=reverse("bodies.json", args=[place]) + it.asked,
    )


@page("bodies/body.html", of="bodies")
def body(request: HttpRequest, place: str, body: str) -> Page:
    it = opened(request, place)
    row = it.arrangement.bodies.get(body)
    if row is None:
        raise Http404(f"{place} has no body called {body}")
    a, names = it.arrangement, it.names
    given = [d for d in a.delegations.values() if gives_to(d.given_to, body)]
    gives = [d for d in a.delegations.values() if d.from_ == body]
    kept = [r for r in a.reserved.values() if body in each(r.held_by)]
    data = {
        "body": row,
        "given": given,
        "gives": gives,
        "keeps": kept,
        "promises": [d for d in a.duties.values() if body in each(d.owner)],
        "chairing": chair_of(a, row, it.on),
    }
    return it.page(
        row.label,
        data,
        now=[d for d in given if holds_on(d.starts, d.ends, names.on) is not False],
        then=[d for d in given if holds_on(d.starts, d.ends, names.on) is False],
        facts=facts(row, names),
        takes_the_chair=in_the_chair(row, data["chairing"], names),
        board_seats=seats_by_side(names, row),
        may=it_does(overview.may_do(row, names)),
        each=each,
        side=names.side_of(row),
        holds_on=holds_on,
        twin=reverse("body.json", args=[place, body]) + it.asked,
    )


def gives_to(takers: tuple[str, ...], body: str) -> bool:
    """Whether a power goes to a body or to seats at it."""
    return any(one == body or one.partition(".")[0] == body for one in takers)


def facts(row: Body, names: Names) -> list[tuple[str, Any]]:
    """What the text says of how a body works, in the order a reader asks."""
    said: list[tuple[str, Any]] = [
        ("Of", names.listed(row.of)),
        ("Legal form", upper_first(row.legal_form) if known(row.legal_form) else None),
        ("Purpose", stated(row.purpose)),
        ("Chair", _dated(row.chair, understood.chair, names)),
        ("Quorum", _dated(row.quorum, understood.quorum, names)),
        ("How it decides", _dated(row.deciding, understood.deciding, names)),
        ("Meets", upper_first(stated(row.meets.on(names.on)) or "")),
        ("In public", in_public(row, names)),
        ("Reports to", names.listed(row.reports_to)),
        ("Supports", names.listed(row.supports)),
        ("Works with", names.listed(row.works_with)),
        ("Replaces", names.listed(row.replaces)),
        ("Basis", stated(row.basis)),
    ]
    always = {"Of", "Legal form", "Chair", "Quorum", "How it decides"}
    return [(label, value) for label, value in said if value or label in always]


def it_does(may: str) -> str:
    """What a body may do as a sentence of its own: `Decide nothing` is `It decides nothing`."""
    verb, space, rest = may.partition(" ")
    does = {"Decide": "It decides", "Exercise": "It exercises"}.get(verb, verb)
    return f"{does}{space}{rest}"


def in_the_chair(row: Body, chairing: Chairing, names: Names) -> str:
    """Whose turn it is, or why nobody can say; nothing where the text has no rule at all."""
    if not known(row.chair.on(names.on)):
        return ""
    if chairing.verdict.stands:
        return sentence(upper_first(listed((names.the(one) for one in chairing.who), "or")))
    return sentence(chairing.verdict.reasons[0].says)


def stated(value: Any) -> Any:
    """The value, or the words for a silence; nothing where the text has no such key."""
    return "not stated" if isinstance(value, NotStated) else value


def in_public(row: Body, names: Names) -> str | None:
    value = row.in_public.on(names.on)
    if isinstance(value, NotStated):
        return "not stated"
    return None if value is None else "Yes" if value else "No, on this day"


def _dated(value: Any, say: Any, names: Names) -> str | None:
    """The part of a body that holds on the day, in words; None where the text is silent."""
    found = value.on(names.on)
    return say(found, names) if known(found) else None
