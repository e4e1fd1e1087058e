"""The reports on a fund: which there are by quarter and year, each as a page and as files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from concord.commands.fund_reports_read import books_for_report
from concord.documents.fund_report_files import FORMATS, as_data, as_file
from concord.documents.fund_reports import fund_paper
from concord.documents.html import to_html
from concord.domain.funds.ledger.periods import in_words, periods_of
from concord.domain.funds.reports import NAMES, QUARTERLY_KINDS, FundReport, ReportKind
from concord.domain.funds.reports_books import FundBooks
from concord.domain.funds.reports_making import make_report, recipients
from concord.web.funds_reading import OpenedFunds, asked_year, opened_funds, years_of
from concord.web.pages import Page, Unreadable, gate, page, unreadable
from concord.web.places import opened

FILES = ("pdf", "docx", "xlsx", "csv", "json")
CALLED = {"pdf": "PDF", "docx": "Word", "xlsx": "Workbook", "csv": "CSV", "json": "JSON"}


@page("fund_reports/reports.html", of="fund")
def reports(request: HttpRequest, place: str, fund: str) -> Page:
    here = opened_funds(opened(request, place))
    row = here.fund(fund)
    year = asked_year(request, here, fund)
    books = _books(here, fund, year)
    groups = list(_groups(place, fund, year, books[0]))
    data = {"fund": fund, "year": year, "reports": groups}
    return here.it.page(
        f"Reports on {row.label}, {year}", data, section="funds", fund_row=row, fund=fund,
        groups=groups, year=year, years=[y for y in years_of(here.text, fund) if y != year],
        files=FILES, called=CALLED,
        twin=reverse("fund_reports.json", args=[place, fund]) + f"?{urlencode({'year': year})}",
    )  # fmt: skip


@page("fund_reports/report.html", of="fund")
def report(request: HttpRequest, place: str, fund: str, kind: str) -> Page:
    here, made = _asked(request, place, fund, kind)
    body = to_html(fund_paper(made), first_level=2)
    asked = _query(made.year, made.quarter, made.to)
    return here.it.page(
        made.title, as_data(made), section="funds", fund_row=here.fund(fund), fund=fund,
        html=Markup(body),  # noqa: S704 - our own printer escapes every word
        year=made.year, files=_files(place, fund, kind, asked), called=CALLED,
        twin=reverse("fund_report.json", args=[place, fund, kind]) + f"?{asked}",
    )  # fmt: skip


def file(request: HttpRequest, place: str, fund: str, kind: str, suffix: str) -> HttpResponse:
    """The report as a file of one format."""
    if turned := gate(request, "fund", place):
        return turned
    if suffix not in FORMATS:
        raise Http404(f"no report is made as {suffix}")
    try:
        _, made = _asked(request, place, fund, kind)
    except Unreadable as fault:
        return unreadable(request, fault, twin=False)
    answer = HttpResponse(as_file(made, suffix), content_type=FORMATS[suffix][0])
    year = made.year.replace("/", "-")
    parts = (place, fund, kind, year, f"q{made.quarter}" if made.quarter else "", made.to)
    name = "-".join(part for part in parts if part)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return answer


def _books(here: OpenedFunds, fund: str, year: str) -> tuple[FundBooks, ...]:
    return books_for_report(here.it.name, here.it.arrangement, here.text, fund, year)


def _asked(
    request: HttpRequest, place: str, fund: str, kind: str
) -> tuple[OpenedFunds, FundReport]:
    """The report that the address asks for; what it does not say is said to be missing."""
    here = opened_funds(opened(request, place))
    here.fund(fund)
    if kind not in tuple(map(str, ReportKind)):
        raise Http404(f"no report is called {kind}")
    of = ReportKind(kind)
    year = asked_year(request, here, fund)
    quarter = _quarter(request, of)
    books = _books(here, fund, year)
    known = recipients(books[0], of, quarter)
    if not known:
        says = "Nobody is due this report: no line is led with another partner’s money in it."
        raise Unreadable(says, "Choose another report of this fund.")
    to = request.GET.get("to", "") or known[0]
    if to not in known:
        says = f"“{to[:40]}” is not a partner this report is written to."
        raise Unreadable(says, f"It is written to {', '.join(known)}.")
    return here, make_report(books, of, quarter, to)


def _quarter(request: HttpRequest, kind: ReportKind) -> int | None:
    asked = request.GET.get("quarter", "")
    if kind not in (*QUARTERLY_KINDS, ReportKind.BOARD):
        return None
    if asked in ("1", "2", "3", "4"):
        return int(asked)
    if not asked and kind is ReportKind.BOARD:
        return None
    raise Unreadable("This report is of a quarter.", "Add ?quarter=1, 2, 3 or 4 to the address.")


def _groups(place: str, fund: str, year: str, books: FundBooks) -> Iterator[dict[str, Any]]:
    """The reports of the year's four quarters, then those of the whole year."""
    months = periods_of(year)
    for quarter in (1, 2, 3, 4):
        first, last = months[quarter * 3 - 3], months[quarter * 3 - 1]
        kinds = (ReportKind.QUARTERLY, ReportKind.LEAD, ReportKind.BOARD)
        yield {
            "title": f"Quarter {quarter}", "of": f"{in_words(first)} to {in_words(last)}",
            "quarter": quarter,
            "reports": list(_rows(place, fund, year, books, kinds, quarter)),
        }  # fmt: skip
    yield {
        "title": "The year", "of": f"{in_words(months[0])} to {in_words(months[-1])}",
        "quarter": None,
        "reports": list(
            _rows(place, fund, year, books, (ReportKind.ANNUAL, ReportKind.NOTE), None)
        ),
    }  # fmt: skip


def _rows(
    place: str, fund: str, year: str, books: FundBooks, kinds: tuple[ReportKind, ...],
    quarter: int | None,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    for kind in kinds:
        for to in recipients(books, kind, quarter):
            asked = _query(year, quarter, to)
            yield {
                "kind": str(kind), "title": NAMES[kind], "to": to or None,
                "to_name": books.name(to) if to else "",
                "address": reverse("fund_report", args=[place, fund, kind]) + f"?{asked}",
                "files": _files(place, fund, str(kind), asked),
            }  # fmt: skip


def _query(year: str, quarter: int | None, to: str) -> str:
    asked: dict[str, str] = {"year": year}
    if quarter:
        asked["quarter"] = str(quarter)
    if to:
        asked["to"] = to
    return urlencode(asked)


def _files(place: str, fund: str, kind: str, asked: str) -> dict[str, str]:
    return {
        f: reverse("fund_report.json", args=[place, fund, kind]) + f"?{asked}"
        if f == "json"
        else reverse("fund_report_file", args=[place, fund, kind, f]) + f"?{asked}"
        for f in FILES
    }
