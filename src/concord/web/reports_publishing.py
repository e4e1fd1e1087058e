"""Making a paper public with its proof; what was late and why; withdrawing; a promise met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from concord.commands.publishing import (
    AGENDA,
    publish_paper,
    record_promise,
    submit_report,
    withdraw,
)
from concord.documents.house import named_house
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.clocks import WayOut
from concord.domain.decisions.facts import answers
from concord.domain.decisions.lateness import ExitUsed
from concord.domain.decisions.matter import MatterText
from concord.web.drafts import acting
from concord.web.pages import Unreadable, gate, today, unreadable
from concord.web.wording import count


@dataclass(frozen=True, slots=True)
class ToPublish:
    """The paper of one stop as whoever may publish it sees it: late or not, and how it can be."""

    stop: str
    body: str
    on: date | None
    public: bool
    due: date | None
    exits: tuple[WayOut, ...]
    has_format: bool

    @property
    def late(self) -> bool:
        return bool(self.due and today() > self.due)


def to_publish(
    text: MatterText, arrangement: Arrangement, place: str, public: set[str]
) -> list[ToPublish]:
    """Each stop with the last day for its papers and the ways still open after it."""
    now = today()
    found = []
    for facts in answers(text, arrangement, now).stops:
        stop = text.stops[facts.stop]
        steps = facts.clocks.steps if facts.clocks else ()
        step = next((s for s in steps if s.clock == AGENDA and s.day), None)
        ways = facts.clocks.exits if facts.clocks and step else ()
        exits = tuple(x for x in ways if step and x.from_step == step.id and x.open_on(now))
        on = stop.on if isinstance(stop.on, date) else None
        body = label(arrangement, stop.body) if isinstance(stop.body, str) else stop.id
        due = step.day if step else None
        house = named_house(text, stop, place) is not None
        found.append(ToPublish(stop.id, body, on, stop.id in public, due, exits, house))
    return found


def used_of(request: HttpRequest) -> ExitUsed | None:
    """The lawful way out that a form names; none where it names none."""
    said = request.POST
    if not said.get("exit"):
        return None
    agreed = said.get("agreed_on", "")
    try:
        on = date.fromisoformat(agreed) if agreed else today()
    except ValueError:
        raise Unreadable(
            f"“{agreed[:40]}” is not a date this page can read.",
            "Write the date as 2026-11-24: year, month, day.",
        ) from None
    exit_, _, by = said["exit"].partition("|")
    passed = tuple(one for one in said.get("passed_over", "").split("\n") if one.strip())
    return ExitUsed(exit_, by, on, said.get("exit_why", ""), passed)


@require_POST
def submit(request: HttpRequest, place: str, matter: str) -> HttpResponse:
    """Makes the draft the matter's next version, once nothing stops it."""
    if turned := gate(request, "report_submit", place):
        return turned
    said = request.POST.get("revision", "")
    revision = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
    version = submit_report(acting(request), place, matter, revision)
    messages.success(request, f"Submitted as version {version.number}.")
    return redirect("report", place=place, matter=matter)


@require_POST
def publish(request: HttpRequest, place: str, matter: str) -> HttpResponse:
    """Makes the paper of one stop public, as page, PDF and Word file."""
    if turned := gate(request, "report_publish", place):
        return turned
    stop, because = request.POST.get("stop", ""), request.POST.get("because", "")
    try:
        used = used_of(request)
    except Unreadable as fault:
        return unreadable(request, fault, twin=False)
    made = publish_paper(acting(request), place, matter, stop, used=used, because=because)
    messages.success(request, f"Published: {count(len(made), 'document')}, with proof.")
    return redirect("paper", place=place, matter=matter, stop=stop)


@require_POST
def take_back(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Withdraws a publication, which stays readable and says why."""
    if turned := gate(request, "report_withdraw", place):
        return turned
    row = withdraw(acting(request), place, number, request.POST.get("because", ""))
    messages.success(request, "Withdrawn. It stays readable, and says why.")
    return redirect("publication", place=place, number=row.supersedes_id)


@require_POST
def met(request: HttpRequest, place: str) -> HttpResponse:
    """Records that a promise was met: when, and how anybody can see it."""
    if turned := gate(request, "promise_met", place):
        return turned
    said = request.POST
    try:
        on = date.fromisoformat(said.get("on", ""))
    except ValueError:
        fault = Unreadable("The day on which it was met cannot be read.", "Write it as 2026-11-24.")
        return unreadable(request, fault, twin=False)
    names = said.get("matter", ""), said.get("promise", "")
    record_promise(acting(request), place, *names, on, said.get("how", ""))
    messages.success(request, "Recorded as met.")
    return redirect("promises", place=place)
