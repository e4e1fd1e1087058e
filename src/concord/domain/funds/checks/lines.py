"""Findings on lines: outside their fund, without a budget or a lead, sharing ring-fenced money."""

from __future__ import annotations

from collections.abc import Iterator

from concord.domain.agreements.arrangement import Agreement, Arrangement
from concord.domain.agreements.checks.found import grave, slight
from concord.domain.agreements.words import AgreementKind, Flexibility, Mode
from concord.domain.findings import Authority, Finding
from concord.domain.funds.budgets import TOGETHER, contributions, lead_of, mode_of
from concord.domain.funds.fund import Budget, FundingSource, FundText, Line
from concord.domain.funds.words import NilOf
from concord.domain.language.values import NotStated
from concord.law import rule

_IN_WRITING = "s75_in_writing"


def line_findings(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    """What is wrong with where lines lie and what stands on them."""
    for budget in text.budgets:
        yield from _of_another_fund(text, budget)
        yield from _mixed(text, arrangement, budget)
    yield from _without_budget(text)
    for line in text.lines.values():
        yield from _lead_missing(text, line)
        yield from _mode(text, arrangement, line)
    yield from _pooled_against_text(text)


def law(id_: str) -> Authority:
    """A row of law as the authority of a finding."""
    row = rule(id_)
    return Authority(law=row.authority, unverified=not row.verified)


def _of_another_fund(text: FundText, budget: Budget) -> Iterator[Finding]:
    for name in budget.known_amounts:
        line = text.lines.get(name)
        if line is not None and isinstance(budget.fund, str) and line.fund != budget.fund:
            where = line.fund if isinstance(line.fund, str) else "a fund that is not stated"
            says = f"{name} is a line of {where}, so a budget of {budget.fund} cannot hold it"
            remedy = "Move the amount to its own fund's budget, or correct the line's fund."
            yield grave("fund.line_of_another_fund", budget, says, remedy)


def _mixed(text: FundText, arrangement: Arrangement, budget: Budget) -> Iterator[Finding]:
    """Ring-fenced and capital money shares no line with other money."""
    for name in budget.known_amounts:
        line = text.lines.get(name)
        source = text.funding.get(line.funding) if line and isinstance(line.funding, str) else None
        if source is None or (source.ring_fenced is not True and source.capital is not True):
            continue
        given = contributions(text, budget, name)
        others = [p for p, amount in given.items() if amount != 0 and p not in _of(source)]
        if TOGETHER in given:
            others = []
        elif not _is_party(arrangement, text, name, source):
            others = others[1:]
        if others:
            says = f"{name} is paid from {source.label}, and {', '.join(others)} pays into it too"
            remedy = "Give the other money a line of its own, so that nothing nets across the two."
            yield grave("fund.mixed_ring_fence", budget, says, remedy)


def _of(source: FundingSource) -> tuple[str, ...]:
    return (source.from_,) if isinstance(source.from_, str) else ()


def _is_party(arrangement: Arrangement, text: FundText, line: str, source: FundingSource) -> bool:
    """Whether the source comes from a partner; a grant from outside arrives through one."""
    agreement = agreement_of(arrangement, text, text.lines[line])
    parties = agreement.parties if agreement else ()
    return isinstance(parties, tuple) and source.from_ in parties


def agreement_of(arrangement: Arrangement, text: FundText, line: Line) -> Agreement | None:
    """The agreement of a line's fund, where both are stated and known."""
    fund = text.funds.get(line.fund) if isinstance(line.fund, str) else None
    if fund is None or isinstance(fund.agreement, NotStated):
        return None
    return arrangement.agreements.get(fund.agreement)


def _without_budget(text: FundText) -> Iterator[Finding]:
    budgeted = {name for budget in text.budgets for name in budget.known_amounts}
    with_budget = {b.fund for b in text.budgets if not isinstance(b.amounts, NotStated)}
    for name, line in text.lines.items():
        if name not in budgeted and line.fund in with_budget:
            says = f"{name} has no amount in any budget of its fund"
            remedy = 'Add its amount, "£0" for nil, or "not stated".'
            yield slight("fund.line_without_budget", line, says, remedy)


def _lead_missing(text: FundText, line: Line) -> Iterator[Finding]:
    if mode_of(text, line) is Mode.LEAD_COMMISSIONED and lead_of(text, line) is None:
        says = f"{line.id} is lead commissioned and nobody is named as its lead"
        remedy = 'Add lead; if the source is silent, lead = "not stated".'
        yield slight("fund.lead_missing", line, says, remedy)


def _mode(text: FundText, arrangement: Arrangement, line: Line) -> Iterator[Finding]:
    """Money is pooled or lead commissioned only under an agreement that may do it."""
    mode, agreement = mode_of(text, line), agreement_of(arrangement, text, line)
    needs = {
        Mode.POOLED: Flexibility.POOLED_FUND, Mode.POOLED_ALIGNED: Flexibility.POOLED_FUND,
        Mode.LEAD_COMMISSIONED: Flexibility.LEAD_COMMISSIONING,
    }.get(mode if isinstance(mode, Mode) else Mode.IN_VIEW)  # fmt: skip
    if agreement is None or needs is None or isinstance(agreement.kind, NotStated):
        return
    flexibilities = agreement.flexibilities
    if agreement.kind is not AgreementKind.SECTION_75:
        says = f"{line.id} is {mode}, and {agreement.label} is no section 75 agreement"
        remedy = "Name the section 75 agreement, or hold the line as aligned or in view."
        yield grave("fund.mode_needs_section_75", line, says, remedy, law(_IN_WRITING))
    elif isinstance(flexibilities, tuple) and flexibilities and needs not in flexibilities:
        says = f"{line.id} is {mode}, and {agreement.label} does not use the flexibility {needs}"
        remedy = f"Add {needs} to its flexibilities if the agreement uses it."
        yield grave("fund.mode_needs_section_75", line, says, remedy, law(_IN_WRITING))


def _pooled_against_text(text: FundText) -> Iterator[Finding]:
    """An agreement that says it has no pooled fund has none."""
    none = {
        row.agreement
        for row in text.nil.values()
        if isinstance(row.of, tuple) and NilOf.POOLED_FUND in row.of
    }
    for fund in text.funds.values():
        if isinstance(fund.agreement, str) and fund.agreement in none:
            says = f"{fund.label} lies under {fund.agreement}, which says that it pools nothing"
            remedy = "Name the agreement that pools it, or correct what is said to be nil."
            yield grave("fund.pooled_against_text", fund, says, remedy)
