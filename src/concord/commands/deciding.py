"""Outcomes recorded: `authority` asked at that moment, one legal decision for each organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Model

from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.effects import summarise
from concord.commands.meetings import add, require_entry
from concord.commands.meetings_read import (
    AtMeeting,
    arrangement_in,
    at_meeting,
    matter_text,
    meeting_or_refuse,
    wall,
)
from concord.commands.texts import newest_arrangement
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.agreements.matter import Facts
from concord.domain.decisions.meetings import Happens, at_item
from concord.domain.decisions.meetings.book import BookEntry, EntryKind, ItemPut, item_put
from concord.domain.decisions.outcomes import LegalDecision, Result, decide_alone, outcome_at
from concord.domain.decisions.outcomes import Outcome as Found
from concord.domain.decisions.proposing import Around, proposal_for
from concord.domain.language.plain import plain
from concord.records.models import Decision, Meeting, Outcome, TextVersion
from concord.records.models.agreements import matter_kind

# What is no outcome: nothing came of it yet, or what was wanted may not be recorded as made.
UNRECORDABLE = frozenset({Result.NOT_VOTED, Result.INQUORATE, Result.MAY_NOT, Result.NOT_STATED})
ACT = "decisions.record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One outcome about to be written: what was found, on which text, by which arrangement."""

    place: str
    put: ItemPut
    found: Found
    moment: datetime
    version: TextVersion
    arrangement: Arrangement
    key: str
    meeting: Meeting | None = None
    body: str = ""
    holds_from: date | None = None


@command("decisions.record_outcome", allowed_as=ACT)
def record_outcome(
    acting: Acting, place: str, meeting: str, *, item: str, body: str, key: str,
    at: datetime | None = None, holds_from: date | None = None,
) -> Done[Outcome]:  # fmt: skip
    """Records what came of an item at a body, and every organisation's decision if one was made.

    `authority` is asked again now; what lies outside a delegation is refused, and nothing is
    recorded. Sent again with its `key`, it gives what is there. `holds_from` is an earlier day from
    which it is meant to hold, which makes it retrospective.
    """
    if known := Outcome.objects.filter(place=place, key=key).first():
        return Done(known)
    here = at_meeting(meeting_or_refuse(place, meeting, ACT))
    moment = (at or wall(acting.now)).replace(microsecond=0, tzinfo=None)
    found, put = preview(here, item, body, moment)
    _require_recordable(found)
    said = {"item": item, "body": body, "outcome": 0}
    entry = _next(here, EntryKind.OUTCOME, said, moment)
    require_entry(here, entry)
    row = _write(acting, Recorded(
        place=place, put=put, found=found, moment=moment, version=here.meeting.arrangement,
        arrangement=here.arrangement, key=key, meeting=here.meeting, body=body,
        holds_from=holds_from,
    ))  # fmt: skip
    said = {**said, "outcome": row.pk}
    made: list[Model] = [*_made(row)]
    made.append(add(acting, here, replace(entry, said=said), f"outcome-{row.pk}").result)
    state = at_item(here.record.held, here.record.log, item)
    if here.record.settled(item) and state.closed is None:
        closed = _next(here, Happens.ITEM_CLOSED, {"item": item}, moment)
        require_entry(here, closed)
        made.append(add(acting, here, closed, f"closed-{row.pk}").result)
    what = f"recorded what came of {put.title}: {row.result}"
    return Done(row, what, after=_told(row), made=tuple(made))


@command("decisions.record_alone", allowed_as=ACT)
def record_alone(
    acting: Acting, place: str, *, maker: str, person: str, item: Mapping[str, Any], key: str,
    facts: Facts, at: datetime | None = None, holds_from: date | None = None,
) -> Done[Outcome]:  # fmt: skip
    """Records what one person decided between meetings, once those to be consulted have been.

    `item` is worded as an item put on an agenda; `facts` is who was consulted, agreed, recommended.
    """
    if known := Outcome.objects.filter(place=place, key=key).first():
        return Done(known)
    moment = (at or wall(acting.now)).replace(microsecond=0, tzinfo=None)
    version = newest_arrangement(place)
    found, put = preview_alone(place, maker, person, item, facts, moment)
    _require_recordable(found)
    row = _write(acting, Recorded(
        place=place, put=put, found=found, moment=moment, version=version,
        arrangement=arrangement_in(version.sha256, version.text), key=key, holds_from=holds_from,
    ))  # fmt: skip
    what = f"recorded what {person} decided: {put.title}"
    return Done(row, what, after=_told(row), made=_made(row))


def preview_alone(
    place: str, maker: str, person: str, item: Mapping[str, Any], facts: Facts, moment: datetime
) -> tuple[Found, ItemPut]:
    """What would come of one person's decision if it were recorded at that moment."""
    version = newest_arrangement(place)
    arrangement = arrangement_in(version.sha256, version.text)
    known = maker in arrangement.posts or maker.partition(".")[0] in arrangement.bodies
    if not known or not person.strip():
        says = "who decides is not said, or is nobody of this place"
        raise refuse(ACT, says, "name the post, and the person who holds it")
    put = item_put(item, ())
    names = tuple(sorted(label(arrangement, n) for n in facts.consulted))
    text = matter_text(place, put, version)
    proposal = proposal_for(arrangement, put, text, Around(consulted=names), moment.date())
    seen = replace(facts, decided=_decided(place))
    return decide_alone(arrangement, maker, person, proposal, seen, moment), put


