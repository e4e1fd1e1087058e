"""The action plans that forecasts open, for the desk; and the money of a place's front page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from concord.domain.findings import Answer, Authority
from concord.domain.funds import budgets
from concord.records.models import ForecastRecord, PlaceSummary
from concord.web.funds_page import duties
from concord.web.funds_reading import OpenedFunds, books_of, opened_funds, years_of
from concord.web.funds_told import millions, plan_words
from concord.web.naming import Names
from concord.web.places import Frame, Opened, read


@dataclass(frozen=True, slots=True)
class Plan:
    """One action plan that the newest forecast of a fund opens."""

    place: str
    title: str
    fund: str
    name: str
    year: str
    what: str
    says: str
    authority: Authority
    titles: dict[str, str]


def plans(rows: Iterable[PlaceSummary], now: date) -> Iterator[Plan]:
    """Asks once which places have forecast at all; the books of others are never opened."""
    by_place = {row.place_id: row for row in rows}
    made = ForecastRecord.objects.filter(place__in=by_place).order_by("year", "number")
    newest = {
        (place, fund): year for place, fund, year in made.values_list("place", "fund", "year")
    }
    for (place, fund), year in newest.items():
        here = _opened(by_place[place], now)
        if here is None or fund not in here.text.funds:
            continue
        money = books_of(here, year).money(fund)
        for one in duties(here, money):
            if one.verdict.answer is Answer.NOT_STATED:
                continue
            reason = one.verdict.reasons[0]
            says = plan_words(here.it.names, here.text, reason.says)
            yield Plan(
                place, by_place[place].title, fund, money.fund.label, year, one.what, says,
                reason.authority, here.it.names.sources,
            )  # fmt: skip


def _opened(row: PlaceSummary, now: date) -> OpenedFunds | None:
    reading = read(row.version.text)
    if reading.arrangement is None:
        return None
    frame = Frame(row.place_id, row.title, row.fictional, "", "")
    names = Names(reading.arrangement, now)
    return opened_funds(
        Opened(row.place_id, row.version, reading, reading.arrangement, names, now, frame, "")
    )


def front(it: Opened) -> list[dict[str, Any]]:
    """The funds of a place with what their texts budget: one question to the database."""
    here = opened_funds(it)
    rows = []
    for name, fund in here.text.funds.items():
        years = years_of(here.text, name)
        year = max((y for y in years if y[:4] <= str(_first(it.on))), default="".join(years[:1]))
        sums = _total(here, name, year)
        rows.append({
            "fund": name, "name": fund.label, "year": year or "no year stated",
            "budget": millions(sums) if sums is not None else None,
        })  # fmt: skip
    return rows


def _first(on: date) -> int:
    """The first calendar year of the financial year a day lies in."""
    return on.year if (on.month, on.day) >= (4, 1) else on.year - 1


def _total(here: OpenedFunds, fund: str, year: str) -> int | None:
    version = budgets.latest(here.text, fund, year) if year else None
    if version is None:
        return None
    whole = budgets.total(here.text, version, list(version.known_amounts))
    return whole if isinstance(whole, int) and version.known_amounts else None
