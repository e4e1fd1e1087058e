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
    yield Heading(0, report.title)
    yield Paragraph(plain(" ".join(_of(report))))
    if report.fictional:
        yield Paragraph((Run(f"{report.place} is fictional, and so is every figure here."),))
    for says in report.lead:
        yield Paragraph((Run(says, strong=True),))
    for table in report.tables:
        yield Heading(1, table.title)
        if table.says:
            yield Paragraph(plain(table.says))
        yield _table(table)
    if report.not_reported:
        yield Heading(1, "Not reported or not stated")
        yield Paragraph(plain("None of these is nil, and no total counts them."))
        yield _list(report.not_reported)
    if report.words:
        yield Heading(1, _WORDS.get(report.kind, "What lies behind the figures"))
        yield _list(tuple(f"{_stop(what)} {says}" for what, says in report.words))
    if report.kind is not ReportKind.BOARD:
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


def _stop(words: str) -> str:
    return f"{words}:"


def _list(entries: tuple[str, ...]) -> Listing:
    return Listing(tuple(Entry("•", (Paragraph(plain(words)),)) for words in entries))


def _table(table: ReportTable) -> Table:
    head = (
        _words(table.first, head=True),
        *(_words(c, head=True, number=True) for c in table.columns),
    )
    rows = tuple(_row(table, row) for row in table.rows)
    return Table(table.title, rows, head, len(head), shown_title=False)


def _row(table: ReportTable, row: ReportRow) -> tuple[Cell, ...]:
    lines = [(Run(row.label, strong=row.total),)]
    if row.under:
        lines.append((Run(row.under),))
    cells = [
        _figure(f, signed=column.startswith("Over"), strong=row.total)
        for column, f in zip(table.columns, row.figures, strict=True)
    ]
    return (Cell(tuple(lines), head=True), *cells)


def _figure(figure: Figure, *, signed: bool, strong: bool) -> Cell:
    lines = [(Run(amount_in_words(figure, signed=signed), strong=strong),)]
    if figure.left_out:
        many = len(figure.left_out)
        lines.append((Run(f"without {many} not reported", emphasis=True),))
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
            name = f"{row.label}, {row.under}" if row.under else row.label
            for column, figure in zip(table.columns, row.figures, strict=True):
                if figure.known and figure.made.how not in (Origin.SUM, Origin.DIFFERENCE):
                    says = made_in_words(figure)
                    rows.append(
                        (_words(f"{table.title}: {name}", head=True), _words(column), _words(says))
                    )
    if rows:
        yield Heading(1, "What made each figure")
        yield Paragraph(plain("Every other figure is the sum or the difference of these."))
        head = tuple(_words(w, head=True) for w in ("Figure", "Column", "Made of"))
        yield Table("What made each figure", tuple(rows), head, 3, shown_title=False)


def made_in_words(figure: Figure) -> str:
    """What made a figure, with the clause or source behind it."""
    authority = f" ({figure.made.authority})" if figure.made.authority else ""
    return f"{figure.made.says}{authority}."
