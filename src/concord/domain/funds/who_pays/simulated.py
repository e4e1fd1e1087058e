"""Reads the rules of a plan over many drawn outturns at once: 5.2 again, in floats and unrounded.

The plan is the one that the exact reading uses; a property test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from concord.domain.funds.risk_rules import On
from concord.domain.funds.risk_share.plan import Destination, Leave, RiskPlan
from concord.domain.funds.who_pays.cells import merged
from concord.domain.funds.who_pays.ready import NEAR, Caps, Ready, made_ready, rows_of, sums
from concord.domain.language.values import NotStated

Floats = NDArray[np.float64]
Rows = slice | NDArray[np.intp]


class Simulated:
    """One plan made ready for arrays: `bills` turns drawn variances into everyone's bill."""

    def __init__(self, plan: RiskPlan) -> None:
        small = merged(plan)
        self.plan = small.plan
        self.cells = small.count
        self._rows = [
            rows_of([i for i, c in enumerate(small.cell) if c == cell])
            for cell in range(small.count)
        ]
        alone = small.count == len(small.cell)
        self._order = np.argsort(small.cell) if alone else None
        self.partners = _partners(small.plan)
        self.names = (
            *self.partners,
            *_pots(small.plan, Destination.RESERVE, "reserve"),
            *_pots(small.plan, Destination.UNCOMMITTED, "cut"),
            *(f"outside {w}" for w in _leads(small.plan)),
            "waiting",
            "no one",
            "not stated",
        )
        self.row = {name: n for n, name in enumerate(self.names)}
        self.steps: list[Ready] = [made_ready(s, self.partners) for s in small.plan.steps]
        self.caps = tuple(
            (ready.step.rule.label, self.partners[cap.partner])
            for ready in self.steps
            for cap in ready.caps
        )

    def merge(self, drawn: Floats, out: Floats) -> None:
        """Adds drawn variances (one row each, in pence) up into cells."""
        if self._order is not None:
            np.take(drawn, self._order, axis=0, out=out, mode="clip")
            return
        for cell, rows in enumerate(self._rows):
            np.add.reduce(drawn[rows], axis=0, out=out[cell])

    def bills(self, left: Floats, out: Floats) -> NDArray[np.int64]:
        """Everyone's bill in pence, one row for each of `names`, from cells that are used up.

        Answers, for each of `caps`, in how many draws it stopped somebody.
        """
        out[:] = 0
        run = _Run(self, left, out)
        reached = [run.read(ready) for ready in self.steps]
        run.rest()
        return np.array([count for counts in reached for count in counts], dtype=np.int64)


def _partners(plan: RiskPlan) -> tuple[str, ...]:
    agreements = plan.setting.arrangement.agreements
    parties = [p for name in agreements for p in plan.setting.parties(name)]
    named = [w for step in plan.steps for group in step.groups for w in group.who]
    return tuple(dict.fromkeys([*parties, *named]))


def _pots(plan: RiskPlan, destination: Destination, what: str) -> list[str]:
    """The reserves or funds that some rule draws on."""
    steps = (s for s in plan.steps if s.destination is destination)
    return list(dict.fromkeys(f"{what} {pot.name}" for step in steps for pot in step.pots))


def _leads(plan: RiskPlan) -> dict[str, list[int]]:
    """The cells outside that no rule reaches, by who leads them."""
    found: dict[str, list[int]] = {}
    for i in plan.outside:
        lead = plan.setting.lead(plan.variances[i].line)
        found.setdefault("not stated" if isinstance(lead, NotStated) else lead, []).append(i)
    return found


