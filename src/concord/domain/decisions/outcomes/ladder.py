"""A deferred item on its agreement's dispute ladder: on which rung, until when, what may follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label, listed
from concord.domain.calendar import in_words
from concord.domain.decisions.outcomes.deferral import RungDue, rungs_from
from concord.domain.findings import Answer, Reason, Verdict, all_of


class Climb(StrEnum):
    """What happens on a ladder: it is taken up, a rung passes without agreement, it is settled."""

    TAKEN_UP = "taken up the dispute ladder"
    PASSED = "a rung passed without agreement"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbed:
    """One step on a ladder as it was recorded."""

    climb: Climb
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OnLadder:
    """Where a dispute stands: its rungs by their days, the rung it is on, and whether it is over.

    `rung` counts from 1; 0 is not begun, and one more than there are is that every rung is passed.
    """

    rungs: tuple[RungDue, ...]
    rung: int
    begun: date | None
    settled: date | None

    @property
    def now(self) -> RungDue | None:
        """The rung it is on."""
        if self.settled or not 1 <= self.rung <= len(self.rungs):
            return None
        return self.rungs[self.rung - 1]


def on_ladder(arrangement: Arrangement, agreement: str, steps: Iterable[Climbed]) -> OnLadder:
    """Where a dispute stands by the steps recorded of it.

    A rung that passes early begins the next one early: the days of what follows run from then.
    """
    begun: date | None = None
    settled: date | None = None
    passed: list[date] = []
    for step in sorted(steps, key=lambda s: s.on):
        if step.climb is Climb.TAKEN_UP:
            begun, settled, passed = step.on, None, []
        elif step.climb is Climb.PASSED:
            passed.append(step.on)
        else:
            settled = step.on
    if begun is None:
        return OnLadder(rungs=(), rung=0, begun=None, settled=None)
    rungs = rungs_from(arrangement, agreement, begun)
    for number, day in enumerate(passed, start=1):
        later = rungs_from(arrangement, agreement, day, first=number + 1)
        rungs = (*rungs[:number], *later)
    return OnLadder(rungs=rungs, rung=len(passed) + 1, begun=begun, settled=settled)


def may_step(standing: OnLadder, climb: Climb, said: str, on: date) -> Verdict:
    """Whether a step follows from where a dispute stands; taking it up is `may_climb`'s."""
    return all_of(_stepping(standing, climb, said, on))


def _stepping(standing: OnLadder, climb: Climb, said: str, on: date) -> Iterator[Reason]:
    if standing.begun is None:
        yield _no("it was not taken up the dispute ladder", "Take it up first.")
        return
    if standing.settled:
        yield _no(f"it was settled on {in_words(standing.settled)}", "Nothing more is to be done.")
    elif climb is Climb.PASSED and standing.now is None:
        yield _no("its last rung has passed", "Record that it was settled, once it is.")
    else:
        yield Reason(Answer.STANDS, f"it is on rung {standing.rung}")
    if on < standing.begun:
        says = f"it was taken up on {in_words(standing.begun)}"
        yield _no(says, "Give a day from then on.")
    if not said.strip():
        yield Reason(Answer.NEEDS, "what came of it is not said", remedy="Say it.")


def _no(says: str, remedy: str) -> Reason:
    return Reason(Answer.REFUSED, says, remedy=remedy)


def who_takes(arrangement: Arrangement, rung: RungDue) -> str:
    """Those who take a rung up, by their titles."""
    return listed([label(arrangement, n) for n in rung.to]) or "those not stated"
