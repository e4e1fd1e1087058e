"""Who may call a decision in, and what may follow: each refusal names the rule and the moment.

Exemption from call-in is a rule of its own with its own signatory; urgency of notice under
regulations 10 and 11 never gives it (law/exits.toml, `call_in_exemption`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from concord import law
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import how_many, label, listed
from concord.domain.agreements.local_clocks import Callers
from concord.domain.clocks.facts import cited
from concord.domain.decisions.call_in.rule import CallInRule
from concord.domain.decisions.call_in.states import (
    ENDED,
    FOLLOWS,
    CallInMove,
    CallInStanding,
    CallInState,
    CallInStep,
    moment,
)
from concord.domain.findings import Answer, Reason, Verdict, all_of
from concord.domain.language.values import NotStated


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledBy:
    """Who signed a call-in: members, those of the scrutiny committee among them, and its chair."""

    members: frozenset[str] = frozenset()
    committee: frozenset[str] = frozenset()
    chair: str = ""
    ground: str = ""

    @property
    def everyone(self) -> frozenset[str]:
        return self.members | self.committee | ({self.chair} if self.chair else set())


def may_call_in(rule: CallInRule, now: CallInStanding, by: CalledBy) -> Verdict:
    """Whether a half that stands so may be called in by these people, with every reason."""
    return all_of([_in_window(now), _enough(rule, by), *_on_grounds(rule, by)])


def _in_window(now: CallInStanding) -> Reason:
    if now.state is CallInState.WINDOW_OPEN:
        until = f" until {moment(now.due)}" if now.due else ""
        return Reason(Answer.STANDS, f"it is open to call-in{until}", now.authority)
    if now.by is CallInMove.WINDOW_CLOSES:
        says = f"the call-in window closed on {moment(now.since)}"
        return Reason(Answer.REFUSED, says, now.authority)
    if now.by is CallInMove.PUBLISH_EXEMPT:
        return Reason(Answer.REFUSED, "the decision is exempt from call-in", now.authority)
    if now.state is CallInState.MADE:
        says = "the decision is not published, and its window opens with publication"
        return Reason(Answer.NEEDS, says, now.authority, "Publish the decision.")
    says = f"it is {now.state}, and a decision is called in once"
    return Reason(Answer.REFUSED, says, now.authority)


def _enough(rule: CallInRule, by: CalledBy) -> Reason:
    if isinstance(rule.callers, NotStated) or not rule.callers:
        says = "who may call a decision in is not stated"
        return Reason(Answer.NOT_STATED, says, rule.authority, "Record it with its clause.")
    answers = [_by(row, by) for row in rule.callers]
    ways = listed([_told(row) for row in rule.callers], "or")
    if True in answers:
        who = how_many(len(by.everyone), "member")
        return Reason(Answer.STANDS, f"{who} called it in; it takes {ways}", rule.authority)
    if None in answers:
        says = "how many may call a decision in is not stated"
        return Reason(Answer.NOT_STATED, says, rule.authority, "Record it with its clause.")
    says = f"{how_many(len(by.everyone), 'member')} signed; it takes {ways}"
    return Reason(Answer.REFUSED, says, rule.authority, f"Find {ways} before the window closes.")


def _by(row: Callers, by: CalledBy) -> bool | None:
    """Whether one way of calling in is met; the chair is not one of the committee's number."""
    if isinstance(row.members, int):
        return len(by.everyone) >= row.members
    if not isinstance(row.committee_members, int) or isinstance(row.with_chair, NotStated):
        return None
    others = by.committee - {by.chair}
    if row.with_chair:
        return bool(by.chair) and len(others) >= row.committee_members
    return len(by.committee | ({by.chair} if by.chair else set())) >= row.committee_members


def _told(row: Callers) -> str:
    if isinstance(row.members, int):
        return f"any {how_many(row.members, 'member')}"
    if not isinstance(row.committee_members, int):
        return "a number not stated"
    some = f"{how_many(row.committee_members, 'member')} of the committee"
    return f"its chair and {some}" if row.with_chair is True else some


