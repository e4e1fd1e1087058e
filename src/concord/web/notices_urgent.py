"""The council's report of urgent decisions, each with what the law asks of it and its last day.

Authority: SI 2012/2089, regulation 19: the particulars of each decision taken by special urgency
and a summary of its matters, at intervals the council sets and at least once a year.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.decisions.notices import NoticeKind
from concord.domain.decisions.urgency import REPORTED
from concord.records.models import Publication
from concord.web.notices_exceptional import Given, given
from concord.web.pages import Page, page
from concord.web.places import Opened, opened
from concord.web.wording import count, long_date, upper_first

_MOST = 200


@page("decisions/urgent.html", of="notices")
def urgent(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    rows = _held(it)
    due = [one for one in rows if one.report_by and one.report_by >= it.on]
    past = [one for one in rows if one not in due]
    return it.page(
        "Report of urgent decisions",
        {
            "authority": REPORTED,
            "to_report": [_told(one) for one in due],
            "last_day_passed": [_told(one) for one in past],
        },
        section="decisions", groups=[
            ("due", "To be reported to the council", due),
            ("past", "Their last day has passed", past),
        ],
        authority=REPORTED, lead=_lead(due, past), organisations=_whose(it, rows),
        twin=reverse("notices_urgent.json", args=[place]) + it.asked,
    )  # fmt: skip


def _held(it: Opened) -> list[Given]:
    """The notices of special urgency that hold, by the last day for their report."""
    rows = Publication.objects.register(it.name).filter(
        kind=str(NoticeKind.SPECIAL_URGENCY), published_at__date__lte=it.on
    )
    kept = [one for one in given(list(rows[:_MOST])) if not one.replaced]
    return sorted(kept, key=lambda one: (str(one.report_by), one.row.pk))


def _told(one: Given) -> dict[str, Any]:
    return {**one.to_data(), "report_by": one.report_by}


def _whose(it: Opened, rows: list[Given]) -> dict[int, str]:
    """The council whose report each belongs to."""
    found = {}
    for one in rows:
        name = str(one.row.details.get("organisation") or "")
        known = name in it.arrangement.organisations
        found[one.row.pk] = it.names.organisation(name) if known else ""
    return found


def _lead(due: list[Given], past: list[Given]) -> str:
    if not due and not past:
        return "No decision was taken here by special urgency, so there is nothing to report."
    said = []
    if due and due[0].report_by:
        many = upper_first(count(len(due), "urgent decision"))
        last = long_date(due[0].report_by)
        said.append(f"{many} to report to the council, the first by {last}.")
    if past:
        said.append(f"The last day has passed for {count(len(past))}.")
    return " ".join(said)
