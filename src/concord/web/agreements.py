"""The agreements of a place, the powers they give, and the text beside what was understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.agreements.completeness import required_heads
from concord.domain.agreements.ladder import clocks_of
from concord.domain.agreements.reader import Reading
from concord.domain.findings import Finding
from concord.domain.language.reading import NotStatedAt
from concord.domain.language.values import holds_on
from concord.web import coming, overview, understood
from concord.web.naming import Names, each
from concord.web.pages import Page, page
from concord.web.places import opened


@page("agreements/agreements.html", of="agreements")
def agreements(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    a = it.arrangement
    data = {
        "agreements": overview.agreements(it.names),
        "delegations": list(a.delegations.values()),
        "reserved": list(a.reserved.values()),
        "clocks": list(a.clocks.values()),
        "promises": coming.promises(it.names),
        "required": {row.id: required_heads(a, row) for row in a.agreements.values()},
        "days": {row.id: clocks_of(row, it.on) for row in a.agreements.values()},
    }
    return it.page(
        "Agreements",
        data,
        rows=a.agreements,
        now=[d for d in a.delegations.values() if holds_on(d.starts, d.ends, it.on) is not False],
        then=[d for d in a.delegations.values() if holds_on(d.starts, d.ends, it.on) is False],
        holds_on=holds_on,
        each=each,
        before=understood.BEFORE,
        twin=reverse("agreements.json", args=[place]) + it.asked,
    )


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a text, with what was understood and what was found at it."""

    number: int
    text: str
    kind: str
    understood: tuple[str, ...]
    findings: tuple[Finding, ...]
    not_stated: tuple[NotStatedAt, ...]


@page("agreements/text.html", of="text")
def text(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    lines = text_lines(it.reading, it.names)
    data = {"sha256": it.version.sha256, "adopted": it.version.adopted_at.date(), "lines": lines}
    return it.page("The text", data, twin=reverse("text.json", args=[place]) + it.asked)


def text_lines(reading: Reading, names: Names) -> list[TextLine]:
    """Every line of the text, with the sentences, findings and silences that stand at it."""
    read = by_line(understood.lines(names))
    found = by_line((one.line, one) for one in reading.findings)
    silent = by_line((one.line, one) for one in reading.not_stated)
    return [
        TextLine(
            number,
            words,
            kind_of(words),
            tuple(read.get(number, ())),
            tuple(found.get(number, ())),
            tuple(silent.get(number, ())),
        )
        for number, words in enumerate(reading.text.splitlines(), start=1)
    ]


def by_line(pairs: Iterable[tuple[int, object]]) -> dict[int, list]:
    found: dict[int, list] = {}
    for line, what in pairs:
        found.setdefault(line, []).append(what)
    return found


def kind_of(words: str) -> str:
    """Whether a line is a table's heading, a note for people, or anything else."""
    start = words.lstrip()
    return "head" if start.startswith("[") else "note" if start.startswith("#") else ""
