"""A risk share made ready: every rule over its groups, with weights, widths and caps in pence.

A plan holds no amount of any variance, so that one plan serves the outturn and every simulated one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from concord.domain.findings import Verdict
from concord.domain.funds.risk_rules import On, RiskRule
from concord.domain.funds.risk_share.facts import LineVariance
from concord.domain.funds.risk_share.setting import Compartment, Setting


class Leave(StrEnum):
    """Whether a rule may be applied: it asks nobody or was agreed, or what follows instead."""

    GIVEN = "given"
    PASSES = "passes on"
    WAITS = "waits"
    NOT_STATED = "not stated"


class Destination(StrEnum):
    """Where a rule puts what it takes."""

    PARTNERS = "partners"
    OFFSET = "offset"
    RESERVE = "reserve"
    UNCOMMITTED = "uncommitted"
    NO_ONE = "no one"


@dataclass(frozen=True, slots=True)
class NetGroup:
    """Variances that one rule adds up, by their places in the plan.

    `takes` is a width in pence, None for all. `who` are the partners in the agreement's order and
    `rows` their weights for each variance. `unknown` says what is missing, and is empty if nothing.
    """

    name: str
    items: tuple[int, ...]
    compartment: Compartment
    takes: int | None = None
    who: tuple[str, ...] = ()
    rows: tuple[tuple[int, ...], ...] = ()
    unknown: str = ""

    @property
    def alike(self) -> bool:
        """Whether every variance here is shared by the same weights."""
        return len(set(self.rows)) <= 1


@dataclass(frozen=True, slots=True)
class Capped:
    """Groups over which one cap counts, and each partner's cap in pence."""

    groups: tuple[int, ...]
    caps: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Pot:
    """One place to draw from in turn: what of it lies in each compartment."""

    name: str
    parts: Mapping[Compartment, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class RiskStep:
    """One rule with its groups. `limit` is the amount decided, None where nobody decided one."""

    rule: RiskRule
    on: On
    groups: tuple[NetGroup, ...]
    leave: Leave
    verdict: Verdict
    destination: Destination
    limit: int | None = None
    capped: tuple[Capped, ...] = ()
    pots: tuple[Pot, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class RiskPlan:
    """Every rule in force, in order, over these variances.

    `outside` are variances outside the section 75 that no rule reaches; `silent` those of which
    the text states no rule at all.
    """

    setting: Setting
    variances: tuple[LineVariance, ...]
    steps: tuple[RiskStep, ...]
    outside: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()
    reserves: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    uncommitted: Mapping[tuple[str, Compartment], int] = field(
        default_factory=lambda: MappingProxyType({})
    )
