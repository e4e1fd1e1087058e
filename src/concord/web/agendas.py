"""Meetings: when each body meets, what comes to it, and the agenda with its papers as published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from concord.commands.agendas_read import AGENDA, HTML, PACKS, PAPER, SUPPLEMENT
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.labels import label
from concord.domain.calendar import in_words
from concord.domain.decisions.agendas import (
    AgendaDue,
    AgendaItem,
    MeetingDay,
    agenda_due,
    items,
    meeting,
    meetings,
    note_of,
)
from concord.domain.decisions.calendars import NO_CALENDARS, with_closed_days
from concord.domain.decisions.matter import MatterText
from concord.domain.language.values import FIRST_DAY, LAST_DAY
from concord.domain.places.policy import About, may
from concord.records.models import FiledPaper, MatterSummary, Meeting, Publication
from concord.records.models.accounts import role_facts_of
from concord.web.decisions import calendars_of, may_here
from concord.web.decisions_rows import read_stops
from concord.web.meetings_calling import called
from concord.web.meetings_changed import Change, all_marked, by_day, marked
from concord.web.pages import Page, page, today
from concord.web.places import Opened, opened
from concord.web.wording import count, long_date, upper_first
from concord.web.wording import listed as named

PER_PAGE = 40
_MOST = 400  # matters that one list looks at


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting in a list, and what of its agenda is public."""

    meets: MeetingDay
    body: str
    says: str
    public: bool
    called: Meeting | None = None


