"""What is done to minutes: drafted, corrected by two people at once, put, approved, signed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from concord.commands.minutes import (
    MinutesDiffer,
    approve_minutes,
    correct_minutes,
    draft_minutes,
    put_minutes,
    sign_minutes,
)
from concord.domain.decisions.minutes import MinuteLine
from concord.web.drafts import acting
from concord.web.minutes import found_minutes, lines_sent, minutes_shown
from concord.web.pages import Unreadable
from concord.web.places import opened
from concord.web.posting import key_of, posting, said

_MOST = 400  # items that one form may hold


@posting("minutes_write")
def write(request: HttpRequest, place: str, body: str, day: str) -> HttpResponse:
    """Carries out the act that the form names on one body's minutes."""
    name = found_minutes(place, body, day).meeting.name
    given = {"body": body, "key": key_of(request)}
    match said(request, "do"):
        case "draft":
            draft_minutes(acting(request), place, name, **given)
            told = "Drafted from the record."
        case "put":
            put_minutes(acting(request), place, name, **given)
            told = "Put for approval."
        case "approve":
            at, item = said(request, "at"), said(request, "item")
            approve_minutes(acting(request), place, name, at=at, item=item, **given)
            told = "Approved, and published."
        case "sign":
            sign_minutes(acting(request), place, name, who=said(request, "who"), **given)
            told = "Recorded as signed."
        case "correct":
            return _correct(request, place, body, day)
        case _:
            raise Unreadable("What is to be done is not said.", "Use the page's own buttons.")
    messages.success(request, told)
    return redirect("meeting_minutes", place=place, body=body, day=day)


def _correct(request: HttpRequest, place: str, body: str, day: str) -> HttpResponse:
    """Saves a correction; where somebody changed the same lines, shows both and loses neither."""
    name = found_minutes(place, body, day).meeting.name
    lines, why = _lines(request), said(request, "reason")
    try:
        correct_minutes(
            acting(request), place, name, body=body, key=key_of(request), lines=lines, why=why,
            seen=_seen(request),
        )  # fmt: skip
    except MinutesDiffer as differ:
        made = minutes_shown(opened(request, place), differ.now, True, yours=differ.yours, why=why)
        shown = {"page": "meeting_minutes", **made.data, **made.shown}
        return render(request, "follow_up/minutes.html", shown, status=409)
    messages.success(request, "Corrected. The text before it is kept.")
    return redirect("meeting_minutes", place=place, body=body, day=day)


def _lines(request: HttpRequest) -> tuple[MinuteLine, ...]:
    number = said(request, "items")
    many = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    pairs = [
        (request.POST.get(f"item-{n}", ""), said(request, f"text-{n}"))
        for n in range(1, min(many, _MOST) + 1)
    ]
    return lines_sent(pairs)


def _seen(request: HttpRequest) -> int:
    words = said(request, "seen")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 12 else 0
