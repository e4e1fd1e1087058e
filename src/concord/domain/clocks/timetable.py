"""For one decision: which regime applies, which clocks run, by when, on whose authority, and exits.

The two 28-day duties are independent: regulation 9 for a key decision, regulation 5 for a private
meeting. A clock that does not run says why, so that its absence is an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from concord import law
from concord.domain.calendar import (
    NEVER_CLOSED,
    Counting,
    Period,
    Unit,
    Warned,
    count_on,
    in_words,
)
from concord.domain.clocks.exits import WayOut, exits_from, way_on
from concord.domain.clocks.facts import Business, DecisionMaker, LocalRule, cited
from concord.domain.clocks.local import (
    AFTER,
    beside_law,
    local_rule_findings,
    own_step,
    period_of,
    rules_for,
)
from concord.domain.clocks.regime import RegimeFound, regime_of
from concord.domain.clocks.running import NotRunning, condition, not_running, record_ids
from concord.domain.clocks.steps import Step, record_step, step_after, step_before
from concord.domain.findings import Authority, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """Every clock of one decision, in the order of their days; those without a day come last."""

    maker: DecisionMaker
    business: Business
    on: date
    regime: RegimeFound
    steps: tuple[Step, ...]
    exits: tuple[WayOut, ...]
    not_running: tuple[NotRunning, ...]
    not_stated: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def warnings(self) -> tuple[Warned, ...]:
        return tuple(dict.fromkeys(w for s in self.steps for w in s.warnings))

    def step(self, id_: str) -> Step | None:
        return next((s for s in self.steps if s.id == id_), None)

    def way_on(self, step: Step, asked_on: date | None) -> WayOut | None:
        """The first exit still open from a step whose day has gone by the day asked on."""
        return way_on(self.exits, step, asked_on) if asked_on else None

    def to_data(self, asked_on: date | None = None) -> dict[str, Any]:
        """The timetable as plain data, for a printed table or JSON."""
        ways = [self.way_on(s, asked_on) for s in self.steps]
        return {
            "decision_maker": self.maker.name,
            "organisation": self.maker.organisation,
            "legal_form": self.maker.form,
            "function": self.business.function_kind,
            "key": self.business.key,
            "private": self.business.private,
            "date": self.on.isoformat(),
            "regime": [r.id for r in self.regime.regimes],
            "regime_settled": self.regime.settled,
            "regime_why": self.regime.why,
            "regime_authority": [str(r.authority) for r in self.regime.verdict.reasons],
            "steps": [
                s.to_data(asked_on) | {"way_on": way.name if way else None}
                for s, way in zip(self.steps, ways, strict=True)
            ],
            "exits": [x.to_data() for x in self.exits],
            "not_running": [n.to_data() for n in self.not_running],
            "not_stated": list(self.not_stated),
            "findings": [str(f) for f in self.findings],
            "warnings": [w.says for w in self.warnings],
        }


def timetable(
    maker: DecisionMaker,
    business: Business,
    meeting: date,
    local_rules: Iterable[LocalRule] = (),
    published: date | None = None,
) -> Timetable:
    """The clocks of a decision to be made on a day; `published` is when it was, once it was."""
    found = regime_of(maker, business, meeting)
    mine = rules_for(local_rules, maker, business, found, meeting)
    statutory = _statutory(maker, business, meeting, found)
    merged = tuple(_with_local(s, mine, meeting) for s in statutory)
    own = _own(mine, merged, meeting, published)
    exits = tuple(x for s in statutory for x in exits_from(s, maker, meeting))
    call_in = tuple(x for s in own for x in exits_from(s, maker, meeting))
    records = tuple(record_step(i, maker, meeting) for i in record_ids(maker, found, meeting))
    return Timetable(
        maker=maker,
        business=business,
        on=meeting,
        regime=found,
        steps=_ordered((*merged, *own, *records)),
        exits=(*exits, *call_in),
        not_running=not_running(maker, business, meeting, found),
        not_stated=_silent(found, mine),
        findings=local_rule_findings(r for r, _ in mine),
    )


def _statutory(
    maker: DecisionMaker, business: Business, on: date, found: RegimeFound
) -> tuple[Step, ...]:
    steps = []
    for period in law.periods():
        if period.on_event or period.exit or not period.in_force(on):
            continue
        if period.regime not in {r.id for r in found.regimes}:
            continue
        if_ = condition(period, maker, business, on)
        if if_ is None:
            continue
        if not found.settled:
            rules = f"if the rules for {law.regime(period.regime).name} apply"
            if_ = f"{rules}, and {if_}" if if_ else rules
        steps.append(
            step_after(period, if_)
            if period.runs == "after"
            else step_before(period, maker, on, if_)
        )
    return tuple(steps)


def _with_local(step: Step, mine: tuple[tuple[LocalRule, str], ...], event: date) -> Step:
    second = law_second(step)
    for rule, _ in mine:
        if rule.clock == step.clock and step.day and not second:
            step = beside_law(step, rule, event)
    return step


def law_second(step: Step) -> bool:
    """Whether the step is the second notice of its clock, to which a local rule does not speak."""
    return any(p.second for p in law.periods() if p.id == step.id)


def _own(
    mine: tuple[tuple[LocalRule, str], ...],
    merged: tuple[Step, ...],
    meeting: date,
    published: date | None,
) -> tuple[Step, ...]:
    covered = {s.clock for s in merged}
    events = {**dict.fromkeys(AFTER), "decision published": meeting, "call-in window": published}
    return tuple(
        own_step(rule, events.get(rule.clock, meeting), if_)
        for rule, if_ in mine
        if rule.clock not in covered
    )


def _ordered(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(sorted(steps, key=lambda s: (s.day is None, s.day or date.max, s.after)))


def _silent(found: RegimeFound, mine: tuple[tuple[LocalRule, str], ...]) -> tuple[str, ...]:
    said = []
    if found.executive and not any(r.clock == "call-in window" for r, _ in mine):
        said.append(
            "How long the decision may be called in is not recorded; "
            "no statute sets it (LGA 2000, section 9F)."
        )
    said += [
        f"{r.of}'s own {r.clock} clock: its period is not stated."
        for r, _ in mine
        if period_of(r) is None
    ]
    return tuple(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """One clock of a joint meeting: the day that suits every organisation, and each one's own."""

    clock: str
    day: date
    by: tuple[tuple[str, Step], ...]

    @property
    def says(self) -> str:
        strictest = next(s for _, s in self.by if s.day == self.day)
        rest = [f"{o} needs {s.when}" for o, s in self.by if s.day != self.day]
        used = f"{in_words(self.day)}: {strictest.when} ({strictest.authority})."
        return used + (f" {'; '.join(rest)}; the stricter rule is used." if rest else "")

    @property
    def authority(self) -> Authority:
        return next(s.authority for _, s in self.by if s.day == self.day)


