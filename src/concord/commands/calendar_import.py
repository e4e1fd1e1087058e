"""Meetings of another system taken into a place's calendar: looked at first, then recorded whole.

The file is read, and the calendar's next text made, before the act: what is recorded is just what
was looked at, or nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from concord.commands import texts
from concord.commands.agreements import undisturbed
from concord.commands.command import Acting, Done, command, refuse
from concord.commands.texts import arrangement_of
from concord.documents.calendar_merging import Becomes, Merge, merge
from concord.documents.calendars import decoded, read_meetings, with_bodies
from concord.domain.agreements.labels import how_many
from concord.domain.decisions.calendars import read_calendar
from concord.domain.findings import Finding, Weight
from concord.records.models import TextVersion
from concord.records.models.agreements import CALENDAR

ACT = "decisions.import_meetings"
EMPTY = "format = 1\n"
UNKNOWN = "calendar.unknown_body"


@dataclass(frozen=True, slots=True)
class MeetingsFile:
    """A file of meetings as it was sent; `called` says which body each title of it means."""

    name: str
    body: bytes
    called: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeetingsPreview:
    """What a file would do to the calendar whose hash is `seen`.

    `findings` are the file's, by its rows; `odd` what is odd in the calendar with them in it, by
    that text's lines; `unknown` the titles that name no body here.
    """

    file: MeetingsFile
    seen: str
    merge: Merge
    findings: tuple[Finding, ...]
    odd: tuple[Finding, ...]
    unknown: tuple[str, ...]

    @property
    def left_out(self) -> int:
        """How many findings keep a row of the file, or all rows of a title, out of the calendar."""
        return sum(f.weight is Weight.GRAVE for f in self.findings)


def preview_meetings(place: str, file: MeetingsFile, today: date) -> MeetingsPreview:
    """What the file would add and mark, and every finding; nothing is written.

    Refused where the place's own calendar cannot be read.
    """
    arrangement = arrangement_of(place)
    version = TextVersion.objects.newest(place, CALENDAR)
    text = version.text if version else EMPTY
    before = read_calendar(text, arrangement)
    if before.calendars is None:
        says = "the calendar as it stands cannot be read"
        raise refuse(ACT, says, "mend what its findings list first")
    called = {title: body for title, body in file.called.items() if body in arrangement.bodies}
    read = read_meetings(decoded(file.body), file.name)
    found = with_bodies(read, arrangement, called, today)
    made = merge(text, found.meetings, before.calendars)
    after = read_calendar(made.text, arrangement) if made.changes else before
    known = {(f.id, f.says) for f in before.findings}
    odd = tuple(f for f in after.findings if (f.id, f.says) not in known)
    have = {m.line for m in found.meetings}
    unknown = dict.fromkeys(m.title for m in read.meetings if m.line not in have)
    seen = version.sha256 if version else ""
    return MeetingsPreview(file, seen, made, found.findings, odd, tuple(unknown))


@command(ACT)
def import_meetings(
    acting: Acting, place: str, looked_at: MeetingsPreview, *, without: bool = False
) -> Done[TextVersion]:
    """Records the calendar with the file's meetings as its next version; nothing is taken out.

    `without` says that whoever looked knows that what the findings name is left out.
    """
    newest = TextVersion.objects.newest(place, CALENDAR)
    if (newest.sha256 if newest else "") != looked_at.seen:
        says = "the calendar has changed since you looked at this file beside it"
        raise refuse(ACT, says, "look at the file again, and record it then")
    if not looked_at.merge.changes:
        says = "the file brings nothing that the calendar does not have"
        raise refuse(ACT, says, "nothing need be done")
    if looked_at.left_out and not without:
        says = f"{how_many(looked_at.left_out, 'finding')} keep something of the file out"
        raise refuse(ACT, says, "mend the file, or say that the rest is to be recorded without it")
    draft, text = undisturbed(place, CALENDAR, ACT), looked_at.merge.text
    texts.read_or_refuse(place, CALENDAR, text, ACT)
    done = texts.adopt(acting, draft, text, f"meetings of {looked_at.file.name[:120]}")
    return _told(done, looked_at)


def _told(done: Done[TextVersion], looked_at: MeetingsPreview) -> Done[TextVersion]:
    """What the trail says: how many came and were called off, from which file, into which text."""
    made, file = looked_at.merge, looked_at.file
    added, off = made.count(Becomes.ADDED), made.count(Becomes.CALLED_OFF)
    what = (
        f"took {how_many(added, 'meeting')} into the calendar and marked {off} as called off, from "
        f"{file.name[:120]}: version {done.result.number}"
    )
    told = {"file": file.name[:200], "file_sha256": hashlib.sha256(file.body).hexdigest()}
    after = {
        **done.after,
        **told,
        "added": added,
        "called_off": off,
        "left_out": looked_at.left_out,
    }
    return replace(done, what=what, after=after)
