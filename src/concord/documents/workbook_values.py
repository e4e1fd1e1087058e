"""Puts our own value beside every formula of a workbook, so that it reads without being worked out.

The library that writes workbooks leaves those values out. Dates in the file are the report's, so
that the same report always gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FORMULA = re.compile(
    r'<c r="(?P<cell>[A-Z]+\d+)"(?P<style>(?: s="\d+")?)[^>]*>(?P<f><f>.*?</f>)<v ?(?:/>|></v>)</c>'
)
_MOMENT = re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def with_values(
    book: bytes, sheets: Sequence[str], values: Mapping[str, Mapping[str, float | str]], day: date
) -> bytes:
    """The same workbook with a value at every formula, dated that day."""
    out = BytesIO()
    with ZipFile(BytesIO(book)) as read, ZipFile(out, "w", ZIP_DEFLATED) as write:
        for name in read.namelist():
            text = read.read(name)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if number:
                of = values.get(sheets[int(number[1]) - 1], {})
                text = _filled(text.decode(), of).encode()
            elif name == "docProps/core.xml":
                text = _MOMENT.sub(rf"\g<1>{day.isoformat()}T00:00:00Z\2", text.decode()).encode()
            entry = ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            write.writestr(entry, text)
    return out.getvalue()


def _filled(sheet: str, values: Mapping[str, float | str]) -> str:
    def one(found: re.Match[str]) -> str:
        value = values[found["cell"]]
        head = f'<c r="{found["cell"]}"{found["style"]}'
        if isinstance(value, str):
            return f'{head} t="str">{found["f"]}<v>{escape(value)}</v></c>'
        return f"{head}>{found['f']}<v>{value!r}</v></c>"

    return _FORMULA.sub(one, sheet)
