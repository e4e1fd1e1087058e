"""A table of a Word file as its own elements: header rows that repeat, titles for listeners."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from concord.documents.paper import Cell, Table

WIDE = 9300  # twentieths of a point: A4 less its margins
LINE = "B9BEBB"


def table_element(table: Table) -> Any:
    """The whole table; built from elements, as cell by cell would take seconds for a long one."""
    made = OxmlElement("w:tbl")
    made.append(_properties(table))
    grid = OxmlElement("w:tblGrid")
    widths = _widths(table)
    for width in widths:
        column = _element("w:gridCol", w=str(width))
        grid.append(column)
    made.append(grid)
    if table.head:
        made.append(_row(table.head, widths, header=True, strong=True))
    for row in table.rows:
        made.append(_row(row, widths, header=False, strong=not table.head))
    return made


def _element(name: str, **values: str) -> Any:
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _properties(table: Table) -> Any:
    made = OxmlElement("w:tblPr")
    made.append(_element("w:tblW", w=str(WIDE), type="dxa"))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    made.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        margins.append(_element(f"w:{side}", w="70", type="dxa"))
    made.append(margins)
    heads = any(row and row[0].head for row in table.rows)
    made.append(_element("w:tblLook", firstRow=str(int(bool(table.head))),
                         firstColumn=str(int(heads)), val="04A0"))  # fmt: skip
    made.append(_element("w:tblCaption", val=table.title))
    return made


def _widths(table: Table) -> list[int]:
    parts = table.widths
    if len(parts) != table.columns:
        parts = tuple(1 if table.counts(n) else 2 for n in range(table.columns))
    return [WIDE * p // sum(parts) for p in parts]


def _row(cells: tuple[Cell, ...], widths: list[int], *, header: bool, strong: bool) -> Any:
    made = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    made.append(properties)
    at = 0
    for cell in cells:
        width = sum(widths[at : at + cell.span])
        at += cell.span
        made.append(_cell(cell, width, strong=strong and cell.head))
    return made


def _cell(cell: Cell, width: int, *, strong: bool) -> Any:
    made = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    properties.append(_element("w:tcW", w=str(width), type="dxa"))
    if cell.span > 1:
        properties.append(_element("w:gridSpan", val=str(cell.span)))
    made.append(properties)
    for line in cell.lines or ((),):
        paragraph = OxmlElement("w:p")
        style = OxmlElement("w:pPr")
        style.append(_element("w:spacing", after="0"))
        if cell.number:
            style.append(_element("w:jc", val="right"))
        paragraph.append(style)
        for run in line:
            paragraph.append(_run(run.text, strong=strong or run.strong, emphasis=run.emphasis))
        made.append(paragraph)
    return made


def _run(words: str, *, strong: bool, emphasis: bool) -> Any:
    made = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    if strong:
        properties.append(OxmlElement("w:b"))
    if emphasis:
        properties.append(OxmlElement("w:i"))
    properties.append(_element("w:sz", val="20"))
    made.append(properties)
    text = OxmlElement("w:t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(text)
    return made
