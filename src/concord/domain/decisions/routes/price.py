"""What a way out would change: whether it rescues the route, what moves, what comes later."""

from __future__ import annotations

from concord.domain.agreements.labels import how_many
from concord.domain.calendar import in_words
from concord.domain.decisions.routes.plan import Plan


def rescued(before: Plan, after: Plan) -> bool:
    """Whether something that could not be done now can, and nothing else has become impossible."""
    return _barred(after) < _barred(before)


def _barred(plan: Plan) -> set[tuple[str, str, str]]:
    """What is impossible; a wanted date is missed or kept as a whole, whoever misses it."""
    whole = ("route.past_wanted", "", "")
    return {whole if c.id == whole[0] else (c.id, c.stop, c.of) for c in plan.impossible}


def side_effect(before: Plan, after: Plan, moved: str) -> str:
    """How many days move besides, what still holds, and whether anything takes effect later."""
    others = [s for s in after.steps if s.id != moved and (b := before.step(s.id)) and b.on != s.on]
    said = ["Moves one date." if not others else f"Moves {how_many(len(others) + 1, 'date')}."]
    for step in others:
        when = in_words(step.on) if step.on else "no day that is left"
        said.append(f"{step.label} moves to {when}.")
    held = [s for s in after.steps if s.on and moved in s.after and s not in others]
    here = after.step(moved)
    for step in held:
        if here and here.on and step.on and step.on >= here.on:
            gap = (step.on - here.on).days
            between = how_many(gap, "day")
            said.append(f"{step.label} on {in_words(step.on)} still holds, {between} after it.")
    if before.not_before and after.not_before and after.not_before != before.not_before:
        said.append(f"In effect on {in_words(after.not_before)} at the earliest.")
    if after.first_draft_due and after.first_draft_due != before.first_draft_due:
        said.append(f"First draft due on {in_words(after.first_draft_due)}.")
    return " ".join(said)


def sooner(before: Plan, after: Plan) -> bool:
    """Whether everything is in effect sooner than before."""
    return bool(after.not_before and before.not_before and after.not_before < before.not_before)


def if_moved(before: Plan, after: Plan) -> str:
    """When everything would be in effect, where that is another day."""
    if after.not_before and after.not_before != before.not_before:
        return f"In effect on {in_words(after.not_before)} at the earliest."
    return ""
