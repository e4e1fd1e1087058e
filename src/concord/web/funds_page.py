"""One fund on one page: whose money, where to, on budget, who pays; each figure opens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.findings import Answer
from concord.domain.funds.forecast_duties import Opened as OpenedDuty
from concord.domain.funds.forecast_duties import opened as opened_duties
from concord.domain.funds.ledger.chart import NOBODY_STATED
from concord.domain.funds.risk_share.facts import Position
from concord.domain.funds.years import last_day
from concord.domain.places.policy import About, may
from concord.records.models.accounts import role_facts_of
from concord.web.funds_kept import (
    contributions_of,
    known_decisions,
    months_of,
    moves_of,
    reserves_of,
    savings_of,
)
from concord.web.funds_paying import others, paid, reported
from concord.web.funds_reading import (
    Books,
    Money,
    OpenedFunds,
    asked_year,
    books_of,
    opened_funds,
    years_of,
)
from concord.web.funds_shown import figures, finding, has_rule, pictures, variance
from concord.web.funds_told import (
    apart,
    dress,
    line_name,
    millions,
    mode,
    plan_words,
    rule_words,
)
from concord.web.funds_versions import with_kept_versions
from concord.web.pages import Page, page, today
from concord.web.places import opened
from concord.web.wording import count


@page("funds/fund.html", of="fund")
def fund(request: HttpRequest, place: str, fund: str) -> Page:
    here = opened_funds(opened(request, place))
    row = here.fund(fund)
    year = asked_year(request, here, fund)
    books = books_of(here, year)
    money = books.money(fund)
    paying = pays(here, books, fund)
    rows = line_rows(here, money)
    moves = moves_of(here, money)
    data = {
        "fund": fund, "name": row.label, "year": year, "mode": mode(row), "host": row.host,
        "budget_version": money.version.number if money.version else None,
        "lines": [r["data"] for r in rows],
        "contributions": contributions_of(money),
        "who_pays": paying["data"],
        "action_plans": [d.duty for d in duties(here, money)],
        "versions": [
            {"number": v.number, "status": v.status, "because": v.because or None,
             "decision": v.decision or None, "total_pence": v.total} for v in money.versions
        ],
        "movements": [m["data"] for m in moves],
        "reserves": reserves_of(here, money),
    }  # fmt: skip
    return here.it.page(
        f"{row.label}, {year}", data, section="funds", fund_row=row, money=money, rows=rows,
        lead=lead(here, money, rows), figures=figures(here, money, rows, fund),
        picture=pictures(here, money), variance=variance(here, money),
        finding=finding(here, rows), paying=paying, moves=moves,
        savings=savings_of(here, money), months=months_of(money), duties=duties(here, money),
        years=[y for y in years_of(here.text, fund) if y != year], text=here.text,
        thing="line" if here.text.schemes else "scheme", made=made_address(place, fund, year),
        decisions=cited(place, money, moves),
        may_import=may_here(request, place, "funds.import"), Answer=Answer,
        **dress(here.it.names),
        named=lambda said_: plan_words(here.it.names, here.text, said_),
        twin=reverse("fund.json", args=[place, fund]) + f"?year={year}",
    )  # fmt: skip


def may_here(request: HttpRequest, place: str, act: str) -> bool:
    roles = tuple(role_facts_of(request.user)) if request.user.is_authenticated else ()
    return bool(roles) and may(roles, act, About(place), today()).stands


def cited(place: str, money: Money, moves: list[dict[str, Any]]) -> set[str]:
    """The decisions that versions and movements cite and the register knows."""
    named = {v.decision for v in money.versions} | {m["decision"] for m in moves}
    return known_decisions(place, named - {""})


def made_address(place: str, fund: str, year: str) -> Any:
    """Where a figure opens to what made it."""

    def address(**of: str) -> str:
        asked = "&".join(f"{key}={value}" for key, value in of.items())
        return f"{reverse('fund_postings', args=[place, fund])}?year={year}&{asked}"

    return address


def line_rows(here: OpenedFunds, money: Money) -> list[dict[str, Any]]:
    """Every line with its budget by partner, what was spent, its forecast and variance."""
    rows = []
    for line in money.lines:
        cells = {p: money.budget.get((line.id, p), 0) for p in money.partners}
        budget = money.line_budget(line.id) if money.budget else None
        outturn, over = money.line_outturn(line.id), money.line_variance(line.id)
        spent = money.spent(line.id)
        causes = [v for v in money.found if v.line == line.id and (v.because or v.cause)]
        rows.append({
            "line": line, "name": line_name(here.text, line.id), "cells": cells, "budget": budget,
            "outturn": outturn, "over": over, "spent": spent, "causes": causes,
            "apart": apart(here.text, line), "scheme": _scheme(here, line.scheme),
            "data": {
                "line": line.id, "name": line.label, "budget_pence": budget,
                "by_partner_pence": cells, "spent_pence": spent, "forecast_pence": outturn,
                "over_budget_pence": over,
            },
        })  # fmt: skip
    return sorted(rows, key=lambda r: -(r["budget"] if isinstance(r["budget"], int) else 0))


def _scheme(here: OpenedFunds, name: object) -> str:
    row = here.text.schemes.get(name) if isinstance(name, str) else None
    return row.label if row else ""


def lead(here: OpenedFunds, money: Money, rows: list[dict[str, Any]]) -> str:
    """Whose money for how much, and whether the text says who bears an overspend."""
    stated = [p for p in money.partners if p != NOBODY_STATED]
    lines = count(len(rows), "line" if here.text.schemes else "scheme")
    if not money.budget:
        return f"No budget is stated for this fund. It has {lines}."
    whole = (
        f"{millions(money.total)} from"
        if isinstance(money.total, int)
        else "Money, in part not stated, from"
    )
    whose = count(len(stated), "partner") if stated else "partners not stated"
    rule = "" if has_rule(here) else " The text does not say how an overspend is shared."
    return f"{whole} {whose}, for {lines}.{rule}"


def pays(here: OpenedFunds, books: Books, fund: str) -> dict[str, Any]:
    """Who pays by the text's own rules, over every fund its agreement joins."""
    names, text = here.it.names, here.text
    if not has_rule(here):
        return {"state": "silent", "data": "not stated"}
    rules = [
        {"rule": r, "words": rule_words(names, text, r), "authority": r.authority}
        for r in (text.risk if isinstance(text.risk, tuple) else ())
    ]
    moneys = [m for m in books.together(fund) if m.forecast]
    found, missing = reported(moneys)
    lines = sum(m.line_variance(line.id) is not None for m in moneys for line in m.lines)
    if not lines:
        return {"state": "unreported", "rules": rules, "data": "not reported"}
    position = Position(year=books.year, variances=tuple(found))
    partners = dict.fromkeys(p for m in moneys for p in m.partners)
    made = paid(here, with_kept_versions(here.it.name, text), position, lines, partners)
    if (
        isinstance(made.result.not_stated, tuple)
        and made.result.not_stated
        and not made.result.borne
    ):
        state = "cannot"
    else:
        state = "shown"
    return {
        "state": state, "rules": rules, "paid": made,
        "missing": [line_name(text, n) for n in missing],
        "others": list(others(here, text, made.result)), "funds": [m.fund.label for m in moneys],
        "day": last_day(books.year),
        "data": {
            "year": books.year, "unit": "pence", "borne": made.result.borne,
            "reserves": made.result.reserves, "no_one": made.result.no_one,
            "waiting": made.result.waiting, "not_stated": made.result.not_stated,
            "left_out": missing, "sheet": made.rows, "totals": made.feet,
        },
    }  # fmt: skip


def duties(here: OpenedFunds, money: Money) -> tuple[OpenedDuty, ...]:
    """The action plans that this forecast opens by the agreement's own duties."""
    if not money.forecast:
        return ()
    period = money.forecast.at
    on = min(here.it.on, last_day(money.year)) if period else here.it.on
    return opened_duties(here.it.arrangement.duties, money.found, on, {})
