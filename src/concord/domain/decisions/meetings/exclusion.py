"""Excluding the public: from named parts only, by a resolution that says why, each law for itself.

Confidential information must be kept back; exempt information may be, by a resolution naming the
part and its description (SI 2012/2089 reg 4; LGA 1972 s100A); an NHS body gives special reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from concord import law
from concord.domain.clocks.facts import cited
from concord.domain.findings import Answer, Reason, Verdict, all_of

NHS = "NHS body"
COUNCIL_RULE, NHS_RULE = "executive_meets_in_public", "nhs_exclusion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """The public leave for these parts: by resolution or not, under which description, and why.

    `paragraph` is of Schedule 12A; `outweighs` why keeping it back serves the public more.
    """

    parts: tuple[str, ...]
    resolved: bool = False
    confidential: bool = False
    paragraph: int | None = None
    outweighs: str = ""
    special_reasons: str = ""


def may_exclude(regime: str, asked: Exclusion) -> Verdict:
    """Whether the public may be excluded under one organisation's law, by its row in law/."""
    reasons = [_parts(asked, NHS_RULE if regime == NHS else COUNCIL_RULE)]
    reasons += _by_nhs(asked) if regime == NHS else _by_council(asked)
    return all_of(reasons)


def _parts(asked: Exclusion, rule: str) -> Reason:
    authority = cited(law.rule(rule))
    if asked.parts:
        return Reason(Answer.STANDS, f"for {', '.join(asked.parts)} only", authority)
    says = "which part of the meeting is not said, and the rest stays public"
    return Reason(Answer.NEEDS, says, authority, "Name the item, the appendix or the paragraph.")


def _by_council(asked: Exclusion) -> Iterator[Reason]:
    if asked.confidential:
        authority = cited(law.rule("confidential_information"))
        yield Reason(Answer.STANDS, "it is confidential, and has to be kept back", authority)
        return
    row = law.heads("schedule_12A")
    known = {h.letter: h.says for h in row.heads}
    yield _resolved(asked, COUNCIL_RULE)
    if str(asked.paragraph) not in known:
        says = "the resolution states no description of Schedule 12A"
        yield Reason(Answer.NEEDS, says, cited(row), "Name the paragraph, from 1 to 7.")
    else:
        says = f"paragraph {asked.paragraph}: {known[str(asked.paragraph)]}"
        yield Reason(Answer.STANDS, says, cited(row))
    if not asked.outweighs.strip():
        says = "why the public interest in keeping it back outweighs that in telling it is not said"
        yield Reason(Answer.NEEDS, says, cited(row), "Say why, for this part.")


def _by_nhs(asked: Exclusion) -> Iterator[Reason]:
    yield _resolved(asked, NHS_RULE)
    if not asked.special_reasons.strip():
        authority = cited(law.rule(NHS_RULE))
        says = "the resolution states no special reasons"
        yield Reason(Answer.NEEDS, says, authority, "State them in the resolution.")


def _resolved(asked: Exclusion, rule: str) -> Reason:
    authority = cited(law.rule(rule))
    if asked.resolved:
        return Reason(Answer.STANDS, "the meeting resolved it", authority)
    return Reason(Answer.NEEDS, "the meeting has not resolved it", authority, "Put the resolution.")
