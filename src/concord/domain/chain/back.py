"""The walk up: from a clause, a delegation, a decision or a line to the pounds that rest on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from concord.domain.chain.facts import BudgetSet, DecisionMade, Ground, Moved
from concord.domain.funds.ledger.periods import year_of


@dataclass(frozen=True, slots=True)
class Rests:
    """What rests on one thing: the decisions made under it, the budgets they set, the money.

    `money` cites them; `within` was spent on lines of the budgets that they set or changed.
    """

    decisions: tuple[DecisionMade, ...]
    budgets: tuple[BudgetSet, ...]
    money: tuple[Moved, ...]
    within: tuple[Moved, ...] = ()

    @property
    def pence(self) -> int:
        """What moved on its authority alone; what a reversal takes back is taken off."""
        return sum(-m.amount if m.takes_back else m.amount for m in self.money)

    @property
    def pence_within(self) -> int:
        """What was spent on lines of the budgets that it set or changed."""
        return sum(m.amount for m in self.within)


def rests_on(ground: Ground, what: str, money: Iterable[Moved]) -> Rests:
    """What rests on a decision, or on a delegation or a clause through its decisions.

    `what` is a reference, the name of a delegation, or a clause as its delegation cites it.
    """
    powers = {
        name
        for name, power in ground.arrangement.delegations.items()
        if what in (name, power.clause)
    }
    made = tuple(d for d in ground.decisions.values() if d.reference == what or d.power in powers)
    return _under(ground, made, tuple(money))


def _under(ground: Ground, made: tuple[DecisionMade, ...], money: tuple[Moved, ...]) -> Rests:
    references = {d.reference for d in made}
    budgets = tuple(b for b in ground.budgets if references & {*b.decisions})
    cited = tuple(m for m in money if references & {*m.decisions})
    spent = tuple(m for b in budgets for m in money if _within(ground, b, m))
    return Rests(made, budgets, cited, spent)


def _within(ground: Ground, budget: BudgetSet, money: Moved) -> bool:
    """Whether money that cites no decision moved within that version of the budget."""
    if money.decisions or money.must_cite or not money.lines or budget.fund not in money.funds:
        return False
    years = {year_of(effect) for effect in money.effects}
    return budget.year in years and ground.budget(budget.fund, budget.year, money.on) is budget


def on_a_line(money: Iterable[Moved], fund: str, line: str) -> tuple[Moved, ...]:
    """What moved on one line of a fund, or, with no line, in the fund."""
    return tuple(m for m in money if fund in m.funds and (not line or line in m.lines))
