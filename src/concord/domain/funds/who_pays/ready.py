"""One rule of a plan as arrays: which rows it reads, its weights, widths and caps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concord.domain.funds.risk_share.plan import Destination, RiskStep

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]
NEAR = 1e-4  # pence; a net nearer to nothing than this is nothing


@dataclass(frozen=True, slots=True, eq=False)
class Caps:
    """One partner's caps under one rule, over the cells of their groups; `most` in pence."""

    partner: int
    rows: slice | Whole
    weights: Floats
    most: Floats
    starts: Whole
    of_cell: Whole
    single: bool
    cells: slice | Whole


@dataclass(frozen=True, slots=True, eq=False)
class ReadyPot:
    """One compartment of one pot: the groups that may draw on it, and its own cells."""

    name: str
    key: object
    groups: slice | Whole
    items: slice | Whole


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A rule over cells laid out group after group. `single` is one cell to a group."""

    step: RiskStep
    groups: int
    rows: slice | Whole
    starts: Whole
    of_cell: Whole
    single: bool
    takes: Floats | None
    known: NDArray[np.bool_]
    known_cells: NDArray[np.bool_]
    all_known: bool
    weights: Floats
    caps: tuple[Caps, ...]
    pots: tuple[ReadyPot, ...]

    @property
    def draws(self) -> bool:
        """Whether it draws on a fund, a reserve or what is uncommitted."""
        return self.step.destination not in (Destination.PARTNERS, Destination.NO_ONE)


def made_ready(step: RiskStep, partners: Sequence[str]) -> Ready:
    """The arrays of one rule."""
    cells = [i for group in step.groups for i in group.items]
    sizes = [len(group.items) for group in step.groups]
    of_cell = np.repeat(np.arange(len(sizes)), sizes)
    known = np.array([not group.unknown for group in step.groups], dtype=bool)
    return Ready(
        step,
        len(sizes),
        rows_of(cells),
        _starts(sizes),
        of_cell,
        all(size == 1 for size in sizes),
        _takes(step),
        known,
        known[of_cell] if cells else known,
        bool(known.all()),
        _weights(step, partners),
        _caps(step, partners),
        _pots(step),
    )


def sums(rows: Floats, starts: Whole) -> Floats:
    """The sums of rows that follow one another; BLAS and `reduceat` are slower over few rows."""
    found = np.empty((len(starts), rows.shape[1]))
    ends = [*starts[1:], len(rows)]
    for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
        np.add.reduce(rows[start:end], axis=0, out=found[n])
    return found


def rows_of(cells: Sequence[int]) -> slice | Whole:
    """A view where the rows follow one another; otherwise each by its number."""
    if cells and list(cells) == list(range(cells[0], cells[0] + len(cells))):
        return slice(cells[0], cells[0] + len(cells))
    return np.array(cells, dtype=np.intp)


def _starts(sizes: Sequence[int]) -> Whole:
    return np.concatenate([[0], np.cumsum(sizes[:-1])]).astype(np.intp) if sizes else _none()


def _none() -> Whole:
    return np.zeros(0, dtype=np.intp)


def _takes(step: RiskStep) -> Floats | None:
    if all(group.takes is None for group in step.groups):
        return None
    widths = [np.inf if g.takes is None else g.takes for g in step.groups]
    return np.array(widths, dtype=np.float64)[:, None]


def _weights(step: RiskStep, partners: Sequence[str]) -> Floats:
    """Each partner's part of each cell; nothing where the group is not known or not shared."""
    found = np.zeros((len(partners), sum(len(g.items) for g in step.groups)))
    column = 0
    for group in step.groups:
        for n in range(len(group.items)):
            if group.rows and not group.unknown:
                total = sum(group.rows[n])
                for who, weight in zip(group.who, group.rows[n], strict=True):
                    found[partners.index(who), column] = weight / total
            column += 1
    return found


def _caps(step: RiskStep, partners: Sequence[str]) -> tuple[Caps, ...]:
    if step.destination is not Destination.PARTNERS:
        return ()
    weights = _weights(step, partners)
    order = [i for group in step.groups for i in group.items]
    sizes = [len(group.items) for group in step.groups]
    places = np.split(np.arange(sum(sizes)), np.cumsum(sizes)[:-1]) if sizes else []
    found = []
    for partner, name in enumerate(partners):
        mine = [c for c in step.capped if name in c.caps]
        if mine:
            parts = [np.concatenate([places[g] for g in c.groups]) for c in mine]
            cells = np.concatenate(parts)
            lengths = [len(p) for p in parts]
            most = np.array([c.caps[name] for c in mine], dtype=np.float64)[:, None]
            found.append(
                Caps(
                    partner, rows_of(list(cells)), weights[partner, cells][:, None], most,
                    _starts(lengths), np.repeat(np.arange(len(mine)), lengths),
                    all(n == 1 for n in lengths), rows_of([order[c] for c in cells]),
                )
            )  # fmt: skip
    return tuple(found)


def _pots(step: RiskStep) -> tuple[ReadyPot, ...]:
    found = []
    for pot in step.pots:
        for where, items in pot.parts.items():
            groups = [
                n for n, g in enumerate(step.groups) if g.compartment == where and not g.unknown
            ]
            if groups:
                found.append(ReadyPot(pot.name, (pot.name, where), rows_of(groups), rows_of(items)))
    return tuple(found)
