"""The audit trail: every act with who, for whom and why, and whether the chain is whole."""

from __future__ import annotations

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from concord.domain.audit import verify
from concord.domain.places.policy import About, RoleFact, may
from concord.records.models import AuditEntry
from concord.records.models.accounts import role_facts_of
from concord.web.pages import gate, plain, today

_PER_PAGE = 50
_VERIFIED_ON_A_PAGE = 5_000  # entries; a longer chain is verified by `concord verify`


def audit(request: HttpRequest, twin: bool = False) -> HttpResponse:
    """The trail of one place, or of all where the person may read it everywhere."""
    facts = tuple(role_facts_of(request.user))
    place = request.GET.get("place") or _own_place(facts)
    return _audit(request, place=place, twin=twin)


def _own_place(facts: tuple[RoleFact, ...]) -> str:
    """Nowhere in particular for whoever may read it all, else the first place they may read."""
    now = today()
    everywhere = may(facts, "audit.view", About(), now).stands
    places = sorted({fact.place for fact in facts if fact.place})
    allowed = [name for name in places if may(facts, "audit.view", About(name), now).stands]
    return "" if everywhere or not allowed else allowed[0]


def _audit(request: HttpRequest, place: str, twin: bool) -> HttpResponse:
    if turned := gate(request, "audit", place):
        return turned
    rows = AuditEntry.objects.all().order_by("-number")
    if place:
        rows = rows.filter(place=place)
    shown = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    head = AuditEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    is_short = head <= _VERIFIED_ON_A_PAGE
    breaks = list(verify(AuditEntry.objects.as_facts())) if is_short else []
    entries = [_entry(row) for row in shown]
    data = {
        "place": place,
        "entries": entries,
        "chain": {"entries": head, "verified": is_short, "breaks": breaks},
    }
    if twin:
        return JsonResponse(plain(data))
    address = reverse("audit.json") + (f"?{request.GET.urlencode()}" if request.GET else "")
    return render(request, "audit/audit.html", {**data, "shown": shown, "twin": address})


def _entry(row: AuditEntry) -> dict[str, Any]:
    return {
        "number": row.number,
        "at": row.at,
        "who": row.who,
        "on_behalf_of": row.on_behalf_of,
        "place": row.place,
        "act": row.act,
        "what": row.what,
        "why": row.why,
        "before": json.loads(row.before),
        "after": json.loads(row.after),
        "hash": row.hash,
        "previous": row.previous,
    }
