"""The clocks of a decision by a body, post or seat of an arrangement, with local rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concord.domain.agreements.arrangement import (
    Arrangement,
    Organisation,
    WorkingDays,
)
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.holders import form_name
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.local_clocks import Callers, LocalClock
from concord.domain.agreements.words import FunctionKind, LegalForm
from concord.domain.calendar import NEVER_CLOSED, Closed
from concord.domain.clocks.facts import Business, DecisionMaker, LocalRule
from concord.domain.clocks.timetable import Timetable, timetable
from concord.domain.language.values import NotStated, YearlyDay
from concord.domain.places.organisations import Governance


def timetable_for(
    arrangement: Arrangement, maker: str, business: Business, on: date,
    published: date | None = None, organisation: str = "",
) -> Timetable:  # fmt: skip
    """Every clock of a decision that this maker is to take on that day.

    A body of several organisations has one timetable for each of them: name which. KeyError where
    no such maker or organisation is in the text.
    """
    owners = owners_of(arrangement, maker)
    whose = organisation or (owners[0] if owners else "")
    who = decision_maker(arrangement, maker, whose, on)
    return timetable(who, business, on, tuple(local_rules(arrangement, on)), published)


def whose_clocks(arrangement: Arrangement, organisation: str, maker: str, lead: bool) -> str:
    """Under whose rules a maker decides a function of that organisation.

    Under lead commissioning the maker's own: its governance, its call-in and its key decisions.
    """
    owners = owners_of(arrangement, maker)
    return owners[0] if lead and owners else organisation


def decision_maker(
    arrangement: Arrangement, maker: str, organisation: str, on: date
) -> DecisionMaker:
    """The maker as its clocks need it: its form, its organisation, how that counts days."""
    owner = arrangement.organisations[organisation]
    model = owner.governance.on(on)
    return DecisionMaker(
        name=label(arrangement, maker),
        form=form_name(arrangement, maker),
        organisation=owner.label,
        organisation_kind="" if isinstance(owner.kind, NotStated) else str(owner.kind),
        governance=str(model) if isinstance(model, Governance) else "",
        all_of_executives=_all_of_executives(arrangement, maker),
        closed=days_of(owner, on),
    )


def _all_of_executives(arrangement: Arrangement, maker: str) -> bool | None:
    body = arrangement.bodies.get(maker)
    if body is None or len(body.organisations) < 2 or not body.known_seats:
        return None
    sources = [arrangement.bodies.get(str(s.drawn_from)) for s in body.known_seats.values()]
    if any(b is None for b in sources):
        return None
    return all(b is not None and b.legal_form is LegalForm.CABINET for b in sources)


def days_of(owner: Organisation, on: date) -> Closed:
    """When an organisation is closed, and on which days of the weekend it works.

    This says what a working day is; plain clear days stay as the law or the rule counts them.
    """
    rule = owner.working_days.on(on)
    if not isinstance(rule, WorkingDays):
        return NEVER_CLOSED
    named = () if isinstance(rule.not_counted, NotStated) else rule.not_counted
    shut = () if isinstance(rule.also_closed, NotStated) else rule.also_closed
    days = frozenset(d for d in shut if isinstance(d, date))
    yearly = frozenset((d.month, d.day) for d in shut if isinstance(d, YearlyDay))
    out = {str(n).casefold() for n in named} or {"saturdays", "sundays"}
    weekend = frozenset({"saturday", "sunday"})
    return Closed(days, yearly, frozenset(d for d in weekend if f"{d}s" not in out))


def local_rules(arrangement: Arrangement, on: date) -> Iterator[LocalRule]:
    """Every clock of the place's own, once for each organisation or body it is of."""
    for row in arrangement.clocks.values():
        for of in () if isinstance(row.of, NotStated) else row.of:
            yield _local_rule(arrangement, row, of, on)


def _local_rule(arrangement: Arrangement, row: LocalClock, of: str, on: date) -> LocalRule:
    owners = owners_of(arrangement, of)
    owner = arrangement.organisations.get(owners[0]) if owners else None
    model = owner.governance.on(on) if owner else None
    return LocalRule(
        name=row.id,
        of=label(arrangement, of),
        clock=_word(row.clock),
        period=_word(row.period),
        organisation_kind=_word(owner.kind) if owner else "",
        governance=str(model) if isinstance(model, Governance) else "",
        applies_to=_word(row.applies_to) if row.applies_to else "every decision",
        cut_off=row.cut_off if isinstance(row.cut_off, str) else "",
        callers=_callers(row),
        lapses=row.lapses if isinstance(row.lapses, bool) else None,
        starts=row.starts if isinstance(row.starts, date) else None,
        ends=row.ends if isinstance(row.ends, date) else None,
        closed=days_of(owner, on) if owner else NEVER_CLOSED,
        authority=row.authority,
        line=row.line,
    )


def _word(value: object) -> str:
    return "not stated" if isinstance(value, NotStated) else str(value)


def _callers(row: LocalClock) -> str:
    if row.callers is None or isinstance(row.callers, NotStated):
        return "" if row.callers is None else "not stated"
    return listed([_caller(c) for c in row.callers], "or")


def _caller(who: Callers) -> str:
    if isinstance(who.members, int):
        return f"any {who.members} members"
    chair = " with its chair" if who.with_chair is True else ""
    return f"{who.committee_members} of the committee{chair}"


def business_of(
    function: FunctionKind | NotStated, key: bool | None, private: bool | None
) -> Business:
    """What is to be decided, as its clocks need it."""
    kind = "" if isinstance(function, NotStated) else str(function)
    return Business(function_kind=kind, key=key, private=private)
