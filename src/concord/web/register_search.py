"""Search over decisions, papers, bodies and people, at one place or at all of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from concord.records.models import PlaceSummary
from concord.records.search import PER_PAGE, Hit, find
from concord.web.pages import Page, page
from concord.web.wording import count, upper_first

KINDS = {"decision": "Decisions", "paper": "Papers", "body": "Bodies", "person": "People"}
_ADDRESS = {"decision": "register_decision", "paper": "publication", "body": "body"}


@page("register/search.html", of="search")
def search(request: HttpRequest) -> Page:
    words, place = request.GET.get("q", "")[:200].strip(), request.GET.get("place", "")[:80]
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    number = _number(request.GET.get("page", "1"))
    found = find(words, place=place, kind=kind, page=number)
    titles = dict(PlaceSummary.objects.values_list("place_id", "title"))
    more = number * PER_PAGE < found.counted
    data = {
        "asked": {"words": words, "place": place or None, "kind": kind or None, "page": number},
        "counted": found.counted,
        "at_least": found.is_more_than_counted,
        "hits": [_data(hit) for hit in found.hits],
        "more": _address("search.json", words, place, kind, number + 1) if more else None,
    }
    rows = [(hit, titles.get(hit.place, hit.place), address_of(hit)) for hit in found.hits]
    return Page(data, {
        "rows": rows, "words": words, "chosen": place, "kind": kind, "kinds": KINDS,
        "places": sorted(titles.items(), key=lambda one: one[1]),
        "lead": _lead(words, found.counted, at_least=found.is_more_than_counted),
        "onward": _address("search", words, place, kind, number + 1) if more else "",
        "twin": _address("search.json", words, place, kind, number),
    })  # fmt: skip


def address_of(hit: Hit) -> str:
    """The page of what was found; a person's is where everybody of the place stands."""
    name = _ADDRESS.get(hit.kind)
    return (
        reverse(name, args=[hit.place, hit.name]) if name else reverse("people", args=[hit.place])
    )


def _data(hit: Hit) -> dict[str, Any]:
    said = "".join(text for text, _ in hit.snippet)
    return {"place": hit.place, "kind": hit.kind, "name": hit.name, "title": hit.title,
            "says": hit.says, "on": hit.on, "around": said, "address": address_of(hit)}  # fmt: skip


def _address(name: str, words: str, place: str, kind: str, number: int) -> str:
    query = QueryDict(mutable=True)
    for key, value in (("q", words), ("place", place), ("kind", kind)):
        if value:
            query[key] = value
    if number > 1:
        query["page"] = str(number)
    return f"{reverse(name)}?{query.urlencode()}".rstrip("?")


def _number(said: str) -> int:
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 4 else 1


def _lead(words: str, counted: int, *, at_least: bool) -> str:
    if not words:
        return "Decisions, papers, bodies and people of every place here."
    if not counted:
        return f"Nothing here holds the words “{words}”. Try fewer of them, or another form."
    if at_least:
        return f"More than a thousand hold the words “{words}”; the best of the newest come first."
    return f"{upper_first(count(counted, 'thing holds', 'things hold'))} the words “{words}”."
