"""The register of a place: every outcome alike, filtered, a page at a time by day and number."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from concord.domain.agreements.labels import label
from concord.domain.decisions.effects import EffectState
from concord.domain.decisions.outcomes import Result
from concord.records.models import Decision, Outcome
from concord.web.decisions import may_here
from concord.web.pages import Page, page
from concord.web.places import Opened, opened
from concord.web.register_rows import public, row_of, with_halves
from concord.web.wording import upper_first

PER_PAGE = 25
_NAMES = ("organisation", "body", "year", "key", "state", "by")


@page("register/register.html", of="register")
def register(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    asked = {name: request.GET.get(name, "")[:80] for name in _NAMES}
    rows = list(
        _after(_filtered(public(place), asked), request.GET.get("after", ""))[: PER_PAGE + 1]
    )
    more = len(rows) > PER_PAGE
    shown = [row_of(row, it) for row in rows[:PER_PAGE]]
    last = rows[PER_PAGE - 1] if more else None
    after = f"{last.on.isoformat()}_{last.pk}" if last else ""
    onward = _query(asked, after) if more else ""
    address = reverse("register.json", args=[place])
    return it.page(
        "Register of decisions",
        {"outcomes": shown, "asked": asked, "more": f"{address}?{onward}" if more else None},
        section="decisions",
        rows=shown,
        choices=_choices(place, it),
        chosen=asked,
        onward=onward,
        is_filtered=any(asked.values()),
        alone=may_here(request, place, "decisions.record"),
        begins=not request.GET.get("after"),
        twin=f"{address}?{_query(asked, request.GET.get('after', '')[:40])}".rstrip("?"),
    )


def _query(asked: dict[str, str], after: str) -> str:
    made = QueryDict(mutable=True)
    for name, value in (*asked.items(), ("after", after)):
        if value:
            made[name] = value
    return made.urlencode()


def _filtered(rows: QuerySet[Outcome], asked: dict[str, str]) -> QuerySet[Outcome]:
    half: dict[str, Any] = {}
    if asked["organisation"]:
        half["organisation"] = asked["organisation"]
    if asked["key"] in ("yes", "no"):
        half["is_key"] = asked["key"] == "yes"
    if asked["state"] in set(EffectState):
        half["summary__state"] = asked["state"]
    if asked["by"]:
        half["maker"] = asked["by"]
    if half:
        rows = rows.filter(Exists(Decision.objects.filter(outcome=OuterRef("pk"), **half)))
    if asked["state"] in set(Result):
        rows = rows.filter(result=asked["state"])
    if asked["body"]:
        rows = rows.filter(body="" if asked["body"] == "none" else asked["body"])
    if asked["year"].isdigit() and len(asked["year"]) == 4 and asked["year"] >= "1900":
        year = int(asked["year"])
        rows = rows.filter(on__range=(date(year, 1, 1), date(year, 12, 31)))
    return rows


def _after(rows: QuerySet[Outcome], after: str) -> QuerySet[Outcome]:
    """What comes after the last line of the page before, by day and number: no page is skipped."""
    day, _, number = after.partition("_")
    if number.isascii() and number.isdigit() and len(number) < 19:
        try:
            on = date.fromisoformat(day)
        except ValueError:
            on = None
        if on is not None:
            rows = rows.filter(Q(on__lt=on) | Q(on=on, pk__lt=int(number)))
    return with_halves(rows)


def _choices(place: str, it: Opened) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers, in words: what the register of this place has."""
    names = it.names
    makers = Decision.objects.filter(place=place).order_by().values_list("maker", flat=True)
    bodies = Outcome.objects.filter(place=place).order_by().values_list("body", flat=True)
    days = Outcome.objects.filter(place=place).order_by("on").values_list("on", flat=True)
    first, last = days.first(), days.last()
    years = range(last.year, first.year - 1, -1) if first and last else ()
    here = sorted(set(bodies.distinct()))
    return {
        "organisation": [(o, names.organisation(o)) for o in names.partners],
        "body": [
            (b or "none", label(it.arrangement, b) if b else "Between meetings") for b in here
        ],
        "year": [(str(y), str(y)) for y in years],
        "key": [("yes", "Key decisions"), ("no", "Not key")],
        "state": [(str(s), upper_first(s)) for s in (*_STATES, *_WITHOUT)],
        "by": [(m, upper_first(label(it.arrangement, m))) for m in sorted(set(makers.distinct()))],
    }


_STATES = tuple(EffectState)
_WITHOUT = (Result.DEFERRED, Result.NOTED, Result.NOT_CARRIED, Result.REFERRED, Result.DISPUTED)
