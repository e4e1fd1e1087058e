"""A meeting as its commands find it: its matters, files and packs, and what a pack of it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from concord.commands.command import refuse
from concord.commands.matters import calendars_of, events_of
from concord.commands.texts import arrangement_of
from concord.documents.agendas import Content, pack_agenda, paper_for
from concord.documents.appending import Upload
from concord.documents.packs import Agenda
from concord.documents.paper import Audience, Paper
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.audit import canonical
from concord.domain.decisions.agendas import (
    AgendaDue,
    AgendaItem,
    MeetingDay,
    PaperFiled,
    agenda_due,
    items,
    meeting,
    numbered,
)
from concord.domain.decisions.calendars import with_closed_days
from concord.domain.decisions.checks import all_checks
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.reader import read_matter
from concord.domain.decisions.sign_offs import may_submit, standings
from concord.records.models import FiledPaper, MatterSummary, Publication, TextVersion

AGENDA, SUPPLEMENT, CORRECTION = "agenda", "supplement", "correction"
PACKS = (AGENDA, SUPPLEMENT)
PAPER, WITHDRAWAL, HTML = "paper", "withdrawal", "text/html"
TO_FOLLOW = "Report to follow."
_CORRECTED = ", corrected"


@dataclass(frozen=True)
class AtMeeting:
    """One meeting of one body with all that its agenda is made of."""

    place: str
    arrangement: Arrangement
    meets: MeetingDay
    texts: Mapping[str, MatterText]
    versions: Mapping[str, TextVersion]
    files: tuple[FiledPaper, ...]
    packs: tuple[Publication, ...]
    papers: Mapping[str, Publication]

    @property
    def keys(self) -> set[str]:
        return {item.key for item in self.items()}

    def items(self, first: Sequence[str] = ()) -> tuple[AgendaItem, ...]:
        """The items as they stand, late ones with the reason their paper gave."""
        filed = [PaperFiled(str(f.pk), f.title, f.item, f.late) for f in self.files]
        late = {key: row.late_by for key, row in self.papers.items()}
        where = self.meets.body, self.meets.on
        return items(self.texts, self.arrangement, *where, filed, first, late)

    def due(self, today: date) -> tuple[AgendaDue, ...]:
        where = self.meets.body, self.meets.on
        return agenda_due(self.texts, self.arrangement, *where, today)

    def numbers(self) -> dict[str, str]:
        """The number with which each item was published."""
        return {i["key"]: i["number"] for p in self.packs for i in p.details["items"]}

    def sources(self) -> set[str]:
        """What the packs that hold were made from."""
        rows = (i for p in self.packs for i in p.details["items"])
        return {source for i in rows for source in i["sources"]}


@dataclass(frozen=True, slots=True)
class Ready:
    """What one pack will hold, before it is made; its fingerprint changes with any of it."""

    kind: str
    title: str
    contents: tuple[Content, ...]
    agenda: Agenda
    fingerprint: str


def meeting_at(place: str, body: str, on: date, act: str) -> AtMeeting:
    """The meeting with everything that was put to it; refused where nobody knows of it."""
    arrangement = arrangement_of(place)
    calendars = calendars_of(place, arrangement)
    arrangement = with_closed_days(arrangement, calendars)
    rows = MatterSummary.objects.filter(place=place, first_stop__lte=on, last_stop__gte=on)
    versions = {r.name: r.version for r in rows.select_related("version").order_by("title")}
    read = {n: read_matter(v.text, arrangement).matter for n, v in versions.items()}
    texts = {n: t for n, t in read.items() if t is not None and t.matter is not None}
    meets = meeting(texts, calendars, body, on) if body in arrangement.bodies else None
    if meets is None:
        says = f"no meeting of {body[:80]!r} is known on {on.isoformat()}"
        raise refuse(act, says, "choose one from the list of meetings")
    files = tuple(FiledPaper.objects.of_meeting(place, body, on))
    where = {"details__body": body, "details__on": on.isoformat()}
    return AtMeeting(
        place, arrangement, meets, texts, versions, files,
        packs_of(place, body, on), _papers(place, where),
    )  # fmt: skip


def packs_of(place: str, body: str, on: date) -> tuple[Publication, ...]:
    """The agenda and its supplements that hold, in the order of their pages."""
    rows = Publication.objects.filter(
        place=place, kind__in=PACKS, details__body=body, details__on=on.isoformat(),
        superseded_by=None,
    ).defer("body")  # fmt: skip
    return tuple(sorted(rows, key=lambda p: p.details["first"]))


def _papers(place: str, where: Mapping[str, str]) -> dict[str, Publication]:
    """The paper of each stop that is public now, as a page; or that it was withdrawn."""
    rows = Publication.objects.filter(place=place, kind=PAPER, media_type=HTML, **where)
    newest = rows.defer("body").select_related("text_version").prefetch_related("superseded_by")
    return {f"{r.matter}/{r.stop}": r for r in newest.order_by("pk")}


def contents(at: AtMeeting, asked: Mapping[str, Any], today: date, act: str) -> Ready:
    """What the pack asked for holds; refused where there is nothing for it, or no place for it."""
    kind = asked["kind"]
    every = at.items(asked.get("first", ()))
    left_out = set(asked.get("left_out", ()))
    if kind == AGENDA:
        chosen = _for_agenda(at, every, left_out, today, act)
        first, title = 1, "Agenda"
    elif kind == SUPPLEMENT:
        chosen = _for_supplement(at, every, left_out, today, act)
        first = at.packs[-1].details["last"] + 1
        title = f"Supplement {sum(p.kind == SUPPLEMENT for p in at.packs) + 1} to the agenda"
    elif kind == CORRECTION:
        row = _corrected(at, asked, act)
        chosen = _for_correction(at, row, every, today, act)
        plain = row.details["title"].removesuffix(_CORRECTED)
        first, title = row.details["first"], plain + _CORRECTED
    else:
        raise refuse(act, f"{str(kind)[:40]!r} is no kind of pack", "ask for an agenda")
    said = _said(kind, chosen)
    agenda = pack_agenda(
        at.arrangement, at.meets, chosen, kind=title, first=first,
        where=str(asked.get("where", "")).strip(), said=said,
    )  # fmt: skip
    return Ready(kind, title, chosen, agenda, _fingerprint(agenda, chosen))


def _for_agenda(
    at: AtMeeting, every: tuple[AgendaItem, ...], left_out: set[str], today: date, act: str
) -> tuple[Content, ...]:
    if any(p.kind == AGENDA for p in at.packs):
        says = "the agenda of this meeting is public"
        raise refuse(act, says, "publish a supplement to it, or correct it")
    kept = numbered((i for i in every if i.key not in left_out), at.numbers())
    if not kept:
        remedy = "give a matter a stop on that day, or put a file to the meeting"
        raise refuse(act, "there is nothing to put on this agenda", remedy)
    return tuple(_content(at, i, left_out, today, act) for i in kept)


def _for_supplement(
    at: AtMeeting, every: tuple[AgendaItem, ...], left_out: set[str], today: date, act: str
) -> tuple[Content, ...]:
    """What is new since the packs that hold: items, and papers of items that were on them."""
    if not any(p.kind == AGENDA for p in at.packs):
        raise refuse(act, "this meeting has no agenda yet", "publish its agenda first")
    known, told = at.numbers(), at.sources()
    found = []
    for item in numbered((i for i in every if i.key not in left_out), known):
        one = _content(at, item, left_out, today, act)
        if item.key in known:
            one = _only_new(one, told)
        if one.new or one.papers:
            found.append(one)
    if not found:
        says = "nothing has been added since the agenda was published"
        raise refuse(act, says, "add an item, a paper or a file first")
    return tuple(found)


def _only_new(one: Content, told: set[str]) -> Content:
    pairs = zip(one.papers, one.sources, strict=True)
    fresh = [(p, s) for p, s in pairs if s not in told]
    papers, sources = tuple(p for p, _ in fresh), tuple(s for _, s in fresh)
    return replace(one, papers=papers, sources=sources, lacks="", new=False)


def _corrected(at: AtMeeting, asked: Mapping[str, Any], act: str) -> Publication:
    row = next((p for p in at.packs if p.pk == asked.get("corrects")), None)
    if row is None:
        raise refuse(act, "what is to be corrected is not public", "choose the agenda as it is now")
    return row


def _for_correction(
    at: AtMeeting, row: Publication, every: tuple[AgendaItem, ...], today: date, act: str
) -> tuple[Content, ...]:
    """The items that the pack held, as they are now, with their numbers; new ones come later."""
    held = {i["key"]: i for i in row.details["items"]}
    others = {
        s for p in at.packs if p.pk != row.pk for i in p.details["items"] for s in i["sources"]
    }
    kept = numbered((i for i in every if i.key in held), at.numbers())
    found = []
    for item in sorted(kept, key=lambda i: list(held).index(i.key)):
        one = _content(at, item, set(), today, act)
        found.append(one if held[item.key]["new"] else _only_new(one, others))
    if not found:
        says = "none of its items comes to this meeting any more"
        raise refuse(act, says, "withdraw the agenda and say why")
    return tuple(found)


def _content(at: AtMeeting, item: AgendaItem, left_out: set[str], today: date, act: str) -> Content:
    """One item with its papers: ours first, then the files that were put to it."""
    papers: list[Paper | Upload] = []
    sources, lacks = [], ""
    if item.matter:
        source, paper, lacks = _own(at, item, today)
        if paper is not None:
            papers.append(paper)
            sources.append(source)
    for file in at.files:
        if str(file.pk) in item.files and f"file/{file.pk}" not in left_out:
            papers.append(_uploaded(file, act))
            sources.append(f"file:{file.pk}")
    return Content(item, tuple(papers), tuple(sources), lacks)


def _uploaded(file: FiledPaper, act: str) -> Upload:
    pdf = bytes(FiledPaper.objects.only("pdf").get(pk=file.pk).pdf)
    if hashlib.sha256(pdf).hexdigest() != file.sha256:
        says = f"{file.title} is no longer the file that was kept"
        raise refuse(act, says, "put the file to the meeting again, and verify the evidence")
    return Upload(file.title, file.name, pdf, file.ask)


def _own(at: AtMeeting, item: AgendaItem, today: date) -> tuple[str, Paper | None, str]:
    """Our own paper of an item: as it is public, else as it was submitted and signed."""
    public = at.papers.get(item.key)
    gone = public.superseded_by.first() if public else None
    if gone is not None and gone.kind == WITHDRAWAL:
        return "", None, "Its paper was withdrawn."
    version = public.text_version if public else at.versions[item.matter]
    reading = read_matter(version.text, at.arrangement, checks=(all_checks,))
    text = reading.matter
    if text is None or text.matter is None:
        return "", None, TO_FOLLOW
    if public is None:
        rows = standings(text, at.arrangement, events_of(at.place, item.matter), today)
        if not may_submit(text, rows, reading.findings).stands:
            return "", None, TO_FOLLOW
    laid = paper_for(text, at.arrangement, at.place, item.stop, Audience.PUBLIC)
    if laid.paper is None:
        return "", None, TO_FOLLOW if laid.findings else "Its paper is not for publication."
    return f"version:{version.pk}", laid.paper, ""


def _said(kind: str, chosen: tuple[Content, ...]) -> tuple[str, ...]:
    """What the first page of a supplement says it brings."""
    if kind != SUPPLEMENT:
        return ()
    return ("This supplement adds " + "; ".join(_adds(chosen)) + ".",)


def _adds(chosen: tuple[Content, ...]) -> Iterator[str]:
    for one in chosen:
        if one.new:
            yield f"item {one.item.number}, {one.item.title}"
        else:
            many = "a paper" if len(one.papers) == 1 else f"{len(one.papers)} papers"
            yield f"{many} to item {one.item.number}, {one.item.title}"


def _fingerprint(agenda: Agenda, chosen: tuple[Content, ...]) -> str:
    rows = [(i.number, i.title, i.note) for i in agenda.items]
    known = [agenda.kind, agenda.first, agenda.at, agenda.where, agenda.said, rows]
    sources = [(c.item.key, c.sources, c.new) for c in chosen]
    return hashlib.sha256(str(canonical([known, sources])).encode()).hexdigest()
