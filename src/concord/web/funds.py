"""The funds of a place: whose money, where it goes, how far it is known; and as open data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.funds.fund import Saving
from concord.domain.language.values import NotStated
from concord.web.funds_reading import Books, OpenedFunds, asked_year, books_of, opened_funds
from concord.web.funds_told import dress, millions, mode, partner
from concord.web.pages import Page, page
from concord.web.places import opened
from concord.web.wording import count, upper_first


@page("funds/funds.html", of="funds")
def funds(request: HttpRequest, place: str) -> Page:
    here = opened_funds(opened(request, place))
    rows = list(_rows(request, here))
    text = here.text
    data = {
        "funds": [row["data"] for row in rows],
        "savings": [_saving(row) for row in text.savings],
        "reserves": text.reserves,
        "contracts": text.contracts,
        "pressures": text.pressures,
        "nil": text.nil,
    }
    return here.it.page(
        "Money", data, section="funds", rows=rows, lead=lead(here, rows), text=text,
        savings=[_saving(row) for row in text.savings], said_partner=partner,
        **dress(here.it.names),
        twin=reverse("funds.json", args=[place]) + here.it.asked, file=_file(here),
    )  # fmt: skip


def _file(here: OpenedFunds) -> str:
    return reverse("funds_file", args=[here.it.name])


def _rows(request: HttpRequest, here: OpenedFunds) -> Any:
    """Every fund with its year, its sum and how it stands; each year's books are opened once."""
    books: dict[str, Books] = {}
    for name, fund in here.text.funds.items():
        year = asked_year(_unasked(request), here, name)
        if year not in books:
            books[year] = books_of(here, year)
        money = books[year].money(name)
        over = [money.line_variance(line.id) for line in money.lines]
        known = [v for v in over if v is not None]
        yield {
            "fund": fund, "year": year, "money": money, "mode": mode(fund),
            "total": money.total if money.budget else None,
            "over": sum(known) if known else None, "reported": len(known), "lines": len(over),
            "forecast": bool(money.forecast),
            "data": {
                "fund": name, "name": fund.label, "year": year, "mode": mode(fund),
                "host": fund.host, "budget_pence": money.total if money.budget else None,
                "lines": len(over), "lines_reported": len(known),
                "over_budget_pence": sum(known) if known else None,
            },
        }  # fmt: skip


def _unasked(request: HttpRequest) -> HttpRequest:
    """The list shows each fund in its own usual year, whatever one page was asked for."""
    bare = HttpRequest()
    bare.GET = request.GET.copy()
    bare.GET.pop("year", None)
    return bare


def lead(here: OpenedFunds, rows: list[dict[str, Any]]) -> str:
    """How much money there is, in one sentence or two."""
    if here.version is None:
        return "No fund text is recorded for this place, so nothing is known of its money."
    if not rows:
        return "The text names no fund."
    known = [row for row in rows if isinstance(row["total"], int)]
    many = f"{upper_first(count(len(rows), 'fund'))}."
    silent = len(rows) - len(known)
    rest = f" {upper_first(count(silent))} {'has' if silent == 1 else 'have'} no budget stated."
    return many + "".join(_by_year(known)) + rest * bool(silent)


def _by_year(known: list[dict[str, Any]]) -> list[str]:
    """What is budgeted, year by year: sums of two years are never added."""
    years = dict.fromkeys(sorted((row["year"] for row in known), reverse=True))
    said = []
    for year in years:
        sums = [row["total"] for row in known if row["year"] == year]
        of = "" if len(sums) == len(known) else f" in {count(len(sums))} of them"
        said.append(f" {millions(sum(sums))} is budgeted for {year}{of}.")
    return said


def _saving(row: Saving) -> dict[str, Any]:
    """One group of savings with its sum, which the printed one is held against."""
    amounts = {} if isinstance(row.amounts, NotStated) else dict(row.amounts)
    known = [a for a in amounts.values() if isinstance(a, int)]
    whole = sum(known) if len(known) == len(amounts) else None
    return {
        "year": str(row.year), "of": str(row.of), "state": str(row.state), "amounts": amounts,
        "total": whole, "note": row.note, "line": row.line,
    }  # fmt: skip
