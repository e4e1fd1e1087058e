"""What needs you now: every clock of the places a person acts for, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localtime

from concord.commands.follow_up_read import open_actions
from concord.domain.findings import Authority, Weight
from concord.domain.places.policy import About, RoleFact, may
from concord.records.models import Draft, PlaceSummary
from concord.records.models.accounts import role_facts_of
from concord.web import coming
from concord.web.follow_up_late import on_desk
from concord.web.funds_desk import Plan, plans
from concord.web.naming import Names
from concord.web.pages import Page, page, today
from concord.web.places import read
from concord.web.register_desk import to_keep
from concord.web.wording import count, listed, sentence, upper_first

_SOON = timedelta(days=31)
_YEAR = timedelta(days=366)
_MOST_PLACES = 25  # whose texts one desk reads; somebody with more looks at the list of places


@dataclass(frozen=True, slots=True)
class Task:
    """One row: its clock, what to do, why, and the one act that does it."""

    on: date | None
    when: str
    what: str
    why: str
    authority: Authority
    place: str
    act: str
    href: str
    titles: dict[str, str]


@page("desk/desk.html", of="desk")
def desk(request: HttpRequest) -> Page:
    now = today()
    facts = [fact for fact in role_facts_of(request.user) if fact.holds(now)]
    rows = list(_places(facts))
    tasks = [*_to_do(rows, facts, now), *_to_keep(rows, facts, now)]
    tasks = [*tasks, *(t for row in rows for t in _tasks(row, facts, now))]
    tasks += [_plan(one) for one in plans(rows, now)]
    dated = sorted((t for t in tasks if t.on), key=lambda t: t.on or now)
    groups = {
        "today": [t for t in dated if t.on == now],
        "mend": [t for t in tasks if t.on is None],
        "next": [t for t in dated if t.on and now < t.on <= now + _SOON],
        "far": [t for t in dated if t.on and now + _SOON < t.on <= now + _YEAR],
    }
    others = list(_drafts(request, {row.place_id for row in rows}))
    data = {"on": now, "tasks": groups, "waiting": others}
    return Page(
        data,
        {
            "lead": lead(groups, len(others)),
            "acting": sorted({_organisation(fact, rows) for fact in facts}),
            "roles": sorted({str(fact.role) for fact in facts}),
            "mine": rows,
            "sees_roles": any(
                may(facts, "accounts.view", About(f.place), now).stands for f in facts
            ),
            "audits": {
                r.place_id for r in rows if may(facts, "audit.view", About(r.place_id), now).stands
            },
        },
    )


def _plan(one: Plan) -> Task:
    """An action plan that a forecast asks for, until the forecast no longer does."""
    href = f"{reverse('fund_forecast', args=[one.place, one.fund])}?year={one.year}"
    return Task(
        None, "Forecast", f"{one.what} for {one.name}, {one.year}", sentence(one.says),
        one.authority, one.title, "See the forecast", href, one.titles,
    )  # fmt: skip


def _places(facts: Iterable[RoleFact]) -> Iterable[PlaceSummary]:
    """The places the person acts for, with their texts, in one question to the database."""
    names = {fact.place for fact in facts}
    rows = PlaceSummary.objects.select_related("version")
    return (rows if "" in names else rows.filter(place__in=names))[:_MOST_PLACES]


def _organisation(fact: RoleFact, rows: list[PlaceSummary]) -> str:
    """For whom the role is held, by the name the place's text gives."""
    if not fact.organisation:
        return "every organisation"
    for row in rows:
        arrangement = read(row.version.text).arrangement
        if (
            row.place_id == fact.place
            and arrangement
            and fact.organisation in arrangement.organisations
        ):
            return arrangement.organisations[fact.organisation].label
    return fact.organisation


