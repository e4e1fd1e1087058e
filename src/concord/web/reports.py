"""The report of a matter: what stops it, where, whose sign-off it waits for, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from concord.commands.matters import events_of
from concord.documents.house import house_for
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.reader import MatterReading
from concord.domain.decisions.report import Report
from concord.domain.decisions.sign_offs import may_submit, standings
from concord.domain.decisions.signing import Standing, State
from concord.domain.findings import Finding, Verdict, Weight
from concord.domain.places.policy import About, may
from concord.records.models import Draft, Publication
from concord.records.models.accounts import role_facts_of
from concord.records.models.agreements import matter_kind
from concord.web.decisions_rows import read_report
from concord.web.pages import Page, page, today
from concord.web.places import Opened, opened
from concord.web.reports_lines import sheet
from concord.web.reports_publishing import to_publish
from concord.web.reports_signing import columns, lead


@dataclass(frozen=True, slots=True)
class Writing:
    """A matter's draft as its writers see it; its text may be one that cannot be read."""

    it: Opened
    name: str
    draft: Draft
    reading: MatterReading

    @property
    def text(self) -> MatterText | None:
        read = self.reading.matter
        return read if read is not None and read.matter is not None else None

    @property
    def title(self) -> str:
        return self.text.matter.title if self.text else self.name


def opened_draft(request: HttpRequest, place: str, matter: str) -> Writing:
    """The draft of a matter, or its newest version where nobody is writing; 404 without either."""
    it = opened(request, place)
    draft = Draft.objects.desk(place, matter_kind(matter))
    if not draft.text:
        raise Http404(f"no matter of {place} is called {matter}")
    return Writing(it, matter, draft, read_report(draft.text, it.arrangement))


@page("decisions/report.html", of="report")
def report(request: HttpRequest, place: str, matter: str) -> Page:
    at = opened_draft(request, place, matter)
    text = at.text
    if text is None:
        return _unread(at)
    now = today()
    a = at.it.arrangement
    rows = standings(text, a, events_of(place, matter), now)
    verdict = may_submit(text, rows, at.reading.findings)
    stop = _stop(request, text)
    house = house_for(text, text.stops.get(stop), place)
    shown = sheet(text, a, house, stop, at.reading.findings)
    able = _able(request, place)
    published = _published(place, matter) if "decisions.publish" in able else set()
    data = {
        "revision": at.draft.revision,
        "may_be_submitted": verdict,
        "sign_offs": [_standing(row) for row in rows],
        "findings": at.reading.findings,
        "format": house.id,
    }
    return at.it.page(
        f"Report: {at.title}",
        {"matter": {"name": matter, "title": at.title}, **data},
        section="decisions",
        at=at,
        draft=at.draft,
        lead=lead(len(_grave(at)), rows),
        ready=verdict.stands,
        columns=columns(rows, a, request, place),
        can_ask=_can_ask(rows, able),
        first=first_line(shown.head, shown.lines),
        sheet=shown,
        house=house,
        stop=stop,
        stops=text.stops,
        unstated=verdict_silences(verdict),
        able=able,
        to_publish=to_publish(text, a, place, published) if "decisions.publish" in able else [],
        has_report=isinstance(text.report, Report),
        twin=reverse("report.json", args=[place, matter]),
    )


def _unread(at: Writing) -> Page:
    """A draft that cannot be read has no lines: its findings are all there is to show."""
    data = {"matter": {"name": at.name, "title": at.name}, "findings": at.reading.findings}
    return at.it.page(
        f"Report: {at.name}", data, section="decisions", at=at, draft=at.draft, unread=True,
        twin=reverse("report.json", args=[at.it.name, at.name]),
    )  # fmt: skip


def _stop(request: HttpRequest, text: MatterText) -> str:
    """The stop whose format is shown: the one asked for, else the first."""
    asked = request.GET.get("stop", "")
    return asked if asked in text.stops else next(iter(text.stops), "")


def _grave(at: Writing) -> list[Finding]:
    return [f for f in at.reading.findings if f.weight is Weight.GRAVE]


def _able(request: HttpRequest, place: str) -> set[str]:
    """What this person may do with the report, by the table of roles."""
    acts = ("save_draft", "discard_draft", "submit_report", "sign_off", "publish", "withdraw")
    roles = role_facts_of(request.user)
    named = [f"decisions.{act}" for act in acts]
    return {act for act in named if may(roles, act, About(place), today()).stands}


def _can_ask(rows: tuple[Standing, ...], able: set[str]) -> bool:
    askable = (State.NOT_ASKED, State.SENT_BACK, State.REOPENED)
    return "decisions.submit_report" in able and any(
        row.state in askable or (row.base is State.NOT_ASKED and not row.done) for row in rows
    )


def _published(place: str, matter: str) -> set[str]:
    """The stops whose paper is public now."""
    rows = Publication.objects.of_matter(place, matter).filter(kind="paper", superseded_by=None)
    return set(rows.values_list("stop", flat=True))


def _standing(row: Standing) -> dict[str, Any]:
    return {
        "role": row.role, "who": row.who, "state": row.state, "due": row.due,
        "days_late": row.days_late, "signed_on": row.signed_on, "changed": row.changed,
        "says": row.says,
    }  # fmt: skip


def first_line(head: Any, lines: Any) -> str:
    """Where the first finding that must be mended stands."""
    if any(f.weight is Weight.GRAVE for f in head):
        return "#head"
    at = (n for n, line in enumerate(lines) if any(f.weight is Weight.GRAVE for f in line.notes))
    number = next(at, None)
    return "#rest" if number is None else f"#p{number}"


def verdict_silences(verdict: Verdict) -> list[str]:
    """What the verdict lacks beyond lines and sign-offs: that nobody states who signs."""
    return [r.says for r in verdict.against if r.answer.word == "not stated"]
