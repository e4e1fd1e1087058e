"""The report as one record of parts, from which every partner's paper is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from concord.domain.decisions import words as w
from concord.domain.decisions.prose import cells, kept_back, meanings, prose, stated
from concord.domain.language.kinds import by_word, day, listing, number, ref, word, words, yes_or_no
from concord.domain.language.tables import Row, key, rows, table
from concord.domain.language.values import Day, NotStated

WHO = ("post", "body", "organisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable(Row):
    """A table: its columns, its rows of cells, and the totals its source prints, which are checked.

    A cell is words, a whole number in the table's `unit`, or "" for nil; `total` names the row that
    is the sum of those above it, `sum_of` the columns of which the last is the sum.
    """

    title: str = key(stated(prose(), ""), required=True, default="")
    columns: tuple[str, ...] = key(stated(listing(prose()), ()), required=True, default=())
    rows: tuple[tuple[str | int, ...], ...] = key(stated(cells(), ()), required=True, default=())
    unit: str | None = key(stated(prose(), None))
    total: str | None = key(stated(prose(), None))
    sum_of: tuple[str, ...] = key(stated(listing(words()), ()), default=())
    row_headers: bool = key(stated(yes_or_no(), True), default=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Row):
    """Who gave advice on a part, and when: a named officer or initials, as the paper shows it."""

    by: str | NotStated | None = key(words())
    initials: str | NotStated | None = key(words())
    on: Day = key(day())


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Row):
    """One part: its kind, its text in paragraphs, tables and inner parts.

    `text` is Markdown: paragraphs and lists; `{name}` stands for a live value. `nil` is the reason
    why there is nothing to say, which is an answer and not a blank. `counted` is how many things
    the text says its list holds.
    """

    kind: w.PartKind | NotStated | None = key(word(w.PartKind))
    id_: str = key(stated(prose(), ""), default="")
    heading: str | None = key(stated(prose(), None))
    text: str = key(stated(prose(), ""), default="")
    nil: str | NotStated | None = key(prose())
    comment: Comment | NotStated | None = key(table(Comment))
    tables: tuple[FigureTable, ...] = key(stated(rows(FigureTable), ()), default=())
    counted: int | None = key(stated(number(), None))
    exempt: str | None = key(kept_back())
    parts: tuple[Part, ...] = key(stated(lambda raw, at: rows(Part)(raw, at), ()), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Row):
    """What one stop's body is asked to do, in its own words, with points beneath."""

    to: str | NotStated = key(ref("stop"), required=True)
    verb: w.Verb | NotStated = key(word(w.Verb), required=True)
    text: str = key(stated(prose(), ""), required=True, default="")
    points: tuple[str, ...] = key(stated(listing(prose()), ()), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Row):
    """One option that was looked at, what became of it, at which stage, and why."""

    what: str = key(stated(prose(), ""), required=True, default="")
    became: w.Option | NotStated = key(word(w.Option), required=True)
    stage: int | NotStated | None = key(number())
    because: str | NotStated | None = key(prose())


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Row):
    """An author, director or contributor: a public office holder as the paper names one."""

    name: str | NotStated = key(words(), required=True)
    post: str | NotStated | None = key(words())
    of: str | NotStated | None = key(ref("organisation"))
    as_: str | None = key(stated(prose(), None))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff(Row):
    """A sign-off the report needs: whose, on what, within how many working days, or whose else."""

    role: str = key(stated(prose(), ""), required=True, default="")
    post: str | NotStated | None = key(ref("post"))
    name: str | NotStated | None = key(words())
    parts: tuple[w.PartKind, ...] = key(stated(listing(word(w.PartKind)), ()), default=())
    days: int | NotStated | None = key(number())
    alternate: str | NotStated | None = key(ref("post"))
    delegable: bool | NotStated = key(yes_or_no(), default=True)
    order: int | None = key(stated(number(), None))
    signed: Day = key(day())


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Row):
    """An appendix or a background paper."""

    title: str = key(stated(prose(), ""), required=True, default="")
    address: str | NotStated | None = key(words())
    exempt: str | None = key(kept_back())
    members_room: bool = key(stated(yes_or_no(), False), default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentAnswer(Row):
    """Whether an assessment was needed or made, and its reference."""

    needed: bool | NotStated | None = key(yes_or_no())
    made: bool | NotStated | None = key(yes_or_no())
    reference: str | NotStated | None = key(words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Row):
    """One record of a report; what each partner's format leaves out it simply does not show.

    `options_counted` is how many options the text says were looked at; `glossary` is what each
    abbreviation stands for.
    """

    subject: str = key(stated(prose(), ""), required=True, default="")
    of: str | NotStated = key(words(), required=True)
    dated: Day = key(day())
    reference: str | NotStated | None = key(words())
    portfolio: str | NotStated | None = key(words())
    scrutiny: str | NotStated | None = key(words())
    lead_members: tuple[str, ...] | NotStated = key(listing(words()), default=())
    stated_purpose: w.Purpose | NotStated | None = key(word(w.Purpose))
    confidentiality: str | NotStated | None = key(words())
    contacts: tuple[Contact, ...] = key(stated(rows(Contact), ()), default=())
    consulted: tuple[Contact, ...] = key(stated(rows(Contact), ()), default=())
    recommendations: tuple[Recommendation, ...] = key(stated(rows(Recommendation), ()), default=())
    parts: tuple[Part, ...] = key(stated(rows(Part), ()), default=())
    options: tuple[Choice, ...] | NotStated = key(rows(Choice), default=())
    options_counted: int | None = key(stated(number(), None))
    glossary: Mapping[str, str] | NotStated = key(meanings(), default=MappingProxyType({}))
    assessments: dict[w.Assessment, AssessmentAnswer] | NotStated | None = key(
        by_word(w.Assessment, table(AssessmentAnswer))
    )
    sign_off_mode: w.SignOffMode | NotStated = key(
        word(w.SignOffMode), default=w.SignOffMode.IN_PARALLEL
    )
    sign_offs: tuple[SignOff, ...] | NotStated = key(rows(SignOff), default=())
    appendices: tuple[Paper, ...] | NotStated = key(rows(Paper), default=())
    background_papers: tuple[Paper, ...] | NotStated = key(rows(Paper), default=())
    formats: tuple[str, ...] = key(stated(listing(words()), ()), default=())
