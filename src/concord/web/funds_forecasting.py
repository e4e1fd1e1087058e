"""The forecast, line by line: judgement, cause, evidence, the plan it opens, and the next one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from concord.commands.ledger_planning import reforecast
from concord.domain.findings import Answer
from concord.domain.funds.forecast import Forecast
from concord.domain.funds.ledger.chart import NOBODY_STATED
from concord.domain.funds.ledger.periods import in_words, periods_of
from concord.domain.funds.ledger.words import SPENT, LedgerKind
from concord.domain.funds.risk_rules import Cause
from concord.domain.money import pence
from concord.records.models import ForecastRecord
from concord.web.drafts import acting
from concord.web.funds_page import duties, may_here
from concord.web.funds_reading import Money, asked_year, books_of, opened_funds
from concord.web.funds_told import dress, exact, line_name, partner, plan_words
from concord.web.pages import Page, Unreadable, page
from concord.web.places import opened
from concord.web.posting import posting, said

_FIGURES = ("actual", "committed", "remainder")


@page("funds/forecast.html", of="fund_forecast")
def forecast(request: HttpRequest, place: str, fund: str) -> Page:
    here = opened_funds(opened(request, place))
    here.fund(fund)
    year = asked_year(request, here, fund)
    money = books_of(here, year).money(fund)
    made = {(v.line, v.partner): v for v in money.found}
    cells = {(c.line, c.partner): c for c in money.forecast.cells} if money.forecast else {}
    rows = [
        {
            "line": line, "name": line_name(here.text, line), "partner": who,
            "cell": cells.get((line, who)), "variance": made.get((line, who)),
            "budget": money.budget.get((line, who)), "ledger": _ledger(money, line, who),
        }
        for line, who in dict.fromkeys((*money.budget, *made))
        if money.budget.get((line, who)) != 0 or (line, who) in made
    ]  # fmt: skip
    kept = list(ForecastRecord.objects.of(place, fund, year).order_by("-number")[:24])
    plans = duties(here, money)
    data = {
        "fund": fund, "year": year, "unit": "pence",
        "version": money.forecast.number if money.forecast else None,
        "at": money.forecast.at if money.forecast else None,
        "cells": [_cell(row) for row in rows], "action_plans": plans,
        "versions": [{"number": k.number, "at": k.at, "made_by": k.made_by} for k in kept],
    }  # fmt: skip
    return here.it.page(
        f"Forecast of {money.fund.label}, {year}", data, section="funds", fund_row=money.fund,
        money=money, rows=rows, kept=kept, plans=plans, Answer=Answer, causes=list(Cause),
        lead=lead(money, len(rows)), year=year, periods=periods_of(year),
        usual=_usual(money, here.it.on.year * 100 + here.it.on.month),
        writes=may_here(request, place, "funds.reforecast"),
        next=(kept[0].number if kept else 0) + 1,
        plain=_plain, **dress(here.it.names),
        named=lambda said_: plan_words(here.it.names, here.text, said_),
        twin=reverse("fund_forecast.json", args=[place, fund]) + f"?year={year}",
    )  # fmt: skip


def _usual(money: Money, now: int) -> int:
    """The month a new forecast is usually made for: the latest of the year that has begun."""
    begun = [period for period in periods_of(money.year) if period <= now]
    return begun[-1] if begun else periods_of(money.year)[0]


def lead(money: Money, cells: int) -> str:
    if money.forecast is None:
        return f"No forecast has been made for {money.year}. What has not been reported is not nil."
    known = [v for v in money.found if v.outturn is not None]
    at = in_words(money.forecast.at)
    made = f"Version {money.forecast.number}, made at the end of {at}"
    return f"{made}: {len(known)} of {cells} figures reported."


def _ledger(money: Money, line: str, who: str) -> dict[str, int | None]:
    return {
        "actual": money.stands(*SPENT, line=line, partner=who),
        "committed": money.stands(LedgerKind.COMMITMENT, line=line, partner=who),
    }


def _cell(row: dict[str, Any]) -> dict[str, Any]:
    cell, variance = row["cell"], row["variance"]
    return {
        "line": row["line"], "partner": row["partner"], "budget_pence": row["budget"],
        "actual_pence": cell.actual if cell else None,
        "committed_pence": cell.committed if cell else None,
        "judgement_pence": cell.remainder if cell else None,
        "outturn_pence": cell.outturn if cell else None,
        "over_budget_pence": variance.amount if variance else None,
        "cause": cell.cause if cell else None, "because": cell.because if cell else "",
        "evidence": cell.evidence if cell else "",
    }  # fmt: skip


def _plain(amount: int | None) -> str:
    """An amount as a field holds it; nothing where it is not known."""
    return "" if amount is None else exact(amount) if amount else "£0"


@posting("fund_reforecast")
def write(request: HttpRequest, place: str, fund: str) -> HttpResponse:
    """Keeps the next version of the forecast; a figure left empty stays not reported."""
    here = opened_funds(opened(request, place))
    row = here.fund(fund)
    year, number, at = said(request, "year"), said(request, "number"), said(request, "at")
    if not (number.isdigit() and at.isdigit()):
        raise Unreadable("The month of the forecast cannot be read.", "Choose it from the list.")
    keys = list(dict.fromkeys(request.POST.getlist("cell")))[:2000]
    cells = [c for key in keys if (c := _written(request, here.it.names, key))]
    reforecast(acting(request), place, fund, year, int(number), int(at), tuple(cells))
    messages.success(request, f"Version {number} of the forecast of {row.label} is kept.")
    return redirect(reverse("fund_forecast", args=[place, fund]) + f"?year={year}")


def _written(request: HttpRequest, names: Any, key: str) -> Forecast | None:
    line, _, who = key.partition("|")
    figures = [_amount(request, f"{name}-{key}", names, line, who) for name in _FIGURES]
    cause, why = said(request, f"cause-{key}"), said(request, f"because-{key}")[:500]
    if all(f is None for f in figures):
        return None
    kind = Cause(cause) if cause in list(map(str, Cause)) else None
    evidence = said(request, f"evidence-{key}")[:300]
    return Forecast(line, who, *figures, kind, why, evidence)


def _amount(request: HttpRequest, name: str, names: Any, line: str, who: str) -> int | None:
    words = said(request, name).replace("−", "-")
    if not words:
        return None
    try:
        return pence(words if "£" in words else _with_pound(words))
    except ValueError as fault:
        whose = "" if who == NOBODY_STATED else f", {partner(names, who)}"
        says = f"{line}{whose}: “{words[:40]}”, {fault}."
        raise Unreadable(
            says, "Write it as £1,240,000; leave it empty if it is not known."
        ) from None


def _with_pound(words: str) -> str:
    """`1240000` as `£1,240,000`, which is what the person means."""
    sign, bare = ("-", words[1:]) if words.startswith("-") else ("", words)
    whole, dot, part = bare.replace(",", "").partition(".")
    return f"{sign}£{int(whole):,}{dot}{part}" if whole.isdigit() else words
