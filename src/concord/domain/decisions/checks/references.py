"""Findings on what a report points at: live references, sections, appendices, laws."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import grave, slight
from concord.domain.decisions.checks.passages import Passage, all_parts, passages, report_of
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import Paper, Part, Report
from concord.domain.decisions.values import REFERENCE, Values, fill, values_of
from concord.domain.findings import Finding, Weight
from concord.domain.language.values import NotStated

_BRACES = re.compile(r"\{[^{}\n]{0,80}\}")
_TYPED = re.compile(
    r"\b(?P<word>sections?|section\(s\)|paragraphs?|paragraph\(s\)|paras?\.?)\s+"
    r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,3})\b(?!\s*\()",
    re.IGNORECASE,
)
# After these a number belongs to a law, a schedule or an agreement and not to this report.
_ELSEWHERE_AFTER = re.compile(
    r"\s*(?:\([^)]*\)\s*)*(?:,\s*)?(?:of|to|in|under)\s+(?:the\s+|a\s+)?[A-Z]"
)
_ELSEWHERE_BEFORE = re.compile(r"(?:Schedule\s+\w+,?\s*|Act \d{4},?\s*|Regulations \d{4},?\s*)$")
_DESCRIBED = re.compile(
    r"\b(?P<what>[a-z]{5,30}),?\s+(?:that are |which are )?"
    r"(?:described|set out|listed|explained|outlined|detailed)\s+(?:at|in|under)\s+"
    r"(?:the\s+)?(?:(?:sections?|section\(s\)|paragraphs?|parts?)\s+)?"
    r"(?P<at>\{part:[^{}]+\}|\d{1,2}(?:\.\d{1,2}){1,3})"
)
_APPENDIX = re.compile(r"\b(?:Appendix|Annex|Appendices) (?P<n>[A-Z]|\d{1,2})\b")
_ATTACHED = re.compile(
    r"\b(?:is|are|as) (?:attached|appended|provided in an appendix)\b"
    r"|\bin an appendix to this report\b|\b(?:attached|see) (?:as|at) (?:an )?append",
    re.IGNORECASE,
)


def reference_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the families `reference.` and `appendix.`."""
    report = report_of(text)
    if report is None:
        return
    values = values_of(text, arrangement)
    numbers = {p.id_: p.id_ for p in all_parts(report.parts) if p.id_}
    known = {n for n, _ in numbered(report.parts)}
    yield from _twice(report)
    for passage in passages(text):
        yield from _live(passage, values.numbered(numbers))
        yield from _typed(passage, known)
        yield from _described(passage, report)
    yield from _appendices(text, report)


def _live(passage: Passage, values: Values) -> Iterator[Finding]:
    for found in _BRACES.finditer(passage.words):
        if not REFERENCE.fullmatch(found[0]):
            says = f"“{found[0]}” is not a reference that can be followed"
            remedy = "As {body:board}, {money:total} or {part:legal}."
            yield passage.found("reference.malformed", found.start(), says, remedy)
            continue
        for dangling in fill(found[0], values)[1]:
            says = f"{dangling.reference} refers to nothing here"
            yield passage.found("reference.dangling", found.start(), says, dangling.remedy)


def _twice(report: Report) -> Iterator[Finding]:
    ids = Counter(p.id_ for p in all_parts(report.parts) if p.id_)
    for part in all_parts(report.parts):
        if ids[part.id_] > 1:
            says = f"two parts are called {part.id_}, so a reference to it may mean either"
            yield grave("reference.twice", part, says, "Give each part an id of its own.")
            ids[part.id_] = 0
    for papers in (report.appendices, report.background_papers):
        titles = Counter(_title(p) for p in _listed(papers))
        for paper in _listed(papers):
            if titles[_title(paper)] > 1:
                says = f"“{paper.title}” is listed twice"
                yield slight("reference.listed_twice", paper, says, "List it once.")
                titles[_title(paper)] = 0


def _title(paper: Paper) -> str:
    return " ".join(paper.title.casefold().split())


def _listed(papers: tuple[Paper, ...] | NotStated) -> tuple[Paper, ...]:
    return () if isinstance(papers, NotStated) else papers


def numbered(parts: tuple[Part, ...], before: str = "") -> Iterator[tuple[str, Part]]:
    """Parts by their places, 1.3.3 being the third of the third of the first."""
    for place, part in enumerate(parts, 1):
        number = f"{before}{place}"
        yield number, part
        yield from numbered(part.parts, f"{number}.")


def _typed(passage: Passage, known: set[str]) -> Iterator[Finding]:
    for found in _TYPED.finditer(passage.words):
        before, after = passage.words[: found.start()], passage.words[found.end() :]
        section = found["word"].casefold().startswith("section")
        if section and "." not in found["n"]:
            continue  # a plain section number is an Act's
        if _ELSEWHERE_AFTER.match(after) or _ELSEWHERE_BEFORE.search(before):
            continue
        if "." in found["n"] and found["n"] not in known:
            says = f"“{found[0]}” points at a section that is not there"
            remedy = "Refer to the part by its id, as {part:legal}."
            yield passage.found("reference.dangling", found.start(), says, remedy)
        else:
            says = f"“{found[0]}” is typed, and every format numbers its own way"
            remedy = (
                "Refer to the part by its id, as {part:legal}; each format fills its number in."
            )
            yield passage.found("reference.typed", found.start(), says, remedy, Weight.SLIGHT)


def _described(passage: Passage, report: Report) -> Iterator[Finding]:
    """`interventions described at 1.3.3`: the word must at least stand in the part named."""
    for found in _DESCRIBED.finditer(passage.words):
        part = _named(found["at"], report)
        if part is None:
            continue
        stem = found["what"].casefold().removesuffix("s")
        inner = " ".join(f"{p.heading} {p.text}" for p in all_parts((part,))).casefold()
        if stem not in inner:
            says = f"{found['at']} is said to describe {found['what']}, and does not name them"
            remedy = "Point at the part that does, or describe them there."
            yield passage.found("reference.does_not_say", found.start(), says, remedy)


def _named(at: str, report: Report) -> Part | None:
    if at.startswith("{"):
        name = at.removeprefix("{part:").removesuffix("}")
        return next((p for p in all_parts(report.parts) if p.id_ == name), None)
    return next((p for n, p in numbered(report.parts) if n == at), None)


def _appendices(text: MatterText, report: Report) -> Iterator[Finding]:
    listed = _listed(report.appendices)
    marks = [m["n"] for p in listed if (m := _APPENDIX.search(p.title))]
    for passage in passages(text):
        for found in _APPENDIX.finditer(passage.words):
            if found["n"] in marks or (not marks and _place(found["n"]) <= len(listed)):
                continue
            says = f"{found[0]} is mentioned and not listed"
            remedy = "List it in [[report.appendices]], or generate it from its own record."
            yield passage.found("appendix.not_listed", found.start(), says, remedy)
        named = bool(_APPENDIX.search(passage.words))
        for found in () if listed or named else _ATTACHED.finditer(passage.words):
            says = f"“{found[0]}”, and the report lists no appendix"
            remedy = "List it in [[report.appendices]]."
            yield passage.found("appendix.not_listed", found.start(), says, remedy)


def _place(mark: str) -> int:
    return int(mark) if mark.isdigit() else ord(mark) - ord("A") + 1
