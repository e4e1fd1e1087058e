"""What a report on a fund reads: its text, and what the ledger keeps of its agreement's funds."""

from __future__ import annotations

from concord.commands.command import refuse
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.funds.fund import FundText
from concord.domain.funds.ledger.balances import Balance
from concord.domain.funds.reports_books import FundBooks
from concord.records.models import BudgetVersion, ForecastRecord, LedgerBalance, LedgerPeriod


def books_for_report(
    place: str, arrangement: Arrangement, text: FundText, fund: str, year: str
) -> tuple[FundBooks, ...]:
    """A fund's year, then that of every other fund under its agreement."""
    if fund not in text.funds:
        known = ", ".join(text.funds) or "none"
        raise refuse("funds.report", f"there is no fund {fund[:80]}", f"name one of: {known}")
    balances = LedgerBalance.objects.as_facts(place)
    forecasts = ForecastRecord.objects.filter(place=place, year=year).order_by("number")
    budgets = list(BudgetVersion.objects.filter(place=place, year=year).order_by("number"))
    shut = LedgerPeriod.objects.shut(place)
    made = tuple(forecasts.as_facts())
    return tuple(
        FundBooks(
            place=place, arrangement=arrangement, text=text, fund=name, year=year,
            balances=balances, forecasts=tuple(f for f in made if f.fund == name),
            silent=_silent([b for b in budgets if b.fund == name]),
            closed=frozenset(period for of, period in shut if of == name),
        )
        for name in _together(text, fund)
    )  # fmt: skip


def books_of_text(
    place: str, arrangement: Arrangement, text: FundText, fund: str, year: str,
    balances: tuple[Balance, ...] = (),
) -> tuple[FundBooks, ...]:  # fmt: skip
    """The same where nothing is kept: the text alone."""
    return tuple(
        FundBooks(
            place=place, arrangement=arrangement, text=text, fund=name, year=year,
            balances=balances, forecasts=(),
        )
        for name in _together(text, fund)
    )  # fmt: skip


def _together(text: FundText, fund: str) -> tuple[str, ...]:
    of = text.funds[fund].agreement
    others = (
        n for n, f in text.funds.items() if n != fund and isinstance(of, str) and f.agreement == of
    )
    return (fund, *others)


def _silent(budgets: list[BudgetVersion]) -> frozenset[tuple[str, str]]:
    newest = budgets[-1].cells() if budgets else {}
    return frozenset(cell for cell, pence in newest.items() if pence is None)
