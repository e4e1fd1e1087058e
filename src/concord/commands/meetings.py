"""Meetings: called, and recorded entry by entry; the same entry sent twice is there once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.meetings_read import AtMeeting, at_meeting, meeting_or_refuse, wall
from concord.commands.texts import arrangement_of, newest_arrangement
from concord.domain.agreements.labels import label, listed
from concord.domain.calendar import in_words
from concord.domain.decisions.meetings.adding import may_add
from concord.domain.decisions.meetings.book import CHANGES, HAPPENS, BookEntry, EntryKind
from concord.records.models import Meeting, MeetingEntry


@command("meetings.call")
def call_meeting(
    acting: Acting, place: str, *, bodies: Sequence[str], on: date, starts_at: str = "",
    where: str = "", title: str = "",
) -> Done[Meeting]:  # fmt: skip
    """Calls a meeting of one body or of several at once; one that is called already is given."""
    arrangement = arrangement_of(place)
    unknown = [b for b in bodies if b not in arrangement.bodies]
    if unknown or not bodies:
        says = f"{listed(unknown) or 'nobody'} is no body of this place"
        raise refuse("meetings.call", says, "name its bodies as the arrangement does")
    name = f"{on.isoformat()}-{'-'.join(bodies)}"[:120]
    if known := Meeting.objects.filter(place=place, name=name).first():
        return Done(known)
    called = title or listed([label(arrangement, b) for b in bodies])
    meeting = Meeting.objects.create(
        place_id=place, name=name, title=called, bodies=list(bodies), on=on, starts_at=starts_at,
        where=where, arrangement=newest_arrangement(place),
    )  # fmt: skip
    told = {"meeting": name, "bodies": list(bodies), "on": on, "starts_at": starts_at}
    return Done(meeting, f"called {called} for {in_words(on)}", after=told)


@command("meetings.record")
def record(
    acting: Acting, place: str, meeting: str, *, key: str, kind: str, said: Mapping[str, Any],
    at: datetime | None = None,
) -> Done[MeetingEntry]:  # fmt: skip
    """Adds an entry to a meeting's record at a time on the wall clock, now unless another is given.

    `key` is made where the entry is typed: sent again, it gives the entry that is there.
    """
    row = meeting_or_refuse(place, meeting, "meetings.record")
    if known := row.entries.filter(key=key).first():
        return Done(known)
    if kind == EntryKind.OUTCOME or kind in CHANGES:
        raise refuse("meetings.record", f"that is recorded by an act of its own: {kind}")
    here = at_meeting(row)
    entry = _entry(acting, here, kind, said, at)
    require_entry(here, entry)
    return add(acting, here, entry, key)


def require_entry(here: AtMeeting, entry: BookEntry) -> None:
    """Lets an entry through only where the rules of the room and of the body do."""
    barred = here.barred(entry.item) if entry.kind in HAPPENS and entry.item else frozenset()
    try:
        verdict = may_add(here.arrangement, here.record, here.entries, entry, barred)
    except (KeyError, ValueError, TypeError):
        raise refuse("meetings.record", "the entry does not say what it must") from None
    require(verdict, "meetings.record")
    if entry.kind == EntryKind.ITEM_PUT:
        require(here.may_come(entry), "meetings.record")
    if entry.kind == EntryKind.EXCLUDED:
        require(here.may_exclude(entry), "meetings.record")


def _entry(
    acting: Acting, here: AtMeeting, kind: str, said: Mapping[str, Any], at: datetime | None
) -> BookEntry:
    moment = (at or wall(acting.now)).replace(microsecond=0, tzinfo=None)
    try:
        return BookEntry.read(here.record.head + 1, kind, moment.isoformat(), dict(said))
    except ValueError:
        says = f"{kind[:60]!r} is nothing that a meeting's record can say"
        raise refuse("meetings.record", says) from None


def add(acting: Acting, here: AtMeeting, entry: BookEntry, key: str) -> Done[MeetingEntry]:
    """Writes an entry that the rules have let through, and moves the meeting's count on."""
    row = MeetingEntry.objects.create(
        meeting=here.meeting, number=entry.number, key=key, kind=entry.kind,
        at=entry.at.isoformat(), said=dict(entry.said), recorded_at=acting.now,
        recorded_by=acting.who, account=acting.account,
    )  # fmt: skip
    here.meeting.head = entry.number
    here.meeting.closed = here.meeting.closed or entry.kind == EntryKind.ENDED
    here.meeting.save(update_fields=["head", "closed"])
    here.added(entry)
    what = f"recorded at {here.meeting.title}: {_told(entry)}"
    told = {"meeting": here.meeting.name, "entry": row.number}
    return Done(row, what, after=told, made=(row,))


def _told(entry: BookEntry) -> str:
    who = entry.said.get("who", "")
    item = f", item {entry.item}" if entry.item else ""
    return f"{who} {entry.kind}".strip() + item
