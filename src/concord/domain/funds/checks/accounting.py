"""Findings on how a line is accounted for: VAT by who delivers, agents, charges, and savings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import slight
from concord.domain.findings import Finding
from concord.domain.funds.budgets import fund_of, lead_of
from concord.domain.funds.checks.lines import law
from concord.domain.funds.fund import FundText, Line
from concord.domain.funds.words import AccountingBasis, ActsAs, ClientCharges, VatRegime
from concord.domain.places.organisations import OrganisationKind as Kind

_NHS = (
    Kind.PRIMARY_CARE_TRUST, Kind.CLINICAL_COMMISSIONING_GROUP, Kind.INTEGRATED_CARE_BOARD,
    Kind.NHS_TRUST,
)  # fmt: skip
OF_DELIVERER: Mapping[Kind, VatRegime] = {
    Kind.COUNCIL: VatRegime.SECTION_33,
    **dict.fromkeys(_NHS, VatRegime.CONTRACTED_OUT),
}


def accounting_findings(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    """What an accountant would ask about a line."""
    for line in text.lines.values():
        yield from _vat(arrangement, line)
        yield from _agent(text, line)
        yield from _control(text, line)
        yield from _charges(text, line)


def _vat(arrangement: Arrangement, line: Line) -> Iterator[Finding]:
    deliverer = line.delivered_by
    row = arrangement.organisations.get(deliverer) if isinstance(deliverer, str) else None
    due = OF_DELIVERER.get(row.kind) if row and isinstance(row.kind, Kind) else None
    if row is None or due is None or not isinstance(line.vat, VatRegime):
        return
    if line.vat is not due and line.acts_as is not ActsAs.AGENT:
        says = f"{row.label} delivers {line.id}, whose VAT is given as {line.vat} and not {due}"
        remedy = "Ask both finance teams by whose rules VAT on this line is recovered."
        yield slight("fund.vat_not_of_deliverer", line, says, remedy, law("vat_by_deliverer"))


def _agent(text: FundText, line: Line) -> Iterator[Finding]:
    """An agent's charge to its partner is a taxable supply."""
    if line.acts_as is not ActsAs.AGENT:
        return
    if isinstance(line.vat, VatRegime) and line.vat is not VatRegime.TAXABLE_SUPPLY:
        says = f"{line.id} is bought as agent, and what an agent charges on is a taxable supply"
        remedy = "Ask both finance teams; buying as principal avoids it."
        yield slight("fund.agent_charges_vat", line, says, remedy, law("vat_agency"))


def _control(text: FundText, line: Line) -> Iterator[Finding]:
    """Under sole control or lead commissioning, one partner contracts: the line's lead."""
    lead, basis = lead_of(text, line), line.basis
    contracts = line.contracted_by
    if basis not in (AccountingBasis.SOLE_CONTROL, AccountingBasis.LEAD_COMMISSIONING):
        return
    if isinstance(lead, str) and isinstance(contracts, str) and lead != contracts:
        says = f"{line.id} is under {basis} of {lead}, and {contracts} contracts for it"
        remedy = "Name the lead as contracting party, or correct the basis."
        yield slight("fund.basis_against_contract", line, says, remedy, law("pool_is_no_entity"))


def _charges(text: FundText, line: Line) -> Iterator[Finding]:
    """Gross and net amounts do not add up to a total that means anything."""
    fund = fund_of(text, line)
    mine, whole = line.client_charges, fund.client_charges if fund else None
    if isinstance(mine, ClientCharges) and isinstance(whole, ClientCharges) and mine is not whole:
        says = f"{line.id} is {mine} of client charges in a fund whose amounts are {whole}"
        remedy = "Bring both to one basis before they are added up."
        yield slight("fund.charges_mixed", line, says, remedy)
