"""`concord who-pays`: each partner's bill under one text or several, exact and simulated."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from concord.cli.outturns import chances_of, position_of
from concord.cli.printing import Failed, as_json, say_findings, wrapped
from concord.cli.texts import arrangement_of, fund_file_of, fund_reading_of
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label, on_day
from concord.domain.findings import Weight
from concord.domain.funds.fund import FundText
from concord.domain.funds.risk_share import risk_share
from concord.domain.funds.risk_share.facts import LineVariance, Position
from concord.domain.funds.risk_share.result import RiskResult
from concord.domain.funds.risk_share.sheet import SheetStep, worked_sheet
from concord.domain.funds.years import last_day
from concord.domain.money import pounds

RHOS = (0.0, 0.3, 0.6)
MOST = 100_000_000


def add_words(command: ArgumentParser, day: object) -> None:
    """The words of this command."""
    several = {"action": "append", "default": []}
    c = command
    c.add_argument("place", metavar="PLACE")
    c.add_argument(
        "--outturn", metavar="LINE=£", **several, help="what a line comes to; repeatable"
    )
    c.add_argument("--variance", metavar="LINE=£", **several, help="over, or under with a minus")
    c.add_argument("--cause", metavar="LINE=CAUSE", **several, help="as home_care=breach:icb")
    c.add_argument("--year", help="the financial year, as 2024/25; the latest without it")
    c.add_argument("--on", type=day, help="rules in force on this day; 31 March without it")
    c.add_argument(
        "--agreement", metavar="FILE", **several, help="another fund text; several, side by side"
    )
    c.add_argument(
        "--agreed", metavar="RULE=WHO:£", **several, help="what was decided on a rule, by whom"
    )
    c.add_argument("--reserve", metavar="NAME=£", **several, help="what a reserve holds now")
    c.add_argument("--uncommitted", metavar="LINE=£", **several, help="what can still be cut")
    c.add_argument("--simulate", type=int, metavar="N", help="draw so many outturns")
    c.add_argument("--seed", type=int, default=1, help="the same seed gives the same answer")
    c.add_argument("--sobol", action="store_true", help="evenly spread points instead, 16 × 8,192")
    c.add_argument(
        "--chance", metavar="LINE=SPREAD", **several,
        help="10%% about the outturn; two ends of 4 times in 5, £…..£…; lowest, likeliest, highest",
    )  # fmt: skip


def who_pays(asked: Namespace) -> int:
    """Exit 0 where all is placed, 3 where something is not stated, 4 where something waits."""
    arrangement = arrangement_of(asked.place)
    files = [Path(f) for f in asked.agreement] or [_own(asked.place)]
    texts = {str(file): _read(file, arrangement) for file in files}
    first = next(iter(texts.values()))
    year = asked.year or _latest_year(first)
    on = asked.on or _last_day(year)
    position = position_of(asked, first, year)
    if asked.simulate is not None:
        return _simulate(asked, arrangement, texts, position, on)
    if not position.variances:
        raise Failed("no outturn is given", "Add --outturn with a line and an amount.")
    _same_lines(texts, position)
    results = {name: risk_share(arrangement, text, position, on) for name, text in texts.items()}
    if asked.json:
        _print_json(arrangement, texts, results, year, on)
    else:
        for name, result in results.items():
            if len(results) > 1:
                print(f"Under {name}\n")
            _say(arrangement, texts[name], result, year, on)
    return _exit(results.values())


def _own(place: str) -> Path:
    file = fund_file_of(place)
    if file is None:
        raise Failed(f"no fund text is found for {place!r}", "Add --agreement with its file.")
    return Path(file)


def _read(file: Path, arrangement: Arrangement) -> FundText:
    if not file.is_file():
        raise Failed(f"no fund text is found at {str(file)!r}", "Name a file such as fund.toml.")
    reading = fund_reading_of(file, arrangement)
    grave = [f for f in reading.findings if f.weight is Weight.GRAVE]
    if reading.fund is None or any(f.id.startswith(("text.", "ref.", "risk.")) for f in grave):
        say_findings(grave)
        raise Failed(f"nothing is shared by {file}", "Mend what is listed first.", 1)
    return reading.fund


def _latest_year(text: FundText) -> str:
    years = sorted({b.year for b in text.budgets if isinstance(b.year, str)})
    if not years:
        raise Failed("the text states no budget", "A variance needs a budget to be measured from.")
    return years[-1]


def _last_day(year: str) -> date:
    try:
        return last_day(year)
    except ValueError as fault:
        raise Failed(f"{year!r}: {fault}", 'Write it as "2024/25".') from None


def _same_lines(texts: dict[str, FundText], position: Position) -> None:
    for name, text in texts.items():
        missing = [v.line for v in position.variances if v.line not in text.lines]
        if missing:
            raise Failed(f"{name} has no line {', '.join(missing)}", "Compare texts of one fund.")


def _exit(results: Iterable[RiskResult]) -> int:
    found = list(results)
    if any(r.not_stated for r in found):
        return 3
    return 4 if any(r.waiting for r in found) else 0


def _print_json(
    a: Arrangement, texts: dict[str, FundText], results: dict[str, RiskResult],
    year: str, on: date,
) -> None:  # fmt: skip
    """Amounts in pence."""
    as_json(
        {
            "year": year,
            "on": on,
            "unit": "pence",
            "under": [
                {"text": name, **_parts(r), "sheet": worked_sheet(a, texts[name], r.trail)}
                for name, r in results.items()
            ],
        }
    )


def _parts(r: RiskResult) -> dict[str, object]:
    return {
        "total": r.total, "borne": r.borne, "reserves": r.reserves, "cut": r.cut,
        "waiting": r.waiting, "no_one": r.no_one, "not_stated": r.not_stated,
        "outside": r.outside, "findings": r.findings,
    }  # fmt: skip


def _say(a: Arrangement, text: FundText, r: RiskResult, year: str, on: date) -> None:
    print(f"{year}, by the rules in force on {on_day(on)}: {pounds(r.total)} in all\n")
    for name, amount in _rows(a, text, r):
        print(f"  {name:<60} {pounds(amount):>18}")
    for held in r.not_stated:
        print(wrapped(f"Not stated: {held.group} {pounds(held.amount)}, as {held.why}.", "  "))
    print("\nWorked sheet")
    for step in worked_sheet(a, text, r.trail):
        _say_step(step)
    say_findings(r.findings)


def _rows(a: Arrangement, text: FundText, r: RiskResult) -> Iterable[tuple[str, int]]:
    for who, amount in r.borne.items():
        yield label(a, who), amount
    for name, amount in r.reserves.items():
        verb = "Drawn from" if amount > 0 else "Put into"
        yield f"{verb} {text.reserves[name].name}", amount
    for name, amount in r.cut.items():
        yield f"Cut in {text.funds[name].label}", amount
    for held in r.waiting:
        yield f"Waits for a decision: {held.rule}, {held.group}", held.amount
    if r.not_stated:
        yield "Not stated", sum(held.amount for held in r.not_stated)
    if r.no_one:
        yield "Has no owner until someone decides", r.no_one
    for who, amount in r.outside.items():
        yield f"Outside the section 75, {label(a, who)}", amount


def _say_step(step: SheetStep) -> None:
    print(wrapped(f"{step.rule}. {step.says}", "  ", "    "))
    if step.authority:
        print(f"    {step.authority}")
    for s in step.shares if len(step.shares) > 1 else ():
        penny = ", and a penny left" if s.penny else ""
        print(
            f"      {s.partner}: weight {s.weight:,}; exactly {s.exact}p; "
            f"rounded down {s.rounded_down:,}p{penny}; {pounds(s.share)}"
        )


def _simulate(
    asked: Namespace, a: Arrangement, texts: dict[str, FundText], position: Position, on: date
) -> int:
    """Draws outturns and prices each text on the same ones, for three correlations."""
    if not 1 <= asked.simulate <= MOST:
        raise Failed(f"{asked.simulate} outturns cannot be drawn", f"From 1 to {MOST:,}.")
    if not 0 <= asked.seed < 2**63:
        raise Failed(f"{asked.seed} is no seed", "A whole number from 0.")
    from concord.domain.funds.risk_share.planning import planned
    from concord.domain.funds.who_pays.drawing import Spread
    from concord.domain.funds.who_pays.simulate import simulated, simulated_by_sobol

    chances = chances_of(asked, next(iter(texts.values())), position)
    if not chances:
        raise Failed("no line has a chance", "Add --chance home_care=10%.")
    columns = tuple(
        LineVariance(line=c.line, amount=0, version=c.version, cause=c.cause, at_fault=c.at_fault)
        for c in chances
    )
    drawn = Position(
        year=position.year, variances=columns, recorded=position.recorded,
        reserves=position.reserves, uncommitted=position.uncommitted,
    )  # fmt: skip
    _same_lines(texts, drawn)
    plans = [planned(a, text, drawn, on) for text in texts.values()]
    found = []
    for rho in RHOS:
        spread = Spread(chances, rho)
        told = _told(rho)
        if asked.sobol:
            found.append(simulated_by_sobol(plans, spread, asked.seed, progress=told))
        else:
            found.append(simulated(plans, spread, asked.simulate, asked.seed, progress=told))
    if asked.json:
        as_json({"unit": "pence", "texts": list(texts), "simulations": found})
    else:
        _say_simulations(a, list(texts), found)
    return 0


def _told(rho: float) -> object:
    if not sys.stderr.isatty():
        return None

    def tell(done: int, of: int) -> None:
        end = "\n" if done == of else ""
        print(f"\rcorrelation {rho}: {done:,} of {of:,}", end=end, file=sys.stderr, flush=True)

    return tell


def _say_simulations(a: Arrangement, names: list[str], found: list[object]) -> None:
    first = found[0]
    print(
        f"{first.draws:,} outturns, {first.method}, seed {first.seed}, {first.generator}, "
        f"numpy {first.numpy}, blocks of {first.block:,}"
    )
    for n, name in enumerate(names):
        if len(names) > 1:
            print(f"\nUnder {name}")
        for simulation in found:
            print(f"\nCorrelation between lines {simulation.rho}")
            print(f"  {'':<34}{'mean':>16}{'P5':>16}{'P50':>16}{'P95':>16}")
            bill = simulation.bills[n]
            for s in bill.spreads:
                if s.lowest or s.highest:
                    at = dict(s.percentiles)
                    cells = "".join(_pounds(x) for x in (s.mean, at[5], at[50], at[95]))
                    print(f"  {_named(a, s.name):<34}{cells}")
            for rule, who, chance in bill.caps:
                print(f"  {label(a, who)} reaches its cap under {rule}: {chance:.1%}")
    if not all(s.exact for bill in first.bills for s in bill.spreads):
        print("\nPercentiles are read from buckets, within a thousandth; all else is exact.")


def _named(a: Arrangement, name: str) -> str:
    words = label(a, name)
    return words if words != name else name[:1].upper() + name[1:]


def _pounds(amount: float) -> str:
    return f"{pounds(round(amount / 100) * 100):>16}"
