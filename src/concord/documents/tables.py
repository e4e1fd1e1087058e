"""The tables of a house form: header fields, boxes to tick, sign-offs, contacts and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from concord.documents.exempting import statement, withheld
from concord.documents.house import Field, Papers, Piece, Shows
from concord.documents.paper import (
    Audience,
    Block,
    Cell,
    Entry,
    Listing,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from concord.documents.prose import literal, safe
from concord.documents.record import NOT_STATED, Record, person, said, shown_day
from concord.documents.shown import fact, lines, owner, purpose_of, report_to, yes
from concord.domain.agreements.arrangement import KeyDecision
from concord.domain.decisions.matter import Stop
from concord.domain.decisions.report import Comment, Contact, FigureTable, Paper
from concord.domain.language.values import NotStated
from concord.domain.money import pounds

Filled = Callable[[str, int], str]
# A box and its word never part at the end of a line.
YES, NO = ("☒\u00a0Yes   ☐\u00a0No", "☐\u00a0Yes   ☒\u00a0No")
UNTICKED = "☐\u00a0Yes   ☐\u00a0No (not stated)"


def worded(template: str, record: Record, stop: Stop | None = None) -> str:
    """A format's words with the names it may ask for; nothing else in braces means anything."""
    body = record.body(stop) if stop else report_to(record)
    place = record.arrangement.place.name
    names = {
        "{body}": body,
        "{The body}": _with_article(body, stop, record),
        "{BODY}": body.upper(),
        "{is}": "are" if " and " in body and not body.endswith(("Committee", "Board")) else "is",
        "{place}": str(place),
        "{PLACE}": str(place).upper(),
        "{organisation}": record.owners,
        "{subject}": record.report.subject or record.matter.matter.title,
        "{SUBJECT}": (record.report.subject or record.matter.matter.title).upper(),
        "{report of}": said(record.report.of),
        "{REPORT OF}": said(record.report.of).upper(),
        "{date}": fact(Shows.DATE, record),
        "{reference}": said(record.report.reference),
        **_key_figures(record),
    }
    for name, value in names.items():
        template = template.replace(name, value)
    return literal(template)


def _with_article(body: str, stop: Stop | None, record: Record) -> str:
    post = stop is not None and str(stop.body) in record.arrangement.posts
    return f"The {body}" if post and not body.casefold().startswith("the ") else body


def _key_figures(record: Record) -> dict[str, str]:
    """The figures from which the council calls a decision key, as its form names them."""
    council = record.arrangement.organisations.get(record.council)
    rule = council.key_decision.on(record.day) if council else None
    amount = rule.amount if isinstance(rule, KeyDecision) else None
    number = rule.wards if isinstance(rule, KeyDecision) else None
    return {
        "{key amount}": pounds(amount) if isinstance(amount, int) else "an amount not stated",
        "{key wards}": str(number) if isinstance(number, int) else "a number not stated of",
    }


def commented(template: str, comment: Comment) -> str:
    """A comment in a heading: ` [Officer Initials NJD Date 3 April 2018]`."""
    who = comment.initials if isinstance(comment.initials, str) else comment.by
    words = template.replace("{initials}", said(who).replace("Not stated", "not stated"))
    return literal(words.replace("{date}", shown_day(comment.on).replace("Not st", "not st")))


def cell(*found: str, head: bool = False, span: int = 1) -> Cell:
    return Cell(tuple(plain(literal(line)) for line in found), head, span)


def fields(record: Record, piece: Piece) -> Table:
    """A header table: a label heads each row; a fact of each stop has a column for each."""
    stops = max(1, len(record.deciding)) if any(f.each_stop for f in piece.fields) else 1
    beside = 1 if any(f.beside for f in piece.fields) else 0
    rows = []
    for f in piece.fields:
        label = cell(worded(f.label, record), head=True)
        shown = lines(f, record)
        if f.each_stop and stops > 1:
            rows.append((label, *(cell(s) for s in shown)))
        elif f.beside:
            rows.append((label, cell(*shown), cell(fact(f.beside, record))))
        else:
            rows.append((label, cell(*shown, span=stops + beside)))
    columns = 1 + stops + beside
    widths = piece.widths if len(piece.widths) == columns else ()
    return Table(worded(piece.title, record), tuple(rows), (), columns, False, widths)


