"""A clerk's desk for one meeting: files put to it, its pack made with progress and published."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from concord.commands.agendas import publish_agenda, upload_paper
from concord.commands.agendas_making import SILENT, begin_pack, carry_out
from concord.commands.agendas_read import (
    AGENDA,
    CORRECTION,
    SUPPLEMENT,
    AtMeeting,
    contents,
    meeting_at,
)
from concord.domain.clocks import WayOut
from concord.domain.decisions.agendas import AgendaDue, may_publish_agenda
from concord.domain.decisions.lateness import ExitUsed
from concord.domain.findings import Refused
from concord.records.models import PackMaking
from concord.web.agendas import OpenedMeeting, opened_meeting
from concord.web.drafts import acting
from concord.web.pages import Unreadable, gate, today, unreadable

REFRESH = 2  # seconds after which the page of a pack being made asks again
_MOST_ITEMS = 400


@require_POST
def file(request: HttpRequest, place: str, body: str, day: str) -> HttpResponse:
    """Puts a PDF to the meeting."""
    if turned := gate(request, "agenda_file", place):
        return turned
    one = opened_meeting(request, place, body, day)
    sent, said = request.FILES.get("file"), request.POST
    if sent is None:
        fault = Unreadable("No file was sent.", "Choose a PDF of at most 20 MB.")
        return unreadable(request, fault, twin=False)
    replaces = said.get("replaces", "")
    row = upload_paper(
        acting(request), place, body, one.meets.on, title=said.get("title", ""),
        name=sent.name or "file.pdf", pdf=sent.read(), item=said.get("item", ""),
        ask=said.get("ask", ""), late=said.get("late", ""),
        replaces=int(replaces) if replaces.isascii() and replaces.isdigit() else None,
    )  # fmt: skip
    pages = f"{row.pages} page{'s' if row.pages != 1 else ''}"
    messages.success(request, f"{row.title} is kept: {pages}. It is public once a pack holds it.")
    return redirect("agenda", *one.where)


def choose(request: HttpRequest, place: str, body: str, day: str) -> HttpResponse:
    """What the next pack holds: chosen, then made in the background."""
    if turned := gate(request, "agenda_pack", place):
        return turned
    one = opened_meeting(request, place, body, day)
    if request.method == "POST":
        asked = _asked(request)
        row = begin_pack(acting(request), place, body, one.meets.on, asked)
        in_background(lambda: carry_out(row.pk, lambda: datetime.now(UTC)))
        return redirect("agenda_making", *one.where, row.pk)
    at = meeting_at(place, body, one.meets.on, "decisions.make_pack")
    return _shown(request, one, "decisions/agenda_choose.html", **_choices(at))


def _choices(at: AtMeeting) -> dict[str, Any]:
    """The kinds of pack that can be made now, each with what it would hold."""
    kinds: list[tuple[str, str]] = []
    if not any(p.kind == AGENDA for p in at.packs):
        kinds.append((AGENDA, "The agenda"))
    else:
        kinds.append((SUPPLEMENT, "A supplement with what is new"))
        kinds += [
            (f"{CORRECTION}:{p.pk}", f"A correction of: {p.details['title']}") for p in at.packs
        ]
    found, refused = None, None
    try:
        found = contents(at, {"kind": kinds[0][0]}, today(), "decisions.make_pack")
    except Refused as refusal:
        refused = refusal.verdict.against[0]
    titles = {f.pk: f for f in at.files}
    return {
        "kinds": kinds, "ready": found, "refused": refused, "files": titles,
        "where": at.packs[0].details["where"] if at.packs else "",
        "rows": [(c, c.item, _files(c.item.files, at)) for c in found.contents] if found else [],
    }  # fmt: skip


def _files(ids: tuple[str, ...], at: AtMeeting) -> list[tuple[int, str]]:
    return [(f.pk, f.title) for f in at.files if str(f.pk) in ids]


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The pack that the form asks for; the places typed beside the items give their order."""
    said = request.POST
    kind, _, number = said.get("kind", "").partition(":")
    rows = []
    for n in range(1, _MOST_ITEMS):
        if f"key-{n}" not in said:
            break
        place = said.get(f"place-{n}", "").strip()
        rank = int(place) if place.isascii() and place.isdigit() and len(place) < 5 else n
        rows.append((rank, n, said[f"key-{n}"]))
    asked: dict[str, Any] = {
        "kind": kind, "where": said.get("where", "").strip()[:200],
        "first": [key for _, _, key in sorted(rows)], "left_out": said.getlist("left_out"),
    }  # fmt: skip
    if number.isascii() and number.isdigit():
        asked["corrects"] = int(number)
    return asked


