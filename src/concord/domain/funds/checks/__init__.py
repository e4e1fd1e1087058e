"""Every check of a fund text, family by family (docs/fund-language.md, section 5)."""

from __future__ import annotations

from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.findings import Finding
from concord.domain.funds.checks.accounting import accounting_findings
from concord.domain.funds.checks.footing import footing_findings
from concord.domain.funds.checks.lines import line_findings
from concord.domain.funds.checks.parties import party_findings
from concord.domain.funds.checks.risk_order import order_findings
from concord.domain.funds.checks.risk_reach import reach_findings
from concord.domain.funds.checks.risk_rules import rule_findings
from concord.domain.funds.checks.sharing import sharing_findings
from concord.domain.funds.fund import FundText

FAMILIES = (
    party_findings,
    line_findings,
    footing_findings,
    sharing_findings,
    accounting_findings,
    rule_findings,
    order_findings,
    reach_findings,
)


def all_checks(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of a fund text beside its arrangement."""
    for family in FAMILIES:
        yield from family(text, arrangement)
