"""What would rescue a route that cannot be done: each way out tried, with its price.

Another meeting, a meeting brought forward, telling it in the room, the general exception, special
urgency (SI 2012/2089 regs 10, 11), shorter notice, another decider. Each is worked out by planning
the route again with that one thing changed, so what is offered is known to work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from concord.domain.agreements.labels import how_many
from concord.domain.calendar import in_words
from concord.domain.decisions.calendars import Slot
from concord.domain.decisions.routes.conflict import Conflict
from concord.domain.decisions.routes.conflicts import against
from concord.domain.decisions.routes.deciders import other_decider
from concord.domain.decisions.routes.plan import Plan, Way, WayOut, changes
from concord.domain.decisions.routes.price import rescued, side_effect, sooner
from concord.domain.decisions.routes.search import slots
from concord.domain.decisions.routes.solving import Question, solve
from concord.domain.decisions.routes.stops import Turn
from concord.domain.decisions.routes.waivers import WAIVERS, waive
from concord.domain.language.values import Day

_DAY = timedelta(days=1)
_A_QUARTER = timedelta(days=92)
UNLISTED = " The calendar lists no meeting on that day."
IN_TIME = ("exception", "urgency", "sign_off", "told", "extra", "call_in", "decider")
BY_CONFLICT: Mapping[str, tuple[str, ...]] = {
    "route.told_too_late": ("told",),
    "route.notice_too_late": ("exception", "urgency", "decider"),
    "route.private_too_late": ("private",),
    "route.papers_too_late": ("papers",),
    "route.draft_too_late": ("sign_off",),
    "route.past_wanted": IN_TIME,
    "route.past_deadline": IN_TIME,
    "route.no_meeting": ("exception", "urgency", "extra", "told", "decider"),
    "route.no_dates": ("extra", "decider"),
}
MOST = 10  # a route with more than these is mended stop by stop
BETWEEN_TWO = ("route.told_too_late", "route.out_of_order")


def ways_out(question: Question, plan: Plan) -> tuple[WayOut, ...]:
    """Every way out that works; if none does alone, those that bring the day nearer."""
    offered: dict[object, WayOut] = {}
    for conflict in plan.impossible[:MOST]:
        for way in _ways(question, plan, conflict):
            offered.setdefault((way.id, way.stop, way.moves, way.decider), way)
    rescuing = tuple(w for w in offered.values() if w.rescues)
    nearer = sorted(offered.values(), key=lambda w: _when(w.effective))
    return rescuing or tuple(nearer)


def _when(effective: Day) -> date:
    return effective if isinstance(effective, date) else date.max


def _ways(question: Question, plan: Plan, conflict: Conflict) -> Iterator[WayOut]:
    turns = question.turns.by_id()
    turn = turns[conflict.stop]
    kinds = BY_CONFLICT.get(conflict.id, ())
    if question.way is Way.AS_STATED and turn.id in question.fixed() and kinds is not IN_TIME:
        yield from _later(question, plan, turn)
        if conflict.of and conflict.id in BETWEEN_TWO:
            yield from _sooner(question, plan, conflict, turns[conflict.of])
    about = [turn]
    if kinds is IN_TIME:
        about = [turns[n] for c in plan.holding for n in (c.stop, c.of) if n in turns] or [turn]
    for one in dict.fromkeys(about):
        for kind in kinds:
            yield from _TRIES[kind](question, plan, one)


def _chosen(question: Question, plan: Plan) -> dict[str, Slot]:
    turns = question.turns.by_id()
    return {s.id: question.slot(turns[s.id], s.on) for s in plan.steps if s.on}


def _later(question: Question, plan: Plan, turn: Turn) -> Iterator[WayOut]:
    """Another meeting of the same body, or the first day on which one would do."""
    chosen = _chosen(question, plan)
    if turn.id not in chosen:
        return
    first = chosen[turn.id].on + _DAY
    for extra in (frozenset[str](), frozenset({turn.id})):
        slot = next(_able(question, turn, chosen, extra, first, date.max), None)
        if slot:
            yield _moved(question, plan, turn, slot, f"Move {turn.label}", "or later")
            return


def _sooner(question: Question, plan: Plan, conflict: Conflict, turn: Turn) -> Iterator[WayOut]:
    """The earlier stop brought forward to a meeting, or a day, that is soon enough."""
    chosen = _chosen(question, plan)
    if turn.id not in chosen or conflict.day is None:
        return
    last = conflict.day if conflict.id == "route.told_too_late" else conflict.day - _DAY
    first = max([chosen[n].on for n in turn.after if n in chosen], default=last - _A_QUARTER)
    for extra in (frozenset[str](), frozenset({turn.id})):
        able = list(_able(question, turn, chosen, extra, first, last))
        if able:
            name = f"Bring {turn.label} forward"
            yield _moved(question, plan, turn, able[-1], name, "or sooner")
            return


def _able(
    question: Question, turn: Turn, chosen: Mapping[str, Slot], extra: frozenset[str],
    first: date, last: date,
) -> Iterator[Slot]:  # fmt: skip
    """The days of a stop between two days that nothing bars, the other stops staying put."""
    asked = replace(question.asked, extra=extra, wanted=None)
    for slot in slots(turn, question.clocks, asked, first):
        if slot.on > last:
            return
        if not any(c.grave for c in against(turn, slot, chosen, question.clocks, asked)):
            yield slot


def _moved(question: Question, plan: Plan, turn: Turn, slot: Slot, name: str, bound: str) -> WayOut:
    after = solve(question.variant(moved={**question.moved, turn.id: slot.on}))
    papers = question.clocks.dues(turn, slot.on).papers_close
    says = f"{turn.label} would meet on {in_words(slot.on)}; its papers would close on "
    now = plan.step(turn.id)
    far = _far(now.on if now else None, slot.on)
    return WayOut(
        id="meeting",
        stop=turn.id,
        name=name,
        when=f"to {in_words(slot.on)} {bound}",
        says=f"{says}{in_words(papers)}.",
        side_effect=side_effect(plan, after, turn.id) + far + ("" if slot.listed else UNLISTED),
        moves=((turn.id, slot.on),),
        listed=slot.listed,
        rescues=rescued(plan, after),
        effective=after.not_before,
        changes=changes(plan, after),
    )


def _far(was: date | None, becomes: date) -> str:
    """What to say of a meeting that is more than a year from the day it takes the place of."""
    years = abs((becomes - was).days) // 365 if was else 0
    return f" That is {how_many(years, 'year')} from the day it was planned for." if years else ""


def _extra(question: Question, plan: Plan, turn: Turn) -> Iterator[WayOut]:
    """An extra meeting of the body, on the first working day that would do."""
    if turn.body not in question.clocks.arrangement.bodies:
        return
    asked = replace(question.asked, extra=question.asked.extra | {turn.id})
    after = solve(question.variant(asked=asked, free=question.free | {turn.id}))
    now = after.step(turn.id)
    if now is None or now.on is None or now.listed:
        return
    if rescued(plan, after) or sooner(plan, after):
        yield WayOut(
            id="meeting",
            stop=turn.id,
            name=f"Call an extra meeting of {turn.label}",
            when=f"on {in_words(now.on)}",
            says=f"Its papers would close on {in_words(now.papers_close or now.on)}.",
            side_effect=side_effect(plan, after, turn.id),
            moves=((turn.id, now.on),),
            listed=False,
            rescues=rescued(plan, after),
            effective=after.not_before,
            changes=changes(plan, after),
        )


_TRIES: Mapping[str, Callable[[Question, Plan, Turn], Iterator[WayOut]]] = {
    **{kind: partial(waive, kind) for kind in WAIVERS},
    "extra": _extra,
    "decider": other_decider,
}
