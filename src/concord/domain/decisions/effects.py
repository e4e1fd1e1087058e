"""When each half of a joint decision takes effect, and which half waits for which and why.

Call-in reaches one council's half only (LGA 2000 s9F); an NHS body's is in effect once it is made.
Everything is worked out for the moment asked about, so asking late or twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from concord import law
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label, listed
from concord.domain.agreements.timetables import timetable_for
from concord.domain.agreements.words import TakesEffect
from concord.domain.calendar import in_words
from concord.domain.clocks import Business
from concord.domain.clocks.facts import cited
from concord.domain.decisions.call_in import (
    BY_ITSELF,
    CallInRule,
    CallInStanding,
    CallInState,
    CallInStep,
    call_in_rule,
    moment,
    standing,
)
from concord.domain.findings import Answer, Authority, Reason
from concord.domain.language.values import NotStated


class EffectState(StrEnum):
    """What one half is at a moment, as its pair sees it."""

    MADE = "made, not published"
    OPEN = "open to call-in"
    ON_HOLD = "on hold"
    NOT_STATED = "not stated"
    WAITING = "waiting for the partner"
    IN_EFFECT = "in effect"
    CHANGED = "changed on reconsideration"
    SUPERSEDED = "superseded"
    RESCINDED = "rescinded"


class Undoing(StrEnum):
    """How a decision ends: by another in its place, or by being undone."""

    SUPERSEDED = "superseded"
    RESCINDED = "rescinded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """That a later decision took a half's place or undid it: which, and from when."""

    how: Undoing
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeHalf:
    """One organisation's legal decision as made, with what was recorded of it since.

    `reached` says whether call-in reaches it: STANDS with a `rule`, REFUSED where it does not,
    NOT_STATED where the council's rule is not recorded. `retrospective_from` is the earlier day
    from which it is meant to hold. `publish_by` is the day its own rules set for publication.
    """

    organisation: str
    made: datetime
    reached: Reason
    rule: CallInRule | None = None
    steps: tuple[CallInStep, ...] = ()
    publish_by: date | None = None
    retrospective_from: date | None = None
    undone: Undone | None = None

    @property
    def retrospective(self) -> bool:
        """Whether it is meant to hold from a day before it was made, and must be named as such."""
        return self.retrospective_from is not None and self.retrospective_from < self.made.date()


def made_half(
    arrangement: Arrangement, organisation: str, maker: str, business: Business, made: datetime
) -> MadeHalf:
    """A half as its own law sees it on the day it was made, with nothing recorded since."""
    on = made.date()
    table = timetable_for(arrangement, maker, business, on, organisation=organisation)
    published = next((s for s in table.steps if s.clock == "decision published"), None)
    window = next((s for s in table.steps if s.clock == "call-in window"), None)
    none = next((n for n in table.not_running if n.clock == "call-in"), None)
    rule = call_in_rule(arrangement, organisation, on, business.key)
    return MadeHalf(
        organisation=organisation,
        made=made,
        reached=_reached(window.if_ if window else None, rule, none.authority if none else None),
        rule=rule if window and not window.if_ else None,
        publish_by=published.day if published else None,
    )


def _reached(if_: str | None, rule: CallInRule | None, outside: Authority | None) -> Reason:
    row = law.rule("call_in")
    if outside is not None:
        return Reason(Answer.REFUSED, "it cannot be called in", outside)
    if if_ is None:
        if rule is not None:
            return Reason(Answer.REFUSED, "its council's rule does not reach it", rule.authority)
        says = "how long it may be called in is not stated, and no statute sets it"
        return Reason(Answer.NOT_STATED, says, cited(row), "Record the council's own rule.")
    if if_:
        says = f"it can be called in {if_}, and nobody has said"
        return Reason(Answer.NOT_STATED, says, rule.authority if rule else cited(row), "Say which.")
    return Reason(Answer.STANDS, "it can be called in", rule.authority if rule else cited(row))


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfEffect:
    """One half at a moment: what it is, since when, and by when it would be in effect by itself.

    `own` is what it is by its own rules, whatever the partner's half is; `late` says how late it
    was published, or is.
    """

    organisation: str
    state: EffectState
    own: EffectState
    since: datetime
    due: datetime | None
    by_itself: datetime | None
    says: str
    authority: Authority
    late: str = ""
    call_in: CallInStanding | None = None

    @property
    def clear(self) -> bool:
        """Whether nothing of its own keeps it from effect."""
        return self.own is EffectState.IN_EFFECT


@dataclass(frozen=True, slots=True, kw_only=True)
class JointEffect:
    """A joint decision at a moment: its halves, whether it may be carried out, and from when.

    `not_before` is the first moment at which it could be carried out if nobody does anything more;
    None where that depends on somebody, and then `waits_on` says on what.
    """

    halves: tuple[HalfEffect, ...]
    implementable: bool
    not_before: datetime | None
    waits_on: tuple[str, ...]

    def of(self, organisation: str) -> HalfEffect:
        return next(h for h in self.halves if h.organisation == organisation)


