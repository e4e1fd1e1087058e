"""One test that fails for a stop on a day, as the reader is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from concord.domain.decisions.routes.dues import Due
from concord.domain.decisions.routes.stops import Turn
from concord.domain.findings import Authority, Finding, Weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One test that fails for a stop on a day, with the day it would need.

    `of` is the other stop it concerns; `other_reading` what another way of counting would give;
    `pause` the kind of closure it falls in.
    """

    id: str
    stop: str
    line: int
    says: str
    remedy: str
    authority: Authority = field(default_factory=Authority)
    of: str = ""
    day: date | None = None
    needed: date | None = None
    how_counted: str = ""
    other_reading: str = ""
    pause: str = ""
    weight: Weight = Weight.GRAVE

    @property
    def grave(self) -> bool:
        return self.weight is Weight.GRAVE

    def as_finding(self, file: str = "") -> Finding:
        return Finding(
            self.id, self.line, self.says, self.remedy, file, self.weight, str(self.authority),
            self.authority.unverified,
        )  # fmt: skip


def conflict(
    turn: Turn, id_: str, says: str, remedy: str, day: date | None = None,
    needed: date | None = None, authority: Authority | None = None, of: str = "",
    weight: Weight = Weight.GRAVE, due: Due | None = None, other_reading: str = "", pause: str = "",
) -> Conflict:  # fmt: skip
    """A conflict of a stop; a clock's own authority and way of counting come with `due`."""
    return Conflict(
        id=id_, stop=turn.id, line=turn.line, says=says, remedy=remedy, day=day, needed=needed,
        authority=authority or (due.authority if due else Authority()), of=of, weight=weight,
        how_counted=due.step.how_counted if due else "", other_reading=other_reading,
        pause=pause,
    )  # fmt: skip
