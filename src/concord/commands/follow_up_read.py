"""Actions and conditions as they stand on a day, for pages, agendas and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from concord.domain.decisions.follow_up import (
    ActionDue,
    ActionStanding,
    ActionState,
    Update,
    action_standing,
)
from concord.records.models import Action, ActionUpdate, Decision


@dataclass(frozen=True, slots=True)
class ActionOn:
    """An action as given, every update on it, and how it stands on the day asked about."""

    row: Action
    updates: tuple[ActionUpdate, ...]
    standing: ActionStanding

    @property
    def unmet(self) -> bool:
        """Whether a decision depends on it and it is not met."""
        return bool(self.row.condition) and self.standing.state is not ActionState.DONE


def action_fact(row: Action) -> ActionDue:
    """An action as the rules see it."""
    return ActionDue(given=row.recorded_at.date(), due=row.due, condition=row.condition)


def update_facts(rows: Iterable[ActionUpdate]) -> tuple[Update, ...]:
    return tuple(
        Update(
            on=r.on, state=ActionState(r.state), says=r.says, evidence=r.evidence, due=r.due
        )
        for r in rows
    )  # fmt: skip


def actions_on(rows: Iterable[Action], on: date) -> tuple[ActionOn, ...]:
    """How each of these actions stands on a day: overdue first, then by day, undated last."""
    found = []
    for row in rows:
        updates = tuple(sorted(row.updates.all(), key=lambda u: (u.on, u.pk)))
        standing = action_standing(action_fact(row), update_facts(updates), on)
        found.append(ActionOn(row, updates, standing))
    return tuple(sorted(found, key=_first_things_first))


def _first_things_first(one: ActionOn) -> tuple[bool, date, int]:
    done = one.standing.state is not ActionState.OPEN
    return done, one.standing.due or date.max, int(one.row.number)


def actions_of(place: str, on: date) -> tuple[ActionOn, ...]:
    """Every action of a place on a day, in two questions to the database."""
    rows = Action.objects.of_place(place).select_related("meeting", "decision__outcome")
    return actions_on(rows.prefetch_related("updates"), on)


def overdue_actions(place: str, bodies: Sequence[str], on: date) -> tuple[ActionOn, ...]:
    """The actions that are late on a day and belong before these bodies, the longest late first.

    An action belongs before the body that gave it; one that no body gave, before every body.
    """
    asked = set(bodies)
    late = late_actions(place, on)
    return tuple(one for one in late if not bodies_of(one.row) or asked & bodies_of(one.row))


def late_actions(place: str, on: date) -> tuple[ActionOn, ...]:
    """Every action of a place that is late on a day, the longest late first."""
    return tuple(one for one in open_actions([place], on) if one.standing.overdue)


def open_actions(places: Iterable[str], on: date) -> tuple[ActionOn, ...]:
    """Every action of these places that is open on a day, the longest late first.

    In one question to the database where there is none, and two where there are.
    """
    rows = Action.objects.filter(place__in=list(places)).open_on(on)
    rows = rows.select_related("meeting", "decision__outcome")
    return actions_on(rows.prefetch_related("updates"), on)


def bodies_of(row: Action) -> set[str]:
    """The bodies that gave an action: those of its meeting, or the one that decided."""
    if row.meeting is not None:
        return set(row.meeting.bodies)
    outcome = row.decision.outcome if row.decision else None
    return {outcome.body} if outcome is not None and outcome.body else set()


def conditions_of(decision: Decision, on: date) -> tuple[ActionOn, ...]:
    """The conditions that a decision depends on, each as it stands on a day."""
    rows = decision.actions.filter(condition=True).select_related("meeting", "decision__outcome")
    return actions_on(rows.prefetch_related("updates"), on)
