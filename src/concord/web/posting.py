"""What every form that records something shares: the gate, what it said, and a key made with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from concord.domain.language.values import BEYOND, FIRST_DAY, LAST_DAY
from concord.web.pages import Unreadable, gate, unreadable
from concord.web.wording import upper_first


def posting(of: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Makes a function the answer to a form: `of` is its name in the policy."""

    def decorate(function: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_POST
        @wraps(function)
        def view(request: HttpRequest, place: str, **names: Any) -> HttpResponse:
            if turned := gate(request, of, place):
                return turned
            try:
                return function(request, place, **names)
            except Unreadable as fault:
                return unreadable(request, fault, twin=False)

        return view

    return decorate


def new_key() -> str:
    """A key that a form carries, so that sending it twice records one thing."""
    return uuid4().hex


def key_of(request: HttpRequest) -> str:
    """The key that the form was made with; one of its own where a form brings none."""
    return said(request, "key")[:60] or new_key()


def said(request: HttpRequest, name: str) -> str:
    """The words of one field, without the spaces around them."""
    return request.POST.get(name, "").replace("\r\n", "\n").strip()


def several(request: HttpRequest, name: str) -> list[str]:
    """Everything ticked or chosen under one name."""
    return [one.strip() for one in request.POST.getlist(name) if one.strip()]


def day_or_none(request: HttpRequest, name: str) -> date | None:
    """The day that a field names; none where it is empty."""
    words = said(request, name)
    if not words:
        return None
    try:
        found = date.fromisoformat(words)
    except ValueError:
        says = f"“{words[:40]}” is not a date this page can read."
        raise Unreadable(says, "Write the date as 2026-11-24: year, month, day.") from None
    if not FIRST_DAY <= found <= LAST_DAY:
        raise Unreadable(f"{upper_first(BEYOND)}.", "Correct the year.")
    return found


def day(request: HttpRequest, name: str, otherwise: date) -> date:
    """The day that a field names, or the one given."""
    return day_or_none(request, name) or otherwise
