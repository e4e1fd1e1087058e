"""Findings on text that does not belong: ends in the middle, stands twice, names another place.

A paragraph is taken to end in the middle when it is longer than eight words and closes without a
stop, or opens with a small letter. A sentence is taken to run on into another text when a list
item, alone among its list, goes on past a joining word into words that name what the rest of the
report never tells of. These are guesses, so each is only something to look at again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.checks.passages import Block, Passage, blocks, passages, sentences
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import Part
from concord.domain.findings import Finding, Weight

_CLOSED = re.compile(r"[.:;!?…)\]”\"'’}|>*_`]\s*$")
_BREAKS = re.compile(
    r"\b(?:(?:of|with|by|from)|(?:the|a|an|and|or)\.?)\s*$",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(r"[,;]?\s+(?:and|or)\s*$")  # as the last item but one of a list does
_LONG_ENOUGH = 9
_SAME = 12  # words; fewer can stand twice by chance
_JOINED = re.compile(r"\band (?P<on>[a-z]+ (?:by|of|for) [A-Z][A-Za-z]+\b[^.;]*)")
_NAMES = re.compile(r"\b[A-Z][a-z]{3,}\b")


def wording_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `wording.`."""
    yield from _twice(text)
    names = Counter(n for p in passages(text) for n in _NAMES.findall(p.words))
    for passage in passages(text):
        for block in blocks(passage.words) if isinstance(passage.row, Part) else ():
            yield from _broken(passage, block)
            yield from _run_on(passage, block, names)


def _broken(passage: Passage, block: Block) -> Iterator[Finding]:
    ends = block.items or (block.words,)
    for words in ends:
        at = block.start + block.words.find(words[:40])
        long = len(words.split()) >= _LONG_ENOUGH
        whole = _LEADS_ON.sub("", words) if block.items else words
        cut = bool(_BREAKS.search(whole)) and len(words.split()) > 3
        unclosed = long and not block.items and not _CLOSED.search(words)
        small = long and not block.items and words.lstrip()[:1].islower()
        if not (cut or unclosed or small) or _is_table(words):
            continue
        how = "begins in the middle" if small else "ends in the middle"
        says = f"the text {how}: “{_shown(words, small)}”"
        yield passage.found(
            "wording.broken", at, says, "Write it to its end, or take it out.", Weight.SLIGHT
        )


def _is_table(words: str) -> bool:
    return words.lstrip().startswith(("|", "#", ">"))


def _shown(words: str, first: bool) -> str:
    pieces = words.split()
    return " ".join(pieces[:8]) + "…" if first else "…" + " ".join(pieces[-8:])


def _run_on(passage: Passage, block: Block, names: Counter[str]) -> Iterator[Finding]:
    """The tail of a list item that tells of something the rest of the report knows nothing of."""
    if len(block.items) < 2:
        return
    for item in block.items:
        found = _JOINED.search(item)
        if not found or len(found["on"].split()) < _LONG_ENOUGH:
            continue
        strange = [n for n in _NAMES.findall(found["on"]) if names[n] < 2]
        if strange:
            says = f"“and {_shown(found['on'], True)}” reads like text from another document"
            remedy = "Take it out, or make it a sentence of its own with what it is about."
            at = block.start + block.words.find(found[0][:40])
            yield passage.found("wording.of_another_text", at, says, remedy, Weight.SLIGHT)


def _twice(text: MatterText) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    own = (p for p in passages(text) if isinstance(p.row, Part))
    for passage in own:  # several bodies may be asked the same, and cells say the same often
        for start, sentence in sentences(passage.words):
            words = " ".join(re.findall(r"\w+", sentence.casefold()))
            if len(words.split()) < _SAME:
                continue
            if words in seen:
                says = f"the same sentence stands in {seen[words]}: “{_shown(sentence, True)}”"
                remedy = "Keep it once and refer to it."
                yield passage.found("wording.twice", start, says, remedy, Weight.SLIGHT)
            seen.setdefault(words, passage.where)
