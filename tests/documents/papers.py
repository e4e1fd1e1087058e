"""The Middlemarch matter of these tests, laid out: one record that every format is made from."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from concord.documents.house import house_formats
from concord.documents.layout import lay_out
from concord.documents.paper import Audience, Block, Heading, Listing, Paper, Paragraph
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.reader import read_matter

ROOT = Path(__file__).parents[2]
HOME_FIRST = (Path(__file__).parent / "fixtures" / "home_first.toml").read_text("utf-8")
# Words that stand in the exempt parts of the fixture and nowhere else.
WITHHELD = ("Raffles", "Larcher", "21.37", "24.90", "2,137", "2,490", "Prices of the bids",
            "Bids received", "Evaluation of bids", "Pence an hour")  # fmt: skip


@cache
def arrangement(place: str = "middlemarch") -> Arrangement:
    text = (ROOT / "places" / place / "arrangement.toml").read_text("utf-8")
    read = read_arrangement(text).arrangement
    assert read is not None
    return read


def matter(text: str = HOME_FIRST, place: str = "middlemarch") -> MatterText:
    reading = read_matter(text, arrangement(place))
    assert [str(f) for f in reading.grave] == []
    assert reading.matter is not None
    return reading.matter


def paper(
    format_: str, audience: Audience = Audience.FULL, stop: str = "", text: str = HOME_FIRST
) -> Paper:
    laid = lay_out(matter(text), arrangement(), house_formats()[format_], audience, stop)
    assert laid.findings == ()
    assert laid.paper is not None
    return laid.paper


def rebuilt(place: str, name: str) -> Paper:
    """The published report of a place, from the record that stands for it."""
    text = (ROOT / "places" / place / "matters" / f"{name}.toml").read_text("utf-8")
    laid = lay_out(matter(text, place), arrangement(place), house_formats()[place], Audience.PUBLIC)
    assert laid.paper is not None
    return laid.paper


def headings(blocks: tuple[Block, ...]) -> list[str]:
    """Every heading with its number, as it reads."""
    return [f"{b.number} {b.text}".strip() for b in blocks if isinstance(b, Heading)]


def numbers(blocks: tuple[Block, ...]) -> list[str]:
    return [b.number for b in blocks if getattr(b, "number", "") and not isinstance(b, Heading)]


def numbers_under(blocks: tuple[Block, ...], heading: str) -> list[str]:
    """The numbers of the paragraphs that stand directly under a heading."""
    found: list[str] = []
    under = False
    for block in blocks:
        if isinstance(block, Heading):
            under = block.text == heading
        elif under and isinstance(block, Paragraph) and block.number:
            found.append(block.number)
    return found


def markers(blocks: tuple[Block, ...]) -> list[list[str]]:
    return [[e.marker for e in b.entries] for b in blocks if isinstance(b, Listing)]
