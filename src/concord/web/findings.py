"""What was found in a place's text, and everything that it leaves not stated."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.findings import Weight
from concord.web.pages import Page, page
from concord.web.places import opened
from concord.web.wording import worst_first


@page("findings/findings.html", of="findings")
def findings(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    found = worst_first(it.reading.findings)
    must = [one for one in found if one.weight is Weight.GRAVE]
    return it.page(
        "Findings",
        {"findings": found, "not_stated": it.reading.not_stated},
        must=must,
        look=[one for one in found if one.weight is not Weight.GRAVE],
        by_table=by_table(it.reading.not_stated),
        twin=reverse("findings.json", args=[place]) + it.asked,
    )


def by_table(silences: tuple) -> list[tuple[str, list]]:
    """The silences of a text under the table in which they stand."""
    tables: dict[str, list] = {}
    for one in silences:
        tables.setdefault(one.path.partition(".")[0].partition("[")[0], []).append(one)
    return list(tables.items())
