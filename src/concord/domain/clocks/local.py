"""A place's own clocks beside the law's: the stricter is used, a looser one is a finding.

Nothing is overridden silently: each step keeps what the other rule would have given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from concord import law
from concord.domain.calendar import (
    Counted,
    Counting,
    Period,
    beyond_holidays,
    in_words,
    last_day_for_notice,
    read_period,
)
from concord.domain.clocks.facts import COUNCIL, Business, DecisionMaker, LocalRule
from concord.domain.clocks.regime import RegimeFound
from concord.domain.clocks.steps import Step
from concord.domain.findings import Finding, Weight

STATUTORY = ("forward plan", "private meeting", "agenda and reports")
AFTER = {
    "decision published": "the decision",
    "call-in window": "publication",
    "call-in meeting": "call-in",
    "call-in reconsideration": "referral back",
    "call-in council": "referral to full council",
}
NOT_STATED = "not stated"


def rules_for(
    rules: Iterable[LocalRule],
    maker: DecisionMaker,
    business: Business,
    found: RegimeFound,
    on: date,
) -> tuple[tuple[LocalRule, str], ...]:
    """The maker's local rules in force that may reach this business, each with its condition."""
    mine = (r for r in rules if r.of in (maker.organisation, maker.name) and r.in_force(on))
    pairs = ((r, _condition(r, business, found)) for r in mine)
    return tuple((r, c) for r, c in pairs if c is not None)


def _condition(rule: LocalRule, business: Business, found: RegimeFound) -> str | None:
    """Nothing if the rule reaches the business, a condition if it may, None if it does not."""
    if rule.clock == "private meeting" and business.private is False:
        return None
    if rule.applies_to == "every executive decision":
        if found.settled:
            return "" if found.executive else None
        return "if the decision is executive"
    if rule.applies_to == "key decisions":
        if business.key is None:
            return "if the decision is key"
        return "" if business.key else None
    return ""


def period_of(rule: LocalRule, counting: Counting = Counting.CALENDAR) -> Period | None:
    """The rule's period, with clear days counted its own way; None where it is not stated."""
    if rule.period.startswith(NOT_STATED):
        return None
    return read_period(rule.period, rule.counting or counting)


def beside_law(step: Step, rule: LocalRule, event: date) -> Step:
    """The statutory step with the local rule beside it, or the local one where it is stricter."""
    how = step.counted.counting if step.counted else Counting.CALENDAR
    period = period_of(rule, how)
    if period is None or step.day is None:
        return replace(step, beside=(*step.beside, f"{rule.of}'s own period is not stated."))
    day = period.before(event, rule.closed)
    if day > step.day:
        note = f"{rule.of}'s own rule, {period}, gives {in_words(day)}, later than the law allows."
        return replace(step, beside=(*step.beside, f"{note} The law's day is used."))
    if day == step.day:
        note = f"{rule.of}'s own rule, {period}, gives the same day."
        return replace(step, beside=(*step.beside, note))
    note = f"The law asks {step.when}, {in_words(step.day)} ({step.authority})."
    return replace(
        step,
        day=day,
        when=f"{period} before, by {rule.of}'s own rule",
        authority=rule.authority,
        local=True,
        cut_off=rule.cut_off,
        counted=Counted(day, period.how, warnings=beyond_holidays((event, day), period.how)),
        others=(),
        beside=(*step.beside, f"{note} The stricter rule is used."),
    )


def own_step(rule: LocalRule, event: date | None, condition: str) -> Step:
    """The step for a local clock that has no statutory one; without its event it has no day."""
    period = period_of(rule)
    after = AFTER.get(rule.clock)
    words = "a period not stated" if period is None else str(period)
    when = f"{words} after {after}" if after else f"{words} before the meeting"
    day = None
    if period and event:
        day = period.within(event, rule.closed) if after else period.before(event, rule.closed)
    counted = None
    if period and event and day:
        counted = Counted(day, period.how, warnings=beyond_holidays((event, day), period.how))
    return Step(
        id=rule.clock,
        clock=rule.clock,
        what=_what(rule),
        when=when,
        authority=rule.authority,
        day=day,
        cut_off=rule.cut_off,
        if_=condition,
        local=True,
        counted=counted,
        after=bool(after),
    )


def _what(rule: LocalRule) -> str:
    who = f" by {rule.callers}" if rule.callers and not rule.callers.startswith(NOT_STATED) else ""
    return {
        "decision published": "Decision published",
        "call-in window": f"Last moment for a call-in{who}",
        "call-in meeting": f"Scrutiny meets on a call-in{_if_not(rule)}",
        "call-in reconsideration": f"A decision referred back is reconsidered{_if_not(rule)}",
        "call-in council": f"Full council meets on a call-in{_if_not(rule)}",
        "sign-off": f"Papers signed off for {rule.of}",
        "forward plan": "Notice in the forward plan",
        "private meeting": "Notice of the private meeting",
        "agenda and reports": "Agenda and reports published",
    }.get(rule.clock, rule.clock.capitalize())


