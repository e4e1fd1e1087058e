"""What cannot be trusted comes out as the words it is made of, or is refused with the reason."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.papers import arrangement, matter, paper
from tests.documents.pdf_reading import elements, opened

from concord.documents.glyphs import known, printable
from concord.documents.house import house_formats
from concord.documents.html import to_html
from concord.documents.layout import lay_out
from concord.documents.paper import Audience, Paper, Paragraph, plain, texts
from concord.documents.pdf import to_pdf
from concord.documents.prose import blocks_of, safe
from concord.documents.word import to_word
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import FigureTable

HEAD = 'format = 1\n[matter]\ntitle = "t"\nwhat = "w"\nfunctions = ["care"]\namounts = []\n'
REPORT = '[report]\nsubject = "Hostile"\nof = "x"\ndated = 2027-01-04\n'
EVIL = [
    "<script>alert(1)</script>", "#eval(\"1+1\") #read(\"/etc/passwd\") $x^2$ \\u{41}",
    "=cmd|' /C calc'!A0 @SUM(1+1) +1 -1", "{{7*7}} {% raw %} ${jndi:x} <%= 1 %>",
    "&lt;b&gt; <!-- x --> ]]> <w:p/> javascript:alert(1)",
]  # fmt: skip


def written(text: str) -> MatterText:
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    return matter(f'{HEAD}{REPORT}[[report.parts]]\nkind = "summary"\ntext = "{body}"\n')


def laid(text: MatterText) -> Paper:
    found = lay_out(text, arrangement(), house_formats()["doncaster"], Audience.PUBLIC)
    assert found.paper is not None
    return found.paper


@pytest.mark.parametrize("evil", EVIL)
def test_code_comes_out_as_its_own_letters_in_all_three(evil):
    shown = laid(written(evil))
    # One backslash before a mark of punctuation is Markdown's own; no other letter may change.
    assert any(evil in words for words in texts(shown.blocks))
    page = to_html(shown)
    assert "<script" not in page
    assert "<!--" not in page
    word = Document(BytesIO(to_word(shown)))
    assert any(evil in p.text for p in word.paragraphs)
    with opened(to_pdf(shown)) as pdf:
        assert any("".join(evil.split()) in "".join(w.split()) for _, w, _ in elements(pdf))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x", "vbscript:x"],
)
def test_only_addresses_of_the_web_and_of_mail_become_links(address):
    assert safe(address) == ""
    page = to_html(laid(written(f"[press here]({address})")))
    assert "<a " not in page
    assert "press here" in page


def test_a_picture_or_a_raw_tag_in_the_text_is_words():
    page = to_html(laid(written("![x](https://tracker.example/p.gif) <img src=x onerror=y>")))
    assert "<img" not in page


def test_a_value_in_a_live_reference_is_never_read_as_markup():
    # The arrangement's names are put in after the text was read, so their stars stay stars.
    found = blocks_of("Before {x} after", lambda t: t.replace("{x}", "**not bold** <b>"))
    assert [r.text for r in found[0].runs] == ["Before **not bold** <b> after"]
    assert not any(r.strong for r in found[0].runs)


def test_a_table_of_ten_thousand_rows_is_refused_with_what_to_do():
    long = FigureTable(title="Long", columns=("a", "b"), rows=(("row", 1),) * 10_000)
    text = written("Before the table.")
    report = text.report
    part = replace(report.parts[0], tables=(long,))
    text = replace(text, report=replace(report, parts=(part,)))
    found = lay_out(text, arrangement(), house_formats()["doncaster"], Audience.PUBLIC)
    assert found.paper is None
    assert [f.id for f in found.findings] == ["paper.too_many_rows"]
    assert "10,000 rows" in found.findings[0].says
    assert found.findings[0].remedy


def test_a_table_of_thirty_columns_is_refused():
    columns = ", ".join(f'"c{n}"' for n in range(30))
    text = f'{HEAD}{REPORT}[[report.parts]]\nkind = "summary"\n[[report.parts.tables]]\n'
    text += f'title = "Wide"\ncolumns = [{columns}]\nrows = []\n'
    found = lay_out(matter(text), arrangement(), house_formats()["doncaster"], Audience.PUBLIC)
    assert [f.id for f in found.findings] == ["paper.too_wide"]


def test_a_matter_without_a_report_says_so():
    found = lay_out(matter(HEAD), arrangement(), house_formats()["doncaster"], Audience.PUBLIC)
    assert found.paper is None
    assert [f.id for f in found.findings] == ["paper.no_report"]


def test_a_reference_to_nothing_is_left_as_it_stands_and_is_a_finding():
    found = lay_out(
        written("See {body:no_such_body}."), arrangement(), house_formats()["doncaster"],
        Audience.PUBLIC,
    )  # fmt: skip
    assert [f.id for f in found.findings] == ["paper.dangling"]
    assert found.paper is not None
    assert any("{body:no_such_body}" in words for words in texts(found.paper.blocks))


def test_lists_too_deep_to_be_read_are_refused_and_nothing_is_lost_in_silence():
    text = written("- " * 400 + "bottom")
    found = lay_out(text, arrangement(), house_formats()["doncaster"], Audience.PUBLIC)
    assert found.paper is None
    assert [f.id for f in found.findings] == ["paper.too_deep"]
    shown = laid(written("- " * 10 + "bottom"))
    assert "bottom" in to_html(shown)
    assert any("bottom" in p.text for p in Document(BytesIO(to_word(shown))).paragraphs)


def test_a_character_the_face_lacks_is_named_and_never_lost():
    assert printable("a\U0001f600b") == "a[U+1F600]b"
    assert printable("病院") == "[U+75C5][U+9662]"
    assert printable("£ − – “ ” é ŵ ☒") == "£ − – “ ” é ŵ ☒"
    assert {"£", "−", "Ŵ", "☐"} <= known()


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_can_be_set_in_all_three(text):
    shown = Paper("Any", (Paragraph(plain(text)), *blocks_of(text, str)), "", "x", Audience.PUBLIC)
    heading = paper("icb_board", stop="icb").blocks[1]
    cleaned = laid(matter()).__class__(
        "Any", (heading, *blocks_of(text, str)), "Middlemarch", "x", Audience.PUBLIC
    )
    assert to_pdf(cleaned).startswith(b"%PDF-1.7")
    assert to_word(cleaned).startswith(b"PK")
    assert "<script" not in to_html(shown)


def test_the_word_file_is_well_formed_whatever_the_text():
    made = to_word(laid(written(" ".join(EVIL))))
    with ZipFile(BytesIO(made)) as parts:
        assert parts.testzip() is None
    Document(BytesIO(made))


def test_what_goes_on_without_a_space_is_refused_where_no_file_could_hold_it():
    found = lay_out(
        written("[" * 20_000), arrangement(), house_formats()["doncaster"], Audience.PUBLIC
    )
    assert [f.id for f in found.findings] == ["paper.endless"]
    assert found.paper is None