@page("decisions/agendas.html", of="meetings")
def meetings_page(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    past, number = request.GET.get("when") == "past", _page_number(request)
    chosen = request.GET.get("body", "")
    chosen = chosen if chosen in it.arrangement.bodies else ""
    held = called(place)
    every = all_marked(_with_called(_every(it), held), gone := by_day(place))
    found = [m for m in every if (m.on < it.on) is past and (not chosen or m.body == chosen)]
    if past:
        found.reverse()
    start = (number - 1) * PER_PAGE
    public = _public(it)
    rows = [_row(m, it, public, held, gone) for m in found[start : start + PER_PAGE]]
    more = len(found) > start + PER_PAGE
    twin = reverse("meetings.json", args=[place])
    asked = f"?when={'past' if past else 'coming'}" + (f"&body={chosen}" if chosen else "")
    return it.page(
        "Meetings",
        {
            "meetings": [_row_data(place, row) for row in rows],
            "more": f"{twin}{asked}&page={number + 1}" if more else None,
        },
        section="decisions", rows=rows, past=past, number=number, is_more=more, chosen=chosen,
        bodies=[(b.id, b.label) for b in it.arrangement.bodies.values()],
        lead=_lead(found, it, past=past), twin=twin + it.asked, query=asked,
        clerk=may_here(request, place, "meetings.call"),
    )  # fmt: skip


def _page_number(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 5 else 1


def _every(it: Opened) -> tuple[MeetingDay, ...]:
    rows = MatterSummary.objects.filter(place=it.name).select_related("version")
    texts = texts_of(rows.order_by("-last_stop", "name")[:_MOST], it)
    return meetings(texts, it.arrangement, calendars_of(it)[0])


def texts_of(rows: Iterable[MatterSummary], it: Opened) -> dict[str, MatterText]:
    """The matters that can be read, by their names."""
    read = {row.name: read_stops(row.version.text, it.arrangement).matter for row in rows}
    return {n: t for n, t in read.items() if t is not None and t.matter is not None}


def _public(it: Opened) -> set[tuple[str, str]]:
    """The meetings whose agenda is public."""
    rows = Publication.objects.filter(place=it.name, kind=AGENDA, superseded_by=None)
    return {(d["body"], d["on"]) for d in rows.values_list("details", flat=True)}


def _with_called(
    known: Iterable[MeetingDay], held: Mapping[tuple[str, date], Meeting]
) -> tuple[MeetingDay, ...]:
    """The meetings of the calendar and the matters, with those that were called besides."""
    listed = {(m.body, m.on): m for m in known}
    for (body, on), row in held.items():
        listed.setdefault((body, on), MeetingDay(body, on, row.starts_at, listed=False))
    return tuple(sorted(listed.values(), key=lambda m: (m.on, m.at or "99", m.body)))


def every_meeting(it: Opened) -> tuple[MeetingDay, ...]:
    """Every meeting that is known, of the calendar, of a matter or called, by day."""
    return all_marked(_with_called(_every(it), called(it.name)), by_day(it.name))


def _row(
    meets: MeetingDay, it: Opened, public: set[tuple[str, str]],
    held: Mapping[tuple[str, date], Meeting], gone: Mapping[tuple[str, date], Change],
) -> Row:  # fmt: skip
    out = (meets.body, meets.on.isoformat()) in public
    change = gone.get((meets.body, meets.on))
    if meets.cancelled:
        says = change.says if change else "Called off."
    elif meets.matters:
        verb = "comes" if meets.matters == 1 else "come"
        says = f"{upper_first(count(meets.matters, 'matter'))} {verb} to it."
    else:
        says = "No matter recorded here comes to it."
    row = held.get((meets.body, meets.on)) or (change.meeting if change else None)
    if not meets.listed:
        named_by = "Its day is named by a matter and"
        by = "It was called and is" if row and not meets.matters else named_by
        says += f" {by} not in the calendar."
    if row and len(row.bodies) > 1:
        others = [label(it.arrangement, b) for b in row.bodies if b != meets.body]
        says += f" Meets together with {named(others)}."
    return Row(meets, label(it.arrangement, meets.body), says, out, row)


def _row_data(place: str, row: Row) -> dict[str, Any]:
    meets = row.meets
    return {
        "body": meets.body, "title": row.body, "on": meets.on, "at": meets.at or "not stated",
        "cancelled": meets.cancelled, "in_calendar": meets.listed, "matters": meets.matters,
        "agenda_public": row.public,
        "address": reverse("agenda", args=[place, meets.body, meets.on.isoformat()]),
        "meeting": reverse("meeting", args=[place, row.called.name]) if row.called else None,
    }  # fmt: skip


def _lead(found: list[MeetingDay], it: Opened, *, past: bool) -> str:
    if not found:
        return "No past meeting is known here." if past else "No meeting to come is known here."
    if past:
        return f"{upper_first(count(len(found), 'meeting'))} before {long_date(it.on)}."
    first = next((m for m in found if not m.cancelled), found[0])
    many = upper_first(count(len(found), "meeting is", "meetings are"))
    body = label(it.arrangement, first.body)
    return f"{many} to come. Next: {body}, {long_date(first.on)}."


@dataclass(frozen=True, slots=True)
class OpenedMeeting:
    """One meeting as its pages show it."""

    it: Opened
    meets: MeetingDay
    texts: dict[str, MatterText]
    due: tuple[AgendaDue, ...]
    packs: tuple[Publication, ...]
    gone: Change | None = None

    @property
    def where(self) -> list[str]:
        return [self.it.name, self.meets.body, self.meets.on.isoformat()]

    @property
    def title(self) -> str:
        return f"{label(self.it.arrangement, self.meets.body)}, {long_date(self.meets.on)}"

    @property
    def holding(self) -> list[Publication]:
        """The packs that hold, in the order of their pages."""
        gone = {p.supersedes_id for p in self.packs} | self._withdrawn
        return sorted(
            (p for p in self.packs if p.pk not in gone), key=lambda p: int(p.details["first"])
        )

    @property
    def _withdrawn(self) -> set[int | None]:
        rows = Publication.objects.filter(supersedes__in=[p.pk for p in self.packs])
        return set(rows.values_list("supersedes_id", flat=True))


def day_of(words: str) -> date:
    """The day in an address; 404 where it is none."""
    try:
        on = date.fromisoformat(words)
    except ValueError:
        raise Http404(f"{words} is not a day") from None
    if not FIRST_DAY <= on <= LAST_DAY or on.isoformat() != words:
        raise Http404(f"{words} is not a day")
    return on


def opened_meeting(request: HttpRequest, place: str, body: str, day: str) -> OpenedMeeting:
    """The meeting of that body on that day; 404 where nobody knows of it."""
    it, on = opened(request, place), day_of(day)
    rows = MatterSummary.objects.filter(place=place, first_stop__lte=on, last_stop__gte=on)
    texts = texts_of(rows.select_related("version").order_by("title"), it)
    calendars = calendars_of(it)[0]
    packs = Publication.objects.filter(
        place=place, kind__in=PACKS, details__body=body, details__on=day
    )
    out = tuple(packs.defer("body").order_by("-pk"))
    known = body in it.arrangement.bodies
    meets = meeting(texts, calendars, body, on) if known else None
    if meets is None and out and known:
        meets = MeetingDay(body, on, listed=False)
    gone = by_day(place) if known else {}
    if meets is None and (body, on) in gone:
        meets = MeetingDay(body, on, listed=False)
    if meets is None:
        raise Http404(f"no meeting of {body} on {day} is known")
    dated = with_closed_days(it.arrangement, calendars) if calendars is not NO_CALENDARS else None
    due = agenda_due(texts, dated or it.arrangement, body, on, it.on)
    change = gone.get((body, on))
    return OpenedMeeting(it, marked(meets, gone), texts, due, out, change)


@page("decisions/agenda.html", of="agenda")
def agenda(request: HttpRequest, place: str, body: str, day: str) -> Page:
    """What comes to one meeting: as it was published, and what has been added to it since."""
    one = opened_meeting(request, place, body, day)
    it, meets = one.it, one.meets
    holding = one.holding
    listed = [row for p in holding for row in _published(p, place)]
    known = {row["key"] for row in listed}
    own = items(one.texts, it.arrangement, body, meets.on)
    public = _papers(place, body, day)
    coming = [_coming(i, it, public) for i in own if i.key not in known]
    clerk = may(role_facts_of(request.user), "decisions.publish", About(place), today()).stands
    files = list(FiledPaper.objects.of_meeting(place, body, meets.on)) if clerk else []
    return it.page(
        one.title,
        {
            "body": body, "meets": meets.on, "at": meets.at or "not stated",
            "cancelled": meets.cancelled, "organisations": list(owners_of(it.arrangement, body)),
            "due": [_due(d) for d in one.due],
            "items": listed, "not_yet_published": coming,
            "packs": [_pack(p, place) for p in holding],
        },
        section="decisions", one=one, holding=holding, rows=one.packs, items=listed,
        coming=coming, clerk=clerk, files=files, superseded=_superseded(one.packs),
        owners=_owners(it, body),
        lead=_agenda_lead(one, own, holding), SUPPLEMENT=SUPPLEMENT,
        keys=[(i.key, f"{i.number}. {i.title}") for i in own],
        twin=reverse("agenda.json", args=one.where) + it.asked,
    )  # fmt: skip


def _owners(it: Opened, body: str) -> list[tuple[str, str]]:
    """Whose body it is, each with its side."""
    owners = owners_of(it.arrangement, body)
    return [(it.names.organisation(o), it.names.side(o)) for o in owners]


def _superseded(packs: tuple[Publication, ...]) -> dict[int, int]:
    rows = Publication.objects.filter(supersedes__in=[p.pk for p in packs])
    return dict(rows.values_list("supersedes_id", "pk"))


def _published(pack: Publication, place: str) -> Iterable[dict[str, Any]]:
    """The items of a pack as they were published; a supplement's papers to an item say so."""
    for item in pack.details["items"]:
        ours = any(source.startswith("version:") for source in item["sources"])
        yield {
            **{k: item[k] for k in ("key", "number", "title", "note", "page", "new", "papers")},
            "pack": pack.pk, "of": pack.details["title"],
            "paper": reverse("paper", args=[place, item["matter"], item["stop"]])
            if ours
            else None,
            "matter": reverse("matter", args=[place, item["matter"]]) if item["matter"] else None,
        }  # fmt: skip


def _papers(place: str, body: str, day: str) -> set[str]:
    rows = Publication.objects.filter(
        place=place, kind=PAPER, media_type=HTML, superseded_by=None,
        details__body=body, details__on=day,
    )  # fmt: skip
    return {f"{m}/{s}" for m, s in rows.values_list("matter", "stop")}


def _coming(item: AgendaItem, it: Opened, public: set[str]) -> dict[str, Any]:
    return {
        "key": item.key, "title": item.title, "note": note_of(item, it.arrangement),
        "paper_public": item.key in public,
        "matter": reverse("matter", args=[it.name, item.matter]),
        "paper": reverse("paper", args=[it.name, item.matter, item.stop]),
    }  # fmt: skip


def _due(due: AgendaDue) -> dict[str, Any]:
    return {
        "organisation": due.organisation, "by": due.step.day or due.step.when,
        "what": due.step.what, "authority": str(due.step.authority),
    }  # fmt: skip


def _pack(pack: Publication, place: str) -> dict[str, Any]:
    told = pack.details
    return {
        "number": pack.pk, "title": told["title"], "pages": [told["first"], told["last"]],
        "published_at": pack.published_at, "sha256": pack.sha256, "late": pack.late_by or None,
        "not_tagged": told["not_tagged"],
        "address": reverse("publication", args=[place, pack.pk]),
        "document": reverse("document", args=[place, pack.pk]),
    }  # fmt: skip


def _agenda_lead(
    one: OpenedMeeting, own: tuple[AgendaItem, ...], holding: list[Publication]
) -> str:
    if one.meets.cancelled:
        return one.gone.says if one.gone else "This meeting was called off."
    if holding:
        first = holding[0]
        said = f"The agenda was published on {long_date(first.published_at.date())}"
        added = sum(p.kind == SUPPLEMENT for p in holding)
        return said + (f", with {count(added, 'supplement')} since." if added else ".")
    if not own:
        return "No matter recorded here comes to this meeting yet."
    many = upper_first(count(len(own), "matter comes", "matters come"))
    last = min((d.step.day for d in one.due if d.step.day), default=None)
    by = f" It has to be public by {in_words(last)}." if last else ""
    return f"{many} to this meeting. Its agenda is not published yet.{by}"
