"""What a risk share is asked about: variances, what was decided, what reserves hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from concord.domain.agreements.matter import Facts
from concord.domain.funds.risk_rules import Cause

NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class LineVariance:
    """By how many pence a line is over (positive) or under the budget version it is measured from.

    `at_fault` is the partner that evidence shows to have caused it; `approved_by` names the posts
    that approved it before the money was spent.
    """

    line: str
    amount: int
    version: int
    cause: Cause = Cause.OTHER
    at_fault: str | None = None
    approved_by: frozenset[str] = frozenset()
    forecast: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What is recorded of the decision that a rule asks for.

    `amount` is in pence, without a sign; None is as much as the rule would take. `shares` say how
    it is shared, also without a sign, where the rule leaves that to the decision.
    """

    facts: Facts
    amount: int | None = None
    shares: Mapping[str, int] = field(default_factory=lambda: NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A year's variances, with what was decided on each rule by its label.

    `reserves` are balances in pence where they differ from the opening the text states;
    `uncommitted` is what is not yet committed, by line.
    """

    year: str
    variances: tuple[LineVariance, ...]
    recorded: Mapping[str, Recorded] = field(default_factory=lambda: MappingProxyType({}))
    reserves: Mapping[str, int] = field(default_factory=lambda: NONE)
    uncommitted: Mapping[str, int] = field(default_factory=lambda: NONE)
