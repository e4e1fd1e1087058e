"""Every check of a matter and its report, family by family (docs/matters.md)."""

from __future__ import annotations

from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.checks.amounts import amount_findings
from concord.domain.decisions.checks.blanks import blank_findings
from concord.domain.decisions.checks.completeness import completeness_findings
from concord.domain.decisions.checks.content import content_findings
from concord.domain.decisions.checks.days import day_findings
from concord.domain.decisions.checks.exemptions import exempt_findings
from concord.domain.decisions.checks.growth import growth_findings
from concord.domain.decisions.checks.laws import law_findings
from concord.domain.decisions.checks.names import name_findings
from concord.domain.decisions.checks.numbers import number_findings
from concord.domain.decisions.checks.promises import promise_findings
from concord.domain.decisions.checks.purposes import purpose_findings, report_missing
from concord.domain.decisions.checks.references import reference_findings
from concord.domain.decisions.checks.tables import table_findings
from concord.domain.decisions.checks.wording import wording_findings
from concord.domain.decisions.matter import MatterText
from concord.domain.findings import Finding

FAMILIES = (
    report_missing,
    blank_findings,
    completeness_findings,
    purpose_findings,
    reference_findings,
    number_findings,
    table_findings,
    law_findings,
    name_findings,
    day_findings,
    growth_findings,
    promise_findings,
    exempt_findings,
    amount_findings,
    wording_findings,
    content_findings,
)


def all_checks(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding on a matter's text beside its place's arrangement."""
    for family in FAMILIES:
        yield from family(text, arrangement)
