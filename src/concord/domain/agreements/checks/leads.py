"""Findings on lead commissioning: a power given across the line needs an agreement in writing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concord import law
from concord.domain.agreements.arrangement import Agreement, Arrangement, Delegation
from concord.domain.agreements.checks.found import a_day_of, grave
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.labels import label
from concord.domain.agreements.membership import now_called
from concord.domain.agreements.terms import parties_of
from concord.domain.agreements.words import AgreementKind, Flexibility
from concord.domain.findings import Authority, Finding
from concord.domain.language.values import NotStated
from concord.domain.places.organisations import is_council, is_nhs


def lead_findings(arrangement: Arrangement) -> Iterator[Finding]:
    """Functions given to the other side without a section 75 for it (SI 2000/617 regs 8 and 9)."""
    for row in arrangement.delegations.values():
        givers = owners_of(arrangement, row.from_) if isinstance(row.from_, str) else ()
        for to in row.given_to:
            for giver in givers[:1]:
                asked = _askedfor(arrangement, giver, to)
                if asked and not _agreed(arrangement, giver, to, a_day_of(row)):
                    yield _without(arrangement, row, giver, to, law.heads(asked))


def _askedfor(arrangement: Arrangement, giver: str, to: str) -> str:
    """The list of law for a power between a council and an NHS body; empty for any other."""
    rows = [arrangement.organisations.get(name) for name in (giver, to)]
    kinds = [r.kind for r in rows if r is not None and not isinstance(r.kind, NotStated)]
    if len(kinds) < 2:
        return ""
    if is_nhs(kinds[0]) and is_council(kinds[1]):
        return "s75_lead_by_council"
    return "s75_lead_by_nhs" if is_council(kinds[0]) and is_nhs(kinds[1]) else ""


def _agreed(arrangement: Arrangement, giver: str, to: str, on: date) -> bool:
    """Whether a section 75 of the two has lead commissioning, or does not state what it uses."""
    both = {n for name in (giver, to) for n in (name, *now_called(arrangement, name, on))}
    for agreement in arrangement.agreements.values():
        if agreement.kind is AgreementKind.SECTION_75 and _may_lead(agreement):
            parties = parties_of(agreement)
            now = [{p, *now_called(arrangement, p, on)} for p in parties]
            if not parties or sum(1 for names in now if names & both) > 1:
                return True
    return False


def _may_lead(agreement: Agreement) -> bool:
    uses = agreement.flexibilities
    return isinstance(uses, NotStated) or not uses or Flexibility.LEAD_COMMISSIONING in uses


def _without(
    arrangement: Arrangement, row: Delegation, giver: str, to: str, asked: law.Heads
) -> Finding:
    says = f"{label(arrangement, giver)} gives functions to {label(arrangement, to)}, and the text"
    says = f"{says} has no section 75 agreement of the two for lead commissioning"
    remedy = "Add the agreement, with lead commissioning among its flexibilities."
    authority = Authority(law=asked.authority, unverified=not asked.verified)
    return grave("deleg.lead_without_agreement", row, says, remedy, authority)
