"""Reads a PDF back as a reader's software does: its structure, and the words each element holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf

PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(made))


def unicode_of(font: pikepdf.Object) -> dict[int, str]:
    """What each code of a font stands for (ISO 32000-1, 9.10.3)."""
    found: dict[int, str] = {}
    if "/ToUnicode" not in font:
        return found
    text = font.ToUnicode.read_bytes()
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.S):
        for code, letters in PAIR.findall(block):
            found[int(code, 16)] = bytes.fromhex(letters.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, start in RANGE.findall(block):
            begin = bytes.fromhex(start.decode()).decode("utf-16-be")
            for n in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + n] = begin[:-1] + chr(ord(begin[-1]) + n)
    return found


def words_of_page(page: pikepdf.Page) -> dict[int | None, str]:
    """The words of a page by their mark; those without one (footers) are under None."""
    fonts = {n: unicode_of(f) for n, f in page.Resources.get("/Font", {}).items()}
    found: dict[int | None, str] = {}
    marks: list[int | None] = []
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                marks.append(_mark(operands, page))
            case "EMC":
                marks.pop()
            case "Tf":
                font = fonts.get(str(operands[0]), {})
            case "Tj" | "TJ":
                mark = next((m for m in reversed(marks) if m is not None), None)
                found[mark] = found.get(mark, "") + shown_words(operands[0], font)
    return found


def _mark(operands: list[pikepdf.Object], page: pikepdf.Page) -> int | None:
    if len(operands) < 2:
        return None
    properties = operands[1]
    if isinstance(properties, pikepdf.Name):
        properties = page.Resources.get("/Properties", {}).get(str(properties))
    if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
        return int(properties.MCID)
    return None


def shown_words(operand: pikepdf.Object, font: dict[int, str]) -> str:
    strings = operand if isinstance(operand, pikepdf.Array) else [operand]
    out = ""
    for string in strings:
        if isinstance(string, pikepdf.String):
            raw = bytes(string)
            codes = (int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw), 2))
            out += "".join(font.get(c, "?") for c in codes)
    return out


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str, pikepdf.Object]]:
    """Every element that holds words, in the order in which it is read: its kind, its words."""
    pages = {p.obj.objgen: words_of_page(p) for p in pdf.pages}
    yield from _elements(pdf.Root.StructTreeRoot, pages)


BLOCKS = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TH", "/TD", "/LBody", "/Lbl", "/Title"}


def _elements(
    element: pikepdf.Object, pages: dict[tuple[int, int], dict[int | None, str]]
) -> Iterator[tuple[str, str, pikepdf.Object]]:
    kind = str(element.get("/S", ""))
    if kind in BLOCKS and not any(str(c.get("/S", "")) in BLOCKS for c in children(element)):
        yield kind, _words(element, pages, None), element
        return
    for child in children(element):
        yield from _elements(child, pages)


def children(element: pikepdf.Object) -> list[pikepdf.Dictionary]:
    inner = element.get("/K")
    listed = inner if isinstance(inner, pikepdf.Array) else [inner]
    return [c for c in listed if isinstance(c, pikepdf.Dictionary) and "/S" in c]


def _words(
    element: pikepdf.Object, pages: dict[tuple[int, int], dict[int | None, str]], page: object
) -> str:
    page = element.get("/Pg", page)
    inner = element.get("/K")
    out = ""
    for child in inner if isinstance(inner, pikepdf.Array) else [inner]:
        if isinstance(child, int):
            out += pages[page.objgen].get(child, "")  # type: ignore[attr-defined]
        elif isinstance(child, pikepdf.Dictionary) and "/MCID" in child:
            out += pages[child.get("/Pg", page).objgen].get(int(child.MCID), "")
        elif isinstance(child, pikepdf.Dictionary) and "/S" in child:
            out += _words(child, pages, page)
    return out


def everything(made: bytes) -> str:
    """Every word that can be got out of the file: pages, names, properties, streams, strings."""
    found = [made.decode("latin-1")]
    with opened(made) as pdf:
        for page in pdf.pages:
            found += words_of_page(page).values()
        for thing in pdf.objects:
            found.append(repr(thing))
            if isinstance(thing, pikepdf.Stream):
                found.append(thing.read_bytes().decode("latin-1"))
            found += _strings(thing, 0)
    return "\n".join(found)


def _strings(thing: object, depth: int) -> Iterator[str]:
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array) and depth < 6:
        for item in thing:
            if isinstance(item, (pikepdf.String, pikepdf.Array)):
                yield from _strings(item, depth + 1)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)) and depth < 6:
        for value in thing.values():
            if isinstance(value, (pikepdf.String, pikepdf.Array)):
                yield from _strings(value, depth + 1)
