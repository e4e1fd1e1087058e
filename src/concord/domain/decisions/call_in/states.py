"""The states of one council's half from made to in effect, as a table, read at any moment given.

Nothing here knows what time it is: a state is worked out from what was recorded and the moment
asked about, so what comes by itself comes at its own time however late or often anyone asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from concord.domain.calendar import in_words
from concord.domain.decisions.call_in.rule import CallInRule, Deadline
from concord.domain.findings import Authority


class CallInState(StrEnum):
    """Where one council's half stands."""

    MADE = "made"
    WINDOW_OPEN = "open to call-in"
    CALLED_IN = "called in"
    REFERRED_BACK = "referred back"
    WITH_COUNCIL = "with full council"
    IN_EFFECT = "in effect"
    CHANGED = "changed on reconsideration"


class CallInMove(StrEnum):
    """What takes a half from state to state: acts, and four things that come by themselves."""

    PUBLISH = "publish"
    PUBLISH_EXEMPT = "publish, exempt from call-in"
    CALL_IN = "call in"
    WITHDRAW = "withdraw the call-in"
    ENDORSE = "endorse"
    REFER_BACK = "refer back"
    REFER_TO_COUNCIL = "refer to full council"
    NO_OBJECTION = "full council does not object"
    OBJECT = "full council objects"
    CONFIRM = "confirm"
    CHANGE = "change"
    WINDOW_CLOSES = "the window closes"
    NOT_SCRUTINISED = "scrutiny does not meet in time"
    NOT_RECONSIDERED = "it is not reconsidered in time"
    NOT_TAKEN_BY_COUNCIL = "full council does not meet on it in time"


_S, _M = CallInState, CallInMove
FOLLOWS: Mapping[tuple[CallInState, CallInMove], CallInState] = MappingProxyType(
    {
        (_S.MADE, _M.PUBLISH): _S.WINDOW_OPEN,
        (_S.MADE, _M.PUBLISH_EXEMPT): _S.IN_EFFECT,
        (_S.WINDOW_OPEN, _M.CALL_IN): _S.CALLED_IN,
        (_S.WINDOW_OPEN, _M.WINDOW_CLOSES): _S.IN_EFFECT,
        (_S.CALLED_IN, _M.WITHDRAW): _S.WINDOW_OPEN,
        (_S.CALLED_IN, _M.ENDORSE): _S.IN_EFFECT,
        (_S.CALLED_IN, _M.REFER_BACK): _S.REFERRED_BACK,
        (_S.CALLED_IN, _M.REFER_TO_COUNCIL): _S.WITH_COUNCIL,
        (_S.CALLED_IN, _M.NOT_SCRUTINISED): _S.IN_EFFECT,
        (_S.WITH_COUNCIL, _M.NO_OBJECTION): _S.IN_EFFECT,
        (_S.WITH_COUNCIL, _M.OBJECT): _S.REFERRED_BACK,
        (_S.WITH_COUNCIL, _M.NOT_TAKEN_BY_COUNCIL): _S.IN_EFFECT,
        (_S.REFERRED_BACK, _M.CONFIRM): _S.IN_EFFECT,
        (_S.REFERRED_BACK, _M.CHANGE): _S.CHANGED,
        (_S.REFERRED_BACK, _M.NOT_RECONSIDERED): _S.IN_EFFECT,
    }
)
BY_ITSELF: Mapping[CallInState, CallInMove] = MappingProxyType(
    {
        _S.WINDOW_OPEN: _M.WINDOW_CLOSES,
        _S.CALLED_IN: _M.NOT_SCRUTINISED,
        _S.REFERRED_BACK: _M.NOT_RECONSIDERED,
        _S.WITH_COUNCIL: _M.NOT_TAKEN_BY_COUNCIL,
    }
)
ON_HOLD = frozenset({_S.CALLED_IN, _S.REFERRED_BACK, _S.WITH_COUNCIL})
ENDED = frozenset({_S.IN_EFFECT, _S.CHANGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CallInStep:
    """One recorded move: what was done, when, by whom and why."""

    move: CallInMove
    at: datetime
    by: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class CallInStanding:
    """Where a half stands at a moment: since when, by which move, and the next deadline it meets.

    `lapses` says whether it takes effect by itself at `due`; None where the rule does not state it.
    `ignored` are recorded moves that followed from nothing, which only a broken record can hold.
    """

    state: CallInState
    since: datetime
    by: CallInMove | None
    due: datetime | None
    lapses: bool | None
    published: date | None
    authority: Authority
    ignored: tuple[CallInStep, ...] = ()

    @property
    def says(self) -> str:
        told = f"{self.state} since {moment(self.since)}"
        if self.by in BY_ITSELF.values():
            told += f": {self.by}"
        return told

    @property
    def by_itself(self) -> datetime | None:
        """When it takes effect with nobody acting: it has, or its deadline lapses; else None."""
        if self.state is CallInState.IN_EFFECT:
            return self.since
        return self.due if self.lapses else None


def moment(at: datetime) -> str:
    """`Tuesday 3 November 2026 at 17:00`; the end of a day is its midnight."""
    time = "midnight" if (at.hour, at.minute) == (23, 59) else f"{at:%H:%M}"
    return f"{in_words(at.date())} at {time}"


def deadline_of(rule: CallInRule, state: CallInState) -> Deadline | None:
    return {
        CallInState.WINDOW_OPEN: rule.window,
        CallInState.CALLED_IN: rule.meeting,
        CallInState.REFERRED_BACK: rule.reconsideration,
        CallInState.WITH_COUNCIL: rule.council,
    }.get(state)


def standing(
    rule: CallInRule, made: datetime, steps: Iterable[CallInStep], at: datetime
) -> CallInStanding:
    """Where a half stands at that moment, whatever came by itself included."""
    now = CallInStanding(CallInState.MADE, made, None, None, None, None, rule.authority)
    for step in sorted((s for s in steps if s.at <= at), key=lambda s: s.at):
        now = _lapsed(rule, now, step.at)
        follows = FOLLOWS.get((now.state, step.move))
        if follows is None or step.move in BY_ITSELF.values():
            now = replace(now, ignored=(*now.ignored, step))
            continue
        now = _moved(rule, now, follows, step.move, step.at)
    return _lapsed(rule, now, at)


def _moved(
    rule: CallInRule, now: CallInStanding, to: CallInState, move: CallInMove, at: datetime
) -> CallInStanding:
    first = move in (CallInMove.PUBLISH, CallInMove.PUBLISH_EXEMPT)
    published = at.date() if first else now.published
    rule_of = deadline_of(rule, to)
    due = lapses = None
    if rule_of:
        # A call-in withdrawn brings back the window it was made in, which never grows.
        begun = published if to is CallInState.WINDOW_OPEN and published else at.date()
        due = rule_of.ends(begun, rule.closed)
        lapses = rule_of.lapses if isinstance(rule_of.lapses, bool) else None
    authority = rule_of.authority if rule_of and rule_of.authority else rule.authority
    return CallInStanding(to, at, move, due, lapses, published, authority, now.ignored)


def _lapsed(rule: CallInRule, now: CallInStanding, at: datetime) -> CallInStanding:
    """The same half once a deadline that lapses has passed; its own moment is not yet past it."""
    if now.due is None or not now.lapses or at <= now.due:
        return now
    move = BY_ITSELF[now.state]
    since = max(now.due, now.since)
    authority = now.authority
    moved = _moved(rule, now, FOLLOWS[now.state, move], move, since)
    return replace(moved, authority=authority)
