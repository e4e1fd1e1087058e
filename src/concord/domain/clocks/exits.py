"""The lawful ways on when a period cannot be kept, in the order they are tried, and who agrees.

Regulation 5 has a single step; regulation 9 a ladder: notice and five clear days (regulation 10),
then agreement (regulation 11). Urgency of notice never gives exemption from call-in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from concord import law
from concord.domain.calendar import Counted, count_back, count_on, in_words, readings
from concord.domain.clocks.facts import DecisionMaker, cited
from concord.domain.clocks.steps import Step, counting_for
from concord.domain.findings import Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """One exit: what it needs, from whom in turn, the last day it can still be used, what follows.

    `needs` is agreement, notice, opinion or convening. Without a `last_day` it is open until the
    event itself.
    """

    id: str
    name: str
    from_step: str
    order: int
    needs: str
    who: tuple[str, ...]
    when: str
    that: str
    then: tuple[str, ...]
    authority: Authority
    then_authority: Authority
    last_day: date | None = None
    event: date

    def open_on(self, asked_on: date) -> bool:
        """Whether there is still time for it."""
        return asked_on <= (self.last_day or self.event)

    def to_data(self) -> dict[str, Any]:
        return {
            "exit": self.name,
            "from": self.from_step,
            "step": self.order,
            "when": self.when,
            "needs": self.needs,
            "who": list(self.who),
            "that": self.that,
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "then": list(self.then),
            "authority": str(self.authority),
            "unverified": self.authority.unverified,
        }

    @property
    def says(self) -> str:
        first = self.who[0]
        asked = {
            "agreement": f"the {first} agrees that {self.that}",
            "notice": f"the {first} is told in writing",
            "opinion": f"the {first} is of the opinion that {self.that}",
        }.get(self.needs, f"by {first}, when {self.that}")
        by = f" Notice by {in_words(self.last_day)}." if self.last_day else ""
        return f"{self.name.capitalize()}: {asked}.{by}"


def exits_from(step: Step, maker: DecisionMaker, event: date) -> tuple[WayOut, ...]:
    """The exits from one statutory step, first to be tried first."""
    rows = [x for x in law.exits() if step.id in x.from_period and x.in_force(event)]
    return tuple(_way_out(row, step, maker, event) for row in sorted(rows, key=lambda x: x.order))


def _way_out(row: law.Exit, step: Step, maker: DecisionMaker, event: date) -> WayOut:
    last = None
    if row.period:
        period = law.period(row.period)
        counting = counting_for(period, maker)
        last = count_back(event, period.number, counting, maker.closed).day
    return WayOut(
        id=row.id,
        name=row.name,
        from_step=step.id,
        order=row.order,
        needs=row.needs,
        who=row.who,
        when=row.when,
        that=row.that,
        then=row.then,
        authority=cited(row),
        then_authority=Authority(
            law=row.then_authority or row.authority,
            unverified=not (row.verified and row.then_verified),
        ),
        last_day=last,
        event=event,
    )


def way_on(exits: tuple[WayOut, ...], step: Step, asked_on: date) -> WayOut | None:
    """The first exit still open from a step whose day has gone; None while the day has not."""
    if step.day is None or asked_on <= step.day:
        return None
    own = (x for x in exits if x.from_step == step.id and x.open_on(asked_on))
    return min(own, key=lambda x: x.order, default=None)


def general_exception_opens(notice: date, maker: DecisionMaker) -> tuple[Counted, ...]:
    """The earliest day of a key decision once the notice of regulation 10 was made available.

    First in the way of counting used for this maker, then in each other way.
    """
    period = law.period("reg_10")
    used = counting_for(period, maker)
    first = count_on(notice, period.number, used, maker.closed)
    others = readings(notice, period.number, False, maker.closed, but=(used,))
    return (first, *others)
