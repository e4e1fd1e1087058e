"""Every promise of a place's reports as a dated obligation: open until met, overdue ones first."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.decisions.obligations import Obligation, State
from concord.web.decisions import may_here
from concord.web.pages import Page, page, today
from concord.web.places import opened
from concord.web.promises_open import Kept, matters_of, promises_of
from concord.web.wording import count, upper_first


@page("decisions/promises.html", of="promises")
def promises(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    texts, titles = matters_of(place, it.arrangement)
    found = promises_of(place, texts, it.on)
    overdue = [one for one in found if one.state is State.OVERDUE]
    return it.page(
        "Promises",
        {"promises": [{**_data(one), "title": titles[one.matter]} for one in found]},
        section="decisions",
        rows=[Kept(titles[one.matter], one) for one in found],
        lead=lead(found, len(overdue)),
        State=State,
        records=may_here(request, place, "decisions.record_promise"),
        now=today(),
        twin=reverse("promises.json", args=[place]) + it.asked,
    )


def lead(found: list[Obligation], overdue: int) -> str:
    """How many are open and how many of them late."""
    if not found:
        return "No report of this place promises anything."
    still = [one for one in found if one.state is not State.MET]
    if not still:
        return f"{upper_first(count(len(found), 'promise'))}, all met."
    late = f"{count(overdue)} of them overdue" if overdue else "none of them overdue"
    undated = sum(one.state is State.NO_DAY for one in still)
    day = f" {upper_first(count(undated))} {'has' if undated == 1 else 'have'} no day." * bool(
        undated
    )
    return f"{upper_first(count(len(still), 'promise'))} open, {late}.{day}"


def _data(one: Obligation) -> dict[str, object]:
    return {
        "id": one.id,
        "matter": one.matter,
        "what": one.what,
        "owner": one.owner or "not stated",
        "to": one.to or "not stated",
        "by": one.by or "not stated",
        "state": one.state,
        "days_late": one.days_late,
        "authority": str(one.authority),
    }
