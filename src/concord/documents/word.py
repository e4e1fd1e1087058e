"""A paper as an editable Word file: real heading styles, repeated header rows, en-GB, no code.

Numbers are words of the text, because a house's numbers must survive being pasted elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import zip_longest
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from concord.documents.paper import (
    Block,
    Heading,
    Listing,
    NewPage,
    Notice,
    Paper,
    Paragraph,
    Run,
    Runs,
    Table,
    leads,
    lift,
)
from concord.documents.prose import safe
from concord.documents.word_styles import prepare
from concord.documents.word_table import table_element

HANG = Cm(1.6)
INDENT = Cm(0.8)


def to_word(paper: Paper) -> bytes:
    """The paper as a .docx; the same paper always gives the same bytes."""
    word = Document()
    prepare(word, paper)
    deeper = lift(paper)
    if not deeper:
        # Word has no hidden title, and a form without one still has to be found by its name.
        word.core_properties.title = paper.title
    for block, after in zip_longest(paper.blocks, paper.blocks[1:]):
        _block(word, block, deeper)
        if leads(block, after):
            word.paragraphs[-1].paragraph_format.keep_with_next = True
    return _steady(word, paper.dated if isinstance(paper.dated, date) else None)


def _block(word: Word, block: Block, deeper: int) -> None:
    match block:
        case Heading():
            words = f"{block.number}  {block.text}" if block.number else block.text
            level = block.level + deeper
            word.add_heading(words, min(level, 9)) if block.level else word.add_paragraph(
                words, style="Title"
            )
        case Paragraph():
            _paragraph(word, block)
        case Listing():
            _listing(word, block, HANG if block.hangs else Cm(0))
        case Table():
            _table(word, block)
        case Notice():
            numbered = f"{block.number}  " if block.number else ""
            made = word.add_paragraph(style="Intense Quote")
            _fill(made, (Run(numbered), *block.runs))
        case NewPage():
            word.add_page_break()


def _paragraph(word: Word, block: Paragraph) -> None:
    made = word.add_paragraph()
    if block.number:
        _hanging(made, block.number, Cm(0), HANG)
    elif block.hangs:
        made.paragraph_format.left_indent = HANG
    _fill(made, block.runs)


def _hanging(made: WordParagraph, marker: str, left: Cm, hang: Cm) -> None:
    """The number or marker at the left, the text hanging beside it at a tab."""
    made.paragraph_format.left_indent = left + hang
    made.paragraph_format.first_line_indent = -hang
    made.paragraph_format.tab_stops.add_tab_stop(left + hang)
    made.add_run(f"{marker}\t")


def _listing(word: Word, block: Listing, left: Cm) -> None:
    for entry in block.entries:
        first = True
        for inner in entry.blocks:
            if isinstance(inner, Listing):
                _listing(word, inner, Cm(left.cm + INDENT.cm))
                continue
            made = word.add_paragraph(style="List Paragraph")
            made.paragraph_format.space_after = Pt(3)
            if first:
                _hanging(made, entry.marker, left, INDENT)
            else:
                made.paragraph_format.left_indent = left + INDENT
                made.paragraph_format.first_line_indent = Cm(0)
            _fill(made, inner.runs)
            first = False


def _fill(made: WordParagraph, runs: Runs) -> None:
    for run in runs:
        address = safe(run.address)
        target = _link(made, address) if address else made._p
        for element in _run_elements(run, linked=bool(address)):
            target.append(element)


def _run_elements(run: Run, *, linked: bool) -> Iterator[object]:
    element = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    if linked:
        style = OxmlElement("w:u")
        style.set(qn("w:val"), "single")
    for wanted, name in ((run.strong, "w:b"), (run.emphasis, "w:i")):
        if wanted:
            properties.append(OxmlElement(name))
    if linked:
        properties.append(style)
    if len(properties):
        element.append(properties)
    text = OxmlElement("w:t")
    text.text = run.text
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.append(text)
    yield element


def _link(made: WordParagraph, address: str) -> Any:
    relation = made.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    made._p.append(link)
    return link


def _table(word: Word, block: Table) -> None:
    if block.shown_title:
        word.add_paragraph(block.title, style="Caption").paragraph_format.keep_with_next = True
    after = word.element.body
    after.insert(len(after) - 1, table_element(block))
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _steady(word: Word, dated: date | None) -> bytes:
    """The file with every time in it that of the paper, so that its hash can be compared."""
    on = datetime(dated.year, dated.month, dated.day) if dated else datetime(2000, 1, 1)  # noqa: DTZ001
    word.core_properties.created = word.core_properties.modified = on.replace(tzinfo=UTC)
    made, out = BytesIO(), BytesIO()
    word.save(made)
    with ZipFile(made) as read, ZipFile(out, "w", ZIP_DEFLATED) as write:
        for name in read.namelist():
            entry = ZipInfo(name, (max(on.year, 1980), on.month, on.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            write.writestr(entry, read.read(name))
    return out.getvalue()
