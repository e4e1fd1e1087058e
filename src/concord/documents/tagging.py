"""Marks row headers in a tagged PDF's structure, which the typesetter leaves as plain cells.

ISO 32000-1, 14.8.5.7: a header cell's Scope says whether it heads its row or its column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

import pikepdf

from concord.documents.paper import Table

CELLS = ("/TD", "/TH")


def tag_row_headers(made: bytes, tables: Sequence[Table]) -> bytes:
    """The document with every cell that heads a row tagged so; tables come in reading order."""
    with pikepdf.open(BytesIO(made)) as pdf:
        for element, table in zip(structures(pdf, "/Table"), tables, strict=False):
            _mark(element, table)
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


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
        if str(child.S) in kinds:
            yield child
        else:
            yield from below(child, kinds)


def _mark(element: pikepdf.Object, table: Table) -> None:
    rows = list(below(element, ("/TR",)))[1 if table.head else 0 :]
    for row, cells in zip(rows, table.rows, strict=False):
        for found, cell in zip(below(row, CELLS), cells, strict=False):
            if cell.head:
                _as_row_header(found)


def _as_row_header(cell: pikepdf.Object) -> None:
    cell.S = pikepdf.Name.TH
    kept = cell.get("/A")
    attributes = (
        list(kept) if isinstance(kept, pikepdf.Array) else [kept] if kept is not None else []
    )
    attributes = [a for a in attributes if not (_is_table(a) and "/Scope" in a)]
    scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
    cell.A = pikepdf.Array([*attributes, scope])


def _is_table(attribute: pikepdf.Object) -> bool:
    return isinstance(attribute, pikepdf.Dictionary) and attribute.get("/O") == pikepdf.Name.Table
