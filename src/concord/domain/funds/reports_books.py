"""What a report reads: one fund's year in the text and the ledger, as known at a month end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.funds import budgets
from concord.domain.funds.budgets import Pence
from concord.domain.funds.forecast import Forecast, ForecastVersion
from concord.domain.funds.fund import Budget, Fund, FundText
from concord.domain.funds.ledger.balances import Balance
from concord.domain.funds.ledger.chart import NOBODY_STATED
from concord.domain.funds.ledger.periods import periods_of
from concord.domain.funds.ledger.words import LedgerKind
from concord.domain.language.values import NOT_STATED

Cell = tuple[str, str]  # a line and a partner


@dataclass(frozen=True, slots=True, kw_only=True)
class FundBooks:
    """One fund's year: its text, every balance of the place, its forecasts.

    `silent` are cells that a budget kept in the ledger calls not stated: they are posted nowhere;
    `closed` the fund's periods that take no more postings.
    """

    place: str
    arrangement: Arrangement
    text: FundText
    fund: str
    year: str
    balances: tuple[Balance, ...]
    forecasts: tuple[ForecastVersion, ...]
    silent: frozenset[Cell] = frozenset()
    closed: frozenset[int] = frozenset()

    @property
    def row(self) -> Fund:
        return self.text.funds[self.fund]

    def name(self, partner: str) -> str:
        """What a partner is called, or that nobody stated whose it is."""
        if partner == NOBODY_STATED:
            return "Whose is not stated"
        return label(self.arrangement, partner)

    def line_name(self, line: str) -> str:
        found = self.text.lines.get(line)
        return found.label if found else line


@dataclass(frozen=True, slots=True)
class AsKnown:
    """The books up to the end of a period of effect, with what had been posted by `known_by`."""

    books: FundBooks
    periods: tuple[int, ...]
    known_by: int | None

    def kept(self, periods: Iterable[int] | None = None) -> tuple[Balance, ...]:
        """The fund's balances with effect in these periods, as they were known then."""
        within = set(self.periods if periods is None else periods)
        return tuple(
            b
            for b in self.books.balances
            if b.account.fund == self.books.fund
            and b.effect in within
            and (self.known_by is None or b.posted <= self.known_by)
        )

    def stands(
        self,
        kinds: Iterable[LedgerKind],
        periods: Iterable[int] | None = None,
        line: str | None = None,
        partner: str | None = None,
    ) -> tuple[int | None, int]:
        """Pence and the number of postings; None where nothing was posted: that is not nil."""
        wanted = set(kinds)
        rows = [
            b
            for b in self.kept(periods)
            if b.account.kind in wanted
            and (line is None or b.account.line == line)
            and (partner is None or b.account.partner == partner)
        ]
        return (sum(b.amount for b in rows), sum(b.legs for b in rows)) if rows else (None, 0)

    def forecast(self) -> ForecastVersion | None:
        """The newest forecast made by then."""
        made = [f for f in self.books.forecasts if self.known_by is None or f.at <= self.known_by]
        return max(made, key=lambda f: f.number, default=None)

    def forecasts(self) -> Mapping[Cell, Forecast]:
        made = self.forecast()
        return {(c.line, c.partner): c for c in made.cells} if made else {}

    def stated(self) -> Budget | None:
        """The text's newest version that every partner had approved by then, or its first."""
        found = budgets.versions(self.books.text, self.books.fund, self.books.year)
        held = [v for v in found if _approved_by(v, self.known_by)]
        return held[-1] if held else found[0] if found else None

    def posted_budget(self) -> dict[Cell, int]:
        """The budget that stands in the ledger, virements included, whatever its month."""
        sums: dict[Cell, int] = {}
        for b in self.kept(periods_of(self.books.year)):
            if b.account.kind is LedgerKind.BUDGET:
                key = (b.account.line, b.account.partner)
                sums[key] = sums.get(key, 0) + b.amount
        return sums

    def budget(self) -> dict[Cell, Pence]:
        """The budget by line and partner: the ledger's, else the text's."""
        posted = self.posted_budget()
        stated = self._stated_cells()
        if not posted:
            return stated
        found: dict[Cell, Pence] = {key: posted[key] for key in stated if key in posted}
        found |= {key: pence for key, pence in posted.items() if key not in found}
        for key in self.books.silent - set(posted):
            found[key] = NOT_STATED
        return found

    def _stated_cells(self) -> dict[Cell, Pence]:
        version = self.stated()
        if version is None:
            return {}
        return {
            (line, partner or NOBODY_STATED): pence
            for line in version.known_amounts
            for partner, pence in budgets.contributions(self.books.text, version, line).items()
        }

    def cells(self) -> tuple[Cell, ...]:
        """Every line and partner that is budgeted, forecast or spent on, in the text's order."""
        spent = (
            (b.account.line, b.account.partner)
            for b in self.kept()
            if b.account.line and b.account.kind in _OF_CELLS
        )
        found = dict.fromkeys((*self.budget(), *self.forecasts(), *spent))
        order = {line: n for n, line in enumerate(self.books.text.lines)}
        return tuple(sorted(found, key=lambda c: order.get(c[0], len(order))))

    def partners(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(partner for _, partner in self.cells()))

    def counted(self, line: str) -> bool:
        """Whether the fund's total counts a line; what is aligned or in view stands beside it."""
        row = self.books.text.lines.get(line)
        if row is None:
            return True
        mode = budgets.mode_of(self.books.text, row)
        return budgets.in_total(self.books.arrangement, mode)


_OF_CELLS = frozenset({LedgerKind.ACTUAL, LedgerKind.ACCRUAL, LedgerKind.INCOME})


def known_at(books: FundBooks, quarter: int | None) -> AsKnown:
    """The books at the end of a quarter as they stood then; without one, the whole year now."""
    if quarter is None:
        return AsKnown(books, periods_of(books.year), None)
    periods = periods_of(books.year)[: quarter * 3]
    return AsKnown(books, periods, periods[-1])


def quarter_of(periods: tuple[int, ...]) -> tuple[int, ...]:
    """The three months that end a stretch of quarters."""
    return periods[-3:]


def _approved_by(version: Budget, known_by: int | None) -> bool:
    if known_by is None or version.approved is None:
        return True
    days = (
        version.approved.values() if isinstance(version.approved, Mapping) else (version.approved,)
    )
    periods = [day.year * 100 + day.month for day in days if isinstance(day, date)]
    return all(period <= known_by for period in periods)
