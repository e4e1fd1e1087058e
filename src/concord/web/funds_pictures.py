"""The pictures of money, laid out on the server: percent across, pixels down, words at their size.

Flow: pixels per penny are the same in all three columns, and partner, fund and first line share
one top edge. Variance: bars from a zero line placed at its true share of the range.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_TOP, _PARTNER_GAP, _GAP = 56.0, 56.0, 18.0
_LEAST = 1.5  # pixels of the smallest sum


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Money of one partner on its way, as a path in a view of 100 by the picture's height."""

    side: str
    path: str


@dataclass(frozen=True, slots=True)
class Block:
    """A bar at one of the columns."""

    side: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One line: its name in as many lines as it needs, and where its words stand."""

    id: str
    words: tuple[str, ...]
    y: float
    foot: float


@dataclass(frozen=True, slots=True)
class FlowPartner:
    """One partner at the left: where its words stand."""

    id: str
    y: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the three columns and the ribbons between them stand, in percent of the width."""

    partner: float
    bar: float
    fund: float
    fund_bar: float
    line: float
    words: float
    characters: int
    height: float
    row: float


WIDE = Columns(11.0, 1.2, 26.0, 2.0, 44.0, 47.0, 34, 460.0, 20.0)
NARROW = Columns(22.5, 2.4, 34.5, 3.0, 48.0, 52.8, 18, 400.0, 52.0)


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole picture of one width."""

    at: Columns
    height: float
    partners: tuple[FlowPartner, ...]
    rows: tuple[FlowRow, ...]
    blocks: tuple[Block, ...]
    into: tuple[Ribbon, ...]
    out: tuple[Ribbon, ...]


def flow(
    lines: Sequence[tuple[str, str, Mapping[str, int]]], sides: Mapping[str, str], at: Columns
) -> Flow | None:
    """Lines as (id, name, pence by partner), largest first; None where there is no sum to draw."""
    sums = {p: sum(cells.get(p, 0) for _, _, cells in lines) for p in sides}
    whole = sum(sums.values())
    if whole <= 0:
        return None
    scale = at.height / whole
    drawing = _Drawing(at, scale, sides)
    drawing.partners({p: s for p, s in sums.items() if s}, whole)
    for name, label, cells in lines:
        drawing.line(name, label, cells)
    return drawing.done()


class _Drawing:
    """Fills the columns from the top."""

    def __init__(self, at: Columns, scale: float, sides: Mapping[str, str]) -> None:
        self.at, self.scale, self.sides = at, scale, sides
        self.foot, self.left_foot = _TOP, _TOP
        self.offset: dict[str, float] = {}
        self.blocks: list[Block] = []
        self.into: list[Ribbon] = []
        self.out: list[Ribbon] = []
        self.rows: list[FlowRow] = []
        self.named: list[FlowPartner] = []

    def partners(self, sums: Mapping[str, int], whole: int) -> None:
        y, inside = _TOP, _TOP
        for partner, pence in sums.items():
            height = max(pence * self.scale, _LEAST)
            side = self.sides[partner]
            self.blocks.append(Block(side, self.at.partner, y, self.at.bar, height))
            self.into.append(Ribbon(side, _ribbon(y, inside, height)))
            self.offset[partner] = inside
            self.named.append(FlowPartner(partner, y + height / 2))
            inside += pence * self.scale
            y += max(height + _PARTNER_GAP, 84)
        fund = whole * self.scale
        self.blocks.append(Block("ink", self.at.fund, _TOP, self.at.fund_bar, fund))
        self.left_foot = y

    def line(self, name: str, label: str, cells: Mapping[str, int]) -> None:
        y = start = self.foot
        for partner, pence in cells.items():
            if pence <= 0 or partner not in self.offset:
                continue
            true, height = pence * self.scale, max(pence * self.scale, _LEAST)
            self.blocks.append(Block(self.sides[partner], self.at.line, y, self.at.bar, height))
            path = _ribbon(self.offset[partner], y, true)
            self.out.append(Ribbon(self.sides[partner], path))
            self.offset[partner] += true
            y += height
        words = tuple(textwrap.wrap(label, self.at.characters)) or (name,)
        least = self.at.row + 20 * (len(words) - 1) + (18 if self.at is WIDE else 0)
        self.foot = max(y + _GAP, start + least)
        middle = (start + max(y, start + 4)) / 2 + 5.5 - 10 * (len(words) - 1)
        rule = max(y + 9, self.foot - 14)
        self.rows.append(FlowRow(name, words, max(middle, start + 5), rule))

    def done(self) -> Flow:
        height = max(self.foot, self.left_foot, _TOP + self.at.height) + 2
        return Flow(
            self.at, round(height, 1), tuple(self.named), tuple(self.rows), tuple(self.blocks),
            tuple(self.into), tuple(self.out),
        )  # fmt: skip


def _ribbon(a: float, b: float, height: float) -> str:
    """From the height `a` at the left to `b` at the right."""
    a, b, c, d = (round(v, 2) for v in (a, b, b + height, a + height))
    return f"M0 {a}C50 {a} 50 {b} 100 {b}L100 {c}C50 {c} 50 {d} 0 {d}Z"


@dataclass(frozen=True, slots=True)
class VarianceBar:
    """One line's bar from the zero line, in percent; no width where there is nothing to draw."""

    id: str
    label: str
    amount: int | None
    x: float
    width: float
    y: int

    @property
    def over(self) -> bool:
        return (self.amount or 0) > 0


@dataclass(frozen=True, slots=True)
class VariancePicture:
    """Every line, largest overspend first, those not reported last."""

    zero: float
    bars: tuple[VarianceBar, ...]
    height: int
    step: int


def variance_picture(
    rows: Sequence[tuple[str, str, int | None]], left: float, right: float, step: int, top: int
) -> VariancePicture:
    """Rows as (id, name, pence over), drawn between two percentages of the width."""
    known = [pence for _, _, pence in rows if pence is not None]
    low, high = min([0, *known]), max([0, *known])
    span = (high - low) or 1
    scale = (right - left) / span
    zero = left - low * scale
    ordered = sorted(rows, key=lambda row: (row[2] is None, -(row[2] or 0)))
    bars = tuple(
        VarianceBar(
            name, label, pence, round(zero + min(pence or 0, 0) * scale, 3),
            round(abs(pence or 0) * scale, 3), top + n * step,
        )
        for n, (name, label, pence) in enumerate(ordered)
    )  # fmt: skip
    return VariancePicture(round(zero, 3), bars, top + len(bars) * step, step)
