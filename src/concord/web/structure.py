"""Draws who gives power to whom and who reports to whom, as accessible SVG made on the server.

Percent across and pixels down, with no viewBox, so that words keep their size on every screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from concord.domain.agreements.bodies import Body
from concord.domain.language.values import holds_on
from concord.web.naming import Names, each
from concord.web.wording import listed

_LANES = ("council", "both", "nhs")
_TITLES = {"council": "Council", "both": "Together", "nhs": "NHS", "other": "Others"}
_LINE = 20  # pixels from one line of words to the next
_GAP = 34
_GUTTER = 6  # percent between two lanes, in which the lines run
_TOP = 34
# How many characters fit in a box, by the number of lanes, at the narrowest width shown.
_CHARACTERS = {1: 60, 2: 40, 3: 25, 4: 17}


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
    """One stroke of a link; the last stroke of a link of power carries its arrow head."""

    kind: str
    x1: float
    y1: int
    x2: float
    y2: int
    ends: bool


@dataclass(frozen=True, slots=True)
class Link:
    """One link in words, as the table beneath the drawing has it."""

    kind: str
    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture, its links in words for the table, and all of it as one sentence."""

    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    links: tuple[Link, ...]
    lanes: tuple[tuple[str, str, float], ...]
    height: int
    says: str


def draw(names: Names) -> Drawing:
    """The bodies there are on the day, in lanes by side, in rows by how far power has come."""
    there = [
        body
        for body in names.arrangement.bodies.values()
        if holds_on(body.starts, body.ends, names.on) is not False
    ]
    links = list(_links(names, {body.id for body in there}))
    lanes = [lane for lane in (*_LANES, "other") if any(_lane(b, names) == lane for b in there)]
    boxes, height = _place(there, links, lanes, names)
    edges = tuple(_Router(boxes).strokes(links))
    width = _lane_width(lanes)
    heads = tuple((lane, _TITLES[lane], index * width) for index, lane in enumerate(lanes))
    titles = {body.id: body.label for body in there}
    named = tuple(Link(one.kind, titles[one.from_], titles[one.to]) for one in links)
    return Drawing(tuple(boxes.values()), edges, named, heads, height, _says(named))


def _lane_width(lanes: list[str]) -> float:
    """A lane with the gutter after it; the last lane has none, and ends where the page does."""
    return (100 + _GUTTER) / max(len(lanes), 1)


def _lane(body: Body, names: Names) -> str:
    return names.side_of(body)


def _links(names: Names, there: set[str]) -> Iterable[Link]:
    """Powers given, reports owed, work shared: each pair of bodies once, the strongest first."""
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
    """Power comes down from row to row; whoever has no part in it stands beneath, lane by lane."""
    depths = _depths(bodies, links)
    powered = {one for link in links if link.kind != "works" for one in (link.from_, link.to)}
    free = dict.fromkeys(lanes, _TOP)
    boxes: dict[str, Box] = {}
    for body in sorted(bodies, key=lambda b: (b.id not in powered, depths[b.id])):
        lane = _lane(body, names)
        floor = _floor(boxes, depths, depths[body.id]) if body.id in powered else _TOP
        box = _box(body, lane, lanes, max(free[lane], floor))
        boxes[body.id] = box
        free[lane] = box.y + box.height + _GAP
    return boxes, max(free.values(), default=_TOP)


def _box(body: Body, lane: str, lanes: list[str], y: int) -> Box:
    width, fit = _lane_width(lanes), _CHARACTERS[len(lanes)]
    form = body.legal_form if isinstance(body.legal_form, str) else "form not stated"
    words, under = textwrap.wrap(body.label, fit), textwrap.wrap(form, fit + 3)
    height = (len(words) + len(under)) * _LINE + 16
    x = lanes.index(lane) * width
    return Box(body.id, lane, x, y, width - _GUTTER, height, tuple(words), tuple(under))


