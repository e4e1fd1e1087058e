"""A report on a fund as a workbook with live formulas, each with the value we worked out ourselves.

Sums, differences and shares are formulas that any spreadsheet program works out again; what a
budget, a posting or a forecast says is a value. Words are never formulas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from concord.documents.fund_reports import day_of, made_in_words
from concord.documents.workbook_shares import share_rows
from concord.documents.workbook_values import with_values
from concord.domain.funds.reports import Figure, FundReport, Origin, ReportTable

MONEY = "£#,##0.00;[Red]-£#,##0.00;£0.00"
SIGNED = "+£#,##0.00;-£#,##0.00;£0.00"
_BOLD, _HEAD = Font(bold=True), PatternFill("solid", fgColor="E8EEF4")
_RULE = Border(top=Side(style="thin"))
FIGURES, SHARES, MADE = "Figures", "Shares", "Made of"
Values = dict[str, dict[str, float | str]]


@dataclass(slots=True)
class Writing:
    """A workbook while it is written: where each figure lies, and every formula's value."""

    book: Workbook
    where: dict[str, str] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    values: Values = field(default_factory=dict)

    def formula(self, sheet: Worksheet, cell: str, says: str, value: float | str) -> None:
        sheet[cell] = says
        self.values.setdefault(sheet.title, {})[cell] = value


def to_workbook(report: FundReport) -> bytes:
    """The report as .xlsx; the same report always gives the same bytes."""
    writing = Writing(Workbook())
    figures = writing.book.active
    assert isinstance(figures, Worksheet)  # noqa: S101 - a new workbook has one
    figures.title = FIGURES
    _figures(writing, figures, report)
    if report.shares:
        _shares(writing, writing.book.create_sheet(SHARES), report)
    _made(writing, writing.book.create_sheet(MADE), report)
    writing.book.properties.title = report.title
    writing.book.properties.creator = "Concord"
    writing.book.calculation.fullCalcOnLoad = True
    made = BytesIO()
    writing.book.save(made)
    return with_values(made.getvalue(), writing.book.sheetnames, writing.values, day_of(report))


def words(
    sheet: Worksheet, cell: str, text: str, *, bold: bool = False, wrap: bool = False
) -> None:
    """Words in a cell: whatever they begin with, they are no formula."""
    sheet[cell].value = text
    sheet[cell].data_type = "s"
    sheet[cell].alignment = Alignment(wrap_text=wrap, vertical="top")
    if bold:
        sheet[cell].font = _BOLD


def _figures(writing: Writing, sheet: Worksheet, report: FundReport) -> None:
    words(sheet, "A1", report.title, bold=True)
    sheet["A1"].font = Font(bold=True, size=14)
    row = 2
    lines = [f"By: {report.by}" + (f". To: {report.to_name}" if report.to_name else "")]
    lines += [f"Authority: {report.authority}"] if report.authority else []
    lines += (
        [f"{report.place} is fictional, and so is every figure here."] if report.fictional else []
    )
    lines += [*report.lead, "Pounds and pence. A word in place of an amount is not nil."]
    for text in lines:
        words(sheet, f"A{row}", text)
        row += 1
    tables = (*report.tables, *report.behind)
    _place(writing, tables, row)
    for table in tables:
        row = _table(writing, sheet, table, row + 1)
    if report.not_reported:
        words(sheet, f"A{row + 1}", "Not reported or not stated", bold=True)
        for n, text in enumerate(report.not_reported):
            words(sheet, f"A{row + 2 + n}", text)
    sheet.column_dimensions["A"].width = 44
    sheet.column_dimensions["B"].width = 36
    for n in range(3, 8):
        sheet.column_dimensions[get_column_letter(n)].width = 24
    _for_print(sheet)


def _place(writing: Writing, tables: Sequence[ReportTable], row: int) -> None:
    """Where each figure will lie, so that a sum may point at what stands below it."""
    for table in tables:
        row += 3 if table.says else 2
        for line in table.rows:
            row += 1
            for n, figure in enumerate(line.figures, 3):
                writing.where[figure.id] = f"{get_column_letter(n)}{row}"
                writing.figures[figure.id] = figure
        row += 1


def _table(writing: Writing, sheet: Worksheet, table: ReportTable, row: int) -> int:
    """One table; the answer is the row after it."""
    words(sheet, f"A{row}", table.title, bold=True)
    row += 1
    if table.says:
        words(sheet, f"A{row}", table.says)
        row += 1
    for n, head in enumerate((table.first, "", *table.columns), 1):
        cell = f"{get_column_letter(n)}{row}"
        words(sheet, cell, head, bold=True, wrap=True)
        sheet[cell].fill = _HEAD
        if n > 2:
            sheet[cell].alignment = Alignment(horizontal="right", wrap_text=True, vertical="top")
    for line in table.rows:
        row += 1
        words(sheet, f"A{row}", line.label, bold=line.total)
        words(sheet, f"B{row}", line.under)
        for column, figure in zip(table.columns, line.figures, strict=True):
            cell = writing.where[figure.id]
            _figure(writing, sheet, cell, figure)
            sheet[cell].number_format = SIGNED if column.startswith("Over") else MONEY
            sheet[cell].alignment = Alignment(horizontal="right")
            if line.total:
                sheet[cell].font, sheet[cell].border = _BOLD, _RULE
    return row + 1


