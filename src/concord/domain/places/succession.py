"""Who stands in whose place when organisations end, split and merge (LANGUAGE, "As of a date")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concord.domain.findings import Authority

EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Succession:
    """From `on`, `to` stands in the place of `from_`; a split or a merger is several rows.

    `carries` names the agreements and delegations that pass on; `("everything",)` is all of them,
    `()` none, and None says that the text does not state it.
    """

    from_: str
    to: str
    on: date
    carries: tuple[str, ...] | None = None
    clause: str = ""
    source: tuple[str, ...] = ()
    proposed: bool = False
    line: int = 0

    @property
    def authority(self) -> Authority:
        return Authority(self.clause, self.source, proposed=self.proposed)