def _floor(boxes: dict[str, Box], depths: dict[str, int], level: int) -> int:
    """The lowest edge of everything that stands a level higher, so that lines run downwards."""
    higher = (box.y + box.height + _GAP for box in boxes.values() if depths[box.id] == level - 1)
    return max(higher, default=_TOP)


class _Router:
    """Leads each link along the gutters between lanes, so that no line runs through a body.

    Links of one kind from one giver, or to one body reported to, share a line until they part.
    """

    _FIRST, _STEP, _SLOTS = 0.9, 0.85, 6  # percent from a box to the lines in a gutter

    def __init__(self, boxes: dict[str, Box]) -> None:
        self.boxes = boxes
        self.ports: dict[tuple[str, str], list[object]] = {}
        self.slots: dict[float, list[object]] = {}

    def strokes(self, links: list[Link]) -> Iterable[Edge]:
        for link in links:
            points = self._points(link)
            for index, (a, b) in enumerate(pairwise(points)):
                yield Edge(link.kind, *a, *b, index == len(points) - 2)

    def _points(self, link: Link) -> list[tuple[float, int]]:
        a, b = self.boxes[link.from_], self.boxes[link.to]
        hub = (link.kind, link.from_ if link.kind == "gives" else link.to)
        if a.x == b.x and self._are_next(a, b):
            return self._straight(a, b)
        if a.x == b.x:
            # The first lane has no gutter on its left.
            edge = "left" if a.x > 0 else "right"
            gutter = self._gutter(a, edge, hub)
            start, end = self._port(a, edge, hub), self._port(b, edge, hub)
            return [start, (gutter, start[1]), (gutter, end[1]), end]
        out, into = ("right", "left") if a.x < b.x else ("left", "right")
        start, far = self._port(a, out, hub), abs(a.x - b.x) > a.width + 2 * _GUTTER
        if far:  # over a lane: along its own gutter, then across above the body it leads to
            gutter, over = self._gutter(a, out, hub), b.y - 10
            return [start, (gutter, start[1]), (gutter, over), (b.middle, over), (b.middle, b.y)]
        gutter, end = self._gutter(a, out, hub), self._port(b, into, hub)
        return [start, (gutter, start[1]), (gutter, end[1]), end]

    def _are_next(self, a: Box, b: Box) -> bool:
        top, foot = sorted((a.y, b.y))
        return not any(box.x == a.x and top < box.y < foot for box in self.boxes.values())

    def _straight(self, a: Box, b: Box) -> list[tuple[float, int]]:
        upper, lower = (a, b) if a.y < b.y else (b, a)
        across = upper.x + upper.width * 0.12
        down = [(across, upper.y + upper.height), (across, lower.y)]
        return down if a is upper else down[::-1]

    def _gutter(self, box: Box, edge: str, hub: object) -> float:
        """Where the line of this hub runs in the gutter beside a lane: each hub has its own."""
        begins = box.x + box.width if edge == "right" else box.x - _GUTTER
        taken = self.slots.setdefault(round(begins, 2), [])
        if hub not in taken:
            taken.append(hub)
        return begins + _GUTTER - self._FIRST - self._STEP * (taken.index(hub) % self._SLOTS)

    def _port(self, box: Box, edge: str, hub: object) -> tuple[float, int]:
        """Where the lines of this hub meet the edge of a body: each hub has its own place."""
        taken = self.ports.setdefault((box.id, edge), [])
        if hub not in taken:
            taken.append(hub)
        down = box.y + 14 + 9 * (taken.index(hub) % 4)
        return (box.x if edge == "left" else box.x + box.width, down)


def _says(links: tuple[Link, ...]) -> str:
    """The drawing in words, for whoever hears it."""
    said = {"gives": "gives power to", "reports": "reports to", "works": "works with"}
    return listed(f"{one.from_} {said[one.kind]} {one.to}" for one in links) + "."
