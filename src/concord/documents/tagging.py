"""Marks row headers in a tagged PDF's structure, which the typesetter leaves as plain cells.

ISO 32000-1, 14.8.5.7: a header cell's Scope says whether it heads its row or its column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf

from concord.documents.paper import Table

CELLS = ("/TD", "/TH")
# Of all that stands in a document, what can hold no table: words, links and the labels of lists.
WORDS = frozenset(("/P", "/Span", "/Link", "/Lbl", *(f"/H{n}" for n in range(1, 7))))


def describe_tables(pdf: pikepdf.Pdf, tables: Sequence[Table]) -> None:
    """Tag every cell of the document that heads a row so; tables come in reading order."""
    for element, table in zip(structures(pdf, "/Table"), tables, strict=False):
        _mark(element, table)


def structures(pdf: pikepdf.Pdf, *kinds: str) -> Iterator[pikepdf.Object]:
    """Every structure element of these kinds, in reading order."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is not None:
        yield from below(root, kinds)


def below(element: pikepdf.Object, kinds: Sequence[str]) -> Iterator[pikepdf.Object]:
    """The elements of these kinds beneath one, without those inside another of them."""
    inner = element.get("/K")
    for child in inner if isinstance(inner, pikepdf.Array) else [inner]:
        if not isinstance(child, pikepdf.Dictionary) or "/S" not in child:
            continue
        kind = str(child.S)
        if kind in kinds:
            yield child
        elif kind not in WORDS:
            yield from below(child, kinds)


def _mark(element: pikepdf.Object, table: Table) -> None:
    """Its row headers, and what the table shows, which a house may not print above it."""
    _describe(element, table.title)
    rows = list(below(element, ("/TR",)))[1 if table.head else 0 :]
    for row, cells in zip(rows, table.rows, strict=False):
        for found, cell in zip(below(row, CELLS), cells, strict=False):
            if cell.head:
                _as_row_header(found)


def _as_row_header(cell: pikepdf.Object) -> None:
    cell.S = pikepdf.Name.TH
    _attribute(cell, "/Scope", pikepdf.Name.Row)


def _describe(element: pikepdf.Object, title: str) -> None:
    if title:
        _attribute(element, "/Summary", pikepdf.String(title))


def _attribute(element: pikepdf.Object, name: str, value: pikepdf.Object) -> None:
    """Give an element one attribute of tables, in place of any it had by that name."""
    kept = element.get("/A")
    listed = list(kept) if isinstance(kept, pikepdf.Array) else [kept]
    others = [a for a in listed if a is not None and not _has(a, name)]
    made = pikepdf.Dictionary(O=pikepdf.Name.Table)
    made[name] = value
    element.A = pikepdf.Array([*others, made])


def _has(attribute: pikepdf.Object, name: str) -> bool:
    return isinstance(attribute, pikepdf.Dictionary) and name in attribute
