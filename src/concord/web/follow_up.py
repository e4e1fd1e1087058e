"""Actions and conditions of a place: who does what by when, what was told of each, what is late."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from concord.commands.follow_up import add_action, update_action
from concord.commands.follow_up_read import ActionOn, actions_of
from concord.domain.decisions.follow_up import ActionState
from concord.domain.places.people import PostKind
from concord.records.models import Decision, Meeting
from concord.web.decisions import may_here
from concord.web.drafts import acting
from concord.web.follow_up_late import action_data
from concord.web.naming import each
from concord.web.pages import Page, page, today
from concord.web.places import Opened, opened
from concord.web.posting import day, day_or_none, key_of, new_key, posting, said
from concord.web.wording import count, upper_first

_RECENT = 30  # meetings and decisions that a form offers


@page("follow_up/actions.html", of="actions")
def actions(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    found = actions_of(place, it.on)
    adds = may_here(request, place, "actions.add")
    groups = {
        "overdue": [one for one in found if one.standing.overdue],
        "open": [one for one in found if _open(one) and not one.standing.overdue],
        "closed": [one for one in found if not _open(one)],
    }
    return it.page(
        "Actions",
        {"actions": [action_data(one, place) for one in found]},
        section="decisions", groups=groups, lead=lead(found), adds=adds, State=ActionState,
        partners=_partners(it) if adds else [], offered=_offered(place) if adds else {},
        key=new_key(), twin=reverse("actions.json", args=[place]) + it.asked,
    )  # fmt: skip


def _open(one: ActionOn) -> bool:
    return one.standing.state is ActionState.OPEN


def lead(found: tuple[ActionOn, ...]) -> str:
    """How many are open, how many of them late, and how many conditions are unmet."""
    still = [one for one in found if _open(one)]
    if not found:
        return "No action is recorded here yet."
    if not still:
        return f"{upper_first(count(len(found), 'action'))}, none of them open."
    late = sum(one.standing.overdue for one in still)
    unmet = sum(one.unmet for one in found)
    said_late = f"{count(late)} of them overdue" if late else "none of them overdue"
    conditions = f" {upper_first(count(unmet, 'condition'))} not met." if unmet else ""
    return f"{upper_first(count(len(still), 'action'))} open, {said_late}.{conditions}"


def _partners(it: Opened) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The partners with the posts that may own an action for each."""
    rows = []
    for name in it.names.partners:
        posts = [
            (p.id, it.names.of(p.id))
            for p in it.arrangement.posts.values()
            if p.kind is not PostKind.OTHER and name in (p.of, *each(p.acts_for))
        ]
        rows.append((name, it.names.organisation(name), posts))
    return rows


def _offered(place: str) -> dict[str, list[tuple[str, str]]]:
    """The latest meetings and decisions, of which an action may be."""
    meetings = Meeting.objects.of_place(place)[:_RECENT]
    decisions = Decision.objects.of_place(place)[:_RECENT]
    return {
        "meetings": [(m.name, f"{m.title}, {m.on.isoformat()}") for m in meetings],
        "decisions": [(d.reference, f"{d.reference}: {d.title}") for d in decisions],
    }


@page("follow_up/action.html", of="actions")
def action(request: HttpRequest, place: str, number: int) -> Page:
    it = opened(request, place)
    found = next((one for one in actions_of(place, it.on) if one.row.number == number), None)
    if found is None:
        raise Http404(f"{place} has no action {number}")
    return it.page(
        f"Action {number}",
        action_data(found, place),
        section="decisions", one=found, said=_said(found), State=ActionState,
        updates=may_here(request, place, "actions.update"), key=new_key(), now=today(),
        told=[u for u in found.updates if u.on <= it.on],
        twin=reverse("action.json", args=[place, number]) + it.asked,
    )  # fmt: skip


def _said(one: ActionOn) -> str:
    """The conclusion of one action's page."""
    what = "This condition" if one.row.condition else "This action"
    state = one.standing.state
    if state is ActionState.OPEN:
        late = one.standing.days_late
        return f"{what} is open" + (f" and {count(late, 'day')} late." if late else ".")
    met = " The condition is not met." if one.unmet else ""
    return f"{what} is {state}.{met}"


@posting("action_add")
def add(request: HttpRequest, place: str) -> HttpResponse:
    """Gives an action to the owner on each side that the form names."""
    it = opened(request, place)
    owners = {o: said(request, f"owner-{o}") for o in it.names.partners}
    rows = add_action(
        acting(request), place, key=key_of(request), what=said(request, "what"),
        owners={o: owner for o, owner in owners.items() if owner},
        due=day_or_none(request, "due"), condition="condition" in request.POST,
        meeting=said(request, "meeting"), item=said(request, "item"),
        decision=said(request, "decision"),
    )  # fmt: skip
    messages.success(request, f"Recorded: {count(len(rows), 'action')}.")
    return redirect("action", place=place, number=rows[0].number)


@posting("action_update")
def update(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Adds an update to an action."""
    update_action(
        acting(request), place, number=number, key=key_of(request), state=said(request, "state"),
        says=said(request, "says"), on=day(request, "on", today()),
        evidence=said(request, "evidence"), due=day_or_none(request, "due"),
    )  # fmt: skip
    messages.success(request, "Told. What was told before stays.")
    return redirect("action", place=place, number=number)
