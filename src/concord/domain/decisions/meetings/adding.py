"""What may be added to a meeting's book; where it may not, why, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.clocks.local import STATUTORY
from concord.domain.decisions.meetings.book import (
    FACTS,
    HAPPENS,
    BookEntry,
    EntryKind,
    ItemKind,
    MeetingRecord,
    attendee,
    happening,
    item_put,
    read_book,
)
from concord.domain.decisions.meetings.calling import may_sit
from concord.domain.decisions.meetings.held import NOBODY, Happens, at_item
from concord.domain.decisions.meetings.recording import may_record
from concord.domain.findings import Answer, Reason, Verdict, all_of

ABOUT_AN_ITEM = frozenset(
    {EntryKind.EXCLUDED, EntryKind.READMITTED, EntryKind.DECLARED, EntryKind.RULED}
)


def may_add(
    arrangement: Arrangement, record: MeetingRecord, entries: Iterable[BookEntry], entry: BookEntry,
    barred: frozenset[str] = NOBODY,
) -> Verdict:  # fmt: skip
    """Whether an entry may be added to a meeting's book as it stands."""
    if record.ended is not None:
        says = f"the meeting was closed at {record.ended:%H:%M}"
        return all_of([_no(says, "Have the minutes corrected at a later meeting.")])
    if record.called_off:
        says = f"the meeting was called off: {record.called_off}"
        return all_of([_no(says, "Call another meeting.")])
    if entry.kind in HAPPENS:
        return _happens(arrangement, record, entry, barred)
    kind = EntryKind(entry.kind)
    if kind is EntryKind.SEATED:
        return _seating(arrangement, record, entry)
    if kind is EntryKind.STRUCK:
        return all_of(_striking(arrangement, record, tuple(entries), entry))
    if kind is EntryKind.ITEM_PUT:
        return all_of(_putting(arrangement, record, entry))
    rule = _about if kind in FACTS | ABOUT_AN_ITEM else _RULES.get(kind)
    reasons = rule(record, entry) if rule else [Reason(Answer.STANDS, "it may be noted")]
    return all_of(reasons)


def _no(says: str, remedy: str = "") -> Reason:
    return Reason(Answer.REFUSED, says, remedy=remedy)


def _happens(
    arrangement: Arrangement, record: MeetingRecord, entry: BookEntry, barred: frozenset[str]
) -> Verdict:
    told = happening(entry)
    verdict = may_record(arrangement, record.held, record.log, told, barred)
    item = record.item(record.held.leading(told.item)) if told.item else None
    lacks = item and item.kind is ItemKind.LATE and not item.why_late.strip()
    if told.what is Happens.ITEM_OPENED and lacks:
        says = "the item came late, and the reason for taking it is not said"
        remedy = "Have whoever presides say why it is urgent, and record it with the item."
        return all_of([*verdict.reasons, Reason(Answer.NEEDS, says, remedy=remedy)])
    return verdict


def _putting(arrangement: Arrangement, record: MeetingRecord, entry: BookEntry) -> Iterator[Reason]:
    item = item_put(entry.said, record.held.bodies)
    if not item.id.strip() or not item.title.strip():
        yield _no("an item needs a name and a title", "Write both.")
    if any((b, item.id) in record.outcomes for b in record.held.bodies):
        says = f"what came of {item.title} is recorded, and the text put cannot change"
        yield _no(says, "Put another item.")
    for body in item.bodies:
        if body not in record.held.bodies:
            yield _no(f"{label(arrangement, body)} does not meet here", "Name a body that does.")
    yield Reason(Answer.STANDS, f"{item.title} is on the agenda")


def _ordering(record: MeetingRecord, entry: BookEntry) -> Iterator[Reason]:
    groups = [tuple(map(str, g)) for g in entry.said.get("together", ())]
    named = [str(i) for i in entry.said.get("items", ())]
    for item in (*named, *(i for g in groups for i in g)):
        if item not in record.held.items:
            yield _no(f"{item} is not on the agenda", "Put it on the agenda first.")
    if len(set(named)) != len(named):
        yield _no("an item stands twice in the order")
    for group in groups:
        if any(at_item(record.held, record.log, i).opened for i in group if i in record.items):
            yield _no("one of these items has been taken already", "Take the rest together.")
    yield Reason(Answer.STANDS, "the items are in this order")


def _seating(arrangement: Arrangement, record: MeetingRecord, entry: BookEntry) -> Verdict:
    who = attendee(entry.said)
    verdict = may_sit(arrangement, record.held, who)
    voted = [h for h in record.log if h.who == who.person and h.what in (Happens.VOTED,)]
    if voted:
        says = f"{who.person} has voted, and where they sit cannot change"
        return all_of([*verdict.reasons, _no(says, "Have the minutes corrected.")])
    return verdict


