"""The recommendations as a house words them: for each decision-maker, each with its own marker."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from concord.documents.house import Piece
from concord.documents.paper import Block, Entry, Heading, Listing, Paragraph, plain
from concord.documents.prose import counts, marker, runs_of_words
from concord.documents.record import NOT_STATED, Record
from concord.documents.tables import worded
from concord.domain.decisions.matter import Stop
from concord.domain.decisions.report import Recommendation
from concord.domain.language.values import NotStated

Filled = Callable[[str, int], str]


def recommendations(record: Record, piece: Piece, level: int, filled: Filled) -> Iterator[Block]:
    """A lead and a list for each decision-maker, or one of both where the house has but one."""
    rows = record.report.recommendations
    if not rows:
        yield Paragraph(plain(f"{NOT_STATED}."))
        return
    for stop, asked in _grouped(record, piece):
        lead = worded(piece.lead, record, stop)
        if piece.lead_heading:
            yield Heading(level + 1, lead)
        elif lead:
            yield Paragraph(plain(lead))
        yield Listing(tuple(_entries(asked, piece, filled)), ordered=counts(piece.marker))


def _grouped(record: Record, piece: Piece) -> Iterator[tuple[Stop | None, list[Recommendation]]]:
    rows = record.report.recommendations
    mine = [r for r in rows if record.stop and r.to == record.stop] or list(rows)
    if piece.here:
        rows = tuple(mine)
    if piece.once:
        # One list for all: what two bodies are asked in the same words is asked once.
        seen: dict[tuple[object, ...], Recommendation] = {}
        for row in mine:
            seen.setdefault((row.verb, row.text, row.points), row)
        yield record.here or record.matter.stops.get(str(mine[0].to)), list(seen.values())
        return
    for to in dict.fromkeys(r.to for r in rows):
        yield record.matter.stops.get(str(to)), [r for r in rows if r.to == to]


def _entries(rows: list[Recommendation], piece: Piece, filled: Filled) -> Iterator[Entry]:
    for number, row in enumerate(rows, 1):
        blocks: list[Paragraph | Listing] = [
            Paragraph(runs_of_words(asked(row, piece.entry), lambda t, r=row: filled(t, r.line)))
        ]
        if row.points:
            points = (
                Entry(marker(piece.point, n), (Paragraph(plain(filled(p, row.line))),))
                for n, p in enumerate(row.points, 1)
            )
            blocks.append(Listing(tuple(points), ordered=counts(piece.point)))
        yield Entry(marker(piece.marker, number), tuple(blocks))


def asked(row: Recommendation, entry: str) -> str:
    """`To approve the plan`: the verb once, whether or not the text begins with it."""
    verb = "" if isinstance(row.verb, NotStated) else str(row.verb)
    text = row.text.strip()
    if verb and text.casefold().startswith((f"{verb} ", f"to {verb} ")):
        text = text[text.casefold().index(verb) + len(verb) :].lstrip()
    words = entry.replace("{Verb}", verb.capitalize()).replace("{verb}", verb)
    return " ".join(words.replace("{text}", text).split())
