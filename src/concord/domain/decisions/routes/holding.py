"""What holds a route back: from the last decision to the first step that cannot be taken sooner."""

from __future__ import annotations

from datetime import date

from concord.domain.calendar import in_words
from concord.domain.decisions.calendars import Slot
from concord.domain.decisions.routes.conflict import Conflict
from concord.domain.decisions.routes.conflicts import Asked, against
from concord.domain.decisions.routes.dues import Clockwork
from concord.domain.decisions.routes.search import Found, down
from concord.domain.decisions.routes.stops import Turn, Turns


def held_back(
    turns: Turns,
    clocks: Clockwork,
    soonest: Found,
    wanted: date,
    fixed: frozenset[str],
    asked: Asked,
) -> list[Conflict]:
    """From the last decision back to the step that first keeps the wanted date from being reached.

    For each step: why its last meeting that would have been in time could not be taken.
    """
    named = turns.by_id()
    late = [
        t for t in turns.turns
        if t.decides and t.id in soonest.chosen
        and clocks.not_before(t, soonest.chosen[t.id].on) > wanted
    ]  # fmt: skip
    late.sort(key=lambda t: clocks.not_before(t, soonest.chosen[t.id].on))
    late += [named[s] for s in soonest.stuck]
    chain: list[Conflict] = []
    turn, limit = (late[-1] if late else None), wanted
    while turn is not None:
        why = _why_not(turn, soonest, clocks, limit, not chain, turn.id in fixed, asked)
        chain.append(why)
        turn = named.get(why.of) if why.of and len(chain) <= len(named) else None
        limit = why.day or limit
    return chain


def _why_not(
    turn: Turn,
    soonest: Found,
    clocks: Clockwork,
    limit: date,
    last: bool,
    fixed: bool,
    asked: Asked,
) -> Conflict:
    """Why the last meeting that would have been in time would not do; or that there was none."""
    if not fixed and (slot := _in_time(turn, clocks, limit, last, asked)):
        others = {n: s for n, s in soonest.chosen.items() if n != turn.id}
        against_it = (c for c in against(turn, slot, others, clocks, asked) if c.grave)
        if why := next(against_it, None):
            return why
    chosen = soonest.chosen.get(turn.id)
    if chosen is None:
        return stuck(turn, soonest, clocks)
    first = "its day is stated as" if fixed else "the first meeting it can have is on"
    what = f"in effect by {in_words(limit)}" if last else f"on or before {in_words(limit)}"
    effects = [e for e in clocks.effects(turn, chosen.on) if e.not_before > chosen.on]
    after = f"; {'; '.join(e.says for e in effects)}" if last and effects else ""
    says = f"{turn.label}: {first} {in_words(chosen.on)}{after}; it would have to be {what}"
    return Conflict(
        id="route.past_wanted",
        stop=turn.id,
        line=turn.line,
        says=says,
        remedy="Call an extra meeting, find another decider, or accept a later date.",
        day=chosen.on,
        needed=limit,
    )


def _in_time(turn: Turn, clocks: Clockwork, limit: date, last: bool, asked: Asked) -> Slot | None:
    """The last meeting of a stop from which the limit is still kept."""
    for slot in down(turn, clocks, asked, limit):
        if asked.today and slot.on < asked.today:
            return None
        if not last or clocks.not_before(turn, slot.on) <= limit:
            return slot
    return None


def stuck(turn: Turn, found: Found, clocks: Clockwork) -> Conflict:
    """A stop for which no meeting is left, and why the last one looked at would not do."""
    waits = [n for n in turn.after if n in found.stuck]
    if waits:
        called = clocks.called(waits[0])
        says = f"{turn.label} waits for {called}, for which no meeting is left"
        remedy = f"Find a day for {called} first."
        return Conflict(
            id="route.no_meeting", stop=turn.id, line=turn.line, says=says, remedy=remedy,
            of=waits[0],
        )  # fmt: skip
    remedy = "Add the body's further meetings to the calendar, or state the stop's day."
    if not clocks.calendars.slots(turn.body):
        says = f"{turn.label} has no meeting in the calendar"
        return Conflict(id="route.no_dates", stop=turn.id, line=turn.line, says=says, remedy=remedy)
    # The first meeting that comes after all it waits for says more than the last in the calendar.
    passed = found.passed.get(turn.id, [])
    telling = [
        why for _, why in passed if why.id not in ("route.out_of_order", "route.in_the_past")
    ]
    cause = next(iter(telling), passed[-1][1] if passed else None)
    why = f": {cause.says}" if cause else ""
    says = f"{turn.label} has no meeting left in the calendar that will do{why}"
    return Conflict(
        id="route.no_meeting", stop=turn.id, line=turn.line, says=says, remedy=remedy,
        of=cause.of if cause else "",
    )  # fmt: skip
