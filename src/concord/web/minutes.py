"""Minutes: public once a later meeting approved them; until then only whoever writes them reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from concord.commands.meetings_read import at_meeting
from concord.commands.minutes_read import MinutesOn, minutes_on, public_minutes
from concord.documents.minutes import public_lines
from concord.domain.agreements.labels import label
from concord.domain.decisions.minutes import MinuteLine, MinutesAct, MinutesStage
from concord.domain.decisions.minuting import KEPT_BACK, as_text, from_text
from concord.records.models import Meeting, Publication
from concord.web.agendas import day_of
from concord.web.decisions import may_here
from concord.web.pages import Page, page, today
from concord.web.places import Opened, opened
from concord.web.posting import new_key
from concord.web.wording import count, long_date, upper_first

_MOST = 200  # meetings whose minutes one list shows


@dataclass(frozen=True, slots=True)
class Section:
    """One item of the minutes: its title, its lines, and whether some of them are kept back."""

    item: str
    title: str
    lines: list[MinuteLine] = field(default_factory=list)
    kept_back: bool = False

    @property
    def text(self) -> str:
        """The lines as an editor writes them."""
        return "".join(
            line for line in as_text(self.lines).splitlines(keepends=True) if line[:2] != "# "
        )


def sections(lines: Iterable[MinuteLine], titles: dict[str, str], writes: bool) -> list[Section]:
    """The minutes item by item; the public sees the public lines alone."""
    found = []
    for item, rows in groupby(lines, key=lambda x: x.item):
        every = list(rows)
        shown = every if writes else list(public_lines(every))
        kept = any(x.private for x in every)
        found.append(Section(item, titles.get(item, item), shown, kept))
    return found


@page("follow_up/minutes_list.html", of="minutes")
def minutes_page(request: HttpRequest, place: str) -> Page:
    """Every approved minutes; to whoever writes them also those on their way."""
    it = opened(request, place)
    writes = may_here(request, place, "minutes.write")
    public = public_minutes(place)
    waiting = list(_on_their_way(place, it.on)) if writes else []
    return it.page(
        "Minutes",
        {"minutes": [_row(m, it) for m in public]},
        section="decisions", rows=public, waiting=waiting, writes=writes, Stage=MinutesStage,
        lead=_lead(len(public), len(waiting), writes), on_day=lambda m: m.meeting.on.isoformat(),
        twin=reverse("minutes.json", args=[place]) + it.asked,
    )  # fmt: skip


def _on_their_way(place: str, on: date) -> Iterable[MinutesOn]:
    """The minutes of every closed meeting that are not public yet, drafted or not."""
    closed = Meeting.objects.filter(place=place, closed=True, on__lte=on).order_by("-on")[:_MOST]
    for meeting in closed:
        for body in meeting.bodies:
            found = minutes_on(meeting, body)
            if not found.fact.public:
                yield found


def _lead(public: int, waiting: int, writes: bool) -> str:
    said = f"{upper_first(count(public, 'meeting has', 'meetings have'))} approved minutes."
    if not public:
        said = "No minutes are approved yet. They are public once a later meeting approves them."
    if writes and waiting:
        said += f" {upper_first(count(waiting))} {'is' if waiting == 1 else 'are'} on the way."
    return said


def _row(one: MinutesOn, it: Opened) -> dict[str, Any]:
    return {
        "body": one.body, "meeting": one.meeting.name, "of": one.meeting.on,
        "approved": one.fact.approved, "signed_by": one.fact.signed_by or "not yet",
        "address": address(it.name, one.body, one.meeting.on),
    }  # fmt: skip


def address(place: str, body: str, on: date) -> str:
    """Where the minutes of a body's meeting are read."""
    return reverse("meeting_minutes", args=[place, body, on.isoformat()])


def found_minutes(place: str, body: str, day: str) -> MinutesOn:
    """The minutes of that body's meeting of that day; 404 where there was none."""
    meeting = Meeting.objects.of_body(place, body, day_of(day)).select_related("arrangement")
    first = meeting.first()
    if first is None:
        raise Http404(f"no meeting of {body} on {day} was held")
    return minutes_on(first, body)


