"""Findings on what was left to be filled in: placeholders, unanswered choices, missing days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import grave, slight
from concord.domain.decisions.checks.passages import all_parts, all_words, name_of, report_of
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import AssessmentAnswer, Report
from concord.domain.decisions.values import REFERENCE
from concord.domain.decisions.words import Purpose
from concord.domain.findings import Finding
from concord.domain.language.values import NotStated

# A gap that somebody meant to fill, in the ways that templates and drafts write one.
_PLACEHOLDER = re.compile(
    r"""
    [\[(<{]\s*(?:please\s+)?(?:insert|enter|add|complete|type|delete|state|name\s+of|date)\b[^\])>}\n]{0,60}[\])>}]
    | [\[(]\s*(?:tb[acd]|to\ be\ (?:added|agreed|confirmed|completed|decided|inserted))\s*[\])]
    | \bTB[ACD]\b
    | \b(?:to\ be\ (?:inserted|added\ here)|insert\ (?:date|name|figure|text)\ here)\b
    | \b[xX]{2}/[xX]{2}(?:/[xX]{2,4})?\b | £\s?[xX]+\b | \b[xX]{3,}\b
    | \?{3,} | _{4,} | \.{5,} | \blorem\ ipsum\b | \[\s*\.{0,3}\s*\] | \bDD/MM/YY(?:YY)?\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CHOICE = re.compile(
    r"\b(?:Yes\s*/\s*No|No\s*/\s*Yes|Y\s*/\s*N)\b"
    r"|\*?\bdelete (?:as|where) (?:appropriate|applicable)",
    re.IGNORECASE,
)


def blank_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the families `blank.` and `choice.`."""
    for passage in all_words(text):
        for gap in _PLACEHOLDER.finditer(passage.words):
            if REFERENCE.fullmatch(gap[0]):
                continue  # {date:cabinet} is filled in by itself
            says = f"“{gap[0]}” was left to be filled in"
            yield passage.found(
                "blank.placeholder", gap.start(), says, "Write what belongs here, or take it out."
            )
        for choice in _CHOICE.finditer(passage.words):
            says = f"“{choice[0]}” offers a choice and gives no answer"
            yield passage.found("choice.unanswered", choice.start(), says, "Answer it.")
    report = report_of(text)
    if report:
        yield from _days(text, report)
        yield from _assessments(report)
        yield from _sign_offs(report)
        yield from _comments(report)


def _days(text: MatterText, report: Report) -> Iterator[Finding]:
    if report.dated is None or isinstance(report.dated, NotStated):
        says = "the report carries no date"
        yield grave("blank.report_date", report, says, "Give it its date, as dated = 2026-11-24.")
    for stop in text.stops.values():
        if stop.purpose is Purpose.DECISION and isinstance(stop.on, NotStated):
            says = f"the stop {stop.id} decides and has no meeting day"
            yield slight("blank.meeting_date", stop, says, "Give the day once it is set.")


def _assessments(report: Report) -> Iterator[Finding]:
    if not isinstance(report.assessments, dict):
        return
    for kind, answer in report.assessments.items():
        if not isinstance(answer, AssessmentAnswer):
            continue
        if not isinstance(answer.needed, bool) and not isinstance(answer.made, bool):
            says = f"whether the {kind} assessment is needed is not answered"
            yield grave("choice.unanswered", answer, says, "Answer needed = true or false.")
        elif answer.needed is True and answer.made is not True and not answer.reference:
            says = f"the {kind} assessment is needed, and nothing says that it was made"
            yield slight(
                "choice.not_made", answer, says, "Say made = true with its reference, or when."
            )


def _sign_offs(report: Report) -> Iterator[Finding]:
    for row in () if isinstance(report.sign_offs, NotStated) else report.sign_offs:
        if isinstance(row.signed, NotStated):
            says = f"the sign-off of {row.role} has no date"
            yield grave("blank.sign_off_date", row, says, "Give the day on which it was signed.")
        if isinstance(row.name, NotStated) and not isinstance(row.post, str):
            says = f"the sign-off of {row.role} names nobody"
            yield grave("blank.sign_off_name", row, says, "Name the post, or the person who signs.")


def _comments(report: Report) -> Iterator[Finding]:
    for part in all_parts(report.parts):
        if part.comment is None:
            continue
        where = name_of(part)
        if isinstance(part.comment, NotStated):
            says = f"who advised on {where}, and when, is not stated"
            yield slight("blank.comment", part, says, "Name the officer and the day.")
            continue
        if not isinstance(part.comment.by, str) and not isinstance(part.comment.initials, str):
            says = f"the comment on {where} does not say whose it is"
            yield grave("blank.comment_name", part.comment, says, "Name the officer.")
        if part.comment.on is None or isinstance(part.comment.on, NotStated):
            says = f"the comment on {where} has no date"
            yield grave(
                "blank.comment_date", part.comment, says, "Give the day, as on = 2018-04-03."
            )
