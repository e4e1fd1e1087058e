"""Two versions of a report compared, part by part and word by word."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import reverse

from concord.domain.decisions.versions import compare
from concord.records.models import TextVersion
from concord.records.models.agreements import matter_kind
from concord.web.decisions_rows import read_stops
from concord.web.pages import Page, Unreadable, page
from concord.web.reports import opened_draft
from concord.web.wording import count, upper_first

_MOST = 50  # versions among which one page lets choose
DRAFT = "draft"


@page("decisions/versions.html", of="report_versions")
def versions(request: HttpRequest, place: str, matter: str) -> Page:
    at = opened_draft(request, place, matter)
    rows = list(TextVersion.objects.of(place, matter_kind(matter)).order_by("-number")[:_MOST])
    texts = {str(row.number): row.text for row in rows}
    if at.draft.is_open:
        texts = {DRAFT: at.draft.text, **texts}
    names = list(texts)
    if not names:
        raise Http404(f"no version of {matter} is kept")
    new = _asked(request, "to", names, names[0])
    old = _asked(request, "from", names, names[min(1, len(names) - 1)])
    read = {name: read_stops(texts[name], at.it.arrangement).matter for name in (old, new)}
    before, after = read[old], read[new]
    found = compare(before, after, at.it.arrangement) if before and after else ()
    return at.it.page(
        f"Versions: {at.title}",
        {"matter": {"name": matter, "title": at.title}, "from": old, "to": new, "changes": found},
        section="decisions",
        choices=[(name, _called(name)) for name in names],
        rows=rows,
        unread=not (before and after),
        lead=_lead(len(found), old, new),
        called=_called,
        old=old,
        new=new,
        twin=reverse("report_versions.json", args=[place, matter]) + f"?from={old}&to={new}",
    )


def _asked(request: HttpRequest, name: str, names: list[str], otherwise: str) -> str:
    said = request.GET.get(name, "") or otherwise
    if said not in names:
        raise Unreadable(f"No version is called “{said[:20]}”.", f"There is {', '.join(names)}.")
    return said


def _called(name: str) -> str:
    return "the draft" if name == DRAFT else f"version {name}"


def _lead(number: int, old: str, new: str) -> str:
    if old == new:
        return f"There is only {_called(old)} to look at."
    parts = count(number, "part differs", "parts differ")
    return f"{upper_first(parts)} between {_called(old)} and {_called(new)}."
