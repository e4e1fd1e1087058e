"""What may be added to the record of a meeting: votes only by who is there, while the item is open.

Once a vote is recorded, who was there for it cannot change. Refusals say what would mend them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.agreements.membership import may_vote
from concord.domain.decisions.meetings.held import (
    MOVES,
    NOBODY,
    VOTES,
    AtItem,
    Happening,
    Happens,
    HeldMeeting,
    at_item,
    voting_as,
)
from concord.domain.findings import Answer, Reason, Verdict, all_of


def may_record(
    arrangement: Arrangement, held: HeldMeeting, log: Iterable[Happening], h: Happening,
    barred: frozenset[str] = NOBODY,
) -> Verdict:  # fmt: skip
    """Whether something may be added to the record of the meeting, with the reason if not."""
    entries = tuple(log)
    if h.what in MOVES:
        return all_of(_move(held, entries, h))
    if later := [x for x in entries if x.at > h.at]:
        says = f"something was recorded at {_clock(max(x.at for x in later))}, after this"
        return all_of([_no(says, "Record it at the time it is now.")])
    if h.item not in held.items:
        return all_of([_no(f"{h.item or 'no item'} is not on the agenda", "Add it first.")])
    state = at_item(held, entries, h.item)
    if h.what is Happens.ITEM_OPENED:
        return all_of(_opening(held, entries, state, h))
    reasons = [_is_open(state, h)]
    if h.what in VOTES:
        reasons += _vote(arrangement, held, state, h, barred)
    if h.what is Happens.VOTE_BEGUN_AGAIN and not h.why.strip():
        reasons.append(Reason(Answer.NEEDS, "why the vote begins again is not said"))
    return all_of(reasons)


def _no(says: str, remedy: str = "") -> Reason:
    return Reason(Answer.REFUSED, says, remedy=remedy)


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _is_open(state: AtItem, h: Happening) -> Reason:
    if state.closed:
        return _no(f"the item was closed at {_clock(state.closed)}", "Bring it to a later meeting.")
    if state.opened is None or h.at < state.opened:
        return _no("the item is not open", "Open the item first.")
    return Reason(Answer.STANDS, f"the item was opened at {_clock(state.opened)}")


def _opening(
    held: HeldMeeting, log: tuple[Happening, ...], state: AtItem, h: Happening
) -> Iterator[Reason]:
    if state.opened is not None:
        yield _no("the item has been taken", "Bring it to a later meeting.")
    for other in dict.fromkeys(held.leading(i) for i in held.items):
        found = at_item(held, log, other)
        if other != held.leading(h.item) and found.opened and not found.closed:
            yield _no(f"item {other} is still open", f"Close item {other} first.")


def _move(held: HeldMeeting, log: tuple[Happening, ...], h: Happening) -> Iterator[Reason]:
    """Coming and going: never before a vote that has been recorded, nor while one is under way."""
    if not held.seats_of(h.who):
        yield _no(f"{h.who or 'nobody'} has no seat at this meeting", "Record as whom they sit.")
        return
    yield from _not_under_a_vote(held, log, h)
    state = at_item(held, (x for x in log if x.at <= h.at), h.item)
    there = h.who in state.present
    if h.what is Happens.ARRIVED and there:
        yield _no(f"{h.who} is there already")
    if h.what is not Happens.ARRIVED and not there:
        yield _no(f"{h.who} is not there", f"Record when {h.who} arrived.")
    if h.what is Happens.RETURNED and h.who not in state.withdrawn:
        yield _no(f"{h.who} did not withdraw")


def _not_under_a_vote(
    held: HeldMeeting, log: tuple[Happening, ...], h: Happening
) -> Iterator[Reason]:
    of_one_item = h.item and h.what in (Happens.WITHDREW, Happens.RETURNED)
    for item in _voted_on(held, log):
        if of_one_item and held.leading(h.item) != item:
            continue  # who comes or leaves does so for every item, whatever item is at hand
        closed = at_item(held, log, item).closed
        if closed is None or h.at <= closed:
            says = f"votes on item {item} are recorded, so who was there for it cannot change"
            again = "Close the item first, or begin the vote again and say why."
            yield _no(says, again if closed is None else "Have the minutes corrected.")


def _voted_on(held: HeldMeeting, log: tuple[Happening, ...]) -> Iterator[str]:
    """The items on which votes stand: none recorded before a vote began again does."""
    for item in dict.fromkeys(held.leading(h.item) for h in log if h.what in VOTES):
        if at_item(held, log, item).voted:
            yield item


def _vote(
    arrangement: Arrangement, held: HeldMeeting, state: AtItem, h: Happening, barred: frozenset[str]
) -> Iterator[Reason]:
    seats = voting_as(held, h)
    if not seats:
        yield _no(f"{h.who or 'nobody'} has no such seat at this meeting")
        return
    if h.who not in state.present:
        gone = state.left.get(h.who)
        yield _no(f"{h.who} left at {_clock(gone)}" if gone else f"{h.who} is not there")
    elif h.who in state.withdrawn:
        yield _no(f"{h.who} withdrew from this item")
    if h.who in barred:
        yield _no(f"an interest keeps {h.who} from voting", "Record a dispensation, if there is.")
    rows = [(a, arrangement.bodies[a.body].known_seats[a.seat]) for a in seats]
    owners = {s.of for _, s in rows if isinstance(s.of, str)}
    if h.what is Happens.VOTED and len(owners) > 1 and not h.organisation:
        yield _no(f"{h.who} sits for more than one organisation", "Say as whom the vote is given.")
    if not any(may_vote(arrangement, arrangement.bodies[a.body], s, held.on) for a, s in rows):
        yield _no(f"{h.who} has no vote here")
    if h.organisation and h.organisation not in owners:
        yield _no(f"{h.who} does not sit for {label(arrangement, h.organisation)}")