def in_background(work: Callable[[], None]) -> None:
    """Runs the work beside the server's own, on a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    threading.Thread(target=run, name="pack", daemon=True).start()


def making(request: HttpRequest, place: str, body: str, day: str, making: UUID) -> HttpResponse:
    """How far the pack is; once it is made, what it holds and how it is published."""
    if turned := gate(request, "agenda_pack", place):
        return turned
    one = opened_meeting(request, place, body, day)
    row = _row(one, making)
    silent = row.state == PackMaking.MAKING and now() - row.touched_at > SILENT
    late = [d for d in one.due if d.late_on(today())]
    answer = _shown(
        request, one, "decisions/agenda_making.html", row=row, silent=silent,
        waited=int((row.touched_at - row.begun_at) / timedelta(seconds=1)),
        share=round(100 * row.done / max(row.of, 1)), late=_missed(late),
        verdict=may_publish_agenda(one.meets, (), today()), refresh=REFRESH,
        corrects=row.asked.get("corrects"),
    )  # fmt: skip
    if row.state == PackMaking.MAKING and not silent:
        answer["Refresh"] = str(REFRESH)
    return answer


def _missed(late: list[AgendaDue]) -> list[tuple[list[AgendaDue], list[WayOut]]]:
    """The rules that were missed, those with the same ways out together: one word serves them."""
    together: dict[tuple[str, ...], tuple[list[AgendaDue], list[WayOut]]] = {}
    for due in late:
        ways = [way for way in due.ways() if way.open_on(today())]
        names = (due.organisation, *(way.id for way in ways))
        together.setdefault(names, ([], ways))[0].append(due)
    return list(together.values())


def _row(one: OpenedMeeting, making: UUID) -> PackMaking:
    rows = PackMaking.objects.filter(place=one.it.name, body=one.meets.body, on=one.meets.on)
    row = rows.filter(pk=making).defer("pdf").first()
    if row is None:
        raise Http404("this pack is no longer kept")
    return row


def document(request: HttpRequest, place: str, body: str, day: str, making: UUID) -> HttpResponse:
    """The pack as it would be published, for whoever may publish it."""
    if turned := gate(request, "agenda_pack", place):
        return turned
    row = _row(opened_meeting(request, place, body, day), making)
    if row.state != PackMaking.MADE or row.pdf is None:
        raise Http404("this pack is not made or is already public")
    answer = HttpResponse(bytes(row.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="draft-{place}-{body}-{day}.pdf"'
    return answer


@require_POST
def publish(request: HttpRequest, place: str, body: str, day: str, making: UUID) -> HttpResponse:
    """Makes the pack public, with the lawful ways out that the form names where it is late."""
    if turned := gate(request, "agenda_pack", place):
        return turned
    one = opened_meeting(request, place, body, day)
    _row(one, making)
    try:
        used = _used(request)
    except Unreadable as fault:
        return unreadable(request, fault, twin=False)
    because = request.POST.get("because", "")
    row = publish_agenda(acting(request), place, making, used=used, because=because)
    messages.success(request, f"{row.details['title']}: public, with its proof.")
    return redirect("agenda", *one.where)


def _used(request: HttpRequest) -> tuple[ExitUsed, ...]:
    """Each lawful way out that the form names, one for each rule that was missed."""
    said, found = request.POST, []
    for n in range(1, 9):
        chosen = said.get(f"exit-{n}", "")
        if not chosen:
            continue
        exit_, _, by = chosen.partition("|")
        passed = said.get(f"passed-{n}", "").splitlines()
        found.append(ExitUsed(
            exit_, by, _day(said.get(f"agreed-{n}", "")), said.get(f"why-{n}", ""),
            tuple(one for one in passed if one.strip()),
        ))  # fmt: skip
    return tuple(found)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words) if words else today()
    except ValueError:
        says = f"“{words[:40]}” is not a date this page can read."
        raise Unreadable(says, "Write the date as 2026-11-24: year, month, day.") from None


def _shown(request: HttpRequest, one: OpenedMeeting, template: str, **shown: Any) -> HttpResponse:
    frame = one.it.page(one.title, {}, section="decisions", one=one, **shown)
    return render(request, template, {"page": "agenda", **frame.data, **frame.shown})
