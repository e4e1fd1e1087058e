"""The public paper of one stop: as a page, as PDF and as Word, published or made on demand."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from concord.commands.agreements import FROM_FOLDER
from concord.documents.house import house_for
from concord.documents.html import to_html
from concord.documents.layout import lay_out
from concord.documents.paper import Audience, LaidOut, Paper
from concord.documents.pdf import to_pdf
from concord.documents.word import to_word
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.decisions.matter import Stop
from concord.records.models import Publication
from concord.web.decisions import OpenedMatter, opened_matter
from concord.web.decisions_rows import read_report
from concord.web.matters import reads_report
from concord.web.notices_register import SUFFIX, superseded
from concord.web.pages import Page, gate, page

HTML, PDF = "text/html", "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PRINTERS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "pdf": (PDF, to_pdf),
    "docx": (WORD, to_word),
}


@lru_cache(maxsize=64)
def laid_out(text: str, arrangement: Arrangement, place: str, stop: str) -> LaidOut:
    """The public version of the paper; what is exempt is gone before anything is laid out."""
    matter = read_report(text, arrangement).matter
    assert matter is not None  # noqa: S101 - an opened matter can be read
    house = house_for(matter, matter.stops.get(stop), place)
    return lay_out(matter, arrangement, house, Audience.PUBLIC, stop)


@lru_cache(maxsize=32)
def printed(text: str, arrangement: Arrangement, place: str, stop: str, kind: str) -> bytes | None:
    """The paper as a file; the same text always gives the same bytes."""
    paper = laid_out(text, arrangement, place, stop).paper
    return PRINTERS[kind][1](paper) if paper else None


def may_be_shown(request: HttpRequest, one: OpenedMatter) -> bool:
    """Whether a paper that is not published here may be read all the same.

    A folder's text is public where it lies; what was submitted here waits to be published, and
    until then only those who read drafts see it.
    """
    return one.version.note == FROM_FOLDER or reads_report(request, one.it.name)


@page("decisions/paper.html", of="paper")
def paper(request: HttpRequest, place: str, matter: str, stop: str) -> Page:
    one = opened_matter(request, place, matter)
    row = _stop(one, stop)
    rows = list(Publication.objects.of_matter(place, matter).filter(stop=stop).order_by("-pk"))
    gone = superseded(rows)
    now = {r.media_type: r for r in rows if r.pk not in gone and r.kind == "paper"}
    withdrawn = next((r for r in rows if r.kind == "withdrawal" and r.pk not in gone), None)
    page_row = now.get(HTML)
    body = ""
    laid = LaidOut(None)
    if page_row:
        body = bytes(Publication.objects.only("body").get(pk=page_row.pk).body).decode()
    elif not withdrawn and may_be_shown(request, one):
        laid = laid_out(one.version.text, one.it.arrangement, place, stop)
        body = to_html(laid.paper) if laid.paper else ""
    data = {
        "stop": stop,
        "body": one.names.of(row.body) if isinstance(row.body, str) else "not stated",
        "on": row.on,
        "published": page_row.published_at if page_row else None,
        "sha256": page_row.sha256 if page_row else None,
        "withdrawn": withdrawn.details.get("because") if withdrawn else None,
        "format": laid.paper.format if laid.paper else None,
        "html": body,
    }
    return one.page(
        f"Paper: {one.title}",
        {**data, "on": one.it.on},
        meets=row.on,
        body=label(one.it.arrangement, row.body) if isinstance(row.body, str) else "",
        html=Markup(body),  # noqa: S704 - our own printer escapes every word
        row=page_row,
        rows=rows,
        superseded=gone,
        withdrawn=withdrawn,
        files=_files(place, matter, stop, now, made=bool(laid.paper)),
        findings=laid.findings,
        house=house_for(one.text, row, place),
        twin=reverse("paper.json", args=[place, matter, stop]),
    )


def _stop(one: OpenedMatter, stop: str) -> Stop:
    row = one.text.stops.get(stop)
    if row is None:
        raise Http404(f"{one.name} has no stop called {stop}")
    return row


def _files(
    place: str, matter: str, stop: str, now: dict[str, Publication], *, made: bool
) -> list[tuple[str, str]]:
    """The files of the paper with their addresses: those published, else those made on demand."""
    words = {"pdf": "PDF", "docx": "Word"}
    if now:
        return [
            (words[SUFFIX[kind]], reverse("document", args=[place, row.pk]))
            for kind, row in sorted(now.items())
            if SUFFIX.get(kind) in words
        ]
    if not made:
        return []
    return [(words[k], reverse(f"paper_{k}", args=[place, matter, stop])) for k in words]


def file(request: HttpRequest, place: str, matter: str, stop: str, kind: str) -> HttpResponse:
    """The paper as PDF or Word, made from the newest text."""
    if turned := gate(request, "paper", place):
        return turned
    one = opened_matter(request, place, matter)
    _stop(one, stop)
    if not may_be_shown(request, one):
        raise Http404(f"the paper of {matter} for {stop} is not published yet")
    made = printed(one.version.text, one.it.arrangement, place, stop, kind)
    if made is None:
        raise Http404(f"the paper of {matter} cannot be laid out")
    answer = HttpResponse(made, content_type=PRINTERS[kind][0])
    shown = "inline" if kind == "pdf" else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{place}-{matter}-{stop}.{kind}"'
    return answer