def _making_public(record: MeetingRecord, entry: BookEntry) -> Iterator[Reason]:
    """That a notice or papers were made public elsewhere: by which clock, for whom, when."""
    if entry.said["clock"] not in STATUTORY:
        yield _no(f"no notice or paper is called {entry.said['clock']!r}",
                  f"There are: {', '.join(STATUTORY)}.")  # fmt: skip
    if not entry.said["organisations"]:
        yield _no("whose notice or papers they are is not said", "Name each organisation.")
    if date.fromisoformat(str(entry.said["on"])) > record.held.on:
        yield _no("that day is after the meeting", "Give the day on which it was made public.")
    yield Reason(Answer.STANDS, "it may be recorded")


def _standing_down(record: MeetingRecord, entry: BookEntry) -> Iterator[Reason]:
    who = str(entry.said["who"])
    if not record.held.seats_of(who):
        yield _no(f"{who} has no seat at this meeting")
    if any(h.who == who for h in record.log):
        yield _no(f"{who} has been there", f"Record when {who} left.")
    yield Reason(Answer.STANDS, f"{who} is not expected")


def _about(record: MeetingRecord, entry: BookEntry) -> Iterator[Reason]:
    item = entry.item
    if item and item not in record.items:
        yield _no(f"{item} is not on the agenda", "Put it on the agenda first.")
    elif item and record.settled(item):
        says = "what came of the item is recorded, and nothing it rests on can change"
        yield _no(says, "Bring it to a later meeting.")
    if not str(entry.said.get("who", item)).strip():
        yield _no("who is not said", "Name the person or the post.")
    yield Reason(Answer.STANDS, "it may be recorded")


def _striking(
    arrangement: Arrangement,
    record: MeetingRecord,
    entries: tuple[BookEntry, ...],
    entry: BookEntry,
) -> Iterator[Reason]:
    number = entry.said.get("entry")
    found = next((e for e in entries if e.number == number), None)
    if found is None or found.number in record.struck:
        yield _no("there is no such entry to strike out", "Look at the record as it is now.")
        return
    if found.kind in (EntryKind.OUTCOME, EntryKind.STRUCK):
        yield _no("an outcome is never struck out", "Correct it by a decision of its own.")
        return
    later = [e for e in entries if e.kind == EntryKind.OUTCOME and e.number > found.number]
    if later and (not found.item or any(e.item == found.item for e in later)):
        yield _no("an outcome that rests on it is recorded", "Have the minutes corrected.")
        return
    if not str(entry.said.get("why", "")).strip():
        yield Reason(Answer.NEEDS, "why it is struck out is not said", remedy="Say why.")
    yield from _still_follows(arrangement, record, entries, found)
    yield Reason(Answer.STANDS, "nothing recorded rests on it")


def _still_follows(
    arrangement: Arrangement, record: MeetingRecord, entries: tuple[BookEntry, ...], gone: BookEntry
) -> Iterator[Reason]:
    """Whether all that came after would still have been let through without the entry."""
    kept = [e for e in entries if e.number != gone.number and e.number not in record.struck]
    held = record.held
    for count, one in enumerate(kept):
        if one.number < gone.number or one.kind not in HAPPENS:
            continue
        before = read_book(held.id, held.on, held.bodies, kept[:count])
        verdict = may_record(arrangement, before.held, before.log, happening(one))
        if not verdict.stands:
            says = f"what was recorded at {one.at:%H:%M} rests on it: {verdict.against[0].says}"
            yield _no(says, "Strike that out first.")
            return


def _ending(record: MeetingRecord, entry: BookEntry) -> Iterator[Reason]:
    for item in record.held.items:
        state = at_item(record.held, record.log, item)
        if state.opened and not state.closed:
            title = record.items[item].title
            yield _no(f"{title} is still open", "Record what came of it, or close it.")
    yield Reason(Answer.STANDS, "no item is open")


def _outcome(record: MeetingRecord, entry: BookEntry) -> Iterator[Reason]:
    item, body = entry.item, str(entry.said["body"])
    if item not in record.items:
        yield _no(f"{item} is not on the agenda")
    elif (body, item) in record.outcomes:
        yield _no("what came of it is recorded already", "Open what was recorded.")
    state = at_item(record.held, record.log, item)
    if state.opened is None:
        yield Reason(Answer.NEEDS, "the item has not been opened", remedy="Open the item.")
    yield Reason(Answer.STANDS, "the item was taken")


def _changing(record: MeetingRecord, entry: BookEntry) -> Iterator[Reason]:
    """A meeting is called off or moved before it begins, and says why."""
    if record.log:
        says = "the meeting has begun"
        yield _no(says, "Close it, and call another for what is left.")
    if not str(entry.said.get("why", "")).strip():
        yield _no("why is not said", "Say why: whoever meant to come reads it.")
    yield Reason(Answer.STANDS, "the meeting has not begun")


_RULES = {
    EntryKind.CALLED_OFF: _changing,
    EntryKind.MOVED: _changing,
    EntryKind.ORDERED: _ordering,
    EntryKind.MADE_PUBLIC: _making_public,
    EntryKind.STOOD_DOWN: _standing_down,
    EntryKind.ENDED: _ending,
    EntryKind.OUTCOME: _outcome,
}
