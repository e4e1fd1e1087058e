"""Talks on what was put off, recorded before it returns; a dispute taken up its ladder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.talks_read import ENDS, Deferred, deferred_item, subject_of
from concord.commands.texts import arrangement_of
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label, listed
from concord.domain.calendar import in_words
from concord.domain.decisions.outcomes import Climb, may_step
from concord.records.models import DisputeEntry, Outcome, Talk

ACT = "meetings.record"


@command("meetings.record_talk", allowed_as=ACT)
def record_talk(
    acting: Acting, place: str, *, key: str, item: str, on: date, who: Sequence[str], said: str
) -> Done[Talk]:
    """Records talks on a deferred item: on which day, between which posts, and what was said."""
    if known := Talk.objects.filter(key=key, place=place).first():
        return Done(known)
    arrangement = arrangement_of(place)
    _, found = _deferred(place, arrangement, item, acting.today)
    last = max(d.on for d in found.deferred)
    if on > acting.today:
        raise refuse(ACT, f"{in_words(on)} is still to come", "record the talks once they are held")
    if on < last:
        says = f"it was put off on {in_words(last)}, and only talks since then count"
        raise refuse(ACT, says, "give the day of talks held since")
    names = tuple(dict.fromkeys(w.strip() for w in who if w.strip()))
    if len(names) < 2:
        raise refuse(ACT, "talks are between two at least", "name everybody who took part")
    if not said.strip():
        raise refuse(ACT, "what was said is not recorded", "say in a sentence what came of it")
    row = Talk.objects.create(
        place_id=place, item=found.subject, on=on, who=list(names), said=said.strip(), key=key,
        recorded_at=acting.now, recorded_by=acting.who,
    )  # fmt: skip
    between = listed([label(arrangement, n) for n in names])
    told = {"item": row.item, "on": on, "who": list(names)}
    return Done(row, f"recorded talks on {found.title}: {between}", after=told, made=(row,))


@command("meetings.climb", allowed_as=ACT)
def climb(
    acting: Acting, place: str, *, key: str, item: str, step: str, on: date, by: str, said: str
) -> Done[DisputeEntry]:
    """Records a step on the dispute ladder: taken up, a rung passed without agreement, settled.

    `by` is the partner that took it, or whoever says so.
    """
    if known := DisputeEntry.objects.filter(key=key, place=place).first():
        return Done(known)
    if step not in set(Climb):
        raise refuse(
            ACT, f"{step[:60]!r} is no step of a ladder", f"there are: {listed(list(Climb))}"
        )
    if on > acting.today:
        raise refuse(ACT, f"{in_words(on)} is still to come", "record it once it has happened")
    arrangement = arrangement_of(place)
    row, found = _deferred(place, arrangement, item, acting.today)
    _require_step(arrangement, found, Climb(step), by, said, on)
    kept = DisputeEntry.objects.create(
        place_id=place, item=found.subject, body=row.body, agreement=found.agreement, step=step,
        rung=max(1, found.ladder.rung), on=on, by=by.strip(), said=said.strip(), key=key,
        recorded_at=acting.now, recorded_by=acting.who,
    )  # fmt: skip
    told = {"item": kept.item, "step": step, "rung": kept.rung, "on": on}
    return Done(kept, f"{found.title}: {step}", after=told, made=(kept,))


def _require_step(
    arrangement: Arrangement, found: Deferred, step: Climb, by: str, said: str, on: date
) -> None:
    if step is not Climb.TAKEN_UP:
        require(may_step(found.ladder, step, said, on), ACT)
        return
    require(found.climb, ACT)
    owners = arrangement.bodies[found.body].organisations
    if by.strip() not in owners:
        says = f"{label(arrangement, by.strip()) or 'nobody'} is no partner in {found.title}"
        raise refuse(ACT, says, f"a partner takes it up: {listed(list(owners), 'or')}")
    if found.ladder.begun and not found.ladder.settled:
        says = f"it was taken up on {in_words(found.ladder.begun)} already"
        raise refuse(ACT, says, "record what came of the rung it is on")
    last = max(d.on for d in found.deferred)
    if on < last:
        raise refuse(ACT, f"it was put off on {in_words(last)}", "give a day from then on")
    if not said.strip():
        raise refuse(ACT, "what the partners differ on is not said", "say it in a sentence")


def _deferred(
    place: str, arrangement: Arrangement, item: str, today: date
) -> tuple[Outcome, Deferred]:
    """The item as it was last put off; refused where it was not, or has been settled since."""
    rows = Outcome.objects.filter(place=place).exclude(body="").order_by("on", "pk")
    mine = [r for r in rows if subject_of(r) == item]
    off = [r for r in mine if r.result not in ENDS]
    if not off:
        raise refuse(ACT, f"{item[:80]!r} was not put off", "choose one of the deferred items")
    if mine[-1].result in ENDS:
        says = f"it was {mine[-1].result} on {in_words(mine[-1].on)}"
        raise refuse(ACT, says, "nothing is left to talk about")
    return off[-1], deferred_item(place, arrangement, off[-1], today)
