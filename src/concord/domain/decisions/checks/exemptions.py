"""Findings on what is kept from the public: by which paragraph, and why that outweighs telling."""

from __future__ import annotations

from collections.abc import Iterator

from concord import law
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import grave, slight
from concord.domain.clocks.facts import cited
from concord.domain.decisions.checks.passages import all_parts, report_of
from concord.domain.decisions.matter import Exempt, MatterText
from concord.domain.decisions.report import Paper
from concord.domain.findings import Finding
from concord.domain.language.values import NotStated


def exempt_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the family `exempt.`."""
    used = set(_used(text))
    for row in text.exempt.values():
        if not row.confidential:
            yield from _paragraph(row)
            yield from _reason(row)
        if report_of(text) and row.id not in used:
            says = f"{row.what} is to be kept back, and no part, appendix or paper says it is"
            yield slight(
                "exempt.unused", row, says, f'Mark what it keeps with exempt = "{row.id}".'
            )
    if text.matter.private is True and not text.exempt:
        says = "the matter is to be taken in private, and nothing in it is exempt or confidential"
        remedy = "Say under [exempt] what is kept back, by which paragraph, and why."
        yield grave("exempt.private_without", text.matter, says, remedy)


def _paragraph(row: Exempt) -> Iterator[Finding]:
    held = law.heads("schedule_12A")
    known = {h.letter: h.says for h in held.heads}
    if not isinstance(row.paragraph, int):
        says = f"{row.what}: no paragraph of Schedule 12A is named, nor that it is confidential"
        remedy = f"Name the paragraph, 1 to {len(known)}, or say confidential = true."
        yield grave("exempt.no_paragraph", row, says, remedy, cited(held))
    elif str(row.paragraph) not in known:
        says = f"{row.what}: Schedule 12A has no paragraph {row.paragraph}"
        remedy = "; ".join(f"{n}: {words}" for n, words in known.items()) + "."
        yield grave("exempt.unknown_paragraph", row, says, remedy, cited(held))


def _reason(row: Exempt) -> Iterator[Finding]:
    if row.outweighs is None or isinstance(row.outweighs, NotStated):
        says = f"{row.what}: why keeping it back outweighs telling the public is not said"
        test = law.heads("schedule_12A_public_interest")
        yield grave("exempt.no_reason", row, says, 'Say why, as outweighs = "…".', cited(test))


def _used(text: MatterText) -> Iterator[str]:
    report = report_of(text)
    if report is None:
        return
    yield from (p.exempt for p in all_parts(report.parts) if p.exempt)
    for papers in (report.appendices, report.background_papers):
        yield from (p.exempt for p in _listed(papers) if p.exempt)


def _listed(papers: tuple[Paper, ...] | NotStated) -> tuple[Paper, ...]:
    return () if isinstance(papers, NotStated) else papers
