"""Pages about Concord itself: its words, the law it holds, and how it can be used by everyone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from concord import law as statute
from concord.web.pages import Page, page

_TERM = re.compile(r"^(?:[-*] )?\*\*(?P<term>.+?)\*\*[:.]?\s*(?:[-–—:]\s*)?(?P<says>.+)$", re.S)


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the field, as the glossary has it."""

    name: str
    anchor: str
    says: str


@page("public/glossary.html", of="places")
def glossary(request: HttpRequest) -> Page:
    return Page({"terms": terms()}, {"twin": reverse("glossary.json")})


@cache
def terms() -> tuple[Term, ...]:
    """The entries of the project's GLOSSARY; none where an installation does not carry it."""
    file = settings.PLACES.parent / "GLOSSARY.md"
    if not file.is_file():
        return ()
    found = []
    for block in re.split(r"\n\s*\n|\n(?=[-*] )|\n(?=\|)", file.read_text("utf-8")):
        entry = _entry(block.strip())
        if entry:
            found.append(entry)
    return tuple(sorted(found, key=lambda term: term.name.casefold()))


def _entry(block: str) -> Term | None:
    cells = [cell.strip() for cell in block.strip("|").split("|")] if block.startswith("|") else []
    if len(cells) >= 2 and not set(cells[0]) <= set("-: "):
        name, says = cells[0].strip("*`"), cells[1]
    else:
        match = _TERM.match(block)
        if not match:
            return None
        name, says = match["term"], match["says"]
    words = re.sub(r"\[([^\]]+)\]\([^)]*\)|[*`]", lambda m: m[1] or "", " ".join(says.split()))
    # The name in the code, which stands in brackets, is for whoever reads the code.
    words = re.sub(r"^\([\w, ]+\):?\s*", "", words)
    return Term(name, re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-"), words)


@page("public/law.html", of="places")
def law(request: HttpRequest) -> Page:
    rows = statute.every_row()
    groups = [
        {"title": _KINDS.get(kind, kind), "rows": list(rows_of)}
        for kind, rows_of in groupby(rows, key=lambda row: type(row).__name__)
    ]
    counts = {"verified": sum(row.verified for row in rows), "all": len(rows)}
    return Page({"counts": counts, "groups": groups}, {"twin": reverse("law.json")})


_KINDS = {
    "Regime": "Regimes",
    "Governance": "Forms of governance",
    "Period": "Periods",
    "Exit": "Ways on when a period cannot be kept",
    "Heads": "What a document must contain",
    "LegalForm": "What each legal form may do",
    "Rule": "Tests and duties",
    "Convention": "Ways of counting days",
}


@page("public/accessibility.html", of="places")
def accessibility(request: HttpRequest) -> Page:
    return Page({"standard": "WCAG 2.2, level AA"}, {"twin": reverse("accessibility.json")})
