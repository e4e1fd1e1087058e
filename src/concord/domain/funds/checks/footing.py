"""Findings on sums: printed totals that the cells do not make, versions that clash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import grave
from concord.domain.findings import Finding
from concord.domain.funds.amounts import TOTALS
from concord.domain.funds.budgets import (
    Pence,
    added,
    contributions,
    counted_lines,
    line_total,
    partner_total,
    total,
)
from concord.domain.funds.fund import Budget, FundText, Saving
from concord.domain.language.tables import Row
from concord.domain.language.values import NotStated, Since, overlap
from concord.domain.money import pounds

_MEND = "Compare each cell with the source; where the source itself does not add up, say so there."


def footing_findings(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every printed total that differs from the sum of its cells, and versions that clash."""
    for budget in text.budgets:
        yield from _budget(text, arrangement, budget)
    for saving in text.savings:
        yield from _saving(saving)
    yield from _clashes(text)


def _budget(text: FundText, arrangement: Arrangement, budget: Budget) -> Iterator[Finding]:
    if isinstance(budget.stated, NotStated) or isinstance(budget.amounts, NotStated):
        return
    lines = counted_lines(arrangement, text, budget)
    for name, printed in budget.stated.items():
        if isinstance(printed, NotStated) or (
            name in ("gross", "net") and not _is(text, budget, name)
        ):
            continue
        what, found, known = _sum(text, budget, name, lines)
        short = found is not None and not isinstance(found, NotStated) and found < printed
        if name == "at_least":
            if short and isinstance(found, int):
                says = (
                    f"the cells add up to {pounds(found)}, less than the {pounds(printed)} stated"
                )
                yield grave("fund.does_not_foot", budget, says, _MEND)
        elif isinstance(found, int) and found != printed:
            yield grave("fund.does_not_foot", budget, _differs(what, found, printed), _MEND)
        elif isinstance(found, NotStated) and known > printed:
            says = f"{what}: the cells that are stated pass the {pounds(printed)} printed"
            yield grave("fund.does_not_foot", budget, says, _MEND)


def _is(text: FundText, budget: Budget, charges: str) -> bool:
    """Whether the fund's amounts are that side of client charges, so that the total is theirs."""
    fund = text.funds.get(budget.fund) if isinstance(budget.fund, str) else None
    return fund is not None and str(fund.client_charges) == charges


def _sum(
    text: FundText, budget: Budget, name: str, lines: tuple[str, ...]
) -> tuple[str, Pence, int]:
    """What a printed total is for, the sum of its cells, and the sum of those that are stated."""
    if name in TOTALS:
        cells = [c for line in lines for c in contributions(text, budget, line).values()]
        return "the whole", total(text, budget, lines), _known(cells)
    if name in text.lines and name in budget.known_amounts:
        found = contributions(text, budget, name)
        return f"line {name}", line_total(text, budget, name), _known(found.values())
    cells = [contributions(text, budget, line).get(name, 0) for line in lines]
    return f"{name}'s part", partner_total(text, budget, name, lines), _known(cells)


def _known(cells: Iterable[Pence]) -> int:
    return sum(c for c in cells if isinstance(c, int))


def _differs(what: str, found: int, printed: int) -> str:
    return (
        f"{what} is printed as {pounds(printed)} and its cells add up to {pounds(found)}: "
        f"{pounds(abs(found - printed))} {'more' if found > printed else 'less'}"
    )


def _saving(saving: Saving) -> Iterator[Finding]:
    if isinstance(saving.amounts, NotStated) or isinstance(saving.stated, NotStated):
        return
    printed = saving.stated.get("total")
    found = added(saving.amounts.values())
    if isinstance(printed, int) and isinstance(found, int) and found != printed:
        yield grave("fund.does_not_foot", saving, _differs("the whole", found, printed), _MEND)


def _clashes(text: FundText) -> Iterator[Finding]:
    """Two versions of one number, and two that hold on the same days of one year."""
    for number, later in enumerate(text.budgets):
        for earlier in text.budgets[:number]:
            if (later.fund, later.year) != (earlier.fund, earlier.year):
                continue
            named = isinstance(later.fund, str) and isinstance(later.year, str)
            if named and isinstance(later.version, int) and later.version == earlier.version:
                says = f"version {later.version} of {later.fund} for {later.year} is given twice"
                remedy = "Give each version of a year its own number."
                yield grave("fund.overlapping_versions", later, says, remedy)
            elif named and _dated(later) and _dated(earlier) and _together(earlier, later):
                says = f"two versions of {later.fund} for {later.year} hold on the same days"
                remedy = "End the earlier version the day before the later one begins."
                yield grave("fund.overlapping_versions", later, says, remedy)


def _dated(row: Row) -> bool:
    return row.starts is not None or row.ends is not None


def _together(one: Row, other: Row) -> bool:
    return overlap(Since(None, one.starts, one.ends), Since(None, other.starts, other.ends))
