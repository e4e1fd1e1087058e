"""What may follow a decision: each step that a clerk may record now, the rest with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from concord.commands.effects import half_of, may_step, step_asked
from concord.domain.decisions.call_in import (
    FOLLOWS,
    CalledBy,
    CallInMove,
    CallInRule,
    CallInState,
    may_call_in,
)
from concord.domain.decisions.effects import HalfEffect
from concord.domain.findings import Answer, Reason, Verdict
from concord.records.models import Decision
from concord.web.register_effect import until
from concord.web.register_opened import OpenedOutcome
from concord.web.wording import upper_first

WORDS = {
    CallInMove.PUBLISH: "Publish its record",
    CallInMove.PUBLISH_EXEMPT: "Publish it, exempt from call-in",
    CallInMove.CALL_IN: "Record a call-in",
    CallInMove.WITHDRAW: "Record that the call-in was withdrawn",
    CallInMove.ENDORSE: "Record that scrutiny endorsed it",
    CallInMove.REFER_BACK: "Record that scrutiny referred it back",
    CallInMove.REFER_TO_COUNCIL: "Record that scrutiny referred it to full council",
    CallInMove.NO_OBJECTION: "Record that full council does not object",
    CallInMove.OBJECT: "Record that full council objects",
    CallInMove.CONFIRM: "Record that it was confirmed",
    CallInMove.CHANGE: "Record that it was changed",
}
_WITHOUT_RULE = (CallInMove.PUBLISH,)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what the button says, whether it may follow now, and if not why."""

    move: str
    words: str
    offered: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What may follow for one half, with what its forms need; `key` makes a form count once."""

    reference: str
    organisation: str
    side: str
    steps: tuple[Step, ...]
    rule: CallInRule | None
    window: str
    callers: str
    grounds: tuple[str, ...]
    exempt_by: tuple[tuple[str, str], ...]
    later: tuple[str, ...]
    published: bool
    private: bool
    key: str


def offers(one: OpenedOutcome) -> list[Offer]:
    """Every half, councils first."""
    found = [_offer(one, row, one.half(row)) for row in one.rows]
    return sorted(found, key=lambda offer: (offer.side != "council", offer.organisation))


def _offer(one: OpenedOutcome, row: Decision, half: HalfEffect) -> Offer:
    rule = half_of(one.arrangement, row).rule
    grounds = rule.grounds if rule and isinstance(rule.grounds, tuple) else ()
    exempt = rule.exempt_by if rule and isinstance(rule.exempt_by, tuple) else ()
    later = Decision.objects.filter(
        place=one.it.name, organisation=row.organisation, made_at__gt=row.made_at
    )
    return Offer(
        reference=row.reference,
        organisation=one.names.organisation(row.organisation),
        side=one.names.side(row.organisation),
        steps=tuple(_steps(one, row, half, rule)),
        rule=rule,
        window=_window(half),
        callers=_callers(rule, half),
        grounds=tuple(grounds),
        exempt_by=tuple((name, upper_first(one.names.the(name))) for name in exempt),
        later=tuple(later.order_by("-made_at").values_list("reference", flat=True)[:30]),
        published=row.reference in one.papers,
        private=bool(row.record.get("private")),
        key=uuid4().hex,
    )


def _window(half: HalfEffect) -> str:
    now = half.call_in
    if now is None or now.due is None or now.state is not CallInState.WINDOW_OPEN:
        return ""
    return f"Its window is open until {until(now.due)}."


def _callers(rule: CallInRule | None, half: HalfEffect) -> str:
    """Who may call it in, in the rule's own words."""
    if rule is None or half.call_in is None:
        return ""
    return may_call_in(rule, half.call_in, CalledBy()).reasons[1].says.split("it takes ")[-1]


def _steps(
    one: OpenedOutcome, row: Decision, half: HalfEffect, rule: CallInRule | None
) -> Iterator[Step]:
    for move in WORDS if rule else _WITHOUT_RULE:
        verdict = may_step(row, step_asked(str(move), one.at, ("",)))
        offered = _offered(move, verdict, half, rule)
        against = () if offered else tuple(verdict.against[:1])
        yield Step(str(move), WORDS[move], offered, against)


def _offered(move: CallInMove, verdict: Verdict, half: HalfEffect, rule: CallInRule | None) -> bool:
    """Whether it may follow once the form is filled in: what the form asks for is not missing."""
    if rule is None or half.call_in is None:
        return verdict.answer is Answer.STANDS
    if move is CallInMove.CALL_IN:
        return verdict.reasons[0].answer is Answer.STANDS
    return (half.call_in.state, move) in FOLLOWS
