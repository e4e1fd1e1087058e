"""Findings on what a report must hold: implications with their officers, reasons for nil.

Sheffield's form asks for legal, financial and equality implications and for the name of each
officer consulted, and takes no report without them; other houses ask for the parts alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import grave, slight
from concord.domain.decisions.checks.passages import Passage, all_parts, name_of, report_of
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import AssessmentAnswer, Comment, Part, Report, SignOff
from concord.domain.decisions.words import Assessment, PartKind
from concord.domain.findings import Authority, Finding
from concord.domain.language.values import NotStated

_K = PartKind
IMPLICATIONS: dict[str, tuple[PartKind, ...]] = {
    "legal": (_K.LEGAL, _K.POWERS, _K.CONSTITUTIONAL),
    "financial": (_K.FINANCIAL, _K.FINANCIAL_COMMENTS),
    "equality": (_K.EQUALITY, _K.STATUTORY),
}
EQUALITY_DUTY = Authority(law="Equality Act 2010, section 149", unverified=True)
_NAMES_OFFICERS = "sheffield"  # the house whose form refuses a report without them
_NOTHING = re.compile(
    r"\W*(?:\d+\.\s*)?(?:none|nil|n/?a|not applicable|no implications?|not known)"
    r"(?: at this stage| arising| identified)?\W*",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"£|\b(?:millions?|thousands?) of pounds\b|\bpool(?:ed|ing)?\b|\bbudgets?\b", re.IGNORECASE
)


def completeness_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the families `missing.` and `nil.`."""
    report = report_of(text)
    if report is None:
        return
    for kind, parts in IMPLICATIONS.items():
        yield from _implication(report, kind, parts)
    yield from _empty(report)
    yield from _nil(text, report)


def _implication(report: Report, kind: str, kinds: tuple[PartKind, ...]) -> Iterator[Finding]:
    held = [p for p in all_parts(report.parts) if p.kind in kinds]
    if not held and not (kind == "equality" and _assessed(report)):
        says = f"the report says nothing of {kind} implications"
        remedy = f'Add a part of kind "{kinds[0]}", or its nil with the reason.'
        by = EQUALITY_DUTY if kind == "equality" else None
        yield grave(f"missing.{kind}", report, says, remedy, by)
        return
    if any(_officer(p) for p in held) or _signs(report, kinds) or _consulted(report, kind):
        return
    says = f"no officer is named who was consulted on the {kind} implications"
    remedy = "Name the officer in the part's comment, or in a sign-off of that part."
    row = held[0] if held else report
    asked = grave if _NAMES_OFFICERS in report.formats else slight
    yield asked(f"missing.{kind}_officer", row, says, remedy)


def _assessed(report: Report) -> bool:
    if not isinstance(report.assessments, dict):
        return False
    answer = report.assessments.get(Assessment.EQUALITY)
    return isinstance(answer, AssessmentAnswer) and isinstance(answer.needed, bool)


def _officer(part: Part) -> bool:
    comment = part.comment
    if not isinstance(comment, Comment):
        return False
    return isinstance(comment.by, str) or isinstance(comment.initials, str)


def _signs(report: Report, kinds: tuple[PartKind, ...]) -> bool:
    rows: tuple[SignOff, ...] = () if isinstance(report.sign_offs, NotStated) else report.sign_offs
    return any(
        (isinstance(r.name, str) or isinstance(r.post, str)) and set(r.parts) & set(kinds)
        for r in rows
    )


def _consulted(report: Report, kind: str) -> bool:
    """Sheffield's first row: `Finance: …, Legal: …, Equalities: …`, each beside a name."""
    stem = {"financial": "financ", "equality": "equal", "legal": "legal"}[kind]
    return any(
        isinstance(c.name, str) and stem in f"{c.as_ or ''} {c.post}".casefold()
        for c in report.consulted
    )


def _empty(report: Report) -> Iterator[Finding]:
    for part in all_parts(report.parts):
        if not (part.text.strip() or part.tables or part.parts or part.nil is not None):
            says = f"{name_of(part)} is empty"
            yield grave("missing.text", part, says, 'Write it, or say nil = "the reason why".')


def _nil(text: MatterText, report: Report) -> Iterator[Finding]:
    money = _money_in(text, report)
    for part in all_parts(report.parts):
        bare = bool(part.text) and bool(_NOTHING.fullmatch(part.text.strip()))
        nil = part.nil
        reason = isinstance(nil, str) and not _NOTHING.fullmatch(nil.strip())
        if reason or not (bare or nil is not None):
            continue
        beside = money if part.kind in (_K.FINANCIAL, _K.FINANCIAL_COMMENTS) else ""
        says = f"{name_of(part)} says there is nothing, without a reason" + (
            f", beside {beside}" if beside else ""
        )
        where = Passage(part.text if bare else str(nil), part, name_of(part))
        asked = grave if beside else slight
        yield asked(
            "nil.no_reason", part, says, 'Say why there is nothing, as nil = "…".',
            line=where.line(),
        )  # fmt: skip


def _money_in(text: MatterText, report: Report) -> str:
    """The money that the matter or its report speaks of, or nothing."""
    if not isinstance(text.matter.amounts, NotStated) and text.matter.amounts:
        return "the amounts of the matter"
    for part in all_parts(report.parts):
        found = _MONEY.search(part.text)
        if found:
            return f"“{found[0]}” in {name_of(part)}"
    return ""
