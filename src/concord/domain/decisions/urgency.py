"""A decision without its full notice: what the notice of a general exception or of urgency holds.

Who was told or agreed, on which day and why is said once, as the exit that was used; the notice's
own heads are filled from it. Authority: SI 2012/2089, regulations 5(6) and (7), 10, 11 and 19.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from concord.domain.agreements.labels import listed
from concord.domain.calendar import in_words
from concord.domain.clocks import WayOut
from concord.domain.decisions.lateness import ExitUsed
from concord.domain.decisions.notices import Notice, NoticeKind

# The kinds whose notice says that a key decision goes without its 28 clear days.
WITHOUT_NOTICE = (NoticeKind.GENERAL_EXCEPTION, NoticeKind.SPECIAL_URGENCY)
# The heads that the exit itself fills.
BY_EXIT = ("told", "agreed", "why")
REPORTED = "SI 2012/2089, regulation 19"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptional:
    """What stays with a notice of an exit: who was told or agreed, when, why, what has to follow.

    `report_by` is the last day on which the leader or mayor may report an urgent decision to the
    council: the council sets how often, at least yearly (regulation 19). None for another exit.
    """

    way: str
    needs: str
    by: str
    on: date
    why: str
    passed_over: tuple[str, ...]
    then: tuple[str, ...]
    authority: str
    report_by: date | None = None

    def to_data(self) -> dict[str, Any]:
        return {
            "way": self.way, "needs": self.needs, "by": self.by, "on": self.on.isoformat(),
            "why": self.why, "passed_over": list(self.passed_over), "then": list(self.then),
            "authority": self.authority,
            "report_by": self.report_by.isoformat() if self.report_by else None,
        }  # fmt: skip


def filled(notice: Notice, used: ExitUsed | None) -> Notice:
    """The notice with what its exit says of itself; unchanged where it is no exit's notice."""
    if notice.way is None or used is None or used.exit != notice.way.id:
        return notice
    said = {"told": _told(used, notice.way), "agreed": _agreed(used, notice.way), "why": used.why}
    lines = tuple(
        replace(line, words=said[line.letter], remedy="")
        if line.missing and said.get(line.letter, "").strip()
        else line
        for line in notice.lines
    )
    return replace(notice, lines=lines)


def exceptional(notice: Notice, used: ExitUsed | None) -> Exceptional | None:
    """What is kept of the exit; None for a notice that is no exit's."""
    way = notice.way
    if way is None or used is None:
        return None
    urgent = notice.kind is NoticeKind.SPECIAL_URGENCY
    return Exceptional(
        way=way.name, needs=way.needs, by=used.by, on=used.on, why=used.why,
        passed_over=tuple(p for p in used.passed_over if p.strip()), then=way.then,
        authority=str(way.authority),
        report_by=year_after(notice.on) if urgent and notice.on else None,
    )  # fmt: skip


def year_after(on: date) -> date:
    """The same day of the next year; 28 February after a leap day."""
    try:
        return on.replace(year=on.year + 1)
    except ValueError:
        return on.replace(year=on.year + 1, day=28)


def _told(used: ExitUsed, way: WayOut) -> str:
    if used.by not in way.who:
        return ""
    return f"The {used.by}, in writing on {in_words(used.on)}.{_passed(used, way)}"


def _agreed(used: ExitUsed, way: WayOut) -> str:
    if used.by not in way.who:
        return ""
    return f"The {used.by}, on {in_words(used.on)}.{_passed(used, way)}"


def _passed(used: ExitUsed, way: WayOut) -> str:
    return "".join(f" {words}" for words in _why_not(used, way))


def _why_not(used: ExitUsed, way: WayOut) -> Iterator[str]:
    before = way.who[: way.who.index(used.by)]
    for who, because in zip(before, (p for p in used.passed_over if p.strip()), strict=False):
        yield f"The {who} could not be asked: {because.strip().rstrip('.')}."


def asked_of(way: WayOut) -> str:
    """Who has to be told or to agree: `Has to agree: the chair …; otherwise the …`."""
    does = {"notice": "Has to be told in writing", "agreement": "Has to agree"}
    first, *rest = (f"the {who}" for who in way.who)
    otherwise = f"; otherwise {listed(rest, 'or')}" if rest else ""
    return f"{does.get(way.needs, 'Says so')}: {first}{otherwise}."
