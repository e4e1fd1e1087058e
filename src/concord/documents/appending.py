"""Puts PDF files that others made into a pack: without anything that can run, with our page number.

A page that is not tagged ends the claim to PDF/UA and PDF/A, so the claim is taken out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import typst

from concord.documents.pdf import fonts
from concord.documents.prose import safe

NUMBERS = Path(__file__).with_name("numbers.typ")
LARGEST = 100_000_000  # bytes
MOST_PAGES = 2_000
LINK_KEYS = {"/Type", "/Subtype", "/Rect", "/A", "/Border"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A PDF that others made: its title in the agenda, its file's name, whom to ask for a copy."""

    title: str
    name: str
    pdf: bytes
    ask: str = ""


@dataclass(frozen=True, slots=True)
class NotUsable:
    """Why a file cannot go into a pack, and what would mend it."""

    says: str
    remedy: str


def opened(upload: Upload) -> pikepdf.Pdf | NotUsable:
    """The file, or why it cannot be used."""
    if len(upload.pdf) > LARGEST:
        return NotUsable("the file is larger than 100 MB", "Save it with smaller pictures.")
    try:
        pdf = pikepdf.open(BytesIO(upload.pdf))
        pages = len(pdf.pages)
    except pikepdf.PasswordError:
        return NotUsable("the file is locked with a password", "Save it without a password.")
    except (pikepdf.PdfError, ValueError, KeyError, RecursionError):
        return NotUsable("the file cannot be read as a PDF", "Make it again from its source.")
    if not pages:
        return NotUsable("the file has no pages", "Make it again from its source.")
    if pages > MOST_PAGES:
        return NotUsable(f"the file has {pages:,} pages", f"At most {MOST_PAGES:,} can be put in.")
    return pdf


def append(pdf: pikepdf.Pdf, files: list[tuple[int, pikepdf.Pdf]], first: int) -> None:
    """Put each file's pages after a page of ours (counted from 0) and number them all."""
    total = first - 1 + len(pdf.pages) + sum(len(f.pages) for _, f in files)
    before = sum(len(f.pages) for _, f in files)
    # From the last to the first, so that the places of the earlier ones stay true.
    for after, file in reversed(files):
        before -= len(file.pages)
        at = after + 1
        for page in file.pages:
            make_safe(page)
        pdf.pages[at:at] = file.pages
        numbers = _numbers(first + at + before, len(file.pages), total)
        for page, number in zip(pdf.pages[at : at + len(file.pages)], numbers.pages, strict=True):
            page.add_overlay(number, None)
    labels = pikepdf.Dictionary(S=pikepdf.Name.D, St=first)
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, labels]))
    if files:
        _unclaim(pdf)


def make_safe(page: pikepdf.Page) -> None:
    """Take out what can run, what claims a structure that is not there, and what is attached."""
    for name in ("/AA", "/StructParents", "/Tabs", "/Metadata", "/PieceInfo"):
        if name in page.obj:
            del page.obj[name]
    kept = [a for a in page.obj.get("/Annots", pikepdf.Array()) if _is_web_link(a)]
    for link in kept:
        for name in set(link.keys()) - LINK_KEYS:
            del link[name]
        link.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=link.A.URI)
    if "/Annots" in page.obj:
        del page.obj["/Annots"]
    if kept:
        page.obj.Annots = pikepdf.Array(kept)


def _is_web_link(note: pikepdf.Object) -> bool:
    if not isinstance(note, pikepdf.Dictionary) or note.get("/Subtype") != pikepdf.Name.Link:
        return False
    act = note.get("/A")
    if not isinstance(act, pikepdf.Dictionary) or act.get("/S") != pikepdf.Name.URI:
        return False
    return bool(safe(str(act.get("/URI", ""))))


def _numbers(first: int, pages: int, total: int) -> pikepdf.Pdf:
    """Sheets with nothing on them but their number, to lay over pages that have none of ours."""
    asked = json.dumps({"first": first, "pages": pages, "total": total})
    compiler = typst.Compiler(input=str(NUMBERS), font_paths=fonts(), sys_inputs={"asked": asked})
    made: Any = compiler.compile(format="pdf", pdf_tags=False)
    return pikepdf.open(BytesIO(made))


def _unclaim(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
        for name in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance"):
            if name in meta:
                del meta[name]
