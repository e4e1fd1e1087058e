"""From report to published paper: submitted, published with its proof, corrected, withdrawn.

What is public is made whole before anything is stored, and stored in one transaction: an act that
is interrupted leaves nothing public, and one that is not leaves all of it with its hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from concord.commands import texts
from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.decisions import summarise_matter
from concord.commands.matters import Matter, draft_matter, submitted_matter
from concord.commands.search_index import index_publication
from concord.documents.agendas import paper_for
from concord.documents.house import house_formats, named_house
from concord.documents.html import to_html
from concord.documents.paper import Audience, Paper
from concord.documents.pdf import to_pdf
from concord.documents.word import to_word
from concord.domain.calendar import in_words
from concord.domain.decisions.facts import by_organisation
from concord.domain.decisions.lateness import ExitUsed, in_time, lateness
from concord.domain.decisions.matter import Stop
from concord.domain.decisions.sign_offs import may_submit, standings
from concord.records.models import PromiseMet, Publication, TextVersion
from concord.records.models.agreements import matter_kind

HTML, PDF = "text/html", "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAPER, WITHDRAWAL = "paper", "withdrawal"
AGENDA = "agenda and reports"


@dataclass(frozen=True, slots=True)
class Printed:
    """One document of a paper: its kind, its bytes and their hash."""

    media_type: str
    body: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@command("decisions.submit_report")
def submit_report(acting: Acting, place: str, matter: str, revision: int) -> Done[TextVersion]:
    """Makes the draft the matter's next version, once nothing stops it and everyone has signed."""
    act = "decisions.submit_report"
    kind = matter_kind(matter)
    draft = texts.open_draft(place, revision, act, kind)
    _refuse_unready(draft_matter(place, matter, act), acting, act)
    texts.read_or_refuse(place, kind, draft.text, act)
    done = texts.adopt(acting, draft, draft.text, acting.why or "submitted")
    summarise_matter(done.result, matter)
    return done


@command("decisions.publish_paper", allowed_as="decisions.publish")
def publish_paper(
    acting: Acting,
    place: str,
    matter: str,
    stop: str,
    *,
    used: ExitUsed | None = None,
    because: str = "",
) -> Done[tuple[Publication, ...]]:
    """Publishes the paper of one stop as page, PDF and Word file.

    After the last lawful day it needs the lawful exit that was used, which is told of it for ever.
    Where a paper is public already it needs `because`, and takes its place.
    """
    act = "decisions.publish_paper"
    found = submitted_matter(place, matter, act)
    row = found.text.stops.get(stop)
    if row is None:
        known = ", ".join(found.text.stops) or "none"
        raise refuse(act, f"the matter has no stop called {stop[:80]!r}", f"it has: {known}")
    _refuse_unready(found, acting, act)
    late = _lateness(found, place, stop, acting.today, used, act)
    before = _public(place, matter, stop)
    if before and not because.strip():
        says = (
            f"the paper for this stop is public since {in_words(before[HTML].published_at.date())}"
        )
        raise refuse(act, says, "say why it is corrected; the correction then takes its place")
    _refuse_without_house(found, row, place, act)
    paper = _paper(found, place, stop, act)
    made = tuple(_documents(paper))
    rows = tuple(
        _store(acting, place, found, row, one, before.get(one.media_type), late, because)
        for one in made
    )
    what = f"{'corrected' if before else 'published'} the paper of {matter} for {stop}"
    hashes = {one.media_type: one.sha256 for one in made}
    return Done(rows, what, after={"stop": stop, "hashes": hashes, "late": late, "why": because})


@command("decisions.record_promise")
def record_promise(
    acting: Acting, place: str, matter: str, promise: str, on: date, how: str
) -> Done[PromiseMet]:
    """Records that a promise was met: when, and how anybody can see it."""
    act = "decisions.record_promise"
    found = submitted_matter(place, matter, act)
    if promise not in found.text.promises:
        known = ", ".join(found.text.promises) or "none"
        says = f"the report makes no promise called {promise[:80]!r}"
        raise refuse(act, says, f"it makes: {known}")
    if on > acting.today:
        raise refuse(act, f"{in_words(on)} is still to come", "record it once it has been met")
    if not how.strip():
        raise refuse(act, "how it was met is not said", "name the report, minute or page")
    row = PromiseMet.objects.create(
        place_id=place, matter=matter, promise=promise, on=on, how=how,
        recorded_at=acting.now, recorded_by=acting.who,
    )  # fmt: skip
    return Done(row, f"recorded as met: {promise} of {matter}", after={"on": on, "how": how})


