"""A page and its data are one thing: every public page is HTML, and JSON at address + `.json`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.timezone import localdate

from concord.commands.command import require
from concord.domain.calendar import Period
from concord.domain.findings import Answer
from concord.domain.language.values import BEYOND, FIRST_DAY, LAST_DAY, Limit, NotStated
from concord.domain.money import pounds
from concord.domain.places.policy import About, acts_for_page, may
from concord.records.models.accounts import role_facts_of
from concord.web.wording import upper_first

_PARTS = ("day", "month", "year")
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Page:
    """What one page says: `data` is for anyone, `shown` is only the page's own dress."""

    data: dict[str, Any]
    shown: dict[str, Any] = field(default_factory=dict)


class Unreadable(Exception):
    """A question that a page cannot read, with what would mend it."""

    def __init__(self, says: str, remedy: str) -> None:
        self.says, self.remedy = says, remedy
        super().__init__(says)


def page(template: str, of: str) -> Callable[[Callable[..., Page | HttpResponse]], View]:
    """Makes a function a page: `of` is its name in the policy, whose acts are asked for first."""

    def decorate(function: Callable[..., Page | HttpResponse]) -> View:
        @wraps(function)
        def view(request: HttpRequest, twin: bool = False, **names: Any) -> HttpResponse:
            if turned := gate(request, of, names.get("place", "")):
                return turned
            try:
                made = function(request, **names)
            except Unreadable as fault:
                return unreadable(request, fault, twin)
            if isinstance(made, HttpResponseBase):
                return made
            if twin:
                return JsonResponse(plain(made.data), json_dumps_params={"ensure_ascii": False})
            shown = {"page": of, **made.data, **made.shown}
            return render(request, template, shown)

        view.of = of  # type: ignore[attr-defined]  # by which the list of addresses knows it
        return view

    return decorate


def gate(request: HttpRequest, of: str, place: str = "") -> HttpResponse | None:
    """Lets a person open a page only where the policy's table does.

    Whoever has not signed in is asked to, when a page was asked for; anybody else is refused.
    """
    roles = tuple(role_facts_of(request.user))
    # A page of no place, as the desk is, opens for a role held at any.
    wheres = [About(place)] if place else [About(), *(About(fact.place) for fact in roles)]
    for act in acts_for_page(of):
        verdicts = [may(roles, act, where, today()) for where in wheres]
        if any(verdict.stands for verdict in verdicts):
            continue
        if not request.user.is_authenticated and not request.path.endswith(".json"):
            return redirect_to_login(request.get_full_path())
        require(verdicts[0], act)
    return None


def today() -> date:
    """The day it is in England and Wales."""
    return localdate()


def asked_date(request: HttpRequest, otherwise: date) -> date:
    """The day that `?on=` names, or the form's three fields, or the one given."""
    asked = request.GET.get("on", "").strip() or _three_fields(request)
    if not asked:
        return otherwise
    try:
        on = date.fromisoformat(asked)
    except ValueError:
        says = f"“{asked[:40]}” is not a date this page can read."
        raise Unreadable(says, "Write the date as 2026-11-24: year, month, day.") from None
    if not FIRST_DAY <= on <= LAST_DAY:
        raise Unreadable(f"{upper_first(BEYOND)}.", "Correct the year.")
    return on


def _three_fields(request: HttpRequest) -> str:
    """Day, month and year as the form has them, which no browser's language can turn round."""
    day, month, year = (request.GET.get(f"on-{part}", "").strip() for part in _PARTS)
    if not (day or month or year):
        return ""
    return f"{year}-{month:0>2}-{day:0>2}"


def unreadable(request: HttpRequest, fault: Unreadable, twin: bool) -> HttpResponse:
    said = {"says": fault.says, "remedy": fault.remedy}
    if twin:
        return JsonResponse({"unreadable": said}, status=400)
    return render(request, "400.html", said, status=400)


def both(route: str, view: View, name: str) -> list[URLPattern]:
    """The address of a page and of its data."""
    twin = f"{route.rstrip('/') or 'index'}.json"
    return [
        path(route, view, name=name),
        path(twin, view, {"twin": True}, name=f"{name}.json"),
    ]


def plain(value: Any) -> Any:
    """Any value of ours as JSON has it; what a text does not state is the words `not stated`."""
    for kind, says in _PLAIN:
        if isinstance(value, kind):
            return says(value)
    if is_dataclass(value):
        return {f.name.rstrip("_"): plain(getattr(value, f.name)) for f in fields(value)}
    return str(value)


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(plain(key)): plain(item) for key, item in value.items()}


# The order matters: an answer is a number too, and a moment is a day.
_PLAIN: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Answer, lambda answer: answer.word),
    (Enum, lambda member: member.value),
    ((type(None), bool, int, str, float), lambda value: value),
    (date, lambda day: day.isoformat()),
    (NotStated, lambda silence: silence.words),
    (Limit, lambda limit: "none" if limit.pence is None else pounds(limit.pence)),
    ((Period, Fraction), str),
    (Mapping, _mapping),
    ((list, tuple, set, frozenset), lambda items: [plain(item) for item in items]),
)