def preview(here: AtMeeting, item: str, body: str, moment: datetime) -> tuple[Found, ItemPut]:
    """What would come of an item if it were recorded at that moment, and what was put."""
    put = here.record.item(item)
    if put is None or body not in put.bodies:
        says = f"{item[:80]} is not before {label(here.arrangement, body)} at this meeting"
        raise refuse(ACT, says, "put it on the agenda first")
    state = at_item(here.record.held, here.record.log, item)
    proposal = proposal_for(here.arrangement, put, here.text(put), _around(here, item), here.on)
    facts = replace(here.record.facts_of(item), decided=_decided(here.place))
    found = outcome_at(
        here.arrangement, here.record.held, state, body, proposal, facts, moment,
        barred=here.barred(item), purpose=put.purpose,
    )  # fmt: skip
    return found, put


def _require_recordable(found: Found) -> None:
    if found.result in UNRECORDABLE:
        require(found.verdict, ACT)
        raise refuse(ACT, f"nothing can be recorded: {found.result}")


def _next(here: AtMeeting, kind: str, said: Mapping[str, Any], at: datetime) -> BookEntry:
    return BookEntry(number=here.record.head + 1, kind=str(kind), at=at, said=said)


def _around(here: AtMeeting, item: str) -> Around:
    found = here.interests(item)
    conflicts = tuple(dict.fromkeys(f"{c.interest.person}: {c.interest.in_}" for c in found))
    lifted = [r.says for c in found for r in c.verdict.reasons if "dispensation from" in r.says]
    consulted = here.record.facts_of(item).consulted
    names = tuple(sorted(label(here.arrangement, n) for n in consulted))
    return Around(conflicts=conflicts, dispensations=tuple(dict.fromkeys(lifted)), consulted=names)


def _decided(place: str) -> dict[str, tuple[str, ...]]:
    """The earlier decisions of the place by the matter they were on, with who took each."""
    taken: dict[str, tuple[str, ...]] = {}
    rows = Decision.objects.filter(place=place).exclude(outcome__matter="")
    for matter, maker in rows.values_list("outcome__matter", "maker"):
        taken[matter] = (*taken.get(matter, ()), maker)
    return taken


def _write(acting: Acting, made: Recorded) -> Outcome:
    """The outcome and its decisions, each numbered while no other command runs."""
    newest = TextVersion.objects.newest
    put, found = made.put, made.found
    matter = newest(made.place, matter_kind(put.matter)) if put.matter else None
    text = found.decisions[0].proposal.text if found.decisions else put.text or put.title
    row = Outcome.objects.create(
        place_id=made.place, meeting=made.meeting, body=made.body, item=put.id, matter=put.matter,
        matter_version=matter, arrangement=made.version, title=put.title, text=text,
        result=found.result, manner=found.manner, at=made.moment.isoformat(),
        on=made.moment.date(), verdict=plain(found.verdict), ballots=plain(found.ballots),
        refer_to=list(found.refer_to), key=made.key, recorded_at=acting.now,
        recorded_by=acting.who,
    )  # fmt: skip
    for decision in found.decisions:
        _number(row, decision, made)
    summarise(row, made.moment)
    return row


def _number(row: Outcome, decision: LegalDecision, made: Recorded) -> Decision:
    """One organisation's decision with the next number of its year."""
    year = decision.made.year
    mine = Decision.objects.filter(place=made.place, organisation=decision.organisation, year=year)
    number = (mine.aggregate(last=Max("number"))["last"] or 0) + 1
    amount = decision.proposal.matter.amount
    kept: Decision = Decision.objects.create(
        place_id=made.place, outcome=row, organisation=decision.organisation, year=year,
        number=number, reference=f"{decision.organisation}-{year}-{number}", title=row.title,
        maker=decision.maker, made_at=decision.made.isoformat(), made_on=decision.made.date(),
        power=decision.power, clause=decision.clause, is_key=decision.proposal.key,
        pence=amount if isinstance(amount, int) else None, retrospective_from=made.holds_from,
        record=_record(decision, made.arrangement), checked=plain(decision.checked),
        complete=plain(decision.complete),
    )  # fmt: skip
    return kept


def _record(decision: LegalDecision, arrangement: Arrangement) -> dict[str, Any]:
    """Every head that the record of a decision has to hold, as it stood when it was made."""
    proposal = decision.proposal
    kinds = [str(arrangement.functions[f].kind) for f in decision.functions]
    return {
        "made_by": list(decision.made_by), "capacity": str(decision.capacity),
        "functions": list(decision.functions), "function_kind": kinds[0] if kinds else "",
        "authority": plain(decision.authority), "law": decision.record, "text": proposal.text,
        "reasons": proposal.reasons, "rejected": plain(proposal.rejected),
        "conflicts": plain(proposal.conflicts), "dispensations": plain(proposal.dispensations),
        "consulted": list(proposal.consulted), "key": proposal.key, "private": proposal.private,
        "matter": plain(proposal.matter),
    }  # fmt: skip


def _made(row: Outcome) -> tuple[Model, ...]:
    """The outcome and its decisions, whose hashes the trail keeps."""
    return (row, *row.decisions.order_by("pk"))


def _told(row: Outcome) -> dict[str, Any]:
    decisions = {d.reference: d.maker for d in row.decisions.all()}
    return {"outcome": row.pk, "result": row.result, "decisions": decisions, "at": row.at}
