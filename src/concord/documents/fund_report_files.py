"""A report on a fund as a file in any of its formats, and as open data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from concord.documents.fund_reports import fund_paper, made_in_words
from concord.documents.html import to_html
from concord.documents.pdf import to_pdf
from concord.documents.word import to_word
from concord.documents.workbook import to_workbook
from concord.domain.funds.reports import Figure, FundReport

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEADS = (
    "table", "row", "of", "column", "figure", "pounds", "without", "how", "made_of", "postings",
)  # fmt: skip


def as_data(report: FundReport) -> dict[str, Any]:
    """The report as open data: amounts in pence, or the word that stands in place of one."""
    return {
        "title": report.title, "kind": report.kind, "place": report.place,
        "fictional": report.fictional, "fund": report.fund, "year": report.year,
        "quarter": report.quarter, "known_by": report.known_by, "by": report.by,
        "to": report.to or None, "authority": str(report.authority) or None, "unit": "pence",
        "says": list(report.lead),
        "tables": [
            {
                "table": t.id, "title": t.title, "says": t.says or None, "columns": list(t.columns),
                "rows": [
                    {"row": r.label, "of": r.under or None,
                     "figures": [_figure(f) for f in r.figures]}
                    for r in t.rows
                ],
            }
            for t in (*report.tables, *report.behind)
        ],
        "not_reported": list(report.not_reported),
        "words": [{"what": what, "says": says} for what, says in report.words],
    }  # fmt: skip


def _figure(figure: Figure) -> dict[str, Any]:
    amount = figure.amount if isinstance(figure.amount, int) else str(figure.amount).lower()
    return {
        "figure": figure.id, "amount": amount, "without": list(figure.left_out),
        "how": str(figure.made.how), "made_of": made_in_words(figure),
        "of": list(figure.made.of), "postings": figure.made.postings,
    }  # fmt: skip


def to_csv(report: FundReport) -> bytes:
    """A row for each figure; no word of it is taken for a formula."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(HEADS)
    sheet.writerows(_rows(report))
    return out.getvalue().encode("utf-8-sig")


def _rows(report: FundReport) -> Iterator[list[Any]]:
    for table in (*report.tables, *report.behind):
        for row in table.rows:
            for column, figure in zip(table.columns, row.figures, strict=True):
                yield [
                    table.id, safe(row.label), safe(row.under), column, figure.id, _pounds(figure),
                    safe("; ".join(figure.left_out)), figure.made.how,
                    safe(made_in_words(figure)), figure.made.postings,
                ]  # fmt: skip


def _pounds(figure: Figure) -> str:
    if not isinstance(figure.amount, int):
        return str(figure.amount).lower()
    sign = "-" if figure.amount < 0 else ""
    return f"{sign}{abs(figure.amount) // 100}.{abs(figure.amount) % 100:02}"


def safe(words: str) -> str:
    """Words that no spreadsheet program takes for a formula."""
    return f"'{words}" if words.lstrip().startswith(_STARTS_A_FORMULA) else words


def _page(report: FundReport) -> bytes:
    """A whole page by itself, for a file that is opened where it lies."""
    head = f'<meta charset="utf-8"><title>{escape(report.title)}</title>'
    body = to_html(fund_paper(report), first_level=1)
    return (
        f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'.encode()
    )


def _json(report: FundReport) -> bytes:
    return json.dumps(as_data(report), ensure_ascii=False, indent=1).encode()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, tuple[str, Callable[[FundReport], bytes]]] = {
    "html": ("text/html; charset=utf-8", _page),
    "pdf": ("application/pdf", lambda report: to_pdf(fund_paper(report))),
    "docx": (WORD, lambda report: to_word(fund_paper(report))),
    "xlsx": (SHEET, to_workbook),
    "json": ("application/json", _json),
    "csv": ("text/csv; charset=utf-8", to_csv),
}


def as_file(report: FundReport, format_: str) -> bytes:
    """The report in one of its formats."""
    return FORMATS[format_][1](report)
