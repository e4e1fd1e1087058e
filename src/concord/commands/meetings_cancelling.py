"""A meeting called off, or moved to another day: its record says why, and a notice is public."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from concord.commands.command import Acting, Done, command, refuse
from concord.commands.meetings import add, require_entry
from concord.commands.meetings_read import AtMeeting, at_meeting, meeting_or_refuse, wall
from concord.domain.calendar import in_words
from concord.domain.decisions.meetings.book import BookEntry, EntryKind
from concord.records.models import Meeting, MeetingEntry, Publication

ACT = "meetings.call"
CALLED_OFF, MOVED = "meeting called off", "meeting moved"


@command("meetings.call_off", allowed_as=ACT)
def call_off(acting: Acting, place: str, meeting: str, *, why: str, key: str) -> Done[Meeting]:
    """Calls a meeting off before it begins; sent again with its `key` it changes nothing."""
    row = meeting_or_refuse(place, meeting, ACT)
    if row.entries.filter(key=key).exists():
        return Done(row)
    here = at_meeting(row)
    says = f"{row.title} does not meet on {in_words(row.on)}: {why}"
    said = {"on": row.on.isoformat(), "why": why.strip()}
    entry = _enter(acting, here, EntryKind.CALLED_OFF, said, key)
    notice = _notice(acting, row, CALLED_OFF, says, said)
    what = f"called off {row.title} of {in_words(row.on)}"
    told = {"meeting": row.name, **said, "hash": notice.sha256}
    return Done(row, what, after=told, made=(entry,))


@command("meetings.move", allowed_as=ACT)
def move(
    acting: Acting, place: str, meeting: str, *, to: date, why: str, key: str, starts_at: str = "",
    where: str = "",
) -> Done[Meeting]:  # fmt: skip
    """Moves a meeting to another day before it begins; its address stays the one it was called by.

    Without another time or room it keeps its own.
    """
    row = meeting_or_refuse(place, meeting, ACT)
    if row.entries.filter(key=key).exists():
        return Done(row)
    here, old = at_meeting(row), row.on
    _refuse_impossible(acting, row, to, starts_at)
    said = {
        "from": old.isoformat(), "to": to.isoformat(), "starts_at": starts_at or row.starts_at,
        "where": where or row.where, "why": why.strip(),
    }  # fmt: skip
    entry = _enter(acting, here, EntryKind.MOVED, said, key)
    row.on, row.starts_at, row.where = to, said["starts_at"], said["where"]
    row.save(update_fields=["on", "starts_at", "where"])
    says = f"{row.title} does not meet on {in_words(old)} but on {in_words(to)}: {why}"
    notice = _notice(acting, row, MOVED, says, {**said, "on": said["from"]})
    what = f"moved {row.title} from {in_words(old)} to {in_words(to)}"
    told = {"meeting": row.name, **said, "hash": notice.sha256}
    return Done(row, what, before={"on": old}, after=told, made=(entry,))


def _refuse_impossible(acting: Acting, row: Meeting, to: date, starts_at: str) -> None:
    if to == row.on and starts_at in ("", row.starts_at):
        raise refuse(ACT, "that is the day it meets on", "name another day or another time")
    if to < acting.today:
        raise refuse(ACT, f"{in_words(to)} is past", "name a day to come")
    others = Meeting.objects.filter(place=row.place_id, on=to).exclude(pk=row.pk)
    off = MeetingEntry.objects.filter(meeting__in=others, kind=EntryKind.CALLED_OFF)
    standing = others.exclude(pk__in=off.values("meeting"))
    if taken := next((m for m in standing if set(m.bodies) & set(row.bodies)), None):
        raise refuse(ACT, f"{taken.title} meets on {in_words(to)} already", "name another day")


def _enter(
    acting: Acting, here: AtMeeting, kind: EntryKind, said: Mapping[str, Any], key: str
) -> MeetingEntry:
    number, at = here.record.head + 1, wall(acting.now)
    entry = BookEntry(number=number, kind=str(kind), at=at, said=said)
    require_entry(here, entry)
    found: MeetingEntry = add(acting, here, entry, key).result
    return found


def _notice(
    acting: Acting, row: Meeting, kind: str, says: str, said: Mapping[str, Any]
) -> Publication:
    """The notice of it, as anybody may read it; it stands in the feeds of notices."""
    on = date.fromisoformat(str(said["on"]))
    body = f"{says.rstrip('. ')}.\n".encode()
    kept: Publication = Publication.objects.create(
        place_id=row.place_id, kind=kind, title=f"{row.title}, {in_words(on)}",
        media_type="text/plain", body=body, sha256=hashlib.sha256(body).hexdigest(),
        published_at=acting.now, published_by=acting.who,
        details={"meeting": row.name, "bodies": list(row.bodies), **said,
                 "says": [{"asks": "what becomes of the meeting", "says": body.decode().strip()}]},
    )  # fmt: skip
    return kept
