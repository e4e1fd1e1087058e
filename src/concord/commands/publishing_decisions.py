"""The record of a decision made public: its bytes and their hash, and the step that this is.

A council's call-in window opens with it. Both are written in one transaction or neither is. A late
one says so for ever; a correction takes the place of what it corrects, and moves no window.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from concord.commands.command import Acting, Done, command, refuse
from concord.commands.effects import ACT, decision_or_refuse, half_of, step_asked, take_step
from concord.commands.meetings_read import LONDON, arrangement_in, at_meeting, wall
from concord.commands.search_index import index_outcome
from concord.documents.decision_record import DecisionFacts, statement
from concord.documents.exempting import statement as kept_back
from concord.documents.html import to_html
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.calendar import in_words
from concord.domain.decisions.call_in import CallInMove
from concord.domain.decisions.matter import Exempt
from concord.domain.decisions.reader import read_matter
from concord.domain.language.values import NOT_STATED
from concord.records.models import Decision, DecisionStep, Publication
from concord.records.published_decisions import RECORD, records_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """How a record is made public: when, what the public may read of a private one, and why anew.

    `exempt_by` and `exempt_why` are who exempts it from call-in, and why it cannot wait.
    """

    at: datetime
    public_text: str = ""
    because: str = ""
    exempt_by: str = ""
    exempt_why: str = ""


@command("decisions.publish_record", allowed_as="decisions.publish")
def publish_decision(
    acting: Acting, place: str, reference: str, *, key: str, public_text: str = "",
    because: str = "", exempt_by: str = "", exempt_why: str = "", at: datetime | None = None,
) -> Done[Publication]:  # fmt: skip
    """Publishes one organisation's record of a decision; its window for call-in opens with it.

    Sent again with its `key` it gives what is there. Where a record is public already it needs
    `because`, and takes its place.
    """
    row = decision_or_refuse(place, reference)
    before = records_of([row]).get(reference, [])
    if known := next((p for p in before if p.details.get("key") == key), None):
        return Done(known)
    moment = (at or wall(acting.now)).replace(microsecond=0, tzinfo=None)
    how = Published(
        at=moment, public_text=public_text, because=because, exempt_by=exempt_by,
        exempt_why=exempt_why,
    )  # fmt: skip
    _refuse_impossible(acting, row, before, how)
    arrangement = arrangement_in(row.outcome.arrangement.sha256, row.outcome.arrangement.text)
    step = None if before else _step(acting, row, how, key)
    publication = _store(acting, arrangement, row, before, how, key)
    index_outcome(row.outcome)
    what = f"{'corrected' if before else 'published'} the record of {reference}"
    after = {"decision": reference, "hash": publication.sha256, "late": publication.late_by}
    made = (step,) if step is not None else ()
    return Done(publication, what, after={**after, "why": because}, made=made)


def _refuse_impossible(
    acting: Acting, row: Decision, before: list[Publication], how: Published
) -> None:
    if how.at > wall(acting.now):
        raise refuse(ACT, f"{in_words(how.at.date())} at {how.at:%H:%M} is still to come")
    if before and not how.because.strip():
        day = in_words(wall(before[0].published_at).date())
        says = f"the record of {row.reference} is public since {day}"
        raise refuse(ACT, says, "say why it is corrected; the correction then takes its place")
    if how.at.isoformat() < row.made_at:
        says = f"{row.reference} was made on {row.made_at.replace('T', ' at ')}, after this"
        raise refuse(ACT, says, "publish it once it is made")


def _step(acting: Acting, row: Decision, how: Published, key: str) -> DecisionStep:
    """The step of publishing; exempt from call-in where somebody exempts it."""
    exempt = bool(how.exempt_by or how.exempt_why)
    move = CallInMove.PUBLISH_EXEMPT if exempt else CallInMove.PUBLISH
    who = [how.exempt_by] if how.exempt_by else []
    return take_step(acting, row, step_asked(move, how.at, who, how.exempt_why), key)


def _store(
    acting: Acting, arrangement: Arrangement, row: Decision, before: list[Publication],
    how: Published, key: str,
) -> Publication:  # fmt: skip
    kept = _kept_back(row, arrangement) if row.record.get("private") else ""
    facts = decision_facts(arrangement, row, how.public_text, kept)
    body = to_html(statement(facts)).encode()
    late = before[0].late_by if before else _late(arrangement, row, how.at.date())
    details: dict[str, Any] = {
        "decision": row.reference, "organisation": row.organisation, "key": key,
        "public_text": how.public_text, "kept_back": kept, "because": how.because,
    }  # fmt: skip
    made: Publication = Publication.objects.create(
        place_id=row.place_id, matter=row.outcome.matter, kind=RECORD,
        title=f"{row.reference}: {row.title}"[:300], media_type="text/html", body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        published_at=how.at.replace(tzinfo=LONDON), published_by=acting.who,
        text_version=row.outcome.matter_version, supersedes=before[0] if before else None,
        late_by=late, details=details,
    )  # fmt: skip
    return made


def decision_facts(
    arrangement: Arrangement, row: Decision, public_text: str = "", kept: str = ""
) -> DecisionFacts:
    """A decision as its written statement needs it, every name in words."""
    return DecisionFacts(
        reference=row.reference,
        organisation=label(arrangement, row.organisation),
        title=row.title,
        maker=label(arrangement, row.maker),
        clause=row.clause,
        made=datetime.fromisoformat(row.made_at),
        record=row.record,
        public_text=public_text,
        kept_back=kept,
        holds_from=row.retrospective_from,
    )


def _late(arrangement: Arrangement, row: Decision, on: date) -> str:
    """What is said for ever of a record made public after its own rules' last day."""
    due = half_of(arrangement, row).publish_by
    if due is None or on <= due:
        return ""
    return f"published on {in_words(on)}; it was due by {in_words(due)}"


def _kept_back(row: Decision, arrangement: Arrangement) -> str:
    """Under which law it is kept back: as the matter says, or the meeting's own resolution."""
    rows = list(_exempt(row, arrangement))
    return " ".join(dict.fromkeys(kept_back(one) for one in rows)) or kept_back(None)


def _exempt(row: Decision, arrangement: Arrangement) -> Iterator[Exempt]:
    outcome = row.outcome
    if outcome.matter_version is not None:
        text = read_matter(outcome.matter_version.text, arrangement).matter
        yield from text.exempt.values() if text else ()
    if outcome.meeting is not None:
        found = at_meeting(outcome.meeting).record.exclusions.get(outcome.item)
        if found is not None:
            yield Exempt(
                paragraph=NOT_STATED if found.paragraph is None else found.paragraph,
                confidential=found.confidential, outweighs=found.outweighs or NOT_STATED,
            )  # fmt: skip
