"""Which characters the printed font has, so that none is lost: the others are named in words."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FACE = FONTS / "LiberationSans-Regular.ttf"
# The typesetter brings a face of its own for these two.
BOXES = {"☐", "☒"}


@cache
def known() -> frozenset[str]:
    """Every character of the face, read from its character map (OpenType, `cmap`, format 4)."""
    data = FACE.read_bytes()
    tables = struct.unpack(">H", data[4:6])[0]
    at = next(
        struct.unpack(">I", data[n + 8 : n + 12])[0]
        for n in range(12, 12 + 16 * tables, 16)
        if data[n : n + 4] == b"cmap"
    )
    found: set[str] = set(BOXES)
    for n in range(struct.unpack(">H", data[at + 2 : at + 4])[0]):
        offset = struct.unpack(">I", data[at + 8 + 8 * n : at + 12 + 8 * n])[0]
        if struct.unpack(">H", data[at + offset : at + offset + 2])[0] == 4:
            found |= set(_segments(data, at + offset))
    return frozenset(found)


def _segments(data: bytes, at: int) -> list[str]:
    """The characters of a format 4 map: so many segments, each from a first to a last one."""
    count = struct.unpack(">H", data[at + 6 : at + 8])[0] // 2
    ends = struct.unpack(f">{count}H", data[at + 14 : at + 14 + 2 * count])
    second = at + 16 + 2 * count
    starts = struct.unpack(f">{count}H", data[second : second + 2 * count])
    pairs = zip(starts, ends, strict=True)
    return [chr(c) for first, last in pairs if first != 0xFFFF for c in range(first, last + 1)]


def printable(text: str) -> str:
    """The text with each character that the face lacks named by its code point."""
    face = known()
    if face.issuperset(text):
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(c if c in face or c in "\n\t" else _named(c) for c in composed)


def _named(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cf", "Mn"):
        return ""  # it joins or marks its neighbours and is nothing by itself
    return f"[U+{ord(character):04X}]"
