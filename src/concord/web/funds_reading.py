"""One place's fund text as pages read it, and what its ledger holds: few questions, no guesses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404, HttpRequest

from concord.domain.funds import budgets
from concord.domain.funds.budgets import Pence
from concord.domain.funds.forecast import ForecastVersion, Variance, variances
from concord.domain.funds.fund import Fund, FundText, Line
from concord.domain.funds.ledger.balances import Balance
from concord.domain.funds.ledger.chart import NOBODY_STATED
from concord.domain.funds.ledger.periods import year_of as year_of_period
from concord.domain.funds.ledger.words import SPENT, LedgerKind
from concord.domain.funds.reader import FundReading, read_fund
from concord.domain.funds.years import year_of
from concord.domain.language.values import NOT_STATED, NotStated
from concord.records.models import (
    BudgetVersion,
    ForecastRecord,
    LedgerBalance,
    LedgerPeriod,
    TextVersion,
)
from concord.records.models.agreements import FUND
from concord.web.pages import Unreadable
from concord.web.places import Opened, read

Cells = Mapping[tuple[str, str], Pence]


@dataclass(frozen=True, slots=True)
class OpenedFunds:
    """A place with its fund text, if it has one."""

    it: Opened
    version: TextVersion | None
    text: FundText

    def fund(self, name: str) -> Fund:
        found = self.text.funds.get(name)
        if found is None:
            raise Http404(f"no fund is called {name}")
        return found


@lru_cache(maxsize=64)
def _read(text: str, arrangement: str) -> FundReading:
    """Adopted texts never change, so each pair is read once in the life of a process."""
    told = read(arrangement).arrangement
    if told is None:
        raise Http404("the arrangement of this place cannot be read")
    return read_fund(text, told)


def read_fund_beside(text: str, arrangement: str) -> FundText | None:
    """A fund text read beside its arrangement's text."""
    return _read(text, arrangement).fund


def opened_funds(it: Opened) -> OpenedFunds:
    """The place's newest fund text, in one question to the database."""
    version = TextVersion.objects.newest(it.name, FUND)
    found = _read(version.text, it.version.text).fund if version else None
    return OpenedFunds(it, version, found or FundText())


def years_of(text: FundText, fund: str) -> list[str]:
    """The years for which a fund has a budget, earliest first."""
    return sorted({b.year for b in text.budgets if b.fund == fund and isinstance(b.year, str)})


def asked_year(request: HttpRequest, opened: OpenedFunds, fund: str) -> str:
    """The year that `?year=` names, else that of the page's day, else the nearest with a budget."""
    years = years_of(opened.text, fund)
    asked = request.GET.get("year", "").strip()
    if asked:
        if asked not in years:
            told = f"It has one for {', '.join(years)}." if years else "It has none."
            raise Unreadable(f"This fund has no budget for “{asked[:12]}”.", told)
        return asked
    usual = year_of(opened.it.on)
    before = [year for year in years if year <= usual]
    return usual if usual in years or not years else before[-1] if before else years[0]


@dataclass(frozen=True, slots=True)
class BudgetShown:
    """One version of a budget: as the text states it or as the ledger keeps it."""

    number: int
    status: str
    because: str
    decision: str
    approved: object
    cells: Cells
    kept: bool
    sources: tuple[str, ...] = ()

    @property
    def total(self) -> Pence:
        return budgets.added(self.cells.values())


@dataclass(frozen=True, slots=True)
class Money:
    """Everything a fund's page counts for one year; a key is a line and a partner."""

    fund: Fund
    year: str
    lines: tuple[Line, ...]
    partners: tuple[str, ...]
    versions: tuple[BudgetShown, ...]
    budget: Cells
    forecast: ForecastVersion | None
    found: tuple[Variance, ...]
    balances: tuple[Balance, ...]
    closed: frozenset[int]

    @property
    def version(self) -> BudgetShown | None:
        return self.versions[-1] if self.versions else None

    @property
    def standing(self) -> bool:
        """Whether something was moved since the last version: the ledger's budget is another."""
        return bool(self.version) and any(
            self.version.cells.get(key, 0) != pence for key, pence in self.budget.items()
        )

    def line_budget(self, line: str) -> Pence:
        return budgets.added(p for (of, _), p in self.budget.items() if of == line)

    def partner_budget(self, partner: str) -> Pence:
        return budgets.added(p for (_, of), p in self.budget.items() if of == partner)

    @property
    def total(self) -> Pence:
        return budgets.added(self.budget.values()) if self.budget else NOT_STATED

    def stands(self, *kinds: LedgerKind, **of: str) -> int | None:
        """What stands on the year's accounts of these kinds; None where nothing was posted."""
        rows = [
            b
            for b in self.balances
            if b.account.kind in kinds and all(getattr(b.account, k) == v for k, v in of.items())
        ]
        return sum(b.amount for b in rows) if rows else None

    def spent(self, line: str) -> int | None:
        return self.stands(*SPENT, line=line)

    def line_variance(self, line: str) -> int | None:
        """By how much a line is over; None where a partner that pays for it has not reported."""
        rows = [v for v in self.found if v.line == line and (v.budget or v.outturn is not None)]
        amounts = [v.amount for v in rows]
        return None if not rows or None in amounts else sum(a for a in amounts if a is not None)

    def line_outturn(self, line: str) -> int | None:
        rows = [v for v in self.found if v.line == line and (v.budget or v.outturn is not None)]
        known = [v.outturn for v in rows if v.outturn is not None]
        return sum(known) if rows and len(known) == len(rows) else None


