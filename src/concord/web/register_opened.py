"""One entry of the register as its page needs it: the outcome, its halves, what is public of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.http import Http404, HttpRequest
from django.utils.timezone import localtime

from concord.commands.effects import effect_of
from concord.commands.meetings_read import arrangement_in
from concord.documents.decision_record import public_part
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.effects import HalfEffect, JointEffect
from concord.records.models import Decision, Outcome, Publication
from concord.records.published_decisions import records_of
from concord.web.decisions import may_here
from concord.web.naming import Names
from concord.web.places import Opened, opened
from concord.web.register_rows import WITHOUT


@dataclass(frozen=True, slots=True)
class OpenedOutcome:
    """An outcome at a moment; `clerk` says whether who reads may record what becomes of it."""

    it: Opened
    outcome: Outcome
    rows: tuple[Decision, ...]
    effect: JointEffect | None
    arrangement: Arrangement
    names: Names
    papers: dict[str, list[Publication]]
    at: datetime
    clerk: bool

    @property
    def on(self) -> date:
        return self.at.date()

    def half(self, row: Decision) -> HalfEffect:
        assert self.effect is not None  # noqa: S101 - there is one wherever there are rows
        return self.effect.of(row.organisation)

    def paper(self, row: Decision) -> Publication | None:
        """The record that is public now."""
        return next(iter(self.papers.get(row.reference, [])), None)

    def reads(self, row: Decision) -> bool:
        """Whether the reasons may be read: the record is public, or the reader keeps it."""
        return self.clerk or row.reference in self.papers

    def record(self, row: Decision) -> dict[str, object]:
        """What may be read of a record by whoever reads."""
        if self.clerk:
            return dict(row.record)
        paper = self.paper(row)
        kept = public_part(row.record, str(paper.details.get("public_text", "")) if paper else "")
        if paper is None:
            for name in ("text", "reasons", "rejected", "conflicts", "dispensations", "consulted"):
                kept.pop(name, None)
        return kept

    def kept_back(self, row: Decision) -> str:
        """The law that keeps a private decision back; empty where nothing is."""
        paper = self.paper(row)
        if not row.record.get("private"):
            return ""
        said = str(paper.details.get("kept_back", "")) if paper else ""
        return said or "Not for publication."


def opened_outcome(request: HttpRequest, place: str, reference: str) -> OpenedOutcome:
    """The entry of that reference; 404 where there is none, or where it is not public yet."""
    it = opened(request, place)
    outcome = _outcome(place, reference)
    at = moment_of(it.on, request)
    arrangement = arrangement_in(outcome.arrangement.sha256, outcome.arrangement.text)
    effect, rows = effect_of(outcome, at)
    clerk = may_here(request, place, "decisions.record")
    for row in rows:
        row.outcome = outcome
    papers = records_of(rows)
    if rows and not clerk and not outcome.meeting_id and not papers:
        raise Http404("a decision between meetings is public once its record is")
    return OpenedOutcome(
        it, outcome, rows, effect if rows else None, arrangement, Names(arrangement, outcome.on),
        papers, at, clerk,
    )  # fmt: skip


def _outcome(place: str, reference: str) -> Outcome:
    number = reference.removeprefix(WITHOUT)
    rows = Outcome.objects.select_related("arrangement", "meeting").filter(place=place)
    if reference.startswith(WITHOUT) and number.isascii() and number.isdigit() and len(number) < 19:
        found = rows.filter(pk=int(number), decisions=None).first()
    else:
        found = rows.filter(decisions__reference=reference).first()
    if found is None:
        raise Http404(f"the register of {place} has no {reference}")
    return found


def moment_of(on: date, request: HttpRequest) -> datetime:
    """Now by the clock on the wall, or the end of another day that is asked about."""
    now = localtime().replace(tzinfo=None, microsecond=0)
    asked = request.GET.get("on") or request.GET.get("on-day")
    return datetime.combine(on, time(23, 59)) if asked and on != now.date() else now
