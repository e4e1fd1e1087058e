"""Who holds a post on a day, who belongs where, and for whom a seat may speak (002 ¶26)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from concord.domain.findings import Answer, Authority, Reason, Verdict
from concord.domain.language.kinds import words
from concord.domain.language.tables import Row, key
from concord.domain.language.values import NOT_STATED, Day, NotStated, holds_on


class PostKind(StrEnum):
    """What a post is in law; a leader and an elected mayor hold executive functions themselves."""

    OFFICER = "officer"
    EXECUTIVE_MEMBER = "executive member"
    LEADER = "leader"
    ELECTED_MAYOR = "elected mayor"
    COUNCILLOR = "councillor"
    NHS_MEMBER = "NHS member"
    OTHER = "other"

    @property
    def of_executive(self) -> bool:
        """Whether its holder is a member of a council's executive (LGA 2000 s9C)."""
        return self in (PostKind.EXECUTIVE_MEMBER, PostKind.LEADER, PostKind.ELECTED_MAYOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding(Row):
    """A person in a post for a time, named or not."""

    name: str | NotStated = key(words(), required=True, default=NOT_STATED)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post on a day: stated, or not stated with the reason."""

    name: str | None
    why: str = ""

    @property
    def stated(self) -> bool:
        return self.name is not None


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in an organisation, a body or a seat for a time; one person may have many."""

    person: str
    of: str
    seat: str = ""
    starts: Day = None
    ends: Day = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate(Row):
    """What lets a seat speak for another organisation: a clause, with its first and last day."""


Mandates = Row | Sequence[Row] | NotStated | None


class Speaks(Protocol):
    """A seat, as far as whom it speaks for: its own organisation, others, and its mandate."""

    @property
    def of(self) -> str | NotStated: ...
    @property
    def speaks_for(self) -> Sequence[str] | NotStated | None: ...
    @property
    def mandate(self) -> Mandates: ...


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose voices one seat carries on a day: certainly, perhaps (not stated), and not.

    `unnamed` says that the text does not state all whom the seat may speak for.
    """

    carried: tuple[str, ...]
    not_stated: tuple[str, ...] = ()
    not_carried: tuple[str, ...] = ()
    unnamed: bool = False

    def of(self, organisation: str) -> Answer:
        if organisation in self.carried:
            return Answer.STANDS
        if organisation in self.not_carried:
            return Answer.REFUSED
        perhaps = self.unnamed or organisation in self.not_stated
        return Answer.NOT_STATED if perhaps else Answer.REFUSED


_STYLES = ("Councillor ", "Cllr ")


def same_person(one: str | None, other: str | None) -> bool:
    """Whether two names are of one person, a councillor's style of address aside; no name is none.

    A text may say Councillor Brooke of a post where a record says Brooke of whoever voted.
    """
    return bool(one) and bool(other) and _plain(one or "") == _plain(other or "")


def _plain(name: str) -> str:
    for style in _STYLES:
        name = name.removeprefix(style)
    return name.strip()


def holder_on(held_by: Sequence[Holding] | str | NotStated | None, on: date) -> Holder:
    """Who holds a post on that day; a day that no row covers is not stated, never a vacancy.

    A row that may or may not hold on that day leaves the holder not stated.
    """
    if isinstance(held_by, str):
        return Holder(held_by)
    rows = () if held_by is None or isinstance(held_by, NotStated) else held_by
    certain = [h for h in rows if holds_on(h.starts, h.ends, on)]
    if len(certain) > 1:
        return Holder(None, "the text puts more than one person in this post")
    if certain:
        name = certain[0].name
        if isinstance(name, NotStated):
            return Holder(None, "the text knows of a holder and does not name one")
        return Holder(name)
    if any(holds_on(h.starts, h.ends, on) is None for h in rows):
        return Holder(None, "the text does not state from when to when this post was held")
    when = f" on {on.isoformat()}" if rows else ""
    return Holder(None, f"the text names nobody in this post{when}")


def organisations_of(of: str, acts_for: Iterable[str] | NotStated | None = ()) -> tuple[str, ...]:
    """Every organisation a post certainly acts for: its own, and those of a joint appointment."""
    others = () if isinstance(acts_for, NotStated) else tuple(acts_for or ())
    return tuple(dict.fromkeys((of, *others)))


def acts_for(of: str, others: Iterable[str] | NotStated | None, organisation: str) -> Answer:
    """Whether a post acts for an organisation; not stated where a joint appointment is not."""
    if organisation in organisations_of(of, others):
        return Answer.STANDS
    return Answer.NOT_STATED if isinstance(others, NotStated) else Answer.REFUSED


def memberships_of(rows: Iterable[Membership], person: str, on: date) -> tuple[Membership, ...]:
    """Everywhere a person certainly belongs on that day: who prepares may also be who decides."""
    return tuple(m for m in rows if m.person == person and holds_on(m.starts, m.ends, on))


def members_of(rows: Iterable[Membership], of: str, on: date) -> tuple[str, ...]:
    """Everyone who certainly belongs to a body or an organisation on that day, each once."""
    held = (m.person for m in rows if m.of == of and holds_on(m.starts, m.ends, on))
    return tuple(dict.fromkeys(held))


def voices_of(seat: Speaks, on: date) -> Voices:
    """Whose voices a seat carries on that day.

    Its own always. Those it speaks for while a mandate is in force, perhaps where the mandate is
    not stated, and not outside its days or where there is none.
    """
    own = () if isinstance(seat.of, NotStated) else (seat.of,)
    named = () if isinstance(seat.speaks_for, NotStated) else tuple(seat.speaks_for or ())
    others = tuple(name for name in dict.fromkeys(named) if name not in own)
    answer = _mandated(seat.mandate, on)
    silent = isinstance(seat.of, NotStated) or (
        isinstance(seat.speaks_for, NotStated) and answer is not Answer.REFUSED
    )
    if answer is Answer.STANDS:
        return Voices((*own, *others), unnamed=silent)
    if answer is Answer.NOT_STATED:
        return Voices(own, not_stated=others, unnamed=silent)
    return Voices(own, not_carried=others, unnamed=silent)


def may_speak_for(seat: Speaks, organisation: str, on: date) -> Verdict:
    """Whether a seat carries an organisation's voice on that day, with the reason."""
    answer = voices_of(seat, on).of(organisation)
    rows = _rows(seat.mandate)
    held = [m for m in rows if holds_on(m.starts, m.ends, on)]
    authority = (held or rows)[-1].authority if held or rows else Authority()
    if answer is Answer.STANDS:
        own = organisation == seat.of
        says = f"the seat is {organisation}'s own" if own else (
            f"a mandate to speak for {organisation} is in force"
        )  # fmt: skip
        return _one(Reason(answer, says, Authority() if own else authority))
    remedy = f"Record the clause and the days by which {organisation} gave a mandate."
    if answer is Answer.NOT_STATED:
        says = f"a mandate to speak for {organisation} is not stated"
        return _one(Reason(answer, says, authority, remedy))
    says = f"no mandate to speak for {organisation} is in force on {on.isoformat()}"
    return _one(Reason(answer, says, authority, remedy))


def _one(reason: Reason) -> Verdict:
    return Verdict(reason.answer, (reason,))


def _rows(mandate: Mandates) -> tuple[Row, ...]:
    if mandate is None or isinstance(mandate, NotStated):
        return ()
    return (mandate,) if isinstance(mandate, Row) else tuple(mandate)


def _mandated(mandate: Mandates, on: date) -> Answer:
    if isinstance(mandate, NotStated):
        return Answer.NOT_STATED
    answers = {True: Answer.STANDS, None: Answer.NOT_STATED, False: Answer.REFUSED}
    held = (answers[holds_on(m.starts, m.ends, on)] for m in _rows(mandate))
    return max(held, default=Answer.REFUSED)
