"""The page's own version: real headings in order, captions, scopes, labels for a phone."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from tests.documents.papers import paper

from concord.documents.house import house_formats
from concord.documents.html import to_html
from concord.documents.paper import Heading, Table


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unclosed: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unclosed.append(tag)


def read(house: str) -> Reader:
    reader = Reader()
    reader.feed(to_html(paper(house)))
    return reader


@pytest.mark.parametrize("house", house_formats())
def test_it_is_well_formed_and_holds_no_script_style_or_handler(house):
    reader = read(house)
    assert (reader.open, reader.unclosed) == ([], [])
    assert not [t for t, _ in reader.tags if t in ("script", "style", "iframe", "img", "form")]
    names = {name for _, attributes in reader.tags for name in attributes}
    assert not [n for n in names if n.startswith("on") or n == "style"]


@pytest.mark.parametrize("house", house_formats())
def test_headings_begin_below_the_page_s_own_and_skip_no_level(house):
    levels = [int(t[1]) for t, _ in read(house).tags if re.fullmatch("h[1-6]", t)]
    assert levels[0] == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(levels) == len([b for b in paper(house).blocks if isinstance(b, Heading)])


@pytest.mark.parametrize("house", house_formats())
def test_every_table_has_a_caption_and_every_header_cell_a_scope(house):
    reader = read(house)
    tables = [b for b in paper(house).blocks if isinstance(b, Table)]
    assert [t for t, _ in reader.tags].count("caption") == len(tables)
    scopes = {a.get("scope") for t, a in reader.tags if t == "th"}
    assert scopes <= {"row", "col"}


def test_every_numbered_paragraph_has_an_address_of_its_own():
    ids = [a["id"] for _, a in read("doncaster").tags if "id" in a]
    assert "paragraph-17" in ids
    assert len(ids) == len(set(ids))


def test_cells_of_figures_carry_their_column_s_name_for_a_phone():
    labels = [a.get("data-l") for t, a in read("sheffield").tags if t == "td"]
    assert "2025/26" in labels
