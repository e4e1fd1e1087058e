"""The public version holds no trace of what is withheld; the full one holds all of it.

Local Government Act 1972, sections 100B(2) and (5): the report is marked "Not for publication" and
describes the information in the terms of Schedule 12A.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from tests.documents.papers import HOME_FIRST as HOME
from tests.documents.papers import WITHHELD, matter, numbers, paper
from tests.documents.pdf_reading import everything

from concord.documents.house import house_formats
from concord.documents.html import to_html
from concord.documents.paper import Audience, texts
from concord.documents.pdf import to_pdf
from concord.documents.word import to_word

STATEMENT = "Not for publication under paragraph 3 of Part 1 of Schedule 12A"


def of_word(made: bytes) -> str:
    with ZipFile(BytesIO(made)) as parts:
        return "\n".join(parts.read(n).decode("utf-8", "replace") for n in parts.namelist())


PRINTERS = {"pdf": (to_pdf, everything), "word": (to_word, of_word), "html": (to_html, str)}


@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize("house", house_formats())
def test_no_withheld_word_is_anywhere_in_the_public_version(house, printer):
    prints, reads = PRINTERS[printer]
    whole = reads(prints(paper(house, Audience.PUBLIC)))
    assert [w for w in WITHHELD if w in whole] == []
    for word in WITHHELD:
        assert word.encode("utf-16-be").decode("latin-1") not in whole
        assert word.encode("utf-16-be").hex() not in whole.lower()


@pytest.mark.parametrize("printer", PRINTERS)
def test_the_full_version_holds_every_withheld_word_so_the_search_would_have_found_it(printer):
    prints, reads = PRINTERS[printer]
    whole = "".join(reads(prints(paper("sheffield"))).split())
    missing = {w for w in WITHHELD if "".join(w.split()) not in whole}
    # Sheffield's form shows neither the heading of its plans nor a list of appendices.
    assert missing == {"Prices of the bids", "Bids received"}


@pytest.mark.parametrize("house", house_formats())
def test_what_the_law_asks_to_be_said_stands_in_the_place_of_what_is_withheld(house):
    words = "\n".join(texts(paper(house, Audience.PUBLIC).blocks))
    assert STATEMENT in words
    assert "information about the financial or business affairs of any person" in words
    assert "bidders would ask more next time" in words


@pytest.mark.parametrize("house", house_formats())
def test_both_versions_number_what_follows_alike(house):
    # A member with the full version and one with the public one speak of the same paragraph 20.
    full, public = (numbers(paper(house, a).blocks) for a in (Audience.FULL, Audience.PUBLIC))
    assert public == full


def test_a_withheld_part_of_three_paragraphs_leaves_three_numbers():
    three = "one line.\n\nAnother line about Raffles.\n\nA third."
    one = '"The Raffles bid was £21.37 an hour and the Larcher bid £24.90."'
    text = HOME.replace(one, f'"""{three}"""')
    full, public = (
        paper("doncaster", a, text=text).blocks for a in (Audience.FULL, Audience.PUBLIC)
    )
    assert numbers(full)[-1] == numbers(public)[-1] == "47."


def test_only_the_full_version_is_marked_on_every_page():
    assert paper("doncaster").marking == "Not for publication: holds exempt information"
    assert paper("doncaster", Audience.PUBLIC).marking == ""


def test_a_matter_with_nothing_withheld_is_the_same_for_all():
    text = HOME.replace('exempt = "prices"', 'clause = "none"')
    assert matter(text).exempt
    full, public = (paper("icb_board", a, text=text) for a in (Audience.FULL, Audience.PUBLIC))
    assert full.blocks == public.blocks
    assert full.marking == ""


def test_confidential_information_is_named_by_its_own_section():
    text = HOME.replace("paragraph = 3\n", "confidential = true\n")
    words = "\n".join(texts(paper("doncaster", Audience.PUBLIC, text=text).blocks))
    assert "section 100A(3) of the Local Government Act 1972" in words
