"""A register of Middlemarch with every kind of entry, recorded by commands, for its pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.commands.meeting_room import COUNCIL, EVERYONE, FACTS, MINCHIN, SPRAGUE, room_for

from concord.commands.command import Acting
from concord.commands.effects import record_step
from concord.commands.publishing_decisions import publish_decision
from concord.domain.decisions.call_in import CalledBy
from concord.records.models import Outcome

GROUND = "other options not weighed"
_WHO = {"A Hackbutt", "B Toller", "C Larcher", "D Plymdale", "E Minchin"}
FIVE = CalledBy(members=frozenset(_WHO),
                ground=GROUND)  # fmt: skip


def agreed(clerk: Acting, on: date = date(2026, 11, 11), title: str = "Forty reablement places",
           item: str = "5", **more) -> Outcome:  # fmt: skip
    """An item on which all six agreed at the Joint Board of that day."""
    room = room_for(clerk, on)
    room.gather()
    room.put(item, title, **more)
    room.open(item)
    room.vote(*EVERYONE, item=item)
    return room.outcome(item)


def put_off(clerk: Acting, on: date = date(2026, 11, 18)) -> Outcome:
    """An item that the NHS view was against, which the board puts off."""
    room = room_for(clerk, on)
    room.gather()
    room.put("6", "A shared contact centre")
    room.open("6")
    room.vote(*COUNCIL, "Rosamond Vincy", item="6")
    room.vote(SPRAGUE, MINCHIN, way=False, item="6")
    return room.outcome("6")


def publish(clerk: Acting, reference: str, then: datetime, **how) -> None:
    publish_decision(
        replace(clerk, now=then), "middlemarch", reference, key=f"p-{reference}", **how
    )


def called_in(clerk: Acting) -> Outcome:
    """Agreed on 11 November, both records published on the 12th, the council's half called in."""
    outcome = agreed(clerk)
    for reference in ("council-2026-1", "icb-2026-1"):
        publish(clerk, reference, datetime(2026, 11, 12, 9, tzinfo=UTC))
    record_step(
        clerk, "middlemarch", "council-2026-1", move="call in", key="call", by=FIVE,
        at=datetime.fromisoformat("2026-11-16 10:00"),
    )  # fmt: skip
    return outcome


def private(clerk: Acting, on: date = date(2026, 11, 4)) -> Outcome:
    """A decision taken in private, whose reasons and sum are nobody's to read."""
    facts = {**FACTS, "amount": "£654,321", "reasons": "The rival asked for more"}
    return agreed(clerk, on, "A lease", "9", private=True, facts=facts)
