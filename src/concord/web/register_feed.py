"""The Atom feed of a register: each decision as it is made, and whatever becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from concord.commands.meetings_read import LONDON
from concord.domain.agreements.labels import label
from concord.records.models import DecisionStep
from concord.web.feeds import add_entry, atom, new_feed
from concord.web.pages import gate
from concord.web.places import Opened, opened
from concord.web.register_rows import WITHOUT, newest
from concord.web.wording import listed, sentence, upper_first

_MOST = 60

Entry = tuple[datetime, str, str, str, str]


def feed(request: HttpRequest, place: str) -> HttpResponse:
    """Every outcome and every step, the newest first."""
    if turned := gate(request, "register", place):
        return turned
    it = opened(request, place)
    found = sorted([*_outcomes(it), *_steps(it)], key=lambda entry: entry[0], reverse=True)[:_MOST]
    updated = found[0][0] if found else it.version.adopted_at
    made = new_feed(request, it, "register of decisions", updated)
    for at, reference, mark, title, says in found:
        address = request.build_absolute_uri(reverse("register_decision", args=[place, reference]))
        add_entry(made, address, mark, title, says, at)
    return atom(made)


def _aware(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def _outcomes(it: Opened) -> Iterator[Entry]:
    for row in newest(it.name, _MOST):
        halves = [d.reference for d in row.decisions.all()]
        where = label(it.arrangement, row.body) if row.body else "Between meetings"
        says = f"{upper_first(row.result)}. {where}. {listed(halves)}".strip(". ") + "."
        reference = halves[0] if halves else f"{WITHOUT}{row.pk}"
        yield _aware(row.at), reference, "", row.title, says


def _steps(it: Opened) -> Iterator[Entry]:
    rows = DecisionStep.objects.filter(decision__place=it.name).select_related("decision")
    public = rows.filter(decision__summary__published_on__isnull=False).only(
        "step", "at", "by_itself", "ground", "decision__reference", "decision__title"
    )
    for step in public.order_by("-at", "-pk")[:_MOST]:
        why = sentence(step.ground)
        by = " By itself, at its time." if step.by_itself else ""
        says = f"{step.decision.reference}: {step.step}.{by} {why}".strip()
        title = f"{upper_first(step.step)}: {step.decision.title}"
        yield _aware(step.at), step.decision.reference, f"#step-{step.pk}", title, says
