"""The route of a matter: when its first draft is due, whether it works, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.decisions.routes import Change, Plan, Way, WayOut, changes, plan_route
from concord.domain.decisions.routes.conflicts import Waived
from concord.web.decisions import OpenedMatter, calendars_of, opened_matter
from concord.web.pages import Page, page
from concord.web.routes_asked import Asked, read_asked
from concord.web.routes_lanes import lanes_of
from concord.web.routes_told import (
    Row,
    counted,
    heading,
    picture_title,
    rows_of,
    told,
    way_verb,
)
from concord.web.timeline import pictures
from concord.web.wording import count, listed, upper_first


@dataclass(frozen=True, slots=True)
class WayShown:
    """One way out with what its button would ask."""

    way: WayOut
    verb: str
    when: str
    says: str
    side_effect: str
    tries: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan that was asked for, beside that of the text as it stands."""

    one: OpenedMatter
    asked: Asked
    plan: Plan
    before: Plan
    on_paper: bool

    @property
    def changes(self) -> tuple[Change, ...]:
        return changes(self.before, self.plan) if self.asked.anything else ()


def planned(request: HttpRequest, one: OpenedMatter) -> Planned:
    """The route as asked. One that has begun is planned on paper: nothing of it counts as late."""
    asked = read_asked(request.GET, one.text)
    calendars, _ = calendars_of(one.it)
    days = [s.on for s in one.text.stops.values() if isinstance(s.on, date)]
    on_paper = bool(days) and min(days) <= one.it.on
    today = None if on_paper else one.it.on
    a, text = one.it.arrangement, one.text
    before = plan_route(a, text, calendars, today, rescue=not asked.anything)
    if not asked.anything:
        return Planned(one, asked, before, before, on_paper)
    plan = plan_route(
        a, text, calendars, today, wanted=asked.wanted, way=asked.way, moved=asked.moved,
        sign_off_days=asked.sign_off, waived=frozenset(asked.waived.items()),
    )  # fmt: skip
    return Planned(one, asked, plan, before, on_paper)


@page("decisions/route.html", of="route")
def route(request: HttpRequest, place: str, matter: str) -> Page:
    one = opened_matter(request, place, matter)
    found = planned(request, one)
    plan = found.plan
    query = _query(found, one)
    lanes = lanes_of(plan, one)
    return one.page(
        f"Route: {one.title}",
        {**as_data(found), "on": one.it.on},
        plan=plan,
        found=found,
        asked_for=found.asked,
        lead=lead(plan, one),
        conflicts=[(heading(c, plan, first=not n), c) for n, c in enumerate(plan.impossible)],
        slight=[c for c in plan.conflicts if not c.grave],
        ways=[_way(way, found) for way in plan.ways_out],
        changed=found.changes,
        pictures=pictures(lanes),
        picture_title=picture_title(plan),
        picture_told=told(plan),
        rows=rows_of(plan, one),
        counted=counted(plan, one),
        same_year=_same_year(plan),
        Way=Way,
        ics=reverse("route_ics", args=[place, matter]) + query,
        twin=reverse("route.json", args=[place, matter]) + query,
    )


def _query(found: Planned, one: OpenedMatter) -> str:
    asked = found.asked.query
    on = one.it.asked.removeprefix("?")
    return f"{asked}{'&' if asked and on else '?' if on else ''}{on}" if on else asked


def _same_year(plan: Plan) -> bool:
    return len({s.on.year for s in plan.steps if s.on}) < 2


def _way(way: WayOut, found: Planned) -> WayShown:
    waives = [(way.stop, Waived(way.waives))] if way.waives else []
    tries = found.asked.fields(way.moves, waives) if way.moves or waives else []
    return WayShown(way, way_verb(way), way.when, way.says, way.side_effect, tries)


def lead(plan: Plan, one: OpenedMatter) -> str:
    """How many bodies see it, how many decide, and what stands against it."""
    if not plan.steps:
        return "The matter has no stops that can be planned, so there is no route yet."
    deciding = sum(step.decides for step in plan.steps)
    bodies = len({step.maker for step in plan.steps})
    see = f"{upper_first(count(bodies, 'body', 'bodies'))} {'sees' if bodies == 1 else 'see'} it"
    if bodies == 1:
        said = [f"{see} and decides." if deciding else f"{see}; it does not decide."]
    else:
        decide = "one of them decides" if deciding == 1 else f"{count(deciding)} of them decide"
        said = [f"{see}; {decide}."]
    stuck = len({c.stop for c in plan.impossible})
    if stuck:
        said.append(f"{upper_first(count(stuck, 'step'))} cannot be done as planned.")
    elif plan.steps:
        said.append("Every step can be done as planned.")
    if plan.no_stop:
        whose = listed(one.names.abbreviated(row.organisation) for row in plan.no_stop)
        own = "own decision has" if len(plan.no_stop) == 1 else "own decisions have"
        said.append(f"{upper_first(the_own(whose))} {own} no stop.")
    return " ".join(said)


def the_own(whose: str) -> str:
    """`City and Hackney CCG’s`."""
    return f"{whose}’" if whose.endswith("s") else f"{whose}’s"


def as_data(found: Planned) -> dict[str, Any]:
    """The plan for a machine: every day, what cannot be done, the ways out, what changed."""
    plan = found.plan
    return {
        "way": plan.way,
        "planned_from": plan.today,
        "wanted": plan.wanted,
        "first_draft_due": plan.first_draft_due,
        "first_papers": plan.first_papers.papers_close if plan.first_papers else None,
        "last_decision": plan.last_decision.on if plan.last_decision else None,
        "in_effect": plan.effective,
        "in_effect_not_before": plan.not_before,
        "sign_off": plan.sign_off,
        "example": plan.example,
        "feasible": plan.feasible,
        "steps": [_step(row) for row in rows_of(plan, found.one)],
        "conflicts": [
            {
                "id": c.id, "stop": c.stop, "says": c.says, "remedy": c.remedy, "day": c.day,
                "needed": c.needed, "how_counted": c.how_counted, "other_reading": c.other_reading,
                "authority": str(c.authority), "weight": c.weight,
            }
            for c in plan.conflicts
        ],
        "ways_out": [
            {
                "id": w.id, "stop": w.stop, "name": w.name, "when": w.when, "says": w.says,
                "side_effect": w.side_effect, "moves": dict(w.moves), "who": w.who,
                "in_effect": w.effective, "authority": str(w.authority),
            }
            for w in plan.ways_out
        ],
        "no_stop": [{"organisation": n.organisation, "says": n.says} for n in plan.no_stop],
        "findings": plan.findings,
        "changes": found.changes,
        "asked": dict(found.asked.fields()),
    }  # fmt: skip


def _step(row: Row) -> dict[str, Any]:
    step = row.step
    dues = step.dues
    return {
        "stop": step.id,
        "body": step.label,
        "organisations": step.organisations,
        "purpose": step.purpose,
        "on": step.on,
        "at": step.at or None,
        "in_calendar": step.listed,
        "draft_due": step.draft_due,
        "papers_by": step.papers_close,
        "notices": [
            {"what": d.step.what, "by": d.day, "authority": str(d.authority)}
            for d in (dues.notices if dues else ())
        ],
        "effects": [
            {
                "organisation": e.organisation, "published": e.published,
                "call_in_ends": e.call_in.day if e.call_in else None, "in_effect": e.effective,
                "says": e.says,
            }
            for e in step.effects
        ],
        "late": step.late,
    }  # fmt: skip