def together(timetables: Iterable[Timetable]) -> tuple[Together, ...]:
    """For organisations deciding at one meeting: the strictest day of each clock before it."""
    by_clock: dict[str, list[tuple[str, Step]]] = {}
    for table in timetables:
        for step in table.steps:
            if step.day and step.clock not in AFTER and not step.after:
                by_clock.setdefault(step.clock, []).append((table.maker.organisation, step))
    joined = (
        Together(clock=c, day=min(s.day for _, s in rows if s.day), by=_earliest_each(rows))
        for c, rows in by_clock.items()
    )
    return tuple(sorted(joined, key=lambda t: t.day))


def _earliest_each(rows: list[tuple[str, Step]]) -> tuple[tuple[str, Step], ...]:
    kept: dict[str, Step] = {}
    for organisation, step in sorted(rows, key=lambda r: r[1].day or date.max):
        kept.setdefault(organisation, step)
    return tuple(kept.items())


def duty_after(
    period_id: str, event: date, maker: DecisionMaker | None = None
) -> tuple[date, Authority]:
    """The last day of a period that waits for its own event: a scrutiny request, an interest."""
    row = law.period(period_id)
    closed = maker.closed if maker else NEVER_CLOSED
    if row.unit == "clear days":
        # No later than n clear days after: the last lawful day is the nth, not the day beyond.
        last = count_on(event, row.number - 1, Counting(row.counting), closed).day
        return last, cited(row)
    # A period that begins with its own first day ends a day sooner than one that follows it.
    number = row.number - (row.runs == "beginning with")
    return Period(number, Unit(row.unit)).after(event, closed), cited(row)
