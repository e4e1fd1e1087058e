"""Writing a report: one part alone or the whole text; two people at once lose nothing."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from concord.commands.decisions import discard_report, save_report
from concord.commands.texts import TextRefused, TextsDiffer
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.checks.passages import all_parts, name_of
from concord.domain.decisions.report import Part, Report
from concord.domain.findings import Finding
from concord.records.models import KeptText
from concord.records.models.agreements import matter_kind
from concord.web.decisions_rows import read_report, read_stops
from concord.web.drafts import _gutter, _margin, _organisations, _revision, acting
from concord.web.pages import Unreadable, gate, unreadable
from concord.web.reports import Writing, opened_draft
from concord.web.versions import compared
from concord.web.wording import worst_first

_TEXT_KEY = re.compile(r"""^([ \t]*text[ \t]*=[ \t]*)(\"{3}|'{3}|"|')""", re.M)
_NEXT = re.compile(r"^[ \t]*\[", re.M)


def edit(request: HttpRequest, place: str, matter: str) -> HttpResponse:
    """The whole text, or the part that `?part=` names, with findings beside their lines."""
    if turned := gate(request, "report_edit", place):
        return turned
    at = opened_draft(request, place, matter)
    said = request.POST.get("part", request.GET.get("part", ""))
    try:
        if said:
            return _part(request, at, said)
    except Unreadable as fault:
        return unreadable(request, fault, twin=False)
    if request.method != "POST":
        return _editor(request, at, at.draft.text, at.draft.revision)
    text = _sent(request, "text")
    if request.POST.get("do") == "check":
        return _editor(request, at, text, _revision(request), checked=True)
    return _save(request, at, text, _revision(request))


def _sent(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\r\n", "\n")


def _save(request: HttpRequest, at: Writing, text: str, revision: int) -> HttpResponse:
    try:
        saved = save_report(acting(request), at.it.name, at.name, text, revision)
    except TextsDiffer as differ:
        return _conflict(request, at, differ)
    except TextRefused as refused:
        return _editor(request, at, text, revision, refused=refused.findings, status=422)
    messages.success(request, f"Saved as revision {saved.revision} of the draft.")
    return redirect("report", place=at.it.name, matter=at.name)


def _editor(
    request: HttpRequest, at: Writing, text: str, revision: int, *, checked: bool = False,
    refused: tuple[Finding, ...] = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    reading = read_report(text, at.it.arrangement)
    findings = tuple(dict.fromkeys((*refused, *reading.findings)))
    lines = text.count("\n") + 1
    shown = {
        **_frame(at, "Write the report"),
        "draft": at.draft,
        "text": text,
        "revision": revision,
        "checked": checked,
        "refused": bool(refused),
        "findings": worst_first(findings),
        "gutter": _gutter(lines, findings),
        "margin": _margin(lines, findings),
        "lines": lines,
        "not_stated": len(reading.not_stated),
        "unsaved": text != at.draft.text,
        "organisations": _organisations(request, at.it),
    }
    return render(request, "decisions/edit.html", shown, status=status)


def _frame(at: Writing, heading: str) -> dict[str, Any]:
    matter = {"name": at.name, "title": at.title}
    return {
        **at.it.page(heading, {}).shown, "page": "report", "section": "decisions", "on": at.it.on,
        "matter": matter,
    }  # fmt: skip


# --- one part ---


def _part(request: HttpRequest, at: Writing, said: str) -> HttpResponse:
    parts = parts_of(at.draft.text, at.it.arrangement)
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else -1
    if request.method == "POST":
        return _save_part(request, at, number)
    if not 0 <= number < len(parts):
        raise Http404(f"the report has no part {said}")
    if with_part(at.draft.text, parts[number], parts[number].text, at.it.arrangement) is None:
        # It is written in a way that only its own line shows, as in a table on one line.
        return redirect(f"{request.path}#M{parts[number].line}")
    return _part_form(request, at, number, parts[number], str(parts[number].text).strip("\n"))


def _part_form(
    request: HttpRequest, at: Writing, number: int, part: Part, words: str,
    *, findings: tuple[Finding, ...] = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    here = [f for f in at.reading.findings if _inside(f, part, at)]
    shown = {
        **_frame(at, f"Edit: {name_of(part)}"),
        "draft": at.draft,
        "revision": at.draft.revision,
        "part": number,
        "name": name_of(part),
        "words": words,
        "was": str(part.text).strip("\n"),
        "rows": min(30, max(8, len(words) // 70 + words.count("\n") + 2)),
        "findings": [*findings, *here],
        "organisations": _organisations(request, at.it),
    }
    return render(request, "decisions/part.html", shown, status=status)


def _inside(found: Finding, part: Part, at: Writing) -> bool:
    lines = str(part.text).count("\n")
    return part.line <= found.line <= part.line + lines + 6


def _save_part(request: HttpRequest, at: Writing, number: int) -> HttpResponse:
    """Writes the part into the newest text where nobody else touched it.

    Where the same part has changed since, both texts are shown and both are kept.
    """
    revision, words = _revision(request), _sent(request, "words")
    kind = matter_kind(at.name)
    began = at.draft.text
    if revision != at.draft.revision:
        began = KeptText.objects.text_of_revision(at.it.name, kind, revision) or at.draft.text
    was = _numbered(parts_of(began, at.it.arrangement), number)
    theirs = _matching(parts_of(at.draft.text, at.it.arrangement), was)
    if theirs is not None and str(theirs.text) == str(was.text):
        began, revision, was = at.draft.text, at.draft.revision, theirs
    text = with_part(began, was, words, at.it.arrangement)
    if text is None:
        says = "These words cannot be written into the text as they stand."
        raise Unreadable(says, "Take out what no keyboard writes, or edit the whole text.")
    return _save(request, at, text, revision)


def _numbered(parts: list[Part], number: int) -> Part:
    if not 0 <= number < len(parts):
        says = "The report no longer has the part that these words belong to."
        raise Unreadable(says, "Go back, copy your words, and put them into the whole text.")
    return parts[number]


def _matching(parts: list[Part], was: Part) -> Part | None:
    """The same part in another version: by its name and kind, wherever it stands now."""
    alike = [p for p in parts if (name_of(p), p.kind) == (name_of(was), was.kind)]
    same = [p for p in alike if str(p.text) == str(was.text)]
    return (same or alike or [None])[0]  # type: ignore[list-item]


def parts_of(text: str, arrangement: Arrangement) -> list[Part]:
    """Every part of the report in reading order."""
    matter = read_stops(text, arrangement).matter
    report = matter.report if matter else None
    return list(all_parts(report.parts)) if isinstance(report, Report) else []


def with_part(text: str, part: Part, words: str, arrangement: Arrangement) -> str | None:
    """The text with that part's words replaced; None where they cannot be put in without doubt."""
    before = parts_of(text, arrangement)
    number = next((n for n, p in enumerate(before) if p.line == part.line), None)
    if number is None:
        return None
    start = _offset(text, part.line)
    head = text.find("\n", start) + 1 or len(text)
    found = _TEXT_KEY.search(text, head)
    next_table = _NEXT.search(text, head)
    limit = next_table.start() if next_table else len(text)
    written = _written(words)
    if found and found.start() < limit:
        end = _end(text, found)
        made = None if end is None else text[: found.start(1)] + found[1] + written + text[end:]
    else:
        made = f"{text[:head]}text = {written}\n{text[head:]}"
    return made if made is not None and _holds(made, number, words, before, arrangement) else None


def _offset(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
    return at


def _end(text: str, found: re.Match[str]) -> int | None:
    """Where the words that open here end: after the same marks, those behind a backslash aside."""
    mark, at = found[2], found.end()
    literal = mark[0] == "'"
    while True:
        at = text.find(mark, at)
        if at < 0:
            return None
        slashes = len(text[:at]) - len(text[:at].rstrip("\\"))
        if literal or slashes % 2 == 0:
            end = at + len(mark)
            while len(mark) == 3 and text[end : end + 1] == mark[0]:
                end += 1
            return end
        at += 1


def _written(words: str) -> str:
    safe = words.strip("\n").replace("\\", "\\\\").replace('"""', '""\\"')
    safe = safe[:-1] + '\\"' if safe.endswith('"') else safe
    return f'"""\n{safe}\n"""'


def _holds(
    text: str, number: int, words: str, before: list[Part], arrangement: Arrangement
) -> bool:
    """Whether the new text says just that in this part, and every other part as it did."""
    after = parts_of(text, arrangement)
    if len(after) != len(before):
        return False
    said = all(
        str(a.text) == str(b.text)
        for n, (a, b) in enumerate(zip(after, before, strict=True))
        if n != number
    )
    return said and str(after[number].text).strip("\n") == words.strip("\n")


# --- two people at once ---


def _conflict(request: HttpRequest, at: Writing, differ: TextsDiffer) -> HttpResponse:
    """Both texts, and the two put together where that can be done; nothing is lost."""
    shown = {
        **_frame(at, "Two drafts"),
        "yours": differ.yours,
        "theirs": differ.theirs,
        "together": differ.together,
        "changes": list(compared(differ.theirs.text, differ.yours)),
        "rows": min(30, differ.yours.count("\n") + 2),
        "why": request.POST.get("why", ""),
        "on_behalf_of": request.POST.get("on_behalf_of", ""),
    }
    return render(request, "decisions/conflict.html", shown, status=409)


@require_POST
def discard(request: HttpRequest, place: str, matter: str) -> HttpResponse:
    """Goes back to the newest version; the discarded text is set aside."""
    if turned := gate(request, "report_discard", place):
        return turned
    discard_report(acting(request), place, matter, _revision(request))
    messages.success(request, "The draft is discarded. Its text is set aside, not deleted.")
    return redirect("report", place=place, matter=matter)
