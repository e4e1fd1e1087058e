"""Weights, widths and caps of one group of a rule, in pence; or what is missing for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concord.domain.funds.risk_rules import (
    AsAgreed,
    ByContributions,
    ByRatio,
    Falls,
    Part,
    RiskRule,
)
from concord.domain.funds.risk_share.facts import LineVariance, Recorded
from concord.domain.funds.risk_share.setting import Setting
from concord.domain.language.values import NotStated, Share
from concord.domain.money import part

Weights = Mapping[str, int]


class Missing(Exception):
    """A group cannot be shared because something is not stated; the words say what."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The lines of a rule in one group and the budget version that each fund's variances cite."""

    setting: Setting
    lines: tuple[str, ...]
    cited: Mapping[str, int]

    def version(self, line: str, basis: AsAgreed = AsAgreed.LAST) -> int:
        fund = self.setting.fund(line)
        versions = self.setting.versions(fund.id) if fund else {}
        if fund is None or not versions:
            raise Missing(f"no budget of {line} is stated for {self.setting.year}")
        if basis is AsAgreed.FIRST:
            return min(versions)
        return self.cited.get(fund.id, max(versions))

    def budget(self) -> int:
        """The budget of these lines, in pence."""
        found = {line: self.setting.budget(line, self.version(line)) for line in self.lines}
        for line, amount in found.items():
            if isinstance(amount, NotStated):
                raise Missing(f"the budget of {self.setting.line(line).label} is not stated")
        return sum(a for a in found.values() if isinstance(a, int))

    def contributions(self, basis: AsAgreed = AsAgreed.LAST) -> dict[str, int]:
        """What each partner contributes to these lines, in pence."""
        found: dict[str, int] = {}
        for line in self.lines:
            cells = self.setting.contributions(line, self.version(line, basis))
            if isinstance(cells, NotStated) or any(
                isinstance(c, NotStated) for c in cells.values()
            ):
                label = self.setting.line(line).label
                raise Missing(f"what each partner contributes to {label} is not stated")
            for who, amount in cells.items():
                found[who] = found.get(who, 0) + (amount if isinstance(amount, int) else 0)
        return found

    def commissioned(self) -> dict[str, int]:
        """The budgets that each partner leads among these lines, in pence."""
        found: dict[str, int] = {}
        for line in self.lines:
            lead = self.setting.lead(line)
            if isinstance(lead, NotStated):
                raise Missing(f"who leads {self.setting.line(line).label} is not stated")
            alone = Pool(self.setting, (line,), self.cited)
            found[lead] = found.get(lead, 0) + alone.budget()
        return found


def cited_by(setting: Setting, variances: Sequence[LineVariance]) -> dict[str, int]:
    """The budget version that the variances of each fund are measured from; one for each."""
    found: dict[str, int] = {}
    for variance in variances:
        fund = setting.fund(variance.line)
        if fund is None:
            continue
        if found.setdefault(fund.id, variance.version) != variance.version:
            raise Missing(f"the variances of {fund.label} are measured from different versions")
    return found


def weights_of(
    rule: RiskRule, pool: Pool, variances: Sequence[LineVariance], recorded: Recorded | None
) -> list[Weights]:
    """Each variance's weights by partner, in the order of the variances."""
    falls = rule.falls_to
    if isinstance(falls, Falls) and falls in _BY_VARIANCE:
        return [_by_variance(falls, pool.setting, v) for v in variances]
    match falls:
        case ByRatio():
            weights = _known(pool.setting, falls.ratio, "the ratio")
        case ByContributions():
            weights = _contributed(falls, pool)
        case Falls.COMMISSIONED:
            weights = pool.commissioned()
        case Falls.AS_DECIDED:
            shares = recorded.shares if recorded else {}
            if not shares:
                return []  # nothing is decided, so there is nothing to share by
            weights = {pool.setting.now(who): share for who, share in shares.items()}
        case _:
            return []
    if not any(weights.values()):
        raise Missing("every weight is nil, so nobody would bear anything")
    return [weights] * len(variances)


_BY_VARIANCE = (Falls.LEAD, Falls.HOST, Falls.AT_FAULT, Falls.LINE_SHARE)


def _by_variance(falls: Falls, setting: Setting, variance: LineVariance) -> Weights:
    label = setting.line(variance.line).label
    if falls is Falls.LINE_SHARE:
        return _known(setting, setting.line(variance.line).ratio, f"the agreed share of {label}")
    if falls is Falls.AT_FAULT:
        if variance.at_fault is None:
            raise Missing(f"no evidence shows which partner caused the variance on {label}")
        return {setting.now(variance.at_fault): 1}
    who = setting.lead(variance.line) if falls is Falls.LEAD else setting.host(variance.line)
    if isinstance(who, NotStated):
        what = "who leads" if falls is Falls.LEAD else "who hosts the fund of"
        raise Missing(f"{what} {label} is not stated")
    return {who: 1}


def _known(
    setting: Setting, ratio: Mapping[str, int | NotStated] | NotStated | None, what: str
) -> Weights:
    if ratio is None or isinstance(ratio, NotStated):
        raise Missing(f"{what} is not stated")
    found: dict[str, int] = {}
    for name, weight in ratio.items():
        if isinstance(weight, NotStated):
            raise Missing(f"{what} does not state the part of {name}")
        found[setting.now(name)] = found.get(setting.now(name), 0) + weight
    return found


def _contributed(falls: ByContributions, pool: Pool) -> Weights:
    if isinstance(falls.contributions, NotStated):
        raise Missing("by which version of the contributions is not stated")
    if isinstance(falls.among, NotStated):
        raise Missing("among which partners is not stated")
    weights = pool.contributions(falls.contributions)
    among = {pool.setting.now(name) for name in falls.among or weights}
    return {who: weight for who, weight in weights.items() if who in among}


def width(rule: RiskRule, pool: Pool) -> int | None:
    """How much a rule takes of a group at most, in pence; None is all."""
    if rule.takes is None:
        return None
    return _pence(rule.takes, pool, "how much the rule takes")


def caps_of(rule: RiskRule, pool: Pool, who: Sequence[str]) -> dict[str, int]:
    """Each partner's cap in pence; a partner without one is left out."""
    if rule.cap is None:
        return {}
    by_name = rule.cap if isinstance(rule.cap, Mapping) else dict.fromkeys(who, rule.cap)
    found: dict[str, int] = {}
    for name, cap in by_name.items():
        partner = pool.setting.now(name)
        if partner not in who:
            continue
        if isinstance(cap, Share) and cap.of == "contribution":
            amount = part(cap.fraction, pool.contributions().get(partner, 0))
        else:
            amount = _pence(cap, pool, f"the cap of {partner}")
        found[partner] = found.get(partner, 0) + amount
    return found


def _pence(value: Part, pool: Pool, what: str) -> int:
    if isinstance(value, NotStated):
        raise Missing(f"{what} is not stated")
    return part(value.fraction, pool.budget()) if isinstance(value, Share) else value