@dataclass(slots=True, eq=False)
class _Run:
    """One reading over one block: what each cell has left, and what pots still hold."""

    of: Simulated
    left: Floats
    out: Floats
    reserves: dict[str, Floats | float] = field(default_factory=dict)
    uncommitted: dict[object, Floats | float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reserves = {name: float(v) for name, v in self.of.plan.reserves.items()}
        self.uncommitted = {key: float(v) for key, v in self.of.plan.uncommitted.items()}

    def read(self, ready: Ready) -> list[int]:
        """One rule; in how many draws each of its caps stopped somebody."""
        if not ready.groups or ready.step.leave is Leave.PASSES:
            return [0] * len(ready.caps)
        if ready.draws:
            over, under = ready.step.on is not On.UNDERSPEND, ready.step.on is not On.OVERSPEND
            for sign in [1] * over + [-1] * under:
                self._draw(ready, sign)
            return []
        net = self._opened(ready, 0)
        want = self._want(ready, net)
        taken = self._on_cells(ready, net, want)
        self._not_stated(ready, taken)
        self.left[ready.rows] -= taken
        return self._place(ready, taken)

    def _opened(self, ready: Ready, sign: int) -> Floats:
        """Each group's net, or nothing where the rule does not speak; cells netted where it does.

        A group of one cell has nothing to net, and its net is then a view of what is left.
        """
        on = On.OVERSPEND if sign > 0 else On.UNDERSPEND if sign < 0 else ready.step.on
        mine = self.left[ready.rows]
        if ready.single:
            return _only(on, mine)
        net = sums(mine, ready.starts)
        either = ready.step.on is On.EITHER
        net = _only(on, net if either else np.where(np.abs(net) <= NEAR, 0.0, net))
        self.left[ready.rows] = _netted(ready, mine, net, either and not sign)
        return net

    def _on_cells(self, ready: Ready, net: Floats, amount: Floats) -> Floats:
        """A part of each group's net, on its cells in proportion."""
        if ready.single:
            return amount.copy() if amount.base is not None else amount
        part = amount / np.where(net == 0, 1.0, net)
        found: Floats = self.left[ready.rows] * part[ready.of_cell]
        return found

    def _want(self, ready: Ready, net: Floats) -> Floats:
        want = net
        if ready.takes is not None:
            want = np.clip(net, -ready.takes, ready.takes)
        limit = ready.step.limit
        if limit is not None and not ready.draws and ready.step.leave is Leave.GIVEN:
            total = np.abs(want[ready.known]).sum(axis=0)
            factor = np.minimum(1.0, limit / np.maximum(total, NEAR))
            want = np.where(ready.known[:, None], want * factor, want)
        return want

    def _not_stated(self, ready: Ready, taken: Floats) -> None:
        if ready.step.leave is Leave.NOT_STATED:
            self.out[self.of.row["not stated"]] += taken.sum(axis=0)
        elif not ready.all_known:
            self.out[self.of.row["not stated"]] += taken[~ready.known_cells].sum(axis=0)

    def _place(self, ready: Ready, taken: Floats) -> list[int]:
        """Puts what is known where the rule puts it; how often each cap stopped somebody."""
        if ready.step.leave is Leave.NOT_STATED:
            return [0] * len(ready.caps)
        known = taken if ready.all_known else np.where(ready.known_cells[:, None], taken, 0.0)
        if ready.step.leave is Leave.WAITS:
            self.out[self.of.row["waiting"]] += known.sum(axis=0)
            return [0] * len(ready.caps)
        if ready.step.destination is Destination.NO_ONE:
            self.out[self.of.row["no one"]] += known.sum(axis=0)
            return []
        self.out[: len(self.of.partners)] += np.einsum("pc,cn->pn", ready.weights, known)
        return [self._stop(ready, cap, known) for cap in ready.caps]

    def _stop(self, ready: Ready, cap: Caps, taken: Floats) -> int:
        """Stops one partner at its caps, and puts what is over back on the cells it came from."""
        mine = taken[cap.rows] * cap.weights
        share = mine if cap.single else sums(mine, cap.starts)
        over = share - np.clip(share, -cap.most, cap.most)
        total = over.sum(axis=0)
        either = ready.step.on is On.EITHER
        reached = int(np.count_nonzero(over.any(axis=0) if either else total))
        if not reached:
            return 0
        given = over
        if not cap.single:
            sign = np.sign(over)[cap.of_cell]
            same = np.maximum(mine * sign, 0.0)
            whole = sums(same, cap.starts)
            given = same * (over / np.maximum(whole, NEAR))[cap.of_cell]
        self.left[cap.cells] += given
        self.out[cap.partner] -= total
        return reached

    def _draw(self, ready: Ready, sign: int) -> None:
        """From each pot in turn, in proportion to what each group needs."""
        net = self._opened(ready, sign)
        want = self._want(ready, net)
        if not ready.all_known or ready.step.leave is Leave.NOT_STATED:
            want, net = self._known_only(ready, want, net)
        if ready.step.leave is Leave.NOT_STATED:
            return
        rest: Floats | float | None = ready.step.limit
        kept = want.copy()
        for pot in ready.pots:
            wanted = np.abs(kept[pot.groups].sum(axis=0))
            used, name = self._use(ready, pot.name, pot.items, pot.key, sign, wanted, rest)
            if used is None:
                continue
            rest = None if rest is None else rest - used
            kept[pot.groups] *= 1.0 - used / np.maximum(wanted, NEAR)
            self._book(ready, name, sign * used)
        self.left[ready.rows] -= self._on_cells(ready, net, want - kept)

    def _known_only(self, ready: Ready, want: Floats, net: Floats) -> tuple[Floats, Floats]:
        """Takes off what is not stated; what of each group may be drawn for, and what it has."""
        taken = self._on_cells(ready, net, want)
        self._not_stated(ready, taken)
        every = ready.step.leave is Leave.NOT_STATED
        stuck = taken if every else np.where(ready.known_cells[:, None], 0.0, taken)
        self.left[ready.rows] -= stuck
        return np.where(ready.known[:, None], want, 0.0), net

    def _use(
        self, ready: Ready, name: str, items: Rows, key: object, sign: int,
        wanted: Floats, rest: Floats | float | None,
    ) -> tuple[Floats | None, str]:  # fmt: skip
        """How much a pot gives, taken out of it; and where that is booked."""
        match ready.step.destination:
            case Destination.OFFSET:
                left = self.left[items]
                against = np.minimum(left, 0.0) if sign > 0 else np.maximum(left, 0.0)
                most = np.abs(against.sum(axis=0))
                used = _least(wanted, most, rest)
                against *= used / np.maximum(most, NEAR)
                self.left[items] -= against
                return used, ""
            case Destination.RESERVE:
                holds = self.reserves.get(name, 0.0)
                used = _least(wanted, np.maximum(holds, 0.0) if sign > 0 else None, rest)
                self.reserves[name] = holds - sign * used
                return used, f"reserve {name}"
        if sign < 0:
            return None, ""
        holds = self.uncommitted.get(key, 0.0)
        used = _least(wanted, holds, rest)
        self.uncommitted[key] = holds - used
        return used, f"cut {name}"

    def _book(self, ready: Ready, name: str, amount: Floats) -> None:
        if name:
            waits = ready.step.leave is Leave.WAITS
            self.out[self.of.row["waiting" if waits else name]] += amount

    def rest(self) -> None:
        """What no rule has taken: outside, not stated, or with no one."""
        plan, counted = self.of.plan, set()
        for lead, cells in _leads(plan).items():
            self.out[self.of.row[f"outside {lead}"]] += self.left[cells].sum(axis=0)
            counted |= set(cells)
        if plan.silent:
            self.out[self.of.row["not stated"]] += self.left[list(plan.silent)].sum(axis=0)
        others = [i for i in range(self.of.cells) if i not in counted | set(plan.silent)]
        self.out[self.of.row["no one"]] += self.left[others].sum(axis=0)


def _only(on: On, net: Floats) -> Floats:
    if on is On.EITHER:
        return net
    return np.maximum(net, 0.0) if on is On.OVERSPEND else np.minimum(net, 0.0)


def _least(wanted: Floats, most: Floats | float | None, rest: Floats | float | None) -> Floats:
    used = wanted if most is None else np.minimum(wanted, most)
    return used if rest is None else np.minimum(used, rest)


def _netted(ready: Ready, mine: Floats, net: Floats, always: bool) -> Floats:
    """Opposite signs cancel where the rule speaks; what remains lies in proportion."""
    of = ready.of_cell
    sign = np.sign(net)
    same = np.maximum(mine * sign[of], 0.0)
    whole = sums(same, ready.starts)
    kept = same * (net / np.maximum(whole, NEAR))[of]
    return kept if always else np.where((sign != 0)[of], kept, mine)
