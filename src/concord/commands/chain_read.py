"""The facts of the chain of authority, gathered from the records of a place, the texts beside it.

Ordinary spending is gathered by day, fund, line and period: what is alike is judged once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from django.db.models import Count, Min, Q, Sum

from concord.commands.effects import effect_of
from concord.commands.funds import fund_of
from concord.commands.texts import arrangement_of
from concord.domain.chain import BudgetSet, Contribution, DecisionMade, Ground, Moved
from concord.domain.funds.budgets import version
from concord.domain.funds.fund import FundText
from concord.domain.funds.ledger.balances import Balance
from concord.domain.funds.ledger.periods import year_of
from concord.domain.funds.ledger.transaction import Transaction
from concord.domain.funds.ledger.words import CITES_A_DECISION, OTHER_SIDE, Deed, LedgerKind
from concord.domain.funds.words import BudgetStatus
from concord.records.models import (
    BudgetVersion,
    Decision,
    LedgerBalance,
    LedgerPosting,
    LedgerTransaction,
    Outcome,
)

# The accounts at which money is told; the other side of each says nothing of its own.
_TOLD = frozenset(OTHER_SIDE) | {
    LedgerKind.CARRIED_FORWARD, LedgerKind.RECHARGE, LedgerKind.SETTLED,
}  # fmt: skip
_SPLIT = re.compile(r"[,;\s]+")


def cited(words: str) -> tuple[str, ...]:
    """The references that a movement cites: one, or one for each partner."""
    return tuple(dict.fromkeys(part for part in _SPLIT.split(words) if part))


def ground_of(place: str, days: Mapping[str, Collection[date]] | None = None) -> Ground:
    """The texts, budgets and decisions of a place; `days` are more days to ask a decision of."""
    text, arrangement = fund_of(place), arrangement_of(place)
    budgets = tuple(_budgets(place, text))
    asked: defaultdict[str, set[date]] = defaultdict(set)
    for budget in budgets:
        for reference in budget.decisions:
            asked[reference].add(budget.on)
    rows = LedgerTransaction.objects.filter(act__place=place).exclude(decision="")
    for words, on in rows.values_list("decision", "on").distinct():
        for reference in cited(words):
            asked[reference].add(on)
    for reference, more in (days or {}).items():
        asked[reference].update(more)
    agreements = {n: str(f.agreement) for n, f in text.funds.items() if f.agreement}
    return Ground(
        arrangement=arrangement, agreements=agreements, budgets=budgets,
        decisions=_decisions(place, asked), spent=_spent(place, budgets),
    )  # fmt: skip


def _budgets(place: str, text: FundText) -> Iterator[BudgetSet]:
    changes = _changes(place)
    for row in BudgetVersion.objects.filter(place=place):
        cells = row.cells()
        told = version(text, row.fund, row.year, row.number)
        approved = told.approved if told and isinstance(told.approved, Mapping) else {}
        yield BudgetSet(
            fund=row.fund, year=row.year, number=row.number, on=row.set_at.date(),
            confirmed=row.status == BudgetStatus.CONFIRMED,
            changes=changes.get((row.fund, row.year, row.set_at.date(), row.because), 0),
            lines=frozenset(line for line, _ in cells),
            partners=frozenset(partner for (_, partner), pence in cells.items() if pence),
            decisions=cited(row.decision),
            name=text.funds[row.fund].label if row.fund in text.funds else "",
            approved={p: day for p, day in approved.items() if isinstance(day, date)},
        )  # fmt: skip


def _changes(place: str) -> dict[tuple[str, str, date, str], int]:
    """By how much each setting of a budget raised its lines, in pence."""
    rises: defaultdict[tuple[str, str, date, str], int] = defaultdict(int)
    rows = LedgerPosting.objects.filter(
        transaction__act__place=place, transaction__deed=Deed.SET_BUDGET,
        account__kind=LedgerKind.BUDGET, amount__gt=0,
    )  # fmt: skip
    for fund, effect, on, says, amount in rows.values_list(
        "account__fund", "effect", "transaction__on", "transaction__says", "amount"
    ):
        rises[fund, year_of(effect), on, says] += amount
    return dict(rises)


def _decisions(place: str, asked: Mapping[str, Collection[date]]) -> dict[str, DecisionMade]:
    """Every decision of the register; what it was is worked out for the days asked about."""
    halves: defaultdict[int, list[str]] = defaultdict(list)
    rows = list(Decision.objects.filter(place=place).order_by("made_on", "pk"))
    for row in rows:
        halves[row.outcome_id].append(row.reference)
    days: defaultdict[int, set[date]] = defaultdict(set)
    for row in rows:
        days[row.outcome_id].update(asked.get(row.reference, ()))
    states = {pk: _states(pk, on) for pk, on in days.items() if on}
    return {
        row.reference: _decision(row, states.get(row.outcome_id, {}), halves[row.outcome_id])
        for row in rows
    }


def _states(outcome: int, days: Iterable[date]) -> dict[str, dict[date, str]]:
    found: defaultdict[str, dict[date, str]] = defaultdict(dict)
    row = Outcome.objects.select_related("arrangement").get(pk=outcome)
    for day in sorted(days):
        effect, _ = effect_of(row, datetime.combine(day, time(23, 59, 59)))
        for half in effect.halves:
            made = row.on <= day
            found[half.organisation][day] = str(half.state) if made else "not made yet"
    return dict(found)


def _decision(
    row: Decision, states: Mapping[str, Mapping[date, str]], halves: list[str]
) -> DecisionMade:
    matter = row.record.get("matter") or {}
    funds = matter.get("funds") or ()
    ended = row.steps.filter(other__isnull=False).select_related("other").first()
    return DecisionMade(
        reference=row.reference, organisation=row.organisation, title=row.title,
        maker=row.maker, made_on=row.made_on, power=row.power,
        functions=tuple(row.record.get("functions", ())),
        funds=tuple(funds) if isinstance(funds, list) else (), pence=row.pence,
        states=dict(states.get(row.organisation, {})),
        ended_by=ended.other.reference if ended and ended.other else "",
        together=tuple(r for r in halves if r != row.reference),
    )  # fmt: skip


def _spent(place: str, budgets: Iterable[BudgetSet]) -> dict[str, int]:
    """What moved under each reference, less what was taken back, in pence."""
    sums: defaultdict[str, int] = defaultdict(int)
    for one in movements(place):
        sign = -1 if one.takes_back else 1
        for reference in one.decisions:
            sums[reference] += sign * one.amount
    for budget in budgets:
        for reference in budget.decisions:
            sums[reference] += budget.changes
    return dict(sums)


def movements(place: str, reference: str = "") -> tuple[Moved, ...]:
    """What cites a decision or must, one by one; with a reference, what cites that one."""
    rows = LedgerTransaction.objects.filter(act__place=place).exclude(deed=Deed.SET_BUDGET)
    wanted = rows.exclude(decision="") | rows.filter(deed__in=list(CITES_A_DECISION))
    found = wanted.select_related("reverses").order_by("id").distinct()
    moved = (moved_of(row.as_fact()) for row in found)
    return tuple(m for m in moved if not reference or reference in m.decisions)


def moved_of(one: Transaction) -> Moved:
    """One transaction, as the chain sees it."""
    told = [leg for leg in one.legs if leg.account.kind in _TOLD] or list(one.legs)
    amount = max(
        sum(leg.amount for leg in told if leg.amount > 0),
        -sum(leg.amount for leg in told if leg.amount < 0),
    )
    accounts = [leg.account for leg in told]
    must = one.deed in CITES_A_DECISION
    return Moved(
        id=one.key, deed=str(one.deed), on=one.on, amount=amount, says=one.says,
        effects=tuple(dict.fromkeys(leg.effect for leg in told)),
        funds=_each(a.fund for a in accounts), lines=_each(a.line for a in accounts),
        partners=_each(a.partner for a in accounts), decisions=cited(one.decision),
        must_cite=must, takes_back=one.reverses,
    )  # fmt: skip


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def ordinary(place: str, **only: object) -> Iterator[Moved]:
    """What cites no decision and need not: spending, income, contributions, invoices, alike by day.

    Budgets are judged by their versions, and what takes another back by what it takes back.
    """
    rows = (
        LedgerPosting.objects.filter(transaction__act__place=place, transaction__decision="")
        .filter(account__kind__in=list(_TOLD), transaction__reverses=None, **only)
        .exclude(transaction__deed__in=[*CITES_A_DECISION, Deed.SET_BUDGET])
        .exclude(account__fund="")
        .values(
            "transaction__on",
            "transaction__deed",
            "account__fund",
            "account__line",
            "account__partner",
            "effect",
        )
        .annotate(
            first=Min("transaction_id"),
            into=Sum("amount", filter=Q(amount__gt=0)),
            out=Sum("amount", filter=Q(amount__lt=0)),
            how_many=Count("transaction", distinct=True),
        )
        .order_by("first")
    )
    keys = LedgerTransaction.objects.in_bulk([row["first"] for row in rows])
    for row in rows:
        of = keys[row["first"]]
        line = row["account__line"]
        yield Moved(
            id=of.key, deed=row["transaction__deed"], on=row["transaction__on"],
            effects=(row["effect"],), funds=(row["account__fund"],),
            lines=(line,) if line else (), partners=(), says=of.says, count=row["how_many"],
            amount=max(row["into"] or 0, -(row["out"] or 0)),
        )  # fmt: skip


def contributions_of(place: str) -> tuple[Contribution, ...]:
    """How far each contribution has come, by fund, partner and year."""
    stages = (LedgerKind.INDICATIVE, LedgerKind.CONFIRMED, LedgerKind.RECEIVED)
    sums: defaultdict[tuple[str, str, str], dict[LedgerKind, int]] = defaultdict(dict)
    first: dict[tuple[str, str, str], int] = {}
    for one in LedgerBalance.objects.as_facts(place):
        if one.account.kind in stages:
            key = _whose(one)
            sums[key][one.account.kind] = sums[key].get(one.account.kind, 0) + one.amount
            first[key] = min(one.effect, first.get(key, one.effect))
    return tuple(
        Contribution(
            fund=key[0], partner=key[1], year=key[2], indicated=by.get(stages[0], 0),
            confirmed=by.get(stages[1], 0), received=by.get(stages[2], 0), first=first[key],
        )
        for key, by in sums.items()
    )  # fmt: skip


def _whose(one: Balance) -> tuple[str, str, str]:
    return one.account.fund, one.account.partner, year_of(one.effect)


def one_moved(place: str, key: str) -> Moved | None:
    """The transaction of that key, as the chain sees it."""
    found = LedgerTransaction.objects.by_key(place, key)
    return moved_of(found.as_fact()) if found else None


def everything(place: str) -> tuple[Moved, ...]:
    """All money of a place: what is decided on one by one, and the rest by what is alike."""
    return (*movements(place), *ordinary(place))


def with_states(ground: Ground, place: str, reference: str, on: date) -> Ground:
    """The same ground, with what one decision was on one more day."""
    made = ground.decisions.get(reference)
    if made is None or on in made.states:
        return ground
    row = Decision.objects.get(place=place, reference=reference)
    states = _states(row.outcome_id, [on]).get(row.organisation, {})
    known = replace(made, states={**made.states, **states})
    return replace(ground, decisions={**ground.decisions, reference: known})
