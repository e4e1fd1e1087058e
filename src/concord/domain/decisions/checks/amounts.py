"""Findings on money in words that differs from the matter's own facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.checks.passages import Passage, passages, sentences
from concord.domain.decisions.matter import Amount, MatterText
from concord.domain.decisions.words import Nature
from concord.domain.findings import Finding
from concord.domain.language.values import NotStated
from concord.domain.money import pounds

_MONEY = re.compile(
    r"£\s?(?P<n>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<rest>\d+))?\s?"
    r"(?P<unit>million|billion|thousand|bn|m|k)?\b",
    re.IGNORECASE,
)
_TIMES = {"": 1, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "bn": 10**9}
_TOTALS = {
    Nature.COST: re.compile(
        r"\b(?:total cost|costs? in total|cost of the (?:proposal|matter))\b", re.I
    ),
    Nature.SAVING: re.compile(r"\b(?:total savings?|savings? in total|savings? of)\b", re.I),
    Nature.INCOME: re.compile(r"\b(?:total income|income in total)\b", re.I),
}


def amount_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `amount.`."""
    facts = text.matter.amounts
    rows = () if isinstance(facts, NotStated) else facts
    known = [r for r in rows if isinstance(r.amount, int)]
    for passage in passages(text) if known else ():
        for start, sentence in sentences(passage.words):
            yield from _compared(passage, start, sentence, known)


def _compared(
    passage: Passage, start: int, sentence: str, known: list[Amount]
) -> Iterator[Finding]:
    """One amount in a sentence that names a line of the facts, or a total of them."""
    said = [(m, v) for m in _MONEY.finditer(sentence) if (v := _pence(m)) is not None]
    if len(said) != 1:
        return  # several amounts cannot be told apart
    found, value = said[0]
    what, right = _meant(sentence, known)
    if not right or value in right or any(_rounds(found, value, r) for r in right):
        return
    facts = " or ".join(pounds(r) for r in sorted(right))
    says = f"“{found[0].strip()}” for {what}, where the matter's facts say {facts}"
    remedy = f"Refer to it as {{money:{what}}}, so that it is typed once."
    yield passage.found("amount.differs", start + found.start(), says, remedy)


def _meant(sentence: str, known: list[Amount]) -> tuple[str, set[int]]:
    """What the sentence's amount is of, and every amount it may be: a year's, or all together."""
    words = sentence.casefold()
    lines = {r.line_ for r in known if isinstance(r.line_, str)}
    named = [line for line in lines if re.search(rf"\b{re.escape(line.casefold())}\b", words)]
    if len(named) == 1:
        return named[0], _possible([r for r in known if r.line_ == named[0]])
    for nature, total in _TOTALS.items():
        rows = [r for r in known if r.nature is nature]
        if rows and not named and total.search(sentence):
            return str(nature), _possible(rows)
    return "", set()


def _possible(rows: list[Amount]) -> set[int]:
    """Each row's amount, each year's sum, and the sum of all."""
    amounts = [r.amount for r in rows if isinstance(r.amount, int)]
    years = {r.year for r in rows if isinstance(r.year, str)}
    sums = {sum(r.amount for r in rows if r.year == y and isinstance(r.amount, int)) for y in years}
    return {*amounts, *sums, sum(amounts)}


def _pence(found: re.Match[str]) -> int | None:
    times = _TIMES.get((found["unit"] or "").casefold())
    if times is None:
        times = 10**9
    whole = int(found["n"].replace(",", ""))
    rest = found["rest"] or ""
    if len(rest) > 9:
        return None
    return whole * times * 100 + (int(rest) * times * 100 // 10 ** len(rest) if rest else 0)


def _rounds(found: re.Match[str], said: int, right: int) -> bool:
    """Whether a rounded amount, such as £1.2 million, is the right one rounded."""
    times = _TIMES.get((found["unit"] or "").casefold(), 10**9)
    step = times * 100 // 10 ** len(found["rest"] or "")
    return bool(found["unit"]) and abs(said - right) * 2 <= step
