"""The versions of a place's text, and what changed from one to another, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.http import HttpRequest
from django.urls import reverse

from concord.domain.places.policy import About, may
from concord.records.models import Draft, TextVersion
from concord.records.models.accounts import role_facts_of
from concord.web.pages import Page, Unreadable, page, today
from concord.web.places import opened
from concord.web.wording import count, upper_first

_AROUND = 3  # unchanged lines shown on each side of a change


def _may(request: HttpRequest, place: str, act: str) -> bool:
    return may(role_facts_of(request.user), act, About(place), today()).stands


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a comparison; `kind` is same, out, in or gap."""

    kind: str
    old: int | None
    new: int | None
    text: str


def compared(old: str, new: str) -> Iterator[DiffLine]:
    """The changes from one text to another with a few lines around each; nothing where none."""
    was, now = old.splitlines(), new.splitlines()
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    last = 0
    for group in matcher.get_grouped_opcodes(_AROUND):
        skipped = group[0][1] - last
        if skipped:
            yield DiffLine("gap", None, None, f"{upper_first(count(skipped, 'line'))} unchanged")
        for tag, a, b, c, d in group:
            yield from _block(tag, (a, b, c, d), was, now)
        last = group[-1][2]
    if last and last < len(was):
        yield DiffLine(
            "gap", None, None, f"{upper_first(count(len(was) - last, 'line'))} unchanged"
        )


def _block(
    tag: str, span: tuple[int, int, int, int], was: list[str], now: list[str]
) -> Iterator[DiffLine]:
    a, b, c, d = span
    if tag == "equal":
        for old, new in zip(range(a, b), range(c, d), strict=True):
            yield DiffLine("same", old + 1, new + 1, was[old])
        return
    for old in range(a, b):
        yield DiffLine("out", old + 1, None, was[old])
    for new in range(c, d):
        yield DiffLine("in", None, new + 1, now[new])


@page("agreements/versions.html", of="versions")
def versions(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    rows = list(TextVersion.objects.of(place).order_by("-number").defer("text"))
    may_read = _may(request, place, "agreements.view_draft")
    kept = Draft.objects.desk(place) if may_read else None
    open_draft = kept if kept and kept.is_open else None
    numbers = [str(row.number) for row in rows]
    newest = "draft" if open_draft else numbers[0]
    to = _chosen(request, "to", newest, [*numbers, *(["draft"] if open_draft else [])])
    before = numbers[0] if to == "draft" else str(max(1, int(to) - 1))
    from_ = _chosen(request, "from", before, numbers)
    old = _text(place, from_, open_draft)
    changes = list(compared(old, _text(place, to, open_draft))) if from_ != to else []
    data = {
        "versions": [
            {
                "number": row.number,
                "adopted": row.adopted_at.date(),
                "by": row.adopted_by if request.user.is_authenticated else "",
                "note": row.note,
                "sha256": row.sha256,
            }
            for row in rows
        ],
        "from": from_,
        "to": to,
        "changes": changes,
    }
    return it.page(
        "Versions",
        data,
        page="agreements",
        from_=from_,
        draft=open_draft,
        may_edit=_may(request, place, "agreements.save_draft"),
        added=sum(one.kind == "in" for one in changes),
        gone=sum(one.kind == "out" for one in changes),
        twin=reverse("versions.json", args=[place]) + f"?from={from_}&to={to}",
    )


def _chosen(request: HttpRequest, name: str, otherwise: str, known: list[str]) -> str:
    asked = request.GET.get(name, otherwise)
    if asked not in known:
        raise Unreadable(f"There is no version “{asked[:40]}” here.", "Choose one of the list.")
    return asked


def _text(place: str, number: str, open_draft: Draft | None) -> str:
    if number == "draft" and open_draft:
        return str(open_draft.text)
    return TextVersion.objects.of(place).values_list("text", flat=True).get(number=int(number))
