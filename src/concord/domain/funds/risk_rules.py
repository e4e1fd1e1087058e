"""A risk rule: which variances, how added up, how much, who bears it, if whom asked.

docs/language.md, section 5.1. Five choices give every published risk share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from concord.domain.agreements.conditions import Condition, conditions
from concord.domain.agreements.words import Mode
from concord.domain.language.kinds import Reads, amount, listing, ref, refs, share, silent, word
from concord.domain.language.kinds import words as said_words
from concord.domain.language.reading import At, nearest
from concord.domain.language.tables import Row, key, read_row, table
from concord.domain.language.values import NOT_STATED, NotStated, Share


class On(StrEnum):
    """Which sign of a net position a rule is about."""

    OVERSPEND = "overspend"
    UNDERSPEND = "underspend"
    EITHER = "either"


class Net(StrEnum):
    """How wide a rule adds variances up; the penny is rounded there too."""

    LINE = "line"
    SCHEME = "scheme"
    FUND = "fund"
    AGREEMENT = "agreement"


class Cause(StrEnum):
    """Why a line varies from its budget."""

    DEMAND = "demand"
    PRICE = "price"
    COMPLEXITY = "complexity"
    TIMING = "timing"
    BREACH = "breach"
    UNAUTHORISED_SPEND = "unauthorised spend"
    CONTRIBUTION_NOT_PAID = "contribution not paid"
    MANAGEMENT_ACTION = "management action"
    WINDFALL = "windfall"
    OTHER = "other"


class Silence(StrEnum):
    """What follows where nobody has decided yet."""

    WAITS = "waits"
    PASSES_ON = "passes on"


class AsAgreed(StrEnum):
    """Which version of the contributions: the first agreed, or the one the variance cites."""

    FIRST = "as first agreed"
    LAST = "as last agreed"


class Falls(StrEnum):
    """Where a variance falls, where one word says it."""

    LEAD = "lead"
    HOST = "host"
    AT_FAULT = "partner at fault"
    LINE_SHARE = "agreed share of the line"
    COMMISSIONED = "share commissioned"
    AS_DECIDED = "as decided"
    NO_ONE = "no one"


def weights() -> Reads:
    """Whole numbers of nothing or more by partner, not all of them nothing."""

    def read(raw: object, at: At) -> Any:
        if silent(raw, at):
            return NOT_STATED
        if not isinstance(raw, dict) or not raw:
            at.found("text.wrong_type", "weights by partner are needed here", _AS_RATIO)
            return NOT_STATED
        for name in raw:
            at.into(name).refers(name, ("organisation",))
        found = {name: _weight(value, at.into(name)) for name, value in raw.items()}
        if all(value == 0 for value in found.values()):
            says = "the weights sum to nothing, so nobody would bear anything"
            at.found("risk.weights_sum_to_nothing", says, _AS_RATIO)
            return NOT_STATED
        return found

    return read


_AS_RATIO = "As { council = 55, icb = 45 }."


def _weight(raw: object, at: At) -> int | NotStated:
    if silent(raw, at):
        return NOT_STATED
    if isinstance(raw, int) and not isinstance(raw, bool):
        if raw >= 0:
            return raw
        at.found("risk.weight_below_zero", f"a weight of {raw} is below zero", _AS_RATIO)
        return NOT_STATED
    at.found("text.wrong_type", "a whole number from 0 is needed here", _AS_RATIO)
    return NOT_STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class ByRatio(Row):
    """In the ratio agreed, not one recomputed."""

    ratio: Mapping[str, int | NotStated] | NotStated = key(weights(), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByContributions(Row):
    """In proportion to contributions to the rule's lines; `among` leaves the others out."""

    contributions: AsAgreed | NotStated = key(word(AsAgreed), required=True)
    among: tuple[str, ...] | NotStated | None = key(refs("organisation"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetIn(Row):
    """Met by opposite variances in these funds, in the order named."""

    offset_in: tuple[str, ...] | NotStated = key(refs("fund"), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReserve(Row):
    """An overspend draws on the reserve as far as it goes; an underspend goes into it."""

    reserve: str | NotStated = key(ref("reserve"), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class UncommittedIn(Row):
    """Met by cutting what is not yet committed in these funds, in the order named."""

    uncommitted_in: tuple[str, ...] | NotStated = key(refs("fund"), required=True)


FallsTo = Falls | ByRatio | ByContributions | OffsetIn | ToReserve | UncommittedIn | NotStated

TABLES: Mapping[str, type[Row]] = {
    "ratio": ByRatio, "contributions": ByContributions, "offset_in": OffsetIn,
    "reserve": ToReserve, "uncommitted_in": UncommittedIn,
}  # fmt: skip
_word = word(Falls)


def falls_to() -> Reads:
    """One word, or a table whose one kind is its key."""

    def read(raw: object, at: At) -> Any:
        if not isinstance(raw, dict):
            return _word(raw, at)
        kinds = [k for k in raw if k in TABLES]
        if len(kinds) > 1:
            says = f"this says two things at once: {' and '.join(kinds)}"
            at.found("text.two_kinds", says, "Write one kind; a second rule says what follows.")
            return NOT_STATED
        if not kinds:
            given = str(next(iter(raw), ""))
            says = f"{given!r} is not a kind of share"
            at.found("text.unknown_word", says, nearest(given, [*TABLES, *map(str, Falls)]))
            return NOT_STATED
        return read_row(TABLES[kinds[0]], raw, at) or NOT_STATED

    return read


def _part(raw: object, at: At) -> Any:
    """Money or a share of budget or contribution, neither below zero."""
    if isinstance(raw, str) and "%" in raw:
        found = share()(raw, at)
        if isinstance(found, Share) and not found.of:
            says = f"{raw!r} does not say of what"
            at.found("text.not_a_share", says, 'As "2% of budget" or "10% of contribution".')
            return NOT_STATED
        return found
    found = amount()(raw, at)
    if isinstance(found, int) and found < 0:
        what = "cap" if "cap" in at.path else "takes"
        says = f"{raw} is below zero"
        at.found(f"risk.{what}_below_zero", says, 'As "£120,000"; without the key, there is none.')
        return NOT_STATED
    return found


def takes() -> Reads:
    """`all`, which is None, money, or a share: a width and not a threshold."""
    return lambda raw, at: None if raw == "all" else _part(raw, at)


def cap() -> Reads:
    """One cap for every partner, or one each by name; a partner not named has none."""

    def read(raw: object, at: At) -> Any:
        if raw == "none":
            return None
        if not isinstance(raw, dict):
            return _part(raw, at)
        for name in raw:
            at.into(name).refers(name, ("organisation",))
        return {name: _part(value, at.into(name)) for name, value in raw.items()}

    return read


Part = int | Share | NotStated
Names = tuple[str, ...] | NotStated | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Which(Row):
    """Which variances a rule is about: all keys must match, each by any of its words."""

    funds: Names = key(refs("fund"))
    schemes: Names = key(refs("scheme"))
    lines: Names = key(refs("line"))
    modes: tuple[Mode, ...] | NotStated | None = key(listing(word(Mode)))
    funding: Names = key(refs("funding"))
    marks: Names = key(refs("mark"))
    leads: Names = key(refs("organisation"))
    causes: tuple[Cause, ...] | NotStated | None = key(listing(word(Cause)))
    approved_beforehand_by: Names = key(refs("post", "body", "organisation"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRule(Row):
    """One rule of an ordered risk share.

    `takes` of None is all; a `cap` of None is none; `cap_at` of None is `net`.
    """

    id_: str | NotStated | None = key(said_words())
    on: On | NotStated = key(word(On), required=True)
    of: Which | NotStated | None = key(table(Which))
    net: Net | NotStated = key(word(Net), required=True)
    takes: Part | None = key(takes())
    falls_to: FallsTo = key(falls_to(), required=True)
    cap: Part | Mapping[str, Part] | None = key(cap())
    cap_at: Net | NotStated | None = key(word(Net))
    provided: tuple[Condition, ...] = key(conditions(), default=())
    silence: Silence | NotStated | None = key(word(Silence))

    @property
    def number(self) -> int:
        """Its place in the order, from 1."""
        return int(self.path[-1]) + 1 if self.path and isinstance(self.path[-1], int) else 1

    @property
    def label(self) -> str:
        """The name a decision calls it by: its id, else its place in the order."""
        return self.id_ if isinstance(self.id_, str) else f"rule {self.number}"

    @property
    def asks(self) -> bool:
        """Whether somebody has to decide before it applies."""
        return bool(self.provided) or self.falls_to is Falls.AS_DECIDED
