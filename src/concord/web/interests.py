"""The public register of interests over both sets of rules, and the forms of whoever keeps it.

Localism Act 2011, section 29; NHS Act 2006, section 14Z30. What is entered is public.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from concord import law
from concord.commands.interests import (
    declare_interest,
    end_interest,
    grant_dispensation,
    register_interest,
)
from concord.commands.meetings_read import at_meeting, interest_fact
from concord.domain.decisions.dispensing import kinds_of
from concord.domain.decisions.interests import (
    InterestRegime,
    Touches,
    matched,
    to_register,
    touched_by,
)
from concord.domain.decisions.matter import MatterText, as_matter
from concord.domain.findings import Reason
from concord.domain.language.values import holds_on
from concord.records.models import DispensationEntry, InterestEntry, Meeting
from concord.web.decisions import may_here
from concord.web.drafts import acting
from concord.web.pages import Page, page, today
from concord.web.places import Opened, opened
from concord.web.posting import day, day_or_none, key_of, new_key, posting, said
from concord.web.promises_open import matters_of
from concord.web.wording import count, upper_first

_DUTIES = ("interests_councillors", "interests_councillors_at_meetings", "interests_icb")
_LATELY = timedelta(days=90)  # of meetings at which something was declared
_RULES = {
    InterestRegime.COUNCIL_MEMBERS: "councillors",
    InterestRegime.COUNCIL_OFFICERS: "council officers",
    InterestRegime.NHS: "NHS members",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One interest with all that bears on it: what is coming, dispensations, earlier entries."""

    row: InterestEntry
    side: str
    touches: list[tuple[str, str]]
    dispensations: list[DispensationEntry]
    ended: bool


@dataclass(slots=True)
class Holder:
    """One person with every interest of theirs."""

    person: str
    interests: list[Shown] = field(default_factory=list)


