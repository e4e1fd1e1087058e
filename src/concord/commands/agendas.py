"""A meeting's agenda: files put to it, its pack published with proof, supplemented, corrected.

Local Government Act 1972, section 100B: an agenda and its reports are open to the public before the
meeting, what is added is open from when it is added, and what is exempt is in neither.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from concord.commands.agendas_read import CORRECTION, AtMeeting, contents, meeting_at
from concord.commands.agendas_standing import Laid, lay_out, until_still
from concord.commands.command import Acting, Done, command, refuse, require
from concord.documents.appending import NotUsable
from concord.documents.uploads import examine
from concord.domain.agreements.labels import label
from concord.domain.calendar import in_words
from concord.domain.decisions.agendas import may_publish_agenda, told_late
from concord.domain.decisions.lateness import ExitUsed
from concord.records.models import FiledPaper, PackMaking, Publication

PDF = "application/pdf"
_PUBLISH = "decisions.publish_agenda"
_LONGEST_TITLE = 300


@command("decisions.upload_paper")
def upload_paper(
    acting: Acting, place: str, body: str, on: date, *, title: str, name: str, pdf: bytes,
    item: str = "", ask: str = "", late: str = "", replaces: int | None = None,
) -> Done[FiledPaper]:  # fmt: skip
    """Keeps a file that others made for one meeting; it is public once a pack holds it."""
    act = "decisions.upload_paper"
    at = meeting_at(place, body, on, act)
    if acting.today > on:
        says = f"the meeting was on {in_words(on)}"
        raise refuse(act, says, "put the file to a meeting to come")
    title = " ".join(title.split())[:_LONGEST_TITLE]
    if not title:
        raise refuse(act, "the file has no title", "say what the agenda calls it")
    if item and item not in at.keys:
        raise refuse(act, f"no item of this meeting is {item[:80]!r}", "choose one of its items")
    before = next((f for f in at.files if f.pk == replaces), None) if replaces else None
    if replaces and before is None:
        says = "the file it takes the place of is not before this meeting"
        raise refuse(act, says, "look at the meeting's files again")
    found = examine(name, pdf)
    if isinstance(found, NotUsable):
        raise refuse(act, f"{title}: {found.says}", found.remedy)
    row = FiledPaper.objects.create(
        place_id=place, body=body, on=on, item=item, title=title, name=_plain_name(name),
        ask=ask.strip()[:200], late=late.strip(), pdf=pdf, pages=found.pages,
        sha256=hashlib.sha256(pdf).hexdigest(), replaces=before,
        filed_at=acting.now, filed_by=acting.who,
    )  # fmt: skip
    after = {"title": title, "name": row.name, "pages": row.pages, "sha256": row.sha256}
    what = f"put {title} to the meeting of {body} on {on.isoformat()}"
    return Done(row, what, {"replaces": before.sha256} if before else None, after)


def _plain_name(name: str) -> str:
    """The file's own name without a path, as it is shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[:200] or "file.pdf"


@dataclass(frozen=True, slots=True)
class _Public:
    """A pack as it would be public: what it was made of, its title, and why it is late."""

    at: AtMeeting
    row: PackMaking
    title: str
    late: str


def publish_agenda(
    acting: Acting, place: str, making: UUID, *, used: tuple[ExitUsed, ...] = (), because: str = ""
) -> Publication:
    """Publishes a pack that was made: an agenda, a supplement, or a correction of either.

    After the last lawful day it needs the lawful exit that was used, which is told of it for ever.
    Whether it is still what the papers say is found before the act, and that nothing changed
    since within it, so that nobody waits for a pack.
    """
    row = PackMaking.objects.filter(pk=making, place=place).defer("pdf").first()
    body, on = (row.body, row.on) if row else ("", acting.today)

    def attempt() -> Publication:
        laid = lay_out(place, body, on, lambda: _ready(acting, place, row, used, because))
        return _publish_laid(acting, place, laid, because)

    return until_still(_PUBLISH, attempt)


def _ready(
    acting: Acting, place: str, row: PackMaking | None, used: tuple[ExitUsed, ...], because: str
) -> _Public:
    """The pack with all that stands for it; refused where it may not be public."""
    act = _PUBLISH
    if row is None or row.state != PackMaking.MADE:
        raise refuse(act, "there is no such pack that has been made", "make the pack first")
    at = meeting_at(place, row.body, row.on, act)
    due = at.due(acting.today)
    require(may_publish_agenda(at.meets, due, acting.today, used), act)
    ready = contents(at, row.asked, acting.today, act)
    if ready.fingerprint != row.told["fingerprint"]:
        says = "a paper, a file or the agenda has changed since this pack was made"
        raise refuse(act, says, "make the pack again and look at it")
    if ready.kind == CORRECTION and not because.strip():
        raise refuse(act, "why it is corrected is not said", "say what was wrong; it is public")
    _refuse_overlap(at, row, act)
    return _Public(at, row, ready.title, told_late(due, acting.today, used))


@command(_PUBLISH, allowed_as="decisions.publish")
def _publish_laid(
    acting: Acting, place: str, laid: Laid[_Public], because: str
) -> Done[Publication]:
    ready = laid.now()
    row = PackMaking.objects.filter(pk=ready.row.pk, place=place).first()
    if row is None or row.state != PackMaking.MADE or row.pdf is None:
        raise refuse(_PUBLISH, "there is no such pack that has been made", "make the pack first")
    made = _publish(acting, ready.at, row, ready.title, ready.late, because)
    PackMaking.objects.filter(pk=row.pk).update(
        state=PackMaking.PUBLISHED, pdf=None, told={**row.told, "publication": made.pk}
    )
    what = f"published the {ready.title.lower()} of {row.body} on {row.on.isoformat()}"
    return Done(made, what, after={"sha256": made.sha256, "late": ready.late, "why": because})


def _refuse_overlap(at: AtMeeting, row: PackMaking, act: str) -> None:
    """A correction that grew may not print the page numbers of a supplement that follows it."""
    corrects, last = row.asked.get("corrects"), row.told["details"]["last"]
    own = next((p.details["first"] for p in at.packs if p.pk == corrects), None)
    after = [p.details["first"] for p in at.packs if own is not None and p.details["first"] > own]
    if after and last >= min(after):
        says = f"it ends on page {last}, and page {min(after)} is the first of a supplement"
        raise refuse(act, says, "publish what is corrected as a supplement")


def _publish(
    acting: Acting, at: AtMeeting, row: PackMaking, title: str, late: str, because: str
) -> Publication:
    pdf = bytes(row.pdf or b"")
    corrected = next((p for p in at.packs if p.pk == row.asked.get("corrects")), None)
    kind = corrected.kind if corrected else row.asked["kind"]
    body = label(at.arrangement, at.meets.body)
    named = f"{title}: {body}, {in_words(at.meets.on)}"
    made: Publication = Publication.objects.create(
        place_id=at.place, kind=kind, title=named[:_LONGEST_TITLE], media_type=PDF, body=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(), published_at=acting.now,
        published_by=acting.who, supersedes=corrected, late_by=late,
        details={**row.told["details"], "because": because.strip()},
    )  # fmt: skip
    return made
