"""The outturn forecast: actual, committed and what the forecaster adds; versions never change.

Blank is not nil: a figure nobody has reported stays *not reported*, and a total that leaves it out
names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concord.domain.findings import Answer, Reason, Verdict, all_of
from concord.domain.funds.ledger.periods import in_words, periods_of
from concord.domain.funds.risk_rules import Cause
from concord.domain.money import pounds


@dataclass(frozen=True, slots=True)
class Forecast:
    """One line and partner at a month end, in pence; None is *not reported*.

    `actual` holds what was paid and accrued less income; `committed` what is ordered and not yet
    paid; `remainder` is the forecaster's own judgement of what is still to come beyond both, and
    `because` is why. `evidence` says where the figures can be seen.
    """

    line: str
    partner: str
    actual: int | None
    committed: int | None
    remainder: int | None
    cause: Cause | None = None
    because: str = ""
    evidence: str = ""

    @property
    def outturn(self) -> int | None:
        parts = (self.actual, self.committed, self.remainder)
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of its parts nobody has reported."""
        parts = {"actual": self.actual, "committed": self.committed, "forecast": self.remainder}
        return tuple(name for name, part in parts.items() if part is None)


@dataclass(frozen=True, slots=True)
class ForecastVersion:
    """A whole forecast as it was made once: a fund's year, at the end of a period."""

    fund: str
    year: str
    number: int
    at: int
    cells: tuple[Forecast, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A sum in pence, and who or what is left out of it because it was not reported."""

    amount: int
    left_out: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.left_out:
            return pounds(self.amount)
        return f"{pounds(self.amount)}, without {', '.join(self.left_out)}: Not reported"


def total(figures: Iterable[tuple[str, int | None]]) -> Total:
    """Adds what is known, and names what is not."""
    amount, left_out = 0, []
    for name, figure in figures:
        if figure is None:
            left_out.append(name)
        else:
            amount += figure
    return Total(amount, tuple(dict.fromkeys(left_out)))


@dataclass(frozen=True, slots=True)
class Variance:
    """One line and partner against a named budget version; over is positive, None is unknown."""

    line: str
    partner: str
    budget: int | None
    outturn: int | None
    budget_version: int
    cause: Cause | None = None
    because: str = ""
    evidence: str = ""

    @property
    def amount(self) -> int | None:
        if self.budget is None or self.outturn is None:
            return None
        return self.outturn - self.budget


BudgetCells = Mapping[tuple[str, str], int | None]


def variances(
    forecast: ForecastVersion, budget: BudgetCells, budget_version: int
) -> tuple[Variance, ...]:
    """Every line and partner of either, in the order of the forecast and then of the budget.

    A line that is budgeted and not forecast is not on budget: its outturn is not reported.
    """
    made = {(cell.line, cell.partner): cell for cell in forecast.cells}
    return tuple(
        _variance(key, made.get(key), budget, budget_version)
        for key in dict.fromkeys((*made, *budget))
    )


def _variance(
    key: tuple[str, str], cell: Forecast | None, budget: BudgetCells, version: int
) -> Variance:
    planned = budget.get(key, 0)  # spending that no budget foresaw is over by all of it
    if cell is None:
        return Variance(*key, planned, None, version)
    return Variance(*key, planned, cell.outturn, version, cell.cause, cell.because, cell.evidence)


def variance_total(found: Iterable[Variance]) -> Total:
    return total((f"{v.line}, {v.partner}", v.amount) for v in found)


def may_forecast(forecast: ForecastVersion, known: Iterable[ForecastVersion]) -> Verdict:
    """Whether a forecast may become the next version of its fund and year."""
    numbers = [v.number for v in known if (v.fund, v.year) == (forecast.fund, forecast.year)]
    return all_of(reason for reason in _tests(forecast, max(numbers, default=0) + 1))


def _tests(forecast: ForecastVersion, due: int) -> Iterable[Reason]:
    if forecast.number != due:
        says = f"version {forecast.number} was asked for, and version {due} is the next"
        yield _refused(says, "look at the newest version again: versions never change")
    if forecast.at not in periods_of(forecast.year):
        yield _refused(f"{in_words(forecast.at)} is not in {forecast.year}", "name its own year")
    if not forecast.cells:
        yield _refused("the forecast has no line", "forecast one line at least")
    keys = [(cell.line, cell.partner) for cell in forecast.cells]
    for line, partner in dict.fromkeys(k for k in keys if keys.count(k) > 1):
        yield _refused(f"{line}, {partner} is forecast twice", "keep one of them")
    for cell in forecast.cells:
        if cell.remainder and not cell.because.strip():
            says = f"{cell.line}, {cell.partner}: {pounds(cell.remainder)} is added with no reason"
            yield _refused(says, "say what the judgement rests on")


def _refused(says: str, remedy: str) -> Reason:
    return Reason(Answer.REFUSED, says, remedy=remedy)
