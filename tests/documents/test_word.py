"""The Word file read back: real styles, repeated header rows, en-GB, and nothing that can run."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.documents.papers import paper

from concord.documents.house import house_formats
from concord.documents.paper import Heading, Table, lift
from concord.documents.word import to_word


@pytest.fixture(scope="module", params=house_formats())
def made(request):
    shown = paper(request.param)
    return shown, Document(BytesIO(to_word(shown)))


def test_every_heading_is_a_real_heading_of_its_level(made):
    shown, word = made
    wanted = [
        (
            f"{b.number}  {b.text}".strip(),
            f"Heading {b.level + lift(shown)}" if b.level else "Title",
        )
        for b in shown.blocks
        if isinstance(b, Heading)
    ]
    found = [
        (p.text, p.style.name)
        for p in word.paragraphs
        if p.style.name.startswith("Heading") or p.style.name == "Title"
    ]
    assert found == wanted


def test_every_table_with_a_header_row_repeats_it_on_each_page(made):
    shown, word = made
    tables = [b for b in shown.blocks if isinstance(b, Table)]
    assert len(word.tables) == len(tables)
    for table, found in zip(tables, word.tables, strict=True):
        first = found._tbl.tr_lst[0]
        assert (first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None) == bool(table.head)
        assert found._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == table.title


def test_it_is_in_british_english_throughout(made):
    _, word = made
    marks = [m.get(qn("w:val")) for m in word.styles.element.iter(qn("w:lang"))]
    assert marks
    assert set(marks) == {"en-GB"}
    assert word.core_properties.language == "en-GB"


def test_it_has_its_title_and_its_organisation_and_no_tool_s_name(made):
    shown, word = made
    assert word.core_properties.title == shown.title
    assert word.core_properties.author == shown.organisation
    assert word.core_properties.comments == ""


def test_a_house_s_numbers_are_words_of_the_text():
    word = Document(BytesIO(to_word(paper("sheffield"))))
    assert any(p.text.startswith("1.2.4.1\t") for p in word.paragraphs)


def test_nothing_in_it_can_run_and_its_only_field_is_the_page_number():
    with ZipFile(BytesIO(to_word(paper("icb_board", stop="icb")))) as parts:
        names = parts.namelist()
        everything = b"".join(parts.read(n) for n in names)
    assert not [n for n in names if "vba" in n.lower() or "embed" in n.lower() or "activeX" in n]
    assert everything.count(b"<w:instrText") == 1
    assert b"<w:instrText>PAGE</w:instrText>" in everything


def test_the_same_paper_always_gives_the_same_bytes():
    assert to_word(paper("doncaster")) == to_word(paper("doncaster"))