def _on_grounds(rule: CallInRule, by: CalledBy) -> Iterator[Reason]:
    if isinstance(rule.grounds, NotStated):
        says = "on what grounds a decision may be called in is not stated"
        yield Reason(Answer.NOT_STATED, says, rule.authority, "Record them with their clause.")
    elif not rule.grounds:
        return
    elif not by.ground:
        says = "on what ground is not said"
        remedy = f"Say which: {listed(list(rule.grounds), 'or')}."
        yield Reason(Answer.NEEDS, says, rule.authority, remedy)
    elif by.ground not in rule.grounds:
        says = f"{by.ground} is not a ground"
        remedy = f"The grounds are {listed(list(rule.grounds), 'or')}."
        yield Reason(Answer.REFUSED, says, rule.authority, remedy)


def may_follow(
    rule: CallInRule, now: CallInStanding, step: CallInStep, outside_framework: bool | None = None
) -> Verdict:
    """Whether a move follows from where a half stands; calling in and exempting have their own."""
    if (now.state, step.move) not in FOLLOWS:
        ways = [str(m) for s, m in FOLLOWS if s is now.state]
        done = now.state in ENDED
        says = f"it is {now.state}, and nobody can {step.move}"
        remedy = "" if done else f"From here: {listed(ways, 'or')}."
        return all_of([Reason(Answer.REFUSED, says, now.authority, remedy)])
    if step.at < now.since:
        says = f"it has been {now.state} since {moment(now.since)}, after this"
        return all_of([Reason(Answer.REFUSED, says, now.authority, "Record when it was done.")])
    reasons = [Reason(Answer.STANDS, f"it is {now.state}", now.authority)]
    if step.move is CallInMove.REFER_TO_COUNCIL:
        reasons.append(_to_council(rule, outside_framework))
    return all_of(reasons)


def _to_council(rule: CallInRule, outside: bool | None) -> Reason:
    only = rule.council_only_outside_framework
    if only is False or outside is True:
        return Reason(Answer.STANDS, "it may go to full council", rule.authority)
    if isinstance(only, NotStated):
        says = "whether it may go to full council within the budget and policy framework"
        return Reason(
            Answer.NOT_STATED, f"{says} is not stated", rule.authority, "Record the rule."
        )
    says = "full council takes only decisions outside the budget and policy framework"
    answer = Answer.NEEDS if outside is None else Answer.REFUSED
    remedy = "Have the monitoring officer say whether it is." if outside is None else "Refer back."
    return Reason(answer, says, rule.authority, remedy)


def may_exempt(arrangement: Arrangement, rule: CallInRule, by: str, why: str) -> Verdict:
    """Whether a decision may be exempted from call-in: the signatory the rule names, and why."""
    authority = cited(next(x for x in law.exits() if x.id == "call_in_exemption"))
    reasons = []
    if isinstance(rule.exempt_by, NotStated):
        says = "who may exempt a decision from call-in is not stated"
        reasons.append(Reason(Answer.NOT_STATED, says, authority, "Record it with its clause."))
    elif by not in rule.exempt_by:
        who = listed([label(arrangement, n) for n in rule.exempt_by], "or")
        says = f"{label(arrangement, by) or 'nobody'} cannot exempt it"
        remedy = f"Ask {who}." if who else "Publish it, and let its window run."
        reasons.append(Reason(Answer.REFUSED, says, rule.authority, remedy))
    else:
        says = f"{label(arrangement, by)} exempts it"
        reasons.append(Reason(Answer.STANDS, says, rule.authority))
    if not why.strip():
        says = "why it cannot wait is not said, and the decision's record must say it"
        reasons.append(Reason(Answer.NEEDS, says, authority, "Write the reason."))
    return all_of(reasons)
