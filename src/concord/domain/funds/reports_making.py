"""Makes each kind of report on a fund: its tables, what is said first, by whom and to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from concord import law
from concord.domain.agreements.labels import label
from concord.domain.findings import Authority
from concord.domain.funds.ledger.chart import NOBODY_STATED
from concord.domain.funds.ledger.periods import in_words
from concord.domain.funds.reports import (
    QUARTERLY_KINDS,
    Figure,
    FundReport,
    NoAmount,
    ReportKind,
    ReportRow,
    ReportTable,
)
from concord.domain.funds.reports_books import AsKnown, FundBooks, known_at
from concord.domain.funds.reports_sharing import Sharing, sharing
from concord.domain.funds.reports_tables import (
    board_table,
    contributions_table,
    leads_of,
    led_table,
    lines_table,
    money_table,
)
from concord.domain.money import pounds

_NOTHING = Sharing(None, (), ())
LARGEST = 2  # variances that the board's page names


def recipients(books: FundBooks, kind: ReportKind, quarter: int | None) -> tuple[str, ...]:
    """Whom this kind of report is written to: each partner, or everybody alike."""
    known = known_at(books, quarter)
    partners = tuple(p for p in known.partners() if p != NOBODY_STATED)
    if kind is ReportKind.BOARD:
        return ("",)
    if kind is ReportKind.LEAD:
        leads = leads_of(known)
        return tuple(p for p in partners if any(lead != p for lead in leads))
    return partners or ("",)


def make_report(
    every: Sequence[FundBooks], kind: ReportKind, quarter: int | None, to: str
) -> FundReport:
    """One report; `every` is its fund first, then the others under the same agreement."""
    quarter = quarter if kind in (*QUARTERLY_KINDS, ReportKind.BOARD) else None
    knowns = [known_at(books, quarter) for books in every]
    known, books = knowns[0], every[0]
    outturn = kind in (ReportKind.ANNUAL, ReportKind.NOTE)
    lines = lines_table(known, outturn=outturn)
    shared = _NOTHING if kind is ReportKind.LEAD else sharing(knowns, outturn=outturn)
    tables = tuple(t for t in _tables(known, kind, lines, shared) if t is not None)
    place = books.arrangement.place
    return FundReport(
        kind=kind, place=str(place.name), fictional=bool(place.fictional), fund=books.fund,
        fund_name=books.row.label, year=books.year, quarter=quarter, known_by=known.known_by,
        by=_by(known, kind), to=to, to_name=books.name(to) if to else "",
        lead=tuple(_lead(known, kind, tables, to)), tables=tables,
        shares=() if kind is ReportKind.BOARD else shared.shares,
        not_reported=tuple(_not_reported(tables)),
        words=tuple(_words(known, kind, shared)), authority=_authority(kind),
        behind=(lines,) if kind is ReportKind.BOARD and lines else (),
    )  # fmt: skip


def _tables(
    known: AsKnown, kind: ReportKind, lines: ReportTable | None, shared: Sharing
) -> Iterator[ReportTable | None]:
    if kind is ReportKind.LEAD:
        for lead in leads_of(known):
            yield led_table(known, lead)
        return
    money = money_table(known, quarter=kind is ReportKind.QUARTERLY)
    contributions = contributions_table(known, lines)
    if kind is ReportKind.BOARD:
        yield board_table(lines) if lines else None
        yield shared.table
        return
    yield money
    yield contributions
    if kind is ReportKind.NOTE:
        yield lines
        yield shared.table
        return
    yield lines
    yield lines_table(known, outturn=kind is ReportKind.ANNUAL, beside=True)
    yield shared.table


def _by(known: AsKnown, kind: ReportKind) -> str:
    """Who makes it: the officer or partner the text names, else that none is stated."""
    row, books = known.books.row, known.books
    if kind is ReportKind.LEAD:
        leads = leads_of(known)
        return " and ".join(books.name(p) for p in leads) if leads else str(NoAmount.NOT_STATED)
    if kind is ReportKind.NOTE:
        return books.name(row.host) if isinstance(row.host, str) else str(NoAmount.NOT_STATED)
    manager = row.pool_manager
    return label(books.arrangement, manager) if isinstance(manager, str) else "Not stated"


def _lead(
    known: AsKnown, kind: ReportKind, tables: Sequence[ReportTable], to: str
) -> Iterator[str]:
    """What has to be known first, in sentences."""
    named = {t.id: t for t in tables}
    if kind is ReportKind.LEAD and "led" not in named:
        yield "No line of this fund is led by one partner with another’s money in it."
        return
    main = named.get("lines") or named.get("board") or named.get("led")
    if main is None:
        yield f"No budget of {known.books.year} is stated for this fund."
        return
    total = main.rows[-1].figures
    if still_open := [p for p in known.periods if p not in known.books.closed]:
        yield _open(len(still_open), known)
    until = f"by the end of {in_words(known.known_by)}" if known.known_by else "in the year"
    yield f"Budget for the year: {told(total[0])}. Spent {until}: {told(total[1])}."
    over = total[-1]
    if isinstance(over.amount, int):
        yield f"{_way(over)}{_without(over)}."
    else:
        yield "Whether the fund is over or under its budget is not known: no outturn is reported."
    yield from _to_partner(known, named, to)


def _open(months: int, known: AsKnown) -> str:
    which = "is" if months == 1 else "are"
    month = "month" if months == 1 else "months"
    of = "the year’s twelve" if known.known_by is None else f"the {len(known.periods)} reported on"
    return f"{months} {month} of {of} {which} not closed, so these figures may still change."


def _way(over: Figure) -> str:
    assert isinstance(over.amount, int)  # noqa: S101 - asked only of what is known
    if over.amount == 0:
        return "What has reported is on budget"
    way = "over" if over.amount > 0 else "under"
    return f"What has reported is {pounds(abs(over.amount))} {way} budget"


def _without(figure: Figure) -> str:
    if not figure.left_out:
        return ""
    return f", without {', '.join(figure.left_out)}"


def _to_partner(known: AsKnown, named: dict[str, ReportTable], to: str) -> Iterator[str]:
    """What the report means for whom it is written to."""
    name = known.books.name(to) if to else ""
    row = _row_of(named.get("contributions"), name)
    if row is not None:
        budget, _, received, _ = row.figures
        yield f"{name} contributes {told(budget)}; received from it: {told(received)}."
    row = _row_of(named.get("shares"), name)
    if row is not None:
        yield _borne(name, row.figures[0])


def _borne(name: str, figure: Figure) -> str:
    if isinstance(figure.amount, int) and figure.amount < 0:
        says = f"an underspend of {pounds(-figure.amount)} falls to {name}"
    else:
        says = f"{name} bears {told(figure)}"
    return f"By the agreement’s rules {says}, as far as figures are reported."


def _row_of(table: ReportTable | None, name: str) -> ReportRow | None:
    return next((r for r in table.rows if name and r.label == name), None) if table else None


def told(figure: Figure) -> str:
    """A figure in words that are never blank; nil is said as nil."""
    if not isinstance(figure.amount, int):
        return figure.amount.value.lower()
    return pounds(figure.amount) if figure.amount else "nil"


def _not_reported(tables: Sequence[ReportTable]) -> Iterator[str]:
    """By name, every figure that nobody has reported or stated, gathered by what is missing."""
    missing: dict[tuple[str, str], list[str]] = {}
    for table in tables:
        for row in (r for r in table.rows if not r.total):
            for column, figure in zip(table.columns, row.figures, strict=True):
                if figure.amount in (NoAmount.NOT_REPORTED, NoAmount.NOT_STATED):
                    what = (f"{table.title}: {column}", str(figure.amount).lower())
                    name = f"{row.label} ({row.under})" if row.under else row.label
                    missing.setdefault(what, []).append(name)
    for (column, reason), names in missing.items():
        yield f"{column}, {reason}: {', '.join(names)}."


def _words(known: AsKnown, kind: ReportKind, shared: Sharing) -> Iterator[tuple[str, str]]:
    if kind is ReportKind.NOTE:
        yield "Whose accounts", law.rule("pool_is_no_entity").says
        yield from _bases(known)
    if kind is ReportKind.LEAD:
        says = "Not reported: what was done and for whom is no part of the ledger."
        yield "How the functions were exercised", says
    if kind is ReportKind.BOARD:
        yield from _largest(known)
        return
    for version in known.books.text.budgets:
        mine = version.fund == known.books.fund and version.year == known.books.year
        if mine and isinstance(version.because, str):
            yield f"Budget version {version.version}", version.because
    yield from shared.words


def _bases(known: AsKnown) -> Iterator[tuple[str, str]]:
    for line in dict.fromkeys(line for line, _ in known.cells()):
        row = known.books.text.lines.get(line)
        basis = row.basis if row else None
        said = str(basis) if basis is not None and isinstance(basis, str) else "not stated"
        yield known.books.line_name(line), f"{said[:1].upper()}{said[1:]}."


def _largest(known: AsKnown) -> Iterator[tuple[str, str]]:
    """The lines furthest from their budget, with the cause the forecast gives."""
    table = lines_table(known, outturn=False)
    made = known.forecasts()
    names = {
        (known.books.line_name(line), known.books.name(partner)): made.get((line, partner))
        for line, partner in known.cells()
    }
    rows = [r for r in (table.rows if table else ()) if not r.total and r.figures[-1].amount]
    known_rows = [(r, r.figures[-1].amount) for r in rows]
    ordered = sorted(
        ((r, a) for r, a in known_rows if isinstance(a, int)), key=lambda pair: -abs(pair[1])
    )
    for row, amount in ordered[:LARGEST]:
        cell = names.get((row.label, row.under))
        cause = f": {cell.because}" if cell and cell.because else ": no cause is given"
        way = "over" if amount > 0 else "under"
        yield f"{row.label}, {row.under}", f"{pounds(abs(amount))} {way}{cause}."


def _authority(kind: ReportKind) -> Authority:
    if kind is ReportKind.LEAD:
        row = law.period("lead_commissioning_reports")
    elif kind is ReportKind.NOTE:
        rule = law.rule("pool_is_no_entity")
        return Authority(law=rule.authority, unverified=not rule.verified)
    elif kind is ReportKind.BOARD:
        return Authority()
    else:
        row = law.period("pool_manager_reports")
    return Authority(law=row.authority, unverified=not row.verified)
