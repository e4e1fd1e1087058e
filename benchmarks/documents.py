"""How long a 20-page report takes as PDF and as Word, and a 500-page pack of papers.

    python benchmarks/documents.py

The report is the Middlemarch matter of the tests with its parts so many times over that it fills 20
pages; the pack is made of such reports, each set anew, and of one file of others. Every run is the
first in a process of its own; docs/benchmarks.md keeps the last figures.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import pikepdf

from concord.documents.appending import Upload
from concord.documents.house import house_formats
from concord.documents.html import to_html
from concord.documents.layout import lay_out
from concord.documents.packs import Agenda, Item, make_pack
from concord.documents.paper import Audience, Paper, Paragraph, Run
from concord.documents.pdf import to_pdf
from concord.documents.word import to_word
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.reader import read_matter
from concord.domain.decisions.report import Report

ROOT = Path(__file__).parents[1]
TIMES = 7  # how many times over the parts stand, to fill 20 pages
PACK = 500
RUNS = 5


def record() -> tuple[MatterText, Arrangement]:
    arrangement = read_arrangement(
        (ROOT / "places/middlemarch/arrangement.toml").read_text("utf-8")
    ).arrangement
    assert arrangement is not None  # noqa: S101 - the place is in the repository
    text = (ROOT / "tests/documents/fixtures/home_first.toml").read_text("utf-8")
    matter = read_matter(text, arrangement).matter
    assert matter is not None  # noqa: S101
    return matter, arrangement


def pages(made: bytes) -> int:
    with pikepdf.open(BytesIO(made)) as pdf:
        return len(pdf.pages)


def lengthened(matter: MatterText, times: int) -> MatterText:
    """The matter with its parts so many times over; ids only once, as references ask."""
    report = matter.report
    assert isinstance(report, Report)  # noqa: S101
    again = tuple(replace(p, id_="") for p in report.parts) * (times - 1)
    return replace(matter, report=replace(report, parts=(*report.parts, *again)))


def laid(matter: MatterText, arrangement: Arrangement) -> Paper:
    found = lay_out(matter, arrangement, house_formats()["doncaster"], Audience.PUBLIC, "cabinet")
    assert found.paper is not None  # noqa: S101
    return found.paper


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def alone(name: str) -> float:
    """How long one act takes the first time in a process of its own, which remembers nothing.

    The typesetter keeps what it has set, so a second run of the same paper would prove little.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(once, name).result()


def once(name: str) -> float:
    matter, arrangement = record()
    long = lengthened(matter, TIMES)
    paper = laid(long, arrangement)
    act: dict[str, Callable[[], object]] = {
        "laid out": lambda: laid(long, arrangement),
        "as HTML": lambda: to_html(paper),
        "as PDF": lambda: to_pdf(paper),
        "as Word": lambda: to_word(paper),
        "pack": lambda: make_pack(agenda(arrangement, matter)),
    }
    return timed(act[name])


def agenda(arrangement: Arrangement, matter: MatterText) -> Agenda:
    """Papers of which no two share a paragraph, and one file of others."""
    paper = laid(lengthened(matter, TIMES), arrangement)
    each = pages(to_pdf(paper))
    items = [Item(str(n), f"Item {n}", (told_apart(paper, n),)) for n in range(1, PACK // each + 1)]
    theirs = Upload("A file of others", "others.pdf", to_pdf(paper))
    items.append(Item(str(len(items) + 1), "A file of others", (theirs,)))
    return Agenda("Cabinet", "Middlemarch Borough Council", date(2027, 1, 19), "", "", tuple(items))


def told_apart(paper: Paper, number: int) -> Paper:
    """The paper with a word of its own in every paragraph, so that each has to be set anew."""
    blocks = tuple(
        replace(b, runs=(Run(f"In paper {number}, "), *b.runs)) if isinstance(b, Paragraph) else b
        for b in paper.blocks
    )
    return replace(paper, title=f"{paper.title}, part {number}", blocks=blocks)


def main() -> None:
    matter, arrangement = record()
    paper = laid(lengthened(matter, TIMES), arrangement)
    print(f"a report of {pages(to_pdf(paper))} pages")
    for name in ("laid out", "as HTML", "as PDF", "as Word"):
        print(f"  {name:10} {shown([alone(name) for _ in range(RUNS)])}")
    made = make_pack(agenda(arrangement, matter))
    print(f"a pack of {made.pages} pages, {len(made.pdf or b'') / 1e6:.1f} MB")
    print(f"  {'made':10} {shown([alone('pack') for _ in range(RUNS)])}")


def shown(took: list[float]) -> str:
    ms = sorted(t * 1000 for t in took)
    return f"median {statistics.median(ms):6,.0f} ms, from {ms[0]:,.0f} to {ms[-1]:,.0f}"


if __name__ == "__main__":
    main()
