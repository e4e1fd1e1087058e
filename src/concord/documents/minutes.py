"""Approved minutes as a paper: what the public may read of them, for every printer alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from concord.documents.paper import Audience, Block, Heading, Notice, Paper, Paragraph, plain
from concord.domain.calendar import in_words
from concord.domain.decisions.minutes import MinuteLine

KEPT_BACK = "Part of this minute is kept from the public, because it tells of what was in private."


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPrinted:
    """Minutes about to be printed: of which body's meeting, and by which meeting approved."""

    body: str
    organisation: str
    on: date
    where: str
    titles: Mapping[str, str]
    lines: tuple[MinuteLine, ...]
    approved: date
    presided: str


def public_lines(lines: Iterable[MinuteLine]) -> tuple[MinuteLine, ...]:
    """The lines that the public may read."""
    return tuple(x for x in lines if not x.private)


def minutes_paper(asked: MinutesPrinted) -> Paper:
    """The minutes as the public reads them; what is kept back says so where it stood."""
    title = f"Minutes: {asked.body}, {in_words(asked.on)}"
    return Paper(
        title=title, blocks=(Heading(0, title), *_blocks(asked)), organisation=asked.organisation,
        format="minutes", audience=Audience.PUBLIC, dated=asked.approved,
    )  # fmt: skip


def _blocks(asked: MinutesPrinted) -> Iterator[Block]:
    where = f"Held at {asked.where}. " if asked.where else ""
    when = f"Approved on {in_words(asked.approved)}; {asked.presided} presided."
    yield Paragraph(plain(f"{where}{when}"))
    number = 0
    for item, found in groupby(asked.lines, key=lambda x: x.item):
        lines = list(found)
        if item:
            number += 1
            yield Heading(1, asked.titles.get(item, item), f"{number}.")
        for line in public_lines(lines):
            yield Paragraph(plain(line.says))
        if any(x.private for x in lines):
            yield Notice(plain(KEPT_BACK))
