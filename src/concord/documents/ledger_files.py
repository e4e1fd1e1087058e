"""A partner's ledger file, CSV or workbook, as rows of text; never run, never trusted."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from concord.domain.funds.imports.preview import FileRow

LARGEST = 100 * 1024 * 1024
_ENCODINGS = ("utf-8-sig", "cp1252")


class UnreadableFile(Exception):
    """A file whose rows cannot be had, with what would mend it."""

    def __init__(self, says: str, remedy: str) -> None:
        self.says, self.remedy = says, remedy
        super().__init__(says)


def rows_of(name: str, body: bytes, sheet: str = "") -> list[FileRow]:
    """Every row with its number, from 1; a workbook is known by its bytes, not by its name."""
    if len(body) > LARGEST:
        raise UnreadableFile("the file is over 100 MB", "send it in parts")
    if body[:4] == b"PK\x03\x04":
        return list(_of_a_workbook(body, sheet))
    if body[:4] == b"\xd0\xcf\x11\xe0":
        raise UnreadableFile("the file is an old or locked workbook", "save it as .xlsx or CSV")
    return list(_of_csv(_decoded(body)))


def _decoded(body: bytes) -> str:
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile("the file is not text", "save it as CSV in UTF-8, or as .xlsx")


def _of_csv(text: str) -> Iterator[FileRow]:
    first = text[:4096]
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from enumerate(reader, 1)
    except csv.Error as fault:
        says = f"the file cannot be read after row {reader.line_num}: {fault}"
        raise UnreadableFile(says, "save it again as CSV") from fault


def _of_a_workbook(body: bytes, sheet: str) -> Iterator[FileRow]:
    from openpyxl import load_workbook

    _refuse_a_bomb(body)
    try:
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
    except Exception as fault:  # whatever a broken workbook makes its reader say
        raise UnreadableFile("the workbook cannot be opened", "save it again") from fault
    if sheet and sheet not in book.sheetnames:
        raise UnreadableFile(f"the workbook has no sheet {sheet}", "name one of its sheets")
    chosen = book[sheet] if sheet else book.worksheets[0]
    for number, cells in enumerate(chosen.iter_rows(values_only=True), 1):
        yield number, tuple(_text(cell) for cell in cells)


def _refuse_a_bomb(body: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile as fault:
        raise UnreadableFile("the workbook was cut off", "send it again") from fault
    if size > 4 * LARGEST:
        raise UnreadableFile("the workbook is over 400 MB once unpacked", "send it in parts")


def _text(value: object) -> str:
    """A cell as a person reads it: a day as 2024-07-31, a number of pounds to the penny."""
    match value:
        case None:
            return ""
        case datetime() | date():
            return value.strftime("%Y-%m-%d")
        case float() if abs(value * 100 - round(value * 100)) < 1e-6:
            return f"{value:.2f}"
        case _:
            return str(value)