def _if_not(rule: LocalRule) -> str:
    """What follows where a stage of a call-in is not dealt with in time."""
    if rule.lapses is None:
        return ""
    follows = "takes effect" if rule.lapses else "stays on hold"
    return f"; if not in time, the decision {follows}"


def call_in_closes(rule: LocalRule, published: date) -> date | None:
    """The last day of the call-in window; counted from publication, never from the decision."""
    period = period_of(rule)
    return period.within(published, rule.closed) if period else None


def local_rule_findings(rules: Iterable[LocalRule]) -> tuple[Finding, ...]:
    """Local clocks that are looser than the law, or silent, or that the law knows nothing of."""
    return tuple(f for rule in rules for f in _findings(rule))


def _findings(rule: LocalRule) -> Iterable[Finding]:
    if rule.clock.startswith("call-in") and rule.organisation_kind != COUNCIL:
        yield _finding(
            rule,
            "clock.does_not_apply",
            "An NHS body's decision has no call-in.",
            "Leave the clock out, or name the council it belongs to.",
            law.rule("call_in_not_nhs"),
        )
        return
    try:
        period = period_of(rule)
    except ValueError as wrong:
        yield _finding(rule, "clock.not_a_period", f"{wrong}.".capitalize(), "Write a period.")
        return
    if period is None:
        yield _finding(
            rule,
            "clock.not_stated",
            f"The period of {rule.of}'s {rule.clock} clock is not stated.",
            "Record it from the constitution or handbook.",
        )
        return
    worst = max(statutory(rule), key=lambda p: p.number, default=None)
    if worst and (looser := _looser(rule, worst)):
        yield looser


def statutory(rule: LocalRule) -> tuple[law.Period, ...]:
    """The periods of law that a local rule stands beside, for its organisation and its dates."""
    on = rule.starts or rule.ends or date.max
    if rule.organisation_kind == COUNCIL:
        governance = law.governance_of(rule.governance, rule.of)
        executive = governance is None or governance.executive
        regime = "executive" if executive else "non-executive"
    else:
        regime = "NHS body"
    return tuple(
        p
        for p in law.periods()
        if (p.regime, p.clock) == (regime, rule.clock)
        and p.runs == "before"
        and not p.second
        and p.in_force(on)
    )


def _looser(rule: LocalRule, period: law.Period) -> Finding | None:
    """Compared in the way of counting used for that period and in every less strict one."""
    used = Counting(period.counting)
    own = period_of(rule, used)
    order = tuple(Counting)
    asked = order[: order.index(used) + 1]
    if own is None or not (readings := looser_readings(own, period.number, asked)):
        return None
    every = len(readings) == len(asked)
    # The same number without "clear" may only be a loose way of saying what the law says.
    grave = every and own.number < period.number
    which = "" if every else f", where clear days are counted in {_joined(readings)}"
    return _finding(
        rule,
        "clock.looser_than_law",
        f"{own} is less notice than the law's {period.number} {period.unit}{which}.",
        f"Write {period.number} {period.unit} or longer; until then the law's day is used.",
        period,
        Weight.GRAVE if grave else Weight.SLIGHT,
    )


def _joined(readings: tuple[Counting, ...]) -> str:
    return " or ".join(c.words for c in readings)


@cache
def looser_readings(
    own: Period, clear_days: int, asked: tuple[Counting, ...]
) -> tuple[Counting, ...]:
    """The ways of counting the law's clear days in which the local period can fall later.

    Tried on the weekdays of an ordinary fortnight, of Easter and of Christmas; a period in clear
    days not called working is counted each way in turn, as the law's own are.
    """
    plain = [date(2024, 6, 10) + timedelta(days=n) for n in range(14)]
    easter = [date(2024, 3, 25) + timedelta(days=n) for n in range(21)]
    christmas = [date(2024, 12, 30) + timedelta(days=n) for n in range(14)]
    meetings = [d for d in (*plain, *easter, *christmas) if d.weekday() < 5]
    return tuple(
        c
        for c in asked
        if any(
            replace(own, counting=c).before(m) > last_day_for_notice(m, clear_days, c)
            for m in meetings
        )
    )


def _finding(
    rule: LocalRule,
    id_: str,
    says: str,
    remedy: str,
    row: law.Row | None = None,
    weight: Weight = Weight.SLIGHT,
) -> Finding:
    return Finding(
        id=id_,
        line=rule.line,
        says=says,
        remedy=remedy,
        file=rule.file,
        weight=weight,
        authority=row.authority if row else str(rule.authority),
        unverified=bool(row and not row.verified),
    )
