"""A section of a house's paper: its heading, and under it the parts of the record that fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concord.documents import tables
from concord.documents.exempting import statement
from concord.documents.house import Field, Numbered, Piece, PieceKind, Shows
from concord.documents.page import Page
from concord.documents.paper import Audience, Block, Heading, Listing, Notice, Paragraph, plain
from concord.documents.prose import blocks_of, literal
from concord.documents.record import NOT_STATED
from concord.documents.shown import lines
from concord.domain.decisions.report import Comment, Part, Report
from concord.domain.language.values import NotStated


def section(page: Page, piece: Piece, level: int) -> Iterator[Block]:
    """A house's heading with the parts that belong under it, and its sections beneath."""
    parts = _parts_for(page.record.report, piece)
    inner = [b for b in (piece.sections or ()) if b.always or _parts_below(page, b)]
    if not (parts or inner or piece.always or piece.shows):
        return
    heading = page.words(piece.heading)
    comment = next((p.comment for p in parts if isinstance(p.comment, Comment)), None)
    if comment and piece.comment:
        heading += tables.commented(piece.comment, comment)
    numbers = piece.numbered is not Numbered.NOTHING
    number = page.counter.heading(level, numbered=numbers)
    yield Heading(level, heading, number)
    if piece.lead:
        yield Paragraph(plain(page.words(piece.lead)))
    if piece.shows:
        yield from _shown(page, piece)
    headed = False
    for part in parts:
        # Once one part has a heading, the next needs one too, or it would seem to belong to it.
        for block in _part(page, piece, part, level, headed=headed):
            headed = headed or isinstance(block, Heading)
            yield block
    for below in inner:
        yield from page.place(below, level + 1)
    if not (parts or inner or piece.shows):
        yield Paragraph(plain(f"{NOT_STATED}."), page.number(piece, level, level))


def _parts_for(report: Report, piece: Piece) -> list[Part]:
    found = [p for p in report.parts if p.kind in piece.parts]
    if piece.as_recorded:
        return found
    # What has no heading of its own comes first, or it would seem to belong to the one above it.
    return sorted(found, key=lambda p: (p.kind not in piece.bare, piece.parts.index(p.kind)))


def _parts_below(page: Page, piece: Piece) -> bool:
    if piece.is_ is not PieceKind.SECTION:
        return True
    below = any(_parts_below(page, s) for s in piece.sections)
    return below or bool(_parts_for(page.record.report, piece))


def _shown(page: Page, piece: Piece) -> Iterator[Block]:
    shows = piece.shows or Shows.WORDS
    if shows is Shows.NEXT_STEPS:
        yield from tables.next_steps(page.record, piece)
        return
    for text in lines(Field(shows=shows), page.record):
        number = page.number(piece, 1, 1)
        yield Paragraph(plain(page.filled(text)), number)


def _part(
    page: Page, piece: Piece, part: Part, level: int, *, headed: bool = False
) -> Iterator[Block]:
    """One part under its house's heading: its own heading, what it says, its tables and parts."""
    heading = _own_heading(page, piece, part, headed)
    under = level
    first = ""
    if heading:
        level += 1
        numbers = piece.numbered is not Numbered.NOTHING
        first = page.counter.heading(level, numbered=numbers)
        yield Heading(level, heading, first, part.id_)
    for block in _content(page, piece, part, level, under):
        first = first or getattr(block, "number", "")
        yield block
    if part.id_:
        # A part without text of its own is spoken of by the number of its first inner part.
        page.parts[part.id_] = first.rstrip(".") or heading or page.words(piece.heading)
    for inner in part.parts:
        yield from _part(page, _inner(piece), inner, level)


def _inner(piece: Piece) -> Piece:
    """The rules for a part within a part: its own heading always shows."""
    return Piece(numbered=piece.numbered, comment=piece.comment, ordered=piece.ordered)


def _own_heading(page: Page, piece: Piece, part: Part, headed: bool) -> str:
    titles: Mapping[Any, str] = piece.titles
    if part.kind in piece.bare and not headed:
        return ""
    house = page.words(piece.heading).casefold().rstrip(":?. ")
    words = titles.get(part.kind) or part.heading or str(part.kind or "").capitalize()
    return "" if words.casefold().rstrip(":?. ") == house else page.filled(words, part.line)


def _content(page: Page, piece: Piece, part: Part, level: int, under: int) -> Iterator[Block]:
    if part.exempt:
        text = statement(page.record.matter.exempt.get(part.exempt))
        if page.record.audience is Audience.PUBLIC:
            numbers = [page.number(piece, level, under) for _ in range(part.counted or 1)]
            yield Notice(plain(literal(text)), numbers[0])
            return
        yield Notice(plain(literal(text)))
    if part.nil is not None and not part.text.strip():
        yield Paragraph(plain(page.filled(_nil(page, part), part.line)),
                        page.number(piece, level, under))  # fmt: skip
    yield from _prose(page, piece, part, level, under)
    yield from _figures(page, piece, part, level, under)


def _nil(page: Page, part: Part) -> str:
    """Why there is nothing to say; a reason that says itself that it is nothing stands alone."""
    if isinstance(part.nil, NotStated) or not part.nil:
        return f"{NOT_STATED}."
    reason = part.nil.strip().rstrip(".")
    alone = ("none", "not ", "no ", "there are no", "there is no", "nil")
    if reason.casefold().startswith(alone):
        return f"{reason}."
    return f"{page.house.nil}: {reason[:1].lower()}{reason[1:]}."


def _prose(page: Page, piece: Piece, part: Part, level: int, under: int) -> Iterator[Block]:
    """A part's text: each paragraph numbered, each list hanging under the paragraph before it."""
    blocks = blocks_of(
        part.text, lambda t: page.filled(t, part.line), piece.ordered or page.house.ordered
    )
    numbered = False
    for block in blocks:
        if isinstance(block, Listing):
            yield Listing(block.entries, block.ordered, hangs=numbered)
            continue
        number = page.number(piece, level, under)
        numbered = bool(number)
        yield Paragraph(block.runs, number, part=part.id_)


def _figures(page: Page, piece: Piece, part: Part, level: int, under: int) -> Iterator[Block]:
    """A part's tables; where a part is nothing but a table, its title is the numbered paragraph."""
    alone = not part.text.strip() and part.nil is None
    for place, figures in enumerate(part.tables):
        title = page.filled(figures.title, part.line)
        if alone and not place:
            yield Paragraph(plain(title), page.number(piece, level, under))
        yield tables.figures(figures, title, page.filled, shown=not (alone and not place))
