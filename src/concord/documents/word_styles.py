"""How a Word file looks and speaks: faces, sizes, margins, language, running words, properties."""

from __future__ import annotations

from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import BaseStyle

from concord.documents.paper import Paper

FACE = "Arial"  # Liberation Sans has its measures, so both files break lines nearly alike
INK = RGBColor(0x1D, 0x24, 0x28)
SIZES = {"Title": 18, "Heading 1": 15, "Heading 2": 13, "Heading 3": 11.5, "Caption": 10.5}


def prepare(word: Word, paper: Paper) -> None:
    """Sets the file up before anything stands in it."""
    for name in ("Normal", "Title", "Caption", *(f"Heading {n}" for n in range(1, 10))):
        _style(word.styles[name], name)
    _notice(word.styles["Intense Quote"])
    word.styles["Normal"].paragraph_format.space_after = Pt(7)
    _language(word, paper.language)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    section.header.paragraphs[0].text = paper.marking
    _footer(word, paper.title)
    properties = word.core_properties
    properties.title, properties.author = paper.title, paper.organisation
    properties.language, properties.comments = paper.language, ""
    properties.last_modified_by, properties.subject = paper.organisation, ""


def _style(style: BaseStyle, name: str) -> None:
    font = style.font  # type: ignore[attr-defined]
    font.name, font.color.rgb = FACE, INK
    font.size = Pt(SIZES.get(name, 11))
    font.bold = name != "Normal"
    font.italic = name in {f"Heading {n}" for n in range(4, 10)}
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(faces.attrib):
        if key.endswith("Theme"):
            del faces.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        faces.set(qn(key), FACE)
    if name.startswith("Heading"):
        style.paragraph_format.space_before = Pt(14 if name < "Heading 3" else 10)  # type: ignore[attr-defined]
        style.paragraph_format.space_after = Pt(5)  # type: ignore[attr-defined]
    if name == "Title":
        borders = style.element.pPr.find(qn("w:pBdr"))
        if borders is not None:
            style.element.pPr.remove(borders)


def _notice(style: BaseStyle) -> None:
    """A statement stands behind a bar at its left, in ink like the rest."""
    _style(style, "Normal")
    style.font.bold = style.font.italic = False  # type: ignore[attr-defined]
    style.paragraph_format.left_indent = Cm(0.4)  # type: ignore[attr-defined]
    borders = style.element.pPr.find(qn("w:pBdr"))
    for side in list(borders):
        borders.remove(side)
    bar = OxmlElement("w:left")
    for key, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", "1D2428")):
        bar.set(qn(f"w:{key}"), value)
    borders.append(bar)


def _language(word: Word, language: str) -> None:
    """Every language mark of the styles; a missing one is put where all styles inherit it."""
    root = word.styles.element
    for mark in root.iter(qn("w:lang")):
        mark.set(qn("w:val"), language)
    normal = word.styles["Normal"].element.get_or_add_rPr()
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    normal.append(mark)


def _footer(word: Word, title: str) -> None:
    made = word.sections[0].footer.paragraphs[0]
    made.add_run(f"{title}    Page ").font.size = Pt(9)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = made.add_run()
        run.font.size = Pt(9)
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = words
        run._r.append(element)
