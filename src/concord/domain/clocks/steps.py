"""One step of a timetable: its last lawful day, how the days were counted, what else they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from concord import law
from concord.domain.calendar import (
    NEVER_CLOSED,
    Closed,
    Counted,
    Counting,
    Warned,
    clear_days_between,
    count_back,
    in_words,
    readings,
)
from concord.domain.clocks.facts import DecisionMaker, cited
from concord.domain.findings import Authority

NOW = "as soon as reasonably practicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to be done by a day. `day` is None where the law sets no day, and `when` says what.

    `if_` is a condition on the business nobody has stated yet; `beside` the other rule on the same
    clock that was not the stricter; `others` the day in each other way of counting.
    """

    id: str
    clock: str
    what: str
    when: str
    authority: Authority
    day: date | None = None
    cut_off: str = ""
    if_: str = ""
    local: bool = False
    counted: Counted | None = None
    others: tuple[tuple[Counting, date], ...] = ()
    beside: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    after: bool = False

    @property
    def warnings(self) -> tuple[Warned, ...]:
        return self.counted.warnings if self.counted else ()

    @property
    def how_counted(self) -> str:
        """How the days were counted and what the other readings give."""
        if not self.counted:
            return ""
        rest = [f"{c.words} give {in_words(d)}" for c, d in self.others if d != self.day]
        says = self.counted.says
        return "; ".join([f"{says[:1].upper()}{says[1:]}", *rest])

    def due(self, asked_on: date | None = None, closed: Closed = NEVER_CLOSED) -> str:
        """`Monday 19 June 2017, in 9 days`; without a day asked on, the date alone."""
        if self.day is None:
            return self.when
        by = f", by {self.cut_off}" if self.cut_off else ""
        far = f", {self._far(self.day, asked_on, closed)}" if asked_on else ""
        return f"{in_words(self.day)}{by}{far}"

    def _far(self, day: date, asked_on: date, closed: Closed) -> str:
        if self.clock == "call-in window" and asked_on > day:
            return "closed"  # nobody is late: the chance has gone
        if self.cut_off and asked_on == day:
            return "today"
        return distance(day, asked_on, closed)

    def to_data(self, asked_on: date | None = None) -> dict[str, Any]:
        return {
            "clock": self.clock,
            "what": self.what,
            "by": self.day.isoformat() if self.day else None,
            "due": self.due(asked_on),
            "rule": self.when,
            "authority": str(self.authority),
            "unverified": self.authority.unverified,
            "local": self.local,
            "only_if": self.if_ or None,
            "counted": self.how_counted or None,
            "other_readings": {c.value: d.isoformat() for c, d in self.others},
            "beside": list(self.beside),
            "must_contain": list(self.heads),
            "warnings": [w.says for w in self.warnings],
        }


def distance(day: date, asked_on: date, closed: Closed = NEVER_CLOSED) -> str:
    """How far off a due day is: in 9 days, today, by midnight, 2 working days late."""
    days = (day - asked_on).days
    if days == 0:
        return "today, by midnight"
    if days > 0:
        return "tomorrow" if days == 1 else f"in {days} days"
    late = clear_days_between(day, asked_on, Counting.WORKING, closed) + 1
    return f"{late} working day{'s' if late != 1 else ''} late"


def counting_for(period: law.Period, maker: DecisionMaker) -> Counting:
    """The way this period is counted: the organisation's own for those that practice varies."""
    if period.counting == Counting.WORKING and maker.counting:
        return maker.counting
    return Counting(period.counting)


def step_before(period: law.Period, maker: DecisionMaker, event: date, if_: str = "") -> Step:
    """The step for a statutory period of clear days before the meeting or decision."""
    counting = counting_for(period, maker)
    counted = count_back(event, period.number, counting, maker.closed)
    others = readings(event, period.number, True, maker.closed, but=(counting,))
    return Step(
        id=period.id,
        clock=period.clock,
        what=period.what,
        when=f"{in_number(period.number)} {period.unit} before the {period.of}",
        authority=cited(period),
        day=counted.day,
        if_=if_,
        counted=counted,
        others=tuple((o.counting, o.day) for o in others),
        heads=heads_of(period.heads, maker, event) if period.heads else (),
    )


def step_after(period: law.Period, if_: str = "") -> Step:
    """The step for something the law allows a fixed time to do once the decision is made."""
    return Step(
        id=period.id,
        clock=period.clock,
        what=period.what,
        when=f"at once, and within {period.number} {period.unit} of the {period.of}",
        authority=cited(period),
        if_=if_,
        after=True,
    )


def record_step(id_: str, maker: DecisionMaker, on: date) -> Step:
    """The written record of the decision, with the heads it must contain."""
    row = law.heads(id_)
    return Step(
        id=row.id,
        clock="record of decision",
        what=row.says,
        when=row.when or NOW,
        authority=cited(row),
        heads=heads_of(id_, maker, on),
        after=True,
    )


def heads_of(id_: str, maker: DecisionMaker, on: date) -> tuple[str, ...]:
    kind = "individual" if maker.decides_alone(on) else "body"
    return tuple(f"({h.letter}) {h.says}" for h in law.heads(id_).of(kind))


def in_number(number: int) -> str:
    """Small numbers in words, as the regulations print them."""
    words: Mapping[int, str] = {3: "three", 5: "five", 10: "ten"}
    return words.get(number, str(number))


def with_beside(step: Step, *says: str) -> Step:
    return replace(step, beside=(*step.beside, *says))
