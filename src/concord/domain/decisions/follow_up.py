"""What somebody is to do after a meeting: how an action or condition stands, and what may follow.

An update is dated and added, never overwritten. Authority: Concord's own rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concord.domain.calendar import in_words
from concord.domain.findings import Answer, Reason, Verdict, all_of


class ActionState(StrEnum):
    """How an action stands: still to be done, done, or dropped for a reason."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDue:
    """An action as it was given: by when, and whether a decision depends on it."""

    given: date
    due: date | None = None
    condition: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One update: of which day, how it stands since, what was done, and what shows it.

    `due` moves the day by which it is to be done.
    """

    on: date
    state: ActionState
    says: str
    evidence: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStanding:
    """How an action stands on a day: until when, how late, since when, how often moved."""

    state: ActionState
    due: date | None
    days_late: int
    moved: int
    since: date

    @property
    def overdue(self) -> bool:
        return self.days_late > 0


def action_standing(action: ActionDue, updates: Sequence[Update], on: date) -> ActionStanding:
    """How an action stands on a day, by the updates of that day and before."""
    state, due, moved, since = ActionState.OPEN, action.due, 0, action.given
    for update in sorted((u for u in updates if u.on <= on), key=lambda u: u.on):
        if update.due is not None and update.due != due:
            due, moved = update.due, moved + (due is not None)
        if update.state is not state:
            state, since = update.state, update.on
    late = (on - due).days if due and state is ActionState.OPEN and due < on else 0
    return ActionStanding(state=state, due=due, days_late=late, moved=moved, since=since)


def may_update(action: ActionDue, updates: Sequence[Update], asked: Update, today: date) -> Verdict:
    """Whether an update may be added to an action as it stands."""
    return all_of(_tests(action, tuple(updates), asked, today))


def _tests(
    action: ActionDue, updates: tuple[Update, ...], asked: Update, today: date
) -> Iterator[Reason]:
    now = action_standing(action, updates, date.max)
    yield Reason(Answer.STANDS, f"it is {now.state} since {in_words(now.since)}")
    if asked.on > today:
        yield _no(f"{in_words(asked.on)} is still to come", "Tell it once it has happened.")
    last = max((u.on for u in updates), default=action.given)
    if asked.on < last:
        says = f"the last that was told of it is of {in_words(last)}"
        yield _no(says, "An update follows the one before it; give the day on which you tell it.")
    yield from _said(action, now, asked)


def _said(action: ActionDue, now: ActionStanding, asked: Update) -> Iterator[Reason]:
    if not asked.says.strip():
        why = {
            ActionState.DONE: "what was done is not said",
            ActionState.DROPPED: "why it is dropped is not said",
        }
        yield _lacks(why.get(asked.state, "how it stands is not said"), "Say it.")
    if asked.state is ActionState.DONE and action.condition and not asked.evidence.strip():
        says = "it is a condition, and nothing shows that it is met"
        yield _lacks(says, "Name the paper, minute or page that shows it.")
    if now.state is not ActionState.OPEN and asked.state is not ActionState.OPEN:
        yield _no(f"it is {now.state} already", "Open it again first, and say why.")
    if asked.due is not None and asked.state is not ActionState.OPEN:
        yield _no(f"what is {asked.state} has no new day", "Leave the day out.")


def _no(says: str, remedy: str) -> Reason:
    return Reason(Answer.REFUSED, says, remedy=remedy)


def _lacks(says: str, remedy: str) -> Reason:
    return Reason(Answer.NEEDS, says, remedy=remedy)


def unmet(standings: Iterable[tuple[ActionDue, ActionStanding]]) -> int:
    """How many conditions are not met: open ones and dropped ones alike."""
    return sum(a.condition and s.state is not ActionState.DONE for a, s in standings)
