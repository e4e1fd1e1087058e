"""Who holds a post on a day, who belongs where, and for whom a seat may speak (002 ¶26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PostKind(StrEnum):
    """What a post is in law; a leader and an elected mayor hold executive functions themselves."""

    OFFICER = "officer"
    EXECUTIVE_MEMBER = "executive member"
    LEADER = "leader"
    ELECTED_MAYOR = "elected mayor"
    COUNCILLOR = "councillor"
    NHS_MEMBER = "NHS member"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Holding:
    """A person in a post for a time; a `name` of None says that the text does not state who."""

    name: str | None
    starts: date | None = None
    ends: date | None = None
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in an organisation, a body or a seat for a time; one person may have many."""

    person: str
    of: str
    as_: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Mandate:
    """What lets a seat speak for another organisation: a clause, with its dates."""

    clause: str
    starts: date | None = None
    ends: date | None = None
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose voices one seat carries on a day: certainly, perhaps (not stated), and not."""

    carried: tuple[str, ...]
    not_stated: tuple[str, ...] = ()
    not_carried: tuple[str, ...] = ()
