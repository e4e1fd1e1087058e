"""The register of everything made public: each with its moment, its hash and what became of it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from concord.records.models import Publication
from concord.web.decisions import may_here
from concord.web.pages import Page, gate, page
from concord.web.places import opened
from concord.web.wording import count, moment, upper_first

PER_PAGE = 100
SUFFIX = {
    "text/html": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/plain": "txt",
}


@page("decisions/papers.html", of="papers")
def papers(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    rows = list(Publication.objects.register(place)[:PER_PAGE])
    return it.page(
        "Papers",
        {"publications": [as_data(place, row) for row in rows]},
        section="decisions",
        rows=rows,
        superseded=superseded(rows),
        lead=lead(rows),
        twin=reverse("papers.json", args=[place]) + it.asked,
    )


def superseded(rows: list[Publication]) -> dict[int, int]:
    """What took the place of what, by their numbers."""
    return {row.supersedes_id: row.pk for row in rows if row.supersedes_id}


def lead(rows: list[Publication]) -> str:
    if not rows:
        return "Nothing has been published here yet."
    gone = set(superseded(rows))
    public = sum(row.pk not in gone and row.kind != "withdrawal" for row in rows)
    late = sum(bool(row.late_by) for row in rows)
    said = f"{upper_first(count(public, 'document is', 'documents are'))} public."
    if len(rows) - public:
        said += f" {upper_first(count(len(rows) - public))} no longer hold or withdraw another."
    return said + (f" {upper_first(count(late))} came late, and say so." if late else "")


def as_data(place: str, row: Publication) -> dict[str, Any]:
    return {
        "number": row.pk,
        "matter": row.matter,
        "stop": row.stop,
        "kind": row.kind,
        "title": row.title,
        "media_type": row.media_type,
        "published_at": row.published_at,
        "published_by": row.published_by,
        "sha256": row.sha256,
        "late": row.late_by or None,
        "supersedes": row.supersedes_id,
        "details": row.details,
        "address": reverse("publication", args=[place, row.pk]),
        "document": reverse("document", args=[place, row.pk]),
    }


def _found(place: str, number: int) -> Publication:
    row = Publication.objects.filter(place=place, pk=number).first()
    if row is None:
        raise Http404(f"nothing with the number {number} was published at {place}")
    return row


@page("decisions/publication.html", of="publication")
def publication(request: HttpRequest, place: str, number: int) -> Page:
    """One publication with its proof: when, by whom, and the hash that its bytes still have."""
    it = opened(request, place)
    row = _found(place, number)
    after = Publication.objects.filter(supersedes=row).defer("body").first()
    whole = hashlib.sha256(bytes(row.body)).hexdigest() == row.sha256
    data = {**as_data(place, row), "superseded_by": after.pk if after else None, "whole": whole}
    return it.page(
        row.title,
        data,
        section="decisions",
        row=row,
        after=after,
        whole=whole,
        withdraws=may_here(request, place, "decisions.withdraw"),
        size=len(row.body),
        lead=f"Published on {moment(row.published_at)}.",
        twin=reverse("publication.json", args=[place, number]),
    )


def document(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The bytes as they were published."""
    if turned := gate(request, "publication", place):
        return turned
    row = _found(place, number)
    answer = HttpResponse(bytes(row.body), content_type=row.media_type)
    name = (
        f"{place}-{row.matter or 'notice'}-{row.stop or row.pk}.{SUFFIX.get(row.media_type, 'bin')}"
    )
    # A page is saved and not opened: it is a part of ours, without its head and its style.
    kind = "inline" if row.media_type == "application/pdf" else "attachment"
    answer["Content-Disposition"] = f'{kind}; filename="{name}"'
    return answer
