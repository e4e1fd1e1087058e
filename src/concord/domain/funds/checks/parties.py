"""Findings on who a fund belongs to: its host, its pool manager, its partners and leads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from concord.domain.agreements.arrangement import Agreement, Arrangement, Organisation
from concord.domain.agreements.checks.found import grave, slight
from concord.domain.agreements.words import AgreementKind
from concord.domain.findings import Finding
from concord.domain.funds.budgets import in_section_75, lead_of, mode_of, partners_of
from concord.domain.funds.checks.lines import agreement_of, law
from concord.domain.funds.fund import Budget, Fund, FundText, Line
from concord.domain.funds.years import first_day, last_day
from concord.domain.language.values import NotStated
from concord.domain.places.succession import links


def party_findings(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    """What is wrong with the organisations a fund names."""
    for fund in text.funds.values():
        yield from _host(arrangement, fund)
        yield from _pool_manager(arrangement, fund)
    for line in text.lines.values():
        yield from _lead(text, arrangement, line)
    for budget in text.budgets:
        yield from _partners(text, arrangement, budget)
        yield from _in_being(arrangement, budget)


def parties(arrangement: Arrangement, agreement: Agreement | None) -> frozenset[str] | None:
    """The parties with all who came before or after them; None where they are not known."""
    if agreement is None or isinstance(agreement.parties, NotStated):
        return None
    found, pairs = set(agreement.parties), links(arrangement.successions)
    while more := {
        name
        for pair in pairs
        for name, other in ((pair.from_, pair.to), (pair.to, pair.from_))
        if other in found and name not in found
    }:
        found |= more
    return frozenset(found)


def _of_fund(arrangement: Arrangement, fund: Fund) -> Agreement | None:
    named = fund.agreement
    return None if isinstance(named, NotStated) else arrangement.agreements.get(named)


def _host(arrangement: Arrangement, fund: Fund) -> Iterator[Finding]:
    agreement = _of_fund(arrangement, fund)
    if isinstance(fund.host, NotStated):
        if in_section_75(arrangement, fund.mode) is False:
            return
        says = f"who hosts {fund.label} is not stated, so what falls to the host falls to nobody"
        remedy = "Ask the partners which of them hosts the fund."
        yield slight("fund.host_not_stated", fund, says, remedy, law("s75_host"))
        return
    within = parties(arrangement, agreement)
    if fund.host and within is not None and agreement and fund.host not in within:
        says = f"{fund.host} hosts {fund.label} and is no party to {agreement.label}"
        yield grave(
            "fund.not_a_party", fund, says, "Name one of the parties as host.", law("s75_host")
        )


def _pool_manager(arrangement: Arrangement, fund: Fund) -> Iterator[Finding]:
    post = arrangement.posts.get(fund.pool_manager) if isinstance(fund.pool_manager, str) else None
    if post is None or not isinstance(fund.host, str) or isinstance(post.of, NotStated):
        return
    acts = post.acts_for if isinstance(post.acts_for, tuple) else ()
    agreement = _of_fund(arrangement, fund)
    if agreement is None or agreement.kind is not AgreementKind.SECTION_75:
        return
    if fund.host not in (post.of, *acts):
        says = f"{post.label} manages {fund.label} and is an officer of {post.of}, not of its host"
        remedy = "Name an officer of the host."
        yield grave("fund.manager_not_of_host", fund, says, remedy, law("s75_host"))


def _lead(text: FundText, arrangement: Arrangement, line: Line) -> Iterator[Finding]:
    """A lead inside the section 75 is a party; a line in view may be led by anyone."""
    lead, agreement = lead_of(text, line), agreement_of(arrangement, text, line)
    within = parties(arrangement, agreement)
    if not isinstance(lead, str) or within is None or lead in within or agreement is None:
        return
    if in_section_75(arrangement, mode_of(text, line)) is not False:
        says = f"{lead} leads {line.id} and is no party to {agreement.label}"
        yield grave("fund.not_a_party", line, says, "Name one of the parties as lead.")


def _partners(text: FundText, arrangement: Arrangement, budget: Budget) -> Iterator[Finding]:
    fund = text.funds.get(budget.fund) if isinstance(budget.fund, str) else None
    agreement = _of_fund(arrangement, fund) if fund else None
    within = parties(arrangement, agreement)
    if within is None or agreement is None:
        return
    for partner in partners_of(budget):
        if partner in arrangement.organisations and partner not in within:
            says = f"{partner} contributes and is no party to {agreement.label}"
            remedy = "Put its money under an agreement it is a party to, or correct the name."
            yield grave("fund.not_a_party", budget, says, remedy)


def _in_being(arrangement: Arrangement, budget: Budget) -> Iterator[Finding]:
    """A partner exists in the year it contributes in, or one who took its place does."""
    if isinstance(budget.year, NotStated):
        return
    first, last = first_day(budget.year), last_day(budget.year)
    followed = {pair.from_ for pair in links(arrangement.successions)}
    for partner in partners_of(budget):
        row = arrangement.organisations.get(partner)
        outside = row is not None and _outside(row, first, last, partner in followed)
        if outside:
            says = f"{partner} contributes in {budget.year} and does not exist in that year"
            remedy = "Name the organisation that did, or correct the days of this one."
            yield grave("date.not_in_being", budget, says, remedy)


def _outside(row: Organisation, first: date, last: date, followed: bool) -> bool:
    late = isinstance(row.starts, date) and row.starts > last
    return late or (isinstance(row.ends, date) and row.ends < first and not followed)
