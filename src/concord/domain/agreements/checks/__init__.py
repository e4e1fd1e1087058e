"""Every check of an arrangement, family by family (docs/language.md, section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.agreements import agreement_findings
from concord.domain.agreements.checks.call_ins import call_in_findings
from concord.domain.agreements.checks.clocks import clock_findings
from concord.domain.agreements.checks.dates import date_findings
from concord.domain.agreements.checks.deciding import deciding_findings
from concord.domain.agreements.checks.delegations import delegation_findings
from concord.domain.agreements.checks.givers import giver_findings
from concord.domain.agreements.checks.ladders import ladder_findings
from concord.domain.agreements.checks.leads import lead_findings
from concord.domain.agreements.checks.seats import seat_findings
from concord.domain.agreements.checks.today import today_findings
from concord.domain.findings import Finding

FAMILIES = (
    date_findings,
    seat_findings,
    deciding_findings,
    delegation_findings,
    giver_findings,
    lead_findings,
    agreement_findings,
    ladder_findings,
    clock_findings,
    call_in_findings,
)


def all_checks(arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding that holds whatever the day; those of a day are `findings_on`."""
    for family in FAMILIES:
        yield from family(arrangement)


def findings_on(arrangement: Arrangement, on: date) -> tuple[Finding, ...]:
    """What a reader has to know on that day: what ends soon, was not renewed, or has run out."""
    found = dict.fromkeys(today_findings(arrangement, on))
    return tuple(sorted(found, key=lambda f: (f.line, f.id)))
