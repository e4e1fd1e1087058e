"""Findings on numbers in words: counts that do not match lists, options, growth, typed numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import grave
from concord.domain.agreements.labels import how_many
from concord.domain.decisions.checks.passages import (
    A_NUMBER,
    Block,
    Passage,
    all_parts,
    as_word,
    blocks,
    name_of,
    number,
    passages,
    report_of,
)
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import Choice, Part, Report
from concord.domain.decisions.words import Option, PartKind
from concord.domain.findings import Finding, Weight
from concord.domain.language.values import NotStated

_SO_MANY = re.compile(
    rf"(?<![\w.£-])(?P<n>(?i:{A_NUMBER}))\s+(?P<what>[a-z][a-z-]+(?:\s+[a-z][a-z-]+)?)"
)
# Words after a number that count time, money or a share, and no list.
_NOT_A_LIST = re.compile(
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|per|percent|million|billion|thousand|pence"
    r"|pounds|times?"
    r"|of|or|and|to|in|at|by|people|residents|patients|working|clear|calendar)\b",
    re.IGNORECASE,
)
_OPTIONS = re.compile(
    rf"\b(?P<n>{A_NUMBER})\s+(?:possible\s+|different\s+)?options\b", re.IGNORECASE
)
_TYPED = re.compile(r"(?:\A|\n)[ \t]*(?P<n>\d{1,3})\.[ \t]+(?=\S)")


def number_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the families `count.`, `options.` and `number.`."""
    report = report_of(text)
    if report is None:
        return
    yield from _counted(report)
    for passage in passages(text):
        yield from _lists(passage)
    yield from _options(report, text)
    yield from _typed(text)


def _counted(report: Report) -> Iterator[Finding]:
    for part in all_parts(report.parts):
        if part.counted is None:
            continue
        held = _things(part)
        if part.counted not in held:
            there = max(held, default=0)
            says = (
                f"{name_of(part)}: {as_word(part.counted)} are counted and {as_word(there)} stand"
            )
            says = (
                says if there else f"{name_of(part)}: {as_word(part.counted)} are counted, no list"
            )
            yield grave("count.not_as_listed", part, says, "Correct the count or the list.")


def _things(part: Part) -> list[int]:
    lists = [len(b.items) for b in blocks(part.text) if b.items]
    tables = [len([r for r in t.rows if r and r[0] != t.total]) for t in part.tables]
    inner = [len(part.parts)] if part.parts else []
    return [*lists, *tables, *inner]


def _lists(passage: Passage) -> Iterator[Finding]:
    found = blocks(passage.words)
    for before, after in pairwise(found):
        if not after.items or before.items or not before.words.rstrip().endswith(":"):
            continue
        counted = _introduced(before)
        if counted and number(counted["n"]) != len(after.items):
            says = f"“{counted[0]}” leads a list of {how_many(len(after.items), 'item')}"
            remedy = "Correct the number, or list them all."
            at = before.start + counted.start()
            yield passage.found("count.not_as_listed", at, says, remedy, Weight.SLIGHT)


def _introduced(before: Block) -> re.Match[str] | None:
    """The one number in the sentence that leads into a list; where there are several, none."""
    begins = max(before.words.rfind(". "), before.words.rfind("\n"), -1) + 1
    found = [
        m
        for m in _SO_MANY.finditer(before.words, begins)
        if not _NOT_A_LIST.match(m["what"]) and m["n"].casefold() != "one"
    ]
    return found[0] if len(found) == 1 else None


def _options(report: Report, text: MatterText) -> Iterator[Finding]:
    choices = () if isinstance(report.options, NotStated) else report.options
    said = [(p, m) for p in passages(text) if _about_options(p) for m in _OPTIONS.finditer(p.words)]
    total = report.options_counted
    if choices:
        yield from _funnel(report, choices)
        for passage, found in said[:1] if total is None else ():
            if number(found["n"]) != len(choices):
                says = f"“{found[0]}” were looked at, and the record holds {as_word(len(choices))}"
                remedy = "Record every option, or correct the number."
                yield passage.found("options.do_not_add", found.start(), says, remedy)


def _about_options(passage: Passage) -> bool:
    return isinstance(passage.row, Part) and passage.row.kind is PartKind.OPTIONS


def _funnel(report: Report, choices: tuple[Choice, ...]) -> Iterator[Finding]:
    preferred = [c for c in choices if c.became is Option.PREFERRED]
    rejected = [c for c in choices if c.became is Option.REJECTED]
    kept = [c for c in choices if c.became is Option.SHORTLISTED]
    if report.options_counted not in (None, len(choices)):
        by_stage = sorted({c.stage for c in rejected if isinstance(c.stage, int)})
        stages = [
            f"{as_word(len([c for c in rejected if c.stage == s]))} rejected at stage {s}"
            for s in by_stage
        ] or [f"{as_word(len(rejected))} rejected"]
        parts = [*stages, f"{as_word(len(kept))} shortlisted" if kept else ""]
        parts.append(f"{as_word(len(preferred))} preferred" if preferred else "")
        sums = " and ".join(p for p in parts if p)
        says = (
            f"{as_word(report.options_counted or 0)} options are counted; "
            f"{sums} make {as_word(len(choices))}"
        )
        yield grave("options.do_not_add", report, says, "Record every option, or mend the count.")
    if len(preferred) != 1:
        says = f"{how_many(len(preferred), 'option')} preferred, and a recommendation rests on one"
        yield grave("options.preferred", report, says, 'Mark one option became = "preferred".')
    for choice in rejected:
        if choice.because is None or isinstance(choice.because, NotStated):
            says = f"the rejected option “{choice.what}” has no reason"
            yield grave("options.no_reason", choice, says, "Say why it was rejected.")


def _typed(text: MatterText) -> Iterator[Finding]:
    """Paragraph numbers typed by hand: where they run on from part to part, or are broken."""
    typed = [
        (p, marks)
        for p in passages(text)
        if isinstance(p.row, Part) and (marks := list(_TYPED.finditer(p.words)))
    ]
    going_on = [n for n, (_, marks) in enumerate(typed) if int(marks[0]["n"]) > 1]
    last = 0
    for passage, marks in typed[max(0, going_on[0] - 1) :] if going_on else typed:
        last = last if going_on else 0
        for mark in marks:
            value = int(mark["n"])
            if value == 1 and last:
                last = value  # a list of its own begins
                continue
            says = _broken(last, value) if last else _begun(value)
            if says:
                remedy = "Leave paragraph numbers out: each format numbers by itself."
                yield passage.found("number.typed", mark.start("n"), says, remedy, Weight.SLIGHT)
            last = value


def _begun(value: int) -> str:
    """What is wrong with the first number, or nothing: a list may begin with 1."""
    return "" if value == 1 else f"paragraph number {value} is typed by hand"


def _broken(last: int, value: int) -> str:
    """What is wrong with a number that follows another, or nothing."""
    if value == last + 1:
        return ""
    if value <= last:
        return f"paragraph number {value} is used twice"
    missing = [str(n) for n in range(last + 1, value)][:5]
    return f"paragraph number {', '.join(missing)} is missing"
