"""The earliest and the latest days on which every stop can be taken.

Taken in an order that keeps `after`, each stop at its first possible meeting, is the earliest of
all routes for every stop at once: a test of one stop only becomes harder when an earlier stop comes
later, so the days chosen can never bar what a later choice would allow. Only the day of effect may
run against the day of the meeting, when a rule changes between; `earliest` therefore asks again
for a strictly sooner effect until there is none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from concord.domain.calendar import Counting, counts
from concord.domain.decisions.calendars import Slot
from concord.domain.decisions.routes.conflict import Conflict
from concord.domain.decisions.routes.conflicts import Asked, against, follows
from concord.domain.decisions.routes.dues import Clockwork
from concord.domain.decisions.routes.stops import Turn, Turns

_DAY = timedelta(days=1)
LOOK_AHEAD = 800


@dataclass(slots=True, eq=False)
class Found:
    """Days chosen by stop, where it got stuck, and what was passed over on the way and why."""

    chosen: dict[str, Slot] = field(default_factory=dict)
    stuck: tuple[str, ...] = ()
    passed: dict[str, list[tuple[Slot, Conflict]]] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        return not self.stuck


def forwards(
    turns: Turns, clocks: Clockwork, asked: Asked, fixed: Mapping[str, Slot],
    kept: Mapping[str, Slot] | None = None, start: date | None = None,
) -> Found:  # fmt: skip
    """Each stop at the first meeting nothing bars; a `fixed` one as it is, a `kept` one if it can.

    `start` is the first day looked at where nothing earlier bars one.
    """
    found = Found()
    for turn in turns.turns:
        if turn.id in fixed:
            found.chosen[turn.id] = fixed[turn.id]
            continue
        own = (kept or {}).get(turn.id)
        if own and not _barred(turn, own, found, clocks, asked):
            found.chosen[turn.id] = own
            continue
        slot = _first(turn, found, clocks, asked, own.on if own else start)
        if slot is None:
            found.stuck = (*found.stuck, turn.id)
        else:
            found.chosen[turn.id] = slot
    return found


def _barred(turn: Turn, slot: Slot, found: Found, clocks: Clockwork, asked: Asked) -> bool:
    why = next((c for c in against(turn, slot, found.chosen, clocks, asked) if c.grave), None)
    if why:
        found.passed.setdefault(turn.id, []).append((slot, why))
    return why is not None


def _first(
    turn: Turn, found: Found, clocks: Clockwork, asked: Asked, start: date | None
) -> Slot | None:
    if any(name in found.stuck for name in turn.after):
        return None
    lower = max([found.chosen[n].on for n in turn.after], default=date.min)
    lower = max(lower, start or date.min, asked.today or date.min)
    for slot in slots(turn, clocks, asked, lower):
        if not _barred(turn, slot, found, clocks, asked):
            return slot
        if asked.wanted and turn.decides and slot.on > asked.wanted:
            return None
    return None


def slots(turn: Turn, clocks: Clockwork, asked: Asked, lower: date) -> Iterator[Slot]:
    """The days on which a stop may be taken, from a day on.

    A body takes it at its meetings, a person on any working day. For a stop in `asked.extra` an
    extra meeting may be called on any working day.
    """
    listed = clocks.calendars.slots(turn.body)
    if turn.body in clocks.arrangement.bodies and turn.id not in asked.extra:
        yield from listed[bisect_left(listed, lower, key=lambda s: s.on) :]
        return
    if lower == date.min:
        return
    meetings = {s.on: s for s in listed}
    of = turn.organisations[0] if turn.organisations else ""
    for number in range(LOOK_AHEAD):
        day = lower + number * _DAY
        if day in meetings:
            yield meetings[day]
        elif counts(day, Counting.WORKING, clocks.closed(of, day)):
            yield Slot(day, "", turn.body not in clocks.arrangement.bodies)


def effective(found: Found, turns: Turns, clocks: Clockwork, asked: Asked) -> date | None:
    """The first day on which everything decided can be in effect; None where nothing decides."""
    days = [
        found.chosen[t.id].on
        if (t.id, "exemption from call-in") in asked.waived
        else clocks.not_before(t, found.chosen[t.id].on)
        for t in turns.turns
        if t.decides and t.id in found.chosen
    ]
    return max(days, default=None)


def earliest(
    turns: Turns, clocks: Clockwork, asked: Asked, fixed: Mapping[str, Slot],
    kept: Mapping[str, Slot] | None = None, start: date | None = None,
) -> Found:  # fmt: skip
    """The route whose decisions are all in effect soonest, each stop as early as it can be."""
    best = forwards(turns, clocks, asked, fixed, kept, start)
    while best.whole and (day := effective(best, turns, clocks, asked)):
        sooner = replace(asked, wanted=min(asked.wanted or day, day) - _DAY)
        if asked.wanted and asked.wanted < day:
            break
        found = forwards(turns, clocks, sooner, fixed, kept, start)
        again = effective(found, turns, clocks, asked)
        if not found.whole or again is None or again >= day:
            break
        best = found
    return best


def backwards(turns: Turns, clocks: Clockwork, asked: Asked, fixed: Mapping[str, Slot]) -> Found:
    """Each stop at the last meeting from which the wanted date is still reached.

    What only follows the last decision must still find a meeting, and takes the first it can.
    """
    needed = {t.id for t in turns.turns if t.decides}
    needed |= {name for id_ in tuple(needed) for name in turns.before(id_)}
    found = Found()
    for turn in reversed(turns.turns):
        if turn.id in fixed:
            found.chosen[turn.id] = fixed[turn.id]
            continue
        slot = _last(turn, turns, found, clocks, asked)
        if slot is None:
            found.stuck = (*found.stuck, turn.id)
            return found
        found.chosen[turn.id] = slot
    settled = {n: s for n, s in found.chosen.items() if n in needed or n in fixed}
    return forwards(turns, clocks, asked, settled)


def _last(turn: Turn, turns: Turns, found: Found, clocks: Clockwork, asked: Asked) -> Slot | None:
    later = [
        (t, found.chosen[t.id]) for t in turns.turns if turn.id in t.after and t.id in found.chosen
    ]
    end = max(filter(None, (clocks.calendars.horizon, asked.wanted)), default=date.min)
    upper = min([s.on for _, s in later], default=end)
    if turn.decides and asked.wanted:
        upper = min(upper, asked.wanted)
    for slot in down(turn, clocks, asked, upper):
        if any(not follows(s, slot) for _, s in later):
            continue
        if any(_untold(t, s, turn, slot, clocks, asked) for t, s in later):
            continue
        why = next((c for c in against(turn, slot, {}, clocks, asked) if c.grave), None)
        if why is None:
            return slot
        found.passed.setdefault(turn.id, []).append((slot, why))
    return None


def _untold(later: Turn, at: Slot, turn: Turn, slot: Slot, clocks: Clockwork, asked: Asked) -> bool:
    chosen = {turn.id: slot}
    return any(c.id == "route.told_too_late" for c in against(later, at, chosen, clocks, asked))


def down(turn: Turn, clocks: Clockwork, asked: Asked, upper: date) -> Iterator[Slot]:
    """The days on which a stop may be taken, from a day back."""
    if turn.body in clocks.arrangement.bodies and turn.id not in asked.extra:
        listed = clocks.calendars.slots(turn.body)
        yield from reversed([s for s in listed if s.on <= upper])
        return
    of = turn.organisations[0] if turn.organisations else ""
    for number in range(LOOK_AHEAD):
        day = upper - number * _DAY
        if counts(day, Counting.WORKING, clocks.closed(of, day)):
            yield Slot(day, "", turn.body not in clocks.arrangement.bodies)
