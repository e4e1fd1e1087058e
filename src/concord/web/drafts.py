"""Writing a place's text: the editor with its margin, two people at once, versions compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from concord.commands.agreements import (
    TextRefused,
    TextsDiffer,
    adopt_text,
    discard_draft,
    save_draft,
)
from concord.commands.command import Acting
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.findings import Finding
from concord.domain.places.policy import About, may
from concord.records.models import Draft
from concord.records.models.accounts import role_facts_of
from concord.web.agreements import by_line, text_lines
from concord.web.naming import Names
from concord.web.pages import Page, gate, page, today
from concord.web.places import Opened, opened
from concord.web.versions import compared
from concord.web.wording import WEIGHT_CLASS, worst_first

_NOTE_WIDTH = 36  # characters of a note on one line of the margin


@dataclass(frozen=True, slots=True)
class MarginLine:
    """One line of the margin: what stands beside it, if it is not taken by a note above."""

    notes: tuple[Finding, ...]


def acting(request: HttpRequest) -> Acting:
    """Whoever has signed in, for the organisation that the form names, and why."""
    return Acting(
        request.user,  # type: ignore[arg-type]
        datetime.now(UTC),
        request.POST.get("on_behalf_of", "").strip(),
        request.POST.get("why", "").strip(),
    )


def edit(request: HttpRequest, place: str) -> HttpResponse:
    """The draft as it stands, or what was just sent, with findings beside their lines."""
    if turned := gate(request, "edit", place):
        return turned
    it = opened(request, place)
    draft = Draft.objects.desk(place)
    if request.method != "POST":
        return _editor(request, it, draft, draft.text, draft.revision)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    revision = _revision(request)
    if request.POST.get("do") == "check":
        return _editor(request, it, draft, text, revision, checked=True)
    try:
        saved = save_draft(acting(request), place, text, revision)
    except TextsDiffer as differ:
        return _conflict(request, it, differ)
    except TextRefused as refused:
        return _editor(request, it, draft, text, revision, refused=refused.findings, status=422)
    messages.success(request, f"Saved as revision {saved.revision} of the draft.")
    return redirect("edit", place=place)


def _revision(request: HttpRequest) -> int:
    said = request.POST.get("revision", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def _editor(
    request: HttpRequest,
    it: Opened,
    draft: Draft,
    text: str,
    revision: int,
    *,
    checked: bool = False,
    refused: tuple[Finding, ...] = (),
    status: int = 200,
) -> HttpResponse:
    reading = read_arrangement(text)
    findings = tuple(dict.fromkeys((*refused, *reading.findings)))
    lines = text.count("\n") + 1
    shown = {
        **it.page("Draft", {}).shown,
        "page": "agreements",
        "on": it.on,
        "draft": draft,
        "text": text,
        "revision": revision,
        "checked": checked,
        "refused": bool(refused),
        "findings": worst_first(findings),
        "gutter": _gutter(lines, findings),
        "margin": _margin(lines, findings),
        "lines": lines,
        "not_stated": len(reading.not_stated),
        "unsaved": text != draft.text,
        "organisations": _organisations(request, it),
        "may_adopt": _may(request, it.name, "agreements.adopt_text"),
    }
    return render(request, "agreements/edit.html", shown, status=status)


def _may(request: HttpRequest, place: str, act: str) -> bool:
    return may(role_facts_of(request.user), act, About(place), today()).stands


def _organisations(request: HttpRequest, it: Opened) -> list[tuple[str, str]]:
    """The organisations the person may act for here, by name."""
    now = today()
    facts = [f for f in role_facts_of(request.user) if f.holds(now) and f.place in ("", it.name)]
    named = sorted({f.organisation for f in facts if f.organisation})
    known = it.arrangement.organisations
    return [(one, it.names.organisation(one) if one in known else one) for one in named]


def _gutter(lines: int, findings: tuple[Finding, ...]) -> list[tuple[int, str]]:
    """Each line's number with the weight of the worst finding on it."""
    worst = {f.line: WEIGHT_CLASS[f.weight] for f in reversed(worst_first(findings))}
    return [(number, worst.get(number, "")) for number in range(1, lines + 1)]


def _margin(lines: int, findings: tuple[Finding, ...]) -> list[MarginLine]:
    """Notes beside their lines; a note that would lie on another moves down below it."""
    at = by_line((max(1, min(f.line or 1, lines)), f) for f in findings)
    rows: list[MarginLine] = []
    waiting: list[Finding] = []
    covered = 0
    for number in range(1, lines + 1):
        waiting += at.get(number, [])
        if covered > 0 or not waiting:
            rows.append(MarginLine(()))
            covered -= 1
            continue
        note = waiting.pop(0)
        rows.append(MarginLine((note,)))
        covered = _height(note) - 1
    return [*rows, *(MarginLine((note,)) for note in waiting)]


def _height(note: Finding) -> int:
    """How many lines of the text a note covers, a little more than it needs."""
    words = len(f"Line {note.line}. {note.says}. {note.remedy}")
    rows = (
        2 + words // _NOTE_WIDTH + (1 + len(note.authority) // _NOTE_WIDTH if note.authority else 0)
    )
    return -(-rows * 20 // 24) + 1


def _conflict(request: HttpRequest, it: Opened, differ: TextsDiffer) -> HttpResponse:
    """Both texts, and the two put together where that can be done; nothing is lost."""
    shown = {
        **it.page("Two drafts", {}).shown,
        "page": "agreements",
        "yours": differ.yours,
        "theirs": differ.theirs,
        "together": differ.together,
        "verdict": differ.verdict,
        "changes": list(compared(differ.theirs.text, differ.yours)),
        "rows": min(30, differ.yours.count("\n") + 2),
        "why": request.POST.get("why", ""),
        "on_behalf_of": request.POST.get("on_behalf_of", ""),
    }
    return render(request, "agreements/conflict.html", shown, status=409)


@page("agreements/text.html", of="draft")
def draft(request: HttpRequest, place: str) -> Page:
    """The draft as whoever may read it sees it."""
    it = opened(request, place)
    kept = Draft.objects.desk(place)
    if not kept.is_open:
        raise Http404(f"nobody is writing a draft of {place}")
    reading = read_arrangement(kept.text)
    names = Names(reading.arrangement, it.on) if reading.arrangement else it.names
    data = {"revision": kept.revision, "lines": _lines(reading, names)}
    return it.page("Draft", data, draft=kept)


def _lines(reading: Reading, names: Names) -> list[Any]:
    return text_lines(reading, names)


@require_POST
def adopt(request: HttpRequest, place: str) -> HttpResponse:
    """Makes the draft the next version, naming the decision that adopted it."""
    if turned := gate(request, "adopt", place):
        return turned
    version = adopt_text(acting(request), place, _revision(request))
    messages.success(request, f"Version {version.number} is adopted.")
    return redirect("text", place=place)


@require_POST
def discard(request: HttpRequest, place: str) -> HttpResponse:
    """Goes back to the newest version; the discarded text is set aside."""
    if turned := gate(request, "discard", place):
        return turned
    discard_draft(acting(request), place, _revision(request))
    messages.success(request, "The draft is discarded. Its text is set aside, not deleted.")
    return redirect("versions", place=place)