def joint_effect(
    arrangement: Arrangement, halves: Iterable[MadeHalf],
    takes_effect: TakesEffect | NotStated | None, at: datetime,
) -> JointEffect:  # fmt: skip
    """Every half of a decision at a moment, those that wait for another one included.

    Halves whose agreement does not say whether they wait are taken to wait: an act on half an
    agreement cannot be taken back.
    """
    alone = tuple(half_effect(arrangement, h, at) for h in halves)
    waits_on = tuple(
        f"{label(arrangement, h.organisation)}: {h.says}" for h in alone if not h.clear
    )
    apart = takes_effect is TakesEffect.SEPARATELY
    seen = alone if apart else tuple(_beside(arrangement, h, alone) for h in alone)
    clear = bool(alone) and all(h.clear for h in alone)
    ends = [h.by_itself for h in alone]
    known = [e for e in ends if e is not None]
    not_before = max(known) if known and len(known) == len(ends) else None
    return JointEffect(halves=seen, implementable=clear, not_before=not_before, waits_on=waits_on)


def _beside(arrangement: Arrangement, half: HalfEffect, pair: tuple[HalfEffect, ...]) -> HalfEffect:
    """A half that is clear itself, waiting where its partner's is not; in effect from the later."""
    others = [h for h in pair if h.organisation != half.organisation]
    if not half.clear or not others:
        return half
    waiting = [h for h in others if not h.clear]
    if not waiting:
        since = max(h.since for h in pair)
        says = f"in effect since {moment(since)}"
        return replace(half, state=EffectState.IN_EFFECT, since=since, says=says)
    each = [f"{label(arrangement, h.organisation)}'s half is {h.says}" for h in waiting]
    return replace(half, state=EffectState.WAITING, says=f"waiting: {listed(each)}")


def half_effect(arrangement: Arrangement, half: MadeHalf, at: datetime) -> HalfEffect:
    """One half at a moment, by its own rules alone."""
    if half.undone and half.undone.at <= at:
        state = EffectState(half.undone.how)
        says = f"{state} by {half.undone.by} on {in_words(half.undone.at.date())}"
        return _half(half, state, half.undone.at, says, half.reached.authority)
    if half.rule is not None:
        return _reachable(half, half.rule, at)
    if half.reached.answer is Answer.REFUSED:
        says = f"in effect since it was made; {half.reached.says}"
        return _half(half, EffectState.IN_EFFECT, half.made, says, half.reached.authority)
    return _half(half, EffectState.NOT_STATED, half.made, half.reached.says, half.reached.authority)


_SEEN = {
    CallInState.MADE: EffectState.MADE,
    CallInState.WINDOW_OPEN: EffectState.OPEN,
    CallInState.CALLED_IN: EffectState.ON_HOLD,
    CallInState.REFERRED_BACK: EffectState.ON_HOLD,
    CallInState.WITH_COUNCIL: EffectState.ON_HOLD,
    CallInState.IN_EFFECT: EffectState.IN_EFFECT,
    CallInState.CHANGED: EffectState.CHANGED,
}


def _reachable(half: MadeHalf, rule: CallInRule, at: datetime) -> HalfEffect:
    now = standing(rule, half.made, half.steps, at)
    return HalfEffect(
        organisation=half.organisation,
        state=_SEEN[now.state],
        own=_SEEN[now.state],
        since=now.since,
        due=now.due,
        by_itself=now.by_itself,
        says=_told(now),
        authority=now.authority,
        late=_late(half, now.published, at),
        call_in=now,
    )


def _told(now: CallInStanding) -> str:
    if now.state is CallInState.MADE:
        return "made and not published, so its call-in window has not opened"
    if now.state is CallInState.CHANGED:
        return f"changed on reconsideration on {moment(now.since)}: the partners' texts now differ"
    if now.due is None:
        ends = " and no deadline for it is stated" if now.state is not CallInState.IN_EFFECT else ""
        return f"{now.says}{ends}"
    after = {True: ", and takes effect then by itself", None: "; what follows then is not stated"}
    return f"{now.says}, until {moment(now.due)}{after.get(now.lapses, '')}"


def _late(half: MadeHalf, published: date | None, at: datetime) -> str:
    if half.publish_by is None:
        return ""
    if published is None:
        over = at > datetime.combine(half.publish_by, time.max)
        return f"not published; it was due by {in_words(half.publish_by)}" if over else ""
    if published <= half.publish_by:
        return ""
    return f"published on {in_words(published)}; it was due by {in_words(half.publish_by)}"


def _half(
    half: MadeHalf, state: EffectState, since: datetime, says: str, authority: Authority
) -> HalfEffect:
    clear = state is EffectState.IN_EFFECT
    return HalfEffect(
        organisation=half.organisation, state=state, own=state, since=since, due=None,
        by_itself=since if clear else None, says=says, authority=authority,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class CameByItself:
    """Something that came by itself at its moment; its parts together name it for ever."""

    at: datetime
    organisation: str
    what: str


def came_by_itself(halves: Iterable[MadeHalf], until: datetime) -> tuple[CameByItself, ...]:
    """All that has come by itself up to a moment; asked late or twice, it is the same."""
    return tuple(sorted(c for h in halves for c in _came(h, until)))


def _came(half: MadeHalf, until: datetime) -> Iterator[CameByItself]:
    """At most one thing: whatever comes by itself leads into effect, from which nothing follows."""
    if half.rule is None:
        return
    now = standing(half.rule, half.made, half.steps, until)
    if now.by in BY_ITSELF.values():
        yield CameByItself(now.since, half.organisation, str(now.by))
