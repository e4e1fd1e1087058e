"""Findings on one risk rule alone: whom it asks, what it draws on, which agreements it joins."""

from __future__ import annotations

from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Body
from concord.domain.agreements.checks.found import grave, slight
from concord.domain.agreements.words import LegalForm
from concord.domain.findings import Finding
from concord.domain.funds.fund import FundText
from concord.domain.funds.names import rules_of
from concord.domain.funds.risk_rules import OffsetIn, On, RiskRule, ToReserve, UncommittedIn, Which
from concord.domain.language.tables import Row
from concord.domain.language.values import NotStated

_ADVISES = (LegalForm.ADVISORY, LegalForm.SCRUTINY_COMMITTEE)


def rule_findings(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    """What is wrong with each rule, whatever stands before or after it."""
    for rule in rules_of(text):
        yield from _crosses(text, rule)
        yield from _silence(rule)
        yield from _asks(arrangement, rule)
        yield from _reserve(text, rule)


def funds_named(text: FundText, rule: RiskRule) -> tuple[str, ...]:
    """Every fund that a rule names: by itself, by a line or scheme, or to be met from."""
    found: list[str] = []
    if isinstance(rule.of, Which):
        found += rule.of.funds if isinstance(rule.of.funds, tuple) else ()
        lines = rule.of.lines if isinstance(rule.of.lines, tuple) else ()
        schemes = rule.of.schemes if isinstance(rule.of.schemes, tuple) else ()
        found += [
            str(line.fund)
            for line in text.lines.values()
            if line.id in lines or (isinstance(line.scheme, str) and line.scheme in schemes)
        ]
    if isinstance(rule.falls_to, OffsetIn) and isinstance(rule.falls_to.offset_in, tuple):
        found += rule.falls_to.offset_in
    if isinstance(rule.falls_to, UncommittedIn):
        found += (
            rule.falls_to.uncommitted_in if isinstance(rule.falls_to.uncommitted_in, tuple) else ()
        )
    return tuple(dict.fromkeys(found))


def agreements_named(text: FundText, rule: RiskRule) -> tuple[str, ...]:
    """The agreements of those funds, and of the reserve the rule draws on."""
    named = [text.funds[f].agreement for f in funds_named(text, rule) if f in text.funds]
    if isinstance(rule.falls_to, ToReserve) and isinstance(rule.falls_to.reserve, str):
        reserve = text.reserves.get(rule.falls_to.reserve)
        named += [reserve.of] if reserve else []
    return tuple(dict.fromkeys(a for a in named if isinstance(a, str)))


def _crosses(text: FundText, rule: RiskRule) -> Iterator[Finding]:
    named = agreements_named(text, rule)
    if len(named) > 1:
        says = f"{rule.label} names money of {' and '.join(named)}, and agreements never meet"
        remedy = "Write one rule for each agreement, naming only its own funds and reserves."
        yield grave("risk.crosses_agreements", rule, says, remedy)


def _silence(rule: RiskRule) -> Iterator[Finding]:
    if rule.asks and rule.silence is None:
        says = f"{rule.label} asks for a decision and does not say what follows where none is made"
        remedy = 'Add silence = "waits" or silence = "passes on".'
        yield grave("risk.silence_missing", rule, says, remedy)


def _asks(arrangement: Arrangement, rule: RiskRule) -> Iterator[Finding]:
    for name in dict.fromkeys(_asked(rule)):
        body = arrangement.bodies.get(name.partition(".")[0])
        if body is not None and _only_advises(arrangement, body):
            says = f"{rule.label} waits for {body.label}, which advises and decides nothing"
            remedy = "Name a body or post that holds the power, or delegate it."
            yield slight("risk.asks_advisory_body", rule, says, remedy)


def _asked(rule: RiskRule) -> Iterator[str]:
    """Everyone whom the rule's conditions name as deciding."""
    pending: list[object] = list(rule.provided)
    while pending:
        condition = pending.pop(0)
        if not isinstance(condition, Row):
            continue
        for key in ("agreed_by", "carried_at"):
            named = getattr(condition, key, ())
            yield from (
                (named,) if isinstance(named, str) else named if isinstance(named, tuple) else ()
            )
        inner = getattr(condition, "any_", ())
        pending += inner if isinstance(inner, tuple) else ()


def _only_advises(arrangement: Arrangement, body: Body) -> bool:
    if body.legal_form in _ADVISES:
        return True
    given = {to for d in arrangement.delegations.values() for to in d.given_to}
    joint = body.legal_form is LegalForm.REGULATION_10_JOINT_COMMITTEE
    return joint and body.id not in given


def _reserve(text: FundText, rule: RiskRule) -> Iterator[Finding]:
    """An overspend draws on what a reserve holds, so its opening has to be known."""
    falls = rule.falls_to
    if not isinstance(falls, ToReserve) or rule.on is On.UNDERSPEND:
        return
    reserve = text.reserves.get(falls.reserve) if isinstance(falls.reserve, str) else None
    if reserve is not None and (reserve.opening is None or isinstance(reserve.opening, NotStated)):
        says = f"{rule.label} draws on {reserve.id}, and what it opens with is not stated"
        remedy = 'State its opening, "£0" for nil.'
        yield grave("risk.reserve_unknown", rule, says, remedy)
