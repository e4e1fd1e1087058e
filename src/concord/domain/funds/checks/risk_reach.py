"""Findings on what the rules together do not reach: the residue that no last rule owns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import slight
from concord.domain.findings import Finding
from concord.domain.funds.checks.risk_order import takes_all
from concord.domain.funds.fund import FundText
from concord.domain.funds.names import rules_of
from concord.domain.funds.risk_rules import On, RiskRule, Which
from concord.domain.funds.risk_share.picking import names_line
from concord.domain.funds.risk_share.setting import Setting

_SIGNS = (On.OVERSPEND, On.UNDERSPEND)


def reach_findings(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    """Lines inside the section 75 whose variance may be left with no rule to take it."""
    rules = rules_of(text)
    if not rules:
        return
    setting = Setting(arrangement, text, "", _a_day(text))
    inside = [name for name in text.lines if setting.inside(name)]
    for sign in _SIGNS:
        last = [r for r in rules if r.on in (sign, On.EITHER) and takes_all(r) and not _some(r)]
        bare = [n for n in inside if not any(names_line(setting, r, n) for r in last)]
        if bare:
            which = "every line" if len(bare) == len(inside) else ", ".join(bare)
            says = f"no last rule takes what is left of an {sign} on {which}"
            remedy = 'Add a last rule, if only falls_to = "no one", with its clause.'
            yield slight("risk.residue", rules[-1], says, remedy)


def _some(rule: RiskRule) -> bool:
    """Whether the rule is about some variances of a line and not about others."""
    of = rule.of
    if not isinstance(of, Which):
        return of is not None
    return of.causes is not None or of.approved_beforehand_by is not None


def _a_day(text: FundText) -> date:
    """The end of the last year that has a budget: names are read as of then."""
    return max((b.last_day for b in text.budgets if b.last_day), default=date.min)