def _tasks(row: PlaceSummary, facts: list[RoleFact], now: date) -> Iterator[Task]:
    reading = read(row.version.text)
    if reading.arrangement is None:
        return
    names = Names(reading.arrangement, now)
    writes = may(facts, "agreements.save_draft", About(row.place_id), now).stands
    where = reverse("edit" if writes else "text", args=[row.place_id])
    clause = reverse("text", args=[row.place_id])
    for event in coming.events(names):
        act = "Write the renewal" if event.grave and writes else "Read the clause"
        href = where if event.grave else f"{clause}#L{event.line}"
        yield Task(
            event.on, "", event.what, event.why, event.authority, row.title,
            act, href, names.sources,
        )  # fmt: skip
    act, mark = ("Mend it", "M") if writes else ("Read the line", "L")
    for found in reading.findings:
        if found.weight is Weight.GRAVE:
            yield Task(
                None, f"Line {found.line}", sentence(found.says), sentence(found.remedy),
                Authority(law=found.authority, unverified=found.unverified), row.title,
                act, f"{where}#{mark}{found.line}", names.sources,
            )  # fmt: skip


def _to_do(rows: list[PlaceSummary], facts: list[RoleFact], now: date) -> Iterator[Task]:
    """The open actions of the organisations a person acts for; late ones have no day left."""
    found = open_actions([row.place_id for row in rows], now) if rows else ()
    for row in rows if found else ():
        here = [f for f in facts if f.place in ("", row.place_id)]
        able = [f for f in here if may([f], "actions.update", About(row.place_id), now).stands]
        arrangement = read(row.version.text).arrangement
        if not able or arrangement is None:
            continue
        names = Names(arrangement, now)
        whose = set() if any(not f.organisation for f in able) else {f.organisation for f in able}
        for one in on_desk(found, row.place_id, whose):
            why = f"{upper_first(names.of(one.owner))} does it."
            yield Task(
                one.due, one.when, one.what, why, Authority(), row.title, "Tell how it stands",
                one.href, names.sources,
            )  # fmt: skip


def _to_keep(rows: list[PlaceSummary], facts: list[RoleFact], now: date) -> Iterator[Task]:
    """Records to publish and windows that close, for whoever keeps a register."""
    whose: dict[str, set[str]] = {}
    for row in rows:
        about, here = About(row.place_id), [f for f in facts if f.place in ("", row.place_id)]
        able = [f for f in here if may([f], "decisions.record", about, now).stands]
        if able:
            every = any(not f.organisation for f in able)
            whose[row.place_id] = set() if every else {f.organisation for f in able}
    by_place = {row.place_id: row for row in rows}
    for place, one in to_keep(whose, now):
        row = by_place[place]
        arrangement = read(row.version.text).arrangement
        titles = Names(arrangement, now).sources if arrangement else {}
        yield Task(
            one.on, one.when, one.what, one.why, one.authority, row.title, one.act, one.href,
            titles,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waits:
    """A draft that somebody else has begun."""

    place: str
    title: str
    by: str
    on: date


def _drafts(request: HttpRequest, places: set[str]) -> Iterator[Waits]:
    """Drafts of others, which wait to be finished or adopted."""
    rows = Draft.objects.open().filter(place__in=places).select_related("place__summary")
    for row in rows.exclude(edited_by=request.user.email):
        yield Waits(
            row.place_id, row.place.summary.title, row.edited_by, localtime(row.edited_at).date()
        )


def lead(groups: dict[str, list[Task]], waiting: int) -> str:
    """What is due today, and the counts of the rest."""
    said = [
        (len(groups["mend"]), "must be mended", "must be mended"),
        (len(groups["next"]), "comes this month", "come this month"),
        (waiting, "waits on others", "wait on others"),
        (len(groups["far"]), "comes within the year", "come within the year"),
    ]
    parts = [f"{count(n, 'thing')} {one if n == 1 else more}" for n, one, more in said if n]
    due = len(groups["today"])
    first = (
        f"{upper_first(count(due, 'thing'))} {'is' if due == 1 else 'are'}" if due else "Nothing is"
    )
    return f"{first} due today. {sentence(listed(parts))}".strip()
