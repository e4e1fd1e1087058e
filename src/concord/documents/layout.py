"""Lays one matter out as one house's paper for one audience, numbering it as the house does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from concord.documents import tables
from concord.documents.exempting import for_audience, statement, withholds
from concord.documents.house import Field, HouseFormat, Numbered, Piece, PieceKind, Shows
from concord.documents.limits import refusals
from concord.documents.numbering import Counter
from concord.documents.paper import (
    Audience,
    Block,
    Heading,
    LaidOut,
    Listing,
    NewPage,
    Notice,
    Paper,
    Paragraph,
    Run,
    Table,
    plain,
)
from concord.documents.prose import blocks_of, literal
from concord.documents.recommending import recommendations
from concord.documents.record import NOT_STATED, Record
from concord.documents.shown import lines
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import Comment, Part, Report
from concord.domain.decisions.values import Values, fill, values_of
from concord.domain.findings import Finding
from concord.domain.language.values import NotStated


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
        organisation=literal(record.name(record.organisation)),
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


@dataclass(slots=True)
class Page:
    """The paper while it is set: its blocks so far and the numbers given out."""

    record: Record
    house: HouseFormat
    values: Values
    counter: Counter
    blocks: list[Block] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def filled(self, text: str, line: int = 0) -> str:
        """The text with its live references filled; one that leads nowhere is a finding."""
        whole, dangling = fill(text, self.values)
        for d in dangling:
            says = f"{d.reference} stands for nothing"
            self.findings.append(Finding("paper.dangling", line, says, d.remedy))
        return literal(whole)

    def words(self, template: str) -> str:
        """A format's own words with the few names it may ask for."""
        return tables.worded(template, self.record)


def _set(record: Record, house: HouseFormat, values: Values) -> Page:
    page = Page(record, house, values, Counter(house.numbering, house.deepest))
    for piece in house.pieces:
        page.blocks += _SETTERS[piece.is_](page, piece, 1)
    placed = set(house.leaves_out)
    for part in record.report.parts:
        if not isinstance(part.kind, str) or part.kind in placed:
            page.left_out.append(part.heading or str(part.kind or "a part without a kind"))
    return page


Setter = Callable[[Page, Piece, int], Iterator[Block]]


def _title(page: Page, piece: Piece, level: int) -> Iterator[Block]:
    yield Heading(0, page.words(piece.words_ or "{subject}"))


def _line(page: Page, piece: Piece, level: int) -> Iterator[Block]:
    if piece.heading:
        yield Heading(level, page.words(piece.heading))
    yield Paragraph((Run(page.words(piece.words_), strong=True),))


def _section(page: Page, piece: Piece, level: int) -> Iterator[Block]:
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
    for section in inner:
        yield from _SETTERS[section.is_](page, section, level + 1)
    if not (parts or inner or piece.shows):
        yield Paragraph(plain(f"{NOT_STATED}."), _number(page, piece, level, level))


def _parts_for(report: Report, piece: Piece) -> list[Part]:
    found = [p for p in report.parts if p.kind in piece.parts]
    if piece.as_recorded:
        return found
    # What has no heading of its own comes first, or it would seem to belong to the one above it.
    return sorted(found, key=lambda p: (p.kind not in piece.bare, piece.parts.index(p.kind)))  # type: ignore[arg-type]


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
        number = _number(page, piece, 1, 1)
        yield Paragraph(plain(page.filled(text)), number)


def _number(page: Page, piece: Piece, level: int, under: int) -> str:
    """The next number, where the house numbers paragraphs here."""
    if piece.numbered is Numbered.NOTHING:
        return ""
    if piece.numbered is Numbered.HEADINGS and level > under:
        return ""
    return page.counter.paragraph()


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
    titles: Mapping[object, str] = piece.titles
    if part.kind in piece.bare and not headed:
        return ""
    house = page.words(piece.heading).casefold().rstrip(":?. ")
    words = titles.get(part.kind) or part.heading or str(part.kind or "").capitalize()
    return "" if words.casefold().rstrip(":?. ") == house else page.filled(words, part.line)


def _content(page: Page, piece: Piece, part: Part, level: int, under: int) -> Iterator[Block]:
    if part.exempt:
        text = statement(page.record.matter.exempt.get(part.exempt))
        if page.record.audience is Audience.PUBLIC:
            numbers = [_number(page, piece, level, under) for _ in range(part.counted or 1)]
            yield Notice(plain(literal(text)), numbers[0])
            return
        yield Notice(plain(literal(text)))
    if part.nil is not None and not part.text.strip():
        yield Paragraph(plain(page.filled(_nil(page, part), part.line)),
                        _number(page, piece, level, under))  # fmt: skip
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
        number = _number(page, piece, level, under)
        numbered = bool(number)
        yield Paragraph(block.runs, number, part=part.id_)


def _figures(page: Page, piece: Piece, part: Part, level: int, under: int) -> Iterator[Block]:
    """A part's tables; where a part is nothing but a table, its title is the numbered paragraph."""
    alone = not part.text.strip() and part.nil is None
    for place, figures in enumerate(part.tables):
        title = page.filled(figures.title, part.line)
        if alone and not place:
            yield Paragraph(plain(title), _number(page, piece, level, under))
        yield tables.figures(figures, title, page.filled, shown=not (alone and not place))


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


_SETTERS: dict[PieceKind, Setter] = {
    PieceKind.TITLE: _title,
    PieceKind.LINE: _line,
    PieceKind.SECTION: _section,
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
