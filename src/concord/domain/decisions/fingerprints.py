"""What a report says, part by part, as short hashes, so that a change shows where it was made.

Live references are filled in first: a changed amount or name changes every part that tells it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.decisions.checks.passages import all_parts, report_of
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import FigureTable, Part, Report
from concord.domain.decisions.values import Values, fill, values_of
from concord.domain.decisions.words import PartKind
from concord.domain.language.values import NotStated

WHOLE = ("recommendations", "options", "appendices and papers", "subject and date")


def fingerprints(
    text: MatterText, arrangement: Arrangement, kinds: tuple[PartKind, ...] = ()
) -> Mapping[str, str]:
    """The hash of each part of these kinds by its name; of the whole report where none is named."""
    report = report_of(text)
    if report is None:
        return {}
    values = values_of(text, arrangement)
    names = names_of(report)
    values = values.numbered({p.id_: p.id_ for p in all_parts(report.parts) if p.id_})
    parts = [p for p in all_parts(report.parts) if p.kind in kinds] if kinds else report.parts
    found = {names[id(p)]: _hash(told(p, values)) for p in parts}
    return found if kinds else {**found, **dict(_rest(report, values))}


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """The names of what differs, what was added and what is gone."""
    names = dict.fromkeys([*before, *after])
    return tuple(n for n in names if before.get(n) != after.get(n))


def names_of(report: Report) -> dict[int, str]:
    """A name for each part: its id, else its heading or kind, with a number where two share it."""
    found: dict[int, str] = {}
    seen: dict[str, int] = {}
    for part in all_parts(report.parts):
        name = part.id_ or part.heading or _kind(part) or "a part"
        seen[name] = seen.get(name, 0) + 1
        found[id(part)] = name if seen[name] == 1 else f"{name} {seen[name]}"
    return found


def told(part: Part, values: Values) -> list[object]:
    """All that a part tells its readers; who commented on it, and where it stands, is not of it."""
    return [
        part.heading or _kind(part), fill(part.text, values)[0],
        part.nil if isinstance(part.nil, str) else "", part.exempt or "",
        [_table(t) for t in part.tables], [told(p, values) for p in part.parts],
    ]  # fmt: skip


def _kind(part: Part) -> str:
    return str(part.kind) if isinstance(part.kind, PartKind) else ""


def _table(table: FigureTable) -> list[object]:
    return [table.title, list(table.columns), [list(r) for r in table.rows], table.unit or ""]


def _rest(report: Report, values: Values) -> Iterator[tuple[str, str]]:
    asked = [
        [str(r.to), str(r.verb), fill(r.text, values)[0], [fill(p, values)[0] for p in r.points]]
        for r in report.recommendations
    ]
    options = () if isinstance(report.options, NotStated) else report.options
    chosen = [[str(o.what), str(o.became), str(o.because or "")] for o in options]
    papers = [
        [p.title, p.exempt or ""]
        for listed in (report.appendices, report.background_papers)
        for p in (() if isinstance(listed, NotStated) else listed)
    ]
    yield from zip(
        WHOLE, map(_hash, (asked, chosen, papers, [report.subject, str(report.dated)])), strict=True
    )


def _hash(value: object) -> str:
    words = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()[:16]
