"""One matter: its facts once, key or not for whom, who may decide, what is exempt, its papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from concord.documents.exempting import statement
from concord.domain.agreements.authority import Half, Option
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.keyness import Keyness
from concord.domain.agreements.labels import label
from concord.domain.decisions.checks.days import written_on
from concord.domain.decisions.facts import MatterAnswers, answers
from concord.domain.decisions.matter import Amount, MatterFacts, MatterText
from concord.domain.decisions.report import Report
from concord.domain.findings import Authority
from concord.domain.language.values import NotStated
from concord.domain.money import pounds
from concord.records.models import Publication
from concord.web.decisions import OpenedMatter, may_here, opened_matter
from concord.web.decisions_rows import purpose_of
from concord.web.naming import each
from concord.web.pages import Page, page
from concord.web.promises_open import promises_of
from concord.web.register_rows import of_matter, row_of
from concord.web.wording import count, listed, mid_sentence, upper_first

_SHOWN = 2  # deciders of one half; the rest are a link away, beside the whole question


@dataclass(frozen=True, slots=True)
class HalfShown:
    """One organisation's half: its function, who may decide it, best first."""

    title: str
    side: str
    function: str
    options: tuple[Option, ...]
    more: int
    held_by_law: Any


@dataclass(frozen=True, slots=True)
class KeyShown:
    """Whether the decision is key for one council, and why."""

    organisation: str
    side: str
    key: bool | None
    says: str
    authority: Authority


@dataclass(frozen=True, slots=True)
class StopShown:
    """One stop: whose, when, for what, and in what capacity the law lets the body take it."""

    id: str
    number: int
    body: str
    organisations: list[tuple[str, str]]
    purpose: str
    decides: bool
    on: Any
    meeting: str | None
    capacity: str
    says: str
    authority: Authority


@dataclass(frozen=True, slots=True)
class ExemptShown:
    """A part kept from the public: under which paragraph and why, and never what it says."""

    where: str
    says: str


@page("decisions/matter.html", of="matter")
def matter(request: HttpRequest, place: str, matter: str) -> Page:
    one = opened_matter(request, place, matter)
    on = day_of(request, one)
    known = answers(one.text, one.it.arrangement, on)
    promises = promises_of(place, {matter: one.text}, one.it.on)
    papers = list(Publication.objects.of_matter(place, matter).order_by("-published_at", "-id"))
    came = [row_of(row, one.it) for row in of_matter(place, matter)]
    data = {
        "on": on,
        "what": one.text.matter.what,
        "facts": facts_of(one),
        "amounts": [_amount(row, one) for row in each(one.text.matter.amounts)],
        "keys": [_key(k, one) for k in known.keys],
        "halves": [_half_data(half, one) for half in known.ruling.halves],
        "stops": list(stops_of(one, known)),
        "without_stop": [one.names.of(name) for name in known.without_stop],
        "exempt": list(exempt_of(one.text)),
        "promises": promises,
        "register": [row.reference for row in came],
        "papers": [_paper(row) for row in papers],
        "deadlines": [
            {"what": row.what, "on": row.on, "at": row.at} for row in one.text.deadlines.values()
        ],
        "must_be_mended": len(one.reading.grave),
        "look_again": len(one.reading.findings) - len(one.reading.grave),
    }
    return one.page(
        one.title,
        data,
        halves=[_half(half, one) for half in known.ruling.halves],
        lead=lead(one, known),
        others=[c for c in known.ruling.capacities if c.body not in _stop_bodies(one)],
        publications=papers,
        question=_question(one, on),
        reads_report=reads_report(request, place),
        came=came,
        has_report=isinstance(one.text.report, Report),
        twin=reverse("matter.json", args=[place, matter]) + one.it.asked,
    )


def day_of(request: HttpRequest, one: OpenedMatter) -> date:
    """The day asked about; else that of the report, on which its facts held."""
    asked = bool(request.GET.get("on"))
    return one.it.on if asked else written_on(one.text) or one.it.on


def reads_report(request: HttpRequest, place: str) -> bool:
    return may_here(request, place, "decisions.view_draft")


def lead(one: OpenedMatter, known: MatterAnswers) -> str:
    """What the matter does, and how many decisions it takes, in two sentences."""
    halves = {half.organisation for half in known.ruling.halves if half.organisation}
    deciding = [s for s in one.text.stops.values() if purpose_of(s.purpose) == "For decision"]
    stops = count(len(one.text.stops), "stop")
    decide = (
        "one of them decides" if len(deciding) == 1 else f"{count(len(deciding))} of them decide"
    )
    said = f"{upper_first(stops)}; {decide}." if one.text.stops else "No stop is recorded yet."
    if len(halves) > 1:
        said += f" It takes {count(len(halves), 'decision')}, one for each organisation."
    if known.without_stop:
        whose = listed(one.names.abbreviated(name) for name in known.without_stop)
        said += f" No stop is recorded for {whose} to decide."
    return said


