"""“Who may decide?” as a form a councillor could use; the ruling is the domain's, shown in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.agreements.authority import Half, Option, Ruling, who_may_decide
from concord.domain.agreements.capacity import DECIDE
from concord.domain.agreements.words import Act, Mode
from concord.domain.findings import Answer, Reason, Verdict
from concord.web import question as q
from concord.web.naming import Names
from concord.web.pages import Page, page
from concord.web.places import Opened, opened
from concord.web.wording import ICONS, count, lower_first, upper_first


@dataclass(frozen=True, slots=True)
class HalfShown:
    """One organisation's half as the page shows it."""

    title: str
    short: str
    side: str
    function: str
    says: str
    may: tuple[Option, ...]
    may_not: tuple[Option, ...]
    held_by_law: Reason


@page("authority/authority.html", of="authority")
def authority(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    asked = q.read_question(request.GET, it.names)
    bodies = q.meeting_bodies(it.names)
    body = next((b for b in bodies if b.id == asked.body), bodies[0] if bodies else None)
    ruling = _ruling(asked, body, it) if asked.asked else None
    data: dict[str, Any] = {"question": q.told(asked, body, it.names, it.on)}
    if ruling:
        data["ruling"] = as_data(ruling)
    return it.page(
        "Who may decide?",
        data,
        asked_for=asked,
        ruling=ruling,
        rests_on_proposed=bool(ruling and ruling.rests_on_proposed),
        kind=ICONS[ruling.answer] if ruling else "",
        answer=heading(ruling) if ruling else "",
        halves=[shown(half, it.names) for half in ruling.halves] if ruling else [],
        others=[one for one in ruling.capacities if one.verb != DECIDE] if ruling else [],
        bodies=bodies,
        body=body,
        seats=q.seats_of(asked, body, it.names) if body else [],
        ticks=q.ticks(asked, it.names),
        acts=[one.value for one in Act],
        modes=[one.value for one in Mode],
        functions=list(it.arrangement.functions.values()),
        twin=_twin(request, place),
    )


def _twin(request: HttpRequest, place: str) -> str:
    query = request.GET.urlencode()
    return reverse("authority.json", args=[place]) + (f"?{query}" if query else "")


def _ruling(asked: q.Question, body: Any, it: Opened) -> Ruling:
    facts = q.facts(asked, body, it.names)
    return who_may_decide(it.arrangement, q.matter(asked), facts, it.on)


def heading(ruling: Ruling) -> str:
    """The answer in one line: the worst of the halves, since nothing joint is decided without each."""
    alone = len(ruling.halves) == 1
    match ruling.answer:
        case Answer.STANDS:
            return (
                f"{best(ruling.halves[0]).label} may decide"
                if alone
                else "Yes: every half can be decided"
            )
        case Answer.NEEDS:
            return "Not yet: something is still to be done"
        case Answer.NOT_STATED:
            return "Cannot be answered: the text is silent"
    return "Nobody may, as things stand"


def best(half: Half) -> Option:
    return half.options[0]


def shown(half: Half, names: Names) -> HalfShown:
    """A half with those who may decide, or might, before those who may not."""
    may = tuple(o for o in half.options if o.verdict.answer > Answer.REFUSED)
    may_not = tuple(o for o in half.options if o.verdict.answer is Answer.REFUSED)
    known = half.organisation in names.arrangement.organisations
    short = names.short(half.organisation) if known else "organisation"
    return HalfShown(
        title=_whose(half.organisation, names)
        if known
        else "A half whose organisation is not stated",
        short=upper_first(short),
        side=names.side(half.organisation),
        function=names.arrangement.functions[half.function].label,
        says=says(half),
        may=may,
        may_not=may_not,
        held_by_law=half.held_by_law,
    )


def _whose(organisation: str, names: Names) -> str:
    whose = names.the_short(organisation)
    return upper_first(f"{whose}’s half")


def says(half: Half) -> str:
    """The best answer of a half in one or two sentences."""
    if not half.options:
        return f"{upper_first(half.held_by_law.says)}."
    option = best(half)
    if option.verdict.answer is Answer.STANDS:
        more = sum(one.verdict.answer is Answer.STANDS for one in half.options) - 1
        also = f" So may {count(more, 'other')}." if more else ""
        return f"{option.label} may decide.{also}"
    return f"{option.label}: {lower_first(_short(option.verdict))}."


def _short(verdict: Verdict) -> str:
    first = next(iter(verdict.against), None)
    told = first.says if first else verdict.answer.word
    left = sum(reason.answer is verdict.answer for reason in verdict.reasons) - 1
    return told + (f", and {count(left, 'other thing')}" if left > 0 else "")


def as_data(ruling: Ruling) -> dict[str, Any]:
    """The ruling for a machine: the same answers and the same words."""
    return {
        "answer": ruling.answer,
        "on": ruling.on,
        "rests_on_proposed": ruling.rests_on_proposed,
        "halves": [_half(half) for half in ruling.halves],
        "others": [
            {"body": one.body, "does": one.verb, "says": one.says, "authority": str(one.authority)}
            for one in ruling.capacities
        ],
    }


def _half(half: Half) -> dict[str, Any]:
    return {
        "organisation": half.organisation,
        "function": half.function,
        "answer": half.answer,
        "held_by_law": _reason(half.held_by_law),
        "options": [
            {
                "maker": one.maker,
                "label": one.label,
                "answer": one.verdict.answer,
                "delegations": [row.id for row in one.chain.steps],
                "reasons": [_reason(reason) for reason in one.verdict.reasons],
                "remedies": one.verdict.remedies,
            }
            for one in half.options
        ],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "answer": reason.answer,
        "says": reason.says,
        "authority": str(reason.authority),
        "remedy": reason.remedy,
    }
