"""What follows where the partners do not agree: talks before it returns, returns counted, a ladder.

An item is put off until what the body's rule names has been recorded since; the agreement's dispute
ladder stands after that, each rung with its time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from concord.domain.agreements.arrangement import Arrangement, Rung
from concord.domain.agreements.bodies import Deciding
from concord.domain.agreements.fulfilment import fulfilled
from concord.domain.agreements.labels import how_many, label, listed
from concord.domain.agreements.matter import Facts, Matter
from concord.domain.agreements.timetables import days_of
from concord.domain.agreements.words import Otherwise
from concord.domain.calendar import Closed, Period, in_words
from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of
from concord.domain.language.values import NotStated


@dataclass(frozen=True, slots=True)
class Deferral:
    """That an item was put off, at which meeting's day."""

    item: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Talks held on a deferred item: when, between whom, and what was said."""

    item: str
    on: date
    who: frozenset[str]
    said: str


@dataclass(frozen=True, slots=True)
class RungDue:
    """One rung of a dispute ladder on its days: who takes it, how, from when and until when."""

    to: tuple[str, ...]
    how: str
    starts: date | None
    due: date | None
    authority: Authority


def returns(deferrals: Iterable[Deferral], item: str) -> int:
    """How often an item has come back and not been agreed again: once less than it was put off."""
    return max(0, sum(d.item == item for d in deferrals) - 1)


def may_return(
    arrangement: Arrangement, body: str, matter: Matter, item: str,
    deferrals: Iterable[Deferral], talks: Iterable[Talk], on: date,
) -> Verdict:  # fmt: skip
    """Whether a deferred item may be on the agenda of a meeting on that day.

    What the body's rule waits for counts only where it was recorded since the last deferral.
    """
    last = max((d.on for d in deferrals if d.item == item), default=None)
    found = arrangement.bodies[body]
    rule = found.deciding.on(on)
    if last is None:
        return all_of([Reason(Answer.STANDS, "it was not deferred")])
    reasons = [_later(found.label, last, on)]
    if isinstance(rule, Deciding):
        held = [t for t in talks if t.item == item and last <= t.on <= on and t.said.strip()]
        facts = Facts(consulted=frozenset(w for t in held for w in t.who))
        clause = rule.clause
        reasons += fulfilled(arrangement, rule.until, matter, facts, on, clause=clause)
    return all_of(reasons)


def _later(body: str, last: date, on: date) -> Reason:
    if on > last:
        return Reason(Answer.STANDS, f"{body} put it off on {in_words(last)}")
    says = f"{body} put it off on {in_words(last)}, and it returns at a later meeting"
    return Reason(Answer.REFUSED, says, remedy="Put it on the agenda of a later meeting.")


def may_climb(
    arrangement: Arrangement, body: str, item: str, deferrals: Iterable[Deferral], on: date
) -> Verdict:
    """Whether a partner may take a deferred item up the dispute ladder of the body's agreement."""
    found = arrangement.bodies[body]
    rule = found.deciding.on(on)
    agreement = arrangement.agreements.get(found.under) if isinstance(found.under, str) else None
    if agreement is None or not agreement.disputes or isinstance(agreement.disputes, NotStated):
        says = "its dispute ladder is not stated"
        return all_of([Reason(Answer.NOT_STATED, says, found.authority, "Record its rungs.")])
    kept = tuple(deferrals)
    again = returns(kept, item)
    at_once = isinstance(rule, Deciding) and rule.otherwise is Otherwise.DISPUTE_LADDER
    authority = agreement.disputes[0].authority
    if at_once or again:
        says = f"it has returned {how_many(again, 'time')} without agreement"
        return all_of([Reason(Answer.STANDS, says, authority)])
    says = "it has not returned to the body since it was put off"
    remedy = "Hold the talks and bring it back first."
    return all_of([Reason(Answer.NEEDS, says, authority, remedy)])


def rungs_from(
    arrangement: Arrangement, agreement: str, begun: date, first: int = 1
) -> tuple[RungDue, ...]:
    """The rungs of an agreement's ladder, each from the day the one before runs out.

    `first` is the number of the rung that begins on that day; those before it are left out.

    Days on which any party is closed do not count, so no party has less than its time.
    """
    row = arrangement.agreements[agreement]
    disputes = () if isinstance(row.disputes, NotStated) else row.disputes
    parties = () if isinstance(row.parties, NotStated) else row.parties
    closed = _closed(arrangement, parties, begun)
    return tuple(_climbed(disputes[first - 1 :], begun, closed))


def _climbed(disputes: tuple[Rung, ...], begun: date, closed: Closed) -> Iterator[RungDue]:
    starts: date | None = begun
    for rung in disputes:
        due = None
        if starts is not None and isinstance(rung.within, Period):
            due = rung.within.after(starts, closed)
        to = () if rung.to is None or isinstance(rung.to, NotStated) else rung.to
        how = "not stated" if rung.how is None or isinstance(rung.how, NotStated) else rung.how
        yield RungDue(to, str(how), starts, due, rung.authority)
        starts = due


def _closed(arrangement: Arrangement, parties: tuple[str, ...], on: date) -> Closed:
    each = [
        days_of(arrangement.organisations[p], on) for p in parties if p in arrangement.organisations
    ]
    works = frozenset.intersection(*(c.works_on for c in each)) if each else frozenset()
    return Closed(
        frozenset(d for c in each for d in c.days),
        frozenset(d for c in each for d in c.yearly),
        works,
    )


def told(arrangement: Arrangement, rung: RungDue) -> str:
    """`talks between the Chief Executive and …, by Tuesday 8 December 2026`."""
    who = listed([label(arrangement, n) for n in rung.to]) or "those not stated"
    until = f", by {in_words(rung.due)}" if rung.due else "; until when is not stated"
    return f"{rung.how}: {who}{until}"
