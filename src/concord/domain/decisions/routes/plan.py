"""A plan of a route: each stop with its days, what cannot be done and why, when it takes effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concord.domain.calendar import in_words
from concord.domain.clocks import NotRunning
from concord.domain.decisions.routes.conflict import Conflict
from concord.domain.decisions.routes.dues import Due, Dues, Effect
from concord.domain.decisions.words import Purpose
from concord.domain.findings import Authority, Finding
from concord.domain.language.values import Day, NotStated


class Way(StrEnum):
    """How days are chosen: as the matter states them, forwards from today, back from a date."""

    AS_STATED = "as stated"
    FORWARDS = "forwards"
    BACKWARDS = "backwards"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStop:
    """One stop on its day, or without one; `late` names the clocks whose day has gone by.

    `listed` says that the calendar has the meeting, `stated` that the matter's text names the day.
    What was due before `late_before` has gone by, though the meeting has not.
    `as_if_key` is the day of a 28-day notice for comparison, where none is owed.
    """

    id: str
    line: int
    maker: str
    body: str
    label: str
    organisations: tuple[str, ...]
    purpose: Purpose | NotStated
    after: tuple[str, ...]
    told_of: tuple[str, ...]
    on: date | None
    at: str = ""
    listed: bool = False
    stated: bool = False
    dues: Dues | None = None
    effects: tuple[Effect, ...] = ()
    late: tuple[str, ...] = ()
    late_before: date | None = None
    as_if_key: date | None = None

    def has_gone_by(self, due: Due) -> bool:
        """Whether this one day has gone by; a clock may have a second that has not."""
        return self.late_before is not None and due.day < self.late_before

    @property
    def decides(self) -> bool:
        return self.purpose is Purpose.DECISION

    @property
    def papers(self) -> Due | None:
        return self.dues.papers if self.dues else None

    @property
    def papers_close(self) -> date | None:
        return self.dues.papers_close if self.dues else None

    @property
    def draft_due(self) -> date | None:
        return self.dues.draft_due if self.dues else None

    @property
    def not_running(self) -> tuple[tuple[str, NotRunning], ...]:
        return self.dues.not_running if self.dues else ()

    @property
    def effective(self) -> Day:
        """When all of its halves are in effect; not stated if the time for call-in is not."""
        return latest([e.effective for e in self.effects])

    @property
    def says(self) -> str:
        """`For decision: Cabinet, Tuesday 18 July 2017`."""
        purpose = "not stated" if isinstance(self.purpose, NotStated) else str(self.purpose)
        when = in_words(self.on) if self.on else "no day"
        return f"For {purpose}: {self.label}, {when}{f', {self.at}' if self.at else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoStop:
    """An organisation that has to decide and has no stop for it."""

    organisation: str
    label: str
    says: str
    remedy: str
    authority: Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What moved between two plans: of which stop, what, from when to when."""

    stop: str
    label: str
    what: str
    was: date | None
    becomes: date | None

    @property
    def says(self) -> str:
        was = in_words(self.was) if self.was else "no day"
        becomes = in_words(self.becomes) if self.becomes else "no day"
        return f"{self.label}: {self.what} {was} → {becomes}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """What would rescue a step: what changes, the days it gives, and its side effect.

    `moves` are the stops that get another day; `waives` the test set aside; `who` is asked in turn
    for what it `needs` (agreement, notice, opinion, convening); `decider` is another maker that may
    take it; `listed` says that the calendar has the days.
    """

    id: str
    stop: str
    name: str
    when: str
    says: str
    side_effect: str
    moves: tuple[tuple[str, date], ...] = ()
    waives: str = ""
    who: tuple[str, ...] = ()
    needs: str = ""
    decider: str = ""
    listed: bool = True
    rescues: bool = True
    authority: Authority = Authority()
    effective: Day = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole route. `steps` stand in the order they happen; those without a day come last.

    `effective` is when everything is in effect, `not_before` the earliest it can be; `holding` is
    what keeps a wanted date from being reached, from the last step back to the first cause.
    """

    way: Way
    today: date | None
    wanted: date | None
    steps: tuple[PlannedStop, ...]
    conflicts: tuple[Conflict, ...] = ()
    holding: tuple[Conflict, ...] = ()
    ways_out: tuple[WayOut, ...] = ()
    no_stop: tuple[NoStop, ...] = ()
    findings: tuple[Finding, ...] = ()
    effective: Day = None
    not_before: date | None = None
    sign_off: str = ""
    example: bool = False

    def step(self, id_: str) -> PlannedStop | None:
        return next((s for s in self.steps if s.id == id_), None)

    @property
    def impossible(self) -> tuple[Conflict, ...]:
        """What cannot be done as planned; things only to be looked at again are not among it."""
        return tuple(c for c in self.conflicts if c.grave)

    @property
    def feasible(self) -> bool:
        return bool(self.steps) and not self.impossible

    @property
    def warnings(self) -> tuple[str, ...]:
        """Days that rest on bank holidays nobody has listed yet."""
        steps = [d.step for s in self.steps if s.dues for d in (*s.dues.notices, *s.dues.others)]
        steps += [s.papers.step for s in self.steps if s.papers]
        return tuple(dict.fromkeys(w.says for step in steps for w in step.warnings))

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the stops, and what stands against their days, by line."""
        found = (*self.findings, *(c.as_finding() for c in self.conflicts))
        return tuple(sorted(found, key=lambda f: (f.line, f.id)))

    @property
    def first_draft_due(self) -> date | None:
        """The day the first draft must be ready: the earliest over all stops."""
        return min((s.draft_due for s in self.steps if s.draft_due), default=None)

    @property
    def first_papers(self) -> PlannedStop | None:
        """The stop whose papers close first."""
        placed = [s for s in self.steps if s.papers_close]
        return min(placed, key=lambda s: s.papers_close or date.max, default=None)

    @property
    def last_decision(self) -> PlannedStop | None:
        placed = [s for s in self.steps if s.decides and s.on]
        return max(placed, key=lambda s: (s.on or date.min, s.at), default=None)


def latest(days: list[Day]) -> Day:
    """The last of several days; not stated, with its earliest, as soon as one is not."""
    known = [d for d in days if isinstance(d, date)]
    unsure = [d for d in days if isinstance(d, NotStated)]
    floor = max([*known, *(u.earliest for u in unsure if u.earliest)], default=None)
    if unsure:
        words = f"not stated, from {floor.isoformat()}" if floor else "not stated"
        return NotStated(words, earliest=floor)
    return floor


def changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Every day that differs between two plans of one matter, stop by stop."""
    found = []
    for step in after.steps:
        earlier = before.step(step.id)
        for what, was, becomes in zip(_NAMED, _days(earlier), _days(step), strict=True):
            if was != becomes:
                found.append(
                    Change(stop=step.id, label=step.label, what=what, was=was, becomes=becomes)
                )
    whole = (
        ("first draft due", before.first_draft_due, after.first_draft_due),
        ("in effect at the earliest", before.not_before, after.not_before),
    )
    found += [
        Change(stop="", label="The route", what=what, was=was, becomes=becomes)
        for what, was, becomes in whole
        if was != becomes
    ]
    return tuple(found)


_NAMED = (
    "meets", "papers public by", "notice of the key decision by", "private-meeting notice by",
    "second notice by", "call-in ends", "in effect",
)  # fmt: skip


def _days(step: PlannedStop | None) -> tuple[date | None, ...]:
    if step is None or step.dues is None:
        return (None,) * len(_NAMED)
    dues, effective = step.dues, step.effective
    calls = [e.call_in.day for e in step.effects if e.call_in]
    notices = (dues.forward_plan, dues.private_notice, dues.second_notice)
    return (
        step.on,
        step.papers_close,
        *(n.day if n else None for n in notices),
        max(calls, default=None),
        effective if isinstance(effective, date) else None,
    )
