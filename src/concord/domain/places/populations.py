"""Whom a place serves, counted on a basis and a vintage, and whom an arrangement leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Basis(StrEnum):
    """How people are counted: by home, by practice, by practice and need, by workplace."""

    RESIDENT = "resident"
    REGISTERED = "registered"
    WEIGHTED = "weighted"
    WORKERS = "workers"


@dataclass(frozen=True, slots=True)
class Population:
    """How many people, of what, on which basis, as counted when; None is not stated."""

    of: str
    basis: Basis
    number: int | None
    vintage: str
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotCovered:
    """People of a place whom its arrangement does not reach; a `share` of None is not stated."""

    who: str
    share: Fraction | None = None
    commissioner: str | None = None
    starts: date | None = None
    ends: date | None = None
    source: tuple[str, ...] = ()
    line: int = 0
