"""Atom feeds (RFC 4287) of what is planned, decided and published; a correction stays visible."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from concord.domain.agreements.labels import label
from concord.domain.decisions.forward_plan import entries
from concord.domain.decisions.words import Purpose
from concord.records.models import MatterSummary, Publication, TextVersion
from concord.records.models.agreements import matter_kind
from concord.records.published_decisions import RECORD
from concord.web.decisions_rows import read_stops, rows_of
from concord.web.notices import coming
from concord.web.notices_exceptional import told
from concord.web.pages import gate
from concord.web.places import Opened, opened
from concord.web.wording import sentence

ATOM = "http://www.w3.org/2005/Atom"
_MOST = 100
_EARLIER = 20  # versions looked back at for what has been taken out since


def new_feed(request: HttpRequest, it: Opened, title: str, updated: datetime) -> Element:
    """An empty feed of a place, at the address that was asked for."""
    register_namespace("", ATOM)
    feed = Element(f"{{{ATOM}}}feed", {"xml:lang": "en-GB"})
    own = request.build_absolute_uri(request.path)
    for tag, text in (("id", own), ("title", f"{it.frame.title}: {title}")):
        SubElement(feed, f"{{{ATOM}}}{tag}").text = text
    SubElement(feed, f"{{{ATOM}}}updated").text = updated.astimezone(UTC).isoformat()
    SubElement(SubElement(feed, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = it.frame.title
    SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": own})
    return feed


def add_entry(feed: Element, address: str, mark: str, title: str, says: str, at: datetime) -> None:
    """Adds an entry that leads to a page; `mark` tells it from others that lead there."""
    entry = SubElement(feed, f"{{{ATOM}}}entry")
    when = at.astimezone(UTC).isoformat()
    for tag, text in (
        ("id", f"{address}{mark}"),
        ("title", title),
        ("updated", when),
        ("summary", says),
    ):
        SubElement(entry, f"{{{ATOM}}}{tag}").text = text
    SubElement(entry, f"{{{ATOM}}}link", {"href": address})


def decisions(request: HttpRequest, place: str) -> HttpResponse:
    """What is to be decided and what was published, the newest first."""
    if turned := gate(request, "feed", place):
        return turned
    it = opened(request, place)
    summaries = MatterSummary.objects.filter(place=place).select_related("version")
    matters = list(summaries.order_by("-version__adopted_at")[:_MOST])
    out = list(Publication.objects.register(place)[:_MOST])
    stamps = [m.version.adopted_at for m in matters] + [p.published_at for p in out]
    feed = new_feed(request, it, "decisions", max(stamps, default=it.version.adopted_at))
    for row in out:
        address = request.build_absolute_uri(reverse("publication", args=[place, row.pk]))
        add_entry(feed, address, "", *_told(row), row.published_at)
    adopted = {m.name: m.version for m in matters}
    for listed in rows_of(it.arrangement, it.on, matters):
        address = request.build_absolute_uri(reverse("matter", args=[place, listed.name]))
        ahead = f"Next: {listed.next.body}, {listed.next.on}. " if listed.next else ""
        version = adopted[listed.name]
        add_entry(feed, address, f"#v{version.number}", listed.title, f"{ahead}{listed.says}",
               version.adopted_at)  # fmt: skip
    return atom(feed)


def forward_plan(request: HttpRequest, place: str) -> HttpResponse:
    """Every decision that is planned, and those that were planned once and are no longer."""
    if turned := gate(request, "feed", place):
        return turned
    it = opened(request, place)
    texts, _ = coming(it)
    rows = TextVersion.objects.filter(place=place, kind__startswith=matter_kind(""))
    versions: dict[str, list[TextVersion]] = {}
    for row in rows.order_by("-adopted_at", "-number")[:_MOST]:
        versions.setdefault(row.kind.partition(":")[2], []).append(row)
    stamps = [found[0].adopted_at for found in versions.values()]
    feed = new_feed(request, it, "forward plan", max(stamps, default=it.version.adopted_at))
    for one in entries(texts, it.arrangement, it.on):
        if one.matter not in versions or (one.on and one.on < it.on):
            continue
        address = request.build_absolute_uri(reverse("matter", args=[place, one.matter]))
        version = versions[one.matter][0]
        by = f" Notice by {one.by}." if one.by else ""
        says = f"{one.maker.label}, {one.on or 'no day'}.{by}"
        mark = f"#{one.stop}-{one.maker.organisation}-v{version.number}"
        add_entry(feed, address, mark, one.title, says, version.adopted_at)
    for name, found in versions.items():
        _no_longer(request, feed, it, name, found)
    return atom(feed)


def _no_longer(
    request: HttpRequest, feed: Element, it: Opened, name: str, versions: list[TextVersion]
) -> None:
    """The deciding stops that an earlier version had and the newest has not."""
    read = [read_stops(row.text, it.arrangement).matter for row in versions[:_EARLIER]]
    if not read or read[0] is None:
        return
    seen = set(read[0].stops)
    address = request.build_absolute_uri(reverse("matter", args=[it.name, name]))
    for text in read[1:]:
        for stop in text.stops.values() if text else ():
            if stop.id in seen or stop.purpose is not Purpose.DECISION:
                continue
            seen.add(stop.id)
            body = label(it.arrangement, stop.body) if isinstance(stop.body, str) else stop.id
            says = f"{body} no longer takes this decision."
            title = f"Cancelled: {text.matter.title if text else name}"
            add_entry(feed, address, f"#{stop.id}-gone", title, says, versions[0].adopted_at)


def notices(request: HttpRequest, place: str) -> HttpResponse:
    """Every notice that was published, corrected or withdrawn, the newest first."""
    if turned := gate(request, "feed", place):
        return turned
    it = opened(request, place)
    out = list(Publication.objects.register(place).exclude(kind__in=("paper", RECORD))[:_MOST])
    stamps = [row.published_at for row in out]
    feed = new_feed(request, it, "notices", max(stamps, default=it.version.adopted_at))
    for row in out:
        address = request.build_absolute_uri(reverse("publication", args=[place, row.pk]))
        add_entry(feed, address, "", *_told(row), row.published_at)
    return atom(feed)


def atom(feed: Element) -> HttpResponse:
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8")
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _told(row: Publication) -> tuple[str, str]:
    """The title and the words of one publication; what it corrects or withdraws comes first."""
    because = str(row.details.get("because", ""))
    if row.kind == "withdrawal":
        return f"Withdrawn: {row.title}", sentence(because)
    late = f" {sentence(row.late_by)}" if row.late_by else ""
    proof = f"SHA-256 {row.sha256}.{late}"
    if exit_ := told(row):
        proof = f"{exit_} {proof}"
    if row.supersedes_id:
        return f"Corrected: {row.title}", f"{sentence(because)} {proof}"
    return f"{row.kind.capitalize()}: {row.title}", f"{row.media_type}. {proof}"
