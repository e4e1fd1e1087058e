"""Findings on what the rules together do not reach: the residue that no last rule owns."""

from __future__ import annotations

from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import slight
from concord.domain.findings import Finding
from concord.domain.funds.checks.risk_order import lines_of, setting_of, takes_all
from concord.domain.funds.fund import FundText
from concord.domain.funds.names import rules_of
from concord.domain.funds.risk_rules import On, RiskRule, Which

_SIGNS = (On.OVERSPEND, On.UNDERSPEND)


def reach_findings(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    """Lines inside the section 75 whose variance may be left with no rule to take it."""
    rules = rules_of(text)
    if not rules:
        return
    setting = setting_of(text, arrangement)
    inside = [name for name in text.lines if setting.inside(name)]
    for sign in _SIGNS:
        last = [r for r in rules if r.on in (sign, On.EITHER) and takes_all(r) and not _some(r)]
        taken = frozenset[str]().union(*(lines_of(setting, r) for r in last))
        bare = [n for n in inside if n not in taken]
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
