"""What was put off: what has to be recorded before it returns, and the rungs of the ladder."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from concord.commands.talks import climb, record_talk
from concord.commands.talks_read import Deferred, deferred_items
from concord.domain.decisions.outcomes import Climb, RungDue, rungs_from
from concord.domain.language.values import NotStated
from concord.web.decisions import may_here
from concord.web.drafts import acting
from concord.web.pages import Page, page, today
from concord.web.places import Opened, opened
from concord.web.posting import day, key_of, new_key, posting, said, several
from concord.web.wording import count, upper_first


@page("follow_up/deferred.html", of="deferred")
def deferred(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    found = deferred_items(place, it.arrangement, it.on)
    return it.page(
        "Deferred items",
        {"deferred": [_data(one, it) for one in found]},
        section="decisions", rows=found, lead=_lead(found), Climb=Climb,
        records=may_here(request, place, "meetings.record"), key=new_key(), now=today(),
        ladders={one.subject: _rungs(one, it) for one in found}, talkers=_talkers(it),
        owners={one.subject: _owners(one, it) for one in found},
        twin=reverse("deferred.json", args=[place]) + it.asked,
    )  # fmt: skip


def _lead(found: tuple[Deferred, ...]) -> str:
    if not found:
        return "Nothing is put off: whatever was deferred has been settled since."
    ready = sum(one.back.stands for one in found)
    many = upper_first(count(len(found), "item is", "items are"))
    if len(found) == 1:
        return f"{many} put off, and it may {'return' if ready else 'not return yet'}."
    may = f"{count(ready)} of them may return" if ready else "none of them may return yet"
    return f"{many} put off, and {may}."


def _rungs(one: Deferred, it: Opened) -> tuple[RungDue, ...]:
    """The rungs by their days once begun; before that, as they would fall if begun on the day."""
    if one.ladder.rungs:
        return one.ladder.rungs
    agreement = it.arrangement.agreements.get(one.agreement)
    if agreement is None or isinstance(agreement.disputes, NotStated):
        return ()
    return rungs_from(it.arrangement, one.agreement, it.on)


def _owners(one: Deferred, it: Opened) -> list[tuple[str, str]]:
    body = it.arrangement.bodies.get(one.body)
    return [(o, it.names.organisation(o)) for o in body.organisations] if body else []


def _talkers(it: Opened) -> list[tuple[str, str]]:
    """Who may have taken part: each body's chair, and the posts."""
    chairs = [(f"{b}.chair", it.names.of(f"{b}.chair")) for b in it.arrangement.bodies]
    return chairs + [(p, it.names.of(p)) for p in it.arrangement.posts]


def _data(one: Deferred, it: Opened) -> dict[str, Any]:
    return {
        "item": one.subject, "title": one.title, "body": one.body,
        "put_off": [d.on for d in one.deferred], "returned": one.returned,
        "may_return": one.back, "may_go_up_the_ladder": one.climb,
        "talks": [{"on": t.on, "who": t.who, "said": t.said} for t in one.talks],
        "ladder": {
            "agreement": one.agreement or "not stated", "begun": one.ladder.begun,
            "rung": one.ladder.rung, "settled": one.ladder.settled,
            "rungs": [
                {"to": list(r.to) or "not stated", "how": r.how, "starts": r.starts,
                 "due": r.due or "not stated", "authority": str(r.authority)}
                for r in _rungs(one, it)
            ],
            "steps": [{"step": s.step, "on": s.on, "by": s.by, "said": s.said} for s in one.steps],
        },
    }  # fmt: skip


@posting("talk_record")
def talk(request: HttpRequest, place: str) -> HttpResponse:
    """Records talks on a deferred item."""
    record_talk(
        acting(request), place, key=key_of(request), item=said(request, "item"),
        on=day(request, "on", today()), who=several(request, "who"), said=said(request, "said"),
    )  # fmt: skip
    messages.success(request, "The talks are recorded.")
    return redirect("deferred", place=place)


@posting("talk_record")
def step(request: HttpRequest, place: str) -> HttpResponse:
    """Records a step on the dispute ladder."""
    climb(
        acting(request), place, key=key_of(request), item=said(request, "item"),
        step=said(request, "step"), on=day(request, "on", today()), by=said(request, "by"),
        said=said(request, "said"),
    )  # fmt: skip
    messages.success(request, "The step is recorded.")
    return redirect("deferred", place=place)
