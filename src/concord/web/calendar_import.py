"""Another system's meetings: the file is sent, looked at beside the calendar, then recorded."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from concord.commands.calendar_import import (
    MeetingsFile,
    MeetingsPreview,
    import_meetings,
    preview_meetings,
)
from concord.documents.calendar_merging import Becomes
from concord.domain.agreements.labels import label
from concord.domain.findings import Refused
from concord.records.models import TextVersion
from concord.records.models.agreements import CALENDAR
from concord.web.drafts import acting
from concord.web.pages import Unreadable, gate, today, unreadable
from concord.web.places import opened
from concord.web.posting import said
from concord.web.wording import count, listed, upper_first, worst_first

_LARGEST = 6_000_000  # bytes of one file
_CARRIED = 700_000  # characters a preview carries on; beyond, the file is sent again
_SHOWN = 300  # rows on one page; the whole text stands beneath them
_TITLES = 40  # titles for which one page asks which body they mean
_CHANGES = (Becomes.ADDED, Becomes.CALLED_OFF)


def importing(request: HttpRequest, place: str) -> HttpResponse:
    """The file asked for; what it would do to the calendar; then what it did."""
    if turned := gate(request, "calendar_import", place):
        return turned
    try:
        if request.method != "POST":
            return _shown(request, place)
        looked_at = preview_meetings(place, _file(request), today())
        if said(request, "do") != "record":
            return _shown(request, place, looked_at)
        return _recorded(request, place, looked_at)
    except Unreadable as fault:
        return unreadable(request, fault, twin=False)


def _recorded(request: HttpRequest, place: str, looked_at: MeetingsPreview) -> HttpResponse:
    """What was looked at, recorded; where it cannot be, the page as it was and why."""
    if said(request, "seen") != looked_at.seen:
        return _shown(request, place, looked_at, moved=True)
    without = said(request, "without") == "yes"
    try:
        made = import_meetings(acting(request), place, looked_at, without=without)
    except Refused as refusal:
        return _shown(request, place, looked_at, refused=refusal.verdict.against)
    messages.success(
        request, f"{_lead(looked_at, done=True)} The calendar is version {made.number}."
    )
    return redirect("meetings", place)


def _file(request: HttpRequest) -> MeetingsFile:
    """The file as it was sent, or as the preview carried it on, and what its titles mean."""
    sent = request.FILES.get("file")
    if sent is not None:
        if sent.size > _LARGEST:
            raise Unreadable("The file is larger than 6 MB.", "Send it year by year.")
        name, body = sent.name or "file", sent.read()
    else:
        name, body = said(request, "name"), _uncarried(said(request, "carried"))
    if not body:
        fault = "No file was sent, or an empty one."
        raise Unreadable(fault, "Choose an iCalendar, CSV or Modern.Gov XML file.")
    called = {}
    for n in range(1, _TITLES + 1):
        if body_ := said(request, f"body-{n}"):
            called[said(request, f"title-{n}")] = body_
    plain = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    return MeetingsFile(plain[:200] or "file", body, called)


def _carry(body: bytes) -> str:
    packed = base64.b64encode(zlib.compress(body, 9)).decode()
    return packed if len(packed) <= _CARRIED else ""


def _uncarried(words: str) -> bytes:
    try:
        opening = zlib.decompressobj()
        return opening.decompress(base64.b64decode(words, validate=True), _LARGEST)
    except (binascii.Error, zlib.error):
        return b""


def _shown(
    request: HttpRequest, place: str, looked_at: MeetingsPreview | None = None, **told: Any
) -> HttpResponse:
    it = opened(request, place)
    frame = it.page("Take meetings into the calendar", {}, section="decisions", **told)
    shown = {"page": "calendar_import", **frame.data, **frame.shown, "looked_at": looked_at}
    shown["version"] = TextVersion.objects.newest(place, CALENDAR)
    if looked_at:
        rows = looked_at.merge.rows
        bodies = [(b.id, b.label) for b in it.arrangement.bodies.values()]
        shown |= {
            "lead": _lead(looked_at), "bodies": bodies, "carried": _carry(looked_at.file.body),
            "rows": [(row, label(it.arrangement, row.found.body)) for row in rows[:_SHOWN]],
            "more_rows": max(0, len(rows) - _SHOWN), "changing": _CHANGES,
            "findings": worst_first(looked_at.findings)[:_SHOWN],
            "more_findings": max(0, len(looked_at.findings) - _SHOWN),
            "unknown": _titles(looked_at),
        }  # fmt: skip
    status = 422 if told else 200
    return render(request, "decisions/calendar_import.html", shown, status=status)


def _titles(looked_at: MeetingsPreview) -> list[tuple[str, str]]:
    """Each title that needs a body, or was given one, with the body chosen for it."""
    chosen = looked_at.file.called
    titles = dict.fromkeys([*chosen, *looked_at.unknown])
    return [(title, chosen.get(title, "")) for title in titles][:_TITLES]


def _lead(looked_at: MeetingsPreview, *, done: bool = False) -> str:
    """What the file would do, or did, in one sentence."""
    added, off = (looked_at.merge.count(one) for one in _CHANGES)
    parts = [f"{count(added, 'meeting')} {'added' if done else 'to add'}"] if added else []
    parts += (
        [f"{count(off, 'meeting')} {'marked' if done else 'to mark'} as called off"] if off else []
    )
    if parts:
        return f"{upper_first(listed(parts))}."
    return "The file brings nothing that the calendar does not have."
