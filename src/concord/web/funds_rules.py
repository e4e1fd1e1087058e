"""The agreements a year's outturns are held against: the place's own, others', and common kinds.

Another place's rules are taken over partner by partner in the order of each agreement's parties;
a rule that names lines, funds or reserves of its own place cannot be, and is left out by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.funds.fund import FundText
from concord.domain.funds.risk_rules import (
    AsAgreed,
    ByContributions,
    ByRatio,
    Falls,
    Net,
    On,
    RiskRule,
    Which,
)
from concord.domain.language.values import NotStated, Share
from concord.records.models import PlaceSummary, TextVersion
from concord.records.models.agreements import FUND
from concord.web.funds_reading import OpenedFunds, read_fund_beside
from concord.web.funds_versions import with_kept_versions
from concord.web.places import read

_PLACES = 60  # whose rules one page reads
_ONE_PER_CENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One set of rules with its name; `example` where it is nobody's but Concord's."""

    key: str
    name: str
    text: FundText
    example: bool
    note: str = ""


def agreements(here: OpenedFunds, fund: str) -> dict[str, Agreement]:
    """Everything that can be tried on this fund, the place's own rules first."""
    text = with_kept_versions(here.it.name, here.text)
    found: dict[str, Agreement] = {}
    if isinstance(text.risk, tuple) and text.risk and not _silent(text.risk):
        found["own"] = Agreement("own", f"{here.it.frame.title}’s own rules", text, False)
    for key, name, rules in _kinds(parties_of(here.it.arrangement, text, fund)):
        found[key] = Agreement(key, name, replace(text, risk=rules), True)
    for one in _others(here, fund):
        found[one.key] = one
    return found


def _silent(rules: tuple[RiskRule, ...]) -> bool:
    """Whether a rule leaves out what it takes or where it falls: then it shares nothing."""
    return any(
        isinstance(rule.falls_to, NotStated)
        or (isinstance(rule.falls_to, ByRatio) and isinstance(rule.falls_to.ratio, NotStated))
        for rule in rules
    )


def parties_of(arrangement: Arrangement, text: FundText, fund: str) -> tuple[str, ...]:
    """The parties of the fund's agreement in their order, else whoever its budgets name."""
    row = text.funds.get(fund)
    of = row.agreement if row else None
    agreement = arrangement.agreements.get(of) if isinstance(of, str) else None
    if agreement is not None and isinstance(agreement.parties, tuple):
        return agreement.parties
    named = [
        partner
        for budget in text.budgets
        if budget.fund == fund
        for cells in budget.known_amounts.values()
        if isinstance(cells, Mapping)
        for partner in cells
    ]
    return tuple(dict.fromkeys(named))


def _rule(number: int, falls_to: Any, **more: Any) -> RiskRule:
    given = {"on": On.EITHER, "net": Net.FUND, **more}
    return RiskRule(path=("risk", number - 1), falls_to=falls_to, **given)


def _kinds(parties: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[RiskRule, ...]]]:
    """Common kinds of risk share, as Concord writes them."""
    by_contributions = ByContributions(contributions=AsAgreed.LAST)
    yield "contributions", "In proportion to contributions", (_rule(1, by_contributions),)
    if len(parties) > 1:
        yield "equal", "In equal parts", (_rule(1, ByRatio(ratio=dict.fromkeys(parties, 1))),)
    yield "lead", "To the lead of each line", (_rule(1, Falls.LEAD, net=Net.LINE),)
    if len(parties) > 1:
        first = parties[0]
        cap = {first: Share(_ONE_PER_CENT, "budget")}
        yield (
            "capped", "By contributions, the first party stopping at 1% of budget",
            (_rule(1, by_contributions, cap=cap), _rule(2, Falls.NO_ONE)),
        )  # fmt: skip


def _others(here: OpenedFunds, fund: str) -> Iterator[Agreement]:
    """Other places' own rules, in one question for their texts and one for what stands beside."""
    mine = parties_of(here.it.arrangement, here.text, fund)
    rows = list(
        PlaceSummary.objects.select_related("version").exclude(place=here.it.name)[:_PLACES]
    )
    texts: dict[str, TextVersion] = {}
    for version in TextVersion.objects.filter(
        kind=FUND, place__in=[row.place_id for row in rows]
    ).order_by("number"):
        texts[version.place_id] = version
    for row in rows:
        version = texts.get(row.place_id)
        arrangement = read(row.version.text).arrangement
        if version is None or arrangement is None:
            continue
        other = read_fund_beside(version.text, row.version.text)
        if other is None or not isinstance(other.risk, tuple) or _silent(other.risk):
            continue
        theirs = parties_of(arrangement, other, next(iter(other.funds), ""))
        names = dict(zip(theirs, mine, strict=False))
        carried = [_carried(rule, names) for rule in other.risk]
        kept = tuple(rule for rule in carried if rule is not None)
        if kept:
            lost = len(carried) - len(kept)
            note = (
                f"{lost} of its {len(carried)} rules name things of its own and are left out."
                if lost
                else ""
            )
            text = replace(here.text, risk=kept)
            yield Agreement(row.place_id, f"{row.title}’s rules", text, False, note)


def _carried(rule: RiskRule, names: Mapping[str, str]) -> RiskRule | None:
    """The rule with this place's partners, or None where it speaks of its own place's things."""
    of, falls, cap = rule.of, rule.falls_to, rule.cap
    if isinstance(of, Which) and any((of.funds, of.schemes, of.lines, of.funding, of.marks)):
        return None
    if isinstance(falls, ByRatio) and isinstance(falls.ratio, Mapping):
        if not set(falls.ratio) <= set(names):
            return None
        falls = replace(falls, ratio={names[p]: w for p, w in falls.ratio.items()})
    elif not isinstance(falls, Falls | ByContributions) or rule.provided:
        return None
    if isinstance(cap, Mapping):
        cap = {names[p]: c for p, c in cap.items() if p in names}
    return replace(rule, falls_to=falls, cap=cap)
