"""What the chain of authority is judged from: money that moved, budgets, decisions, the texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from concord.domain.agreements.arrangement import Agreement, Arrangement


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Money that moved: one transaction, or many alike of one day, told by the first of them.

    `effects` are the periods in which it has effect, `decisions` the references that it cites.
    `must_cite` says whether it is one of the deeds that move what somebody else decided on.
    """

    id: str
    deed: str
    on: date
    effects: tuple[int, ...]
    funds: tuple[str, ...]
    lines: tuple[str, ...]
    partners: tuple[str, ...]
    amount: int
    says: str = ""
    decisions: tuple[str, ...] = ()
    must_cite: bool = False
    takes_back: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetSet:
    """One version of a fund's budget; `approved` are the days on which the adopted fund text says
    each partner approved it, for versions that no decision of the register set."""

    fund: str
    year: str
    number: int
    on: date
    confirmed: bool
    changes: int
    lines: frozenset[str]
    partners: frozenset[str]
    decisions: tuple[str, ...] = ()
    approved: Mapping[str, date] = field(default_factory=dict)
    name: str = ""  # the fund in words

    @property
    def id(self) -> str:
        return f"{self.fund}/{self.year}/{self.number}"

    @property
    def label(self) -> str:
        return f"version {self.number} of the budget of {self.name or self.fund} for {self.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMade:
    """One organisation's decision. `states` is what it was at the end of each day asked about.

    `pence` is None where it names no amount; `together` are the halves of the same outcome.
    """

    reference: str
    organisation: str
    title: str
    maker: str
    made_on: date
    power: str
    functions: tuple[str, ...]
    funds: tuple[str, ...] = ()
    pence: int | None = None
    states: Mapping[date, str] = field(default_factory=dict)
    ended_by: str = ""
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """How far one partner's contribution to a fund's year has come, in pence by stage."""

    fund: str
    partner: str
    year: str
    indicated: int
    confirmed: int
    received: int
    first: int  # the first period in which it has effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What everything is judged against: the two texts, the budgets and the decisions."""

    arrangement: Arrangement
    agreements: Mapping[str, str]  # each fund's agreement, by its name
    budgets: tuple[BudgetSet, ...] = ()
    decisions: Mapping[str, DecisionMade] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)  # what moved under each reference

    def agreement(self, fund: str) -> Agreement | None:
        return self.arrangement.agreements.get(self.agreements.get(fund, ""))

    def budget(self, fund: str, year: str, on: date) -> BudgetSet | None:
        """The version that stood on that day."""
        known = [b for b in self.budgets if (b.fund, b.year) == (fund, year) and b.on <= on]
        return max(known, key=lambda b: b.number, default=None)
