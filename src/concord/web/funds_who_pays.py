"""Who pays? Outturns entered or drawn, and each partner's bill under several agreements at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.risk_share.facts import LineVariance, Position
from concord.domain.money import pence
from concord.web.funds_drawn import MOST_DRAWS, RHOS, Likely, distributions, drawn
from concord.web.funds_paying import Paid, others, paid
from concord.web.funds_reading import Money, OpenedFunds, asked_year, books_of, opened_funds
from concord.web.funds_rules import Agreement, agreements
from concord.web.funds_shown import has_rule
from concord.web.funds_told import dress, line_name
from concord.web.pages import Page, Unreadable, page
from concord.web.places import opened

_MOST = 100_000_000_000_00  # pence: no line of a pool comes to more
_NUMBER = re.compile(r"-?\d[\d,]*(\.\d\d)?")
_SPLIT = "<!-- the results -->"


@dataclass(frozen=True, slots=True)
class LineAsked:
    """One line of the form: its budget, what was typed, and the outturn that it means."""

    line: str
    name: str
    budget: int
    typed: str
    outturn: int
    spread: str
    version: int
    entered: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Everything the address says, so that the same address gives the same answer."""

    year: str
    lines: tuple[LineAsked, ...]
    chosen: tuple[Agreement, ...]
    known: dict[str, Agreement]
    seed: int
    draws: int
    method: str

    @property
    def entered(self) -> bool:
        return any(one.entered for one in self.lines)


@page("funds/who_pays.html", of="who_pays")
def who_pays(request: HttpRequest, place: str, fund: str) -> Page | StreamingHttpResponse:
    here = opened_funds(opened(request, place))
    here.fund(fund)
    year = asked_year(request, here, fund)
    money = books_of(here, year).money(fund)
    asked = question(request, here, money, fund)
    streams = asked.draws and not request.path.endswith(".json")
    found = _drawn(here, asked) if asked.method == "spread" else None
    if asked.draws and not streams:
        found = _drawn(here, asked)
    made = _page(here, fund, money, asked, found, streams=bool(streams))
    if not streams:
        return made
    return _streamed(request, here, fund, money, asked, made)


def _page(
    here: OpenedFunds, fund: str, money: Money, asked: Question, found: Any, *, streams: bool
) -> Page:
    bills = [_bill(here, one, money, asked) for one in asked.chosen] if asked.entered else []
    partners = tuple(dict.fromkeys([*money.partners, *(p for b in bills for p in b.partners)]))
    text = here.text
    rows = [
        {"agreement": one, "paid": b, "others": list(others(here, text, b.result))}
        for one, b in zip(asked.chosen, bills, strict=False)
    ]
    simulated = _told(asked, found, partners) if found else None
    query = _query(asked)
    data = {
        "fund": fund, "year": asked.year, "unit": "pence",
        "outturns": {one.line: one.outturn for one in asked.lines} if asked.entered else None,
        "bills": [
            {"agreement": r["agreement"].key, "name": r["agreement"].name,
             "example": r["agreement"].example, "borne": r["paid"].result.borne,
             "elsewhere": [{"what": w, "pence": p} for w, p in r["others"]],
             "sheet": r["paid"].rows} for r in rows
        ],
        "simulated": simulated["data"] if simulated else None,
    }  # fmt: skip
    return here.it.page(
        f"Who pays? {money.fund.label}, {asked.year}", data, section="funds", fund_row=money.fund,
        question=asked, rows=rows, partners=partners, simulated=simulated, streams=streams,
        own=has_rule(here), rhos=RHOS, year=asked.year, most=MOST_DRAWS,
        over=sum(one.outturn - one.budget for one in asked.lines), **dress(here.it.names),
        twin=f"{reverse('who_pays.json', args=[here.it.name, fund])}?{query}",
    )  # fmt: skip


def question(request: HttpRequest, here: OpenedFunds, money: Money, fund: str) -> Question:
    """What the address asks; Unreadable says what cannot be read and how to write it."""
    get = request.GET
    known = agreements(here, fund)
    keys = [key for key in get.getlist("rule") if key in known] or list(known)[:3]
    every = _spread(get.get("spread", "").strip() or "5")
    lines = tuple(_line(get, here, money, line.id, every) for line in money.lines)
    method = get.get("draw", "")
    draws = 0
    if method == "plain":
        draws = min(
            _whole(get.get("draws", "") or str(MOST_DRAWS), "number of outturns"), MOST_DRAWS
        )
        if draws < 1:
            raise Unreadable("At least one outturn has to be drawn.", "Give a number from 1.")
    elif method not in ("", "none", "spread"):
        raise Unreadable(f"“{method[:20]}” is no way of drawing.", "Choose one of the form.")
    seed = _whole(get.get("seed", "") or "1", "seed")
    kept = tuple(one for one in lines if one is not None)
    return Question(money.year, kept, tuple(known[k] for k in keys[:6]), known, seed, draws, method)


def _line(get: Any, here: OpenedFunds, money: Money, line: str, every: float) -> LineAsked | None:
    budget = money.line_budget(line)
    if not isinstance(budget, int):
        return None
    typed = get.get(f"o-{line}", "").strip()
    forecast = money.line_outturn(line)
    outturn = _pence(typed) if typed else forecast if forecast is not None else budget
    version = money.version.number if money.version else 1
    spread = get.get(f"s-{line}", "").strip()
    _spread(spread or str(every))
    return LineAsked(
        line, line_name(here.text, line), budget, typed, outturn, spread or f"{every:g}", version,
        bool(typed) or forecast is not None,
    )  # fmt: skip


