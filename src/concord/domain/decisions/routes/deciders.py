"""Another body or post that may decide what a stop decides, and could do so in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from concord.domain.agreements.authority import who_may_decide
from concord.domain.agreements.matter import BEFORE
from concord.domain.calendar import in_words
from concord.domain.decisions.matter import as_matter
from concord.domain.decisions.routes.plan import Plan, WayOut, changes
from concord.domain.decisions.routes.price import rescued, side_effect
from concord.domain.decisions.routes.solving import Question, solve
from concord.domain.decisions.routes.stops import Turn, Turns
from concord.domain.findings import Answer, Authority


def other_decider(question: Question, plan: Plan, turn: Turn) -> Iterator[WayOut]:
    """Another body or post to which the power leads, where it could decide in time."""
    step = plan.step(turn.id)
    on = (step.on if step else None) or question.start()
    if not turn.decides or on is None:
        return
    for maker, name, authority in _others(question, turn, on):
        other = replace(turn, maker=maker, body=maker.partition(".")[0], label=name, on=None)
        yield from _by_other(question, plan, turn, other, authority)


def _others(question: Question, turn: Turn, on: date) -> Iterator[tuple[str, str, Authority]]:
    """Whoever else may decide all that this stop decides, if the conditions are met."""
    matter = as_matter(question.clocks.matter.matter)
    ruling = who_may_decide(question.clocks.arrangement, matter, BEFORE, on)
    halves = []
    for half in ruling.halves:
        able = {o.maker: o for o in half.options if o.verdict.answer >= Answer.NEEDS}
        if half.organisation in turn.organisations and any(_body(m) == turn.body for m in able):
            halves.append(able)
    if not halves or len(turn.organisations) > 1:
        return
    for maker in halves[0]:
        if _body(maker) != turn.body and all(maker in h for h in halves):
            reasons = halves[0][maker].verdict.reasons
            cited = next((r.authority for r in reasons if r.authority), Authority())
            yield maker, halves[0][maker].label, cited


def _body(maker: str) -> str:
    return maker.partition(".")[0]


def _by_other(
    question: Question, plan: Plan, turn: Turn, other: Turn, authority: Authority
) -> Iterator[WayOut]:
    turns = Turns(tuple(other if t.id == turn.id else t for t in question.turns.turns))
    after = solve(question.variant(turns=turns, free=question.free | {turn.id}))
    now = after.step(turn.id)
    if now is None or now.on is None or not rescued(plan, after):
        return
    yield WayOut(
        id="decider", stop=turn.id, name=f"Let {other.label} decide",
        when=f"on {in_words(now.on)}",
        says="The power leads there too, under the conditions of its delegation.",
        side_effect=side_effect(plan, after, turn.id),
        moves=((turn.id, now.on),), decider=other.maker, authority=authority,
        effective=after.not_before, changes=changes(plan, after),
    )  # fmt: skip
