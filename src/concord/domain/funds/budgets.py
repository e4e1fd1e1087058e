"""What a budget version says: each partner's part, and totals that are only ever sums of cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.words import Mode
from concord.domain.funds.allocation import allocate
from concord.domain.funds.amounts import Apportioned, Cell, Cells
from concord.domain.funds.fund import Apportionment, Budget, Fund, FundText, Line
from concord.domain.language.values import NOT_STATED, NotStated

Pence = int | NotStated
TOGETHER = ""  # whose a sum is where the text does not say how the partners share it


def versions(text: FundText, fund: str, year: str) -> tuple[Budget, ...]:
    """The versions of a fund's budget for a year, earliest first."""
    found = [b for b in text.budgets if b.fund == fund and b.year == year]
    numbered = [(b.version, b) for b in found if isinstance(b.version, int)]
    return tuple(b for _, b in sorted(numbered, key=lambda pair: pair[0]))


def version(text: FundText, fund: str, year: str, number: int) -> Budget | None:
    """One version by its number."""
    return next((b for b in versions(text, fund, year) if b.version == number), None)


def latest(text: FundText, fund: str, year: str) -> Budget | None:
    """The latest version for that year."""
    return next(reversed(versions(text, fund, year)), None)


def by_partner(cells: Cells) -> Mapping[str, Cell]:
    """The cells of a line by partner; one sum is everybody's together."""
    return cells if isinstance(cells, Mapping) else {TOGETHER: cells}


def parts_of(row: Apportionment, whole: int) -> Mapping[str, int] | NotStated:
    """Every part of a wider sum by this basis; together they are the whole to the penny."""
    if isinstance(row.figures, NotStated):
        return NOT_STATED
    known = {name: figure for name, figure in row.figures.items() if isinstance(figure, int)}
    if len(known) < len(row.figures) or not any(known.values()):
        return NOT_STATED
    return dict(zip(known, allocate(whole, list(known.values())), strict=True))


def pence_of(text: FundText, cell: Cell) -> Pence:
    """A cell in pence, its part worked out where it takes one of a wider sum."""
    if not isinstance(cell, Apportioned):
        return cell
    row = text.apportionments.get(cell.of) if isinstance(cell.of, str) else None
    if row is None or isinstance(cell.whole, NotStated) or isinstance(cell.part, NotStated):
        return NOT_STATED
    parts = parts_of(row, cell.whole)
    return NOT_STATED if isinstance(parts, NotStated) else parts.get(cell.part, NOT_STATED)


def contributions(text: FundText, budget: Budget, line: str) -> Mapping[str, Pence]:
    """What each partner puts into a line in this version; one not named puts in nothing."""
    cells = by_partner(budget.known_amounts.get(line, {}))
    return {partner: pence_of(text, cell) for partner, cell in cells.items()}


def line_total(text: FundText, budget: Budget, line: str) -> Pence:
    """The sum of a line's cells."""
    return added(contributions(text, budget, line).values())


def partner_total(text: FundText, budget: Budget, partner: str, lines: Iterable[str]) -> Pence:
    """What one partner puts into these lines; not stated where a line's partners are not."""
    found = [contributions(text, budget, line) for line in lines]
    if any(TOGETHER in each for each in found):
        return NOT_STATED
    return added(each.get(partner, 0) for each in found)


def total(text: FundText, budget: Budget, lines: Iterable[str]) -> Pence:
    """The sum of the cells of these lines."""
    if isinstance(budget.amounts, NotStated):
        return NOT_STATED
    return added(line_total(text, budget, line) for line in lines)


def added(amounts: Iterable[Pence]) -> Pence:
    """The sum, not stated where one of the amounts is not."""
    listed = list(amounts)
    known = [a for a in listed if isinstance(a, int)]
    return sum(known) if len(known) == len(listed) else NOT_STATED


def partners_of(budget: Budget) -> tuple[str, ...]:
    """Every partner that a version names, in the order of the text."""
    named = [p for cells in budget.known_amounts.values() for p in by_partner(cells) if p]
    return tuple(dict.fromkeys(named))


def fund_of(text: FundText, line: Line) -> Fund | None:
    """The fund a line lies in."""
    return text.funds.get(line.fund) if isinstance(line.fund, str) else None


def mode_of(text: FundText, line: Line) -> Mode | str | NotStated | None:
    """A line's own mode, or its fund's."""
    fund = fund_of(text, line)
    return line.mode if line.mode is not None else fund.mode if fund else None


def lead_of(text: FundText, line: Line) -> str | NotStated | None:
    """A line's own lead, or its fund's."""
    fund = fund_of(text, line)
    return line.lead if line.lead is not None else fund.lead if fund else None


def in_section_75(arrangement: Arrangement, mode: Mode | str | NotStated | None) -> bool | None:
    """Whether money held in this mode lies in the section 75; None where nobody says."""
    if isinstance(mode, Mode):
        return mode.in_section_75
    local = arrangement.modes.get(mode) if isinstance(mode, str) else None
    known = local.in_section_75 if local else None
    return known if isinstance(known, bool) else None


def in_total(arrangement: Arrangement, mode: Mode | str | NotStated | None) -> bool:
    """Whether money held in this mode is counted in a fund's total; where unsaid, it is."""
    if isinstance(mode, Mode):
        return mode.in_section_75
    local = arrangement.modes.get(mode) if isinstance(mode, str) else None
    return local is None or local.in_total is not False


def counted_lines(arrangement: Arrangement, text: FundText, budget: Budget) -> tuple[str, ...]:
    """The lines of a version that its total counts; aligned ones and those in view are beside."""
    lines = [text.lines[name] for name in budget.known_amounts if name in text.lines]
    return tuple(n.id for n in lines if in_total(arrangement, mode_of(text, n)))