@page("follow_up/interests.html", of="interests")
def interests(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    holders = _holders(place, it)
    keeps = may_here(request, place, "interests.record")
    own = may_here(request, place, "interests.declare")
    rows = [one for h in holders for one in h.interests]
    return it.page(
        "Register of interests",
        {"people": [_data(h) for h in holders], "duties": [_duty(d) for d in _DUTIES]},
        section="people", holders=holders, lead=_lead(holders, rows), keeps=keeps, own=own,
        lacking=list(_lacking(place, it)) if keeps else [],
        duties=[law.period(d) for d in _DUTIES], rules=_RULES, regimes=list(InterestRegime),
        kinds={r: [(k.kind, upper_first(k.kind)) for k in kinds_of(r, today())]
               for r in InterestRegime},
        granters=[(g, upper_first(g)) for g in _granters()],
        entries=[(o.row.pk, f"{o.row.person}: {it.names.of(o.row.in_what)}") for o in rows],
        organisations=[(o, it.names.organisation(o)) for o in it.arrangement.organisations],
        key=new_key(), now=today(), twin=reverse("interests.json", args=[place]) + it.asked,
    )  # fmt: skip


def _granters() -> list[str]:
    """Everybody whose dispensation the law knows, in the order of its rows."""
    return list(dict.fromkeys(g for r in law.interest_rules() for g in r.dispensation_by))


def _holders(place: str, it: Opened) -> list[Holder]:
    """Everybody in the register with what they entered, in four questions to the database."""
    rows = list(InterestEntry.objects.now(place))
    given = list(DispensationEntry.objects.filter(place=place, ends__gte=it.on))
    coming = list(_coming(place, it)) if rows else []
    found: dict[str, Holder] = {}
    for row in rows:
        mine = [d for d in given if (d.person, d.in_what) == (row.person, row.in_what)]
        touches = [
            (t.item, title)
            for t, title in coming
            if matched(it.arrangement, [interest_fact(row)], t, it.on)
        ]
        ended = holds_on(row.starts, row.ends, it.on) is False
        one = Shown(row, it.names.side(row.in_what), touches, mine, ended)
        found.setdefault(row.person, Holder(row.person)).interests.append(one)
    return list(found.values())


def _coming(place: str, it: Opened) -> Iterator[tuple[Touches, str]]:
    """Whom each matter that is still to come is about, with its title."""
    texts, titles = matters_of(place, it.arrangement)
    for name, text in texts.items():
        if any(isinstance(s.on, date) and s.on >= it.on for s in text.stops.values()):
            others = _others(text)
            touches = touched_by(it.arrangement, name, as_matter(text.matter), others, it.on)
            yield touches, titles[name]


def _others(text: MatterText) -> tuple[str, ...]:
    named = text.matter.organisations
    return named if isinstance(named, tuple) else ()


def _lacking(place: str, it: Opened) -> Iterator[Reason]:
    """What was declared at a meeting lately and is in no register yet, each with its last day."""
    rows = Meeting.objects.filter(place=place, on__gte=it.on - _LATELY, on__lte=it.on)
    kept = {(r.person, r.in_what): interest_fact(r) for r in InterestEntry.objects.now(place)}
    seen: set[str] = set()
    for meeting in rows.filter(entries__kind="interest declared").distinct():
        here = at_meeting(meeting)
        for one in here.record.declared:
            entered = kept.get((one.person, one.in_))
            asked = replace(one, kinds=entered.kinds if entered else {})
            for reason in to_register(here.arrangement, here.record.held, [asked], meeting.on):
                if reason.says not in seen:
                    seen.add(reason.says)
                    yield reason


def _lead(holders: list[Holder], rows: list[Shown]) -> str:
    if not rows:
        return "No interest is entered here yet."
    people = "person" if len(holders) == 1 else "people"
    many = upper_first(count(len(rows), "interest"))
    bears = sum(bool(one.touches) for one in rows)
    verb = "bears" if bears == 1 else "bear"
    tells = f" {upper_first(count(bears))} of them {verb} on a matter to come." if bears else ""
    return f"{many} of {count(len(holders))} {people}.{tells}"


def _data(holder: Holder) -> dict[str, Any]:
    return {
        "person": holder.person,
        "interests": [
            {
                "in": one.row.in_what, "what": one.row.what or "not stated",
                "kinds": one.row.kinds, "starts": one.row.starts or "not stated",
                "ends": one.row.ends, "bears_on": [name for name, _ in one.touches],
                "dispensations": [
                    {"by": d.by, "why": d.why, "starts": d.starts, "ends": d.ends,
                     "speak": d.speak, "vote": d.vote}
                    for d in one.dispensations
                ],
            }
            for one in holder.interests
        ],
    }  # fmt: skip


def _duty(name: str) -> dict[str, Any]:
    row = law.period(name)
    return {"says": row.says, "authority": row.authority, "verified": row.verified}


@posting("interest_enter")
def enter(request: HttpRequest, place: str) -> HttpResponse:
    """Enters an interest, or changes one by a new entry."""
    number = said(request, "replaces")
    row = register_interest(
        acting(request), place, person=said(request, "person"), **_said_of(request),
        replaces=int(number) if number.isascii() and number.isdigit() else None,
    )  # fmt: skip
    messages.success(request, f"Entered: {row.person}.")
    return redirect("interests", place=place)


@posting("interest_declare")
def declare(request: HttpRequest, place: str) -> HttpResponse:
    """Enters an interest of whoever has signed in."""
    declare_interest(acting(request), place, **_said_of(request))
    messages.success(request, "Entered. It is public from now on.")
    return redirect("interests", place=place)


def _said_of(request: HttpRequest) -> dict[str, Any]:
    kinds = {str(r): said(request, f"kind-{r.name}") for r in InterestRegime}
    return {
        "key": key_of(request), "in_what": said(request, "other") or said(request, "in_what"),
        "what": said(request, "what"), "kinds": {k: v for k, v in kinds.items() if v},
        "starts": day_or_none(request, "starts"), "ends": day_or_none(request, "ends"),
    }  # fmt: skip


@posting("interest_enter")
def end(request: HttpRequest, place: str) -> HttpResponse:
    """Gives an interest its last day, by a new entry."""
    number = said(request, "entry")
    entry = int(number) if number.isascii() and number.isdigit() else 0
    last = day(request, "ends", today())
    end_interest(acting(request), place, key=key_of(request), entry=entry, ends=last)
    messages.success(request, "Its last day is entered.")
    return redirect("interests", place=place)


@posting("interest_enter")
def dispense(request: HttpRequest, place: str) -> HttpResponse:
    """Records a dispensation."""
    now = today()
    grant_dispensation(
        acting(request), place, key=key_of(request), person=said(request, "person"),
        in_what=said(request, "in_what"), by=said(request, "by"), why=said(request, "ground"),
        starts=day(request, "starts", now), ends=day(request, "ends", now),
        speak="speak" in _may(request), vote="vote" in _may(request),
    )  # fmt: skip
    messages.success(request, "The dispensation is recorded.")
    return redirect("interests", place=place)


def _may(request: HttpRequest) -> Iterable[str]:
    return request.POST.getlist("may")
