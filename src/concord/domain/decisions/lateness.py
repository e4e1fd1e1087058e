"""What was published too late: only by a lawful exit, and known for ever to have been late.

The clocks decide what is late and which exits are open (law/exits.toml); who agreed, when and why
is recorded by people. An exit further down a ladder is lawful only once the one before it is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from concord.domain.calendar import NEVER_CLOSED, Closed, Counting, clear_days_between, in_words
from concord.domain.clocks import Step, WayOut
from concord.domain.findings import Answer, Authority, Reason, Verdict, all_of


@dataclass(frozen=True, slots=True)
class ExitUsed:
    """How a late publication was made lawful: by which exit, who agreed or was told, when, why.

    `by` is one of those the exit names, in its words; `passed_over` says of each of those before
    them why they could not be asked.
    """

    exit: str
    by: str
    on: date
    why: str
    passed_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """That something was published late: what, when it was due, and the exit that made it lawful.

    It is part of the publication and never taken back, a correction notwithstanding.
    """

    what: str
    due: date
    on: date
    days: int
    exit: str
    by: str
    why: str
    authority: Authority

    @property
    def says(self) -> str:
        days = f"{self.days} day{'' if self.days == 1 else 's'}"
        return (
            f"Published {days} late, on {in_words(self.on)}; it was due by {in_words(self.due)}. "
            f"{self.exit.capitalize()}, {self.by}: {self.why}"
        )


def in_time(step: Step, exits: Iterable[WayOut], on: date, used: ExitUsed | None = None) -> Verdict:
    """Whether something due by this step may still be published on that day."""
    if step.day is None or on <= step.day:
        due = f"due by {in_words(step.day)}" if step.day else step.when
        return all_of([Reason(Answer.STANDS, f"{step.what}: {due}", step.authority)])
    ladder = sorted((x for x in exits if x.from_step == step.id), key=lambda x: x.order)
    way = next((x for x in ladder if x.open_on(on)), None)
    says = f"{step.what} was due by {in_words(step.day)}"
    if way is None:
        remedy = "Decide it at a later meeting."
        return all_of(
            [Reason(Answer.REFUSED, f"{says}, and no way is open", step.authority, remedy)]
        )
    if used is None:
        remedy = f"{way.says} Or decide it at a later meeting."
        return all_of([Reason(Answer.NEEDS, f"{says}; {way.name} is open", way.authority, remedy)])
    return all_of(_by_exit(used, way, ladder, on))


def _by_exit(used: ExitUsed, way: WayOut, ladder: list[WayOut], on: date) -> Iterable[Reason]:
    named = next((x for x in ladder if x.id == used.exit), None)
    if named is None:
        says = f"{used.exit} is no way on from here"
        yield Reason(Answer.REFUSED, says, way.authority, way.says)
        return
    if named.order > way.order:
        says = f"{named.name} is for when {named.when}, and {way.name} is still open"
        yield Reason(Answer.REFUSED, says, named.authority, way.says)
        return
    if not named.open_on(on):
        says = f"the last day for {named.name} was {in_words(named.last_day or named.event)}"
        yield Reason(Answer.REFUSED, says, named.authority, way.says)
        return
    yield _whose(used, named)
    yield _reasons(used, named)
    if used.on > on:
        says = f"it was agreed or told on {in_words(used.on)}, after it was published"
        yield Reason(Answer.REFUSED, says, named.authority, "Ask before publishing.")


def _whose(used: ExitUsed, way: WayOut) -> Reason:
    """Whether the right person agreed or was told: the first named who exists and can act."""
    did = {"agreement": "agrees", "notice": "is told", "opinion": "is of that opinion"}
    verb = did.get(way.needs, "may do so")
    if used.by not in way.who:
        says = f"{used.by or 'nobody'} is not among those whose word is needed"
        remedy = " Otherwise: ".join(f"the {who} {verb}." for who in way.who)
        return Reason(Answer.NEEDS, says, way.authority, remedy)
    before = way.who[: way.who.index(used.by)]
    unexplained = before[len([p for p in used.passed_over if p.strip()]) :]
    if unexplained:
        says = f"the {unexplained[0]} comes first, and why they were passed over is not said"
        return Reason(
            Answer.NEEDS, says, way.authority, f"Ask the {unexplained[0]}, or say why not."
        )
    return Reason(Answer.STANDS, f"the {used.by} {verb}, on {in_words(used.on)}", way.authority)


def _reasons(used: ExitUsed, way: WayOut) -> Reason:
    if used.why.strip():
        return Reason(Answer.STANDS, f"{way.that}: {used.why}", way.then_authority)
    says = f"why {way.that} is not said, and the reasons have to be published"
    return Reason(Answer.NEEDS, says, way.then_authority, "Write the reasons.")


def lateness(
    step: Step, exits: Iterable[WayOut], on: date, used: ExitUsed | None,
    closed: Closed = NEVER_CLOSED,
) -> Lateness | None:  # fmt: skip
    """What stays with a late publication for ever; None for one in time."""
    if step.day is None or on <= step.day:
        return None
    way = next((x for x in exits if used and x.id == used.exit), None)
    late = clear_days_between(step.day, on, Counting.WORKING, closed) + 1
    return Lateness(
        what=step.what, due=step.day, on=on, days=late,
        exit=way.name if way else "without a lawful way",
        by=used.by if used else "nobody named", why=used.why if used else "no reason recorded",
        authority=way.authority if way else step.authority,
    )  # fmt: skip
