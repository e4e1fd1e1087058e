"""A fund's text with the budget versions that its books hold besides: what a rule may rest on."""

from __future__ import annotations

from dataclasses import replace

from concord.domain.funds.fund import Budget, FundText
from concord.domain.funds.words import BudgetStatus
from concord.domain.language.values import NOT_STATED, NotStated
from concord.records.models import BudgetVersion


def with_kept_versions(place: str, text: FundText) -> FundText:
    """The text with every version kept in the ledger that the text itself does not state."""
    stated = {(b.fund, b.year, b.version) for b in text.budgets}
    kept = [
        _budget(row, len(text.budgets) + n)
        for n, row in enumerate(
            BudgetVersion.objects.filter(place=place).order_by("year", "number")
        )
        if (row.fund, row.year, row.number) not in stated
    ]
    return replace(text, budgets=(*text.budgets, *kept)) if kept else text


def _budget(row: BudgetVersion, number: int) -> Budget:
    amounts: dict[str, dict[str, int | NotStated]] = {}
    for (line, partner), pence in row.cells().items():
        amounts.setdefault(line, {})[partner] = NOT_STATED if pence is None else pence
    return Budget(
        path=("budgets", number), fund=row.fund, year=row.year, version=row.number,
        status=BudgetStatus(row.status), amounts=amounts, because=row.because or None,
        approved=None,
    )  # fmt: skip
