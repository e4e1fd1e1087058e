"""Findings on what a report promises: no owner, no day, or told in words and never recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import grave
from concord.domain.decisions.checks.passages import passages, sentences
from concord.domain.decisions.matter import MatterText
from concord.domain.findings import Finding, Weight
from concord.domain.language.values import NotStated

_PROMISED = re.compile(
    r"\b(?:a |an )?(?:further|second|more detailed|follow-up|final|later|future|annual) "
    r"(?:\w+,? ){0,3}(?:report|advice|assessment|paper|update)s?\b"
    r"|\bwill be (?:brought|reported|provided|presented|submitted|drafted|set out|returned)\b"
    r"(?! within this)"
    r"|\b(?:legal )?advice (?:is |will be )?to follow\b|\bwill (?:report|return) (?:back )?to\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|to follow|to be|to receive|would be|agree to)\b", re.IGNORECASE
)
_SUBJECT = re.compile(r"[a-z]{4,}")
_EMPTY = {"will", "that", "this", "with", "from", "have", "been", "brought", "further", "report"}


def promise_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `promise.`."""
    for row in text.promises.values():
        if isinstance(row.owner, NotStated):
            says = f"nobody is named who keeps the promise: {row.what}"
            yield grave("promise.no_owner", row, says, "Name the post or body that keeps it.")
        if isinstance(row.by, NotStated) and row.by.latest is None:
            words = f" (“{row.words_}”)" if row.words_ else ""
            says = f"the promise has no day by which it is kept: {row.what}{words}"
            remedy = 'Give a day, or the last one it can mean: by = "not stated, by 2027-03-31".'
            yield grave("promise.no_day", row, says, remedy)
    yield from _in_words(text)


def _in_words(text: MatterText) -> Iterator[Finding]:
    kept = [_subject(f"{p.what} {p.words_ or ''}") for p in text.promises.values()]
    for passage in passages(text):
        for start, sentence in sentences(passage.words):
            found = _PROMISED.search(sentence)
            if not found or not _TO_COME.search(sentence):
                continue
            if any(len(_subject(sentence) & words) >= min(2, len(words)) for words in kept):
                continue
            says = f"“{found[0]}” promises something, and no promise is recorded for it"
            remedy = "Record it under [promises] with its owner and day."
            at = start + found.start()
            yield passage.found("promise.not_recorded", at, says, remedy, Weight.SLIGHT)


def _subject(words: str) -> set[str]:
    """The words that say what is promised, without those that every promise has."""
    return set(_SUBJECT.findall(words.casefold())) - _EMPTY
