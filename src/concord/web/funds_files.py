"""The money as open data: CSV files whose words no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from concord.domain.funds import budgets
from concord.domain.funds.ledger.chart import NOBODY_STATED
from concord.domain.language.values import NotStated
from concord.web.funds_reading import asked_year, books_of, opened_funds
from concord.web.pages import Unreadable, gate, unreadable
from concord.web.places import opened

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value: Any) -> Any:
    """A cell that is only ever words: what would start a formula gets an apostrophe before it."""
    if value is None:
        return "not reported"
    if isinstance(value, NotStated):
        return "not stated"
    if isinstance(value, str) and value.lstrip().startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value


def pounds_and_pence(value: object) -> Any:
    """Pounds with two decimals, as a spreadsheet reads a sum; a silence stays its word."""
    if not isinstance(value, int):
        return value
    sign = "-" if value < 0 else ""
    return _Number(f"{sign}{abs(value) // 100}.{abs(value) % 100:02}")


class _Number(str):
    """A figure of ours: its minus sign starts no formula."""


def answer(name: str, head: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A CSV file of these rows."""
    made = HttpResponse(content_type="text/csv; charset=utf-8")
    made["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    sheet = csv.writer(made)
    sheet.writerow(head)
    for row in rows:
        sheet.writerow([v if isinstance(v, _Number) else safe(v) for v in row])
    return made


def fund_file(request: HttpRequest, place: str, fund: str) -> HttpResponse:
    """One fund's year, a row for each line and partner."""
    if turned := gate(request, "fund", place):
        return turned
    here = opened_funds(opened(request, place))
    here.fund(fund)
    try:
        year = asked_year(request, here, fund)
    except Unreadable as fault:
        return unreadable(request, fault, twin=False)
    money = books_of(here, year).money(fund)
    made = {(v.line, v.partner): v for v in money.found}
    rows = []
    for line in money.lines:
        for partner in money.partners:
            key = (line.id, partner)
            if key not in money.budget and key not in made:
                continue
            outturn = made[key].outturn if key in made else None
            over = made[key].amount if key in made else None
            whose = "not stated" if partner == NOBODY_STATED else partner
            rows.append([
                fund, year, line.id, line.label, whose,
                pounds_and_pence(money.budget.get(key, 0)), pounds_and_pence(outturn),
                pounds_and_pence(over),
            ])  # fmt: skip
    head = ["fund", "year", "line", "name", "partner", "budget_pounds", "forecast_pounds",
            "over_budget_pounds"]  # fmt: skip
    return answer(f"{place}-{fund}-{year.replace('/', '-')}", head, rows)


def funds_file(request: HttpRequest, place: str) -> HttpResponse:
    """Every budget version that the place's text states."""
    if turned := gate(request, "funds", place):
        return turned
    here = opened_funds(opened(request, place))
    rows = []
    for row in here.text.budgets:
        for line in row.known_amounts:
            for partner, pence in budgets.contributions(here.text, row, line).items():
                rows.append([
                    row.fund, row.year, row.version, row.status, line,
                    here.text.lines[line].label if line in here.text.lines else line,
                    partner or "not stated", pounds_and_pence(pence), " ".join(row.sources),
                ])  # fmt: skip
    head = ["fund", "year", "version", "status", "line", "name", "partner", "budget_pounds",
            "source"]  # fmt: skip
    return answer(f"{place}-funds", head, rows)
