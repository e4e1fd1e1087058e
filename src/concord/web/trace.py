"""The chain of authority as a page: from a pound to its statute, and from a power to its pounds."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from concord.commands.chain_tracing import Traced, checked, traced
from concord.domain.chain import BrokenLink, ChainLink, Moved, Rests, Step
from concord.domain.findings import Refused
from concord.web.funds_told import dress, exact
from concord.web.pages import Page, both, page
from concord.web.places import opened

_MOST = 60  # movements that one page tells of; the data have all


@page("trace/check.html", of="trace")
def check(request: HttpRequest, place: str) -> Page:
    """Every break of the whole place."""
    it = opened(request, place)
    try:
        found = checked(place, it.on)
    except Refused as refusal:
        raise Http404(str(refusal)) from None
    data = {
        "movements": found.movements, "decisions": found.decisions, "budgets": found.budgets,
        "breaks": [_break(b) for b in found.breaks],
        "whole": not found.breaks,
    }  # fmt: skip
    return it.page(
        "The chain of authority", data, section="funds", found=found,
        twin=reverse("trace_check.json", args=[place]) + it.asked,
    )  # fmt: skip


@page("trace/trace.html", of="trace")
def trace(request: HttpRequest, place: str, what: str) -> Page:
    """One thing's chain, and what rests on it."""
    it = opened(request, place)
    try:
        found = traced(place, what)
    except Refused as refusal:
        raise Http404(str(refusal)) from None
    data = {
        "what": what, "heading": found.heading, "whole": found.says,
        "links": [_link(link) for link in found.links],
        "decisions": [d.reference for d in found.rests.decisions],
        "budgets": [b.id for b in found.rests.budgets],
        "moved_pence": found.rests.pence,
        "money": [_money(m) for m in found.rests.money],
        "spent_within_pence": found.rests.pence_within,
        "spent_within": [_money(m) for m in found.rests.within],
    }  # fmt: skip
    shown = [(link, _href(place, link, found)) for link in found.links]
    return it.page(
        found.heading, data, section="funds", found=found, shown=shown,
        **dress(it.names), tables=_tables(found.rests),
        twin=reverse("trace.json", args=[place, what]) + it.asked,
    )  # fmt: skip


def _tables(rests: Rests) -> list[tuple[str, str, tuple[Moved, ...], int]]:
    """What moved under it and what was spent within: a caption, a sum, the first rows, the rest."""
    asked = (
        ("Moved under it", rests.pence, rests.money),
        ("Spent within the budgets that it set or changed", rests.pence_within, rests.within),
    )
    return [(says, exact(p), rows[:_MOST], len(rows) - _MOST) for says, p, rows in asked if rows]


def _href(place: str, link: ChainLink, found: Traced) -> str:
    """The page of what a link leads to: its own trace, the register, or the agreements."""
    if not link.id or link.id == found.what:
        return ""
    match link.step:
        case Step.DECISION if not link.broken:
            return reverse("register_decision", args=[place, link.id])
        case Step.AGREEMENT:
            return f"{reverse('agreements', args=[place])}#{link.id}"
        case Step.BUDGET | Step.TAKES_BACK | Step.DELEGATION:
            return reverse("trace", args=[place, link.id])
    return ""


def _link(link: ChainLink) -> dict[str, Any]:
    return {
        "leads": str(link.step), "id": link.id or None, "what": link.what, "says": link.says,
        "authority": str(link.authority), "breaks": [_break(b) for b in link.broken],
    }  # fmt: skip


def _break(one: BrokenLink) -> dict[str, str]:
    return {"id": str(one.name), "where": one.where, "says": one.says, "remedy": one.remedy}


def _money(one: Moved) -> dict[str, Any]:
    return {
        "id": one.id, "deed": one.deed, "on": one.on, "pence": one.amount, "says": one.says,
        "alike": one.count,
    }  # fmt: skip


urlpatterns = [
    *both("<slug:place>/trace/", check, "trace_check"),
    *both("<slug:place>/trace/<path:what>/", trace, "trace"),
]
