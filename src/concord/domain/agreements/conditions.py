"""Conditions: one vocabulary for everything that depends on someone (docs/language.md, 3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concord.domain.findings import Authority
from concord.domain.language.kinds import Reads, number, ref, refs, silent, words, yes_or_no
from concord.domain.language.reading import At, nearest
from concord.domain.language.tables import Row, expect_table, key, read_row
from concord.domain.language.values import NotStated

WHO = ("organisation", "post", "body", "seat", "chair")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedBy(Row):
    """Each named has agreed; for a seat every holder, or at least so many."""

    agreed_by: tuple[str, ...] = key(refs(*WHO), required=True)
    at_least: int | None = key(number())
    personally: bool = key(yes_or_no(), default=False)
    in_writing: bool = key(yes_or_no(), default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted(Row):
    """Each was consulted and the outcome recorded; the decision stays the delegate's."""

    consulted: tuple[str, ...] = key(refs(*WHO), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendedBy(Row):
    """Each has recommended it."""

    recommended_by: tuple[str, ...] = key(refs(*WHO), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedAt(Row):
    """At a quorate meeting of the body, by its own way of deciding."""

    carried_at: str = key(ref("body"), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMeetingOf(Row):
    """At a quorate meeting of the body."""

    at_meeting_of: str = key(ref("body"), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Row):
    """An earlier decision so labelled exists."""

    decided: str = key(words(), required=True)
    by: tuple[str, ...] = key(refs(*WHO), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce(Row):
    """A term of the agreement is running and was signed by that day."""

    in_force: str = key(ref("agreement"), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinBudget(Row):
    """The matter is within an agreed budget version."""

    within_budget: bool = key(yes_or_no(), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeutralFor(Row):
    """The matter costs the organisation nothing net."""

    neutral_for: str = key(ref("organisation"), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Met(Row):
    """Evidence so labelled is recorded as met."""

    met: str = key(words(), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf(Row):
    """One of the conditions is met."""

    any_: tuple[Condition, ...] = key(lambda raw, at: conditions()(raw, at), required=True)


@dataclass(frozen=True, slots=True)
class Unknown:
    """The source is silent on the conditions, or on one of them."""

    authority: Authority


Condition = (
    AgreedBy | Consulted | RecommendedBy | CarriedAt | AtMeetingOf | Decided
    | InForce | WithinBudget | NeutralFor | Met | AnyOf | Unknown
)  # fmt: skip

KINDS: dict[str, type[Row]] = {
    "agreed_by": AgreedBy, "consulted": Consulted, "recommended_by": RecommendedBy,
    "carried_at": CarriedAt, "at_meeting_of": AtMeetingOf, "decided": Decided,
    "in_force": InForce, "within_budget": WithinBudget, "neutral_for": NeutralFor,
    "met": Met, "any": AnyOf,
}  # fmt: skip


def conditions() -> Reads:
    """A condition or a list of them, all of which must be met."""

    def read(raw: object, at: At) -> tuple[Condition, ...]:
        if raw == "none":
            return ()
        if not isinstance(raw, list):
            return tuple(_one(raw, at))
        return tuple(c for number, item in enumerate(raw) for c in _one(item, at.into(number)))

    return read


def _one(raw: object, at: At) -> list[Any]:
    if silent(raw, at):
        return [Unknown(Authority(sources=at.sources))]
    values = expect_table(raw, at)
    if values is None:
        return []
    kinds = [k for k in values if k in KINDS]
    if len(kinds) > 1:
        says = f"this says two things at once: {' and '.join(kinds)}"
        at.found(
            "text.two_kinds", says, "Write one condition in a table; a list means all of them."
        )
        return []
    if not kinds:
        given = next(iter(values), "")
        at.found(
            "text.unknown_word", f"{given!r} is not a kind of condition", nearest(given, KINDS)
        )
        return []
    row = read_row(KINDS[kinds[0]], values, at)
    if row is None or isinstance(getattr(row, kinds[0].replace("any", "any_")), NotStated):
        return [Unknown(Authority(sources=at.sources))]
    return [row]