@page("follow_up/minutes.html", of="meeting_minutes")
def minutes(request: HttpRequest, place: str, body: str, day: str) -> Page:
    """One body's minutes: the public's once approved, before that whoever writes them alone."""
    it, one = opened(request, place), found_minutes(place, body, day)
    writes = may_here(request, place, "minutes.write")
    return minutes_shown(it, one, writes)


def minutes_shown(
    it: Opened, one: MinutesOn, writes: bool, *, yours: tuple[MinuteLine, ...] = (), why: str = "",
) -> Page:  # fmt: skip
    """The page of one body's minutes; `yours` are lines that met somebody else's change."""
    shows = writes or one.fact.public
    titles = _titles(one)
    found = sections(one.lines, titles, writes) if shows else []
    edited = sections(yours, titles, writes=True) if yours else found
    editable = writes and not one.fact.public and bool(one.entries)
    body = label(it.arrangement, one.body)
    return it.page(
        f"Minutes: {body}, {long_date(one.meeting.on)}",
        {
            "body": one.body, "meeting": one.meeting.name, "of": one.meeting.on,
            "state": str(one.fact.stage) if one.fact.public or writes else "not approved yet",
            "approved": one.fact.approved, "presided_at_approval": one.fact.presided or None,
            "signed_by": one.fact.signed_by or None,
            "items": [_item(s) for s in found],
        },
        section="decisions", one=one, body_title=body, found=found, edited=edited, shows=shows,
        editable=editable, writes=writes, key=new_key(), lead=_said(one, shows), yours=bool(yours),
        why=why, seen=one.seen, Stage=MinutesStage, Act=MinutesAct, KEPT_BACK=KEPT_BACK,
        documents=_documents(one) if one.fact.public else [], later=_later(one) if writes else [],
        where=[it.name, one.body, one.meeting.on.isoformat()],
        twin=reverse("meeting_minutes.json", args=[it.name, one.body, one.meeting.on.isoformat()]),
    )  # fmt: skip


def _titles(one: MinutesOn) -> dict[str, str]:
    return {k: put.title for k, put in at_meeting(one.meeting).record.items.items()}


def _item(one: Section) -> dict[str, Any]:
    return {
        "item": one.item or None, "title": one.title or None,
        "lines": [x.says for x in one.lines], "part_kept_back": one.kept_back,
    }  # fmt: skip


def _said(one: MinutesOn, shows: bool) -> str:
    """How far the minutes are, in a sentence."""
    fact = one.fact
    if not shows:
        return "These minutes are not approved yet. They are public once a later meeting does so."
    if not one.entries:
        closed = (
            "Draft them from the record." if one.meeting.closed else "The meeting is not closed."
        )
        return f"These minutes are not drafted yet. {closed}"
    if fact.public and fact.approved:
        signed = f" Signed by {fact.signed_by}." if fact.signed_by else " Not signed yet."
        return f"Approved on {long_date(fact.approved)}.{signed}"
    return (
        "A draft, read by nobody but those who write it."
        if fact.stage is MinutesStage.DRAFT
        else ("Put for approval at the next meeting; not public before that.")
    )


def _documents(one: MinutesOn) -> list[Publication]:
    """The documents that were published when they were approved, each with its proof."""
    rows = Publication.objects.filter(
        place=one.meeting.place_id, kind="minutes", details__meeting=one.meeting.name,
        details__body=one.body,
    )  # fmt: skip
    return list(rows.defer("body").order_by("pk"))


def _later(one: MinutesOn) -> list[tuple[str, str]]:
    """The later meetings of the body held by today, one of which may have approved them."""
    rows = Meeting.objects.filter(place=one.meeting.place_id, on__gt=one.meeting.on)
    kept = [m for m in rows.filter(on__lte=today()).order_by("on") if one.body in m.bodies]
    return [(m.name, f"{m.title}, {long_date(m.on)}") for m in kept]


def lines_sent(items: Iterable[tuple[str, str]]) -> tuple[MinuteLine, ...]:
    """The lines of a form: for each item the text of its field."""
    return tuple(
        MinuteLine(item, line.says, line.private)
        for item, text in items
        for line in from_text(_unmarked(text))
    )


def _unmarked(text: str) -> str:
    """A field's text, in which a line that begins as an item's does is a line like any other."""
    return "\n".join(line.lstrip("# ") if line[:2] == "# " else line for line in text.splitlines())
