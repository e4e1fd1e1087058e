"""Outturns drawn by chance and priced under each agreement, for three correlations side by side.

Numpy is loaded only when somebody asks for this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.risk_share.facts import LineVariance, Position
from concord.domain.funds.risk_share.planning import planned
from concord.domain.funds.years import last_day
from concord.web.funds_reading import OpenedFunds
from concord.web.funds_rules import Agreement

if TYPE_CHECKING:
    from concord.domain.funds.who_pays.simulate import Simulation

RHOS = (0.0, 0.3, 0.6)
MOST_DRAWS = 1_000_000
POWER, SCRAMBLINGS = 13, 4  # 32,768 evenly spread outturns: quick enough to wait for
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Likely:
    """How one line may fall: its budget, its likely outturn and the spread about it in per cent."""

    line: str
    budget: int
    outturn: int
    spread: float
    version: int


def drawn(
    here: OpenedFunds, year: str, chosen: Sequence[Agreement], lines: Sequence[Likely], seed: int,
    draws: int, progress: Progress | None = None,
) -> list[Simulation]:  # fmt: skip
    """One simulation for each correlation; plain draws where a number is asked for."""
    from concord.domain.funds.who_pays.chances import Chance, Fixed, Lognormal
    from concord.domain.funds.who_pays.drawing import Spread
    from concord.domain.funds.who_pays.simulate import simulated, simulated_by_sobol

    chances = tuple(
        Chance(
            one.line,
            Lognormal(one.outturn, one.spread / 100)
            if one.spread and one.outturn > 0
            else Fixed(one.outturn),
            one.budget, one.version, Cause.DEMAND,
        )
        for one in lines
    )  # fmt: skip
    columns = tuple(
        LineVariance(line=c.line, amount=0, version=c.version, cause=c.cause) for c in chances
    )
    position = Position(year=year, variances=columns)
    plans = [planned(here.it.arrangement, one.text, position, last_day(year)) for one in chosen]
    found = []
    for n, rho in enumerate(RHOS):
        spread = Spread(chances, rho)
        tell = _of_three(progress, n)
        if draws:
            found.append(simulated(plans, spread, draws, seed, progress=tell))
        else:
            found.append(simulated_by_sobol(plans, spread, seed, POWER, SCRAMBLINGS, progress=tell))
    return found


def _of_three(progress: Progress | None, n: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, of: progress(n * of + done, len(RHOS) * of)


@dataclass(frozen=True, slots=True)
class Band:
    """One partner's bill at one correlation: where its marks stand in percent."""

    rho: float
    low: float
    lower: float
    middle: float
    upper: float
    high: float
    words: Mapping[str, float]
    y: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """One partner's three bands on one scale."""

    partner: str
    bands: tuple[Band, ...]
    zero: float


def distributions(found: Sequence[Simulation], which: int, partners: Sequence[str]) -> list[Any]:
    """The picture: for each partner a band from the 5th to the 95th percentile, for each ρ."""
    spreads = {
        p: [next((s for s in f.bills[which].spreads if s.name == p), None) for f in found]
        for p in partners
    }
    known = {p: [s for s in rows if s] for p, rows in spreads.items()}
    ends = [dict(s.percentiles)[k] for rows in known.values() for s in rows for k in (5, 95)]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    scale = 100 / ((high - low) or 1)
    made = []
    for partner, rows in known.items():
        bands = []
        for n, (one, simulation) in enumerate(zip(rows, found, strict=False)):
            at = dict(one.percentiles)
            five = [round((at[k] - low) * scale, 2) for k in (5, 25, 50, 75, 95)]
            words = {"mean": one.mean, "over": one.over_nil, **{f"p{k}": v for k, v in at.items()}}
            bands.append(Band(simulation.rho, *five, words, 40 + n * 46))
        if bands:
            made.append(Distribution(partner, tuple(bands), round(-low * scale, 2)))
    return made
