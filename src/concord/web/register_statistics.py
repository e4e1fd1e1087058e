"""Figures of the register as small pictures, one for each measure, with their tables and a file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from concord.domain.agreements.labels import label
from concord.web.pages import Page, gate, page
from concord.web.places import Opened, opened
from concord.web.register_figures import ALONE, BANDS, Figures, Gathered, figures_of, lines
from concord.web.wording import count, upper_first

MEASURES = (
    ("decisions", "Decisions of the organisations"),
    ("put_off", "Items put off"),
    ("called_in", "Decisions called in"),
    ("exempt", "Exempt from call-in"),
    ("late_records", "Records published late"),
    ("late_papers", "Papers published late"),
    ("urgent", "Notices of exception or urgency"),
)
_YEARS = 10
HEIGHT = 96


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of a small picture: where its bar stands in percent, how high, and its figure."""

    year: int
    figure: int | None
    words: str
    x: str
    middle: str
    width: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Small:
    """One small picture: its measure, what it finds, and its bars."""

    name: str
    title: str
    says: str
    bars: tuple[Bar, ...]


@page("register/statistics.html", of="register")
def statistics(request: HttpRequest, place: str) -> Page:
    it = opened(request, place)
    found = figures_of(place)
    asked = request.GET.get("body", "")
    body = (
        (ALONE if asked == "none" else asked)
        if asked and asked in ("none", *found.bodies)
        else None
    )
    years = found.years[-_YEARS:]
    totals = {year: found.total(year, body) for year in years}
    data = {
        "years": years,
        "body": asked if body is not None else None,
        "totals": [{"year": year, **_figures(one)} for year, one in totals.items()],
        "by_body": [
            {"body": of or None, "year": year, **_figures(one)} for of, year, one in lines(found)
        ],
        "by_sum": _counted(found.values, years, BANDS),
        "by_maker": _counted(found.makers, years, sorted({m for m, _ in found.makers})),
    }
    return it.page(
        "Figures of the register", data, section="decisions",
        smalls=[_attendance(totals), *(_small(name, title, totals) for name, title in MEASURES)],
        totals=totals, chosen=asked,
        bodies=[(b or "none", _name(it, b)) for b in found.bodies],
        sums=[(words, [found.values[words, y] for y in years]) for words in BANDS],
        makers=_makers(it, found, years), measures=MEASURES,
        lead=_lead(found, years), twin=reverse("register_statistics.json", args=[place]),
    )  # fmt: skip


def file(request: HttpRequest, place: str) -> HttpResponse:
    """The same figures as a CSV file: one line for each body and year."""
    if turned := gate(request, "register", place):
        return turned
    it = opened(request, place)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{place}-register.csv"'
    sheet = csv.writer(answer)
    names = list(_figures(Figures()))
    sheet.writerow(["body", "year", *names])
    for body, year, one in lines(figures_of(place)):
        told = ["not reported" if v is None else v for v in _figures(one).values()]
        name = _name(it, body)
        sheet.writerow([f"'{name}" if name[:1] in "=+-@" else name, year, *told])
    return answer


def _name(it: Opened, body: str) -> str:
    return label(it.arrangement, body) if body else "Between meetings"


def _figures(one: Figures) -> dict[str, int | None]:
    return {
        "meetings": one.meetings, "seats_expected": one.seats, "seats_filled": one.there,
        "attendance_percent": one.attendance, "outcomes": one.outcomes, "decided": one.decided,
        "key": one.key, "papers": one.papers, **{n: getattr(one, n) for n, _ in MEASURES},
    }  # fmt: skip


def _counted(found: Any, years: list[int], names: Any) -> list[dict[str, Any]]:
    return [{"of": n, **{str(y): found[n, y] for y in years}} for n in names]


def _makers(it: Opened, found: Gathered, years: list[int]) -> list[tuple[str, list[int]]]:
    each = sorted({maker for maker, _ in found.makers})
    rows = [
        (upper_first(label(it.arrangement, m)), [found.makers[m, y] for y in years]) for m in each
    ]
    return sorted(rows, key=lambda row: -sum(row[1]))


def _small(name: str, title: str, totals: dict[int, Figures]) -> Small:
    values = {year: getattr(one, name) for year, one in totals.items()}
    whole = sum(values.values())
    if not whole:
        return Small(name, title, "None in these years.", _bars(values, 1, ""))
    most = max(values, key=lambda y: (values[y], y))
    says = f"{whole:,} in {most}."
    if len(values) > 1:
        says = f"{whole:,} in {count(len(values), 'year')}; most in {most}: {values[most]:,}."
    return Small(name, title, says, _bars(values, max(values.values()), ""))


def _attendance(totals: dict[int, Figures]) -> Small:
    values = {year: one.attendance for year, one in totals.items()}
    known = [v for v in values.values() if v is not None]
    low, high = (min(known), max(known)) if known else (0, 0)
    apart = f"Between {low} and {high}." if low < high else f"{high} in every year reported."
    says = apart if known else "Not reported."
    return Small("attendance", "Of 100 seats, how many came", says, _bars(values, 100, ""))


def _bars(values: dict[int, Any], most: int, unit: str) -> tuple[Bar, ...]:
    step = 100 / max(1, len(values))
    made = []
    for number, (year, value) in enumerate(values.items()):
        height = round((HEIGHT - 40) * (value or 0) / most) if most else 0
        words = "Not reported" if value is None else f"{value:,}{unit}"
        x = number * step
        made.append(Bar(year, value, words, f"{x + step * 0.12:.2f}%", f"{x + step / 2:.2f}%",
                        f"{step * 0.76:.2f}%", HEIGHT - 20 - height, height))  # fmt: skip
    return tuple(made)


def _lead(found: Gathered, years: list[int]) -> str:
    if not years:
        return "Nothing has been decided here yet, so there is nothing to count."
    last = found.total(years[-1])
    decisions = count(last.decisions, "decision")
    called = count(last.called_in, "decision")
    were = "was" if last.called_in == 1 else "were"
    return f"In {years[-1]} the organisations made {decisions}; {called} {were} called in."