def _pence(words: str) -> int:
    """`£8,900,000`, `8900000` or `8900000.50`: a person's way of writing a sum."""
    try:
        if words.startswith(("£", "-£", "−£")):
            found = pence(words)
        elif _NUMBER.fullmatch(words):
            whole, _, part = words.replace(",", "").partition(".")
            found = abs(int(whole)) * 100 + int(part or 0)
            found = -found if whole.startswith("-") else found
        else:
            raise ValueError("this is not an amount of money")
    except ValueError as fault:
        raise Unreadable(f"“{words[:40]}”: {fault}.", "Write it as £1,240,000.") from None
    if not 0 <= found <= _MOST:
        raise Unreadable(f"“{words[:40]}” cannot be an outturn.", "Write it as £1,240,000.")
    return found


def _spread(words: str) -> float:
    try:
        found = float(words.removesuffix("%"))
    except ValueError:
        found = -1.0
    if not 0 <= found <= 200:
        raise Unreadable(f"“{words[:20]}” is no spread.", "Give per cent from 0 to 200, as 5.")
    return found


def _whole(words: str, what: str) -> int:
    bare = words.strip().replace(",", "")
    if not bare.isdigit() or len(bare) > 15:
        raise Unreadable(f"“{words[:20]}” is no {what}.", "Give a whole number from 0.")
    return int(bare)


def _bill(here: OpenedFunds, one: Agreement, money: Money, asked: Question) -> Paid:
    varied = tuple(
        LineVariance(line=n.line, amount=n.outturn - n.budget, version=n.version,
                     cause=Cause.DEMAND, forecast=True)
        for n in asked.lines if n.outturn != n.budget
    )  # fmt: skip
    position = Position(year=asked.year, variances=varied)
    return paid(here, one.text, position, len(asked.lines), money.partners)


def _query(asked: Question) -> str:
    parts = [f"year={asked.year}", *(f"rule={one.key}" for one in asked.chosen)]
    parts += [f"o-{n.line}={n.outturn / 100:.2f}" for n in asked.lines if n.typed]
    parts += [f"s-{n.line}={n.spread}" for n in asked.lines]
    if asked.method in ("spread", "plain"):
        parts += [f"draw={asked.method}", f"seed={asked.seed}"]
        parts += [f"draws={asked.draws}"] * bool(asked.draws)
    return "&".join(parts)


def _drawn(here: OpenedFunds, asked: Question, progress: Any = None) -> Any:
    likely = [
        Likely(n.line, n.budget, n.outturn, _spread(n.spread), n.version) for n in asked.lines
    ]
    if not likely:
        return None
    return drawn(here, asked.year, asked.chosen, likely, asked.seed, asked.draws, progress)


def _told(asked: Question, found: Any, partners: tuple[str, ...]) -> dict[str, Any]:
    """Each agreement with its bands, its chances of a cap, and what nobody owns."""
    shown = []
    for n, one in enumerate(asked.chosen):
        names = [s.name for s in found[0].bills[n].spreads if s.lowest or s.highest]
        whose = [p for p in partners if p in names]
        caps = [
            {"rule": rule, "partner": who, "chances": [_cap(f, n, rule, who) for f in found]}
            for rule, who, _ in found[0].bills[n].caps
        ]
        rest = [
            {"name": name, "means": [f.bills[n].of(name).mean for f in found]}
            for name in names if name not in partners
        ]  # fmt: skip
        shown.append({
            "agreement": one, "pictures": distributions(found, n, whose), "caps": caps,
            "rest": rest,
        })  # fmt: skip
    first = found[0]
    return {
        "shown": shown, "first": first,
        "data": {
            "draws": first.draws, "seed": first.seed, "method": first.method,
            "generator": first.generator, "numpy": first.numpy,
            "by_correlation": [
                {"correlation": f.rho, "bills": [
                    {"agreement": one.key, "spreads": f.bills[n].spreads, "caps": f.bills[n].caps}
                    for n, one in enumerate(asked.chosen)]} for f in found
            ],
        },
    }  # fmt: skip


def _cap(simulation: Any, n: int, rule: str, who: str) -> float:
    return next((c for r, w, c in simulation.bills[n].caps if (r, w) == (rule, who)), 0.0)


def _streamed(
    request: HttpRequest, here: OpenedFunds, fund: str, money: Money, asked: Question, made: Page
) -> StreamingHttpResponse:
    """The page as it becomes known: its top at once, then how far the drawing is, then the rest."""
    shown = {"page": "who_pays", **made.data, **made.shown}
    top, _, _ = render_to_string("funds/who_pays.html", shown, request).partition(_SPLIT)

    def parts() -> Iterator[str]:
        yield top
        queue: SimpleQueue[Any] = SimpleQueue()
        worker = Thread(target=_work, args=(here, asked, queue), daemon=True)
        worker.start()
        tenth = -1
        while isinstance(got := queue.get(), tuple):
            done, of = got
            if done * 10 // of > tenth:
                tenth = done * 10 // of
                yield f'<p class="f-running c-sub">{done:,} of {of:,} drawn</p>\n'
        if isinstance(got, Exception):
            raise got
        full = _page(here, fund, money, asked, got, streams=False)
        whole = render_to_string(
            "funds/who_pays.html", {"page": "who_pays", **full.data, **full.shown}, request
        )
        yield whole.partition(_SPLIT)[2]

    return StreamingHttpResponse(parts(), content_type="text/html; charset=utf-8")


def _work(here: OpenedFunds, asked: Question, queue: SimpleQueue[Any]) -> None:
    try:
        queue.put(_drawn(here, asked, lambda done, of: queue.put((done, of))))
    except Exception as fault:
        queue.put(fault)
