"""Lines of a register: what is public of each outcome, and its halves with their states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from concord.domain.agreements.labels import label
from concord.records.models import Decision, Outcome
from concord.web.naming import Names
from concord.web.wording import listed, upper_first

if TYPE_CHECKING:
    from concord.web.places import Opened

WITHOUT = "outcome-"  # what the address of an outcome that made no decision begins with
_MOST = 30  # outcomes of one matter
_ALONE = "one person alone"


@dataclass(frozen=True, slots=True)
class HalfRow:
    """One organisation's half in the list: its reference, its state, and by whom."""

    reference: str
    organisation: str
    side: str
    state: str
    says: str
    by: str
    key: bool | None
    late: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One line of the register."""

    reference: str
    title: str
    on: date
    where: str
    result: str
    halves: tuple[HalfRow, ...]


def public(place: str) -> QuerySet[Outcome]:
    """What anybody may see: what a meeting did at once, one person's decision once published."""
    published = Decision.objects.filter(outcome=OuterRef("pk"), summary__published_on__isnull=False)
    return Outcome.objects.filter(place=place).filter(Q(meeting__isnull=False) | Exists(published))


def newest(place: str, number: int) -> QuerySet[Outcome]:
    """The newest entries of a register, with all that a line shows."""
    return with_halves(public(place))[:number]


def of_matter(place: str, matter: str) -> QuerySet[Outcome]:
    """What came of one matter, at every meeting that took it."""
    return with_halves(public(place).filter(matter=matter))[:_MOST]


def with_halves(rows: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """The newest first, each with its halves and no more than a line shows."""
    halves = Decision.objects.select_related("summary").order_by("organisation")
    halves = halves.defer("checked", "complete")
    return (
        rows.order_by("-on", "-pk").defer("verdict", "ballots", "text")
        .prefetch_related(Prefetch("decisions", halves))
    )  # fmt: skip


def row_of(row: Outcome, it: Opened) -> OutcomeRow:
    """One outcome as a line of the register."""
    names = it.names
    halves = sorted(_halves(row.decisions.all(), names), key=lambda h: h.side != "council")
    first = halves[0].reference if halves else f"{WITHOUT}{row.pk}"
    where = label(names.arrangement, row.body) if row.body else upper_first(_ALONE)
    return OutcomeRow(first, row.title, row.on, where, row.result, tuple(halves))


def _halves(rows: Iterable[Decision], names: Names) -> Iterable[HalfRow]:
    known = names.arrangement.organisations
    for row in rows:
        of = row.organisation
        people = listed(row.record.get("made_by", ())) or label(names.arrangement, row.maker)
        name = names.organisation(of) if of in known else of
        says = row.summary.says
        state = "called in" if says.startswith("called in") else row.summary.state
        yield HalfRow(row.reference, name, names.side(of), state, says, people, row.is_key,
                      row.summary.late)  # fmt: skip
