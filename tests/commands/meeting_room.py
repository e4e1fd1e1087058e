"""A meeting of Middlemarch's Joint Board as commands record it, for the tests of what follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from concord.commands.command import Acting
from concord.commands.deciding import record_outcome
from concord.commands.meetings import call_meeting, record
from concord.domain.decisions.meetings import Happens
from concord.domain.decisions.meetings.book import EntryKind
from concord.records.models import Meeting, MeetingEntry, Outcome

ON = date(2026, 11, 25)
BROOKE, VINCY, CHETTAM = "Dorothea Brooke", "Walter Vincy", "Celia Chettam"
ROSAMOND, SPRAGUE, MINCHIN = "Rosamond Vincy", "Dr Sprague", "Dr Minchin"
COUNCIL = (BROOKE, VINCY, CHETTAM)
ICB = (ROSAMOND, SPRAGUE, MINCHIN)
EVERYONE = (*COUNCIL, *ICB)
FACTS = {
    "functions": ["care", "nhs"], "act": "commission", "amount": "£600,000", "modes": ["pooled"],
    "funds": ["care_pool"], "within_budget": True, "reasons": "People leave hospital sooner",
    "rejected": [{"what": "Do nothing", "why": "Beds stay full"}],
}  # fmt: skip


@dataclass
class Room:
    """One meeting, and a clerk who records what happens at it."""

    clerk: Acting
    meeting: Meeting
    keys: count = field(default_factory=count)

    def at(self, clock: str) -> datetime:
        return datetime.fromisoformat(f"{self.meeting.on} {clock}")

    def say(self, kind: str, clock: str = "14:30", key: str = "", **said) -> MeetingEntry:
        key = key or f"{self.meeting.name}-{next(self.keys)}"
        return record(
            self.clerk, "middlemarch", self.meeting.name, key=key, kind=str(kind), said=said,
            at=self.at(clock),
        )  # fmt: skip

    def gather(self, *people: str, clock: str = "14:00") -> None:
        for person in people or EVERYONE:
            seat = "members" if person in COUNCIL else "icb"
            self.say(EntryKind.SEATED, "13:50", who=person, body="board", seat=seat)
            self.say(Happens.ARRIVED, clock, who=person)

    def put(self, item: str = "5", title: str = "Forty reablement places", **more) -> None:
        said = {"purpose": "decision", "facts": FACTS, **more}
        self.say(EntryKind.ITEM_PUT, "13:55", item=item, title=title, **said)

    def open(self, item: str = "5", clock: str = "14:30") -> None:
        self.say(Happens.ITEM_OPENED, clock, item=item)

    def vote(self, *people: str, way: bool = True, item: str = "5", clock: str = "14:45") -> None:
        for person in people:
            self.say(Happens.VOTED, clock, item=item, who=person, way=way)

    def outcome(
        self, item: str = "5", clock: str = "14:50", key: str = "", body: str = "board", **more
    ) -> Outcome:
        return record_outcome(
            self.clerk, "middlemarch", self.meeting.name, item=item, body=body,
            key=key or f"{self.meeting.name}-{item}-{body}", at=self.at(clock), **more,
        )  # fmt: skip


def room_for(clerk: Acting, on: date = ON, *bodies: str) -> Room:
    """A meeting called for that day."""
    meeting = call_meeting(
        clerk, "middlemarch", bodies=bodies or ("board",), on=on, starts_at="14:00"
    )
    return Room(clerk, meeting)


def decided(clerk: Acting, on: date = ON) -> Outcome:
    """An item that all six agreed: two decisions on one record."""
    room = room_for(clerk, on)
    room.gather()
    room.put()
    room.open()
    room.vote(*EVERYONE)
    return room.outcome()
