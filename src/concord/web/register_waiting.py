"""The newest of a register and what waits on call-in, for a place's front page and the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from concord.domain.decisions.call_in import moment
from concord.domain.decisions.effects import EffectState
from concord.records.models import DecisionSummary
from concord.web.register_rows import OutcomeRow, newest, row_of

if TYPE_CHECKING:
    from concord.web.places import Opened

_WAITS = (EffectState.OPEN, EffectState.ON_HOLD)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One half that call-in holds, or may: its clock, and what happens then."""

    reference: str
    title: str
    on: date | None
    says: str


@dataclass(frozen=True, slots=True)
class Newest:
    """What a front page shows of a register."""

    rows: tuple[OutcomeRow, ...]
    waiting: tuple[Waiting, ...]

    def __bool__(self) -> bool:
        return bool(self.rows)


def of_place(it: Opened, number: int = 4) -> Newest:
    """The newest entries and the halves that wait, soonest first, in three questions."""
    rows = tuple(row_of(row, it) for row in newest(it.name, number))
    held = DecisionSummary.objects.filter(place=it.name, state__in=_WAITS)
    held = held.select_related("decision").order_by("changes_at", "decision_id")
    return Newest(rows, tuple(_waiting(one) for one in held[:number]))


def _waiting(row: DecisionSummary) -> Waiting:
    at = datetime.fromisoformat(row.changes_at) if row.changes_at else None
    says = f"{row.decision.reference} is {row.state}"
    says += (
        f" until {moment(at)}, and takes effect then if nobody acts." if at else f": {row.says}."
    )
    return Waiting(row.decision.reference, row.decision.title, at.date() if at else None, says)
