"""Whether a file that others made may be kept and put into a pack: an open PDF, nothing active.

What can run, what is attached and what is filled in would be lost or dangerous in a pack, so it is
refused when the file comes and not found out when the pack is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from concord.documents.appending import NotUsable, Upload, opened

LARGEST = 20_000_000  # bytes
RUNS = {
    "/JavaScript": "a script", "/Launch": "a command that starts a program",
    "/SubmitForm": "a form that sends itself", "/ImportData": "a form that fetches data",
    "/Rendition": "a film or a sound", "/Movie": "a film", "/Sound": "a sound",
    "/GoToE": "a link into an attachment", "/RichMediaExecute": "a film or a script",
}  # fmt: skip
DRAWN = {
    "/RichMedia": "a film or a script", "/3D": "a model", "/Screen": "a film",
    "/FileAttachment": "an attached file", "/Movie": "a film", "/Sound": "a sound",
}  # fmt: skip
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may be kept, by how many pages it has."""

    pages: int


def examine(name: str, pdf: bytes) -> Examined | NotUsable:
    """The file's number of pages, or why it is refused and what would mend it."""
    if len(pdf) > LARGEST:
        size = f"the file has {len(pdf) / 1e6:.1f} MB, and at most 20 are taken"
        return NotUsable(size, "Save it with smaller pictures, or in two parts.")
    if b"%PDF-" not in pdf[:1024]:
        return NotUsable("the file is not a PDF", "Save it as a PDF.")
    if b"%%EOF" not in pdf[-2048:]:
        # A reader would mend what is left, and the pages that are gone would be missed by nobody.
        return NotUsable("the file was cut off and cannot be read to its end", "Send it again.")
    file = opened(Upload(name, name, pdf))
    if isinstance(file, NotUsable):
        return file
    with file:
        if file.is_encrypted:
            return NotUsable("the file is encrypted", "Save it without protection.")
        return _active(file) or Examined(len(file.pages))


def _active(file: pikepdf.Pdf) -> NotUsable | None:
    if "/AcroForm" in file.Root and file.Root.AcroForm.get("/Fields"):
        says = "the file has form fields, whose words would be lost in a pack"
        return NotUsable(says, "Print it to a new PDF, so that its fields become words.")
    try:
        found = next((what for obj in file.objects for what in _found(obj, 0)), "")
    except (pikepdf.PdfError, ValueError, RecursionError):
        return NotUsable("the file cannot be read to its end", "Make it again from its source.")
    if not found:
        return None
    remedy = "Print it to a new PDF, which has neither scripts nor attachments."
    return NotUsable(f"the file holds {found}", remedy)


def _found(value: object, depth: int) -> Iterator[str]:
    """What can run or is attached within one object; what it refers to is looked at by itself."""
    if depth > _DEEPEST:
        raise ValueError("nested without end")
    inner: list[object] = []
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        yield from _in_one(value)
        inner = [value[key] for key in list(value.keys())]
    elif isinstance(value, pikepdf.Array):
        inner = list(value)
    for one in inner:
        if isinstance(one, pikepdf.Object) and not one.is_indirect:
            yield from _found(one, depth + 1)


def _in_one(value: pikepdf.Object) -> Iterator[str]:
    kind = str(value.get("/S", ""))
    if kind in RUNS and value.get("/Type", pikepdf.Name.Action) == pikepdf.Name.Action:
        yield RUNS[kind]
    if "/JS" in value:
        yield RUNS["/JavaScript"]
    if "/EF" in value:
        yield "an attached file"
    if "/Rect" in value and str(value.get("/Subtype", "")) in DRAWN:
        yield DRAWN[str(value.Subtype)]
