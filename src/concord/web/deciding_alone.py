"""A decision between meetings: one person alone, once those to be consulted have been.

SI 2012/2089, regulation 13, and SI 2014/2095 say what the record of it has to hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from concord.commands.deciding import preview_alone, record_alone
from concord.commands.meetings_read import LONDON
from concord.domain.agreements.arrangement import Delegation
from concord.domain.agreements.conditions import AgreedBy, AnyOf, Consulted
from concord.domain.agreements.matter import Facts
from concord.domain.agreements.words import Act, Mode
from concord.domain.findings import Refused, Verdict
from concord.domain.language.values import holds_on
from concord.domain.places.people import PostKind, holder_on
from concord.records.models import MatterSummary, Outcome
from concord.web import understood
from concord.web.drafts import acting
from concord.web.pages import Page, Unreadable, gate, today, unreadable
from concord.web.places import Opened, opened
from concord.web.posting import day_or_none, key_of, new_key, said, several
from concord.web.wording import upper_first

# By law these hold executive functions themselves, with no delegation (LGA 2000, section 9E).
_BY_LAW = frozenset({PostKind.LEADER, PostKind.ELECTED_MAYOR})


@dataclass(frozen=True, slots=True)
class Maker:
    """A post whose holder may decide alone: who that is, and its powers on the day."""

    id: str
    title: str
    person: str
    powers: tuple[Delegation, ...]


def decide_alone(request: HttpRequest, place: str) -> HttpResponse:
    """The form, the answer of authority on what it says, and the decision recorded."""
    if turned := gate(request, "decide_alone", place):
        return turned
    it = opened(request, place)
    try:
        if request.method == "POST":
            return _answered(request, it)
    except Unreadable as fault:
        return unreadable(request, fault, twin=False)
    return _shown(request, it, None)


def _answered(request: HttpRequest, it: Opened) -> HttpResponse:
    """Authority's answer first; recorded only where the form asks for it and the answer stands."""
    moment = _moment(request)
    given = {
        "maker": said(request, "maker"), "person": said(request, "person"),
        "item": _item(request, it), "facts": _facts(request),
    }  # fmt: skip
    try:
        if said(request, "do") != "record":
            found, _ = preview_alone(it.name, **given, moment=moment)
            return _shown(request, it, found.verdict)
        row = record_alone(
            acting(request), it.name, **given, key=key_of(request), at=moment,
            holds_from=day_or_none(request, "holds_from"),
        )  # fmt: skip
    except Refused as refused:
        return _shown(request, it, refused.verdict, status=403)
    except (KeyError, ValueError):
        says = "What is decided cannot be read as it was sent."
        remedy = "Write the amount as £250,000, and use the form's own words."
        raise Unreadable(says, remedy) from None
    messages.success(request, f"Recorded: {_references(row)}.")
    return redirect("decide_alone", place=it.name)


def _references(row: Outcome) -> str:
    return ", ".join(row.decisions.order_by("pk").values_list("reference", flat=True))


def _moment(request: HttpRequest) -> datetime:
    """When it was decided, by the clock on the wall; now unless the form says."""
    words = said(request, "at")
    now = datetime.now(LONDON).replace(tzinfo=None, microsecond=0)
    if not words:
        return now
    try:
        found = datetime.fromisoformat(words).replace(tzinfo=None)
    except ValueError:
        says = f"“{words[:40]}” is not a moment this page can read."
        raise Unreadable(says, "Write it as 2026-11-24 14:30.") from None
    if found > now:
        raise Unreadable("That moment is still to come.", "Record it once it is decided.")
    return found


