"""The walk down: from money to its decision, the power it was made under, its clause and statute.

Authority: NHS Act 2006 s75; SI 2000/617 regs 7 and 8: money is pooled under arrangements in
writing, which say what goes in and for which functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concord.domain.agreements.holders import holders_by_law
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.terms import is_in_force
from concord.domain.agreements.words import AgreementKind
from concord.domain.calendar import in_words
from concord.domain.chain.facts import BudgetSet, DecisionMade, Ground, Moved
from concord.domain.chain.links import BreakName, BrokenLink, ChainLink, Step
from concord.domain.chain.terms import term_covers
from concord.domain.findings import Answer, Authority
from concord.domain.funds.ledger.periods import in_words as month
from concord.domain.funds.ledger.periods import year_of
from concord.domain.language.values import Limit, NotStated, holds_on
from concord.domain.money import pounds

B = BreakName
LIVE = frozenset({"in effect"})
ENDED = frozenset({"superseded", "rescinded", "changed on reconsideration"})
_POOLED = Authority(law="NHS Act 2006 s75; SI 2000/617 reg 7")


def chain_of(ground: Ground, money: Moved) -> tuple[ChainLink, ...]:
    """Every link of one pound's chain, from the money down to statute."""
    return tuple(_chain(ground, money))


def _chain(ground: Ground, money: Moved) -> Iterator[ChainLink]:
    periods = listed([month(effect) for effect in money.effects])
    says = f"{money.deed} of {pounds(money.amount)} on {in_words(money.on)}, for {periods}"
    broken: tuple[BrokenLink, ...] = ()
    if money.must_cite and not money.decisions and not money.takes_back:
        gap = f"the {money.deed} {money.id} cites no decision"
        broken = (BrokenLink(B.NO_DECISION, money.id, gap),)
    yield ChainLink(Step.MONEY, money.id, money.says or money.deed, says, broken=broken)
    if money.takes_back:
        yield ChainLink(Step.TAKES_BACK, money.takes_back, money.takes_back)
    elif money.decisions:
        yield from _decided(ground, money)
    elif not money.must_cite:
        yield from _budgeted(ground, money)
    yield from _agreed(ground, money)


def _budgeted(ground: Ground, money: Moved) -> Iterator[ChainLink]:
    """Through the budget that stood on the day: what was set is what may be spent."""
    for fund in money.funds:
        for year in dict.fromkeys(year_of(effect) for effect in money.effects):
            budget = ground.budget(fund, year, money.on)
            lost = [line for line in money.lines if budget is None or line not in budget.lines]
            if budget is None or lost:
                of = listed(lost) or fund
                says = f"on {in_words(money.on)} no budget of {year} had {of}, and {money.id} moved"
                gap = (BrokenLink(B.NO_BUDGET, money.id, says),)
                yield ChainLink(Step.BUDGET, "", "Not stated", broken=gap)
            else:
                yield from budget_chain(ground, budget)


def budget_chain(ground: Ground, budget: BudgetSet) -> Iterator[ChainLink]:
    """A budget version, and the decisions or the adopted approvals that it rests on."""
    asked = budget.confirmed and not budget.decisions
    missing = sorted(p for p in budget.partners if p not in budget.approved) if asked else []
    gap: tuple[BrokenLink, ...] = ()
    if missing:
        who = listed([label(ground.arrangement, p) for p in missing])
        says = f"no decision of {who} set {budget.label}"
        gap = (BrokenLink(B.BUDGET_UNDECIDED, budget.id, says),)
    yield ChainLink(Step.BUDGET, budget.id, budget.label, broken=gap)
    for reference in budget.decisions:
        yield from _cited(ground, reference, budget.id, budget.on, (budget.fund,))
        yield from _enough(ground, reference, budget.id)
    if not budget.decisions:
        for partner, day in budget.approved.items():
            who = label(ground.arrangement, partner)
            yield ChainLink(Step.APPROVED, "", f"{who}, {in_words(day)}", "As the fund text says")


def _decided(ground: Ground, money: Moved) -> Iterator[ChainLink]:
    for reference in money.decisions:
        yield from _cited(ground, reference, money.id, money.on, money.funds)
        yield from _enough(ground, reference, money.id)
    known = [ground.decisions[r] for r in money.decisions if r in ground.decisions]
    whose = {d.organisation for d in known} | {
        ground.decisions[r].organisation
        for d in known for r in d.together if r in ground.decisions
    }  # fmt: skip
    others = [p for p in money.partners if known and p not in whose]
    for partner in others:
        who = label(ground.arrangement, partner)
        says = f"{money.id} moved money of {who}, which did not decide on it"
        gap = (BrokenLink(B.OTHER_PARTNER, money.id, says),)
        yield ChainLink(Step.DECISION, "", "Not stated", broken=gap)


def _cited(
    ground: Ground, reference: str, where: str, on: date, funds: tuple[str, ...]
) -> Iterator[ChainLink]:
    made = ground.decisions.get(reference)
    if made is None:
        says = f"{where} cites {reference}, and the register has no such decision"
        gap = (BrokenLink(B.UNKNOWN_DECISION, where, says),)
        yield ChainLink(Step.DECISION, reference, reference, broken=gap)
        return
    yield from decision_chain(ground, made, tuple(_held(made, where, on, funds)))


