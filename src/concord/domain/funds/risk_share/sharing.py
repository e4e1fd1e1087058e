"""Shares what a rule takes between partners, stops each at its cap and gives back what is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from concord.domain.funds.allocation import Allocation, allocate, allocation
from concord.domain.funds.risk_share.plan import NetGroup, RiskStep
from concord.domain.funds.risk_share.result import Stopped, Working


@dataclass(slots=True, eq=False)
class Open:
    """A group that a rule is about, netted, and how much the rule would take, in pence."""

    group: NetGroup
    working: Working
    want: int
    closed: bool = False

    @property
    def signed(self) -> int:
        return -self.want if self.working.net < 0 else self.want


@dataclass(frozen=True, slots=True)
class Shared:
    """One group shared: what each partner bears and what each variance gave up, signed."""

    open: Open
    borne: Mapping[str, int]
    taken: tuple[int, ...]
    working: Working


def shared(
    step: RiskStep, opened: Sequence[Open], numbers: Mapping[int, int], left: Sequence[int]
) -> list[Shared]:
    """Every open group of a rule shared; a cap may count over several of them.

    `numbers` leads from a place among the open groups to the group's place in the rule.
    """
    taken = [_on_items(o, left) for o in opened]
    splits = [_split(o, t) for o, t in zip(opened, taken, strict=True)]
    overs = _overs(step, opened, numbers, splits)
    found = []
    for n, o in enumerate(opened):
        over = {who: amount for who, (amount, _) in overs[n].items()}
        shares = dict(zip(o.group.who, splits[n].shares, strict=True))
        back = _given_back(o.group, taken[n], over)
        sign = -1 if o.signed < 0 else 1
        stopped = tuple(Stopped(w, shares[w], cap, a) for w, (a, cap) in overs[n].items())
        found.append(
            Shared(
                o,
                {who: share - over.get(who, 0) for who, share in shares.items()},
                tuple(sign * (t - b) for t, b in zip(taken[n], back, strict=True)),
                replace(
                    o.working, taken=o.signed, who=o.group.who, split=splits[n], stopped=stopped
                ),
            )
        )
    return found


def _on_items(o: Open, left: Sequence[int]) -> tuple[int, ...]:
    """How much of what is taken lies on each variance, in proportion, without a sign."""
    if not o.want:
        return (0,) * len(o.group.items)
    return allocate(o.want, [abs(left[i]) for i in o.group.items])


def _split(o: Open, taken: Sequence[int]) -> Allocation:
    """The amount taken between the partners; the penny is rounded here, at the net level."""
    rows = o.group.rows
    if o.group.alike or not any(taken):
        return allocation(o.signed, rows[0])
    common = lcm(*(sum(row) for row in rows))
    return allocation(
        o.signed,
        [
            sum(t * row[w] * (common // sum(row)) for t, row in zip(taken, rows, strict=True))
            for w in range(len(o.group.who))
        ],
    )


Over = dict[str, tuple[int, int]]  # by partner: what is over, signed, and the cap


def _overs(
    step: RiskStep,
    opened: Sequence[Open],
    numbers: Mapping[int, int],
    splits: Sequence[Allocation],
) -> list[Over]:
    """By open group, what each partner's share is over its cap; of several, in proportion."""
    found: list[Over] = [{} for _ in opened]
    for capped in step.capped:
        here = [n for n in range(len(opened)) if numbers[n] in capped.groups]
        for who, cap in capped.caps.items():
            shares = [_share(opened[n], splits[n], who) for n in here]
            net = sum(shares)
            if abs(net) > cap:
                excess = abs(net) - cap if net > 0 else cap - abs(net)
                weights = [max(0, s if net > 0 else -s) for s in shares]
                for n, over in zip(here, allocate(excess, weights), strict=True):
                    if over:
                        found[n][who] = (over, cap)
    return found


def _share(o: Open, split: Allocation, who: str) -> int:
    return split.shares[o.group.who.index(who)] if who in o.group.who else 0


def _given_back(group: NetGroup, taken: Sequence[int], over: Mapping[str, int]) -> Sequence[int]:
    """What is over a cap, back on the variances it came from, without a sign."""
    total = sum(abs(amount) for amount in over.values())
    if not total:
        return [0] * len(taken)
    if group.alike:
        return allocate(total, taken)
    weights = [Fraction(0)] * len(taken)
    for who, amount in over.items():
        w = group.who.index(who)
        mine = [Fraction(t * row[w], sum(row)) for t, row in zip(taken, group.rows, strict=True)]
        whole = sum(mine)
        weights = [x + abs(amount) * m / whole for x, m in zip(weights, mine, strict=True)]
    common = lcm(*(x.denominator for x in weights))
    return allocate(total, [int(x * common) for x in weights])
