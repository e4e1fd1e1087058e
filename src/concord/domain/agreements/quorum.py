"""Quorum: are enough here for this item, in number and for each organisation?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Body, Quorum, Seat
from concord.domain.agreements.labels import how_many, label
from concord.domain.agreements.matter import Facts, Meeting
from concord.domain.agreements.membership import now_called, seats_for, seats_on, size, voting_seats
from concord.domain.agreements.words import Counting
from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of
from concord.domain.language.values import NotStated


def is_quorate(
    arrangement: Arrangement, body: Body, facts: Facts, on: date, only_for: str = ""
) -> Verdict:
    """Whether the body is quorate for the item, after withdrawals.

    `only_for` tests one organisation's part alone, for a body whose organisations each decide for
    themselves. A body whose text has no quorum at all is not tested: its own law governs it.
    """
    meeting = facts.meeting
    rule = body.quorum.on(on)
    authority = rule.authority if isinstance(rule, Quorum) else body.authority
    if meeting is None or meeting.body != body.id:
        return _not_met(body, facts, authority)
    if not body.quorum or rule is None:
        return all_of(())
    if isinstance(rule, NotStated):
        return all_of([_unknown_quorum(arrangement, body, meeting, on)])
    return all_of(_tests(arrangement, body, rule, meeting, on, only_for))


def _not_met(body: Body, facts: Facts, authority: Authority) -> Verdict:
    elsewhere = facts.meeting is not None or facts.asked_before
    answer = Answer.NEEDS if elsewhere else Answer.REFUSED
    says = f"{body.label} has not met on it"
    remedy = f"Bring it to a quorate meeting of {body.label}."
    return all_of([Reason(answer, says, authority, remedy)])


def _unknown_quorum(arrangement: Arrangement, body: Body, meeting: Meeting, on: date) -> Reason:
    seats = seats_on(body, on)
    total, here = size(seats), _present(seats, meeting)
    if total is not None and here >= total:
        says = f"every seat of {body.label} is filled, which meets any quorum"
        return Reason(Answer.STANDS, says, body.authority)
    says = f"the quorum of {body.label} is not stated, and not every seat is filled"
    remedy = f"Record the quorum of {body.label} with its clause, or fill every seat."
    return Reason(Answer.NOT_STATED, says, body.authority, remedy)


def _tests(
    arrangement: Arrangement, body: Body, rule: Quorum, meeting: Meeting, on: date, only_for: str
) -> Iterator[Reason]:
    counted = seats_on(body, on)
    if rule.counting is not Counting.ALL_SEATS:
        counted = voting_seats(arrangement, body, on)
    if not only_for:
        yield from _in_number(body, rule, counted, meeting)
    if isinstance(rule.each, NotStated):
        says = "how many of each organisation must be present is not stated"
        yield Reason(Answer.NOT_STATED, says, rule.authority, "Record it with its clause.")
        return
    for name, needed in (rule.each or {}).items():
        if only_for and not _is_of(arrangement, body, name, only_for, on):
            continue
        seats = _seats_named(arrangement, body, name, on)
        yield _of_each(label(arrangement, name), needed, _present(seats, meeting), rule)


def _in_number(
    body: Body, rule: Quorum, counted: tuple[Seat, ...], meeting: Meeting
) -> Iterator[Reason]:
    needed = rule.number
    if needed is None and rule.fraction is not None:
        needed = _rounded_up(rule, size(counted))
    if needed is None:
        return
    here = _present(counted, meeting)
    if isinstance(needed, NotStated):
        if (total := size(counted)) is not None and here >= total:
            return
        yield Reason(
            Answer.NOT_STATED, "how many must be present is not stated", rule.authority,
            "Record the number with its clause.",
        )  # fmt: skip
        return
    there = how_many(here, "member is", "members are")
    says = f"{there} present; {how_many(needed, 'is', 'are')} needed"
    remedy = f"Seat {how_many(max(needed - here, 0), 'more member')} before the item is taken."
    yield _enough(here >= needed, says, rule.authority, remedy)


def _rounded_up(rule: Quorum, total: int | None) -> int | NotStated:
    if total is None or not isinstance(rule.fraction, tuple):
        return NotStated()
    above, below = rule.fraction
    return -(-total * above // below)


def _seats_named(arrangement: Arrangement, body: Body, name: str, on: date) -> tuple[Seat, ...]:
    if name in body.known_seats:
        return (body.known_seats[name],)
    return tuple(seats_for(arrangement, body, name, on))


def _is_of(arrangement: Arrangement, body: Body, name: str, organisation: str, on: date) -> bool:
    """Whether a quorum's key is that organisation, or a seat of it."""
    seat = body.known_seats.get(name)
    of = name if seat is None or isinstance(seat.of, NotStated) else seat.of
    return organisation in (of, *now_called(arrangement, of, on))


def _of_each(who: str, needed: int | NotStated, here: int, rule: Quorum) -> Reason:
    if isinstance(needed, NotStated):
        says = f"how many of {who} must be present is not stated"
        return Reason(Answer.NOT_STATED, says, rule.authority, "Record it with its clause.")
    there = how_many(here, "member")
    says = f"{there} of {who} can decide this item; {how_many(needed, 'is', 'are')} needed"
    remedy = f"Seat {how_many(max(needed - here, 0), 'more member')} of {who}."
    return _enough(here >= needed, says, rule.authority, remedy)


def _enough(enough: bool, says: str, authority: Authority, remedy: str) -> Reason:
    if enough:
        return Reason(Answer.STANDS, says, authority)
    return Reason(Answer.REFUSED, says, authority, remedy)


def _present(seats: tuple[Seat, ...], meeting: Meeting) -> int:
    return sum(meeting.at(s.id).present for s in seats)
