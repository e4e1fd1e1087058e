"""A paper as a fragment of accessible HTML: real headings, captions and scopes, no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from concord.documents.paper import (
    Block,
    Cell,
    Entry,
    Heading,
    Listing,
    NewPage,
    Notice,
    Paper,
    Paragraph,
    Run,
    Runs,
    Table,
    lift,
)
from concord.documents.prose import safe


def to_html(paper: Paper, first_level: int = 2) -> str:
    """The paper's blocks; its highest heading is of `first_level`, below the page's own title."""
    deeper = first_level - 1 + lift(paper)
    lines = [f'<div class="c-paper" lang="{escape(paper.language)}">']
    if paper.marking:
        lines.append(f'<p class="c-paper__marking">{escape(paper.marking)}</p>')
    for block in paper.blocks:
        lines += _block(block, deeper)
    return "\n".join([*lines, "</div>"])


def _block(block: Block, deeper: int) -> Iterator[str]:
    match block:
        case Heading():
            yield _heading(block, deeper)
        case Paragraph():
            yield _paragraph(block)
        case Listing():
            yield from _listing(block)
        case Table():
            yield from _table(block)
        case Notice():
            words = f"{_number(block.number)}{_runs(block.runs)}"
            yield f'<div class="c-paper__notice"><p>{words}</p></div>'
        case NewPage():
            yield '<div class="c-paper__page"></div>'


def _heading(block: Heading, deeper: int) -> str:
    level = min(block.level + deeper, 6)
    where = f' id="section-{escape(block.number.rstrip("."))}"' if block.number else ""
    number = f"{escape(block.number)} " if block.number else ""
    return f"<h{level}{where}>{number}{escape(block.text)}</h{level}>"


def _number(number: str) -> str:
    return f'<span class="c-paper__number">{escape(number)}</span> ' if number else ""


def _paragraph(block: Paragraph) -> str:
    kind = "c-paper__numbered" if block.number else "c-paper__hangs" if block.hangs else ""
    attributes = f' class="{kind}"' if kind else ""
    if block.number:
        attributes += f' id="paragraph-{escape(block.number.rstrip("."))}"'
    return f"<p{attributes}>{_number(block.number)}{_runs(block.runs)}</p>"


def _runs(runs: Runs) -> str:
    return "".join(_run(r) for r in runs)


def _run(run: Run) -> str:
    words = escape(run.text)
    if run.strong:
        words = f"<strong>{words}</strong>"
    if run.emphasis:
        words = f"<em>{words}</em>"
    if safe(run.address):
        words = f'<a href="{escape(run.address)}" rel="nofollow noopener">{words}</a>'
    return words


def _listing(block: Listing) -> Iterator[str]:
    tag = "ol" if block.ordered else "ul"
    hangs = " c-paper__hangs" if block.hangs else ""
    # The markers are the house's own, so they are words of the list and not the browser's.
    yield f'<{tag} class="c-paper__list{hangs}" role="list">'
    for entry in block.entries:
        yield from _entry(entry)
    yield f"</{tag}>"


def _entry(entry: Entry) -> Iterator[str]:
    yield f'<li><span class="c-paper__marker">{escape(entry.marker)}</span>'
    yield '<div class="c-paper__entry">'
    for block in entry.blocks:
        yield from _block(block, 0)
    yield "</div></li>"


def _table(table: Table) -> Iterator[str]:
    hidden = "" if table.shown_title else ' class="govuk-visually-hidden"'
    yield '<table class="c-table c-paper__table">'
    yield f"<caption{hidden}>{escape(table.title)}</caption>"
    if table.head:
        cells = "".join(_cell(c, scope="col") for c in table.head)
        yield f"<thead><tr>{cells}</tr></thead>"
    labels = [" ".join("".join(r.text for r in line) for line in c.lines) for c in table.head]
    yield "<tbody>"
    for row in table.rows:
        named = zip(row, [*labels, *[""] * len(row)], strict=False)
        yield f"<tr>{''.join(_cell(c, label=label) for c, label in named)}</tr>"
    yield "</tbody></table>"


def _cell(cell: Cell, scope: str = "row", label: str = "") -> str:
    tag = "th" if cell.head else "td"
    attributes = f' scope="{scope}"' if cell.head else ""
    attributes += f' colspan="{cell.span}"' if cell.span > 1 else ""
    attributes += ' class="n"' if cell.number else ""
    attributes += f' data-l="{escape(label)}"' if label else ""
    return f"<{tag}{attributes}>{'<br>'.join(_runs(line) for line in cell.lines)}</{tag}>"
