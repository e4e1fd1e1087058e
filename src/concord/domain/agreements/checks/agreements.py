"""Findings on agreements: parties, days of signing, slipped terms, gaps, missing heads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concord.domain.agreements.arrangement import Agreement, Arrangement, Organisation, Term
from concord.domain.agreements.checks.found import grave, known, slight
from concord.domain.agreements.completeness import Presence, RequiredHead, required_heads
from concord.domain.agreements.labels import how_many, label, listed, on_day
from concord.domain.agreements.terms import gaps, parties_of, signature, slip
from concord.domain.agreements.words import AgreementKind
from concord.domain.findings import Answer, Authority, Finding
from concord.domain.language.values import NotStated
from concord.domain.places.organisations import (
    OrganisationKind,
    is_council,
    is_nhs,
    may_be_party,
)


def agreement_findings(arrangement: Arrangement) -> Iterator[Finding]:
    """The findings of the family `agree.` that hold whatever the day."""
    for agreement in arrangement.agreements.values():
        for term in agreement.known_terms:
            yield from _signed_late(arrangement, agreement, term)
            yield from _slipped(agreement, term)
        for gap in gaps(agreement):
            says = f"no term of {agreement.label} covers {on_day(gap.first)} to {on_day(gap.last)}"
            says = f"{says}: {how_many(gap.days, 'day')}"
            remedy = "Add the term that covered them, or look for what was done without one."
            yield slight("agree.gap", agreement, says, remedy)
        yield from _heads_missing(arrangement, agreement)
        if agreement.kind is AgreementKind.SECTION_75:
            yield from _partners(arrangement, agreement)


def _signed_late(arrangement: Arrangement, agreement: Agreement, term: Term) -> Iterator[Finding]:
    if not isinstance(term.starts, date):
        return
    late = {}
    for party in parties_of(agreement) or ("",):
        day = signature(term, party)
        if isinstance(day, date) and day > term.starts:
            late[party] = day
    if not late:
        return
    last = max(late.values())
    whole = len(set(late.values())) == 1 and len(late) == len(parties_of(agreement))
    each = [f"by {label(arrangement, p)} on {on_day(d)}" for p, d in late.items() if p]
    who = f"on {on_day(last)}" if whole or not each else listed(each)
    says = f"{agreement.label} began on {on_day(term.starts)} and was signed {who}"
    says = f"{says}, {how_many((last - term.starts).days, 'day')} late"
    remedy = "It is valid. Look at what was done under it before it was signed."
    yield slight("agree.signed_late", term, says, remedy)


def _slipped(agreement: Agreement, term: Term) -> Iterator[Finding]:
    days = slip(term)
    if days and days > 0 and isinstance(term.starts, date):
        planned = known(term.first_planned)
        says = f"{agreement.label} was first to start on {on_day(planned or term.starts)}"
        says = f"{says} and is to start on {on_day(term.starts)}: {how_many(days, 'day')} later"
        remedy = "Say why in the next report; both days are kept."
        yield slight("agree.slipped", term, says, remedy)


def _heads_missing(arrangement: Arrangement, agreement: Agreement) -> Iterator[Finding]:
    """One finding for the heads that the law asks for, one for those of the further tests."""
    missing: dict[str, list[RequiredHead]] = {}
    for required in required_heads(arrangement, agreement):
        if required.presence is Presence.MISSING:
            by = str(required.authority) if required.by_law else ""
            missing.setdefault(by, []).append(required)
    for by, heads in missing.items():
        what = "; ".join(dict.fromkeys(str(r.head) for r in heads))
        test = "" if by else ", which the reports ask of such an agreement"
        says = f"{agreement.label}: no clause is given for {what}{test}"
        remedy = 'Add the clause under contents; if the source is silent, "not stated".'
        sources = "; ".join(dict.fromkeys(r.authority.law for r in heads))
        authority = Authority(law=sources, unverified=any(r.authority.unverified for r in heads))
        yield slight("agree.head_missing", agreement, says, remedy, authority)


def _partners(arrangement: Arrangement, agreement: Agreement) -> Iterator[Finding]:
    """SI 2000/617 regs 2-3: NHS bodies with councils, and nobody else."""
    rows = [arrangement.organisations.get(p) for p in dict.fromkeys(parties_of(agreement))]
    parties = [r for r in rows if r is not None]
    for party in parties:
        if isinstance(party.kind, NotStated):
            continue
        for reason in may_be_party(party.kind, _day_of(agreement, party)).reasons:
            barred = reason.answer is Answer.REFUSED and "neither" in reason.says
            if barred:
                says = f"{party.label} is a party to {agreement.label}: {reason.says}"
                yield grave("agree.not_a_partner", agreement, says, reason.remedy, reason.authority)
    kinds = [p.kind for p in parties if not isinstance(p.kind, NotStated)]
    if parties and len(kinds) == len(parties):
        yield from _one_sided(agreement, kinds)


def _one_sided(agreement: Agreement, kinds: list[OrganisationKind]) -> Iterator[Finding]:
    if OrganisationKind.NATIONAL_BODY in kinds:
        return
    lacking = "council" if not any(map(is_council, kinds)) else ""
    lacking = lacking or ("NHS body" if not any(map(is_nhs, kinds)) else "")
    if lacking:
        says = f"{agreement.label} has no {lacking} among its parties"
        remedy = "A section 75 agreement is between councils and NHS bodies: add the party."
        law = Authority(law="SI 2000/617, regulations 2 and 3")
        yield grave("agree.not_a_partner", agreement, says, remedy, law)


def _day_of(agreement: Agreement, party: Organisation) -> date:
    """A day on which the party was one, so that only its kind is in question."""
    for term in agreement.known_terms:
        if isinstance(term.starts, date):
            return term.starts
    return known(party.ends) or known(party.starts) or date.max
