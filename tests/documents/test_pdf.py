"""The PDF read back: its standards, language, title, order of reading, and who heads which cell."""

from __future__ import annotations

import pikepdf
import pytest
from tests.documents.papers import paper
from tests.documents.pdf_reading import elements, opened

from concord.documents.house import house_formats
from concord.documents.paper import Heading, Table, lift, texts
from concord.documents.pdf import to_pdf
from concord.documents.tagging import below, structures


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.fixture(scope="module", params=house_formats())
def made(request):
    shown = paper(request.param)
    with opened(to_pdf(shown)) as pdf:
        yield shown, pdf


def test_it_is_tagged_and_declares_both_its_standards(made):
    _, pdf = made
    assert pdf.Root.MarkInfo.Marked is True or bool(pdf.Root.MarkInfo.Marked)
    assert "/StructTreeRoot" in pdf.Root
    with pdf.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")


def test_it_says_its_language_and_shows_its_title(made):
    shown, pdf = made
    assert str(pdf.Root.Lang) == "en-GB"
    assert str(pdf.docinfo["/Title"]) == shown.title
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_it_is_read_in_the_order_in_which_it_is_laid_out(made):
    # Markers of lists stand in elements of their own, so all words are compared as one text.
    shown, pdf = made
    read = squeezed("".join(words for _, words, _ in elements(pdf)))
    hidden = [b.title for b in shown.blocks if isinstance(b, Table) and not b.shown_title]
    laid_out = [w for w in texts(shown.blocks) if w not in hidden or hidden.remove(w)]
    assert read == squeezed("".join(laid_out))


def test_headings_have_their_levels_and_the_first_is_the_highest(made):
    shown, pdf = made
    wanted = [max(1, b.level + lift(shown)) for b in shown.blocks if isinstance(b, Heading)]
    found = [
        int(kind[2:]) for kind, _, _ in elements(pdf) if kind[:2] == "/H" and kind[2:].isdigit()
    ]
    assert found == wanted
    assert found[0] == 1


def test_every_header_cell_says_whether_it_heads_its_row_or_its_column(made):
    shown, pdf = made
    tables = [b for b in shown.blocks if isinstance(b, Table)]
    found = list(structures(pdf, "/Table"))
    assert len(found) == len(tables)
    for table, element in zip(tables, found, strict=True):
        rows = [list(below(r, ("/TH", "/TD"))) for r in below(element, ("/TR",))]
        if table.head:
            assert {scope(c) for c in rows.pop(0)} == {"/Column"}
        for row, cells in zip(table.rows, rows, strict=True):
            assert [str(c.S) == "/TH" for c in cells] == [c.head for c in row]
            assert {scope(c) for c in cells if str(c.S) == "/TH"} <= {"/Row"}


def test_every_table_says_what_it_shows_also_where_the_house_prints_no_title(made):
    shown, pdf = made
    wanted = [b.title for b in shown.blocks if isinstance(b, Table)]
    assert [attribute(t, "/Summary") for t in structures(pdf, "/Table")] == wanted


def attribute(element, name):
    kept = element.get("/A")
    listed = kept if isinstance(kept, pikepdf.Array) else [kept]
    found = (str(a[name]) for a in listed if isinstance(a, pikepdf.Dictionary) and name in a)
    return next(found, "none")


def scope(cell):
    return attribute(cell, "/Scope")


def test_bookmarks_follow_the_headings(made):
    shown, pdf = made
    with pdf.open_outline() as outline:
        found = [item.title for item in flat(outline.root)]
    wanted = [squeezed(f"{b.number}{b.text}") for b in shown.blocks if isinstance(b, Heading)]
    assert [squeezed(f) for f in found] == wanted


def flat(items):
    for item in items:
        yield item
        yield from flat(item.children)


def test_the_same_paper_always_gives_the_same_bytes():
    assert to_pdf(paper("doncaster")) == to_pdf(paper("doncaster"))


def test_a_paper_with_no_date_does_not_claim_the_standard_that_asks_for_one():
    text = 'format = 1\n[matter]\ntitle = "t"\nwhat = "w"\nfunctions = ["care"]\namounts = []\n'
    text += '[report]\nsubject = "No day yet"\nof = "not stated"\n'
    with opened(to_pdf(paper("doncaster", text=text))) as pdf, pdf.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert "pdfaid:part" not in meta