def _held(made: DecisionMade, where: str, on: date, funds: tuple[str, ...]) -> Iterator[BrokenLink]:
    """Whether the decision was there on the day, for these funds."""
    state = made.states.get(on, "not made")
    if state in ENDED:
        by = f" by {made.ended_by}" if made.ended_by else ""
        says = f"{made.reference} was {state}{by} when {where} cited it on {in_words(on)}"
        yield BrokenLink(B.ENDED, where, says)
    elif state not in LIVE:
        says = f"{made.reference} was {state} on {in_words(on)}, when {where} cited it"
        yield BrokenLink(B.NOT_IN_EFFECT, where, says)
    for fund in funds:
        if made.funds and fund not in made.funds:
            says = f"{made.reference} covers {listed([*made.funds])}, and {where} is of {fund}"
            yield BrokenLink(B.OTHER_FUND, where, says)


def _enough(ground: Ground, reference: str, where: str) -> Iterator[ChainLink]:
    made = ground.decisions.get(reference)
    moved = ground.spent.get(reference, 0)
    if made is not None and made.pence is not None and moved > made.pence:
        says = f"{pounds(moved)} moved under {reference}, which allows {pounds(made.pence)}"
        gap = (BrokenLink(B.OVER_AMOUNT, reference, says),)
        yield ChainLink(Step.DECISION, reference, reference, f"Cited by {where}", broken=gap)


def decision_chain(
    ground: Ground, made: DecisionMade, broken: tuple[BrokenLink, ...] = ()
) -> Iterator[ChainLink]:
    """A decision, the power it was made under, its clause, and who holds the function by law."""
    who = label(ground.arrangement, made.maker)
    says = f"{who}, {in_words(made.made_on)}"
    yield ChainLink(Step.DECISION, made.reference, made.title, says, broken=broken)
    if made.power:
        yield from _delegated(ground, made)
    yield from _by_law(ground, made)


def _delegated(ground: Ground, made: DecisionMade) -> Iterator[ChainLink]:
    power = ground.arrangement.delegations.get(made.power)
    if power is None:
        says = f"{made.reference} was made under {made.power}, which the text does not have"
        gap = (BrokenLink(B.NO_POWER, made.reference, says),)
        yield ChainLink(Step.DELEGATION, made.power, made.power, broken=gap)
        return
    gaps = []
    if holds_on(power.starts, power.ends, made.made_on) is False:
        says = (
            f"{made.power} did not run on {in_words(made.made_on)}, when {made.reference} used it"
        )
        gaps.append(BrokenLink(B.POWER_NOT_LIVE, made.reference, says))
    limit = power.limit.pence if isinstance(power.limit, Limit) else None
    if limit is not None and (made.pence or 0) > limit:
        of = f"{pounds(limit)} of {made.power}"
        says = f"{made.reference} is of {pounds(made.pence or 0)}, over the {of}"
        gaps.append(BrokenLink(B.OVER_LIMIT, made.reference, says))
    giver = label(ground.arrangement, power.from_) if isinstance(power.from_, str) else ""
    told = f"Given by {giver}" if giver else "Who gave it is not stated"
    yield ChainLink(
        Step.DELEGATION, made.power, _up_to(power.limit), told, power.authority, tuple(gaps)
    )
    silent: tuple[BrokenLink, ...] = ()
    if not power.clause:
        silent = (BrokenLink(B.NO_CLAUSE, made.power, f"the clause of {made.power} is not stated"),)
    sources = Authority(sources=power.authority.sources)
    yield ChainLink(Step.CLAUSE, made.power, _clause(power.clause), "", sources, silent)


def _up_to(limit: Limit | NotStated) -> str:
    if isinstance(limit, NotStated):
        return "A power whose limit is not stated"
    return "A power without limit" if limit.pence is None else f"Up to {pounds(limit.pence)}"


def _clause(clause: str) -> str:
    return f"Clause {clause}" if clause[:1].isdigit() else clause or "Not stated"


def _by_law(ground: Ground, made: DecisionMade) -> Iterator[ChainLink]:
    for name in made.functions:
        function = ground.arrangement.functions.get(name)
        if function is None:
            continue
        holders, why = holders_by_law(ground.arrangement, function, made.made_on)
        gap: tuple[BrokenLink, ...] = ()
        if not holders:
            says = f"who holds {function.label} by law is not stated"
            gap = (BrokenLink(B.NO_HOLDER, made.reference, says),)
        held = listed([label(ground.arrangement, h) for h in holders]) or "Not stated"
        yield ChainLink(Step.STATUTE, name, f"{function.label}: {held}", "", why.authority, gap)


def _agreed(ground: Ground, money: Moved) -> Iterator[ChainLink]:
    """The agreement that each fund stands under: signed on the day, with a term for the period."""
    for fund in money.funds:
        found = ground.agreement(fund)
        if found is None:
            gap = (BrokenLink(B.NO_AGREEMENT, money.id, f"the agreement of {fund} is not stated"),)
            yield ChainLink(Step.AGREEMENT, "", "Not stated", broken=gap)
            continue
        reason = is_in_force(ground.arrangement, found, money.on)
        gaps = []
        if reason.answer is not Answer.STANDS:
            says = f"{money.id} moved on {in_words(money.on)}: {reason.says}"
            gaps.append(BrokenLink(B.UNSIGNED, money.id, says))
        for effect in money.effects:
            if not term_covers(found, effect):
                says = f"{money.id} is for {month(effect)}, which no term of {found.label} covers"
                gaps.append(BrokenLink(B.NO_TERM, money.id, says))
        yield ChainLink(Step.AGREEMENT, found.id, found.label, "", reason.authority, tuple(gaps))
        if found.kind is AgreementKind.SECTION_75:
            yield ChainLink(
                Step.STATUTE, "section 75", "Money pooled under section 75", "", _POOLED
            )