@command("decisions.withdraw")
def withdraw(acting: Acting, place: str, publication: int, because: str) -> Done[Publication]:
    """Withdraws something public; it stays readable, marked as withdrawn and why.

    A paper is withdrawn whole: the page, the PDF and the Word file that were published together.
    """
    act = "decisions.withdraw"
    found = Publication.objects.filter(pk=publication, place=place).first()
    if found is None or found.kind == WITHDRAWAL:
        raise refuse(act, "there is no such publication here", "choose one from the register")
    if not because.strip():
        raise refuse(act, "no reason is given", "say why it is withdrawn; the reason is public")
    if found.superseded_by.exists():
        raise refuse(act, "something has already taken its place", "withdraw what took its place")
    together = _published_with(found)
    rows = {row.pk: _withdrawal(acting, row, because) for row in together}
    hashes = {row.media_type: row.sha256 for row in together}
    return Done(rows[found.pk], f"withdrew {found.title}", {"hashes": hashes}, {"why": because})


def _published_with(row: Publication) -> list[Publication]:
    """The documents of one paper, published at one moment; for anything else the row alone."""
    if row.kind != PAPER:
        return [row]
    of_it = Publication.objects.of_matter(row.place_id, row.matter).filter(
        stop=row.stop, kind=PAPER, published_at=row.published_at
    )
    return list(of_it)


def _withdrawal(acting: Acting, row: Publication, because: str) -> Publication:
    body = because.encode()
    made: Publication = Publication.objects.create(
        place_id=row.place_id, matter=row.matter, stop=row.stop, kind=WITHDRAWAL, title=row.title,
        media_type="text/plain", body=body, sha256=hashlib.sha256(body).hexdigest(),
        published_at=acting.now, published_by=acting.who, supersedes=row,
        details={"because": because},
    )  # fmt: skip
    index_publication(made)
    return made


def _refuse_unready(found: Matter, acting: Acting, act: str) -> None:
    rows = standings(found.text, found.arrangement, found.events, acting.today)
    require(may_submit(found.text, rows, found.reading.findings), act)


def _lateness(
    found: Matter, place: str, stop: str, today: date, used: ExitUsed | None, act: str
) -> str:
    """Nothing where a paper is in time, what is said of it for ever where an exit makes it lawful.

    Refused where it is late without one, or where the meeting has been.
    """
    day = found.text.stops[stop].on
    mine = [s for s in by_organisation(found.text, found.arrangement, today) if s.stop == stop]
    tables = [s.clocks for s in mine if s.clocks is not None]
    if not isinstance(day, date) or not tables:
        raise refuse(act, "the day of the meeting is not stated", "give the stop its day first")
    if today > day:
        says = f"the meeting was on {in_words(day)}"
        raise refuse(act, says, "record its decision instead")
    late: dict[str, None] = {}
    for table in tables:
        for step in table.steps:
            if step.clock == AGENDA and step.day and today > step.day:
                require(in_time(step, table.exits, today, used), act)
                told = lateness(step, table.exits, today, used)
                late[told.says if told else ""] = None
    return " ".join(words for words in late if words)


def _refuse_without_house(found: Matter, stop: Stop, place: str, act: str) -> None:
    if named_house(found.text, stop, place) is None:
        says = "no house format is named for this stop"
        raise refuse(
            act, says, f"name one in the stop's format: {', '.join(sorted(house_formats()))}"
        )


def _paper(found: Matter, place: str, stop: str, act: str) -> Paper:
    laid = paper_for(found.text, found.arrangement, place, stop, Audience.PUBLIC)
    if laid.paper is None and not laid.findings:
        says = "the matter is taken wholly in private, and nothing says what the public may see"
        raise refuse(act, says, "name its exempt parts, with their paragraph and reason")
    if laid.paper is None:
        raise texts.TextRefused(laid.findings, act)
    return laid.paper


def _documents(paper: Paper) -> Iterator[Printed]:
    yield Printed(HTML, to_html(paper).encode())
    yield Printed(PDF, to_pdf(paper))
    yield Printed(WORD, to_word(paper))


def _public(place: str, matter: str, stop: str) -> dict[str, Publication]:
    """What is public now for a stop, by the kind of document."""
    rows = Publication.objects.of_matter(place, matter).filter(stop=stop, kind=PAPER)
    return {row.media_type: row for row in rows.filter(superseded_by=None)}


def _store(
    acting: Acting, place: str, found: Matter, stop: Stop, made: Printed,
    before: Publication | None, late: str, because: str,
) -> Publication:  # fmt: skip
    row: Publication = Publication.objects.create(
        place_id=place, matter=_name(found), stop=stop.id, kind=PAPER,
        title=found.text.matter.title,
        media_type=made.media_type, body=made.body, sha256=made.sha256,
        published_at=acting.now, published_by=acting.who, text_version=found.version,
        supersedes=before, late_by=late,
        details={"body": str(stop.body), "on": str(stop.on), "because": because},
    )  # fmt: skip
    index_publication(row)
    return row


def _name(found: Matter) -> str:
    return found.version.kind.partition(":")[2] if found.version else ""
