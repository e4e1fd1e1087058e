"""Deferred items as they stand: how often returned, what is lacking, where on the ladder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from concord.commands.meetings_read import deferrals, matter_text, talks_on
from concord.commands.texts import newest_arrangement
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.matter import Matter
from concord.domain.decisions.matter import as_matter
from concord.domain.decisions.meetings.book import EntryKind, ItemPut, item_put
from concord.domain.decisions.outcomes import (
    Climb,
    Climbed,
    Deferral,
    OnLadder,
    Result,
    may_climb,
    may_return,
    on_ladder,
    returns,
)
from concord.domain.decisions.proposing import facts_matter
from concord.domain.findings import Verdict
from concord.records.models import DisputeEntry, MeetingEntry, Outcome, Talk

# What takes an item off the list of those put off.
ENDS = frozenset({Result.DECIDED, Result.NOTED, Result.NOT_CARRIED, Result.REFERRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """One item that was put off and has not been settled since, as it stands on a day.

    `back` says whether it may return, `climb` whether a partner may take it up the ladder.
    """

    subject: str
    title: str
    body: str
    outcome: Outcome
    deferred: tuple[Deferral, ...]
    talks: tuple[Talk, ...]
    returned: int
    back: Verdict
    climb: Verdict
    agreement: str
    ladder: OnLadder
    steps: tuple[DisputeEntry, ...]


def deferred_items(place: str, arrangement: Arrangement, on: date) -> tuple[Deferred, ...]:
    """Every item put off and open on that day, the latest put off first."""
    rows = Outcome.objects.filter(place=place, on__lte=on).select_related("meeting")
    last: dict[str, Outcome] = {}
    for row in rows.exclude(body="").order_by("on", "pk"):
        last[subject_of(row)] = row
    still = [r for r in last.values() if r.result in (Result.DEFERRED, Result.DISPUTED)]
    found = [deferred_item(place, arrangement, row, on) for row in reversed(still)]
    return tuple(sorted(found, key=lambda d: d.outcome.on, reverse=True))


def subject_of(row: Outcome) -> str:
    """What an outcome is about from meeting to meeting: its matter, or the item itself."""
    return str(row.matter or row.item)


def deferred_item(place: str, arrangement: Arrangement, row: Outcome, on: date) -> Deferred:
    """One put-off item as it stands on a day."""
    subject = subject_of(row)
    off = tuple(d for d in deferrals(place, subject) if d.on <= on)
    talks = tuple(Talk.objects.filter(place=place, item=subject, on__lte=on))
    facts = tuple(t for t in talks_on(place, subject) if t.on <= on)
    matter = _matter(place, row)
    under = arrangement.bodies[row.body].under if row.body in arrangement.bodies else None
    agreement = under if isinstance(under, str) else ""
    steps = tuple(DisputeEntry.objects.filter(place=place, item=subject, on__lte=on))
    climbed = [Climbed(climb=Climb(s.step), on=s.on) for s in steps]
    return Deferred(
        subject=subject, title=row.title, body=row.body, outcome=row, deferred=off, talks=talks,
        returned=returns(off, subject), agreement=agreement, steps=steps,
        back=may_return(arrangement, row.body, matter, subject, off, facts, on),
        climb=may_climb(arrangement, row.body, subject, off, on),
        ladder=on_ladder(arrangement, agreement, climbed),
    )  # fmt: skip


def _matter(place: str, row: Outcome) -> Matter:
    """The facts of what was put off: the matter's own text, or those of the item as it was put."""
    put = _put(row)
    if put is None:
        return facts_matter({})
    text = matter_text(place, put, newest_arrangement(place))
    return as_matter(text.matter) if text else facts_matter(put.facts)


def _put(row: Outcome) -> ItemPut | None:
    entries = MeetingEntry.objects.filter(meeting=row.meeting, kind=EntryKind.ITEM_PUT)
    said: list[Mapping[str, object]] = [e.said for e in entries.order_by("number")]
    mine = [s for s in said if s.get("item") == row.item]
    return item_put(mine[-1], (row.body,)) if mine else None
