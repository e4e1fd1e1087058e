"""A whole place: every break of every chain, and every contribution that was never confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from concord.domain.agreements.labels import label
from concord.domain.chain.facts import Contribution, Ground, Moved
from concord.domain.chain.links import BreakName, BrokenLink, breaks_of
from concord.domain.chain.terms import term_covers
from concord.domain.chain.walk import budget_chain, chain_of, decision_chain
from concord.domain.funds.ledger.periods import in_words, period_of
from concord.domain.money import pounds


def breaks_in(
    ground: Ground, money: Iterable[Moved], contributions: Iterable[Contribution], on: date
) -> tuple[BrokenLink, ...]:
    """Every break there is on that day, each once, in the order of the money."""
    found: dict[BrokenLink, None] = {}
    for one in money:
        found.update(dict.fromkeys(breaks_of(chain_of(ground, one))))
    for budget in ground.budgets:
        found.update(dict.fromkeys(breaks_of(budget_chain(ground, budget))))
    for made in ground.decisions.values():
        found.update(dict.fromkeys(breaks_of(decision_chain(ground, made))))
    found.update(dict.fromkeys(_of_contributions(ground, contributions, on)))
    return tuple(found)


def _of_contributions(
    ground: Ground, contributions: Iterable[Contribution], on: date
) -> Iterator[BrokenLink]:
    for one in contributions:
        who = label(ground.arrangement, one.partner)
        where = f"{one.fund}/{one.year}/{one.partner}"
        what = f"the contribution of {who} to {one.fund} for {one.year}"
        if one.indicated > 0 and one.first < period_of(on):
            begun = in_words(one.first)
            says = f"{pounds(one.indicated)} of {what} was never confirmed, and {begun} is over"
            yield BrokenLink(BreakName.NEVER_CONFIRMED, where, says)
        agreement = ground.agreement(one.fund)
        if agreement is not None and not term_covers(agreement, one.first):
            says = f"{what} has no term of {agreement.label}"
            yield BrokenLink(BreakName.CONTRIBUTION_NO_TERM, where, says)
