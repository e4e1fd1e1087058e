"""Actions and conditions: given to an owner on each side, told of in dated updates, never lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Max

from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.effects import decision_or_refuse
from concord.commands.follow_up_read import action_fact, update_facts
from concord.commands.meetings_read import meeting_or_refuse
from concord.commands.texts import arrangement_of
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label, listed
from concord.domain.decisions.follow_up import ActionState, Update, may_update
from concord.domain.language.values import NotStated
from concord.records.models import Action, ActionUpdate

ADD, UPDATE = "actions.add", "actions.update"
_LONGEST_OWNER = 170  # letters


@command(ADD)
def add_action(
    acting: Acting, place: str, *, key: str, what: str, owners: Mapping[str, str],
    due: date | None = None, condition: bool = False, meeting: str = "", item: str = "",
    decision: str = "",
) -> Done[tuple[Action, ...]]:  # fmt: skip
    """Gives an action, or a condition, to the owner on each side: one number for each of them.

    `owners` names a post or a person for each organisation. Sent again with its `key`, it gives
    what is there.
    """
    keys = [f"{key[:55]}-{number}" for number in range(1, len(owners) + 1)]
    if known := tuple(Action.objects.filter(place=place, key__in=keys)):
        return Done(known)
    arrangement = arrangement_of(place)
    if not what.strip():
        raise refuse(ADD, "what is to be done is not said", "say it in a sentence")
    if not owners:
        raise refuse(ADD, "it has no owner", "name who does it, for each organisation")
    for organisation, owner in owners.items():
        _refuse_owner(arrangement, organisation, owner)
    decided = decision_or_refuse(place, decision) if decision else None
    if condition and decided is None:
        raise refuse(ADD, "a condition belongs to a decision", "name the decision it is of")
    last = Action.objects.filter(place=place).aggregate(last=Max("number"))["last"] or 0
    met = meeting_or_refuse(place, meeting, ADD) if meeting else None
    rows = tuple(
        Action.objects.create(
            place_id=place, number=last + step, meeting=met, item=item[:170], decision=decided,
            what=what.strip(), owner=owner.strip(), organisation=organisation, due=due,
            condition=condition, key=one, recorded_at=acting.now, recorded_by=acting.who,
        )
        for step, (one, (organisation, owner)) in enumerate(
            zip(keys, owners.items(), strict=True), start=1
        )
    )  # fmt: skip
    numbers = listed([str(r.number) for r in rows])
    said = "condition" if condition else "action"
    told = {"numbers": [r.number for r in rows], "owners": dict(owners), "due": due}
    return Done(rows, f"gave {said} {numbers}: {what.strip()[:200]}", after=told, made=rows)


def _refuse_owner(arrangement: Arrangement, organisation: str, owner: str) -> None:
    if organisation not in arrangement.organisations:
        says = f"{organisation[:80]!r} is no organisation of this place"
        raise refuse(ADD, says, f"it has: {listed(list(arrangement.organisations))}")
    whose = label(arrangement, organisation)
    if not owner.strip():
        raise refuse(ADD, f"who does it for {whose} is not said", "name a post or a person")
    if len(owner.strip()) > _LONGEST_OWNER:
        raise refuse(ADD, "the owner's name is too long to keep", "give the post or the name alone")
    post = arrangement.posts.get(owner.strip())
    if post is None or not isinstance(post.of, str):
        return
    also = () if isinstance(post.acts_for, NotStated) else post.acts_for or ()
    if organisation not in (post.of, *also):
        says = f"{label(arrangement, owner)} does not act for {whose}"
        raise refuse(ADD, says, f"name somebody of {whose}")


@command(UPDATE)
def update_action(
    acting: Acting, place: str, *, number: int, key: str, state: str, says: str, on: date,
    evidence: str = "", due: date | None = None,
) -> Done[ActionUpdate]:  # fmt: skip
    """Adds an update to an action: how it stands from a day on, what shows it, a moved due date."""
    if known := ActionUpdate.objects.filter(key=key, action__place=place).first():
        return Done(known)
    row = Action.objects.filter(place=place, number=number).first()
    if row is None:
        raise refuse(UPDATE, f"there is no action {number}", "look in the list of actions")
    if state not in set(ActionState):
        raise refuse(UPDATE, f"{state[:40]!r} is no state", f"it has: {listed(list(ActionState))}")
    asked = Update(on=on, state=ActionState(state), says=says, evidence=evidence, due=due)
    before = update_facts(row.updates.all())
    require(may_update(action_fact(row), before, asked, acting.today), UPDATE)
    made = ActionUpdate.objects.create(
        action=row, on=on, state=state, says=says.strip(), evidence=evidence.strip(), due=due,
        key=key, recorded_at=acting.now, recorded_by=acting.who,
    )  # fmt: skip
    told = {"action": number, "state": state, "on": on, "due": due}
    return Done(made, f"action {number}: {state}", after=told, made=(made,))
