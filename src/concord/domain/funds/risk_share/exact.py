"""Reads the rules of a plan once, in order, over whole pence (docs/language.md, 5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from concord.domain.findings import Finding, Weight
from concord.domain.funds.allocation import allocate
from concord.domain.funds.risk_rules import On
from concord.domain.funds.risk_share.plan import Destination, Leave, NetGroup, RiskPlan, RiskStep
from concord.domain.funds.risk_share.result import Held, RiskResult, Working
from concord.domain.funds.risk_share.setting import Compartment
from concord.domain.funds.risk_share.sharing import Open, shared
from concord.domain.language.values import NotStated


def evaluated(plan: RiskPlan) -> RiskResult:
    """Who pays: every part of the answer, and the trail of how it was found."""
    run = _Run(plan, [v.amount for v in plan.variances])
    for step in plan.steps:
        run.read(step)
    return run.result()


def _sign(amount: int) -> int:
    return (amount > 0) - (amount < 0)


def is_on(on: On, net: int) -> bool:
    """Whether a rule is about a net of this sign; nothing at all is neither over nor under."""
    return on is On.EITHER or ((net > 0) is (on is On.OVERSPEND) and net != 0)


@dataclass(slots=True, eq=False)
class _Run:
    """One reading: what each variance has left, and what has been found so far."""

    plan: RiskPlan
    left: list[int]
    reserves: dict[str, int] = field(default_factory=dict)
    uncommitted: dict[tuple[str, Compartment], int] = field(default_factory=dict)
    borne: dict[str, int] = field(default_factory=dict)
    drawn: dict[str, int] = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)
    waiting: list[Held] = field(default_factory=list)
    not_stated: list[Held] = field(default_factory=list)
    trail: list[Working] = field(default_factory=list)
    no_one: int = 0
    met: int = 0

    def __post_init__(self) -> None:
        self.reserves = dict(self.plan.reserves)
        self.uncommitted = dict(self.plan.uncommitted)

    def read(self, step: RiskStep) -> None:
        """One rule: the signs of a pot one after the other, all else at once."""
        pots = step.destination in (
            Destination.OFFSET,
            Destination.RESERVE,
            Destination.UNCOMMITTED,
        )
        for signs in ((1,), (-1,)) if pots else ((1, -1, 0),):
            opened = [o for group in step.groups if (o := self._open(step, group, signs))]
            self._apply(step, [o for o in opened if not o.closed])

    def _open(self, step: RiskStep, group: NetGroup, signs: tuple[int, ...]) -> Open | None:
        """The group netted and measured, or None where the rule is not about it."""
        lefts = [self.left[i] for i in group.items]
        net = sum(lefts)
        if not any(lefts) or not is_on(step.on, net) or _sign(net) not in signs:
            return None
        found = tuple(
            (self.plan.variances[i].line, self.left[i]) for i in group.items if self.left[i]
        )
        cancelled = (sum(abs(x) for x in lefts) - abs(net)) // 2
        passes = step.leave is Leave.PASSES
        working = Working(
            step.rule, group.name, found, net, 0 if passes else cancelled, step.leave,
            step.destination, why=step.why, width=group.takes,
        )  # fmt: skip
        if passes:  # nothing is done under a rule that was not agreed, netting included
            self.trail.append(working)
            return Open(group, working, 0, closed=True)
        self._cancel(group, lefts, net)
        self.met += cancelled
        want = abs(net) if group.takes is None else min(abs(net), group.takes)
        if group.unknown or step.leave is Leave.NOT_STATED:
            why = group.unknown or step.why
            self._hold(self.not_stated, working, group, _sign(net) * want, why)
            return Open(group, working, 0, closed=True)
        return Open(group, working, want)

    def _cancel(self, group: NetGroup, lefts: Sequence[int], net: int) -> None:
        """Opposite signs cancel; what remains lies on the lines in proportion."""
        same = [abs(x) if _sign(x) == _sign(net) else 0 for x in lefts]
        after = allocate(net, same) if net else [0] * len(lefts)
        for i, amount in zip(group.items, after, strict=True):
            self.left[i] = amount

    def _reduce(self, items: Sequence[int], amount: int) -> None:
        """Takes a signed amount off variances of that sign, in proportion to what they have."""
        if amount:
            weights = [
                abs(self.left[i]) if _sign(self.left[i]) == _sign(amount) else 0 for i in items
            ]
            for i, part in zip(items, allocate(amount, weights), strict=True):
                self.left[i] -= part

    def _hold(
        self, where: list[Held], working: Working, group: NetGroup, amount: int, why: str
    ) -> None:
        self._reduce(group.items, amount)
        if amount:
            where.append(Held(working.rule.label, group.name, amount, why))
        leave = Leave.NOT_STATED if where is self.not_stated else Leave.WAITS
        self.trail.append(replace(working, taken=amount, why=why, leave=leave))

    def _apply(self, step: RiskStep, opened: list[Open]) -> None:
        if not opened:
            return
        if step.destination in (Destination.PARTNERS, Destination.NO_ONE):
            self._limit(step, opened)
        match step.destination:
            case Destination.PARTNERS | Destination.NO_ONE if step.leave is Leave.WAITS:
                for o in opened:
                    self._hold(self.waiting, o.working, o.group, o.signed, step.why)
            case Destination.PARTNERS:
                self._share(step, opened)
            case Destination.NO_ONE:
                for o in opened:
                    self._reduce(o.group.items, o.signed)
                    self.no_one += o.signed
                    self.trail.append(replace(o.working, taken=o.signed))
            case _:
                self._draw(step, opened)

    def _limit(self, step: RiskStep, opened: list[Open]) -> None:
        """No more than was decided, over all groups in proportion to what each would take."""
        wants = [o.want for o in opened]
        if step.limit is not None and sum(wants) > step.limit:
            for o, want in zip(opened, allocate(step.limit, wants), strict=True):
                o.want = want

    def _share(self, step: RiskStep, opened: list[Open]) -> None:
        numbers = {n: step.groups.index(o.group) for n, o in enumerate(opened)}
        for o in shared(step, opened, numbers, self.left):
            for who, amount in o.borne.items():
                self.borne[who] = self.borne.get(who, 0) + amount
            for i, taken in zip(o.open.group.items, o.taken, strict=True):
                self.left[i] -= taken
            self.trail.append(o.working)

    def _draw(self, step: RiskStep, opened: list[Open]) -> None:
        """From each pot in turn, compartment by compartment, in proportion to what each needs."""
        sign = _sign(opened[0].working.net)
        rest = step.limit
        drew: dict[int, list[tuple[str, int]]] = {n: [] for n in range(len(opened))}
        for pot in step.pots:
            for where in pot.parts:
                here = [n for n, o in enumerate(opened) if o.group.compartment == where]
                wants = [opened[n].want - sum(a for _, a in drew[n]) for n in here]
                most = self._available(step, pot.name, pot.parts[where], where, sign)
                bounds = (sum(wants), most, rest)
                used = min(b for b in bounds if b is not None)
                if used <= 0:
                    continue
                rest = None if rest is None else rest - used
                for n, amount in zip(here, allocate(used, wants), strict=True):
                    drew[n].append((pot.name, amount))
                self._use(step, pot.name, pot.parts[where], where, sign * used)
        for n, o in enumerate(opened):
            self._drawn(step, o, sign, tuple(drew[n]))

    def _drawn(self, step: RiskStep, o: Open, sign: int, drew: tuple[tuple[str, int], ...]) -> None:
        taken = sign * sum(amount for _, amount in drew)
        if step.leave is Leave.WAITS:
            self._hold(self.waiting, replace(o.working, drew=drew), o.group, taken, step.why)
            return
        self._reduce(o.group.items, taken)
        self.trail.append(replace(o.working, taken=taken, drew=drew))

    def _available(
        self, step: RiskStep, name: str, items: tuple[int, ...], where: Compartment, sign: int
    ) -> int | None:
        match step.destination:
            case Destination.OFFSET:
                return sum(abs(self.left[i]) for i in items if _sign(self.left[i]) == -sign)
            case Destination.RESERVE:
                return max(0, self.reserves.get(name, 0)) if sign > 0 else None
        return self.uncommitted.get((name, where), 0) if sign > 0 else 0

    def _use(
        self, step: RiskStep, name: str, items: tuple[int, ...], where: Compartment, used: int
    ) -> None:
        """Takes what was used out of the pot; where it waits, the pot's own side waits too."""
        waits = step.leave is Leave.WAITS
        match step.destination:
            case Destination.OFFSET:
                self._reduce(items, -used)
                if waits:
                    held = Held(step.rule.label, name, -used, "kept for a decision not yet made")
                    self.waiting.append(held)
                else:
                    self.met += abs(used)
            case Destination.RESERVE:
                self.reserves[name] = self.reserves.get(name, 0) - used
                if not waits:
                    self.drawn[name] = self.drawn.get(name, 0) + used
            case _:
                self.uncommitted[(name, where)] -= used
                if not waits:
                    self.cut[name] = self.cut.get(name, 0) + used

    def result(self) -> RiskResult:
        """What is left falls to no one, and is a finding."""
        plan = self.plan
        outside: dict[str, int] = {}
        for i in plan.outside:
            lead = plan.setting.lead(plan.variances[i].line)
            name = "not stated" if isinstance(lead, NotStated) else lead
            outside[name] = outside.get(name, 0) + self.left[i]
        for i in plan.silent:
            why = "the text does not state how an overspend or underspend is shared"
            line = plan.variances[i].line
            self.not_stated.append(Held("", plan.setting.line(line).label, self.left[i], why))
        counted = {*plan.outside, *plan.silent}
        rest = [i for i in range(len(self.left)) if i not in counted and self.left[i]]
        return RiskResult(
            sum(v.amount for v in plan.variances), self._by_partner(), self.drawn, self.cut,
            tuple(self.waiting), self.no_one + sum(self.left[i] for i in rest),
            tuple(self.not_stated), outside, self.met, tuple(self.trail),
            tuple(self._residue(i) for i in rest),
        )  # fmt: skip

    def _by_partner(self) -> dict[str, int]:
        """What each bears, in the order of the agreements."""
        setting = self.plan.setting
        agreements = setting.arrangement.agreements
        parties = [p for name in agreements for p in setting.parties(name)]
        return {w: self.borne[w] for w in dict.fromkeys([*parties, *self.borne]) if w in self.borne}

    def _residue(self, i: int) -> Finding:
        line = self.plan.setting.line(self.plan.variances[i].line)
        says = f"{line.label}: after the last rule a part of its variance falls to no one"
        remedy = "Add a last rule that says where the rest falls."
        return Finding("risk.residue", line.line, says, remedy, "fund.toml", Weight.SLIGHT)
