"""Calling a meeting, of one body or of several at once, for a day of the calendar or another."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from concord.commands.meetings import call_meeting
from concord.commands.meetings_agenda import expect_everybody, put_agenda
from concord.records.models import Meeting
from concord.web.drafts import acting
from concord.web.pages import Unreadable, gate, unreadable
from concord.web.wording import full_date


@require_POST
def call(request: HttpRequest, place: str) -> HttpResponse:
    """Calls a meeting, with whoever is expected at it and what the routes bring to it."""
    if turned := gate(request, "meeting_call", place):
        return turned
    post = request.POST
    try:
        on = date.fromisoformat(post.get("on", ""))
    except ValueError:
        fault = Unreadable("The day of the meeting cannot be read.", "Write it as 2026-11-25.")
        return unreadable(request, fault, twin=False)
    doing = acting(request)
    made = call_meeting(
        doing, place, bodies=[b for b in post.getlist("body") if b], on=on,
        starts_at=post.get("at", "").strip()[:5], where=post.get("where", "").strip()[:300],
    )  # fmt: skip
    if not made.head:
        key = slugify(f"called-{made.pk}")
        expect_everybody(doing, place, made.name, key=f"{key}-people")
        put_agenda(doing, place, made.name, key=f"{key}-agenda")
    messages.success(request, f"{made.title} is called for {full_date(on)}.")
    return redirect("meeting_record", place=place, name=made.name)


def called(place: str) -> dict[tuple[str, date], Meeting]:
    """The meetings that have been called, by body and day."""
    rows = Meeting.objects.of_place(place).defer("arrangement")
    return {(body, row.on): row for row in rows for body in row.bodies}
