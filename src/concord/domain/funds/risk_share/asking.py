"""Whether a rule that asks somebody may be applied, for how much, and what follows if not."""

from __future__ import annotations

from dataclasses import dataclass

from concord.domain.agreements.fulfilment import fulfilled
from concord.domain.agreements.labels import on_day
from concord.domain.agreements.matter import BEFORE, Matter
from concord.domain.agreements.words import Act
from concord.domain.findings import Answer, Reason, Verdict, all_of
from concord.domain.funds.risk_rules import Falls, On, RiskRule, Silence
from concord.domain.funds.risk_share.facts import Recorded
from concord.domain.funds.risk_share.plan import Leave
from concord.domain.funds.risk_share.setting import Setting
from concord.domain.language.values import holds_on


@dataclass(frozen=True, slots=True)
class Word:
    """What came of asking: the leave, the verdict it rests on, and the amount decided."""

    leave: Leave
    verdict: Verdict
    limit: int | None = None
    why: str = ""


_FREE = Word(Leave.GIVEN, Verdict(Answer.STANDS))


def in_force(setting: Setting, rule: RiskRule) -> bool | None:
    """Whether a rule is in force on the day asked; None where the text does not say."""
    return holds_on(rule.starts, rule.ends, setting.on)


def ask(setting: Setting, rule: RiskRule, recorded: Recorded | None) -> Word:
    """The answer on what is recorded; nothing recorded is silence."""
    if in_force(setting, rule) is None:
        why = f"whether the rule is in force on {on_day(setting.on)} is not stated"
        return Word(Leave.NOT_STATED, Verdict(Answer.NOT_STATED), None, why)
    if not rule.asks:
        return _FREE
    verdict = _verdict(setting, rule, recorded)
    if verdict.answer is Answer.STANDS:
        return _agreed(rule, recorded, verdict)
    if verdict.answer is Answer.REFUSED:
        return Word(Leave.PASSES, verdict, None, "it was not agreed")
    if verdict.answer is Answer.NOT_STATED:
        why = next((r.says for r in verdict.against), "on what condition is not stated")
        return Word(Leave.NOT_STATED, verdict, None, why)
    return _silence(rule, verdict)


def _verdict(setting: Setting, rule: RiskRule, recorded: Recorded | None) -> Verdict:
    act = Act.USE_UNDERSPEND if rule.on is On.UNDERSPEND else Act.MEET_OVERSPEND
    facts = recorded.facts if recorded else BEFORE
    reasons = list(
        fulfilled(
            setting.arrangement, rule.provided, Matter(functions=(), act=act), facts,
            setting.on, clause=rule.clause,
        )
    )  # fmt: skip
    if rule.falls_to is Falls.AS_DECIDED and recorded is None:
        remedy = "Record the decision, with what each partner bears."
        reasons.append(Reason(Answer.NEEDS, "nothing is decided", rule.authority, remedy))
    return all_of(reasons)


def _agreed(rule: RiskRule, recorded: Recorded | None, verdict: Verdict) -> Word:
    amount = recorded.amount if recorded else None
    if amount is not None and amount < 0:
        why = "the amount decided is below zero"
        return Word(Leave.NOT_STATED, verdict, None, why)
    if rule.falls_to is not Falls.AS_DECIDED:
        return Word(Leave.GIVEN, verdict, amount)
    shares = recorded.shares if recorded else {}
    total = sum(shares.values())
    if not shares or any(share < 0 for share in shares.values()):
        why = "how the amount decided is shared is not recorded"
        return Word(Leave.NOT_STATED, verdict, None, why)
    if amount is not None and total != amount:
        why = "the shares decided do not add up to the amount decided"
        return Word(Leave.NOT_STATED, verdict, None, why)
    return Word(Leave.GIVEN, verdict, total)


def _silence(rule: RiskRule, verdict: Verdict) -> Word:
    match rule.silence:
        case Silence.WAITS:
            return Word(Leave.WAITS, verdict, None, "nothing is recorded, so it waits")
        case Silence.PASSES_ON:
            return Word(Leave.PASSES, verdict, None, "nothing is recorded, so it passes on")
    why = "what follows where nothing is decided is not stated"
    return Word(Leave.NOT_STATED, verdict, None, why)
