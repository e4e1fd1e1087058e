"""Every matter of every place can be set in every format, for both audiences."""

from __future__ import annotations

import pytest
from tests.documents.papers import ROOT, arrangement, matter

from concord.documents.house import house_formats
from concord.documents.html import to_html
from concord.documents.layout import lay_out
from concord.documents.paper import Audience
from concord.documents.pdf import to_pdf
from concord.documents.word import to_word

MATTERS = sorted((ROOT / "places").glob("*/matters/*.toml"))


@pytest.mark.parametrize("house", house_formats())
@pytest.mark.parametrize("file", MATTERS, ids=lambda f: f"{f.parts[-3]}-{f.stem}")
def test_a_matter_is_set_whole_in_a_format_that_is_not_its_own(file, house):
    place = file.parts[-3]
    text = matter(file.read_text("utf-8"), place)
    for audience in Audience:
        laid = lay_out(text, arrangement(place), house_formats()[house], audience)
        assert laid.findings == ()
        assert laid.paper is not None
    assert to_pdf(laid.paper).startswith(b"%PDF-1.7")
    assert to_word(laid.paper).startswith(b"PK")
    assert to_html(laid.paper)
