"""Answers one question about a route: chooses the days and says what stands against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from concord.domain.calendar import in_words
from concord.domain.decisions.calendars import Slot
from concord.domain.decisions.routes.conflict import Conflict
from concord.domain.decisions.routes.conflicts import Asked, against
from concord.domain.decisions.routes.dues import Clockwork, Dues, as_if_key
from concord.domain.decisions.routes.holding import held_back, stuck
from concord.domain.decisions.routes.missing import no_stops
from concord.domain.decisions.routes.plan import Plan, PlannedStop, Way, latest
from concord.domain.decisions.routes.search import Found, backwards, earliest, effective
from concord.domain.decisions.routes.stops import Turn, Turns
from concord.domain.findings import Weight


@dataclass(slots=True, eq=False)
class Question:
    """One question to the planner, with its clockwork, so that a variant of it costs little."""

    turns: Turns
    clocks: Clockwork
    asked: Asked
    way: Way
    moved: Mapping[str, date]
    free: frozenset[str] = frozenset()

    def variant(self, **differs: object) -> Question:
        """The same question but for what is named."""
        return replace(self, **differs)  # type: ignore[arg-type]

    def slot(self, turn: Turn, on: date) -> Slot:
        """The meeting of that day, listed or not."""
        listed = (s for s in self.clocks.calendars.slots(turn.body) if s.on == on)
        person = turn.body not in self.clocks.arrangement.bodies
        return next(listed, Slot(on, "", person))

    def fixed(self) -> dict[str, Slot]:
        """The stops whose day is not for the planner to choose."""
        days = {}
        if self.way is Way.AS_STATED:
            behind = {t.id for t in self.turns.turns if self.turns.before(t.id) & set(self.moved)}
            leave = behind | self.free
            days = {t.id: t.on for t in self.turns.turns if t.on and t.id not in leave}
        days |= self.moved
        return {t.id: self.slot(t, day) for t in self.turns.turns if (day := days.get(t.id))}

    def kept(self) -> dict[str, Slot]:
        """The stops after one that was moved: they keep their day for as long as they can."""
        if self.way is not Way.AS_STATED:
            return {}
        return {t.id: self.slot(t, t.on) for t in self.turns.turns if t.on}

    def start(self) -> date | None:
        """The first day looked at: today, or the first day that anything is known of."""
        known = [t.on for t in self.turns.turns if t.on]
        known += [self.clocks.calendars.first] if self.clocks.calendars.first else []
        return self.asked.today or min(known, default=None)


def solve(question: Question) -> Plan:
    """Chooses the days and says what stands against them."""
    fixed, asked = question.fixed(), question.asked
    found, holding = choose(question, fixed)
    conflicts = _conflicts(question, found, fixed)
    day = effective(found, question.turns, question.clocks, asked)
    return _plan(question, found, tuple(dict.fromkeys(conflicts)), tuple(holding), day)


def choose(question: Question, fixed: Mapping[str, Slot]) -> tuple[Found, list[Conflict]]:
    """The days, and what holds back a wanted date that cannot be reached."""
    turns, clocks, asked = question.turns, question.clocks, question.asked
    free = replace(asked, wanted=None)
    start = question.start()
    soonest = earliest(turns, clocks, free, fixed, question.kept(), start)
    if asked.wanted is None:
        return soonest, []
    day = effective(soonest, turns, clocks, free)
    if not soonest.whole or (day and day > asked.wanted):
        return soonest, held_back(turns, clocks, soonest, asked.wanted, frozenset(fixed), free)
    if question.way is Way.BACKWARDS:
        last = backwards(turns, clocks, asked, fixed)
        if last.whole:
            return last, []
    return soonest, []


def _conflicts(question: Question, found: Found, fixed: Mapping[str, Slot]) -> list[Conflict]:
    """Every test that fails on the days chosen; the search bars only what it chose itself."""
    listed: list[Conflict] = []
    for turn in question.turns.turns:
        slot = found.chosen.get(turn.id)
        if slot is None:
            listed.append(stuck(turn, found, question.clocks))
            continue
        said = against(turn, slot, found.chosen, question.clocks, question.asked)
        listed += (_lighter(c, slot) if turn.id in fixed else c for c in said)
        listed += _as_listed(turn, slot, question) if turn.id in fixed else ()
    return listed


def _lighter(conflict: Conflict, slot: Slot) -> Conflict:
    """What bars a choice of ours need not bar a day that the text states.

    A meeting that has been held is no reason why the rest of the route cannot be; one that the
    calendar lists in a pause was called there by somebody.
    """
    held = conflict.id == "route.in_the_past"
    called = conflict.id == "route.in_pause" and slot.listed
    return replace(conflict, weight=Weight.SLIGHT) if held or called else conflict


def _as_listed(turn: Turn, slot: Slot, question: Question) -> list[Conflict]:
    """Whether a stated day is in the calendar and the meeting stands."""
    calendars = question.clocks.calendars
    if slot.listed or not calendars.meetings:
        return []
    row = calendars.meeting(turn.body, slot.on)
    if row is not None:
        says = f"{turn.label}: the meeting of {in_words(slot.on)} is cancelled"
        remedy = "Choose another meeting."
        return [
            Conflict(
                id="route.cancelled", stop=turn.id, line=turn.line, says=says, remedy=remedy,
                day=slot.on, authority=row.authority,
            )
        ]  # fmt: skip
    says = f"{turn.label}: the calendar has no meeting on {in_words(slot.on)}"
    later = next((s for s in calendars.slots(turn.body) if s.on > slot.on), None)
    remedy = f"The next listed is {in_words(later.on)}." if later else "Add it to the calendar."
    return [
        Conflict(
            id="route.not_listed", stop=turn.id, line=turn.line, says=says, remedy=remedy,
            day=slot.on, weight=Weight.SLIGHT,
        )
    ]  # fmt: skip


def _plan(
    question: Question, found: Found, conflicts: tuple[Conflict, ...],
    holding: tuple[Conflict, ...], day: date | None,
) -> Plan:  # fmt: skip
    steps = [_step(t, found.chosen.get(t.id), question) for t in question.turns.turns]
    steps.sort(key=lambda s: (s.on is None, s.on or date.max, s.at))
    on = max((s.on for s in steps if s.on), default=question.start() or date.max)
    signing = next((s.dues.sign_off for s in steps if s.dues), None)
    return Plan(
        way=question.way,
        today=question.asked.today,
        wanted=question.asked.wanted,
        steps=tuple(steps),
        conflicts=conflicts,
        holding=holding,
        no_stop=no_stops(question.clocks.arrangement, question.clocks.matter, question.turns, on),
        findings=question.turns.findings,
        effective=latest([s.effective for s in steps if s.decides]),
        not_before=day,
        sign_off=signing.says if signing else "",
        example=bool(signing and signing.example),
    )


def _step(turn: Turn, slot: Slot | None, question: Question) -> PlannedStop:
    clocks, today = question.clocks, question.asked.today
    dues = clocks.dues(turn, slot.on) if slot else None
    return PlannedStop(
        id=turn.id, line=turn.line, maker=turn.maker, body=turn.body, label=turn.label,
        organisations=turn.organisations, purpose=turn.purpose, after=turn.after,
        told_of=turn.told_of,
        on=slot.on if slot else None,
        at=slot.at if slot else "",
        listed=bool(slot and slot.listed),
        stated=bool(slot and slot.on == turn.on),
        dues=dues,
        effects=clocks.effects(turn, slot.on) if slot else (),
        late=_late(dues, today) if dues and today else (),
        late_before=today if slot and today and slot.on >= today else None,
        as_if_key=as_if_key(slot.on) if slot and dues and turn.decides and not dues.forward_plan
        else None,
    )  # fmt: skip


def _late(dues: Dues, today: date) -> tuple[str, ...]:
    """The clocks whose day has gone by, where the meeting itself has not."""
    if dues.on < today:
        return ()
    named = [d for d in (*dues.notices, dues.papers) if d and d.day < today]
    found = [d.step.clock for d in named]
    return tuple(dict.fromkeys([*found, *(["first draft"] if dues.draft_due < today else [])]))
