"""Whom a place serves, counted on a basis and a vintage, and whom an arrangement leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from concord.domain.language.kinds import ref, share, words
from concord.domain.language.tables import Row, key
from concord.domain.language.values import NOT_STATED, NotStated, Share, holds_on


class Basis(StrEnum):
    """How people are counted: by home, by practice, by practice and need, by workplace."""

    RESIDENT = "resident"
    REGISTERED = "registered"
    WEIGHTED = "weighted"
    WORKERS = "workers"


@dataclass(frozen=True, slots=True)
class Population:
    """How many people, of what, on which basis, as counted when.

    `vintage` is the date or edition of the count ("mid-2015", "2022-based"): two counts of
    different vintage or basis are never compared or added.
    """

    of: str
    basis: Basis
    number: int | NotStated
    vintage: str
    source: tuple[str, ...] = ()

    def comparable(self, other: Population) -> bool:
        return (self.basis, self.vintage) == (other.basis, other.vintage)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCovered(Row):
    """People of a place whom its arrangement does not reach.

    `share` is their part of the place's people; `commissioner` is whoever buys their care instead.
    """

    who: str = key(words(), required=True)
    share: Share | NotStated = key(share(), default=NOT_STATED)
    commissioner: str | NotStated = key(ref("organisation"), default=NOT_STATED)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of a place's people an arrangement reaches: exact, or at most, or not stated."""

    at_least: Fraction
    at_most: Fraction

    @property
    def share(self) -> Fraction | None:
        """The share when it is known exactly; None when it is not stated."""
        return self.at_least if self.at_least == self.at_most else None


def who_is_not_covered(
    groups: Iterable[NotCovered] | NotStated | None, on: date
) -> tuple[NotCovered, ...]:
    """The groups that are or may be left out on that day, the largest known share first."""
    rows = () if groups is None or isinstance(groups, NotStated) else tuple(groups)
    now = [g for g in rows if holds_on(g.starts, g.ends, on) is not False]
    return tuple(sorted(now, key=lambda g: -_least(g)))


def coverage(groups: Iterable[NotCovered] | NotStated | None, on: date) -> Coverage:
    """How much of the place is covered on that day, taking the groups to be apart.

    A group that may be left out, or whose share is not stated, leaves only bounds. A text that
    names no group at all does not say that everyone is covered. ValueError when the stated
    shares come to more than everyone.
    """
    groups = () if groups is None or isinstance(groups, NotStated) else tuple(groups)
    if not groups:
        return Coverage(Fraction(0), Fraction(1))
    left_out = who_is_not_covered(groups, on)
    certain = [g for g in left_out if holds_on(g.starts, g.ends, on)]
    most = sum((_least(g) for g in certain), Fraction(0))
    if most > 1:
        raise ValueError("the groups left out come to more than everyone")
    if any(isinstance(g.share, NotStated) for g in left_out):
        return Coverage(Fraction(0), 1 - most)
    every = sum((_least(g) for g in left_out), Fraction(0))
    return Coverage(max(Fraction(0), 1 - every), 1 - most)


def total(populations: Iterable[Population]) -> int | NotStated:
    """The sum of counts on one basis and vintage; not stated where any of them is not.

    ValueError for counts that may not be added.
    """
    rows = tuple(populations)
    if any(not rows[0].comparable(row) for row in rows[1:]):
        raise ValueError("counts on different bases or of different vintages do not add up")
    numbers = [row.number for row in rows if not isinstance(row.number, NotStated)]
    return sum(numbers) if len(numbers) == len(rows) else NOT_STATED


def _least(group: NotCovered) -> Fraction:
    return group.share.fraction if isinstance(group.share, Share) else Fraction(0)