def columns(record: Record, piece: Piece) -> Table:
    """A table of one row, each of whose columns is a fact."""
    head = tuple(cell(worded(f.label, record), head=True) for f in piece.fields)
    row = tuple(cell(*lines(f, record)) for f in piece.fields)
    return Table(worded(piece.title, record), (row,), head, len(head), False, piece.widths)


def stops(record: Record, piece: Piece) -> Table:
    """Every committee the paper goes to: for what purpose, and when."""
    labels = [worded(f.label, record) for f in piece.fields] or ["Committees", "Dates:"]
    rows = [
        (cell(f"{record.body(s)} – {purpose_of(s)}", head=True), cell(record.date(s)))
        for s in record.matter.stops.values()
    ]
    head = (cell(labels[0], head=True), cell(labels[1], head=True))
    return Table(worded(piece.title, record), tuple(rows), head, 2, False, piece.widths)


def ticks(record: Record, piece: Piece) -> Table:
    """Questions with boxes to tick; one that nobody answered says so."""
    rows = []
    for f in piece.fields:
        if f.tick:
            answer = yes(f.shows, record)
            shown = [UNTICKED if answer is None else YES if answer else NO]
        else:
            shown = lines(f, record)
        rows.append((cell(worded(f.label, record), head=True), cell(*shown)))
    head = (cell("Question", head=True), cell("Answer", head=True))
    return Table(worded(piece.title, record), tuple(rows), head, 2, False, piece.widths)


def sign_offs(record: Record, piece: Piece) -> Table:
    """Numbered certificates, each with who gave it; a row without a number runs across."""
    rows: list[tuple[Cell, ...]] = []
    groups: list[tuple[str, list[Field]]] = []
    for f in piece.fields:
        if f.label or not groups:
            groups.append((f.label, [f]))
        else:
            groups[-1][1].append(f)
    for number, (label, several) in enumerate(groups, 1):
        shown = [line for f in several for line in _signed(f, record)]
        rows.append((cell(str(number)), cell(worded(label, record), head=True), cell(*shown)))
    head = (cell("No.", head=True), cell("Certificate", head=True), cell("By", head=True))
    return Table(worded(piece.title, record), tuple(rows), head, 3, False, piece.widths)


def _signed(field: Field, record: Record) -> list[str]:
    found = lines(field, record)
    return [f"{field.words_}: {line}" for line in found] if field.words_ else found


def contact_table(record: Record, piece: Piece) -> Table:
    """Authors and directors with how to reach them; what the record does not hold is not stated."""
    rows = []
    for f in piece.fields:
        for contact in record.contacts(f.as_) or [Contact()]:
            name = person(contact)
            reach = cell(NOT_STATED), cell(NOT_STATED)
            rows.append((cell(f.label, head=True), cell(name), *reach))
    labels = ("Contact", "Name:", "Tel:", "E-mail:")
    head = tuple(cell(label, head=True) for label in labels)
    return Table(worded(piece.title, record), tuple(rows), head, 4, False, piece.widths)


def contacts(record: Record, piece: Piece) -> Iterator[Block]:
    """People as a house signs a paper with them: name, post, organisation, line by line."""
    for f in piece.fields:
        nobody = [Contact(name=NotStated())] if f.as_ == "author" else []
        for contact in record.contacts(f.as_) or nobody:
            name = contact.name if isinstance(contact.name, str) else "Not named"
            found = [f"{f.label} {name}".strip() if f.label else name]
            found += [str(v) for v in (contact.post,) if isinstance(v, str)]
            if isinstance(contact.of, str):
                found.append(record.name(contact.of))
            runs: list[Run] = [Run(literal(found[0]), strong=True)]
            runs += [Run(literal(f", {line}")) for line in found[1:]]
            yield Paragraph(tuple(runs))


def chosen(record: Record, which: Papers | None) -> list[Paper]:
    """The papers that a list shows."""
    report = record.report
    appendices = report.appendices if isinstance(report.appendices, tuple) else ()
    background = report.background_papers if isinstance(report.background_papers, tuple) else ()
    if which is Papers.APPENDICES:
        return list(appendices)
    if which is Papers.MEMBERS_ROOM:
        return [p for p in (*appendices, *background) if p.members_room]
    return [p for p in background if not p.members_room]


