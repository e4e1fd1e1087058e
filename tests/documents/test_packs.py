"""A pack: the printed number of every page is the page's own, bookmarks lead where they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from tests.documents.papers import paper
from tests.documents.pdf_reading import opened, shown_words, unicode_of, words_of_page

from concord.documents.appending import Upload
from concord.documents.packs import Agenda, Item, make_pack
from concord.documents.paper import Audience
from concord.documents.pdf import to_pdf


def blank(pages: int = 3, script: str = "") -> bytes:
    """A file as others make them: not tagged, perhaps with a script, a form and an attachment."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    if script:
        act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
        page = pdf.pages[0].obj
        page.AA = pikepdf.Dictionary(O=act)
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=act
        )
        page.Annots = pikepdf.Array([pdf.make_indirect(note)])
        pdf.Root.OpenAction = act
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


OURS = paper("doncaster", Audience.PUBLIC, "cabinet")
THEIRS = Upload("Specification", "specification.pdf", blank(3), "from Mary Garth")


def agenda(**changes) -> Agenda:
    items = (
        Item("1", "Apologies"),
        Item("2", "Home first", (OURS, THEIRS)),
        Item("3", "Once more", (paper("sheffield", Audience.PUBLIC, "cabinet"),)),
        Item("4", "Another's paper", (Upload("Letter", "letter.pdf", blank(2)),)),
    )
    known = Agenda(
        "Cabinet", "Middlemarch Borough Council", date(2027, 1, 19), "10.30 am", "Town Hall", items
    )
    return replace(known, **changes)


@pytest.fixture(scope="module")
def pack():
    return make_pack(agenda())


def words_over(page) -> str:
    found = " ".join(words_of_page(page).values())
    for form in page.Resources.get("/XObject", {}).values():
        if "/Resources" in form:
            found += " " + inside(form)
    return found


def inside(form) -> str:
    fonts = {n: unicode_of(f) for n, f in form.Resources.get("/Font", {}).items()}
    out, font = "", {}
    for operands, operator in pikepdf.parse_content_stream(form):
        if str(operator) == "Tf":
            font = fonts.get(str(operands[0]), {})
        elif str(operator) in ("Tj", "TJ"):
            out += shown_words(operands[0], font)
    for inner in form.Resources.get("/XObject", {}).values():
        out += inside(inner)
    return out


def test_every_page_prints_its_own_number_and_the_number_of_all(pack):
    with opened(pack.pdf) as pdf:
        assert pack.pages == len(pdf.pages)
        for number, page in enumerate(pdf.pages, 1):
            squeezed = "".join(words_over(page).split())
            assert f"Page{number}of{pack.pages}" in squeezed, number


def test_the_viewer_s_page_numbers_are_the_printed_ones(pack):
    with opened(pack.pdf) as pdf:
        assert [p.label for p in pdf.pages] == [str(n) for n in range(1, pack.pages + 1)]


def test_each_item_has_a_bookmark_that_leads_to_its_page(pack):
    with opened(pack.pdf) as pdf, pdf.open_outline() as outline:
        where = {p.objgen: n for n, p in enumerate(pdf.pages, 1)}
        marks = [(m.title, where[m.destination[0].objgen]) for m in outline.root]
    titles = [t for t, _ in marks]
    assert titles[0] == "Agenda: Cabinet"
    assert titles[2] == "2. Specification"
    starts = dict(pack.starts)
    assert marks[1][1] == starts["2"] == 2
    # The sheet before the Specification, then its three pages, then item 3.
    assert starts["3"] == marks[2][1] + 1 + 3
    assert marks[3][1] == starts["3"]


def test_the_agenda_lists_each_item_with_its_page_or_says_there_is_no_paper(pack):
    with opened(pack.pdf) as pdf:
        words = " ".join(words_of_page(pdf.pages[0]).values())
    squeezed = "".join(words.split())
    assert "1ApologiesNopaper" in squeezed
    assert f"3Oncemore{dict(pack.starts)['3']}" in squeezed
    assert "Tuesday19January2027,10.30am.TownHall" in squeezed


