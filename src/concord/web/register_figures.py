"""The figures of a register: what was decided, by whom, how often called in, late or urgent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Sum

from concord.domain.decisions.call_in import CallInMove
from concord.domain.decisions.meetings import Happens
from concord.domain.decisions.meetings.book import EntryKind
from concord.domain.decisions.outcomes import Result
from concord.records.models import (
    Decision,
    DecisionStep,
    Meeting,
    MeetingEntry,
    Outcome,
    Publication,
)
from concord.web.notices_exceptional import is_exceptional

ALONE = ""  # the body of what one person decides between meetings
# In pence: nothing below the first, and each band up to the next.
_BANDS = (
    (10_000_000, "Below £100,000"),
    (50_000_000, "£100,000 to £499,999"),
    (100_000_000, "£500,000 to £999,999"),
)
ABOVE, NO_SUM, PRIVATE = "£1,000,000 and more", "None, or not stated", "Not for publication"
BANDS = (*(words for _, words in _BANDS), ABOVE, NO_SUM, PRIVATE)


@dataclass(slots=True)
class Figures:
    """One body in one year; `seats` is how many were expected, `there` how many came."""

    meetings: int = 0
    seats: int = 0
    there: int = 0
    outcomes: int = 0
    decided: int = 0
    put_off: int = 0
    decisions: int = 0
    key: int = 0
    called_in: int = 0
    exempt: int = 0
    late_records: int = 0
    papers: int = 0
    late_papers: int = 0
    urgent: int = 0

    def add(self, other: Figures) -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    @property
    def attendance(self) -> int | None:
        """Of a hundred seats that were expected, how many came; None where none was recorded."""
        return round(100 * self.there / self.seats) if self.seats else None


@dataclass(slots=True)
class Gathered:
    """Every figure of one place: by body and year, by sum and year, by maker and year."""

    rows: dict[tuple[str, int], Figures] = field(default_factory=dict)
    values: Counter[tuple[str, int]] = field(default_factory=Counter)
    makers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def of(self, body: str, year: int) -> Figures:
        return self.rows.setdefault((body, year), Figures())

    @property
    def years(self) -> list[int]:
        found = [year for _, year in self.rows]
        return list(range(min(found), max(found) + 1)) if found else []

    @property
    def bodies(self) -> list[str]:
        return sorted({body for body, _ in self.rows}, key=lambda b: (b == ALONE, b))

    def total(self, year: int, body: str | None = None) -> Figures:
        """A year's figures, of one body or of all."""
        made = Figures()
        for (of, when), one in self.rows.items():
            if when == year and body in (None, of):
                made.add(one)
        return made


def figures_of(place: str) -> Gathered:
    """The figures of a place, worked out anew only when its records have grown."""
    # Records only grow, and a count reads a place’s own rows where a maximum may read them all.
    many = Outcome.objects.filter(place=place).count()
    steps = DecisionStep.objects.filter(decision__place=place).count()
    papers = Publication.objects.filter(place=place).count()
    met = Meeting.objects.filter(place=place).aggregate(n=Sum("head"), m=Count("pk"))
    return _gathered(place, many, steps, papers, met["n"], met["m"])


@lru_cache(maxsize=256)
def _gathered(place: str, *_: int | None) -> Gathered:
    found = Gathered()
    _meetings(found, place)
    _outcomes(found, place)
    _steps(found, place)
    _papers(found, place)
    return found


def _meetings(found: Gathered, place: str) -> None:
    kinds = (EntryKind.SEATED, EntryKind.STOOD_DOWN, Happens.ARRIVED)
    rows = MeetingEntry.objects.filter(meeting__place=place, kind__in=kinds).order_by("pk")
    came: dict[int, tuple[set[tuple[str, str]], set[str]]] = {}
    for meeting, kind, said in rows.values_list("meeting_id", "kind", "said"):
        seated, there = came.setdefault(meeting, (set(), set()))
        who, body = str(said.get("who", "")), str(said.get("body", ""))
        if kind == Happens.ARRIVED:
            there.add(who)
        elif kind == EntryKind.SEATED:
            seated.add((body, who))
        else:
            seated.discard((body, who))
    meetings = Meeting.objects.filter(place=place).values_list("pk", "bodies", "on")
    for pk, bodies, on in meetings:
        seated, there = came.get(pk, (set(), set()))
        for body in bodies:
            one = found.of(body, on.year)
            mine = {who for of, who in seated if of in (body, "")}
            one.meetings += 1
            one.seats += len(mine)
            one.there += len(mine & there)


def _outcomes(found: Gathered, place: str) -> None:
    rows = Outcome.objects.filter(place=place).order_by().values_list("body", "on", "result")
    for body, on, result in rows:
        one = found.of(body, on.year)
        one.outcomes += 1
        one.decided += result == Result.DECIDED
        one.put_off += result in (Result.DEFERRED, Result.DISPUTED)
    halves = Decision.objects.filter(place=place).order_by().select_related(None)
    told = (
        "outcome__body",
        "made_on",
        "is_key",
        "pence",
        "maker",
        "summary__late",
        "record__private",
    )
    for body, on, key, pence, maker, late, private in halves.values_list(*told):
        one = found.of(body, on.year)
        one.decisions += 1
        one.key += key is True
        one.late_records += bool(late)
        found.values[band(pence, private=bool(private)), on.year] += 1
        found.makers[maker, on.year] += 1


def band(pence: int | None, *, private: bool) -> str:
    """Among which sums a decision is counted; a private one’s sum is told in no way."""
    if private:
        return PRIVATE
    if pence is None:
        return NO_SUM
    return next((words for most, words in _BANDS if pence < most), ABOVE)


def _steps(found: Gathered, place: str) -> None:
    moves = (CallInMove.CALL_IN, CallInMove.PUBLISH_EXEMPT)
    rows = DecisionStep.objects.filter(decision__place=place, step__in=moves).order_by()
    for step, at, body in rows.values_list("step", "at", "decision__outcome__body"):
        one = found.of(body, datetime.fromisoformat(at).year)
        one.called_in += step == CallInMove.CALL_IN
        one.exempt += step == CallInMove.PUBLISH_EXEMPT


def _papers(found: Gathered, place: str) -> None:
    rows = Publication.objects.filter(place=place, supersedes=None).order_by()
    rows = rows.exclude(media_type="application/pdf").exclude(media_type__contains="word")
    told = ("kind", "published_at", "late_by", "details__body")
    for kind, at, late, body in rows.values_list(*told):
        if kind == "paper":
            one = found.of(str(body or ALONE), at.year)
            one.papers += 1
            one.late_papers += bool(late)
        elif is_exceptional(kind):
            found.of(str(body or ALONE), at.year).urgent += 1


def lines(found: Gathered) -> Iterator[tuple[str, int, Figures]]:
    """Body, year and figures, in order, for a table or a file."""
    for body, year in sorted(found.rows, key=lambda k: (k[0] == ALONE, k[0], k[1])):
        yield body, year, found.rows[body, year]
