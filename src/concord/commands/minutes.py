"""Minutes: drafted from the record, corrected, put, approved at a later meeting, signed, published.

Local Government Act 1972, Schedule 12, paragraph 41. Nothing of them is public before approval.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.meetings_read import at_meeting, meeting_or_refuse
from concord.commands.minutes_read import (
    DRAFTED,
    MinutesOn,
    arrangement_at,
    draft_lines,
    kept_lines,
    lines_of,
    minutes_on,
    quorate_for,
)
from concord.documents.html import to_html
from concord.documents.minutes import MinutesPrinted, minutes_paper
from concord.documents.pdf import to_pdf
from concord.domain.agreements.labels import label, listed
from concord.domain.decisions.minutes import (
    AtApproval,
    MinuteLine,
    MinutesAct,
    may,
)
from concord.domain.decisions.minuting import as_text, from_text
from concord.domain.findings import Answer, Reason, Refused, Verdict
from concord.domain.language.merge import merged
from concord.records.models import Meeting, MinutesEntry, Publication

ACT = "minutes.write"
MINUTES, HTML, PDF = "minutes", "text/html", "application/pdf"


class MinutesDiffer(Refused):
    """Somebody corrected the same lines since: both texts are here, and neither is lost."""

    def __init__(self, yours: tuple[MinuteLine, ...], now: MinutesOn) -> None:
        self.yours, self.now = yours, now
        by = now.entries[-1].recorded_by
        says = f"{by} changed the same lines since you began"
        reason = Reason(Answer.REFUSED, says, remedy="Put the two texts together and save again.")
        super().__init__(Verdict(Answer.REFUSED, (reason,)), ACT)


@command("minutes.draft", allowed_as=ACT)
def draft_minutes(
    acting: Acting, place: str, meeting: str, *, body: str, key: str
) -> Done[MinutesEntry]:
    """Drafts one body's minutes from the record, once the meeting is closed."""
    now = _minutes(place, meeting, body)
    if now.entries:
        return Done(now.entries[0])
    here = at_meeting(now.meeting)
    if here.record.ended is None:
        raise refuse(ACT, "the meeting is not closed", "close it; the minutes are drafted then")
    lines = draft_lines(here, body)
    return _add(acting, now, DRAFTED, lines, key, "drafted the minutes", on=acting.today)


@command("minutes.correct", allowed_as=ACT)
def correct_minutes(
    acting: Acting, place: str, meeting: str, *, body: str, key: str,
    lines: Iterable[MinuteLine], why: str, seen: int,
) -> Done[MinutesEntry]:  # fmt: skip
    """Corrects minutes that are not approved yet, saying what was wrong.

    `seen` is the entry from which the editor began. Lines that somebody else changed since are
    merged; where both changed the same ones, `MinutesDiffer` holds both.
    """
    if known := MinutesEntry.objects.filter(key=key).first():
        return Done(known)
    now = _drafted(place, meeting, body)
    require(may(now.fact, MinutesAct.CORRECT, AtApproval(on=acting.today, why=why)), ACT)
    text = _together(now, tuple(lines), seen)
    if text == now.lines:
        return Done(now.entries[-1])
    known_items = {x.item for x in now.lines} | {x.item for x in lines_of(now.entries[0])}
    if strange := sorted({x.item for x in text} - known_items):
        raise refuse(ACT, f"the meeting had no item {listed(strange)}", "name one of its items")
    return _add(acting, now, MinutesAct.CORRECT, text, key, "corrected the minutes",
                on=acting.today, why=why)  # fmt: skip


def _together(now: MinutesOn, lines: tuple[MinuteLine, ...], seen: int) -> tuple[MinuteLine, ...]:
    if seen == now.seen:
        return lines
    began = next((e for e in now.entries if e.pk == seen), None)
    if began is None:
        raise MinutesDiffer(lines, now)
    both = merged(as_text(lines_of(began)), as_text(lines), as_text(now.lines))
    if both is None:
        raise MinutesDiffer(lines, now)
    return from_text(both)


@command("minutes.put", allowed_as=ACT)
def put_minutes(
    acting: Acting, place: str, meeting: str, *, body: str, key: str
) -> Done[MinutesEntry]:
    """Puts minutes for approval at the next meeting of their body."""
    if known := MinutesEntry.objects.filter(key=key).first():
        return Done(known)
    now = _drafted(place, meeting, body)
    require(may(now.fact, MinutesAct.PUT, AtApproval(on=acting.today)), ACT)
    return _add(acting, now, MinutesAct.PUT, now.lines, key, "put the minutes for approval",
                on=acting.today)  # fmt: skip