def test_what_others_made_is_named_as_not_tagged_and_ends_the_claim(pack):
    assert pack.not_tagged == ("Specification", "Letter")
    with opened(pack.pdf) as pdf, pdf.open_metadata() as meta:
        assert "pdfuaid:part" not in meta
        assert "pdfaid:part" not in meta
        sheet = " ".join(words_of_page(pdf.pages[dict(pack.starts)["4"] - 1]).values())
    assert "letter.pdf" in sheet
    assert "is not tagged" in " ".join(sheet.split())


def test_a_pack_of_our_own_papers_only_is_one_tagged_document():
    made = make_pack(agenda(items=(Item("1", "Home first", (OURS,)),)))
    with opened(made.pdf) as pdf, pdf.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert bool(pdf.Root.MarkInfo.Marked)


def test_a_supplement_goes_on_where_the_pack_ended(pack):
    items = (Item("5", "Urgent", (OURS,)),)
    more = make_pack(agenda(kind="Supplement 1", first=pack.last + 1, items=items))
    with opened(more.pdf) as pdf:
        assert pdf.pages[0].label == str(pack.last + 1)
        words = "".join(" ".join(words_of_page(pdf.pages[0]).values()).split())
        assert f"Page{pack.last + 1}of{more.pages}" in words
        assert more.pages == pack.last + len(pdf.pages)


def test_nothing_in_an_uploaded_file_can_run_from_the_pack():
    evil = Upload("Evil", "evil.pdf", blank(1, script="app.alert(1)"))
    made = make_pack(agenda(items=(Item("1", "Evil", (evil,)),)))
    with opened(made.pdf) as pdf:
        whole = "".join(repr(o) for o in pdf.objects)
    assert "JavaScript" not in whole
    assert "app.alert" not in whole


@pytest.mark.parametrize(
    ("file", "says"),
    [(b"not a pdf", "cannot be read as a PDF"), (b"%PDF-1.7\n%%EOF", "cannot be read as a PDF")],
)
def test_a_file_that_cannot_be_read_is_named_and_no_half_pack_is_made(file, says):
    made = make_pack(agenda(items=(Item("1", "Broken", (Upload("Broken", "b.pdf", file), OURS)),)))
    assert made.pdf is None
    assert [f.id for f in made.findings] == ["pack.unusable"]
    assert says in made.findings[0].says


def test_a_locked_file_says_what_to_do():
    pdf = opened(blank(1))
    out = BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    locked = Upload("Locked", "l.pdf", out.getvalue())
    made = make_pack(agenda(items=(Item("1", "Locked", (locked,)),)))
    assert "locked with a password" in made.findings[0].says


def test_a_public_pack_refuses_a_paper_that_shows_what_is_withheld():
    made = make_pack(agenda(items=(Item("1", "Home first", (paper("doncaster"),)),)))
    assert made.pdf is None
    assert [f.id for f in made.findings] == ["pack.withheld"]


def test_progress_is_told_from_the_first_step_to_the_last():
    told: list[tuple[int, int]] = []
    make_pack(agenda(), lambda done, of, says: told.append((done, of)))
    assert told == sorted(told)
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] == 6


def test_a_tagged_paper_of_ours_put_in_as_a_file_loses_its_tags_and_is_named():
    made = make_pack(agenda(items=(Item("1", "x", (Upload("Ours", "o.pdf", to_pdf(OURS)),)),)))
    assert made.not_tagged == ("Ours",)
    assert made.pdf is not None


def test_two_items_with_the_same_number_each_keep_their_own_page():
    made = make_pack(agenda(items=(Item("5", "One", (OURS,)), Item("5", "Two", (OURS,)))))
    assert made.starts[0][1] < made.starts[1][1]