def _figure(writing: Writing, sheet: Worksheet, cell: str, figure: Figure) -> None:
    value = figure.amount / 100 if isinstance(figure.amount, int) else str(figure.amount)
    of = figure.made.of
    refs = [writing.where[id_] for id_ in of if id_ in writing.where]
    if refs and len(refs) == len(of) and figure.made.how is Origin.SUM:
        some = any(writing.figures[id_].known for id_ in of)
        writing.formula(sheet, cell, _sum(refs, figure, some=some), value)
        return
    if len(refs) == 2 and figure.made.how is Origin.DIFFERENCE:
        one, other = refs
        both = f"AND(ISNUMBER({one}),ISNUMBER({other}))"
        says = f'=IF({both},ROUND({one}-{other},2),"{_not(figure)}")'
        writing.formula(sheet, cell, says, value)
        return
    if isinstance(value, str):
        words(sheet, cell, value)
    else:
        sheet[cell] = value


def _not(figure: Figure) -> str:
    return "Not known" if isinstance(figure.amount, int) else str(figure.amount)


def _sum(refs: Sequence[str], figure: Figure, *, some: bool) -> str:
    """A sum that skips words; where all of it must be known, one that says so until it is."""
    over = _range(refs)
    silence = "Not reported" if isinstance(figure.amount, int) else str(figure.amount)
    whole = not isinstance(figure.amount, int) and some
    needed = f"={len(refs)}" if whole else ">0"
    return f'=IF(COUNT({over}){needed},ROUND(SUM({over}),2),"{silence}")'


def _range(refs: Sequence[str]) -> str:
    """`C5:C12` where the cells follow one another down one column, else each of them."""
    found = [re.fullmatch(r"([A-Z]+)(\d+)", ref) for ref in refs]
    pairs = [(m[1], int(m[2])) for m in found if m]
    first = pairs[0]
    if len(refs) > 1 and pairs == [(first[0], first[1] + n) for n in range(len(pairs))]:
        return f"{refs[0]}:{refs[-1]}"
    return ",".join(refs)


def _shares(writing: Writing, sheet: Worksheet, report: FundReport) -> None:
    words(sheet, "A1", "How each sum was shared, step by step, in whole pence", bold=True)
    says = (
        "Each part is rounded down; the pennies left go one each to the largest remainders, and "
        "of two alike to the earlier. A cap stops a share after this step."
    )
    words(sheet, "A2", says)
    row = 4
    for shared in report.shares:
        words(sheet, f"A{row}", f"{shared.says} {shared.authority}".strip(), bold=True)
        for line in share_rows(shared, row + 1):
            for cell, value, formula in line:
                if formula:
                    writing.formula(sheet, cell, formula, value)
                elif isinstance(value, str):
                    words(sheet, cell, value, bold=line[0][1] == "Partner")
                    if cell[0] != "A":
                        sheet[cell].alignment = Alignment(horizontal="right")
                else:
                    sheet[cell] = value
                if not isinstance(value, str):
                    sheet[cell].number_format = MONEY if cell.startswith("H") else "#,##0"
        row += len(shared.partners) + 6
    sheet.column_dimensions["A"].width = 44
    for n in range(2, 9):
        sheet.column_dimensions[get_column_letter(n)].width = 18
    _for_print(sheet)


def _made(writing: Writing, sheet: Worksheet, report: FundReport) -> None:
    for n, head in enumerate(("Cell", "How", "Made of", "Postings", "Figure"), 1):
        words(sheet, f"{get_column_letter(n)}1", head, bold=True)
    for row, figure in enumerate(report.figures(), 2):
        words(sheet, f"A{row}", f"{FIGURES}!{writing.where[figure.id]}")
        words(sheet, f"B{row}", str(figure.made.how))
        words(sheet, f"C{row}", made_in_words(figure))
        if figure.made.postings:
            sheet[f"D{row}"] = figure.made.postings
        words(sheet, f"E{row}", figure.id)
    sheet.column_dimensions["A"].width = 14
    sheet.column_dimensions["B"].width = 14
    sheet.column_dimensions["C"].width = 90
    sheet.column_dimensions["E"].width = 40
    sheet.freeze_panes = "A2"
    _for_print(sheet)


def _for_print(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False
