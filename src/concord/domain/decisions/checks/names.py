"""Findings on names: agreements not as they are registered, abbreviations spelt in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.checks.passages import Passage, passages, report_of
from concord.domain.decisions.matter import MatterText
from concord.domain.findings import Finding, Weight
from concord.domain.language.values import NotStated

_AGREEMENT = re.compile(
    r"\b(?P<name>(?:[A-Z][\w’'-]*\s+(?:(?:of|and|for|to|the)\s+)*){1,6}"
    r"(?:Agreement|Memorandum|Contract|Deed|Compact))(?P<many>s?)\b"
)
_EXPANDED = re.compile(
    r"(?P<words>[A-Z][\w’'&-]*(?:\s+(?:[A-Z][\w’'&-]*|and|of|for|the|&|in|to)){1,9})\s*"
    r"\((?:the\s+)?[“\"']?(?P<short>[A-Z][A-Za-z&]{1,9})[”\"']?\)"
)
_SHORT = re.compile(r"\b[A-Z][A-Z&]{2,7}\b")
_SMALL = {"and", "of", "for", "the", "in", "to", "&"}
_NEAR = 86  # in a hundred


def name_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `name.`."""
    registered = [a.label for a in arrangement.agreements.values()]
    for passage in passages(text):
        yield from _agreements(passage, registered)
    yield from _abbreviations(text)


def _agreements(passage: Passage, registered: list[str]) -> Iterator[Finding]:
    known = {r.casefold() for r in registered}
    for found in _AGREEMENT.finditer(passage.words):
        cited = " ".join(found["name"].split())
        if any(cited.casefold().endswith(k) for k in known):
            continue
        near = [r for r in registered if _almost(cited, r)]
        if near:
            says = f"“{cited}” is registered as {near[0]}"
            remedy = "Refer to it as {agreement:…}, so that its name is typed once."
            yield passage.found("name.agreement", found.start(), says, remedy)


def _almost(cited: str, registered: str) -> bool:
    """Whether the last words of a name are a registered one but for a few letters."""
    length = len(registered.split())
    tail = " ".join(cited.split()[-length:]).casefold()
    if tail == registered.casefold() or tail.split()[-1:] != registered.casefold().split()[-1:]:
        return False
    compared = SequenceMatcher(None, tail, registered.casefold(), autojunk=False)
    matched = sum(block.size for block in compared.get_matching_blocks())
    return 200 * matched // (len(tail) + len(registered)) >= _NEAR


def _abbreviations(text: MatterText) -> Iterator[Finding]:
    known = dict(_glossary(text))
    for passage in passages(text):
        for found in _EXPANDED.finditer(passage.words):
            wrong = _initials_of(found["words"], found["short"])
            if wrong:
                says = f"“{found['short']}” stands for words whose initials are {wrong}"
                yield passage.found(
                    "name.abbreviation", found.start("short"), says, f"Write {wrong}."
                )
            elif _initials(found["words"], found["short"]) == found["short"].upper() or (
                not _is_mixed_up(found["short"], known)
            ):
                known.setdefault(found["short"], found["words"])
    flagged: set[str] = set()
    for passage in passages(text):
        for found in _SHORT.finditer(passage.words):
            right = _is_mixed_up(found[0], known)
            if right and found[0] not in flagged:
                flagged.add(found[0])
                says = f"“{found[0]}” is {right} with its letters out of order"
                remedy = f"Write {right}, or add {found[0]} to the glossary."
                yield passage.found("name.abbreviation", found.start(), says, remedy, Weight.SLIGHT)


def _glossary(text: MatterText) -> Mapping[str, str]:
    report = report_of(text)
    return {} if report is None or isinstance(report.glossary, NotStated) else report.glossary


def _initials_of(words: str, short: str) -> str:
    """The initials of the words, where an abbreviation has the same letters in another order."""
    initials = _initials(words, short)
    same = sorted(initials) == sorted(short.upper())
    return initials if same and initials != short.upper() else ""


def _initials(words: str, short: str) -> str:
    """The first letters of as many great words as the abbreviation has letters."""
    great = [w for w in words.split() if w.casefold() not in _SMALL]
    return "".join(w[0] for w in great[-len(short) :]).upper()


def _is_mixed_up(short: str, known: Mapping[str, str]) -> str:
    """The known abbreviation that has these letters in another order, itself unknown."""
    if short in known:
        return ""
    return next((k for k in known if k != short and sorted(k) == sorted(short)), "")
