"""What is to be decided, and what is known to have happened when the question is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from concord.domain.agreements.words import Act, Mode
from concord.domain.language.values import NotStated

NOBODY: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to be decided, by its facts.

    `amount` is in pence; None is no money at all, which any limit admits, and NotStated an unknown
    amount. `within_budget` is None where nobody has said. An empty `modes` is silence on the money.
    """

    functions: tuple[str, ...]
    act: Act | None = None
    amount: int | NotStated | None = None
    modes: tuple[Mode, ...] = ()
    funds: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    within_budget: bool | None = None
    neutral_for: frozenset[str] = frozenset()
    wards: int | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """The holders of one seat at one item: how many are there, by substitute, for and against."""

    present: int = 0
    substitutes: int = 0
    for_: int = 0
    against: int = 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A body's meeting at one item, after withdrawals; `casting` is how a casting vote was cast."""

    body: str
    seats: Mapping[str, Sitting] = field(default_factory=lambda: MappingProxyType({}))
    casting: bool | None = None

    def at(self, seat: str) -> Sitting:
        return self.seats.get(seat, Sitting())


@dataclass(frozen=True, slots=True)
class Facts:
    """What is recorded. `asked_before` is a question put before anything has happened.

    Once facts are given, what is not among them did not happen. `decided` maps the label of an
    earlier decision to whoever took it, or to each of several who did; empty where nobody says.
    """

    meeting: Meeting | None = None
    agreed: frozenset[str] = frozenset()
    personally: frozenset[str] = frozenset()
    in_writing: frozenset[str] = frozenset()
    consulted: frozenset[str] = frozenset()
    recommended: frozenset[str] = frozenset()
    decided: Mapping[str, str | tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    met: frozenset[str] = frozenset()
    asked_before: bool = False

    def takers(self, label: str) -> tuple[str, ...]:
        """Everyone recorded as having taken the decision so labelled."""
        taken = self.decided.get(label, "")
        return tuple(t for t in ((taken,) if isinstance(taken, str) else taken) if t)


BEFORE = Facts(asked_before=True)
