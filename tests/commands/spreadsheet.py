"""Has a workbook worked out anew by LibreOffice, an independent spreadsheet program."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

PROGRAM = shutil.which("soffice")


@dataclass(frozen=True)
class Recalculated:
    """A workbook as the other program worked it out, and where each figure lies."""

    book: Workbook
    where: dict[str, str]

    def value(self, figure: str) -> object:
        return self.book["Figures"][self.where[figure]].value


def recalculated(
    body: bytes, folder: Path, name: str, change: dict[str, float] | None = None
) -> Recalculated:
    """The workbook without any value of ours at a formula, worked out anew."""
    if PROGRAM is None:
        pytest.skip("no spreadsheet program is installed beside this Python")
    book = load_workbook(BytesIO(body))
    made_of = book["Made of"]
    where = {
        row[4].value: row[0].value.split("!")[1] for row in made_of.iter_rows(min_row=2)
    }  # fmt: skip
    for figure, amount in (change or {}).items():
        book["Figures"][where[figure]] = amount
    file = folder / f"{name}.xlsx"
    book.save(file)  # this library keeps no value of a formula
    with ZipFile(file) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert not re.search(r"</f><v>[^<]", sheet)
    out = folder / "worked-out"
    subprocess.run(
        [
            PROGRAM, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(file),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return Recalculated(load_workbook(out / f"{name}.xlsx", data_only=True), where)
