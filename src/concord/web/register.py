"""The register of a place: every outcome alike, filtered, a page at a time by day and number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from concord.domain.agreements.labels import label
from concord.domain.decisions.effects import EffectState
from concord.domain.decisions.outcomes import Result
from concord.records.models import Decision, Outcome
from concord.web.naming import Names
from concord.web.pages import Page, page
from concord.web.places import Opened, opened
from concord.web.register_opened import WITHOUT
from concord.web.wording import listed, upper_first

PER_PAGE = 25
_NAMES = ("organisation", "body", "year", "key", "state", "by")
_ALONE = "one person alone"


@dataclass(frozen=True, slots=True)
class HalfRow:
    """One organisation's half in the list: its reference, its state, and by whom."""

    reference: str
    organisation: str
    side: str
    state: str
    says: str
    by: str
    key: bool | None
    late: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One line of the register."""

    reference: str
    title: str
    on: date
    where: str
    result: str
    halves: tuple[HalfRow, ...]


@page("register/register.html", of="register")
def register(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    asked = {name: request.GET.get(name, "")[:80] for name in _NAMES}
    rows = list(
        _after(_filtered(_public(place), asked), request.GET.get("after", ""))[: PER_PAGE + 1]
    )
    more = len(rows) > PER_PAGE
    shown = [row_of(row, it) for row in rows[:PER_PAGE]]
    last = rows[PER_PAGE - 1] if more else None
    after = f"{last.on.isoformat()}_{last.pk}" if last else ""
    onward = _query(asked, after) if more else ""
    address = reverse("register.json", args=[place])
    return it.page(
        "Register of decisions",
        {"outcomes": shown, "asked": asked, "more": f"{address}?{onward}" if more else None},
        section="decisions",
        rows=shown,
        choices=_choices(place, it),
        chosen=asked,
        onward=onward,
        is_filtered=any(asked.values()),
        begins=not request.GET.get("after"),
        twin=f"{address}?{_query(asked, request.GET.get('after', '')[:40])}".rstrip("?"),
    )


def _query(asked: dict[str, str], after: str) -> str:
    made = QueryDict(mutable=True)
    for name, value in (*asked.items(), ("after", after)):
        if value:
            made[name] = value
    return made.urlencode()


def _public(place: str) -> QuerySet[Outcome]:
    """What anybody may see: what a meeting did at once, one person's decision once published."""
    published = Decision.objects.filter(outcome=OuterRef("pk"), summary__published_on__isnull=False)
    return Outcome.objects.filter(place=place).filter(Q(meeting__isnull=False) | Exists(published))


def newest(place: str, number: int) -> QuerySet[Outcome]:
    """The newest entries of a register, with all that a line shows."""
    return _with_halves(_public(place))[:number]


def _filtered(rows: QuerySet[Outcome], asked: dict[str, str]) -> QuerySet[Outcome]:
    half: dict[str, Any] = {}
    if asked["organisation"]:
        half["organisation"] = asked["organisation"]
    if asked["key"] in ("yes", "no"):
        half["is_key"] = asked["key"] == "yes"
    if asked["state"] in set(EffectState):
        half["summary__state"] = asked["state"]
    if asked["by"]:
        half["maker"] = asked["by"]
    if half:
        rows = rows.filter(Exists(Decision.objects.filter(outcome=OuterRef("pk"), **half)))
    if asked["state"] in set(Result):
        rows = rows.filter(result=asked["state"])
    if asked["body"]:
        rows = rows.filter(body="" if asked["body"] == "none" else asked["body"])
    if asked["year"].isdigit() and len(asked["year"]) == 4 and asked["year"] >= "1900":
        year = int(asked["year"])
        rows = rows.filter(on__range=(date(year, 1, 1), date(year, 12, 31)))
    return rows


def _after(rows: QuerySet[Outcome], after: str) -> QuerySet[Outcome]:
    """What comes after the last line of the page before, by day and number: no page is skipped."""
    day, _, number = after.partition("_")
    if number.isascii() and number.isdigit() and len(number) < 19:
        try:
            on = date.fromisoformat(day)
        except ValueError:
            on = None
        if on is not None:
            rows = rows.filter(Q(on__lt=on) | Q(on=on, pk__lt=int(number)))
    return _with_halves(rows)


def _with_halves(rows: QuerySet[Outcome]) -> QuerySet[Outcome]:
    halves = Decision.objects.select_related("summary").order_by("organisation")
    halves = halves.defer("checked", "complete")
    return (
        rows.order_by("-on", "-pk").defer("verdict", "ballots", "text")
        .prefetch_related(Prefetch("decisions", halves))
    )  # fmt: skip


def row_of(row: Outcome, it: Opened) -> OutcomeRow:
    names = it.names
    halves = sorted(_halves(row.decisions.all(), names), key=lambda h: h.side != "council")
    first = halves[0].reference if halves else f"{WITHOUT}{row.pk}"
    where = label(names.arrangement, row.body) if row.body else upper_first(_ALONE)
    return OutcomeRow(first, row.title, row.on, where, row.result, tuple(halves))


def _halves(rows: Iterable[Decision], names: Names) -> Iterable[HalfRow]:
    known = names.arrangement.organisations
    for row in rows:
        of = row.organisation
        people = listed(row.record.get("made_by", ())) or label(names.arrangement, row.maker)
        name = names.organisation(of) if of in known else of
        says = row.summary.says
        state = "called in" if says.startswith("called in") else row.summary.state
        yield HalfRow(row.reference, name, names.side(of), state, says, people, row.is_key,
                      row.summary.late)  # fmt: skip


def _choices(place: str, it: Opened) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers, in words: what the register of this place has."""
    names = it.names
    makers = Decision.objects.filter(place=place).order_by().values_list("maker", flat=True)
    bodies = Outcome.objects.filter(place=place).order_by().values_list("body", flat=True)
    days = Outcome.objects.filter(place=place).order_by("on").values_list("on", flat=True)
    first, last = days.first(), days.last()
    years = range(last.year, first.year - 1, -1) if first and last else ()
    here = sorted(set(bodies.distinct()))
    return {
        "organisation": [(o, names.organisation(o)) for o in names.partners],
        "body": [
            (b or "none", label(it.arrangement, b) if b else "Between meetings") for b in here
        ],
        "year": [(str(y), str(y)) for y in years],
        "key": [("yes", "Key decisions"), ("no", "Not key")],
        "state": [(str(s), upper_first(s)) for s in (*_STATES, *_WITHOUT)],
        "by": [(m, upper_first(label(it.arrangement, m))) for m in sorted(set(makers.distinct()))],
    }


_STATES = tuple(EffectState)
_WITHOUT = (Result.DEFERRED, Result.NOTED, Result.NOT_CARRIED, Result.REFERRED, Result.DISPUTED)