def paper_runs(record: Record, paper: Paper, filled: Filled) -> Runs:
    """A paper's title with its address; a withheld one shows only why it is withheld."""
    if paper.exempt:
        row = record.matter.exempt.get(paper.exempt)
        if record.audience is Audience.PUBLIC:
            return plain(literal(statement(row)))
        return plain(literal(f"{filled(paper.title, paper.line)} ({withheld(row)})"))
    title = filled(paper.title, paper.line) or NOT_STATED
    if not isinstance(paper.address, str):
        return plain(title)
    address = literal(paper.address)
    return (Run(f"{title}, "), Run(address, address=safe(address)))


def papers(record: Record, piece: Piece, filled: Filled) -> Iterator[Block]:
    """Other papers as a list, or the words that say there are none."""
    found = chosen(record, piece.papers)
    silent = isinstance(record.report.background_papers, NotStated)
    if not found:
        none = f"{NOT_STATED}." if silent and piece.papers is Papers.BACKGROUND else piece.nil
        yield Paragraph(plain(none))
        return
    entries = (
        Entry(f"{n}.", (Paragraph(paper_runs(record, p, filled)),)) for n, p in enumerate(found, 1)
    )
    yield Listing(tuple(entries), ordered=True)


def paper_table(record: Record, piece: Piece) -> Table:
    """Background papers beside the paragraph that lets one be withheld."""
    rows = []
    for number, paper in enumerate(chosen(record, piece.papers), 1):
        name = paper_runs(record, paper, lambda text, line: literal(text))
        row = record.matter.exempt.get(paper.exempt or "")
        paragraph = f"Paragraph {said(row.paragraph)}" if row else "Not exempt"
        rows.append((Cell(((Run(f"{number}. "), *name),), head=True), cell(paragraph)))
    rows = rows or [(cell("1. None", head=True), cell("Does not apply"))]
    head = tuple(cell(worded(f.label, record), head=True) for f in piece.fields)
    return Table(worded(piece.title, record), tuple(rows), head, 2, False, piece.widths)


def next_steps(record: Record, piece: Piece) -> Iterator[Block]:
    """What the report promises: what, whose, by when."""
    rows = [
        (cell(p.what, head=True), cell(owner(p, record)), cell(shown_day(p.by)))
        for p in record.matter.promises.values()
    ]
    if not rows:
        yield Paragraph(plain("Nothing is promised."))
        return
    head = tuple(cell(w, head=True) for w in ("What", "Who", "By"))
    yield Table("Next steps", tuple(rows), head, 3, False, (5, 3, 2))


def figures(table: FigureTable, title: str, filled: Filled, *, shown: bool) -> Table:
    """A table of a part: numbers in the table's unit, an empty cell nil, the total stressed."""
    columns = max([len(table.columns), *(len(r) for r in table.rows)], default=1)
    unit = f" ({table.unit})" if table.unit else ""
    rows = []
    for row in table.rows:
        total = bool(table.total) and str(row[0]) == table.total if row else False
        padded = [*row, *[""] * (columns - len(row))]
        rows.append(tuple(
            _figure(value, filled, table, n, strong=total) for n, value in enumerate(padded)
        ))  # fmt: skip
    named = [*table.columns, *[""] * (columns - len(table.columns))]
    head = tuple(
        Cell((plain(filled(c, table.line) or "Not named"),), True, number=_counts(table, n))
        for n, c in enumerate(named)
    )
    return Table(literal(title + unit), tuple(rows), head, columns, shown)


def _counts(table: FigureTable, column: int) -> bool:
    """Whether a column holds numbers, so that they stand under one another."""
    values = [r[column] for r in table.rows if len(r) > column]
    return any(isinstance(v, int) for v in values) and all(
        isinstance(v, int) or not str(v).strip() for v in values
    )


def _figure(
    value: str | int, filled: Filled, table: FigureTable, column: int, *, strong: bool
) -> Cell:
    head, counts = table.row_headers and not column, _counts(table, column)
    if isinstance(value, int):
        words = f"{value:,}".replace("-", "−")
        return Cell(((Run(words, strong=strong),),), head, number=True)
    if not str(value).strip():
        return Cell((plain("nil" if counts else "None"),), head, number=counts)
    lines = str(value).splitlines()
    return Cell(tuple((Run(filled(x, table.line), strong=strong),) for x in lines), head)
