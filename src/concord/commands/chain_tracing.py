"""A trace asked for by a name: what it names, its chain down to statute, and what rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concord.commands.chain_read import (
    contributions_of,
    everything,
    ground_of,
    one_moved,
)
from concord.commands.command import refuse
from concord.domain.chain import (
    BrokenLink,
    ChainLink,
    Ground,
    Moved,
    Rests,
    breaks_in,
    breaks_of,
    budget_chain,
    chain_of,
    decision_chain,
    on_a_line,
    rests_on,
    whole,
)


@dataclass(frozen=True, slots=True)
class Traced:
    """What was asked about, in words; the chain down from it; and what rests on it."""

    what: str
    heading: str
    links: tuple[ChainLink, ...]
    rests: Rests

    @property
    def breaks(self) -> tuple[BrokenLink, ...]:
        return breaks_of(self.links)

    @property
    def says(self) -> str:
        return whole(self.links)


@dataclass(frozen=True, slots=True)
class Checked:
    """A whole place: how much was walked, and every break."""

    movements: int
    decisions: int
    budgets: int
    breaks: tuple[BrokenLink, ...]

    @property
    def says(self) -> str:
        return "" if self.breaks else "No link is broken."


_NOTHING = Rests((), (), ())


def traced(place: str, what: str) -> Traced:
    """The trace of a transaction, a decision, a delegation, a clause, a budget version or a line.

    Refused where the place has nothing of that name.
    """
    if (money := one_moved(place, what)) is not None:
        return _of_money(place, what, money)
    ground, everywhere = ground_of(place), everything(place)
    if what in ground.decisions:
        return _of_decision(ground, what, everywhere)
    for budget in ground.budgets:
        if budget.id == what:
            spent = tuple(m for m in everywhere if m.lines and _in(ground, budget.id, m))
            under = Rests((), (), (), spent)
            return Traced(what, budget.label, tuple(budget_chain(ground, budget)), under)
    rests = rests_on(ground, what, everywhere)
    powers = ground.arrangement.delegations
    if what in powers or any(what == power.clause for power in powers.values()):
        return _of_power(ground, what, rests)
    return _of_line(ground, what, everywhere)


def _of_money(place: str, what: str, money: Moved) -> Traced:
    ground = ground_of(place, {reference: [money.on] for reference in money.decisions})
    links = chain_of(ground, money)
    back = money
    while back.takes_back and (before := one_moved(place, back.takes_back)) is not None:
        links, back = (*links, *chain_of(ground, before)), before
    return Traced(what, money.says or money.deed, links, _NOTHING)


def _of_decision(ground: Ground, what: str, money: tuple[Moved, ...]) -> Traced:
    made = ground.decisions[what]
    links = tuple(decision_chain(ground, made))
    return Traced(what, made.title, links, rests_on(ground, what, money))


def _of_power(ground: Ground, what: str, rests: Rests) -> Traced:
    links = tuple(link for made in rests.decisions for link in decision_chain(ground, made))
    known = ground.arrangement.delegations
    name = f"The power {what}" if what in known else f"Clause {what}"
    return Traced(what, name, tuple(dict.fromkeys(links)), rests)


def _of_line(ground: Ground, what: str, money: tuple[Moved, ...]) -> Traced:
    found = [
        (fund, line)
        for fund in ground.agreements
        for line in {"", *(name for b in ground.budgets if b.fund == fund for name in b.lines)}
        if what in (line or fund, f"{fund}.{line}")
    ]
    if not found:
        says = f"nothing here is called {what[:80]!r}"
        remedy = (
            "name a transaction, a decision, a delegation, a clause, a budget version or a line"
        )
        raise refuse("funds.trace", says, remedy)
    moved = tuple(m for fund, line in found for m in on_a_line(money, fund, line))
    links = tuple(dict.fromkeys(link for m in moved for link in chain_of(ground, m)))
    return Traced(what, f"The money of {what}", links, Rests((), (), moved))


def _in(ground: Ground, budget: str, money: Moved) -> bool:
    if money.decisions or money.must_cite:
        return False
    return any(link.id == budget for link in chain_of(ground, money))


def checked(place: str, on: date) -> Checked:
    """Every break of a whole place on that day."""
    ground, money = ground_of(place), everything(place)
    found = breaks_in(ground, money, contributions_of(place), on)
    return Checked(sum(m.count for m in money), len(ground.decisions), len(ground.budgets), found)
