"""Findings on content that could act where it is opened: markup, scripts, formulas, odd links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.checks.passages import (
    Passage,
    all_parts,
    all_words,
    cells_of,
    report_of,
)
from concord.domain.decisions.matter import MatterText
from concord.domain.findings import Finding

MOST_PARTS = 400  # the longest report read has 64 numbered paragraphs
MOST_WORDS = 200_000
LONGEST_WORD = 1_000  # an address may be long; what goes on without a space is no word

# What no reader sees and what turns the reading round; joiners, as scripts need them, are let be.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_ENDLESS = re.compile(rf"\S{{{LONGEST_WORD},}}")

_MARKUP = re.compile(
    r"<(?!https?://[^\s<>]*>)\s*/?\s*[A-Za-z!?][^<>\n]{0,200}>?|&#x?[0-9a-fA-F]{1,7};"
)
_SCRIPT = re.compile(r"\b(?:javascript|vbscript|data|file)\s*:\s*\S", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\s*\(")
_LINK = re.compile(
    r"\]\(\s*(?!https?://|mailto:|#|(?:javascript|vbscript|data|file):)[^)\s]{1,200}\)",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"\s*(?:[=@]\s*\S|[+\-]\s*[A-Za-z(@=]|[+\-]\d+[+\-*/(]|\t)")
_FIELD = re.compile(r"\bDDE(?:AUTO)?\b|\{\s*(?:INCLUDE|HYPERLINK|MACROBUTTON)", re.IGNORECASE)


def content_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `content.`."""
    words = 0
    for passage in all_words(text):
        words += len(passage.words)
        yield from _acting(passage)
    if words > MOST_WORDS:
        says = f"the text has {words:,} characters of words; a matter has at most {MOST_WORDS:,}"
        yield Passage("", text.matter, "the matter").found(
            "content.too_long", 0, says, "Attach the long parts as files."
        )
    report = report_of(text)
    if report is None:
        return
    parts = list(all_parts(report.parts))
    if len(parts) > MOST_PARTS:
        says = f"the report has {len(parts):,} parts; one has at most {MOST_PARTS}"
        where = Passage("", report, "the report")
        yield where.found("content.too_long", 0, says, "Attach the long parts as files.")
    for part in parts:
        for table in part.tables:
            for cell in cells_of(table):
                yield from _formula(cell)


def _acting(passage: Passage) -> Iterator[Finding]:
    for id_, pattern, what in (
        ("content.markup", _MARKUP, "markup, which is shown as words or not at all"),
        ("content.script", _SCRIPT, "a link that acts where it is opened"),
        ("content.image", _IMAGE, "a picture from elsewhere"),
        ("content.link", _LINK, "a link that leads to no page on the web"),
        ("content.field", _FIELD, "a field that Word would carry out"),
    ):
        for found in pattern.finditer(passage.words):
            says = f"“{found[0].strip()[:60]}” is {what}"
            remedy = "Write plain words; lists, emphasis and links to web pages are enough."
            yield passage.found(id_, found.start(), says, remedy)
    if unseen := _UNSEEN.search(passage.words):
        says = f"the character U+{ord(unseen[0]):04X} is not seen, or turns the reading round"
        yield passage.found("content.unseen", unseen.start(), says, "Take it out.")
    if endless := _ENDLESS.search(passage.words):
        letters = len(endless[0])
        says = f"“{endless[0][:20]}…” goes on for {letters:,} characters without a space"
        yield passage.found("content.endless", endless.start(), says, "Break it into words.")


def _formula(passage: Passage) -> Iterator[Finding]:
    if _FORMULA.match(passage.words):
        says = f"the cell “{passage.words.strip()[:40]}” is a formula to a spreadsheet"
        yield passage.found("content.formula", 0, says, "Write the figure itself, or words.")
