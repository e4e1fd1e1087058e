"""Every promise of a place's reports as a dated obligation: open until met, overdue ones first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.obligations import Obligation, State, obligation, open_first
from concord.records.models import MatterSummary, PromiseMet
from concord.web.decisions import read_stops
from concord.web.pages import Page, page
from concord.web.places import Opened, opened
from concord.web.wording import count, upper_first

_MOST = 200  # matters whose texts one page reads


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise with the title of its matter."""

    title: str
    promise: Obligation


def promises_of(place: str, matters: Mapping[str, MatterText], on: date) -> list[Obligation]:
    """The promises of these matters on a day, in one question to the database."""
    rows = PromiseMet.objects.filter(place=place, matter__in=matters, on__lte=on)
    met = {(row.matter, row.promise): row.on for row in rows}
    found = (
        obligation(promise, name, on, met.get((name, promise.id)))
        for name, text in matters.items()
        for promise in text.promises.values()
    )
    return list(open_first(found))


def matters_of(it: Opened, most: int = _MOST) -> tuple[dict[str, MatterText], dict[str, str]]:
    """The texts and titles of a place's matters, the newest first, in one question."""
    summaries = MatterSummary.objects.filter(place=it.name).select_related("version")
    texts, titles = {}, {}
    for row in summaries.order_by("-last_stop", "name")[:most]:
        text = read_stops(row.version.text, it.arrangement).matter
        if text is not None and text.matter is not None:
            texts[row.name], titles[row.name] = text, row.title
    return texts, titles


@page("decisions/promises.html", of="promises")
def promises(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    texts, titles = matters_of(it)
    found = promises_of(place, texts, it.on)
    overdue = [one for one in found if one.state is State.OVERDUE]
    return it.page(
        "Promises",
        {"promises": [{**_data(one), "title": titles[one.matter]} for one in found]},
        section="decisions",
        rows=[Kept(titles[one.matter], one) for one in found],
        lead=lead(found, len(overdue)),
        State=State,
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
