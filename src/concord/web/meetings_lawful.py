"""For whom a meeting was lawfully called at an item: by what was made public, and on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from concord import law
from concord.commands.agendas_read import AGENDA, PAPER
from concord.commands.matters import calendars_of
from concord.commands.meetings_read import AtMeeting
from concord.domain.agreements.keyness import is_key
from concord.domain.agreements.matter import Matter
from concord.domain.agreements.membership import now_called
from concord.domain.clocks import Business
from concord.domain.decisions.calendars import with_closed_days
from concord.domain.decisions.lateness import ExitUsed
from concord.domain.decisions.meetings import CalledFor, called_for
from concord.domain.decisions.meetings.book import ItemPut
from concord.domain.decisions.notices import NoticeKind
from concord.domain.decisions.words import Purpose
from concord.domain.language.values import NotStated
from concord.records.models import Publication

AGENDA_CLOCK = "agenda and reports"
_NOTICES = {
    NoticeKind.FORWARD_PLAN: "forward plan",
    NoticeKind.PRIVATE: "private meeting",
    NoticeKind.GENERAL_EXCEPTION: "forward plan",
    NoticeKind.SPECIAL_URGENCY: "forward plan",
    NoticeKind.URGENT_PRIVATE: "private meeting",
}


@dataclass(frozen=True, slots=True)
class Lawful:
    """The answer for each organisation, and what was said of anything published late."""

    each: tuple[CalledFor, ...]
    late: tuple[str, ...]

    @property
    def stands(self) -> bool:
        return all(one.verdict.stands for one in self.each)


def lawful(here: AtMeeting, put: ItemPut, matter: Matter) -> Lawful:
    """Whether the meeting was lawfully called, for each organisation of each body at an item."""
    public, late = _public(here, put)
    exits = _exits(_rows(here, put))
    business = {o: _business(here, put, matter, o) for o in here.arrangement.organisations}
    calendars = calendars_of(here.place, here.arrangement)
    arrangement = with_closed_days(here.arrangement, calendars)
    found = called_for(arrangement, here.record.held, business, public, exits)
    return Lawful(tuple(f for f in found if f.body in put.bodies), late)


def _business(here: AtMeeting, put: ItemPut, matter: Matter, whose: str) -> Business:
    functions = (here.arrangement.functions.get(f) for f in matter.functions)
    own = [
        f for f in functions
        if f and isinstance(f.of, str)
        and whose in (f.of, *now_called(here.arrangement, f.of, here.on))
    ]  # fmt: skip
    kinds = [str(f.kind) for f in own if not isinstance(f.kind, NotStated)]
    found = is_key(here.arrangement, whose, matter, here.on) if own else None
    is_decided = put.purpose is Purpose.DECISION and bool(own)
    return Business(
        function_kind=kinds[0] if kinds else "",
        key=found.key if found and is_decided else False,
        private=put.private,
    )


def _public(here: AtMeeting, put: ItemPut) -> tuple[dict[tuple[str, str], date], tuple[str, ...]]:
    """On which day each organisation's notice and papers were first made public."""
    found = dict(here.record.public)
    late: dict[str, None] = {}
    for row in _rows(here, put):
        clock = AGENDA_CLOCK if row.kind in (AGENDA, PAPER) else _NOTICES[NoticeKind(row.kind)]
        whose = row.details.get("organisation", "")
        owners = [whose] if whose else list(here.arrangement.organisations)
        for owner in owners:
            found.setdefault((owner, clock), localtime(row.published_at).date())
        if row.late_by:
            late[row.late_by] = None
    return found, tuple(late)


def _exits(rows: list[Publication]) -> dict[tuple[str, str], ExitUsed]:
    """The lawful exit that each organisation's own notice tells, for the clock it was late by."""
    found: dict[tuple[str, str], ExitUsed] = {}
    ids = {row.name: row.id for row in law.exits()}
    for row in rows:
        told = row.details.get("exit")
        if not told or told["way"] not in ids:
            continue
        clock = _NOTICES[NoticeKind(row.kind)]
        found[row.details["organisation"], clock] = ExitUsed(
            ids[told["way"]], told["by"], date.fromisoformat(told["on"]), told["why"],
            tuple(told["passed_over"]),
        )  # fmt: skip
    return found


def _rows(here: AtMeeting, put: ItemPut) -> list[Publication]:
    """The agenda before a paper, since the agenda holds it; each kind's first publication first."""
    rows = Publication.objects.filter(place=here.place).defer("body").order_by("published_at", "id")
    of_day = {"kind": AGENDA, "details__on": here.on.isoformat()}
    agendas = [r for r in rows.filter(**of_day) if r.details.get("body") in put.bodies]
    if not put.matter:
        return agendas
    kinds = [PAPER, *(str(k) for k in _NOTICES)]
    return [*agendas, *rows.filter(matter=put.matter, stop=put.stop, kind__in=kinds)]
