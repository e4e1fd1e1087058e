"""A body and its parts: seats, quorum, way of deciding, chair, remit (docs/language.md, 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from concord.domain.agreements import words as w
from concord.domain.agreements.conditions import Condition, conditions
from concord.domain.language.kinds import (
    by_name,
    counts,
    either,
    fraction,
    listing,
    number,
    ref,
    refs,
    word,
    words,
    yes_or_no,
)
from concord.domain.language.tables import Row, dated, dated_value, key, named, rows, table
from concord.domain.language.values import NOT_STATED, Dated, NotStated
from concord.domain.places.people import Mandate

WHO = ("organisation", "post", "body", "seat", "chair")


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers(Row):
    """What a delegation covers or a reservation touches: each key present narrows it."""

    functions: tuple[str, ...] | NotStated = key(refs("function"), required=True)
    acts: tuple[w.Act, ...] | NotStated | None = key(listing(word(w.Act)))
    modes: tuple[w.Mode, ...] | NotStated | None = key(listing(word(w.Mode)))
    funds: tuple[str, ...] | NotStated | None = key(listing(words()))
    agreements: tuple[str, ...] | NotStated | None = key(refs("agreement"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Row):
    """Places at a body held alike: so many drawn from a body, or the posts named."""

    name: str | NotStated | None = key(words())
    of: str | NotStated = key(ref("organisation"), default=NOT_STATED)
    number: int | NotStated | None = key(number())
    drawn_from: str | NotStated | None = key(ref("body", "organisation"))
    posts: tuple[str, ...] | NotStated = key(refs("post"), default=())
    voting: bool | NotStated = key(yes_or_no(), default=True)
    substitutes: w.Substitutes | NotStated | None = key(word(w.Substitutes))
    speaks_for: tuple[str, ...] | NotStated = key(refs("organisation"), default=())
    mandate: Mandate | NotStated | None = key(table(Mandate))

    @property
    def count(self) -> int | NotStated | None:
        """How many sit here; posts are counted where no number is given."""
        if self.number is not None:
            return self.number
        return self.posts if isinstance(self.posts, NotStated) else len(self.posts) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum(Row):
    """How many must be there for an item, and how many of each organisation."""

    number: int | NotStated | None = key(number())
    fraction: tuple[int, int] | NotStated | None = key(fraction())
    each: dict[str, int | NotStated] | NotStated | None = key(counts("organisation", "local_seat"))
    counting: w.Counting | NotStated = key(word(w.Counting), default=w.Counting.VOTING_SEATS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding(Row):
    """How a body carries an item, and what follows where it does not."""

    votes: w.Votes | NotStated = key(word(w.Votes), required=True)
    needs: w.Needs | NotStated | None = key(word(w.Needs))
    each_view: w.EachView | dict[str, w.EachView] | NotStated | None = key(
        either(dict, by_name(word(w.EachView), "organisation"), word(w.EachView))
    )
    shown_by: str | NotStated | None = key(words())
    casting: str | NotStated | None = key(ref("post", "seat", "chair"))
    otherwise: w.Otherwise | NotStated | None = key(word(w.Otherwise))
    until: tuple[Condition, ...] = key(conditions(), default=())
    takes_effect: w.TakesEffect | NotStated | None = key(word(w.TakesEffect))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair(Row):
    """Who takes the chair, and how it passes on."""

    rule: w.ChairRule | NotStated = key(word(w.ChairRule), required=True)
    who: tuple[str, ...] | NotStated | None = key(refs("post", "seat", "organisation", "body"))
    turn: w.Turn | NotStated | None = key(word(w.Turn))
    first: str | NotStated | None = key(ref("post", "seat", "organisation", "body"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Remit(Row):
    """What a body does short of deciding, and for what."""

    may: tuple[w.May, ...] | NotStated = key(listing(word(w.May)), required=True)
    covers: Covers | NotStated | None = key(table(Covers))
    text: str | NotStated | None = key(words())
    taken_from: str | NotStated | None = key(ref("body"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Row):
    """A body of one organisation or of several."""

    name: str | NotStated = key(words(), required=True)
    of: tuple[str, ...] | NotStated = key(refs("organisation"), required=True)
    legal_form: w.LegalForm | NotStated = key(word(w.LegalForm), required=True)
    under: str | NotStated | None = key(ref("agreement"))
    basis: str | NotStated | None = key(words())
    purpose: str | NotStated | None = key(words())
    replaces: tuple[str, ...] | NotStated = key(refs("body"), default=())
    reports_to: tuple[str, ...] | NotStated = key(refs("body", "organisation"), default=())
    supports: tuple[str, ...] | NotStated = key(refs("body"), default=())
    works_with: tuple[str, ...] | NotStated = key(refs("body"), default=())
    meets: Dated[str] = key(dated_value(words()), default=Dated())
    in_public: Dated[bool] = key(dated_value(yes_or_no()), default=Dated())
    seats: Mapping[str, Seat] | NotStated = key(
        named(Seat, or_silence=True), default=MappingProxyType({})
    )
    quorum: Dated[Quorum] = key(dated(Quorum), default=Dated())
    deciding: Dated[Deciding] = key(dated(Deciding), default=Dated())
    chair: Dated[Chair] = key(dated(Chair), default=Dated())
    remit: tuple[Remit, ...] | NotStated = key(rows(Remit), default=())

    @property
    def organisations(self) -> tuple[str, ...]:
        return () if isinstance(self.of, NotStated) else self.of

    @property
    def known_seats(self) -> Mapping[str, Seat]:
        return {} if isinstance(self.seats, NotStated) else self.seats

    @property
    def label(self) -> str:
        return self.id if isinstance(self.name, NotStated) else self.name
