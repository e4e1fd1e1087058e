"""A place as Popolo JSON: each collection at an address of its own, a page at a time.

No collection names anybody who is not named on the place's own pages, and none says how an
organisation formed its view where its members did not vote by name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse

from concord.commands.meetings_read import arrangement_in
from concord.documents import popolo as as_popolo
from concord.documents.popolo_votes import BY_NAME, OutcomeFacts, motion, vote_event
from concord.domain.decisions.outcomes import Manner, Result
from concord.records.models import Decision, Outcome, PlaceSummary
from concord.web.pages import Unreadable, gate, unreadable
from concord.web.places import Opened, opened
from concord.web.places import read as read_text

PER_PAGE = 100
PLACES_PER_PAGE = 20
Rows = list[dict[str, Any]]


def collection(request: HttpRequest, place: str, kind: str) -> HttpResponse:
    """One collection of a place, as the standard's schemas have its objects."""
    if turned := gate(request, "feed", place):
        return turned
    try:
        it = opened(request, place)
    except Unreadable as fault:
        return unreadable(request, fault, twin=True)
    if kind in _TEXT:
        rows, more = _TEXT[kind](it), False
    else:
        rows, more = _from_register(request, it, kind)
    address = reverse("popolo", args=[place, kind])
    page = _page(request)
    said = {
        "place": it.frame.title, "fictional": it.frame.fictional, "page": page,
        "more": f"{address}?page={page + 1}" if more else None, kind: rows,
    }  # fmt: skip
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


_TEXT: dict[str, Callable[[Opened], Rows]] = {
    "organizations": lambda it: as_popolo.organizations(it.name, it.arrangement, it.on),
    "posts": lambda it: as_popolo.posts(it.name, it.arrangement),
    "persons": lambda it: as_popolo.persons(it.name, it.arrangement, _voters(it.name)),
    "memberships": lambda it: as_popolo.memberships(it.name, it.arrangement),
}
_REGISTER = {"motions": motion, "vote_events": vote_event}
KINDS = (*_TEXT, *_REGISTER)


def _voters(place: str) -> list[str]:
    """Everybody who voted by name, whoever the text names."""
    rows = public_outcomes(place).filter(manner__in=[str(m) for m in BY_NAME])
    ballots = rows.order_by().values_list("ballots", flat=True)
    return list(dict.fromkeys(b["person"] for found in ballots.iterator() for b in found))


def _from_register(request: HttpRequest, it: Opened, kind: str) -> tuple[Rows, bool]:
    start = (_page(request) - 1) * PER_PAGE
    rows = public_outcomes(it.name)
    if kind == "vote_events":
        rows = rows.exclude(manner__in=[str(Manner.ALONE), str(Manner.NOTE)])
    kept = list(with_halves(rows)[start : start + PER_PAGE + 1])
    made = [
        _REGISTER[kind](
            it.name,
            arrangement_in(row.arrangement.sha256, row.arrangement.text),
            outcome_facts(row, request),
        )
        for row in kept[:PER_PAGE]
    ]
    return [one for one in made if one], len(kept) > PER_PAGE


def public_outcomes(place: str) -> QuerySet[Outcome]:
    """What anybody may see: what a meeting did at once, one person's decision once published."""
    published = Decision.objects.filter(outcome=OuterRef("pk"), summary__published_on__isnull=False)
    return Outcome.objects.filter(place=place).filter(Q(meeting__isnull=False) | Exists(published))


def with_halves(rows: QuerySet[Outcome]) -> QuerySet[Outcome]:
    halves = Decision.objects.select_related("summary").order_by("organisation")
    found = rows.select_related("arrangement").order_by("-on", "-pk").defer("verdict")
    return found.prefetch_related(Prefetch("decisions", halves))


def outcome_facts(row: Outcome, request: HttpRequest) -> OutcomeFacts:
    """An outcome as anybody may see it: its text only once a record that is not private is out."""
    halves = list(row.decisions.all())
    out = [d for d in halves if d.summary.published_on and not d.record.get("private")]
    reference = halves[0].reference if halves else f"outcome-{row.pk}"
    where = reverse("register_decision", args=[row.place_id, reference])
    return OutcomeFacts(
        number=row.pk, title=row.title, text=str(out[0].record.get("text", "")) if out else "",
        at=datetime.fromisoformat(row.at), body=row.body, result=Result(row.result),
        manner=Manner(row.manner), references=[d.reference for d in halves],
        made=frozenset(d.organisation for d in halves), ballots=row.ballots,
        address=request.build_absolute_uri(where),
    )  # fmt: skip


def everywhere(request: HttpRequest) -> HttpResponse:
    """The organisations of every place, a page of places at a time, with each one's collections."""
    if turned := gate(request, "places"):
        return turned
    page = _page(request)
    start = (page - 1) * PLACES_PER_PAGE
    every = PlaceSummary.objects.select_related("version").order_by("place")
    rows = list(every[start : start + PLACES_PER_PAGE + 1])
    found: Rows = []
    listed: Rows = []
    for row in rows[:PLACES_PER_PAGE]:
        name = row.place_id
        arrangement = read_text(row.version.text).arrangement
        if arrangement is None:
            continue
        found += as_popolo.organizations(name, arrangement, row.version.adopted_at.date())
        own = {kind: reverse("popolo", args=[name, kind]) for kind in KINDS}
        listed.append({"name": name, "title": row.title, "fictional": row.fictional, **own})
    more = f"{request.path}?page={page + 1}" if len(rows) > PLACES_PER_PAGE else None
    said = {"page": page, "more": more, "places": listed, "organizations": found}
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


def _page(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 6 else 1


def one_collection(request: HttpRequest, place: str, kind: str) -> HttpResponse:
    """The collection of that name; 404 where the standard has none of it."""
    if kind not in KINDS:
        raise Http404(f"Popolo has no {kind} here")
    return collection(request, place, kind)


urlpatterns = [
    path("popolo.json", everywhere, name="popolo_everywhere"),
    path("<slug:place>/popolo/<slug:kind>.json", one_collection, name="popolo"),
]
