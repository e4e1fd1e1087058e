"""A report as its writers read it: each line with its number and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape

from markupsafe import Markup

from concord.documents.house import HouseFormat
from concord.documents.html import to_html
from concord.documents.layout import lay_out
from concord.documents.paper import (
    Audience,
    Block,
    Heading,
    LaidOut,
    NewPage,
    Notice,
    Paper,
    Paragraph,
    Table,
    texts,
)
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.checks.passages import all_parts, blocks
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.prose import line_of
from concord.domain.decisions.report import Part, Report
from concord.domain.decisions.values import Values, fill, values_of
from concord.domain.findings import Finding, Weight
from concord.web.wording import worst_first

_QUOTED = re.compile(r"“([^”]{3,200})”")
_NOT_WORDS = re.compile(r"[*_`\\]|\[|\]\([^)]*\)|^[ \t]*(?:[-•]|\d+[.)])[ \t]+", re.M)
_LEAST = 12  # letters by which a block is known again


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where words of the record stand: their line, and the part they belong to."""

    line: int
    words: str
    part: int | None


@dataclass(slots=True)
class Shown:
    """One line of the report as the page shows it."""

    kind: str
    html: Markup
    number: str = ""
    level: int = 0
    line: int = 0
    part: int | None = None
    edits: bool = False
    notes: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole report: what is said of it as a whole, its lines, and what is said of the rest."""

    head: tuple[Finding, ...]
    lines: tuple[Shown, ...]
    rest: tuple[Finding, ...]
    laid: LaidOut


def sheet(
    matter: MatterText, arrangement: Arrangement, house: HouseFormat, stop: str,
    findings: Iterable[Finding],
) -> Sheet:  # fmt: skip
    """The report in the house's order with each finding beside the line it is about."""
    laid = lay_out(matter, arrangement, house, Audience.FULL, stop)
    found = worst_first(findings)
    if laid.paper is None or not isinstance(matter.report, Report):
        return Sheet(tuple(found), (), (), laid)
    anchors = list(anchors_of(matter, matter.report, arrangement))
    lines = list(_lines(laid.paper, anchors))
    head, rest = _placed(found, lines, matter.report)
    for line in lines:
        line.html = _marked(line.html, line.notes)
    return Sheet(tuple(head), tuple(lines), tuple(rest), laid)


def plain_words(text: str) -> str:
    """Words alone, by which a line of the paper and one of the record are known to be the same."""
    return " ".join(_NOT_WORDS.sub("", text).split()).casefold()


def anchors_of(matter: MatterText, report: Report, arrangement: Arrangement) -> Iterator[Anchor]:
    """Every heading, paragraph, list and table of the record with its line."""
    values = values_of(matter, arrangement)
    for row in report.recommendations:
        yield Anchor(row.line, _short(row.text, values), None)
    for number, part in enumerate(all_parts(report.parts)):
        if part.heading:
            yield Anchor(part.line, _short(part.heading, values), number)
        yield from _of_part(part, number, values)
    for row in report.options if isinstance(report.options, tuple) else ():
        yield Anchor(line_of(row.what) or row.line, _short(row.what, values), None)


def _of_part(part: Part, number: int, values: Values) -> Iterator[Anchor]:
    for block in blocks(part.text):
        words = block.items[0] if block.items else block.words
        line = line_of(part.text, block.start) or part.line
        yield Anchor(line, _short(words, values), number)
    if isinstance(part.nil, str):
        yield Anchor(line_of(part.nil) or part.line, _short(part.nil, values), number)
    for table in part.tables:
        yield Anchor(table.line or part.line, _short(table.title, values), number)


def _short(text: str, values: Values) -> str:
    # A number that only a format gives stands between braces still; what follows may differ.
    filled = fill(str(text), values)[0].split("{")[0]
    return plain_words(filled)[:60]


def _lines(paper: Paper, anchors: list[Anchor]) -> Iterator[Shown]:
    left = list(anchors)
    seen: set[int] = set()
    for block in paper.blocks:
        if isinstance(block, NewPage) or (isinstance(block, Heading) and block.level == 0):
            continue
        shown = _shown(block, paper)
        anchor = next((a for a in left if _is_of(a, block)), None)
        if anchor:
            left.remove(anchor)
            shown.line, shown.part = anchor.line, anchor.part
            if anchor.part is not None and anchor.part not in seen:
                seen.add(anchor.part)
                shown.edits = True
        yield shown


def _is_of(anchor: Anchor, block: Block) -> bool:
    """Whether the block of the paper is made of these words of the record."""
    if isinstance(block, Heading):
        return bool(anchor.words) and plain_words(block.text)[:60] == anchor.words
    if isinstance(block, Table):
        # A table's title is followed by its unit.
        return len(anchor.words) >= _LEAST and plain_words(block.title).startswith(anchor.words)
    words = plain_words(" ".join(texts((block,))))
    return len(anchor.words) >= _LEAST and anchor.words in words


def _shown(block: Block, paper: Paper) -> Shown:
    if isinstance(block, Heading):
        return Shown("heading", Markup.escape(block.text), block.number, min(block.level + 1, 6))
    number = getattr(block, "number", "")
    bare = replace(block, number="") if isinstance(block, Paragraph | Notice) else block
    alone = replace(paper, blocks=(bare,), marking="")
    kind = "table" if isinstance(block, Table) else "words"
    return Shown(kind, Markup(to_html(alone)), number)  # noqa: S704 - our printer escapes


def _placed(
    findings: list[Finding], lines: list[Shown], report: Report
) -> tuple[list[Finding], list[Finding]]:
    """Puts each finding beside its line; gives those on the head, and those on what is no line."""
    dated = sorted((line for line in lines if line.line), key=lambda line: line.line)
    first = dated[0].line if dated else 0
    last = max((_end(part) for part in all_parts(report.parts)), default=0)
    head, rest = [], []
    for found in findings:
        quoted = [plain_words(q) for q in _QUOTED.findall(found.says)]
        inside = first <= found.line <= last
        named = _by_words(quoted, lines) if quoted and not inside else None
        at = _by_line(found, dated) if inside else named
        if at is not None:
            at.notes.append(found)
        elif found.line and found.line < first:
            head.append(found)
        else:
            rest.append(found)
    return head, rest


def _end(part: Part) -> int:
    return max(
        line_of(part.text, len(part.text)), part.line, *(t.line + len(t.rows) for t in part.tables)
    )


def _by_line(found: Finding, dated: list[Shown]) -> Shown | None:
    before = [line for line in dated if line.line <= found.line]
    return before[-1] if before else None


def _by_words(quoted: list[str], lines: list[Shown]) -> Shown | None:
    for line in lines:
        words = plain_words(line.html.striptags())
        if any(q in words for q in quoted):
            return line
    return None


def _marked(html: Markup, notes: list[Finding]) -> Markup:
    """The words that a finding quotes, marked in the colour of its weight."""
    made = str(html)
    for found in notes:
        look = "must" if found.weight is Weight.GRAVE else "look"
        for words in _QUOTED.findall(found.says):
            mark = f'<mark class="c-mark--{look}">{escape(words)}</mark>'
            made = re.sub(
                rf"{re.escape(escape(words))}(?![^<]*>)", lambda _, m=mark: m, made, count=1
            )
    return Markup(made)  # noqa: S704 - only marks of ours were put in
