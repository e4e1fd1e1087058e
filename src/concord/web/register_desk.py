"""At the desk of those who keep the register: records to publish, windows that close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from concord.commands.effects import half_of
from concord.commands.meetings_read import arrangement_in
from concord.domain.decisions.call_in import moment
from concord.domain.decisions.effects import EffectState
from concord.domain.findings import Authority
from concord.records.models import DecisionSummary
from concord.web.wording import distance

_MOST = 60


@dataclass(frozen=True, slots=True)
class ToKeep:
    """One row for the desk: its day or word, what, why, and the page where it is done."""

    on: date | None
    when: str
    what: str
    why: str
    authority: Authority
    act: str
    href: str


def to_keep(whose: Mapping[str, set[str]], now: date) -> Iterator[tuple[str, ToKeep]]:
    """What the registers of places ask for, each with its place, in one question however many.

    `whose` names for each place the organisations it is asked for; where none is named, all of it.
    A record whose last day is past has no day left: it is to be published at once.
    """
    mine = Q(place__in=[place for place, organisations in whose.items() if not organisations])
    for place, organisations in whose.items():
        if organisations:
            mine |= Q(place=place, decision__organisation__in=organisations)
    rows = DecisionSummary.objects.filter(mine)
    wanted = Q(state=EffectState.MADE) | Q(state=EffectState.OPEN)
    related = ("decision", "decision__outcome", "decision__outcome__arrangement")
    rows = rows.filter(wanted).select_related(*related).order_by("decision__made_on", "pk")
    for row in rows.prefetch_related("decision__steps")[:_MOST] if whose else ():
        told = _publish(row, now) if row.state == EffectState.MADE else _window(row)
        yield row.place_id, told


def _href(row: DecisionSummary) -> str:
    return reverse("register_decision", args=[row.place_id, row.decision.reference])


def _publish(row: DecisionSummary, now: date) -> ToKeep:
    version = row.decision.outcome.arrangement
    half = half_of(arrangement_in(version.sha256, version.text), row.decision)
    due, what = half.publish_by, f"Publish the record of {row.decision.reference}"
    why = f"{row.decision.title}. Its call-in window opens with it."
    late = due is not None and due < now
    when = f"Due {distance(due, now)}" if late and due else "No day stated"
    return ToKeep(None if late else due, when, what, why, half.reached.authority,
                  "Publish it", f"{_href(row)}#follow")  # fmt: skip


def _window(row: DecisionSummary) -> ToKeep:
    at = datetime.fromisoformat(row.changes_at) if row.changes_at else None
    what = f"The call-in window of {row.decision.reference} closes"
    until = f" at {moment(at)}" if at else ""
    why = f"{row.decision.title}. If nobody calls it in{until}, it takes effect."
    return ToKeep(at.date() if at else None, "No day stated", what, why, Authority(),
                  "Open the decision", _href(row))  # fmt: skip
