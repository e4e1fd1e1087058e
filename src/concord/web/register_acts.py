"""The clerk's acts on a decision: publishing its record, call-in and what follows, its end."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from concord.commands.effects import record_end, record_step
from concord.commands.publishing_decisions import publish_decision
from concord.domain.decisions.call_in import CalledBy, CallInMove
from concord.domain.decisions.effects import Undoing
from concord.web.drafts import acting
from concord.web.pages import Unreadable, gate, unreadable

_OUTSIDE = {"yes": True, "no": False}


@require_POST
def act(request: HttpRequest, place: str, reference: str) -> HttpResponse:
    """Records one step of one half; what the rule does not let through is refused in its words."""
    if turned := gate(request, "register_act", place):
        return turned
    said = request.POST
    do, key = said.get("do", ""), said.get("key", "")[:60] or uuid4().hex
    try:
        at = _moment(request)
    except Unreadable as fault:
        return unreadable(request, fault, twin=False)
    if do in ("correct", CallInMove.PUBLISH, CallInMove.PUBLISH_EXEMPT):
        told = _publish(request, place, reference, key, at)
    elif do in set(Undoing):
        record_end(acting(request), place, reference, how=do, by=said.get("by", ""), key=key, at=at)
        told = f"Recorded: {do} by {said.get('by', '')}."
    else:
        told = _step(request, place, reference, key, at)
    messages.success(request, told)
    return redirect("register_decision", place=place, reference=reference)


def _publish(
    request: HttpRequest, place: str, reference: str, key: str, at: datetime | None
) -> str:
    said = request.POST
    row = publish_decision(
        acting(request), place, reference, key=key, at=at, because=said.get("because", ""),
        public_text=said.get("public_text", "").strip(), exempt_by=said.get("exempt_by", ""),
        exempt_why=said.get("exempt_why", ""),
    )  # fmt: skip
    return f"The record is public, with its proof: {row.sha256[:12]}…"


def _step(request: HttpRequest, place: str, reference: str, key: str, at: datetime | None) -> str:
    said, do = request.POST, request.POST.get("do", "")
    by = None
    if do == CallInMove.CALL_IN:
        chair = said.get("chair", "").strip()
        by = CalledBy(
            members=frozenset(_lines(said.get("members", ""))),
            committee=frozenset(_lines(said.get("committee", ""))), chair=chair,
            ground=said.get("ground", ""),
        )  # fmt: skip
    record_step(
        acting(request), place, reference, move=do, key=key, by=by, at=at,
        who=_lines(said.get("who", "")), why=said.get("why", ""),
        outside_framework=_OUTSIDE.get(said.get("outside", "")),
    )  # fmt: skip
    return f"Recorded: {do}."


def _lines(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]


def _moment(request: HttpRequest) -> datetime | None:
    """When it was done, where that is not now: a day and a time as the form has them."""
    day, clock = request.POST.get("at_day", "").strip(), request.POST.get("at_time", "").strip()
    if not day and not clock:
        return None
    try:
        return datetime.fromisoformat(f"{day} {clock}")
    except ValueError:
        says = f"“{day[:20]} {clock[:10]}” is not a moment this page can read."
        remedy = "Write the day as 2026-11-24 and the time as 16:59."
        raise Unreadable(says, remedy) from None
