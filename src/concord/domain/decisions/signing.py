"""The states of a sign-off and what moves it from one to the next, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from concord.domain.agreements.labels import listed
from concord.domain.calendar import in_words
from concord.domain.decisions.report import SignOff

NOTHING: Mapping[str, str] = MappingProxyType({})


class Move(StrEnum):
    """What somebody does to a sign-off."""

    ASKED = "asked"
    SIGNED = "signed"
    HELD = "held"
    RESTARTED = "restarted"
    SENT_BACK = "sent back"
    HANDED_OVER = "handed over"
    REVOKED = "taken back"


class State(StrEnum):
    """Where a sign-off stands. The last three follow from the day and the text, not from a move."""

    NOT_ASKED = "not asked"
    WAITING = "waiting"
    ON_HOLD = "on hold"
    SIGNED = "signed"
    SENT_BACK = "sent back"
    NOT_YET = "not its turn"
    LATE = "late"
    REOPENED = "reopened"


MOVES: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.NOT_ASKED, Move.ASKED): State.WAITING,
        (State.NOT_ASKED, Move.SIGNED): State.SIGNED,  # early: nobody has to wait to be asked
        (State.WAITING, Move.SIGNED): State.SIGNED,
        (State.WAITING, Move.HELD): State.ON_HOLD,
        (State.WAITING, Move.SENT_BACK): State.SENT_BACK,
        (State.WAITING, Move.HANDED_OVER): State.WAITING,
        (State.ON_HOLD, Move.RESTARTED): State.WAITING,
        (State.SENT_BACK, Move.ASKED): State.WAITING,
        (State.SIGNED, Move.ASKED): State.WAITING,  # asked again, where the text has changed
        (State.SIGNED, Move.SIGNED): State.SIGNED,
        (State.SIGNED, Move.REVOKED): State.WAITING,  # by whoever signed, with the reason
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """What somebody did: to which role's sign-off (all of them where it is empty), when, why.

    `parts` is what was signed, as `what_is_signed` gave it; without it a change reopens nothing.
    """

    role: str
    move: Move
    on: date
    by: str = ""
    words: str = ""
    parts: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one sign-off stands on a day; `base` is its state by moves alone."""

    role: str
    who: str
    label: str
    state: State
    base: State
    alternate: str = ""
    delegable: bool | None = True
    handed_over: bool = False
    taken_back: bool = False
    early: bool = False
    began: date | None = None
    due: date | None = None
    days_late: int = 0
    signed_on: date | None = None
    last_by: str = ""
    changed: tuple[str, ...] = ()
    why: str = ""
    row: SignOff

    @property
    def done(self) -> bool:
        return self.state is State.SIGNED

    @property
    def says(self) -> str:
        """Where it stands, in a sentence."""
        by = f" It is due by {in_words(self.due)}." if self.due else ""
        if self.taken_back:
            by = f" The signature was taken back: {self.why.rstrip('.')}.{by}"
        if self.state is State.SIGNED and self.signed_on:
            early = ", before its turn" if self.early else ""
            return f"{self.role}: {self.label} signed on {in_words(self.signed_on)}{early}."
        if self.state is State.REOPENED:
            parts = listed(list(self.changed))
            return f"{self.role}: {self.label} signed, and {parts} has changed since.{by}"
        if self.state is State.LATE:
            many = "day" if self.days_late == 1 else "days"
            return f"{self.role}: {self.label} is {self.days_late} working {many} late.{by}"
        if self.state in (State.ON_HOLD, State.SENT_BACK):
            return f"{self.role}: {self.state} by {self.last_by or self.label}: {self.why}."
        return f"{self.role}: {self.label}, {self.state}.{by}"
