"""Findings on parts of wholes: apportioned cells, contingent parts, contracts, control totals."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import grave, slight
from concord.domain.findings import Finding
from concord.domain.funds.amounts import Apportioned
from concord.domain.funds.budgets import by_partner, contributions, versions
from concord.domain.funds.fund import Budget, Contingent, FundText
from concord.domain.funds.years import first_day
from concord.domain.language.values import NotStated, Share, holds_on
from concord.domain.money import pounds


def sharing_findings(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    """What is wrong with parts taken of wider sums."""
    for budget in text.budgets:
        yield from _apportioned(text, budget)
    for row in text.contingent:
        yield from _contingent(text, row)
    yield from _contracts(text)


def _apportioned(text: FundText, budget: Budget) -> Iterator[Finding]:
    for cells in budget.known_amounts.values():
        for cell in by_partner(cells).values():
            if isinstance(cell, Apportioned):
                yield from _part(text, budget, cell)


def _part(text: FundText, budget: Budget, cell: Apportioned) -> Iterator[Finding]:
    row = text.apportionments.get(cell.of) if isinstance(cell.of, str) else None
    if row is None:
        return
    figures = {} if isinstance(row.figures, NotStated) else row.figures
    if figures and isinstance(cell.part, str) and cell.part not in figures:
        says = f"the basis {row.id} has no part called {cell.part}"
        yield grave("ref.unknown_name", cell, says, f"Known here: {', '.join(figures)}.")
    if isinstance(budget.year, str):
        first = first_day(budget.year)
        if holds_on(row.starts, row.ends, first) is False:
            says = f"the basis {row.id} does not hold at the beginning of {budget.year}"
            remedy = "Take the basis of that year; a new basis is a new row."
            yield slight("fund.basis_of_another_year", cell, says, remedy)


def _contingent(text: FundText, row: Contingent) -> Iterator[Finding]:
    line = text.lines.get(row.line_) if isinstance(row.line_, str) else None
    if line is None or not isinstance(line.fund, str) or not isinstance(row.year, str):
        return
    listed = versions(text, line.fund, row.year)
    if not listed:
        says = f"{line.fund} has no budget for {row.year} of which this could be a part"
        remedy = "Add the budget, or correct the year."
        yield grave("fund.contingent_over_contribution", row, says, remedy)
        return
    given = contributions(text, listed[-1], line.id).get(str(row.partner), 0)
    if isinstance(given, int) and isinstance(row.amount, int) and row.amount > given:
        says = (
            f"{pounds(row.amount)} is contingent and {row.partner} puts only {pounds(given)} "
            f"into {line.id}"
        )
        remedy = "The contingent part is within the contribution: add it there, or correct it."
        yield grave("fund.contingent_over_contribution", row, says, remedy)


def _contracts(text: FundText) -> Iterator[Finding]:
    for row in text.contracts.values():
        shares = {} if isinstance(row.schemes, NotStated) else row.schemes
        known = [s.fraction for s in shares.values() if isinstance(s, Share)]
        if sum(known, Fraction(0)) > 1:
            says = f"the schemes together take more than all of {row.name}"
            remedy = "Correct the proportions; what belongs to no scheme is left out."
            yield grave("fund.contract_over_whole", row, says, remedy)
