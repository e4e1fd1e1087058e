"""Where a decision stands, in words: one sentence for the pair, and one column for each half."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from concord.domain.agreements.labels import label
from concord.domain.decisions.call_in import CallInMove, CallInState
from concord.domain.decisions.effects import EffectState, HalfEffect
from concord.domain.findings import Authority
from concord.domain.money import pounds
from concord.records.models import Decision, DecisionStep
from concord.web.register_opened import OpenedOutcome
from concord.web.wording import count, distance, full_date, listed, long_date, sentence, upper_first

_ON_HOLD = {
    CallInState.CALLED_IN: "called in",
    CallInState.REFERRED_BACK: "referred back",
    CallInState.WITH_COUNCIL: "with full council",
}
_COLOURS = {
    EffectState.IN_EFFECT: "yes",
    EffectState.ON_HOLD: "no",
    EffectState.CHANGED: "no",
    EffectState.SUPERSEDED: "unknown",
    EffectState.RESCINDED: "unknown",
    EffectState.NOT_STATED: "unknown",
}
ENDS = (EffectState.CHANGED, EffectState.SUPERSEDED, EffectState.RESCINDED)
_PUBLISHES = (CallInMove.PUBLISH, CallInMove.PUBLISH_EXEMPT)


@dataclass(frozen=True, slots=True)
class HalfShown:
    """One organisation's half, its parts in the order in which the other half has them."""

    reference: str
    organisation: str
    side: str
    state: str
    colour: str
    says: str
    rows: tuple[tuple[str, str], ...]
    late: str
    authority: Authority
    record: str
    private: bool


def state_word(half: HalfEffect) -> str:
    """`called in`, `in effect`: what one half is, in the register's own words."""
    if half.state is EffectState.ON_HOLD and half.call_in:
        return _ON_HOLD[half.call_in.state]
    if half.state is EffectState.WAITING:
        return "waits for its partner"
    return "made, not published" if half.state is EffectState.MADE else str(half.state)


def shown(one: OpenedOutcome) -> list[HalfShown]:
    """Every half, councils first."""
    halves = [_half(one, row) for row in one.rows]
    return sorted(halves, key=lambda h: (h.side != "council", h.organisation))


def _half(one: OpenedOutcome, row: Decision) -> HalfShown:
    half = one.half(row)
    paper = one.paper(row)
    return HalfShown(
        reference=row.reference,
        organisation=one.names.organisation(row.organisation),
        side=one.names.side(row.organisation),
        state=upper_first(state_word(half)),
        colour=_COLOURS.get(half.state, "wait"),
        says=says_of(half),
        rows=tuple(_parts(one, row, half)),
        late=sentence(half.late or (paper.late_by if paper else "")),
        authority=half.authority,
        record=str(paper.pk) if paper else "",
        private=bool(row.record.get("private")),
    )


def says_of(half: HalfEffect) -> str:
    """Why a half is what it is, in a sentence."""
    if half.state is EffectState.WAITING:
        return f"Nothing of its own keeps it from effect since {told(half.since)}."
    return sentence(half.says)


def _parts(one: OpenedOutcome, row: Decision, half: HalfEffect) -> Iterator[tuple[str, str]]:
    a, names = one.arrangement, one.names
    maker, people = label(a, row.maker), listed(row.record.get("made_by", ()))
    yield "Decided by", f"{people}, {maker}" if people else upper_first(maker)
    yield "Capacity", upper_first(row.record.get("capacity") or "not stated")
    yield "Power", _power(one, row)
    yield "Clause", row.clause or "Not stated"
    yield "Key decision", _key(row)
    yield "Made", told(datetime.fromisoformat(row.made_at))
    if row.retrospective_from:
        yield "Meant to hold", f"From {long_date(row.retrospective_from)}: a retrospective decision"
    yield "Published", _published(row)
    yield "Call-in", _call_in(one, row, half)
    yield "Waiting on", _waits(one, row, half, names.organisation(row.organisation))
    yield "In effect", _in_effect(half)


def _power(one: OpenedOutcome, row: Decision) -> str:
    found = one.arrangement.delegations.get(row.power)
    if found is None:
        return "Held by law" if not row.power else row.power
    from concord.web.understood import limit

    giver = found.from_ if isinstance(found.from_, str) else ""
    by = f", given by {one.names.the(giver)}" if giver else ""
    return f"{upper_first(limit(found.limit))}{by}"


def _key(row: Decision) -> str:
    if row.is_key is None:
        return "Not stated"
    return "Yes" if row.is_key else "No"


def _published(row: Decision) -> str:
    step = next((s for s in row.steps.all() if s.step in _PUBLISHES), None)
    return told(datetime.fromisoformat(step.at)) if step else "Not yet"


