"""Findings on days: deadlines already past, a start moved in silence, dates in figures."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from concord.domain.agreements.arrangement import Arrangement, Term
from concord.domain.agreements.checks.found import slight
from concord.domain.agreements.labels import on_day
from concord.domain.decisions.checks.passages import (
    Passage,
    all_parts,
    passages,
    plain_words,
    report_of,
    sentences,
)
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import Comment
from concord.domain.findings import Finding, Weight
from concord.domain.language.tables import Row
from concord.domain.language.values import NotStated

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_WHEN = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b"
)
# Verbs that speak of something still to come; after them a day that has gone is a mistake.
_TO_COME = re.compile(
    r"\b(?:ends?|expires?|runs? out|lapses?|is due|are due|due|falls? due|closes?|terminates?"
    r"|will|is to|are to|to be \w+|must be \w+|should be \w+|planned|expected)"
    r"(?:\s+\w+){0,4}?\s+(?:in|on|by|from|at|until|before|for)\s+(?:the\s+)?(?:end of\s+)?$",
    re.IGNORECASE,
)
_GONE = re.compile(r"\b(?:was|were|had|have been|has been|until then|originally)\b", re.IGNORECASE)
_IN_FIGURES = re.compile(r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b")


def day_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `day.`."""
    written = written_on(text)
    for passage in passages(text):
        if written:
            yield from _past(passage, written)
        yield from _figures(passage)
    if report_of(text):
        yield from _moved(text, arrangement)
    yield from _after_report(text)


def written_on(text: MatterText) -> date | None:
    """The day of the report; where it has none, the latest that a stop or comment has."""
    report = report_of(text)
    if report is not None and isinstance(report.dated, date):
        return report.dated
    days = [_known(s.on) for s in text.stops.values()]
    bound = _known(report.dated) if report else None
    for part in all_parts(report.parts) if report else ():
        days += [_known(part.comment.on)] if isinstance(part.comment, Comment) else []
    return bound or max((d for d in days if d), default=None)


def _known(day: object) -> date | None:
    if isinstance(day, NotStated):
        return day.latest or day.earliest
    return day if isinstance(day, date) else None


def day_of(found: re.Match[str]) -> date:
    """The last day that a day, or a month, in words can mean."""
    year, month = int(found["year"]), MONTHS.index(found["month"]) + 1
    last = monthrange(year, month)[1]
    return date(year, month, min(int(found["day"] or last), last) or last)


def _past(passage: Passage, written: date) -> Iterator[Finding]:
    for start, sentence in sentences(passage.words):
        for found in _WHEN.finditer(sentence):
            before = sentence[: found.start()]
            if day_of(found) >= written or not _TO_COME.search(before) or _GONE.search(before):
                continue
            says = f"“{found[0]}” is spoken of as to come, in a report of {on_day(written)}"
            remedy = "Say what happened then, or give the new day."
            yield passage.found("day.past", start + found.start(), says, remedy, Weight.SLIGHT)


def _figures(passage: Passage) -> Iterator[Finding]:
    for found in _IN_FIGURES.finditer(passage.words):
        says = f"the date “{found[0]}” is in figures, which people read in two ways"
        remedy = "Write it in words, as 18 July 2017."
        yield passage.found("day.in_figures", found.start(), says, remedy, Weight.SLIGHT)


def _moved(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """A start that moved, of the matter or of its agreements, which the report does not tell."""
    words = plain_words(text)
    facts = text.matter
    named = () if isinstance(facts.agreements, NotStated) else facts.agreements
    moves: list[tuple[Row, str, object, object]] = [
        (facts, "the matter", facts.first_planned, facts.wanted)
    ]
    for name in named:
        agreement = arrangement.agreements.get(name)
        terms: tuple[Term, ...] = agreement.known_terms if agreement else ()
        moves += [(facts, agreement.label, t.first_planned, t.starts) for t in terms if agreement]
    for row, what, first, now in moves:
        if not isinstance(first, date) or not isinstance(now, date) or first == now:
            continue
        if _told(first, now, words):
            continue
        says = (
            f"{what} was first to start on {on_day(first)} and is now to start on "
            f"{on_day(now)}, and the report does not say that it moved"
        )
        yield slight("day.moved", row, says, "Say from when to when it moved, and why.")


_MOVED = re.compile(
    r"\b(?:moved|postponed|delayed|put back|deferred|instead of|rather than|later than|slipped"
    r"|brought forward|originally|first planned|extended)\b",
    re.IGNORECASE,
)


def _told(first: date, now: date, words: str) -> bool:
    """One sentence, or two that follow each other, with both months and a word of moving."""
    pieces = [s for _, s in sentences(words)]
    months = [f"{MONTHS[d.month - 1]} {d.year}" for d in (first, now)]
    for one, other in zip(pieces, [*pieces[1:], ""], strict=True):
        both = f"{one} {other}"
        if months[0] in both and _MOVED.search(both):
            return True
    return False


def _after_report(text: MatterText) -> Iterator[Finding]:
    """A report dated after the last of its meetings."""
    report = report_of(text)
    days = [d for s in text.stops.values() if (d := _known(s.on))]
    if report and isinstance(report.dated, date) and days and report.dated > max(days):
        says = f"the report is dated {on_day(report.dated)}, after the last of its meetings"
        yield slight("day.report_after_meeting", report, says, "Correct one of the two days.")
