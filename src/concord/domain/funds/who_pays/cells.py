"""Merges variances that no rule of a plan tells apart, so that fewer need to be carried.

Two variances are one cell when every rule either leaves both alone or adds them up in one group of
nothing else and shares them by the same weights, and no offset looks at either by itself. Their sum
is then all that any rule sees, and the answer is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from concord.domain.funds.risk_share.plan import Capped, NetGroup, Pot, RiskPlan, RiskStep


@dataclass(frozen=True, slots=True)
class Merged:
    """A plan over cells, and the cell each variance belongs to."""

    plan: RiskPlan
    cell: tuple[int, ...]

    @property
    def count(self) -> int:
        return max(self.cell, default=-1) + 1


def merged(plan: RiskPlan) -> Merged:
    """The same plan over as few cells as its rules tell apart."""
    cell = _classes(plan)
    first = {c: i for i, c in reversed(tuple(enumerate(cell)))}
    variances = tuple(plan.variances[first[c]] for c in range(len(first)))
    steps = tuple(_over_cells(step, cell) for step in plan.steps)
    return Merged(
        replace(
            plan,
            variances=variances,
            steps=steps,
            outside=_cells(plan.outside, cell),
            silent=_cells(plan.silent, cell),
        ),
        cell,
    )


def _classes(plan: RiskPlan) -> tuple[int, ...]:
    """The cell of each variance."""
    keys: list[object] = [_seen(plan, i) for i in range(len(plan.variances))]
    while True:
        mixed = {
            i
            for step in plan.steps
            for group in step.groups
            if len({keys[i] for i in group.items}) > 1
            for i in group.items
        }
        # Beside another cell in a group, the signs inside a cell bear on how the group is netted.
        split = {i for i, key in enumerate(keys) if key in {keys[m] for m in mixed}}
        if all(keys[i] == ("alone", i) for i in split):
            break
        for i in split:
            keys[i] = ("alone", i)
    marks: dict[object, int] = {}
    for i in sorted(range(len(keys)), key=lambda i: _place(plan, i)):
        marks.setdefault(keys[i], len(marks))
    return tuple(marks[key] for key in keys)


def _place(plan: RiskPlan, i: int) -> tuple[str, ...]:
    """Cells of one compartment and fund lie side by side, so that a rule reads them as one view."""
    line = plan.variances[i].line
    where = plan.setting.compartment(line)
    return where.agreement, str(where.inside), where.apart, str(plan.setting.line(line).fund)


def _seen(plan: RiskPlan, i: int) -> object:
    """All that the rules can see of a variance beside its amount."""
    seen: list[object] = [_fate(plan, i)]
    for step in plan.steps:
        for number, group in enumerate(step.groups):
            if i in group.items:
                rows = dict(zip(group.items, group.rows, strict=True)) if group.rows else {}
                seen.append((id(step), number, rows.get(i)))
        if any(i in part for pot in step.pots for part in pot.parts.values()):
            seen.append(("alone", i))  # an offset takes the underspends one by one
    return tuple(seen)


def _fate(plan: RiskPlan, i: int) -> object:
    """Where a variance lies when no rule has it: under its lead, not stated, or with no one."""
    if i in plan.outside:
        return ("outside", str(plan.setting.lead(plan.variances[i].line)))
    return "silent" if i in plan.silent else ""


def _cells(items: tuple[int, ...], cell: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({cell[i] for i in items}))


def _over_cells(step: RiskStep, cell: tuple[int, ...]) -> RiskStep:
    groups = []
    for group in step.groups:
        rows = dict(zip((cell[i] for i in group.items), group.rows, strict=False))
        items = _cells(group.items, cell)
        groups.append(_group(group, items, tuple(rows[i] for i in items) if group.rows else ()))
    order = sorted(range(len(groups)), key=lambda n: groups[n].items)
    now = {old: new for new, old in enumerate(order)}
    capped = tuple(Capped(tuple(sorted(now[n] for n in c.groups)), c.caps) for c in step.capped)
    pots = tuple(
        Pot(pot.name, {where: _cells(part, cell) for where, part in pot.parts.items()})
        for pot in step.pots
    )
    return replace(
        step, groups=tuple(groups[n] for n in order), capped=_in_order(capped), pots=pots
    )


def _in_order(capped: tuple[Capped, ...]) -> tuple[Capped, ...]:
    return tuple(sorted(capped, key=lambda c: c.groups))


def _group(group: NetGroup, items: tuple[int, ...], rows: tuple[tuple[int, ...], ...]) -> NetGroup:
    return replace(group, items=items, rows=rows)
