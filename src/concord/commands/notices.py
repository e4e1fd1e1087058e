"""Notices made public: complete, in time or by their lawful way out, with what that way asks.

The notice of a general exception or of special urgency is a document of its own: it keeps who was
told or agreed, when and why (SI 2012/2089, regulations 10 and 11), beside its words.
"""

from __future__ import annotations

import hashlib
from datetime import date
from html import escape

from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.matters import Matter, submitted_matter
from concord.commands.publishing import HTML
from concord.domain.agreements.labels import label, listed
from concord.domain.calendar import in_words
from concord.domain.decisions.facts import organisation_of
from concord.domain.decisions.forward_plan import Particulars
from concord.domain.decisions.lateness import ExitUsed, lateness
from concord.domain.decisions.notices import Notice, NoticeKind, may_publish, notices
from concord.domain.decisions.urgency import REPORTED, Exceptional, exceptional, filled
from concord.records.models import Publication


@command("decisions.publish_notice", allowed_as="decisions.publish")
def publish_notice(
    acting: Acting, place: str, matter: str, stop: str, kind: NoticeKind, particulars: Particulars,
    *, organisation: str = "", used: ExitUsed | None = None,
) -> Done[Publication]:  # fmt: skip
    """Publishes a notice that a stop owes, once it says all that the law asks and is in time.

    At a joint body each organisation owes its own: `organisation` says whose it is. Where that
    notice is public already the act needs its reason, and the new one takes its place.
    """
    act = "decisions.publish_notice"
    found = submitted_matter(place, matter, act)
    owed = _owed(found, matter, (stop, organisation), kind, particulars, acting.today, act)
    notice = filled(owed, used)
    require(may_publish(notice, acting.today, used), act)
    late = lateness(notice.step, notice.exits, acting.today, used)
    special = exceptional(notice, used)
    body = notice_page(notice, special).encode()
    before = _public(place, notice)
    if before and not acting.why.strip():
        says = f"the {kind} for this stop is public since {in_words(before.published_at.date())}"
        raise refuse(act, says, "say why it is corrected; the correction then takes its place")
    row: Publication = Publication.objects.create(
        place_id=place, matter=matter, stop=stop, kind=str(kind),
        title=f"{notice.title}: {found.text.matter.title}", media_type=HTML, body=body,
        sha256=hashlib.sha256(body).hexdigest(), published_at=acting.now, published_by=acting.who,
        text_version=found.version, supersedes=before,
        late_by=late.says if late else "",
        details={"by": str(notice.by), "maker": notice.maker, "on": str(notice.on),
                 "organisation": notice.organisation, "because": acting.why if before else "",
                 "says": [{"asks": line.asks, "says": line.words} for line in notice.lines],
                 "exit": special.to_data() if special else None},
    )  # fmt: skip
    what = f"{'corrected' if before else 'published'} the {kind} of {matter} for {stop}"
    return Done(row, what, after={"kind": kind, "sha256": row.sha256, "late": row.late_by})


def _public(place: str, notice: Notice) -> Publication | None:
    """The same notice of the same organisation as it is public now."""
    of_it = Publication.objects.of_matter(place, notice.matter).filter(
        stop=notice.stop, kind=str(notice.kind), details__organisation=notice.organisation
    )
    found: Publication | None = of_it.filter(superseded_by=None).first()
    return found


def notice_page(notice: Notice, special: Exceptional | None = None) -> str:
    """A notice as HTML: each thing the law asks, what is said of it, and what has to follow."""
    rows = "".join(
        f"<dt>{escape(line.asks)}</dt><dd>{escape(line.words)}</dd>" for line in notice.lines
    )
    authority = escape(str(notice.authority))
    when = f"<p>{escape(notice.maker)}, {in_words(notice.on)}</p>" if notice.on else ""
    after = _what_follows(special) if special else ""
    return f"<h2>{escape(notice.title)}</h2>{when}<dl>{rows}</dl>{after}<p>{authority}</p>"


def _what_follows(special: Exceptional) -> str:
    items = [f"<li>{escape(one)}</li>" for one in special.then]
    if special.report_by:
        by = in_words(special.report_by)
        items.append(f"<li>last day for that report: {by} ({escape(REPORTED)})</li>")
    return f"<h3>What has to follow</h3><ul>{''.join(items)}</ul>"


def _owed(
    found: Matter, matter: str, whose: tuple[str, str], kind: NoticeKind, particulars: Particulars,
    today: date, act: str,
) -> Notice:  # fmt: skip
    stop, organisation = whose
    row = found.text.stops.get(stop)
    of = organisation or (organisation_of(row, found.arrangement) if row else "")
    own = dict.fromkeys([of] if of else found.arrangement.organisations, particulars)
    owed = notices(matter, found.text, found.arrangement, today, own)
    mine = [n for n in owed if n.stop == stop and of in ("", n.organisation)]
    known = [n for n in mine if n.kind is kind]
    if not known:
        owes = ", ".join(dict.fromkeys(str(n.kind) for n in mine)) or "none"
        raise refuse(act, f"no {kind} is owed for {stop[:80]!r}", f"owed there: {owes}")
    if len(known) > 1:
        each = listed([label(found.arrangement, n.organisation) for n in known], "and")
        raise refuse(act, f"{each} each owe their own {kind} there", "say whose notice it is")
    return known[0]
