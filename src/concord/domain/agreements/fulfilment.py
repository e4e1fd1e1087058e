"""Conditions tested: is each met, on what is recorded, or what is still to be done?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from concord.domain.agreements import conditions as c
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Body, Seat
from concord.domain.agreements.consensus import is_carried
from concord.domain.agreements.labels import how_many, label, listed
from concord.domain.agreements.matter import Facts, Matter, Sitting
from concord.domain.agreements.membership import seat_of
from concord.domain.agreements.provisos import names, told
from concord.domain.agreements.quorum import is_quorate
from concord.domain.agreements.terms import is_in_force
from concord.domain.findings import Answer, Authority, Reason, Verdict
from concord.domain.language.tables import Row


def fulfilled(
    arrangement: Arrangement, conditions: Iterable[c.Condition], matter: Matter, facts: Facts,
    on: date, half: str = "", clause: str = "",
) -> Iterator[Reason]:  # fmt: skip
    """One reason for each condition; a clause of the row they stand in is cited with theirs."""
    for condition in conditions:
        for reason in _one(arrangement, condition, matter, facts, on, half):
            own = not isinstance(condition, c.CarriedAt | c.AtMeetingOf | c.InForce)
            yield _with_clause(reason, clause) if own else reason


def _with_clause(reason: Reason, clause: str) -> Reason:
    """The reason, citing the clause of the row its condition stands in where it has none itself."""
    if reason.authority.clause or clause in ("", "not stated"):
        return reason
    return replace(reason, authority=replace(reason.authority, clause=clause))


def _one(
    arrangement: Arrangement,
    condition: c.Condition,
    matter: Matter,
    facts: Facts,
    on: date,
    half: str,
) -> Iterator[Reason]:
    match condition:
        case c.Unknown():
            says = "the source does not say on what condition"
            remedy = "Record the condition with its clause, or that there is none."
            yield Reason(Answer.NOT_STATED, says, condition.authority, remedy)
        case c.CarriedAt():
            body = arrangement.bodies.get(condition.carried_at)
            if body is None:
                yield _unknown(condition, condition.carried_at)
            else:
                yield from is_carried(arrangement, body, facts, on, half).reasons
        case c.AtMeetingOf():
            body = arrangement.bodies.get(condition.at_meeting_of)
            if body is None:
                yield _unknown(condition, condition.at_meeting_of)
            else:
                yield from is_quorate(arrangement, body, facts, on).reasons
        case c.InForce():
            agreement = arrangement.agreements.get(condition.in_force)
            if agreement is None:
                yield _unknown(condition, condition.in_force)
            else:
                yield is_in_force(arrangement, agreement, on)
        case c.AnyOf():
            yield _any(arrangement, condition, matter, facts, on, half)
        case c.AgreedBy():
            yield from _agreed(arrangement, condition, facts, on)
        case _:
            yield _simple(arrangement, condition, matter, facts)


def _unknown(condition: Row, name: str) -> Reason:
    says = f"the text defines no {name}, on which this depends"
    return Reason(Answer.NOT_STATED, says, condition.authority, "Correct the name.")


def _any(
    arrangement: Arrangement, condition: c.AnyOf, matter: Matter, facts: Facts, on: date, half: str
) -> Reason:
    each = [tuple(_one(arrangement, one, matter, facts, on, half)) for one in condition.any_]
    says = told(arrangement, condition)
    if not each:
        remedy = "Name the conditions of which one is enough."
        return Reason(Answer.NOT_STATED, "the text names no condition", condition.authority, remedy)
    met = Reason(Answer.STANDS, says, condition.authority)  # what nothing stands against
    best = max((min(rs or (met,), key=lambda r: r.answer) for rs in each), key=lambda r: r.answer)
    return Reason(
        best.answer, says, condition.authority, "" if best.answer is Answer.STANDS else best.remedy
    )


def _simple(
    arrangement: Arrangement, condition: c.Condition, matter: Matter, facts: Facts
) -> Reason:
    says = told(arrangement, condition)
    authority = condition.authority
    match condition:
        case c.Consulted():
            held = facts.meeting.body if facts.meeting else ""
            missing = [
                n for n in names(condition.consulted) if n not in facts.consulted and n != held
            ]
            return _recorded(
                arrangement, missing, facts, says, authority, "Consult {} and record what was said."
            )
        case c.RecommendedBy():
            missing = [n for n in names(condition.recommended_by) if n not in facts.recommended]
            return _recorded(
                arrangement, missing, facts, says, authority, "Ask {} for a recommendation."
            )
        case c.Decided():
            return _decided(arrangement, condition, facts, says, authority)
        case c.Met():
            return _happened(
                condition.met in facts.met, facts, says, authority, "Record the evidence."
            )
        case c.WithinBudget():
            return _known(matter.within_budget, condition.within_budget, says, authority)
        case c.NeutralFor():
            who = condition.neutral_for
            neutral = True if who in matter.neutral_for else None
            return _known(neutral, True, says, authority)
    raise TypeError(condition)


def _decided(
    arrangement: Arrangement, condition: c.Decided, facts: Facts, says: str, authority: Authority
) -> Reason:
    made, by = condition.decided in facts.decided, names(condition.by)
    takers = facts.takers(condition.decided)
    if made and by and takers and not set(by) & set(takers):
        taker = listed([label(arrangement, n) for n in takers])
        says = f"{taker} took that decision: {condition.decided}"
        who = listed([label(arrangement, n) for n in by], "or")
        return Reason(Answer.REFUSED, says, authority, f"Have it taken by {who}.")
    remedy = f"Take that decision first: {condition.decided}."
    return _happened(made, facts, says, authority, remedy)


def _known(value: bool | None, wanted: bool, says: str, authority: Authority) -> Reason:
    if value is None:
        return Reason(
            Answer.NEEDS, f"it must be shown that {says}", authority, "Show it from the budget."
        )
    if value is wanted:
        return Reason(Answer.STANDS, says, authority)
    remedy = "Bring it within the budget, or change the budget first."
    return Reason(Answer.REFUSED, says.replace(" is ", " is not ", 1), authority, remedy)


def _recorded(
    arrangement: Arrangement,
    missing: list[str],
    facts: Facts,
    says: str,
    authority: Authority,
    remedy: str,
) -> Reason:
    who = " and ".join(label(arrangement, n) for n in missing)
    return _happened(not missing, facts, says, authority, remedy.format(who))


def _happened(done: bool, facts: Facts, says: str, authority: Authority, remedy: str) -> Reason:
    if done:
        return Reason(Answer.STANDS, says, authority)
    answer = Answer.NEEDS if facts.asked_before else Answer.REFUSED
    return Reason(answer, f"not recorded: {says}", authority, remedy)


def _agreed(
    arrangement: Arrangement, condition: c.AgreedBy, facts: Facts, on: date
) -> Iterator[Reason]:
    for name in names(condition.agreed_by):
        reason = _agrees(arrangement, condition, name, facts, on)
        if reason.answer is Answer.STANDS and condition.in_writing and name not in facts.in_writing:
            who = label(arrangement, name)
            says = f"{who} agreed, and must do so in writing"
            remedy = f"Ask {who} to put it in writing."
            reason = _happened(False, facts, says, condition.authority, remedy)
        yield reason


def _agrees(
    arrangement: Arrangement, condition: c.AgreedBy, name: str, facts: Facts, on: date
) -> Reason:
    seat = seat_of(arrangement, name)
    if seat and name not in facts.agreed:
        return _seat_agrees(arrangement, condition, seat, name, facts)
    body = arrangement.bodies.get(name)
    if body and facts.meeting and facts.meeting.body == name:
        return _worst(is_carried(arrangement, body, facts, on), condition)
    return _one_agrees(arrangement, condition, name, facts)


def _worst(verdict: Verdict, condition: c.AgreedBy) -> Reason:
    worst = min(verdict.reasons, key=lambda r: r.answer, default=None)
    return worst or Reason(Answer.STANDS, "the body agrees", condition.authority)


def _one_agrees(arrangement: Arrangement, condition: c.AgreedBy, name: str, facts: Facts) -> Reason:
    who = label(arrangement, name)
    if condition.personally and name in facts.agreed and name not in facts.personally:
        says = f"{who} agreed through a deputy, and must agree in person"
        return Reason(Answer.REFUSED, says, condition.authority, f"Ask {who} in person.")
    return _happened(
        name in facts.agreed, facts, f"{who} agrees", condition.authority, f"Ask {who} to agree."
    )


def _seat_agrees(
    arrangement: Arrangement,
    condition: c.AgreedBy,
    found: tuple[Body, Seat],
    name: str,
    facts: Facts,
) -> Reason:
    body, seat = found
    who = label(arrangement, name)
    count = condition.at_least or seat.count
    if facts.meeting is None or facts.meeting.body != body.id:
        return _happened(
            False, facts, f"{who} agree", condition.authority, f"Ask {who} at a meeting."
        )
    if not isinstance(count, int):
        says = f"how many hold the seats of {who} is not stated, so whether all agree is not known"
        return Reason(
            Answer.NOT_STATED, says, condition.authority, "Record how many seats there are."
        )
    certain, possible = _for_it(facts.meeting.at(seat.id), condition.personally)
    if certain >= count:
        return Reason(Answer.STANDS, f"all {count} of {who} agree", condition.authority)
    if possible >= count:
        says = f"whether it was {who} or substitutes who agreed is not recorded"
        return Reason(Answer.NOT_STATED, says, condition.authority, "Record who voted for it.")
    manner = " in person" if condition.personally else ""
    says = f"{possible} of the {count} needed agree{manner}: {who}"
    remedy = f"{how_many(count - possible, 'more').capitalize()} of {who} must agree"
    return Reason(Answer.REFUSED, says, condition.authority, f"{remedy}, at the meeting{manner}.")


def _for_it(here: Sitting, personally: bool) -> tuple[int, int]:
    """How many of a seat's holders are for it, certainly and at most; in person, no substitute."""
    if not personally:
        return here.for_, here.for_
    return max(0, here.for_ - here.substitutes), min(here.for_, here.present - here.substitutes)
