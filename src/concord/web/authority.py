"""“Who may decide?” as a form a councillor could use; the ruling is the domain's, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.agreements.authority import Half, Option, Ruling, who_may_decide
from concord.domain.agreements.bodies import Body
from concord.domain.agreements.capacity import DECIDE
from concord.domain.agreements.words import Act, Mode
from concord.domain.findings import Answer, Reason, Verdict
from concord.web import question as q
from concord.web.clocks import as_data as clocks_as_data
from concord.web.clocks import clocks_of
from concord.web.naming import Names, the
from concord.web.pages import Page, page, today
from concord.web.places import Opened, opened
from concord.web.wording import ICONS, count, listed, mid_sentence, upper_first


@dataclass(frozen=True, slots=True)
class HalfShown:
    """One organisation's half as the page shows it."""

    title: str
    short: str
    side: str
    function: str
    bold: str
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
    clocks = clocks_of(ruling, it.names) if ruling else []
    if ruling:
        data |= {"ruling": as_data(ruling), "clocks": clocks_as_data(clocks)}
    return it.page(
        "Who may decide?",
        data,
        asked_for=asked,
        ruling=ruling,
        rests_on_proposed=bool(ruling and ruling.rests_on_proposed),
        kind=kind(ruling, body) if ruling else "",
        answer=heading(ruling, body) if ruling else "",
        halves=[shown(half, body, it.names) for half in ruling.halves] if ruling else [],
        others=[one for one in ruling.capacities if one.verb != DECIDE] if ruling else [],
        clocks=clocks,
        now=today(),
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


def kind(ruling: Ruling, body: Body | None) -> str:
    """The colour of the answer: that of the body that meets, where it plays a part."""
    there = worst_at(ruling, body)
    return ICONS[ruling.answer if there is None else there]


def at_body(half: Half, body: Body | None) -> Option | None:
    """The best option of a half at the body that meets; none where no power runs through it."""
    if body is None:
        return None
    ours = (o for o in half.options if o.maker.partition(".")[0] == body.id)
    return next(ours, None)


def worst_at(ruling: Ruling, body: Body | None) -> Answer | None:
    """The answer at the body that meets: the worst of its halves; none where it plays no part."""
    answers = [o.verdict.answer for half in ruling.halves if (o := at_body(half, body))]
    return min(answers) if answers and len(answers) == len(ruling.halves) else None


def heading(ruling: Ruling, body: Body | None) -> str:
    """The answer in one line; where a body meets, first whether its members may decide there."""
    there = worst_at(ruling, body)
    if body and there is not None and there is not ruling.answer:
        return f"Nobody yet at {the(body.label)}" if there is Answer.NEEDS else (
            f"Nobody at {the(body.label)}, as things stand"
        )  # fmt: skip
    alone = len(ruling.halves) == 1
    match ruling.answer:
        case Answer.STANDS if body and there is Answer.STANDS:
            return f"Yes: the members of {the(body.label)} may decide"
        case Answer.STANDS:
            return f"{best(ruling.halves[0]).label} may decide" if alone else "Yes, in every half"
        case Answer.NEEDS:
            return "Not yet: something is still to be done"
        case Answer.NOT_STATED:
            return "Cannot be answered: the text is silent"
    return "Nobody may, as things stand"


def best(half: Half) -> Option:
    return half.options[0]


def shown(half: Half, body: Body | None, names: Names) -> HalfShown:
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
        bold=bold(half),
        says=says(half, body),
        may=may,
        may_not=may_not,
        held_by_law=half.held_by_law,
    )


def _whose(organisation: str, names: Names) -> str:
    whose = names.the_short(organisation)
    return upper_first(f"{whose}’s half")


def bold(half: Half) -> str:
    """Whoever may decide a half, if anyone may."""
    able = [o.label for o in half.options if o.verdict.answer is Answer.STANDS]
    return f"{upper_first(listed(the(label) for label in able))} may." if able else ""


def says(half: Half, body: Body | None) -> str:
    """The best answer of a half in one sentence, and what is missing at the body that meets."""
    if not half.options:
        return f"{upper_first(half.held_by_law.says)}."
    there = at_body(half, body)
    if there and there.verdict.answer is not Answer.STANDS:
        return f"At {the(body.label)}: {mid_sentence(_short(there.verdict))}."  # type: ignore[union-attr]
    option = best(half)
    if option.verdict.answer is Answer.STANDS:
        return ""
    return f"{option.label}: {mid_sentence(_short(option.verdict))}."


def _short(verdict: Verdict) -> str:
    """What stands in the way, and how much else does."""
    first = next(iter(verdict.against), None)
    told = first.says.rstrip(".") if first else verdict.answer.word
    left = len(verdict.against) - 1
    return told + (f", and {count(left, 'more thing')}" if left > 0 else "")


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
