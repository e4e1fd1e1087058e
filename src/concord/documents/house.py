"""A house format as data: which pieces a partner's paper has, in which order and numbering.

A format is a file of `formats/`; docs/formats.md says what each key means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from concord.domain.decisions.matter import MatterText, Stop
from concord.domain.decisions.report import Report
from concord.domain.decisions.words import PartKind
from concord.domain.findings import Finding
from concord.domain.language.kinds import by_word, listing, number, word, words, yes_or_no
from concord.domain.language.reading import At, Gathered
from concord.domain.language.source import read_source
from concord.domain.language.tables import Row, key, read_row, rows

FORMATS = Path(__file__).parent / "formats"
OTHERWISE = "icb_board"  # the present format, where neither stop, report nor place names one
NONE: Mapping[PartKind, str] = MappingProxyType({})


class Numbering(StrEnum):
    """How paragraphs are numbered: through the whole paper, or within each heading."""

    CONTINUOUS = "continuous"
    HIERARCHICAL = "hierarchical"


class Numbered(StrEnum):
    """What in a section carries a number."""

    PARAGRAPHS = "paragraphs"
    HEADINGS = "headings only"
    NOTHING = "nothing"


class Shows(StrEnum):
    """A fact of the matter that a field, a line or a section may show."""

    SUBJECT = "subject"
    REPORT_OF = "report of"
    REPORT_TO = "report to"
    DECISION_MAKERS = "decision-makers"
    DATE = "date"
    DATES = "dates"
    REPORT_DATE = "date of the report"
    LEAD_MEMBERS = "lead members"
    PORTFOLIO = "portfolio"
    SCRUTINY = "scrutiny"
    WARDS = "wards"
    PEOPLE = "people"
    KEY = "key decision"
    KEY_BY_AMOUNT = "key by amount"
    KEY_BY_WARDS = "key by wards"
    EQUALITY_NEEDED = "equality assessment needed"
    EQUALITY_MADE = "equality assessment made"
    EQUALITY_REFERENCE = "equality assessment reference"
    PRIVACY_NEEDED = "privacy assessment needed"
    EXEMPT = "exempt"
    CONFIDENTIALITY = "confidentiality"
    PUBLICITY = "public or not"
    PURPOSE = "purpose"
    EARLIER = "considered before"
    CONTACT = "contact"
    CONSULTED = "consulted"
    SIGNED_BY = "signed off by"
    SIGNED_ON = "signed off on"
    REFERENCE = "reference"
    NEXT_STEPS = "next steps"
    MONEY = "money"
    WORDS = "words"


class PieceKind(StrEnum):
    """What a piece of a format is."""

    TITLE = "title"
    LINE = "line"
    FIELDS = "fields"
    COLUMNS = "columns"
    STOPS = "stops"
    TICKS = "ticks"
    SIGN_OFFS = "sign-offs"
    CONTACTS = "contacts"
    CONTACT_TABLE = "contact table"
    RECOMMENDATIONS = "recommendations"
    SECTION = "section"
    PAPERS = "papers"
    PAPER_TABLE = "paper table"
    NEW_PAGE = "new page"


class Papers(StrEnum):
    """Which of a report's other papers a list shows."""

    APPENDICES = "appendices"
    MEMBERS_ROOM = "members' room"
    BACKGROUND = "background papers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Row):
    """A label and the fact beside it; `as` narrows a fact that several have (`as = "Legal"`)."""

    label: str = key(words(), default="")
    shows: Shows = key(word(Shows), default=Shows.WORDS)
    as_: str = key(words(), default="")
    words_: str = key(words(), default="")
    beside: Shows | None = key(word(Shows))
    each_stop: bool = key(yes_or_no(), default=False)
    tick: bool = key(yes_or_no(), default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Row):
    """One piece of a paper; which keys mean something depends on what it `is`."""

    is_: PieceKind = key(word(PieceKind), default=PieceKind.SECTION)
    heading: str = key(words(), default="")
    title: str = key(words(), default="")
    fields: tuple[Field, ...] = key(rows(Field), default=())
    shows: Shows | None = key(word(Shows))
    words_: str = key(words(), default="")
    parts: tuple[PartKind, ...] = key(listing(word(PartKind)), default=())
    titles: Mapping[PartKind, str] = key(by_word(PartKind, words()), default=NONE)
    comment: str = key(words(), default="")
    numbered: Numbered | None = key(word(Numbered))
    always: bool = key(yes_or_no(), default=False)
    lead: str = key(words(), default="")
    lead_heading: bool = key(yes_or_no(), default=False)
    here: bool = key(yes_or_no(), default=False)
    once: bool = key(yes_or_no(), default=False)
    entry: str = key(words(), default="{Verb} {text}")
    marker: str = key(words(), default="•")
    point: str = key(words(), default="–")
    papers: Papers | None = key(word(Papers))
    nil: str = key(words(), default="None")
    bare: tuple[PartKind, ...] = key(listing(word(PartKind)), default=())
    as_recorded: bool = key(yes_or_no(), default=False)
    widths: tuple[int, ...] = key(listing(number()), default=())
    ordered: tuple[str, ...] = key(listing(words()), default=())
    sections: tuple[Piece, ...] = key(lambda raw, at: rows(Piece)(raw, at), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseFormat(Row):
    """A whole format."""

    format: int = key(lambda raw, at: raw, required=True, default=1)
    name: str = key(words(), required=True, default="")
    numbering: Numbering = key(word(Numbering), required=True, default=Numbering.CONTINUOUS)
    deepest: int = key(number(), default=4)
    ordered: tuple[str, ...] = key(listing(words()), default=("1.", "a.", "i."))
    nil: str = key(words(), default="None")
    leaves_out: tuple[PartKind, ...] = key(listing(word(PartKind)), default=())
    pieces: tuple[Piece, ...] = key(rows(Piece), required=True, default=())


@dataclass(frozen=True, slots=True)
class FormatReading:
    """What a format's text says, or every finding that keeps it from being used."""

    house: HouseFormat | None
    findings: tuple[Finding, ...]


def read_format(text: str, file: str = "format.toml") -> FormatReading:
    """Read a format; nothing is raised, whatever the text is."""
    source, faults = read_source(text, file)
    if source is None:
        return FormatReading(None, faults)
    gathered = Gathered(source)
    at = At(gathered, ())
    house = read_row(HouseFormat, dict(source.values), at, Path(file).stem)
    if house is not None and house.format != 1:
        at.into("format").found("text.unknown_format", "this number is not known", "Use 1.")
    if house is not None and not gathered.findings:
        _check_parts(house, at)
    found = tuple(gathered.findings)
    return FormatReading(None if found else house, found)


def placed(pieces: tuple[Piece, ...]) -> list[PartKind]:
    """Every kind of part that the pieces have a place for, in order."""
    found: list[PartKind] = []
    for piece in pieces:
        found += [*piece.parts, *placed(piece.sections)]
    return found


def _check_parts(house: HouseFormat, at: At) -> None:
    """A kind of part has one place, or is left out on purpose: nothing vanishes unnoticed."""
    kinds = [*placed(house.pieces), *house.leaves_out]
    for kind in PartKind:
        if kinds.count(kind) == 1:
            continue
        says = f"{kind} has {'no place' if kind not in kinds else 'more than one place'}"
        at.found("format.part", says, "Name it in one section's parts, or in leaves_out.")


@cache
def house_formats(folder: Path = FORMATS) -> Mapping[str, HouseFormat]:
    """Every format of a folder that can be used, by the name of its file."""
    read = (read_format(f.read_text("utf-8"), f.name) for f in sorted(folder.glob("*.toml")))
    return {r.house.id: r.house for r in read if r.house is not None}


def unusable(folder: Path = FORMATS) -> tuple[Finding, ...]:
    """Why formats of a folder cannot be used."""
    read: list[Any] = [read_format(f.read_text("utf-8"), f.name) for f in folder.glob("*.toml")]
    return tuple(f for r in read for f in r.findings)


def named_house(matter: MatterText, stop: Stop | None, place: str) -> HouseFormat | None:
    """The format that is named for the stop, for the report or after the place, in that order."""
    formats = house_formats()
    own = matter.report.formats if isinstance(matter.report, Report) else ()
    wanted = [stop.format_ if stop else None, *own, place]
    named = (formats[name] for name in wanted if isinstance(name, str) and name in formats)
    return next(named, None)


def house_for(matter: MatterText, stop: Stop | None, place: str) -> HouseFormat:
    """The format in which a paper is read; where none is named, a present-day one."""
    return named_house(matter, stop, place) or house_formats()[OTHERWISE]
