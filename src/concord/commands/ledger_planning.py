"""Acts on a fund's plan: budget versions, forecasts, closing and reopening its periods."""

from __future__ import annotations

from collections.abc import Mapping

from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.ledger_entering import books_of, enter
from concord.domain.findings import Answer
from concord.domain.funds.forecast import Forecast, ForecastVersion, may_forecast
from concord.domain.funds.ledger import making
from concord.domain.funds.ledger.balances import Dimension, gathered
from concord.domain.funds.ledger.making import Said
from concord.domain.funds.ledger.periods import (
    PeriodChange,
    PeriodState,
    in_words,
    may_change,
    period_of,
    year_of,
)
from concord.domain.funds.ledger.words import LedgerKind
from concord.domain.funds.words import BudgetStatus
from concord.records.models import BudgetVersion, ForecastRecord, LedgerBalance, LedgerPeriod
from concord.records.models.ledger_files import row_of

Cells = Mapping[tuple[str, str], int | None]


@command("funds.set_budget")
def set_budget(
    acting: Acting, place: str, said: Said, fund: str, number: int, status: BudgetStatus,
    cells: Cells,
) -> Done[BudgetVersion]:  # fmt: skip
    """Keeps a budget version, and posts what brings the budget that stands to it.

    `cells` are pence by line and partner; None is *not stated* and is posted nowhere.
    """
    act = "funds.set_budget"
    year = year_of(said.effect)
    known = BudgetVersion.objects.of(place, fund, year)
    again = known.filter(number=number).first()
    if again and again.cells() == dict(cells):
        return Done(again)
    newest = known.last()
    if number != (newest.number if newest else 0) + 1:
        says = f"version {number} of the budget of {fund} for {year} is not the next"
        raise refuse(act, says, "look at the newest version again: versions never change")
    stands = budget_standing(place, fund, year)
    wanted = {key: pence for key, pence in cells.items() if pence is not None}
    change = making.budget(said, fund, wanted, stands)
    entered = enter(acting, place, act, [change]) if change else None
    if entered is not None and not entered.what:
        raise refuse(act, f"the key {said.key[:80]} was used before", "ask with a key of its own")
    kept = BudgetVersion.objects.create(
        place_id=place, fund=fund, year=year, number=number, status=str(status),
        because=said.says, decision=said.decision,
        rows=[[line, partner, pence] for (line, partner), pence in cells.items()],
        set_at=acting.now, set_by=acting.who,
    )  # fmt: skip
    after = {"rows": kept.rows, "posted": entered.after if entered else None}
    what = f"version {number} of the budget of {fund} for {year}"
    return Done(kept, what, after=after, made=(*(entered.made if entered else ()), kept))


def budget_standing(place: str, fund: str, year: str) -> dict[tuple[str, str], int]:
    """The budget as it stands, virements included: pence by line and partner."""
    facts = [
        f
        for f in LedgerBalance.objects.as_facts(place, fund)
        if f.account.kind is LedgerKind.BUDGET and year_of(f.effect) == year
    ]
    by = gathered(facts, Dimension.LINE, Dimension.PARTNER)
    return {(str(line), str(partner)): pence for (line, partner), pence in by.items()}


@command("funds.reforecast")
def reforecast(
    acting: Acting, place: str, fund: str, year: str, number: int, at: int,
    cells: tuple[Forecast, ...],
) -> Done[ForecastRecord]:  # fmt: skip
    """Keeps the next version of a fund's forecast, as at the end of a period."""
    act = "funds.reforecast"
    made = ForecastVersion(fund, year, number, at, cells)
    rows = ForecastRecord.objects.of(place, fund, year)
    known = rows.as_facts()
    if made in known:
        return Done(rows.get(number=number))
    require(may_forecast(made, known), act)
    chart = books_of(place, act).chart
    unknown = [c.line for c in cells if c.line not in chart.lines]
    if fund not in chart.funds or unknown:
        what = unknown[0] if unknown else fund
        raise refuse(act, f"{what} is not in the fund text", "name a fund and lines of it")
    kept = ForecastRecord.objects.create(
        place_id=place, fund=fund, year=year, number=number, at=at,
        rows=[row_of(cell) for cell in cells], made_at=acting.now, made_by=acting.who,
    )  # fmt: skip
    what = f"forecast {number} of {fund} for {year}, at the end of {in_words(at)}"
    return Done(kept, what, after={"rows": kept.rows}, made=(kept,))


@command("funds.close_period")
def close_period(
    acting: Acting, place: str, fund: str, period: int, because: str = "month end"
) -> Done[LedgerPeriod]:
    """Closes a fund's period: nothing more is posted in it."""
    return _change(acting, place, PeriodChange(fund, period, PeriodState.CLOSED, because))


@command("funds.reopen_period", allowed_as="funds.close_period")
def reopen_period(
    acting: Acting, place: str, fund: str, period: int, because: str
) -> Done[LedgerPeriod]:
    """Opens a closed period again, with its reason."""
    return _change(acting, place, PeriodChange(fund, period, PeriodState.OPEN, because))


def _change(acting: Acting, place: str, change: PeriodChange) -> Done[LedgerPeriod]:
    closing = change.state is PeriodState.CLOSED
    act = "funds.close_period" if closing else "funds.reopen_period"
    books = books_of(place, act)
    if change.fund not in books.chart.funds:
        raise refuse(act, f"there is no fund {change.fund[:80]}", "name a fund of the text")
    verdict = may_change(change, books.shut, period_of(acting.today))
    if verdict.answer is not Answer.STANDS:
        require(verdict, act)
    row = LedgerPeriod.objects.create(
        place_id=place, fund=change.fund, period=change.period, state=str(change.state),
        because=change.because, at=acting.now, by=acting.who,
    )  # fmt: skip
    done = "closed" if closing else "reopened"
    what = f"{in_words(change.period)} of {change.fund} {done}"
    after = {"state": str(change.state), "because": change.because}
    return Done(row, what, after=after, made=(row,))