@command("minutes.approve", allowed_as=ACT)
def approve_minutes(
    acting: Acting, place: str, meeting: str, *, body: str, key: str, at: str, item: str = ""
) -> Done[MinutesEntry]:
    """Records that a later, quorate meeting of the same body approved them, and publishes them.

    `at` is that meeting, `item` the item at which it did.
    """
    if known := MinutesEntry.objects.filter(key=key).first():
        return Done(known)
    now = _drafted(place, meeting, body)
    later = meeting_or_refuse(place, at, ACT)
    quorate, presides = quorate_for(later, body, item)
    asked = AtApproval(
        on=later.on, body=body if body in later.bodies else "", quorate=quorate, who=presides
    )
    require(may(now.fact, MinutesAct.APPROVE, asked), ACT)
    if later.on > acting.today:
        raise refuse(ACT, "that meeting is still to come", "record it once they are approved")
    if not presides:
        raise refuse(ACT, "who presided there is not recorded", "record who presided first")
    printed = _printed(now, later.on, presides)
    done = _add(acting, now, MinutesAct.APPROVE, now.lines, key, "recorded as approved the minutes",
                on=later.on, who=presides, at=later)  # fmt: skip
    _publish(acting, now, later, printed)
    return done


@command("minutes.sign", allowed_as=ACT)
def sign_minutes(
    acting: Acting, place: str, meeting: str, *, body: str, key: str, who: str
) -> Done[MinutesEntry]:
    """Records that whoever presided when they were approved has signed them."""
    if known := MinutesEntry.objects.filter(key=key).first():
        return Done(known)
    now = _drafted(place, meeting, body)
    asked = AtApproval(on=acting.today, who=who.strip())
    require(may(now.fact, MinutesAct.SIGN, asked), ACT)
    return _add(acting, now, MinutesAct.SIGN, now.lines, key, "recorded as signed the minutes",
                on=acting.today, who=who.strip())  # fmt: skip


def _minutes(place: str, meeting: str, body: str) -> MinutesOn:
    row = meeting_or_refuse(place, meeting, ACT)
    if body not in row.bodies:
        raise refuse(ACT, f"{body[:80]!r} did not meet there", "name a body of that meeting")
    return minutes_on(row, body)


def _drafted(place: str, meeting: str, body: str) -> MinutesOn:
    now = _minutes(place, meeting, body)
    if not now.entries:
        raise refuse(ACT, "these minutes are not drafted yet", "draft them from the record first")
    return now


def _add(
    acting: Acting, now: MinutesOn, act: str, lines: tuple[MinuteLine, ...], key: str, did: str,
    *, on: date, why: str = "", who: str = "", at: Meeting | None = None,
) -> Done[MinutesEntry]:  # fmt: skip
    row = MinutesEntry.objects.create(
        meeting=now.meeting, body=now.body, act=str(act), lines=kept_lines(lines), on=on,
        why=why.strip(), who=who, approved_at=at, key=key, recorded_at=acting.now,
        recorded_by=acting.who,
    )  # fmt: skip
    body = label(arrangement_at(now.meeting), now.body)
    what = f"{did} of {body} of {now.meeting.on.isoformat()}"
    told = {"meeting": now.meeting.name, "body": now.body, "act": str(act)}
    return Done(row, what, after=told, made=(row,))


def _printed(now: MinutesOn, approved: date, presided: str) -> tuple[str, bytes, bytes]:
    """The title, the page and the PDF, made whole before anything is stored."""
    here = at_meeting(now.meeting)
    owners = here.arrangement.bodies[now.body].organisations
    paper = minutes_paper(MinutesPrinted(
        body=label(here.arrangement, now.body),
        organisation=listed([label(here.arrangement, o) for o in owners]),
        on=now.meeting.on, where=now.meeting.where, lines=now.lines, approved=approved,
        presided=presided, titles={k: put.title for k, put in here.record.items.items()},
    ))  # fmt: skip
    return paper.title, to_html(paper).encode(), to_pdf(paper)


def _publish(
    acting: Acting, now: MinutesOn, later: Meeting, printed: tuple[str, bytes, bytes]
) -> None:
    title, page, pdf = printed
    details = {
        "body": now.body, "on": now.meeting.on.isoformat(), "meeting": now.meeting.name,
        "approved_at": later.name, "title": title,
    }  # fmt: skip
    for media_type, body in ((HTML, page), (PDF, pdf)):
        Publication.objects.create(
            place_id=now.meeting.place_id, kind=MINUTES, title=title[:300], media_type=media_type,
            body=body, sha256=hashlib.sha256(body).hexdigest(), published_at=acting.now,
            published_by=acting.who, details=details,
        )  # fmt: skip
