"""Findings on a place's own clocks: looser than the law, or not stated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.timetables import local_rules
from concord.domain.clocks import local_rule_findings
from concord.domain.clocks.facts import LocalRule
from concord.domain.findings import Finding
from concord.domain.places.organisations import OrganisationKind


def clock_findings(arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `clock.`, each clock against the law of its own days."""
    days = dict.fromkeys(r.ends or r.starts or date.max for r in local_rules(arrangement, date.max))
    for day in days:
        rules = [
            r for r in local_rules(arrangement, day) if (r.ends or r.starts or date.max) == day
        ]
        yield from local_rule_findings(r for r in rules if _known(r))


def _known(rule: LocalRule) -> bool:
    """Whether the text says whose law the clock stands beside."""
    return rule.organisation_kind in {str(kind) for kind in OrganisationKind}
