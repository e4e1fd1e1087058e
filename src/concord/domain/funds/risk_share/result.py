"""What came of a risk share: who bears what, what waits, what nobody owns, and how it was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from concord.domain.findings import Finding
from concord.domain.funds.allocation import Allocation
from concord.domain.funds.risk_rules import RiskRule
from concord.domain.funds.risk_share.plan import Destination, Leave


@dataclass(frozen=True, slots=True)
class Held:
    """An amount in pence that one rule holds, and why."""

    rule: str
    group: str
    amount: int
    why: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """A partner's share, its cap and what is over the cap and passes on, in pence."""

    partner: str
    share: int
    cap: int
    over: int


@dataclass(frozen=True, slots=True)
class Working:
    """One rule at one group: what it found, netted, took, shared, capped and passed on.

    `found` is what each line had left; `netted` is how much of each sign cancelled. `drew` says
    what each pot gave, by the pot's name.
    """

    rule: RiskRule
    group: str
    found: tuple[tuple[str, int], ...]
    net: int
    netted: int
    leave: Leave
    destination: Destination
    taken: int = 0
    who: tuple[str, ...] = ()
    split: Allocation | None = None
    stopped: tuple[Stopped, ...] = ()
    drew: tuple[tuple[str, int], ...] = ()
    why: str = ""
    width: int | None = None

    @property
    def passes_on(self) -> int:
        return self.net - self.taken + sum(s.over for s in self.stopped)


@dataclass(frozen=True, slots=True)
class RiskResult:
    """Every part of an answer, in pence, over positive. The parts add up to the variances.

    `reserves` is drawn (positive) or put in (negative); `cut` by fund; `outside` by lead. `met` is
    how much of overspends was met by underspends, which is no part: both sides are gone.
    """

    total: int
    borne: Mapping[str, int]
    reserves: Mapping[str, int]
    cut: Mapping[str, int]
    waiting: tuple[Held, ...]
    no_one: int
    not_stated: tuple[Held, ...]
    outside: Mapping[str, int]
    met: int
    trail: tuple[Working, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def parts(self) -> int:
        """The sum of every part, which is the sum of the variances."""
        by_name = (self.borne, self.reserves, self.cut, self.outside)
        held = (*self.waiting, *self.not_stated)
        return (
            sum(sum(part.values()) for part in by_name) + sum(h.amount for h in held) + self.no_one
        )


def difference(now: Mapping[str, int], posted: Mapping[str, int]) -> dict[str, int]:
    """What to post in a year so that all postings add up to the cumulative position."""
    names = dict.fromkeys([*now, *posted])
    return {name: now.get(name, 0) - posted.get(name, 0) for name in names}
