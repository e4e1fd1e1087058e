"""Deadlines that somebody else sets, with their time of day, and who must sign in person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.labels import label
from concord.domain.calendar import Counting, counts, in_words
from concord.domain.decisions.calendar_text import sensible
from concord.domain.decisions.calendars import Slot
from concord.domain.decisions.matter import ExternalDeadline
from concord.domain.decisions.routes.conflict import Conflict, conflict
from concord.domain.decisions.routes.dues import Clockwork
from concord.domain.decisions.routes.stops import Turn
from concord.domain.findings import Weight

_DAY = timedelta(days=1)


def deadlines(turn: Turn, slot: Slot, clocks: Clockwork) -> Iterator[Conflict]:
    """Each deadline that a decision on that day would miss, or that nobody could sign in time."""
    for deadline in clocks.matter.deadlines.values() if turn.decides else ():
        last = deadline.on
        if not isinstance(last, date) or not sensible(last):
            continue
        at = deadline.at if isinstance(deadline.at, str) else ""
        by = f"{in_words(last)}{f', {at}' if at else ''}"
        over = slot.on > last or (slot.on == last and bool(at) and not (slot.at and slot.at < at))
        if over:
            says = f"{turn.label} decides on {in_words(slot.on)}, after the deadline of {by}: "
            says += deadline.what
            yield conflict(
                turn, "route.past_deadline", says, f"Decide before {by}.", slot.on, last,
                deadline.authority,
            )  # fmt: skip
            continue
        effective = clocks.not_before(turn, slot.on)
        if effective > last:
            says = f"{turn.label} decides on {in_words(slot.on)}, before the deadline of {by}, but "
            says += f"the decision is in effect on {in_words(effective)} at the earliest"
            remedy = "Ask whether it must be in effect by then; if so, decide sooner."
            yield conflict(
                turn, "route.effect_past_deadline", says, remedy, effective, last,
                deadline.authority, weight=Weight.SLIGHT,
            )  # fmt: skip
        yield from _in_person(turn, slot, deadline, last, by, clocks)


def _in_person(
    turn: Turn, slot: Slot, deadline: ExternalDeadline, last: date, by: str, clocks: Clockwork
) -> Iterator[Conflict]:
    for post in deadline.in_person if isinstance(deadline.in_person, tuple) else ():
        if post in clocks.arrangement.posts and not _day_to_sign(post, slot, last, clocks):
            who = label(clocks.arrangement, post)
            says = (
                f"{who} must sign in person, and is at work on no day from {in_words(slot.on)} to "
                f"the deadline of {by}: {deadline.what}"
            )
            remedy = "Decide sooner, or agree a later deadline: this sign-off cannot be delegated."
            yield conflict(
                turn, "route.nobody_to_sign", says, remedy, slot.on, last, deadline.authority
            )


def _day_to_sign(post: str, slot: Slot, last: date, clocks: Clockwork) -> bool:
    owners = owners_of(clocks.arrangement, post)
    closed = clocks.closed(owners[0], slot.on) if owners else None
    days = (slot.on + n * _DAY for n in range((last - slot.on).days + 1))
    return any(
        (counts(d, Counting.WORKING, closed) if closed else counts(d, Counting.WORKING))
        and not clocks.calendars.pauses((post,), d)
        for d in days
    )