def facts_of(one: OpenedMatter) -> list[tuple[str, Any]]:
    """The facts in words, label and value; a silence is the words `not stated`."""
    facts, names = one.text.matter, one.names
    return [
        ("Functions", _names(facts.functions, one)),
        ("What it does", _said(facts.act)),
        ("Funding", upper_first(listed(facts.modes)) if each(facts.modes) else "not stated"),
        ("Under", _names(facts.agreements, one)),
        ("Organisations", names.listed(facts.organisations) or "not stated"),
        ("Within budget", _yes_or_no(facts.within_budget)),
        ("Wards", _said(facts.wards)),
        ("People affected", _said(facts.people)),
        ("Key, as it says itself", _because(facts)),
        ("In private", _yes_or_no(facts.private)),
    ]


def _names(value: Any, one: OpenedMatter) -> str:
    return upper_first(one.names.listed(value)) if each(value) else "not stated"


def _said(value: Any) -> str:
    return "not stated" if value is None or isinstance(value, NotStated) else upper_first(value)


def _yes_or_no(value: Any) -> str:
    return {True: "Yes", False: "No"}.get(value, "not stated") if isinstance(value, bool) else (
        "not stated"
    )  # fmt: skip


def _because(facts: MatterFacts) -> str:
    if isinstance(facts.key_because, NotStated):
        return "not stated"
    if not facts.key_because:
        return "It does not say so"
    first, *rest = facts.key_because
    return listed([upper_first(first), *map(mid_sentence, rest)])


def _amount(row: Amount, one: OpenedMatter) -> dict[str, Any]:
    borne = row.borne_by if isinstance(row.borne_by, str) else None
    return {
        "line": row.line_ if isinstance(row.line_, str) else "not stated",
        "year": row.year if isinstance(row.year, str) else "not stated",
        "nature": str(row.nature) if not isinstance(row.nature, NotStated) else "not stated",
        "often": str(row.often) if not isinstance(row.often, NotStated) else "not stated",
        "amount": pounds(row.amount) if isinstance(row.amount, int) else "not stated",
        "borne_by": one.names.abbreviated(borne) if borne else "not stated",
        "authority": row.authority,
    }


def _key(found: Keyness, one: OpenedMatter) -> KeyShown:
    name = found.organisation
    title = one.names.abbreviated(name)
    return KeyShown(title, one.names.side(name), found.key, found.says, found.authority)


def _half(half: Half, one: OpenedMatter) -> HalfShown:
    title = one.names.organisation(half.organisation) if half.organisation else "Not stated whose"
    function = one.names.of(half.function)
    best = sorted(half.options, key=lambda o: -o.verdict.answer)
    shown = tuple(best[:_SHOWN])
    side = one.names.side(half.organisation)
    more = len(best) - len(shown)
    return HalfShown(title, side, function, shown, more, half.held_by_law)


def _half_data(half: Half, one: OpenedMatter) -> dict[str, Any]:
    return {
        "organisation": half.organisation,
        "function": half.function,
        "answer": half.answer,
        "deciders": [
            {"maker": o.maker, "label": o.label, "verdict": o.verdict} for o in half.options
        ],
    }


def _stop_bodies(one: OpenedMatter) -> set[str]:
    return {s.body for s in one.text.stops.values() if isinstance(s.body, str)}


def stops_of(one: OpenedMatter, known: MatterAnswers) -> Iterator[StopShown]:
    """Every stop as the text gives it, beside what the law makes of it."""
    facts = {found.stop: found for found in known.stops}
    for number, row in enumerate(one.text.stops.values(), 1):
        found = facts[row.id]
        owners = owners_of(one.it.arrangement, row.body) if isinstance(row.body, str) else ()
        whose = (found.organisation,) if found.organisation else owners
        yield StopShown(
            id=row.id,
            number=number,
            body=label(one.it.arrangement, row.body)
            if isinstance(row.body, str)
            else "A body not stated",
            organisations=[(one.names.organisation(o), one.names.side(o)) for o in whose],
            purpose=purpose_of(row.purpose),
            decides=purpose_of(row.purpose) == "For decision",
            on=row.on,
            meeting=reverse("agenda", args=[one.it.name, row.body, row.on.isoformat()])
            if row.body in one.it.arrangement.bodies and isinstance(row.on, date)
            else None,
            capacity=found.capacity,
            says=found.says,
            authority=found.authority,
        )


def exempt_of(text: MatterText) -> Iterator[ExemptShown]:
    """What is kept from the public, by number: its paragraph and reason, none of its words."""
    for number, row in enumerate(text.exempt.values(), 1):
        yield ExemptShown(f"Part {number}", statement(row))


def _paper(row: Publication) -> dict[str, Any]:
    return {
        "number": row.pk,
        "kind": row.kind,
        "stop": row.stop,
        "published": row.published_at,
        "sha256": row.sha256,
        "media_type": row.media_type,
        "late": row.late_by or None,
        "supersedes": row.supersedes_id,
    }


def _question(one: OpenedMatter, on: date) -> str:
    """The same question at the page that answers who may decide."""
    facts = one.text.matter
    asked = [f"function={name}" for name in each(facts.functions)]
    if facts.act and not isinstance(facts.act, NotStated):
        asked.append(f"act={str(facts.act).replace(' ', '+')}")
    if modes := each(facts.modes):
        asked.append(f"mode={str(modes[0]).replace(' ', '+')}")
    return reverse("authority", args=[one.it.name]) + "?" + "&".join([*asked, f"on={on}"])
