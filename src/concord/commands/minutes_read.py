"""Minutes as their commands and pages find them: drafted from the record, and how far they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from concord.commands.meetings_read import AtMeeting, arrangement_in, at_meeting
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.matter import Facts, Matter
from concord.domain.agreements.quorum import is_quorate
from concord.domain.decisions.meetings import at_item, sitting_at
from concord.domain.decisions.minutes import (
    STAGES,
    MinuteLine,
    Minutes,
    MinutesAct,
    MinutesStage,
)
from concord.domain.decisions.minuting import minuted
from concord.domain.decisions.outcomes import Ballot, LegalDecision, Manner, Proposal, Result
from concord.domain.decisions.outcomes import Outcome as OutcomeFact
from concord.domain.findings import Answer, Authority, Reason, Verdict
from concord.records.models import Decision, Meeting, MinutesEntry, Outcome

DRAFTED = "draft"  # the first entry of any minutes; the rest are acts on them


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesOn:
    """One body's minutes of one meeting: how far they are, their text, and every entry on them."""

    meeting: Meeting
    body: str
    fact: Minutes
    lines: tuple[MinuteLine, ...]
    entries: tuple[MinutesEntry, ...]

    @property
    def seen(self) -> int:
        """The newest entry, from which an editor goes on; 0 where nothing is drafted."""
        return int(self.entries[-1].pk) if self.entries else 0

    @property
    def approved_at(self) -> Meeting | None:
        found = [e.approved_at for e in self.entries if e.act == MinutesAct.APPROVE]
        return found[-1] if found else None


def minutes_on(meeting: Meeting, body: str) -> MinutesOn:
    """One body's minutes as they stand."""
    rows = meeting.minutes.filter(body=body).select_related("approved_at").order_by("pk")
    return _folded(meeting, body, tuple(rows))


def _folded(meeting: Meeting, body: str, rows: tuple[MinutesEntry, ...]) -> MinutesOn:
    fact = Minutes(body=body, of=meeting.on)
    lines: tuple[MinuteLine, ...] = ()
    for row in rows:
        lines = lines_of(row)
        if row.act == DRAFTED:
            continue
        act = MinutesAct(row.act)
        fact = replace(fact, stage=STAGES[fact.stage, act])
        if act is MinutesAct.APPROVE:
            fact = replace(fact, approved=row.on, presided=row.who)
        if act is MinutesAct.SIGN:
            fact = replace(fact, signed_by=row.who)
    return MinutesOn(meeting=meeting, body=body, fact=fact, lines=lines, entries=rows)


def lines_of(row: MinutesEntry) -> tuple[MinuteLine, ...]:
    return tuple(
        MinuteLine(str(x["item"]), str(x["says"]), bool(x.get("private"))) for x in row.lines
    )


def kept_lines(lines: Iterable[MinuteLine]) -> list[dict[str, Any]]:
    """The lines as they are kept."""
    return [{"item": x.item, "says": x.says, "private": x.private} for x in lines]


def minutes_to_approve(place: str, bodies: Sequence[str], on: date) -> tuple[MinutesOn, ...]:
    """The minutes put for approval that wait for a later meeting of these bodies, oldest first."""
    rows = MinutesEntry.objects.filter(meeting__place=place, meeting__on__lt=on, body__in=bodies)
    rows = rows.select_related("meeting", "approved_at").order_by("meeting__on", "pk")
    waiting = [m for m in _every(rows) if m.fact.stage is MinutesStage.PUT]
    return tuple(sorted(waiting, key=lambda m: (m.meeting.on, m.body)))


def public_minutes(place: str) -> tuple[MinutesOn, ...]:
    """Every minutes that the public may see, the newest meeting first: none before approval."""
    rows = MinutesEntry.objects.filter(meeting__place=place)
    found = _every(rows.select_related("meeting", "approved_at").order_by("pk"))
    public = [m for m in found if m.fact.public]
    return tuple(sorted(public, key=lambda m: (m.meeting.on, m.body), reverse=True))


def _every(rows: Iterable[MinutesEntry]) -> list[MinutesOn]:
    by: dict[tuple[int, str], list[MinutesEntry]] = {}
    for row in rows:
        by.setdefault((row.meeting_id, row.body), []).append(row)
    return [_folded(kept[0].meeting, body, tuple(kept)) for (_, body), kept in by.items()]


def draft_lines(here: AtMeeting, body: str) -> tuple[MinuteLine, ...]:
    """Draft minutes of one body from the record as it stands."""
    rows = Outcome.objects.filter(meeting=here.meeting, body=body).prefetch_related("decisions")
    outcomes = {r.item: outcome_fact(r) for r in rows}
    return minuted(here.arrangement, here.record, here.entries, body, outcomes)


def outcome_fact(row: Outcome) -> OutcomeFact:
    """A recorded outcome as the rules see it."""
    ballots = tuple(Ballot(person=b["person"], place=b["place"], way=b["way"]) for b in row.ballots)
    decisions = sorted(row.decisions.all(), key=lambda d: d.pk)
    return OutcomeFact(
        result=Result(row.result), manner=Manner(row.manner), verdict=verdict_fact(row.verdict),
        ballots=ballots, refer_to=tuple(row.refer_to),
        decisions=tuple(_decision_fact(row, d) for d in decisions),
    )  # fmt: skip


def _decision_fact(row: Outcome, kept: Decision) -> LegalDecision:
    said = kept.record
    return LegalDecision(
        organisation=kept.organisation, functions=tuple(said.get("functions", ())),
        maker=kept.maker, made_by=tuple(said.get("made_by", ())),
        capacity=Manner(said.get("capacity", Manner.NOT_STATED)), power=kept.power,
        clause=kept.clause, authority=Authority(clause=str(said.get("authority", ""))),
        at=row.body, made=datetime.fromisoformat(kept.made_at),
        proposal=Proposal(
            item=row.item, text=said.get("text", row.text),
            matter=Matter(functions=tuple(said.get("functions", ()))),
        ),
        record=said.get("law", ""), checked=verdict_fact(kept.checked),
        complete=verdict_fact(kept.complete),
    )  # fmt: skip


def verdict_fact(kept: Mapping[str, Any]) -> Verdict:
    """A verdict as it was kept; an empty one stands for want of any test."""
    words = {a.word: a for a in Answer}
    reasons = tuple(
        Reason(words[r["answer"]], r["says"], Authority(clause=r["authority"]), r["remedy"])
        for r in kept.get("reasons", ())
    )
    return Verdict(words[kept.get("answer", Answer.STANDS.word)], reasons)


def arrangement_at(meeting: Meeting) -> Arrangement:
    """The arrangement by which a meeting was called."""
    return arrangement_in(meeting.arrangement.sha256, meeting.arrangement.text)


def quorate_for(later: Meeting, body: str, item: str) -> tuple[bool | None, str]:
    """Whether a body is quorate at a meeting, at an item where one is named, and who presides."""
    here = at_meeting(later)
    if body not in here.meeting.bodies:
        return False, here.record.presides
    state = at_item(here.record.held, here.record.log, item)
    facts = Facts(meeting=sitting_at(here.arrangement, here.record.held, state, body))
    found = is_quorate(here.arrangement, here.arrangement.bodies[body], facts, here.on)
    known = {Answer.STANDS: True, Answer.REFUSED: False}
    return known.get(found.answer), here.record.presides
