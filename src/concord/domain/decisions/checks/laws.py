"""Findings on laws that a report misnames, against the controlled list of law/references.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from concord import law
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.checks.passages import Passage, passages, plain_words
from concord.domain.decisions.matter import MatterText
from concord.domain.findings import Authority, Finding, Weight

_DATED = re.compile(r"\b(?:Act|Regulations|Order|Measure|Directions)\s+(?:18|19|20)\d\d\b")
_LONGEST = 160  # characters; no law cited here has a longer name
_BEFORE = re.compile(
    r"(?:\(?[A-Z][\w’'-]{0,30}[,)]{0,2}|and|of|the|for|to|in|on|etc\.?|&|[a-z]{2,14}\))\s+"
)
_SECTION_75 = re.compile(r"\b(?:[Ss]ection|[Ss]\.?)\s?75\b")
_JOINS = {"and", "of", "the", "for", "to", "in", "on", "&"}
_MOST = 200  # different laws; the longest report read cites nine
_NEAR = 82  # in a hundred; below it a name is another law and not a misspelt one


def law_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `law.`."""
    seen: set[str] = set()
    for passage in passages(text):
        for start, cited in _cited(passage.words):
            if cited not in seen and len(seen) < _MOST:
                yield from _named(passage, start, cited)
            seen.add(cited)
    yield from _without_act(text)


def _cited(words: str) -> Iterator[tuple[int, str]]:
    """Each law with its year, and the words before it that can belong to its name."""
    for dated in _DATED.finditer(words):
        first = max(0, dated.start() - _LONGEST)
        begins = dated.start()
        pieces = list(re.finditer(r"\S+\s+", words[first : dated.start()]))
        for piece in reversed(pieces):
            if not _BEFORE.fullmatch(piece[0]):
                break
            begins = first + piece.start()
        name = " ".join(words[begins : dated.end()].split())
        while name.split()[0].casefold() in _JOINS:
            begins = words.index(name.split()[0], begins) + len(name.split()[0])
            name = name.split(maxsplit=1)[1]
        if len(name.split()) > 2:
            yield begins, name.lstrip("(")


def _named(passage: Passage, start: int, cited: str) -> Iterator[Finding]:
    if _ends_with_known(cited):
        return
    likely = _nearest(cited)
    if likely is None:
        says = f"“{cited}” is not in the list of laws held here"
        remedy = "Check its name and its year; a law that is often cited may be added to the list."
        yield passage.found("law.not_listed", start, says, remedy, Weight.SLIGHT)
        return
    by = Authority(law=f"{likely.name}, {likely.authority}", unverified=not likely.verified)
    says = f"“{cited}” is no law; its name is {likely.name}"
    yield passage.found("law.misnamed", start, says, f"Write {likely.name}.", by=by)


@cache
def _names() -> tuple[tuple[str, law.Citation], ...]:
    return tuple((name.casefold(), row) for row in law.citations() for name in row.names)


def _ends_with_known(cited: str) -> bool:
    """Whether the words end in the name of a law: `Section 3 of the Care Act 2014` does."""
    words = cited.casefold()
    known = (name for name, _ in _names() if words.endswith(name))
    return any(len(words) == len(n) or not words[-len(n) - 1].isalnum() for n in known)


def _nearest(cited: str) -> law.Citation | None:
    """The law whose name is nearest to the words, or to the last of them; of the same kind."""
    best: tuple[int, law.Citation | None] = (_NEAR, None)
    for name, row in _names():
        last = name.split()[-2:]
        if cited.casefold().split()[-2:-1] != last[:1]:
            continue
        for words in _tails(cited):
            alike = _alike(words, name)
            if alike > best[0]:
                best = (alike, row)
    return best[1]


def _tails(cited: str) -> Iterator[str]:
    words = cited.casefold().split()
    for first in range(len(words) - 2):
        yield " ".join(words[first:])


def _alike(one: str, other: str) -> int:
    """How alike two names are, in a hundred; the same words but for one count as near."""
    compared = SequenceMatcher(None, one, other, autojunk=False)
    matched = sum(block.size for block in compared.get_matching_blocks())
    return 200 * matched // (len(one) + len(other))


def _without_act(text: MatterText) -> Iterator[Finding]:
    """Section 75 as a power, in a report that nowhere says of which Act."""
    act = next(row for row in law.citations() if row.id == "nhs_act_2006")
    words = plain_words(text).casefold()
    if any(name.casefold() in words for name in act.names):
        return
    cited = dict.fromkeys(name for _, name in _cited(plain_words(text)))
    misnamed = any(_nearest(name) is act for name in list(cited)[:_MOST])
    for passage in passages(text) if not misnamed else ():
        found = _SECTION_75.search(passage.words)
        if found:
            says = f"“{found[0]}” is cited, and the report nowhere names its Act"
            by = Authority(law=f"{act.name}, section 75", unverified=not act.verified)
            remedy = f"Name it once: section 75 of the {act.name}."
            yield passage.found("law.without_act", found.start(), says, remedy, Weight.SLIGHT, by)
            return