def _item(request: HttpRequest, it: Opened) -> dict[str, Any]:
    """What is decided, worded as an item is; its facts only where no matter holds them."""
    matter = said(request, "matter")
    item: dict[str, Any] = {
        "item": f"alone-{key_of(request)}", "title": said(request, "title")[:300],
        "purpose": "decision", "matter": matter, "text": said(request, "text"),
        "private": "private" in request.POST,
    }  # fmt: skip
    budget = {"yes": True, "no": False}.get(said(request, "within_budget"))
    facts: dict[str, Any] = {"reasons": said(request, "reasons"), "rejected": _rejected(request)}
    facts |= {
        "functions": several(request, "functions"), "act": said(request, "act"),
        "amount": said(request, "amount"), "modes": several(request, "modes"),
    }  # fmt: skip
    item["facts"] = {k: v for k, v in facts.items() if v or k == "rejected"}
    if budget is not None:
        item["facts"]["within_budget"] = budget
    return item


def _rejected(request: HttpRequest) -> list[dict[str, str]]:
    """The options not taken, one a line: what it was, a colon, and why not."""
    pairs = (line.partition(":") for line in said(request, "rejected").splitlines() if line.strip())
    return [{"what": what.strip(), "why": why.strip() or "not stated"} for what, _, why in pairs]


def _facts(request: HttpRequest) -> Facts:
    agreed = frozenset(several(request, "agreed"))
    return Facts(
        consulted=frozenset(several(request, "consulted")), agreed=agreed,
        in_writing=agreed if "in_writing" in request.POST else frozenset(),
        personally=agreed if "personally" in request.POST else frozenset(),
    )  # fmt: skip


def makers(it: Opened) -> list[Maker]:
    """The posts with a power of their own on the day, and those that hold functions by law."""
    found = []
    for post in it.arrangement.posts.values():
        powers = tuple(
            d
            for d in it.arrangement.delegations.values()
            if post.id in d.given_to and holds_on(d.starts, d.ends, it.on) is not False
        )
        if powers or post.kind in _BY_LAW:
            person = holder_on(post.held_by, it.on).name or ""
            found.append(Maker(post.id, it.names.of(post.id), person, powers))
    return found


def _named(conditions: Iterable[object], kind: type[AgreedBy] | type[Consulted]) -> Iterator[str]:
    """Everybody whom conditions of one kind name, however deep they stand."""
    for one in conditions:
        if isinstance(one, AnyOf):
            yield from _named(one.any_, kind)
        elif isinstance(one, kind) and isinstance(one, AgreedBy):
            yield from one.agreed_by
        elif isinstance(one, kind) and isinstance(one, Consulted):
            yield from one.consulted


def _who(maker: Maker, kind: type[AgreedBy] | type[Consulted], it: Opened) -> list[tuple[str, str]]:
    names = dict.fromkeys(n for d in maker.powers for n in _named(d.provided, kind))
    return [(n, upper_first(it.names.the(n))) for n in names]


def _shown(
    request: HttpRequest, it: Opened, verdict: Verdict | None, status: int = 200
) -> HttpResponse:
    every = makers(it)
    asked = request.POST or request.GET
    maker = next((m for m in every if m.id == asked.get("maker", "")), None)
    matters = MatterSummary.objects.filter(place=it.name).order_by("title")
    made: Page = it.page(
        "Decide between meetings", {}, section="decisions", makers=every, maker=maker,
        verdict=verdict, sent=request.POST, key=said(request, "key") or new_key(), now=today(),
        consults=_who(maker, Consulted, it) if maker else [],
        agrees=_who(maker, AgreedBy, it) if maker else [],
        functions=[(f.id, f.label) for f in it.arrangement.functions.values()],
        Acts=[(str(a), upper_first(str(a))) for a in Act],
        Modes=[(str(m), upper_first(str(m))) for m in Mode],
        offered_makers=[(m.id, f"{m.title}{f', {m.person}' if m.person else ''}") for m in every],
        understood_powers=[(d, understood.delegation(d, it.names)) for d in maker.powers]
        if maker
        else [],
        matters=[(m.name, m.title) for m in matters],
        action=reverse("decide_alone", args=[it.name]),
    )  # fmt: skip
    shown = {"page": "decide_alone", "on": it.on, **made.shown}
    return render(request, "follow_up/deciding_alone.html", shown, status=status)