def _call_in(one: OpenedOutcome, row: Decision, half: HalfEffect) -> str:
    now = half.call_in
    if now is None:
        return (
            "Not stated" if half.own is EffectState.NOT_STATED else "None: it cannot be called in"
        )
    called = [s for s in row.steps.all() if s.step == CallInMove.CALL_IN]
    if called:
        return _called(called[-1])
    if now.by is CallInMove.PUBLISH_EXEMPT:
        return "Exempt from call-in"
    if now.state is CallInState.WINDOW_OPEN and now.due:
        return f"Open until {until(now.due)}"
    if now.state is CallInState.MADE:
        return "Opens when it is published"
    return "Nobody called it in" if now.state is CallInState.IN_EFFECT else "Not yet"


def _called(step: DecisionStep) -> str:
    who = count(len(step.by), "person", "people")
    ground = f", on the ground “{step.ground}”" if step.ground else ""
    return f"By {who} on {long_date(datetime.fromisoformat(step.at).date())}{ground}"


def _waits(one: OpenedOutcome, row: Decision, half: HalfEffect, _: str) -> str:
    if half.state is EffectState.IN_EFFECT:
        return "Nothing"
    if half.state in ENDS:
        return "Does not apply"
    if half.state is EffectState.WAITING:
        others = [h for h in one.effect.halves if not h.clear] if one.effect else []
        return upper_first(
            listed(f"{one.names.the_short(h.organisation)}’s half, {state_word(h)}" for h in others)
        )
    if half.state is EffectState.MADE:
        return "Publication of its record"
    if half.due:
        what = {EffectState.OPEN: "The end of its call-in window"}.get(
            half.state, _ACTS.get(half.call_in.state if half.call_in else None, "Whoever acts next")
        )
        return f"{what}, {until(half.due)}"
    return upper_first(half.says)


_ACTS: dict[CallInState | None, str] = {
    CallInState.CALLED_IN: "Scrutiny",
    CallInState.REFERRED_BACK: "Those who decided it, again",
    CallInState.WITH_COUNCIL: "Full council",
}


def _in_effect(half: HalfEffect) -> str:
    if half.state is EffectState.IN_EFFECT:
        return f"Yes, from {told(half.since)}"
    if half.state in ENDS:
        return f"No longer, from {told(half.since)}"
    if half.by_itself and not half.clear:
        return f"Not before {until(half.by_itself)}"
    return "Not yet"


def told(at: datetime) -> str:
    return f"{long_date(at.date())} at {at:%H:%M}"


def until(at: datetime) -> str:
    """A moment as a deadline; the end of a day is its midnight."""
    time = "midnight" if (at.hour, at.minute) == (23, 59) else f"{at:%H:%M}"
    return f"{full_date(at.date())} at {time}"


# --- the sentence ---

_NUMBER = {2: "Both organisations", 3: "All three organisations", 4: "All four organisations"}


def agreed(one: OpenedOutcome) -> tuple[str, str]:
    """`Both organisations agreed. It cannot start yet.`, and what keeps it."""
    assert one.effect is not None  # noqa: S101 - asked only where something was decided
    who = _NUMBER.get(len(one.rows), "")
    first = (
        f"{who} agreed." if who else f"{one.names.organisation(one.rows[0].organisation)} decided."
    )
    ended = [h for h in one.effect.halves if h.state in ENDS]
    if one.effect.implementable:
        return f"{first} It is in effect.", _since(one)
    if ended:
        every = len(ended) == len(one.rows)
        return (
            f"{first} It {'no longer holds' if every else 'can no longer start as agreed'}.",
            _each(one),
        )
    alone = len(one.rows) == 1
    start = "" if alone else " Nothing joint starts until every half is clear."
    when = one.effect.not_before
    by = f" If nobody acts it can start after {until(when)}." if when else ""
    return f"{first} It cannot start yet.", f"{_each(one)}{start}{by}"


def _since(one: OpenedOutcome) -> str:
    assert one.effect is not None  # noqa: S101 - as above
    at = max(h.since for h in one.effect.halves)
    return f"It may be carried out since {told(at)}, {distance(at.date(), one.on)}."


def _each(one: OpenedOutcome) -> str:
    assert one.effect is not None  # noqa: S101 - as above
    if len(one.rows) == 1:
        half = one.effect.halves[0]
        return f"It {_is(half)}."
    said = [f"{one.names.the_short(h.organisation)}’s half {_is(h)}" for h in one.effect.halves]
    return f"{upper_first(listed(said))}."


def _is(half: HalfEffect) -> str:
    word = state_word(half)
    if half.state is EffectState.WAITING:
        return "waits"
    if half.state is EffectState.NOT_STATED:
        return "cannot be dated: a rule is not stated"
    if half.state is EffectState.MADE:
        return "is made and not published"
    if half.state is EffectState.OPEN and half.due:
        return f"is open to call-in until {until(half.due)}"
    has = word.startswith(("called", "referred", "changed", "superseded", "rescinded"))
    return f"has been {word}" if has else f"is {word}"


def amount(row: Decision, may_read: bool) -> str:
    """The sum of a decision; a private one’s is for those who keep the record."""
    if row.record.get("private") and not may_read:
        return "Not for publication"
    return pounds(row.pence) if row.pence is not None else "None, or not stated"


def made_on(row: Decision) -> date:
    found: date = row.made_on
    return found
