"""Lays one matter out as one house's paper for one audience, numbering it as the house does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from concord.documents import tables
from concord.documents.exempting import for_audience, withholds
from concord.documents.house import HouseFormat, Numbered, Piece, PieceKind
from concord.documents.limits import refusals
from concord.documents.numbering import Counter
from concord.documents.page import Page, Setter
from concord.documents.paper import (
    Audience,
    Block,
    Heading,
    LaidOut,
    Listing,
    NewPage,
    Paper,
    Paragraph,
    Run,
    Table,
    plain,
)
from concord.documents.prose import literal
from concord.documents.recommending import recommendations
from concord.documents.record import Record
from concord.documents.sections import section
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import Report
from concord.domain.decisions.values import Values, values_of
from concord.domain.findings import Finding


def lay_out(
    matter: MatterText,
    arrangement: Arrangement,
    house: HouseFormat,
    audience: Audience,
    stop: str = "",
) -> LaidOut:
    """The paper of a matter in one format; of a report that cannot be laid out, the reasons."""
    found = tuple(refusals(matter))
    if found or not isinstance(matter.report, Report):
        return LaidOut(None, found or (_no_report(matter),))
    marked = withholds(matter) and audience is Audience.FULL
    record = Record(for_audience(matter, audience), arrangement, audience, stop)
    values = values_of(record.matter, arrangement)
    # Numbers are known only once everything stands in its place, so the paper is set twice.
    first = _set(record, house, values)
    page = _set(record, house, values.numbered(first.parts))
    paper = Paper(
        title=literal(record.report.subject or matter.matter.title),
        blocks=tuple(page.blocks),
        organisation=literal(record.owners),
        format=house.id,
        audience=audience,
        dated=record.day if record.day.year < 9999 else None,
        marking="Not for publication: holds exempt information" if marked else "",
        left_out=tuple(page.left_out),
    )
    return LaidOut(paper, tuple(dict.fromkeys(page.findings)))


def _no_report(matter: MatterText) -> Finding:
    says = f"{matter.matter.title or 'the matter'} has no report"
    return Finding("paper.no_report", matter.line, says, "Write the report's parts.")


def _set(record: Record, house: HouseFormat, values: Values) -> Page:
    page = Page(record, house, values, Counter(house.numbering, house.deepest), SETTERS)
    for piece in house.pieces:
        page.blocks += page.place(piece, 1)
    placed = set(house.leaves_out)
    for part in record.report.parts:
        if not isinstance(part.kind, str) or part.kind in placed:
            page.left_out.append(part.heading or str(part.kind or "a part without a kind"))
    return page


def _title(page: Page, piece: Piece, level: int) -> Iterator[Block]:
    yield Heading(0, page.words(piece.words_ or "{subject}"))


def _line(page: Page, piece: Piece, level: int) -> Iterator[Block]:
    if piece.heading:
        yield Heading(level, page.words(piece.heading))
    yield Paragraph((Run(page.words(piece.words_), strong=True),))


def _recommendations(page: Page, piece: Piece, level: int) -> Iterator[Block]:
    numbers = piece.numbered is not Numbered.NOTHING
    number = page.counter.heading(level, numbered=numbers)
    yield Heading(level, page.words(piece.heading), number)
    for block in recommendations(page.record, piece, level, page.filled):
        lead = isinstance(block, Paragraph) and not block.hangs
        if lead and piece.numbered is Numbered.PARAGRAPHS and isinstance(block, Paragraph):
            yield Paragraph(block.runs, page.counter.paragraph())
        elif isinstance(block, Listing):
            yield replace(block, hangs=piece.numbered is Numbered.PARAGRAPHS)
        else:
            yield block


def _papers(page: Page, piece: Piece, level: int) -> Iterator[Block]:
    yield Heading(level, page.words(piece.heading))
    if piece.lead:
        yield Paragraph(plain(page.words(piece.lead)))
    found = list(tables.papers(page.record, piece, page.filled))
    if found and piece.numbered is Numbered.PARAGRAPHS:
        first, *rest = found
        if isinstance(first, Paragraph):
            yield Paragraph(first.runs, page.counter.paragraph())
            found = rest
        else:
            says = page.words(piece.words_ or "These papers were used")
            yield Paragraph(plain(says), page.counter.paragraph())
            found = [replace(b, hangs=True) if isinstance(b, Listing) else b for b in found]
    yield from found


def _new_page(page: Page, piece: Piece, level: int) -> Iterator[Block]:
    yield NewPage()


def _table(make: Callable[[Record, Piece], Table]) -> Setter:
    def setter(page: Page, piece: Piece, level: int) -> Iterator[Block]:
        if piece.heading:
            yield Heading(level, page.words(piece.heading))
        yield make(page.record, piece)

    return setter


def _contacts(page: Page, piece: Piece, level: int) -> Iterator[Block]:
    if piece.heading:
        yield Heading(level, page.words(piece.heading))
    yield from tables.contacts(page.record, piece)


SETTERS: dict[PieceKind, Setter] = {
    PieceKind.TITLE: _title,
    PieceKind.LINE: _line,
    PieceKind.SECTION: section,
    PieceKind.RECOMMENDATIONS: _recommendations,
    PieceKind.PAPERS: _papers,
    PieceKind.CONTACTS: _contacts,
    PieceKind.NEW_PAGE: _new_page,
    PieceKind.FIELDS: _table(tables.fields),
    PieceKind.COLUMNS: _table(tables.columns),
    PieceKind.STOPS: _table(tables.stops),
    PieceKind.TICKS: _table(tables.ticks),
    PieceKind.SIGN_OFFS: _table(tables.sign_offs),
    PieceKind.CONTACT_TABLE: _table(tables.contact_table),
    PieceKind.PAPER_TABLE: _table(tables.paper_table),
}