@dataclass(frozen=True, slots=True)
class Books:
    """What is kept of every fund of a place for one year, in four questions to the database."""

    opened: OpenedFunds
    year: str
    kept: tuple[BudgetVersion, ...]
    forecasts: Mapping[str, ForecastVersion]
    balances: tuple[Balance, ...]
    closed: frozenset[tuple[str, int]]

    def money(self, name: str) -> Money:
        """One fund's year."""
        text = self.opened.text
        balances = tuple(b for b in self.balances if b.account.fund == name)
        shown = _versions(text, name, self.year, [row for row in self.kept if row.fund == name])
        budget = _standing(balances, shown[-1].cells if shown else {})
        forecast = self.forecasts.get(name)
        lines = tuple(line for line in text.lines.values() if line.fund == name)
        partners = dict.fromkeys(p for cells in (s.cells for s in shown) for _, p in cells)
        shut = frozenset(period for fund, period in self.closed if fund == name)
        return Money(
            self.opened.fund(name), self.year, _budgeted(lines, budget), tuple(partners), shown,
            budget, forecast, _variances(forecast, budget, shown), balances, shut,
        )  # fmt: skip

    def together(self, name: str) -> list[Money]:
        """The fund and every other under its agreement: what one risk share may reach."""
        of = self.opened.fund(name).agreement
        alike = [
            n
            for n, fund in self.opened.text.funds.items()
            if n == name or (isinstance(of, str) and fund.agreement == of)
        ]
        return [self.money(n) for n in alike]


def books_of(opened: OpenedFunds, year: str) -> Books:
    place = opened.it.name
    made = ForecastRecord.objects.filter(place=place, year=year).order_by("number")
    facts = LedgerBalance.objects.as_facts(place)
    return Books(
        opened, year, tuple(BudgetVersion.objects.filter(place=place, year=year)),
        {row.fund: row.as_fact() for row in made},
        tuple(b for b in facts if year_of_period(b.effect) == year),
        LedgerPeriod.objects.shut(place),
    )  # fmt: skip


def _budgeted(lines: tuple[Line, ...], budget: Cells) -> tuple[Line, ...]:
    """The lines of the year's budget; all of the fund's where it has none."""
    there = {line for line, _ in budget}
    return tuple(line for line in lines if line.id in there) if budget else lines


def _variances(
    forecast: ForecastVersion | None, budget: Cells, shown: tuple[BudgetShown, ...]
) -> tuple[Variance, ...]:
    if forecast is None:
        return ()
    cells = {key: pence if isinstance(pence, int) else None for key, pence in budget.items()}
    return variances(forecast, cells, shown[-1].number if shown else 0)


def _versions(
    text: FundText, fund: str, year: str, kept: list[BudgetVersion]
) -> tuple[BudgetShown, ...]:
    """The text's versions and the ledger's, by number; what the ledger keeps stands first."""
    found: dict[int, BudgetShown] = {}
    for row in budgets.versions(text, fund, year):
        cells = {
            (line, partner or NOBODY_STATED): pence
            for line in row.known_amounts
            for partner, pence in budgets.contributions(text, row, line).items()
        }
        found[_number(row.version)] = BudgetShown(
            _number(row.version), _word(row.status) or "not stated", _word(row.because), "",
            row.approved, cells, False, row.sources,
        )  # fmt: skip
    for record in kept:
        stated = found.get(record.number)
        cells = {k: NOT_STATED if p is None else p for k, p in record.cells().items()}
        found[record.number] = BudgetShown(
            record.number, record.status, record.because, record.decision,
            stated.approved if stated else None, cells, True, stated.sources if stated else (),
        )  # fmt: skip
    return tuple(found[number] for number in sorted(found))


def _number(value: int | NotStated) -> int:
    return value if isinstance(value, int) else 0


def _word(value: str | NotStated | None) -> str:
    return str(value) if isinstance(value, str) else ""


def _standing(balances: tuple[Balance, ...], stated: Cells) -> Cells:
    """The budget as it stands: the ledger's, virements included, else the last version's."""
    found: dict[tuple[str, str], Pence] = {}
    for one in balances:
        if one.account.kind is LedgerKind.BUDGET:
            key = (one.account.line, one.account.partner)
            there = found.get(key, 0)
            found[key] = (there if isinstance(there, int) else 0) + one.amount
    if not found:
        return stated
    silent = {key: pence for key, pence in stated.items() if not isinstance(pence, int)}
    nil = {key: pence for key, pence in stated.items() if pence == 0}
    ordered = {
        key: {**found, **silent, **nil}[key] for key in stated if key in found | silent | nil
    }
    return {**ordered, **{key: p for key, p in found.items() if key not in ordered}}
