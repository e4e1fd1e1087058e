"""What the fund's page shows first: four figures, and the flow and variance as pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from concord.domain.language.values import NotStated
from concord.web.funds_pictures import NARROW, WIDE, flow, variance_picture
from concord.web.funds_reading import Money, OpenedFunds
from concord.web.funds_told import exact, line_name, millions, signed
from concord.web.wording import count, upper_first


def has_rule(here: OpenedFunds) -> bool:
    return not isinstance(here.text.risk, NotStated) and bool(here.text.risk)


def figures(
    here: OpenedFunds, money: Money, rows: list[dict[str, Any]], fund: str
) -> list[dict[str, Any]]:
    known = [r["over"] for r in rows if r["over"] is not None]
    over = sum(known)
    spent = [r["spent"] for r in rows if r["spent"] is not None]
    firm = money.version.status if money.version else "not stated"
    firm = "status not stated" if firm == "not stated" else firm
    place = here.it.name
    who = reverse("who_pays", args=[place, fund]) + f"?year={money.year}"
    postings = reverse("fund_postings", args=[place, fund]) + f"?year={money.year}"
    version = money.version
    return [
        {
            "label": "Budget", "href": "#versions" if version else "",
            "value": millions(money.total) if isinstance(money.total, int) else None,
            "note": f"version {version.number}, {firm}" if version else "no version is stated",
        },
        {
            "label": "Spent so far", "value": millions(sum(spent)) if spent else None,
            "silent": "Not reported", "note": _of(len(spent), rows, ""),
            "href": postings if spent else "",
        },
        {
            "label": "Forecast less budget", "value": _whole(over) if known else None,
            "silent": "Not reported", "note": _of(len(known), rows, " reported"),
            "href": "#variance" if known else "",
        },
        {
            "label": "Rule for an overspend", "note": "Try who would pay", "href": who,
            "value": count(len(here.text.risk), "rule") if has_rule(here) else None,
        },
    ]  # fmt: skip


def _whole(over: int) -> str:
    """Whole pounds with their sign, as a headline has them."""
    return signed(round(over / 100) * 100).removesuffix(".00") if over else "on budget"


def _of(number: int, rows: list[dict[str, Any]], what: str) -> str:
    return f"{count(number) if number else 'none'} of {count(len(rows), 'line')}{what}"


def pictures(here: OpenedFunds, money: Money) -> dict[str, Any] | None:
    """The flow from partner to line at both widths, from the same figures."""
    sides = {p: here.it.names.side(p) for p in money.partners}
    rows = []
    for line in money.lines:
        cells = {
            p: pence
            for p in money.partners
            if isinstance(pence := money.budget.get((line.id, p), 0), int) and pence > 0
        }
        rows.append((line.id, line_name(here.text, line.id), cells))
    rows.sort(key=lambda row: -sum(row[2].values()))
    wide, narrow = flow(rows, sides, WIDE), flow(rows, sides, NARROW)
    if wide is None or narrow is None:
        return None
    sums = {p: sum(cells.get(p, 0) for _, _, cells in rows) for p in sides}
    whole = sum(sums.values())
    thousands = all(not pence % 100_000 for _, _, cells in rows for pence in cells.values())
    shares = {p: f"{pence * 100 / whole:.2f}%" for p, pence in sums.items()}
    return {
        "wide": wide, "narrow": narrow, "sums": sums, "whole": whole, "shares": shares,
        "unit": "£ thousand" if thousands else "£", "cells": {r[0]: r[2] for r in rows},
        "say": (lambda p: f"{p // 100_000:,}") if thousands else _pounds,
        "finding": _largest(rows, whole, "line" if here.text.schemes else "scheme"),
    }  # fmt: skip


def _pounds(pence: int) -> str:
    return f"{pence // 100:,}" if not pence % 100 else f"{pence / 100:,.2f}"


def _largest(rows: list[tuple[str, str, Mapping[str, int]]], whole: int, thing: str) -> str:
    """The finding of the picture: how few lines hold most of the money."""
    sums = [sum(cells.values()) for _, _, cells in rows]
    for n in range(1, len(sums)):
        if sum(sums[:n]) * 100 >= whole * 70:
            share = round(sum(sums[:n]) * 100 / whole)
            holds = "holds" if n == 1 else "hold"
            few = f"{upper_first(count(n))} of the {count(len(sums), thing)}"
            return f"{few} {holds} {share}% of the money"
    return f"{upper_first(count(len(sums), thing))} share{'s' if len(sums) == 1 else ''} the money"


def variance(here: OpenedFunds, money: Money) -> dict[str, Any] | None:
    if not money.forecast:
        return None
    rows = [(n.id, line_name(here.text, n.id), money.line_variance(n.id)) for n in money.lines]
    return {
        "wide": variance_picture(rows, 31.0, 84.0, 38, 50),
        "narrow": variance_picture(rows, 0.0, 100.0, 50, 41),
    }


def finding(here: OpenedFunds, rows: list[dict[str, Any]]) -> str:
    """The title of the picture, which is what it finds."""
    known = [r for r in rows if r["over"] is not None]
    if not known:
        return "No line has reported a forecast"
    over = sum(r["over"] for r in known)
    silent = len(rows) - len(known)
    way = "over" if over > 0 else "under"
    what = f"{exact(abs(over))} {way} budget" if over else "On budget"
    if not silent:
        return f"{what}, and every line has reported"
    return f"{what}, with {count(silent, 'line')} not yet reported"
