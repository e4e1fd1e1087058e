"""Two versions of a report compared, part by part and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import on_day
from concord.domain.decisions.checks.passages import all_parts, report_of
from concord.domain.decisions.fingerprints import names_of, told
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.report import Part, Report
from concord.domain.decisions.values import Values, fill, values_of

_WORDS = re.compile(r"\s+|[^\s]+")
_LONGEST = 4_000  # words; beyond it a part is shown as taken out and put in again


class Changed(StrEnum):
    """What became of a part or of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, were added or were removed."""

    words: str
    became: Changed


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one part: its words, or that only its tables or place did."""

    part: str
    became: Changed
    runs: tuple[Run, ...] = ()
    tables: bool = False


def compare(
    before: MatterText, after: MatterText, arrangement: Arrangement
) -> tuple[Difference, ...]:
    """Every part that differs, in the order of the later version; what is gone comes last."""
    old, new = report_of(before), report_of(after)
    was, now = values_of(before, arrangement), values_of(after, arrangement)
    earlier = dict(_pieces(old, was)) if old else {}
    later = dict(_pieces(new, now)) if new else {}
    kept = [n for n in later if n in earlier]
    moved = _moved([n for n in earlier if n in later], kept)
    found = [
        d
        for name, (words, whole) in later.items()
        if (d := _difference(name, earlier.get(name), (words, whole), name in moved))
    ]
    gone = [
        Difference(n, Changed.REMOVED, (Run(w, Changed.REMOVED),))
        for n, (w, _) in earlier.items()
        if n not in later
    ]
    return (*found, *gone)


def _pieces(report: Report, values: Values) -> Iterator[tuple[str, tuple[str, object]]]:
    """Each part by its name with its own words, and with all it tells beside its inner parts."""
    head = report.subject
    if isinstance(report.dated, date):
        head = f"{head}\n{on_day(report.dated)}"
    yield "subject and date", (head, head)
    asked = "\n".join(
        fill("\n".join((r.text, *r.points)), values)[0] for r in report.recommendations
    )
    yield "recommendations", (asked, [asked, [str(r.to) for r in report.recommendations]])
    names = names_of(report)
    values = values.numbered({p.id_: p.id_ for p in all_parts(report.parts) if p.id_})
    for part in all_parts(report.parts):
        yield names[id(part)], (_words(part, values), told(part, values)[:-1])


def _words(part: Part, values: Values) -> str:
    nil = part.nil if isinstance(part.nil, str) else ""
    own = [w for w in (part.heading or "", fill(part.text, values)[0], nil) if w]
    return "\n".join(own)


def _difference(
    name: str, was: tuple[str, object] | None, now: tuple[str, object], moved: bool
) -> Difference | None:
    if was is None:
        return Difference(name, Changed.ADDED, (Run(now[0], Changed.ADDED),))
    if was[1] == now[1]:
        return Difference(name, Changed.MOVED) if moved else None
    return Difference(name, Changed.CHANGED, words_compared(was[0], now[0]), was[0] == now[0])


def words_compared(before: str, after: str) -> tuple[Run, ...]:
    """The words of two texts as runs that stayed, were removed or were added."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > _LONGEST:
        runs = (Run(before, Changed.REMOVED), Run(after, Changed.ADDED))
        return runs if before != after else (Run(after, Changed.SAME),)
    found: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run("".join(new[c:d]), Changed.SAME))
            continue
        if b > a:
            found.append(Run("".join(old[a:b]), Changed.REMOVED))
        if d > c:
            found.append(Run("".join(new[c:d]), Changed.ADDED))
    return tuple(found)


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The parts that stand elsewhere among those that both versions have."""
    same = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {before[i] for block in same for i in range(block.a, block.a + block.size)}
    return set(after) - stayed
