"""Whether a meeting was lawfully called for each organisation, who may sit, and who makes a quorum.

One meeting may be in time for the NHS body and late for the council (SI 2012/2089 regs 5 to 9; LGA
1972 Part VA; the 1960 Act s1(4)), so the answer is one for each organisation of each body.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Seat
from concord.domain.agreements.labels import how_many, label
from concord.domain.agreements.matter import Facts
from concord.domain.agreements.quorum import is_quorate
from concord.domain.agreements.timetables import timetable_for
from concord.domain.agreements.words import Substitutes
from concord.domain.clocks import Business, Step, Timetable
from concord.domain.clocks.local import STATUTORY
from concord.domain.decisions.lateness import ExitUsed, in_time
from concord.domain.decisions.meetings.held import NOBODY, AtItem, Attendee, HeldMeeting, sitting_at
from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of
from concord.domain.language.values import NotStated

NO_EXITS: Mapping[tuple[str, str], ExitUsed] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CalledFor:
    """Whether a meeting was lawfully called for one organisation of one of its bodies."""

    body: str
    organisation: str
    verdict: Verdict


def called_for(
    arrangement: Arrangement, held: HeldMeeting, business: Mapping[str, Business],
    public_on: Mapping[tuple[str, str], date], exits: Mapping[tuple[str, str], ExitUsed] = NO_EXITS,
) -> tuple[CalledFor, ...]:  # fmt: skip
    """For whom the meeting, or one item of it, was lawfully called.

    `business` is each organisation's; `public_on` and `exits` say of an organisation and a clock
    on which day its notice or papers were made public, and by which lawful exit if late.
    """
    found = []
    for name in held.bodies:
        for whose in arrangement.bodies[name].organisations:
            asked = business.get(whose)
            if asked is None:
                continue
            table = timetable_for(arrangement, name, asked, held.on, organisation=whose)
            reasons = _each_clock(table, whose, public_on, exits)
            found.append(CalledFor(name, whose, all_of(reasons)))
    return tuple(found)


def _each_clock(
    table: Timetable, whose: str, public_on: Mapping[tuple[str, str], date],
    exits: Mapping[tuple[str, str], ExitUsed],
) -> Iterator[Reason]:  # fmt: skip
    for step in table.steps:
        if step.clock not in STATUTORY or step.day is None:
            continue  # a sign-off or a member's own access makes no meeting unlawful
        yield from _in_time(step, table, public_on.get((whose, step.clock)), exits, whose)


def _in_time(
    step: Step, table: Timetable, on: date | None, exits: Mapping[tuple[str, str], ExitUsed],
    whose: str,
) -> Iterator[Reason]:  # fmt: skip
    if on is None:
        says = f"{step.what}: nobody has recorded on which day"
        answer = Answer.NEEDS if step.if_ else Answer.REFUSED
        yield Reason(answer, says, step.authority, "Record the day on which it was made public.")
        return
    for reason in in_time(step, table.exits, on, exits.get((whose, step.clock))).reasons:
        late_if = step.if_ and reason.answer is Answer.REFUSED
        says = f"{reason.says}, {step.if_}" if late_if else reason.says
        yield Reason(
            Answer.NEEDS if late_if else reason.answer, says, reason.authority, reason.remedy
        )


def may_sit(arrangement: Arrangement, held: HeldMeeting, who: Attendee) -> Verdict:
    """Whether someone may take a seat: one that holds, with room, as a member or a substitute."""
    body = arrangement.bodies.get(who.body)
    seat = body.known_seats.get(who.seat) if body and who.body in held.bodies else None
    if seat is None:
        says = f"{who.place} is no seat at this meeting"
        return all_of([Reason(Answer.REFUSED, says, remedy="Name a seat of one of its bodies.")])
    others = {a.person for a in held.attendees if a.place == who.place} - {who.person}
    reasons = list(_substitute(arrangement, seat, who, others))
    if isinstance(seat.count, int) and len(others) >= seat.count:
        says = f"{label(arrangement, who.place)} has {how_many(seat.count, 'seat')}, all taken"
        reasons.append(Reason(Answer.REFUSED, says, seat.authority, "Record who stays away first."))
    if not reasons:
        says = f"{who.person} sits as {label(arrangement, who.place)}"
        reasons.append(Reason(Answer.STANDS, says, seat.authority))
    return all_of(reasons)


def _substitute(
    arrangement: Arrangement, seat: Seat, who: Attendee, others: set[str]
) -> Iterator[Reason]:
    if not who.instead_of:
        return
    whose = label(arrangement, who.place)
    if who.instead_of in others:
        says = f"{who.instead_of} is there, and {who.person} cannot sit instead"
        yield Reason(Answer.REFUSED, says, seat.authority, f"Record that {who.instead_of} is away.")
    match seat.substitutes:
        case None | Substitutes.NONE:
            says = f"nobody may sit instead of {whose}"
            yield Reason(Answer.REFUSED, says, seat.authority, "Bring it when the member can come.")
        case NotStated():
            says = f"who may sit instead of {whose} is not stated"
            yield Reason(Answer.NOT_STATED, says, seat.authority, "Record it with its clause.")
        case Substitutes.NAMED if not who.named:
            says = f"{who.person} is not the named substitute of {who.instead_of}"
            yield Reason(Answer.REFUSED, says, seat.authority, "Have the member name a substitute.")


@dataclass(frozen=True, slots=True)
class EachQuorum:
    """Whether one organisation's part of a body is enough for an item, after withdrawals."""

    body: str
    organisation: str
    verdict: Verdict


def quorums(
    arrangement: Arrangement, held: HeldMeeting, state: AtItem, barred: frozenset[str] = NOBODY
) -> tuple[EachQuorum, ...]:
    """For each organisation of each body, whether enough of its members can decide the item."""
    found = []
    for name in held.bodies:
        body = arrangement.bodies[name]
        facts = Facts(meeting=sitting_at(arrangement, held, state, name, barred))
        for whose in body.organisations:
            verdict = is_quorate(arrangement, body, facts, held.on, whose)
            found.append(EachQuorum(name, whose, verdict))
    return tuple(found)


def may_take_vote(
    arrangement: Arrangement, held: HeldMeeting, state: AtItem, body: str,
    barred: frozenset[str] = NOBODY,
) -> Verdict:  # fmt: skip
    """What a vote button says: the item is open, the body quorate in number and on each side."""
    facts = Facts(meeting=sitting_at(arrangement, held, state, body, barred))
    reasons = [_open(state)]
    reasons += is_quorate(arrangement, arrangement.bodies[body], facts, held.on).reasons
    return all_of(reasons)


def _open(state: AtItem) -> Reason:
    if state.opened is None:
        return Reason(Answer.NEEDS, "the item is not open", Authority(), "Open the item.")
    if state.closed is not None:
        says = f"the item was closed at {state.closed:%H:%M}"
        return Reason(Answer.REFUSED, says, Authority(), "Bring it to a later meeting.")
    return Reason(Answer.STANDS, "the item is open")
