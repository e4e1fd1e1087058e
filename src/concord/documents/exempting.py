"""The public version: what may not be public goes before anything is laid out.

Local Government Act 1972, sections 100A(3), 100B(2) and (5) and Schedule 12A; an NHS board excludes
the public under the Public Bodies (Admission to Meetings) Act 1960, section 1(2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from concord import law
from concord.documents.paper import Audience, Paragraph
from concord.documents.prose import blocks_of
from concord.domain.decisions.matter import Exempt, MatterText
from concord.domain.decisions.report import Paper, Part, Report


def described(paragraph: int) -> str:
    """What a paragraph of Schedule 12A is about, as `law/` has it; empty where there is none."""
    row = next((r for r in law.documents() if r.id == "schedule_12A"), None)
    found = (h.says for h in row.heads if h.letter == str(paragraph)) if row else ()
    return next(iter(found), "")


def for_audience(matter: MatterText, audience: Audience) -> MatterText:
    """The matter as that audience may read it; in the public one no withheld word is left."""
    if audience is Audience.FULL or not isinstance(matter.report, Report):
        return matter
    report = matter.report
    kept = replace(
        report,
        parts=tuple(_part(p) for p in report.parts),
        appendices=_papers(report.appendices),
        background_papers=_papers(report.background_papers),
    )
    return replace(matter, report=kept)


def _part(part: Part) -> Part:
    """The part without its withheld words: its kind, which exemption holds, how long it was.

    How many paragraphs it had is kept so that both versions number what follows alike.
    """
    if part.exempt:
        return Part(kind=part.kind, exempt=part.exempt, id_=part.id_, counted=paragraphs(part))
    return replace(part, parts=tuple(_part(p) for p in part.parts))


def paragraphs(part: Part) -> int:
    """How many paragraphs a part numbers, its inner parts included."""
    own = [b for b in blocks_of(part.text, str) if isinstance(b, Paragraph)]
    alone = not part.text.strip() and (part.nil is not None or bool(part.tables))
    return max(1, len(own) + alone + sum(paragraphs(p) for p in part.parts))


def _papers(papers: object) -> tuple[Paper, ...]:
    listed = papers if isinstance(papers, tuple) else ()
    return tuple(Paper(exempt=p.exempt) if p.exempt else p for p in listed)


def statement(row: Exempt | None) -> str:
    """What stands in the place of a withheld part: that it is withheld, and under what law."""
    if row is None:
        return "Not for publication. Under which paragraph is not stated."
    if row.confidential:
        return (
            "Not for publication: confidential information, as section 100A(3) of the Local "
            "Government Act 1972 defines it."
        )
    if not isinstance(row.paragraph, int):
        return "Not for publication. The paragraph of Schedule 12A is not stated."
    about = described(row.paragraph)
    under = f"paragraph {row.paragraph} of Part 1 of Schedule 12A to the Local Government Act 1972"
    says = f"Not for publication under {under}" + (f": information {about}." if about else ".")
    if isinstance(row.outweighs, str):
        reason = row.outweighs.rstrip(". ")
        says += f" Why the public interest is in keeping it back: {reason}."
    return says


def withheld(row: Exempt | None) -> str:
    """In a few words, for those who may read it, that a thing is not public and why."""
    if row is None:
        return "not public"
    if row.confidential:
        return "confidential"
    known = isinstance(row.paragraph, int)
    return f"exempt, paragraph {row.paragraph}" if known else "exempt, paragraph not stated"


def withholds(matter: MatterText) -> bool:
    """Whether any part or paper of the report is kept from the public."""
    report = matter.report
    if not isinstance(report, Report):
        return False
    papers = [*_listed(report.appendices), *_listed(report.background_papers)]
    return any(p.exempt for p in papers) or _any(report.parts)


def _listed(papers: object) -> Iterable[Paper]:
    return papers if isinstance(papers, tuple) else ()


def _any(parts: tuple[Part, ...]) -> bool:
    return any(p.exempt or _any(p.parts) for p in parts)
