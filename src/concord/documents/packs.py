"""An agenda with its papers as one PDF, whose printed page numbers are the pages' own.

Our own papers are one tagged document. Files that others made are put in where their item stands,
each behind a tagged sheet that names it and says that it is not tagged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import pikepdf

from concord.documents.appending import NotUsable, Upload, append, opened
from concord.documents.glyphs import printable
from concord.documents.paper import Audience, Block, Heading, Notice, Paper, Paragraph, plain
from concord.documents.pdf import as_data, print_papers, saved
from concord.domain.agreements.labels import how_many, on_day
from concord.domain.findings import Finding

Progress = Callable[[int, int, str], None]
Told = Callable[[str], None]
_STEPS = 4  # setting, marking, putting in place, saving


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an agenda: its number, title, and the papers that go with it."""

    number: str
    title: str
    papers: tuple[Paper | Upload, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a pack is made of; a supplement begins at the page after the pack it adds to."""

    body: str
    organisation: str
    on: date
    at: str
    where: str
    items: tuple[Item, ...]
    kind: str = "Agenda"
    first: int = 1
    audience: Audience = Audience.PUBLIC
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """The pack, its number of pages, where each item's first paper starts, what is not tagged."""

    pdf: bytes | None
    pages: int = 0
    starts: tuple[tuple[str, int], ...] = ()
    not_tagged: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def last(self) -> int:
        """The number printed on the last page, after which a supplement goes on."""
        return self.pages


def make_pack(agenda: Agenda, progress: Progress = lambda done, of, says: None) -> Pack:
    """The whole pack, or the reasons why there is none: half a pack is never made."""
    uploads = [p for i in agenda.items for p in i.papers if isinstance(p, Upload)]
    steps = len(uploads) + _STEPS
    found = list(_withheld(agenda))
    files: list[pikepdf.Pdf] = []
    for done, upload in enumerate(uploads):
        progress(done, steps, f"Reading {upload.title}")
        file = opened(upload)
        if isinstance(file, NotUsable):
            found.append(Finding("pack.unusable", 0, f"{upload.title}: {file.says}", file.remedy))
        else:
            files.append(file)
    if found:
        return Pack(None, findings=tuple(found))
    at = count(len(uploads))

    def told(says: str) -> None:
        progress(next(at), steps, says)

    made = _set(agenda, [len(f.pages) for f in files], told)
    others = how_many(len(files), "file")
    told(f"Putting {others} of others in place" if files else "No file of others to put in")
    pack = _joined(agenda, made, uploads, files, told)
    progress(steps, steps, "Done")
    return pack


def _withheld(agenda: Agenda) -> Iterator[Finding]:
    """A public pack may hold no paper that shows what is kept from the public."""
    if agenda.audience is not Audience.PUBLIC:
        return
    for item in agenda.items:
        for paper in item.papers:
            if isinstance(paper, Paper) and paper.marking:
                says = f"{paper.title} holds exempt information and this pack is public"
                yield Finding("pack.withheld", 0, says, "Put the paper's public version in.")


def _set(agenda: Agenda, lengths: list[int], told: Told) -> pikepdf.Pdf:
    """The agenda, our papers and the sheets before others' files, as one tagged document."""
    ours: list[Paper] = []
    data: list[dict[str, Any]] = [_front(agenda)]
    left, skips = list(lengths), 0
    for item, place, paper in _placed(agenda):
        shown = paper if isinstance(paper, Paper) else _sheet(paper, left[0])
        ours.append(shown)
        data.append(as_data(
            shown, deeper=1, skips=skips, id=_id(agenda, item, place),
            bookmark=printable(f"{item.number}. {shown.title}"),
        ))  # fmt: skip
        skips = left.pop(0) if isinstance(paper, Upload) else 0
    title = f"{agenda.kind}: {agenda.body}, {on_day(agenda.on)}"
    many = how_many(len(ours), "paper")
    told(f"Setting the agenda and {many} as one document; this step takes longest")
    return print_papers(
        data, title, agenda.organisation, agenda.on, ours, first=agenda.first, trailing=skips,
        told=told,
    )  # fmt: skip


def _placed(agenda: Agenda) -> Iterator[tuple[Item, int, Paper | Upload]]:
    for item in agenda.items:
        for place, paper in enumerate(item.papers):
            yield item, place, paper


def _id(agenda: Agenda, item: Item, place: int) -> str:
    """What the agenda's line points to; by position, since a number may be given out twice."""
    at = next(n for n, other in enumerate(agenda.items) if other is item)
    return f"item-{at}-{place}"


def _front(agenda: Agenda) -> dict[str, Any]:
    """The first page: who meets, when and where, and each item with its page."""
    when = f"{agenda.on:%A} {on_day(agenda.on)}" + (f", {agenda.at}" if agenda.at else "")
    blocks: list[Block] = [
        Heading(1, f"{agenda.kind}: {agenda.body}"),
        Paragraph(plain(agenda.organisation)),
        Paragraph(plain(f"{when}. {agenda.where}".strip(" ."))),
        *(Paragraph(plain(words)) for words in agenda.said),
    ]
    marking = "" if agenda.audience is Audience.PUBLIC else "Not for publication"
    front = Paper(
        f"{agenda.body}, {on_day(agenda.on)}", tuple(blocks), agenda.organisation, "agenda",
        agenda.audience, agenda.on, marking,
    )  # fmt: skip
    data = as_data(front)
    data["blocks"].append({"k": "contents", "rows": list(_rows(agenda))})
    return data


def _rows(agenda: Agenda) -> Iterator[dict[str, str]]:
    for item in agenda.items:
        first = _id(agenda, item, 0) if item.papers else ""
        yield {
            "number": item.number, "title": printable(item.title), "id": first,
            "note": printable(item.note), "page": "" if item.papers else "No paper",
        }  # fmt: skip
        for place, paper in enumerate(item.papers[1:], 1):
            yield {
                "number": "", "title": printable(paper.title), "note": "", "page": "",
                "id": _id(agenda, item, place),
            }  # fmt: skip


def _sheet(upload: Upload, pages: int) -> Paper:
    """The tagged sheet before a file that others made."""
    says = (
        f"The file {upload.name} follows, {how_many(pages, 'page')} long. It was not made here and "
        "is not tagged, so it may not be readable by all. Ask for it in another form: "
        f"{upload.ask or 'from the officer named on the agenda'}."
    )
    blocks = (Notice(plain(says)),)
    return Paper(upload.title, blocks, "", "sheet", Audience.PUBLIC)


def _joined(
    agenda: Agenda, pdf: pikepdf.Pdf, uploads: list[Upload], files: list[pikepdf.Pdf], told: Told
) -> Pack:
    starts = _starts(pdf)[1:]  # the agenda itself is the first
    placed = list(_placed(agenda))
    after = [starts[n] for n, (_, _, p) in enumerate(placed) if isinstance(p, Upload)]
    append(pdf, list(zip(after, files, strict=True)), agenda.first)
    pages = len(pdf.pages)
    numbers = [s + _before(s, after, files) + agenda.first for s in starts]
    told(f"Saving {pages:,} pages")
    whole = saved(pdf)
    named = tuple(
        (item.number, number)
        for (item, place, _), number in zip(placed, numbers, strict=True)
        if not place
    )
    return Pack(whole, agenda.first - 1 + pages, named, tuple(u.title for u in uploads))


def _before(start: int, after: list[int], files: list[pikepdf.Pdf]) -> int:
    """How many pages of others come before our own page of that place."""
    return sum(len(f.pages) for a, f in zip(after, files, strict=True) if a < start)


def _starts(pdf: pikepdf.Pdf) -> list[int]:
    """On which page each bookmark of the highest level points, counted from 0."""
    where: dict[object, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    found = []
    item = pdf.Root.Outlines.get("/First") if "/Outlines" in pdf.Root else None
    while item is not None:
        target = item.get("/Dest")
        if target is None:
            target = item.A.D
        found.append(where[target[0].objgen])
        item = item.get("/Next")
    return found
