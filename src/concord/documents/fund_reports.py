"""A report on a fund as a paper, for every printer: what matters first, then what made it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from concord.documents.paper import (
    Audience,
    Block,
    Cell,
    Entry,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Run,
    Table,
    plain,
)
from concord.domain.funds.reports import (
    NAMES,
    Figure,
    FundReport,
    Origin,
    ReportKind,
    ReportRow,
    ReportTable,
)
from concord.domain.funds.years import last_day
from concord.domain.money import pounds

LABELS = 28  # of a hundred parts of a page's width, for what a row is about


def fund_paper(report: FundReport) -> Paper:
    """The report as it is printed; the same report always gives the same paper."""
    return Paper(
        title=report.title,
        blocks=tuple(_blocks(report)),
        organisation=report.place,
        format="fund report",
        audience=Audience.PUBLIC,
        dated=day_of(report),
    )


def day_of(report: FundReport) -> date:
    """The last day the report is about."""
    if report.known_by is None:
        return last_day(report.year)
    year, month = divmod(report.known_by, 100)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _blocks(report: FundReport) -> Iterator[Block]:
    board = report.kind is ReportKind.BOARD  # which has one page
    yield Heading(0, report.title)
    yield Paragraph(plain(" ".join(_of(report))))
    for says in (" ".join(report.lead),) if board else report.lead:
        yield Paragraph((Run(says, strong=True),))
    for table in report.tables:
        if not board or table.id == "shares":
            yield Heading(1, table.title)
        if table.says and (not board or table.id == "shares"):
            yield Paragraph(plain(table.says))
        yield _table(table, one_line=board)
    if report.not_reported:
        yield Heading(1, "Not reported or not stated")
        if not board:
            says = "None of these is nil. A sum marked “without” leaves so many rows out."
            yield Paragraph(plain(says))
        yield _list(report.not_reported)
    if report.words:
        yield Heading(1, _WORDS.get(report.kind, "What lies behind the figures"))
        yield _list(tuple(f"{_stop(what)} {says}" for what, says in report.words))
    if not board:
        yield from _made(report)


_WORDS = {
    ReportKind.BOARD: "Furthest from budget",
    ReportKind.NOTE: "How each partner’s accounts show it",
}


def _of(report: FundReport) -> Iterator[str]:
    yield f"{NAMES[report.kind]} for {report.place}."
    by = "by an officer who is not stated" if report.by == "Not stated" else f"by {report.by}"
    to = f", to {report.to_name}" if report.to_name else ""
    yield f"Made {by}{to}."
    if report.authority:
        yield f"Authority: {report.authority}."
    if report.fictional:
        yield f"{report.place} is fictional, and so is every figure here."


def _stop(words: str) -> str:
    return f"{words}:"


def _list(entries: tuple[str, ...]) -> Listing:
    return Listing(tuple(Entry("•", (Paragraph(plain(words)),)) for words in entries))


def _table(table: ReportTable, *, one_line: bool = False) -> Table:
    head = (
        _words(table.first, head=True),
        *(_words(c, head=True, number=True) for c in table.columns),
    )
    rows = tuple(_row(table, row, one_line=one_line) for row in table.rows)
    labels = 2 * LABELS if len(table.columns) == 1 else LABELS
    widths = (labels, *(len(table.columns) * ((100 - labels) // len(table.columns),)))
    return Table(table.title, rows, head, len(head), shown_title=False, widths=widths)


def _row(table: ReportTable, row: ReportRow, *, one_line: bool) -> tuple[Cell, ...]:
    name = f"{row.label}: {_lower(row.under)}" if one_line and row.under else row.label
    lines = [(Run(name, strong=row.total),)]
    if row.under and not one_line:
        lines.append((Run(row.under),))
    cells = [
        _figure(f, signed=column.startswith("Over"), strong=row.total)
        for column, f in zip(table.columns, row.figures, strict=True)
    ]
    return (Cell(tuple(lines), head=True), *cells)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _figure(figure: Figure, *, signed: bool, strong: bool) -> Cell:
    lines = [(Run(amount_in_words(figure, signed=signed), strong=strong),)]
    if figure.left_out:
        many = len(figure.left_out)
        lines.append((Run(f"without {many}", emphasis=True),))
    return Cell(tuple(lines), number=True)


def amount_in_words(figure: Figure, *, signed: bool = False) -> str:
    """A figure as it is read: never blank, nil said as nil."""
    if not isinstance(figure.amount, int):
        return str(figure.amount)
    if figure.amount == 0:
        return "nil"
    return f"+{pounds(figure.amount)}" if signed and figure.amount > 0 else pounds(figure.amount)


def _words(text: str, *, head: bool = False, number: bool = False) -> Cell:
    return Cell((plain(text),), head=head, number=number)


def _made(report: FundReport) -> Iterator[Block]:
    """What made the figures that are not worked out from others on the page."""
    rows = []
    for table in report.tables:
        for row in table.rows:
            lines = tuple(
                plain(f"{column}: {made_in_words(figure)}")
                for column, figure in zip(table.columns, row.figures, strict=True)
                if figure.known and figure.made.how in _OUTSIDE
            )
            if lines:
                name = f"{row.label}, {row.under}" if row.under else row.label
                rows.append((_words(name, head=True), Cell(lines)))
    if rows:
        yield Heading(1, "What made each figure")
        says = "Every other figure is a sum, a difference or follows from the rules."
        yield Paragraph(plain(says))
        head = (_words("Figure", head=True), _words("Made of", head=True))
        widths = (LABELS, 100 - LABELS)
        yield Table("What made each figure", tuple(rows), head, 2, False, widths)


_OUTSIDE = frozenset({Origin.BUDGET, Origin.POSTINGS, Origin.FORECAST})


def made_in_words(figure: Figure) -> str:
    """What made a figure, with the clause or source behind it."""
    authority = f" ({figure.made.authority})" if figure.made.authority else ""
    return f"{figure.made.says}{authority}."
