"""Making public: papers with their proof, notices with all they must say, what was late and why."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from concord.commands.publishing import (
    AGENDA,
    publish_notice,
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
from concord.domain.decisions.forward_plan import Particulars
from concord.domain.decisions.lateness import ExitUsed
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.notices import Notice, NoticeKind, may_publish, notices
from concord.web.decisions import OpenedMatter, opened_matter
from concord.web.drafts import acting
from concord.web.pages import Unreadable, gate, today, unreadable
from concord.web.wording import count

# What an organisation says of itself, by the letters of the law's lists that ask for it.
ASKED_FOR = {
    "address": "Where copies can be had",
    "how_to_ask": "How somebody asks for details",
    "time": "The time of the meeting",
    "place": "Where the meeting is held",
    "agenda": "What is on the agenda",
    "representations": "Representations that were received",
    "response": "The answer to them",
    "told": "Who was told, and when",
    "agreed": "Who agreed, and when",
    "why": "Why it could not wait",
    "period": "The period in which it will be decided",
}
FIELD_OF = {"f": "address", "h": "how_to_ask", "d": "period"}


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


# --- a notice ---


def give(request: HttpRequest, place: str, matter: str, stop: str, kind: str) -> HttpResponse:
    """A notice with all it must say; what the record does not hold is asked for, then published."""
    if turned := gate(request, "notice_give", place):
        return turned
    one = opened_matter(request, place, matter)
    named = _kind(kind)
    own = particulars_of(request)
    notice = _owed(one, stop, named, own)
    if request.method == "POST" and request.POST.get("do") != "check":
        try:
            used = used_of(request)
        except Unreadable as fault:
            return unreadable(request, fault, twin=False)
        row = publish_notice(acting(request), place, matter, stop, named, own, used=used)
        messages.success(request, "The notice is public, with its proof.")
        return redirect("publication", place=place, number=row.pk)
    return render(request, "decisions/notice.html", _shown(request, one, notice, own))


def _kind(kind: str) -> NoticeKind:
    words = kind.replace("-", " ")
    if words not in [str(one) for one in NoticeKind]:
        raise Http404(f"there is no notice called {words}")
    return NoticeKind(words)


def _owed(one: OpenedMatter, stop: str, kind: NoticeKind, own: Particulars) -> Notice:
    whose = dict.fromkeys(one.it.arrangement.organisations, own)
    owed = notices(one.name, one.text, one.it.arrangement, today(), whose)
    found = next((n for n in owed if n.stop == stop and n.kind is kind), None)
    if found is None:
        raise Http404(f"no {kind} is owed for {stop}")
    return found


def particulars_of(request: HttpRequest) -> Particulars:
    said = request.POST
    return Particulars(**{f.name: said.get(f.name, "").strip() for f in fields(Particulars)})


def _shown(
    request: HttpRequest, one: OpenedMatter, notice: Notice, own: Particulars
) -> dict[str, Any]:
    """What the form needs: each line that lacks words, with the field that gives it some."""
    now = today()
    late = bool(notice.step.day and now > notice.step.day and notice.way is None)
    written = {name for name in ASKED_FOR if getattr(own, name)}
    asked = dict.fromkeys(
        FIELD_OF.get(line.letter, line.letter) for line in notice.lines if line.missing
    )
    names = [n for n in ASKED_FOR if n in asked or n in written]
    return {
        **one.page("Give notice", {}).shown,
        "page": "notices",
        "section": "decisions",
        "on": one.it.on,
        "matter": {"name": one.name, "title": one.title},
        "notice": notice,
        "verdict": may_publish(notice, now, None),
        "fields": [(name, ASKED_FOR[name], getattr(own, name)) for name in names],
        "checked": request.method == "POST",
        "late": late or notice.way is not None,
        "exits": [x for x in notice.exits if x.open_on(now)],
    }
