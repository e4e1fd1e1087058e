"""Giving a notice: all that it must say, whose it is, and for a late one its lawful way out."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from concord.commands.notices import publish_notice
from concord.domain.decisions.forward_plan import Particulars
from concord.domain.decisions.lateness import ExitUsed
from concord.domain.decisions.notices import Notice, NoticeKind, may_publish, notices
from concord.domain.decisions.urgency import BY_EXIT, filled
from concord.web.decisions import OpenedMatter, opened_matter
from concord.web.drafts import acting
from concord.web.pages import Unreadable, gate, today, unreadable
from concord.web.reports_publishing import used_of

# What an organisation says of itself, by the letters of the law's lists that ask for it.
ASKED_FOR = {
    "address": "Where copies can be had",
    "how_to_ask": "How somebody asks for details",
    "time": "The time of the meeting",
    "place": "Where the meeting is held",
    "agenda": "What is on the agenda",
    "representations": "Representations that were received",
    "response": "The answer to them",
    "period": "The period in which it will be decided",
}
FIELD_OF = {"f": "address", "h": "how_to_ask", "d": "period"}


def give(request: HttpRequest, place: str, matter: str, stop: str, kind: str) -> HttpResponse:
    """A notice with all it must say; what the record does not hold is asked for, then published.

    At a joint body `?of=` says whose notice it is; without it, it is the first partner's.
    """
    if turned := gate(request, "notice_give", place):
        return turned
    one = opened_matter(request, place, matter)
    named = _kind(kind)
    own = particulars_of(request)
    owed = _owed(one, stop, named, own, request.GET.get("of", ""))
    try:
        used = used_of(request)
    except Unreadable as fault:
        return unreadable(request, fault, twin=False)
    if request.method == "POST" and request.POST.get("do") != "check":
        row = publish_notice(
            acting(request), place, matter, stop, named, own,
            organisation=owed.organisation, used=used,
        )  # fmt: skip
        messages.success(request, "The notice is public, with its proof.")
        return redirect("publication", place=place, number=row.pk)
    shown = _shown(request, one, filled(owed, used), own, used)
    return render(request, "decisions/notice.html", shown)


def _kind(kind: str) -> NoticeKind:
    words = kind.replace("-", " ")
    if words not in [str(one) for one in NoticeKind]:
        raise Http404(f"there is no notice called {words}")
    return NoticeKind(words)


def _owed(one: OpenedMatter, stop: str, kind: NoticeKind, own: Particulars, of: str) -> Notice:
    whose = dict.fromkeys(one.it.arrangement.organisations, own)
    owed = notices(one.name, one.text, one.it.arrangement, today(), whose)
    mine = (n for n in owed if n.stop == stop and n.kind is kind and of in ("", n.organisation))
    found = next(mine, None)
    if found is None:
        raise Http404(f"no {kind} is owed for {stop}")
    return found


def particulars_of(request: HttpRequest) -> Particulars:
    """What the form says of the organisation; who was told or agreed and why, the exit says."""
    said, names = request.POST, {f.name for f in fields(Particulars)} & set(ASKED_FOR)
    return Particulars(**{name: said.get(name, "").strip() for name in names})


def _shown(
    request: HttpRequest, one: OpenedMatter, notice: Notice, own: Particulars,
    used: ExitUsed | None,
) -> dict[str, Any]:  # fmt: skip
    """What the form needs: each line that lacks words, with the field that gives it some."""
    now = today()
    late = bool(notice.step.day and now > notice.step.day)
    written = {name for name in ASKED_FOR if getattr(own, name)}
    lacks = [line.letter for line in notice.missing if line.letter not in BY_EXIT]
    asked = {FIELD_OF.get(letter, letter) for letter in lacks}
    names = [n for n in ASKED_FOR if n in asked or n in written]
    ways = [notice.way] if notice.way else [x for x in notice.exits if x.open_on(now)]
    return {
        **one.page("Give notice", {}).shown,
        "page": "notices",
        "section": "decisions",
        "on": one.it.on,
        "matter": {"name": one.name, "title": one.title},
        "notice": notice,
        "whose": one.it.names.organisation(notice.organisation) if notice.organisation else "",
        "verdict": may_publish(notice, now, used),
        "fields": [(name, ASKED_FOR[name], getattr(own, name)) for name in names],
        "complete": not lacks,
        "late": late,
        "exits": ways,
        "said": request.POST,
    }
