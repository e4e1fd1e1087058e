"""Draws who gives power to whom and who reports to whom, as accessible SVG made on the server.

Percent across and pixels down, with no viewBox, so that words keep their size on every screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from concord.domain.agreements.bodies import Body
from concord.domain.language.values import holds_on
from concord.web.naming import Names, each
from concord.web.wording import listed

_LANES = ("council", "both", "nhs")
_TITLES = {"council": "Council", "both": "Together", "nhs": "NHS", "other": "Others"}
_LINE = 20  # pixels from one line of words to the next
_GAP = 34
_TOP = 34
_CHARACTERS = 27  # that fit in a box at the narrowest width at which this drawing is shown


@dataclass(frozen=True, slots=True)
class Box:
    """One body: where it stands and its words, line by line."""

    id: str
    side: str
    x: float
    y: int
    width: float
    height: int
    words: tuple[str, ...]
    form: tuple[str, ...]

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of the drawing; `kind` is gives, reports or works."""

    kind: str
    x1: float
    y1: int
    x2: float
    y2: int


@dataclass(frozen=True, slots=True)
class Link:
    """One link in words, as the table beneath the drawing has it."""

    kind: str
    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture for a wide screen, the same bodies in order for a narrow one, and in words."""

    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    links: tuple[Link, ...]
    lanes: tuple[tuple[str, str, float], ...]
    height: int
    says: str


def draw(names: Names) -> Drawing:
    """The bodies there are on the day, in lanes by side and in rows by how far down power has come."""
    there = [
        body
        for body in names.arrangement.bodies.values()
        if holds_on(body.starts, body.ends, names.on) is not False
    ]
    links = list(_links(names, {body.id for body in there}))
    lanes = [lane for lane in (*_LANES, "other") if any(_lane(b, names) == lane for b in there)]
    boxes, height = _place(there, links, lanes, names)
    edges = tuple(_edge(link, boxes) for link in links if link.from_ in boxes and link.to in boxes)
    width = 100 / max(len(lanes), 1)
    heads = tuple((lane, _TITLES[lane], index * width) for index, lane in enumerate(lanes))
    titles = {body.id: body.label for body in there}
    named = tuple(Link(one.kind, titles[one.from_], titles[one.to]) for one in links)
    return Drawing(tuple(boxes.values()), edges, named, heads, height, _says(named))


def _lane(body: Body, names: Names) -> str:
    return names.side_of(body)


def _links(names: Names, there: set[str]) -> Iterable[Link]:
    """Powers given, reports owed and work shared, each pair of bodies once and the strongest first."""
    seen: set[tuple[str, str]] = set()

    def fresh(kind: str, from_: str, to: str) -> Iterable[Link]:
        pair = (min(from_, to), max(from_, to))
        if from_ in there and to in there and from_ != to and pair not in seen:
            seen.add(pair)
            yield Link(kind, from_, to)

    for row in names.arrangement.delegations.values():
        if isinstance(row.from_, str) and holds_on(row.starts, row.ends, names.on) is not False:
            for taker in row.given_to:
                yield from fresh("gives", row.from_, taker.partition(".")[0])
    for body in names.arrangement.bodies.values():
        for above in each(body.reports_to):
            yield from fresh("reports", body.id, above)
        for helped in each(body.supports):
            yield from fresh("reports", body.id, helped)
        for beside in each(body.works_with):
            yield from fresh("works", body.id, beside)


def _depths(bodies: list[Body], links: list[Link]) -> dict[str, int]:
    """How many steps power has come down to each body; a ring of links is cut where it closes."""
    above: dict[str, set[str]] = {body.id: set() for body in bodies}
    for link in links:
        if link.kind == "gives":
            above[link.to].add(link.from_)
        elif link.kind == "reports":
            above[link.from_].add(link.to)
    depths: dict[str, int] = {}

    def depth(name: str, path: frozenset[str]) -> int:
        if name not in depths:
            over = [depth(one, path | {name}) for one in above[name] if one not in path]
            depths[name] = 1 + max(over) if over else 0
        return depths[name]

    for body in bodies:
        depth(body.id, frozenset({body.id}))
    return depths


def _place(
    bodies: list[Body], links: list[Link], lanes: list[str], names: Names
) -> tuple[dict[str, Box], int]:
    depths = _depths(bodies, links)
    linked = {one for link in links for one in (link.from_, link.to)}
    order = sorted(bodies, key=lambda b: (b.id not in linked, depths[b.id]))
    width = 100 / max(len(lanes), 1)
    free = dict.fromkeys(lanes, _TOP)
    boxes: dict[str, Box] = {}
    floor = _TOP
    level = -1
    for body in order:
        lane = _lane(body, names)
        at = depths[body.id] if body.id in linked else -2
        if at != level:
            floor, level = (
                max(free.values()) if at == -2 else max(_floor(boxes, depths, at), _TOP),
                at,
            )
        y = max(free[lane], floor)
        words = tuple(textwrap.wrap(body.label, _CHARACTERS)) or (body.label,)
        form = (
            tuple(textwrap.wrap(str(body.legal_form), _CHARACTERS + 3))
            if isinstance(body.legal_form, str)
            else ("form not stated",)
        )
        height = (len(words) + len(form)) * _LINE + 16
        x = lanes.index(lane) * width
        boxes[body.id] = Box(body.id, lane, x, y, width - 5, height, words, form)
        free[lane] = y + height + _GAP
    return boxes, max(free.values(), default=_TOP)


def _floor(boxes: dict[str, Box], depths: dict[str, int], level: int) -> int:
    """The lowest edge of everything that stands a level higher, so that lines run downwards."""
    higher = (box.y + box.height + _GAP for box in boxes.values() if depths[box.id] == level - 1)
    return max(higher, default=_TOP)


def _edge(link: Link, boxes: dict[str, Box]) -> Edge:
    """From edge to edge: sideways between lanes that stand level, else downwards."""
    a, b = boxes[link.from_], boxes[link.to]
    if a.y > b.y:
        a, b = b, a
    if b.y >= a.y + a.height:
        return Edge(link.kind, a.middle, a.y + a.height, b.middle, b.y)
    left, right = (a, b) if a.x < b.x else (b, a)
    level = max(left.y, right.y) + 18
    return Edge(link.kind, left.x + left.width, level, right.x, level)


def _says(links: tuple[Link, ...]) -> str:
    """The drawing in words, for whoever hears it."""
    said = {"gives": "gives power to", "reports": "reports to", "works": "works with"}
    return listed(f"{one.from_} {said[one.kind]} {one.to}" for one in links) + "."
