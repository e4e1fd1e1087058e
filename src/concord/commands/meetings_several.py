"""Several entries of one act, written together or not at all: a substitute seated, a show of hands.

What was typed while the connection was down comes late. It keeps the time at which it was typed,
and where something has been recorded since, it stands after that and says when it was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from concord.commands.command import Acting, Done, command, refuse
from concord.commands.meetings import add, require_entry
from concord.commands.meetings_read import AtMeeting, at_meeting, meeting_or_refuse, wall
from concord.domain.decisions.meetings.book import HAPPENS, BookEntry, EntryKind
from concord.domain.decisions.meetings.held import MOVES
from concord.records.models import MeetingEntry

ACT = "meetings.record"
Said = tuple[str, Mapping[str, Any]]


@command("meetings.record_several", allowed_as=ACT)
def record_several(
    acting: Acting, place: str, meeting: str, *, key: str, entries: Iterable[Said],
    at: datetime | None = None, waited: bool = False,
) -> Done[tuple[MeetingEntry, ...]]:  # fmt: skip
    """Adds entries to a meeting's record in this order, at one time on the wall clock.

    Sent again with its `key`, the act gives what is there. `waited` says that it may come late.
    """
    here = at_meeting(meeting_or_refuse(place, meeting, ACT))
    if known := _sent_before(here, key):
        return Done(known)
    moment = (at or wall(acting.now)).replace(microsecond=0, tzinfo=None)
    rows = []
    for number, (kind, said) in enumerate(entries):
        if kind == EntryKind.OUTCOME:
            raise refuse(ACT, "an outcome is recorded by its own act")
        entry = _entry(here, kind, said, moment, waited=waited)
        require_entry(here, entry)
        rows.append(add(acting, here, entry, f"{key}-{number}" if number else key))
    what = "; ".join(dict.fromkeys(r.what for r in rows))
    made = tuple(r.result for r in rows)
    told = {"meeting": here.meeting.name, "entries": [r.number for r in made]}
    return Done(made, what, after=told, made=made)


def _sent_before(here: AtMeeting, key: str) -> tuple[MeetingEntry, ...]:
    if not key or len(key) > 58:
        raise refuse(ACT, "this act has no key of its own", "send it again from its page")
    first = here.meeting.entries.filter(key=key).first()
    if first is None:
        return ()
    return (first, *here.meeting.entries.filter(key__startswith=f"{key}-").order_by("number"))


def _entry(
    here: AtMeeting, kind: str, said: Mapping[str, Any], moment: datetime, *, waited: bool
) -> BookEntry:
    last = max((h.at for h in here.record.log), default=moment)
    if waited and last > moment and kind in HAPPENS and kind not in set(map(str, MOVES)):
        said, moment = {**said, "typed_at": f"{moment:%H:%M:%S}"}, last
    try:
        return BookEntry.read(here.record.head + 1, str(kind), moment.isoformat(), dict(said))
    except ValueError:
        says = f"{kind[:60]!r} is nothing that a meeting's record can say"
        raise refuse(ACT, says) from None
