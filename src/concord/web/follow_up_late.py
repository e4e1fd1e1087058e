"""Actions where other pages show them: late ones on a place's front, and those on a desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from concord.commands.follow_up_read import ActionOn
from concord.web.wording import count


@dataclass(frozen=True, slots=True)
class ToDo:
    """One open action as a desk shows it: its clock, what it is, who does it, where it stands."""

    due: date | None
    when: str
    what: str
    owner: str
    href: str


def on_desk(
    open_: Iterable[ActionOn], place: str, organisations: set[str], most: int = 12
) -> Iterator[ToDo]:
    """The open actions of a place for these organisations, for every one where none is named."""
    mine = [
        one
        for one in open_
        if one.row.place_id == place
        and (not organisations or one.row.organisation in organisations)
    ]
    for one in mine[:most]:
        now = one.standing
        late = f"{count(now.days_late, 'day')} late" if now.overdue else ""
        href = reverse("action", args=[place, one.row.number])
        due = None if now.overdue else now.due
        what = f"Action {one.row.number}: {one.row.what}"
        yield ToDo(due, late or "No day", what, one.row.owner, href)


def action_data(one: ActionOn, place: str) -> dict[str, Any]:
    """One action as data, with every update on it."""
    row, now = one.row, one.standing
    return {
        "number": row.number, "what": row.what, "condition": row.condition,
        "organisation": row.organisation, "owner": row.owner, "given": row.recorded_at.date(),
        "meeting": row.meeting.name if row.meeting else None, "item": row.item or None,
        "decision": row.decision.reference if row.decision else None,
        "due": now.due or "not stated", "state": now.state, "days_late": now.days_late,
        "times_moved": now.moved,
        "updates": [
            {"on": u.on, "state": u.state, "says": u.says, "evidence": u.evidence or None,
             "due": u.due}
            for u in one.updates
        ],
        "address": reverse("action", args=[place, row.number]),
    }  # fmt: skip
