"""The forward plan of each decision-maker, and every notice that is owed: what it says, by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from concord.domain.decisions.forward_plan import Line, PlanEntry, entries
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.notices import Notice, notices
from concord.domain.decisions.urgency import asked_of
from concord.records.models import MatterSummary, Publication
from concord.records.published_decisions import RECORD
from concord.web.decisions import may_here
from concord.web.decisions_rows import read_stops
from concord.web.notices_exceptional import given, is_exceptional
from concord.web.pages import Page, page
from concord.web.places import Opened, opened
from concord.web.wording import count, long_date, upper_first

_MOST = 60  # matters whose notices one page works out
_MOST_SHOWN = 60  # notices of one page, the first to be given; its data hold them all
_PAPER_KINDS = ("paper", "withdrawal", "agenda", "supplement", RECORD)


@dataclass(frozen=True, slots=True)
class Planned:
    """The forward plan of one decision-maker."""

    maker: str
    organisation: str
    side: str
    kind: str
    entries: tuple[PlanEntry, ...]


def coming(it: Opened) -> tuple[dict[str, MatterText], dict[str, str]]:
    """The matters with a stop still to come, or none with a day, in one question."""
    ahead = Q(last_stop__gte=it.on) | Q(last_stop__isnull=True)
    rows = MatterSummary.objects.filter(ahead, place=it.name).select_related("version")
    texts, titles = {}, {}
    for row in rows.order_by("first_stop", "name")[:_MOST]:
        text = read_stops(row.version.text, it.arrangement).matter
        if text is not None and text.matter is not None:
            texts[row.name], titles[row.name] = text, row.title
    return texts, titles


def published_notices(it: Opened) -> list[Publication]:
    """The notices that were published here, newest first."""
    rows = Publication.objects.register(it.name).exclude(kind__in=_PAPER_KINDS)
    return list(rows.filter(published_at__date__lte=it.on)[:100])


@page("decisions/forward_plan.html", of="forward_plan")
def forward_plan(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    texts, _ = coming(it)
    out = published_notices(it)
    published = {
        (row.matter, row.stop): row.published_at.date()
        for row in reversed(out)
        if row.kind == "forward plan notice"
    }
    found = [
        entry
        for entry in entries(texts, it.arrangement, it.on, published=published)
        if entry.on is None or entry.on >= it.on
    ]
    plans = by_maker(found, it)
    return it.page(
        "Forward plan",
        {"entries": [_entry(one) for one in found]},
        section="decisions",
        plans=plans,
        lead=lead(found),
        twin=reverse("forward_plan.json", args=[place]) + it.asked,
    )


def by_maker(found: Iterable[PlanEntry], it: Opened) -> list[Planned]:
    """The entries of each decision-maker, in the order of their first decision."""
    together: dict[tuple[str, str], list[PlanEntry]] = {}
    for entry in found:
        together.setdefault((entry.maker.id, entry.maker.organisation), []).append(entry)
    return [
        Planned(
            rows[0].maker.label,
            it.names.organisation(whose) if whose in it.arrangement.organisations else "",
            it.names.side(whose),
            rows[0].maker.kind,
            tuple(rows),
        )
        for (_, whose), rows in together.items()
    ]


def lead(found: list[PlanEntry]) -> str:
    """How many decisions are planned, and for how many of them the law asks for a notice."""
    if not found:
        return "No decision is planned from this day on."
    owed = sum(one.required is True for one in found)
    unsure = sum(one.required is None for one in found)
    are = "is" if len(found) == 1 else "are"
    said = [f"{upper_first(count(len(found), 'decision'))} {are} planned."]
    if owed:
        said.append(f"{upper_first(count(owed))} of them must be announced 28 days before.")
    if unsure:
        said.append(f"For {count(unsure)} nobody has stated whether it is key.")
    if not owed and not unsure:
        said.append("None of them has to be announced 28 days before.")
    return " ".join(said)


def _entry(one: PlanEntry) -> dict[str, object]:
    return {
        "matter": one.matter,
        "stop": one.stop,
        "title": one.title,
        "decision_maker": one.maker.label,
        "organisation": one.maker.organisation,
        "on": one.on or "not stated",
        "key": "not stated" if one.key is None else one.key,
        "notice_required": "not stated" if one.required is None else one.required,
        "notice_by": one.by,
        "published": one.published,
        "private": one.private,
        "must_say": [_line(line) for line in one.lines],
        "authority": str(one.authority),
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "letter": line.letter, "asks": line.asks, "says": line.words or "not there yet",
        "remedy": line.remedy or None,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Owed:
    """A notice with the title of its matter, and when it was published here."""

    title: str
    notice: Notice
    published: date | None
    when: str

    @property
    def exceptional(self) -> bool:
        return is_exceptional(self.notice.kind)

    @property
    def asked_of(self) -> str:
        """Who has to be told or to agree, for the notice of a way out."""
        return asked_of(self.notice.way) if self.notice.way else ""


@page("decisions/notices.html", of="notices")
def notices_page(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    texts, titles = coming(it)
    out = published_notices(it)
    days = {_which(r): r.published_at.date() for r in reversed(out)}
    found = [
        _owed(one, titles[name], days.get((name, one.stop, str(one.kind), one.organisation)), it.on)
        for name, text in texts.items()
        for one in notices(name, text, it.arrangement, it.on)
        if one.on is None or one.on >= it.on
    ]
    found.sort(key=lambda one: (not one.exceptional, one.notice.by or date.max, one.title))
    without = given(out)
    more = len(found) - _MOST_SHOWN
    return it.page(
        "Notices",
        {
            "without_28_days": [one.to_data() for one in without],
            "owed": [_notice(one) for one in found],
            "published": [
                {"number": r.pk, "kind": r.kind, "title": r.title, "at": r.published_at,
                 "sha256": r.sha256, "late": r.late_by or None}
                for r in out
            ],
        },
        section="decisions",
        rows=found[:_MOST_SHOWN],
        more=max(more, 0),
        without=without,
        out=[row for row in out if not is_exceptional(row.kind)],
        gives=may_here(request, place, "decisions.publish"),
        lead=_notices_lead(found),
        twin=reverse("notices.json", args=[place]) + it.asked,
    )  # fmt: skip


def _which(row: Publication) -> tuple[str, str, str, str]:
    """Which notice a publication is: at a joint body each organisation gives its own."""
    return row.matter, row.stop, row.kind, str(row.details.get("organisation", ""))


def _owed(one: Notice, title: str, published: date | None, on: date) -> Owed:
    if published:
        when = f"published {long_date(published)}"
    elif one.by and one.by < on:
        when = "whether it was published is not recorded here"
    else:
        when = ""
    return Owed(title, one, published, when)


def _notices_lead(found: list[Owed]) -> str:
    if not found:
        return "No notice is owed from this day on."
    lacking = sum(bool(one.notice.missing) for one in found)
    owed = (
        f"{upper_first(count(len(found), 'notice'))} {'belongs' if len(found) == 1 else 'belong'}"
    )
    said = f"{owed} to the decisions that are planned."
    if lacking:
        lack = "lacks" if lacking == 1 else "lack"
        said += f" {upper_first(count(lacking))} still {lack} something that must be said in it."
    return said


def _notice(one: Owed) -> dict[str, object]:
    return {
        "kind": one.notice.kind,
        "matter": one.notice.matter,
        "stop": one.notice.stop,
        "organisation": one.notice.organisation,
        "decision_maker": one.notice.maker,
        "meeting": one.notice.on,
        "by": one.notice.by,
        "only_if": one.notice.if_ or None,
        "who_must_agree": one.notice.who,
        "published": one.published,
        "must_say": [_line(line) for line in one.notice.lines],
        "authority": str(one.notice.authority),
    }
