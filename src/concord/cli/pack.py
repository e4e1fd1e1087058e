"""`concord pack`: the agenda of a body on a day with its papers as one PDF; needs no database."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from concord.cli.authority import must_be_known
from concord.cli.printing import Failed, as_json
from concord.cli.texts import arrangement_of, file_of
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import how_many, label
from concord.domain.calendar import in_words
from concord.domain.decisions.agendas import AgendaItem, items, meeting
from concord.domain.decisions.calendars import NO_CALENDARS, Calendars, read_calendar
from concord.domain.decisions.checks import all_checks
from concord.domain.decisions.reader import MatterReading, read_matter

if TYPE_CHECKING:
    from concord.documents.agendas import Content
    from concord.documents.packs import Pack
    from concord.documents.paper import Audience


def pack(asked: Namespace) -> int:
    """Writes the pack with progress on the terminal. Exit 1 where there is none or a paper lacks.

    It is a draft made from the texts as they lie: who has signed is known to the database alone.
    """
    # Read here, so that a command that prints nothing does not wait for the printers.
    from concord.documents.agendas import pack_agenda
    from concord.documents.packs import make_pack
    from concord.documents.paper import Audience

    a = arrangement_of(asked.place)
    must_be_known([asked.body], set(a.bodies), "body")
    read = dict(_matters(asked.place, a))
    texts = {n: r.matter for n, r in read.items() if r.matter and r.matter.matter}
    meets = meeting(texts, _calendars(asked.place, a), asked.body, asked.date)
    found = items(texts, a, asked.body, asked.date)
    if meets is None or not found:
        says = f"no matter comes to {label(a, asked.body)} on {in_words(asked.date)}"
        raise Failed(says, "Give a matter a stop there, or name another day.", 1)
    audience = Audience.FULL if asked.full else Audience.PUBLIC
    contents = [_content(asked.place, a, read[i.matter], i, audience) for i in found]
    agenda = pack_agenda(a, meets, contents, where=asked.where, audience=audience)
    made = make_pack(agenda, _progress if not asked.json else lambda done, of, says: None)
    return _written(made, contents, asked)


def _written(made: Pack, contents: list[Content], asked: Namespace) -> int:
    if made.pdf is None:
        for finding in made.findings:
            print(f"{finding.says}\n    → {finding.remedy}", file=sys.stderr)
        return 1
    try:
        Path(asked.output).write_bytes(made.pdf)
    except OSError as fault:
        raise Failed(f"{asked.output} cannot be written: {fault.strerror}") from None
    lacking = [c for c in contents if c.lacks]
    if asked.json:
        rows = [
            {"number": c.item.number, "title": c.item.title, "lacks": c.lacks} for c in contents
        ]
        as_json({"file": asked.output, "pages": made.pages, "starts": made.starts, "items": rows})
    else:
        for one in lacking:
            print(f"Item {one.item.number}, {one.item.title}: {one.lacks}", file=sys.stderr)
        print(f"{asked.output}: {how_many(made.pages, 'page')}, {how_many(len(contents), 'item')}.")
    return 1 if lacking else 0


def _content(
    place: str, a: Arrangement, read: MatterReading, item: AgendaItem, audience: Audience
) -> Content:
    from concord.documents.agendas import Content, paper_for

    assert read.matter is not None  # noqa: S101 - only matters that could be read give items
    laid = paper_for(read.matter, a, file_of(place).parent.name, item.stop, audience)
    if laid.paper is None:
        because = laid.findings[0].says if laid.findings else "it is not for publication"
        return Content(item, lacks=f"No paper: {because}.")
    return Content(item, (laid.paper,))


def _progress(done: int, of: int, says: str) -> None:
    """One line that is written over where somebody looks on, and a line each where nobody does."""
    start, end = ("\r\033[K", "") if sys.stderr.isatty() else ("", "\n")
    print(f"{start}{done} of {of}: {says}", end="\n" if done == of else end, file=sys.stderr)


def _matters(place: str, a: Arrangement) -> Iterator[tuple[str, MatterReading]]:
    for file in sorted(file_of(place).parent.glob("matters/*.toml")):
        text = file.read_text(encoding="utf-8", errors="replace")
        yield file.stem, read_matter(text, a, str(file), checks=(all_checks,))


def _calendars(place: str, a: Arrangement) -> Calendars:
    file = file_of(place).parent / "calendar.toml"
    read = read_calendar(file.read_text("utf-8"), a, str(file)) if file.is_file() else None
    return read.calendars if read and read.calendars else NO_CALENDARS
