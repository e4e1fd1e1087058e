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
from concord.commands.matters import Matter, calendars_of, draft_matter, submitted_matter
from concord.documents.house import HouseFormat, house_formats
from concord.documents.html import to_html
from concord.documents.layout import lay_out
from concord.documents.paper import Audience, Paper
from concord.documents.pdf import to_pdf
from concord.documents.word import to_word
from concord.domain.calendar import in_words
from concord.domain.decisions.matter import Stop
from concord.domain.decisions.report import Report
from concord.domain.decisions.routes import PlannedStop, plan_route
from concord.domain.decisions.sign_offs import may_submit, standings
from concord.domain.findings import Answer, Reason, Refused, Verdict
from concord.records.models import Publication, TextVersion
from concord.records.models.agreements import matter_kind

HTML, PDF = "text/html", "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAPER, WITHDRAWAL = "paper", "withdrawal"


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
    acting: Acting, place: str, matter: str, stop: str, *, late_by: str = "", because: str = ""
) -> Done[tuple[Publication, ...]]:
    """Publishes the paper of one stop as page, PDF and Word file.

    After the last lawful day it needs `late_by`, the lawful way out with its reason, which is
    shown for ever. Where a paper is public already it needs `because`, and takes its place.
    """
    act = "decisions.publish_paper"
    found = submitted_matter(place, matter, act)
    row = found.text.stops.get(stop)
    if row is None:
        known = ", ".join(found.text.stops) or "none"
        raise refuse(act, f"the matter has no stop called {stop[:80]!r}", f"it has: {known}")
    _refuse_unready(found, acting, act)
    late = _lateness(found, place, stop, acting.today, late_by, act)
    before = _public(place, matter, stop)
    if before and not because.strip():
        says = (
            f"the paper for this stop is public since {in_words(before[HTML].published_at.date())}"
        )
        raise refuse(act, says, "say why it is corrected; the correction then takes its place")
    paper = _paper(found, _house(found, row, place, act), stop, act)
    made = tuple(_documents(paper))
    rows = tuple(
        _store(acting, place, found, row, one, before.get(one.media_type), late, because)
        for one in made
    )
    what = f"{'corrected' if before else 'published'} the paper of {matter} for {stop}"
    hashes = {one.media_type: one.sha256 for one in made}
    return Done(rows, what, after={"stop": stop, "hashes": hashes, "late": late, "why": because})


@command("decisions.withdraw")
def withdraw(acting: Acting, place: str, publication: int, because: str) -> Done[Publication]:
    """Withdraws something public; it stays readable, marked as withdrawn and why."""
    act = "decisions.withdraw"
    found = Publication.objects.filter(pk=publication, place=place).first()
    if found is None or found.kind == WITHDRAWAL:
        raise refuse(act, "there is no such publication here", "choose one from the register")
    if not because.strip():
        raise refuse(act, "no reason is given", "say why it is withdrawn; the reason is public")
    if found.superseded_by.exists():
        raise refuse(act, "something has already taken its place", "withdraw what took its place")
    body = because.encode()
    row = Publication.objects.create(
        place_id=place, matter=found.matter, stop=found.stop, kind=WITHDRAWAL, title=found.title,
        media_type="text/plain", body=body, sha256=hashlib.sha256(body).hexdigest(),
        published_at=acting.now, published_by=acting.who, supersedes=found,
        details={"because": because},
    )  # fmt: skip
    return Done(row, f"withdrew {found.title}", {"sha256": found.sha256}, {"why": because})


def _refuse_unready(found: Matter, acting: Acting, act: str) -> None:
    rows = standings(found.text, found.arrangement, found.events, acting.today)
    require(may_submit(found.text, rows, found.reading.findings), act)


def _lateness(found: Matter, place: str, stop: str, today: date, late_by: str, act: str) -> str:
    """Nothing where it is in time; the way out where it is late and has one; refused otherwise."""
    calendars = calendars_of(place, found.arrangement)
    step = plan_route(found.arrangement, found.text, calendars, rescue=False).step(stop)
    if step is None or step.on is None:
        raise refuse(act, "the day of the meeting is not stated", "give the stop its day first")
    if today > step.on:
        says = f"the meeting was on {in_words(step.on)}"
        raise refuse(act, says, "record its decision instead")
    if step.papers_close is None or today <= step.papers_close:
        return ""
    if late_by.strip():
        return f"{_late(step)}: {late_by.strip()}"
    raise Refused(Verdict(Answer.NEEDS, (_too_late(step),)), act)


def _late(step: PlannedStop) -> str:
    day = in_words(step.papers_close) if step.papers_close else ""
    return f"published after {day}, the last day"


def _too_late(step: PlannedStop) -> Reason:
    papers = step.papers
    authority = papers.authority if papers else None
    says = (
        f"the papers had to be public by {in_words(step.papers_close)}" if step.papers_close else ""
    )
    remedy = (
        "name the lawful way out and its reason (an urgent item for special circumstances, in "
        "the chair's opinion; a meeting convened at shorter notice), or move the item"
    )
    reason = Reason(Answer.NEEDS, says, remedy=remedy)
    return Reason(Answer.NEEDS, says, authority, remedy) if authority else reason


def _house(found: Matter, stop: Stop, place: str, act: str) -> HouseFormat:
    """The format of the stop, of the report, or of the place, in that order."""
    report = found.text.report
    formats = house_formats()
    wanted = [stop.format_, *(report.formats if isinstance(report, Report) else ()), place]
    for name in wanted:
        if isinstance(name, str) and name in formats:
            return formats[name]
    says = "no house format is named for this stop"
    raise refuse(act, says, f"name one in the stop's format: {', '.join(sorted(formats))}")


def _paper(found: Matter, house: HouseFormat, stop: str, act: str) -> Paper:
    laid = lay_out(found.text, found.arrangement, house, Audience.PUBLIC, stop)
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
    return row


def _name(found: Matter) -> str:
    return found.version.kind.partition(":")[2] if found.version else ""
