"""Who pays, over many drawn outturns: the same outturns under one or several agreements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from concord.domain.funds.risk_share.plan import RiskPlan
from concord.domain.funds.who_pays.drawing import BLOCK, Drawing, Spread, sobol_normals
from concord.domain.funds.who_pays.simulated import Simulated
from concord.domain.funds.who_pays.summary import Gathering, Part, Spreads

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]
SPAN = 16  # blocks that one thread takes at a time
POWER, SCRAMBLINGS = 13, 16


@dataclass(frozen=True, slots=True)
class Bill:
    """What one agreement comes to. `caps` is by rule and partner, the chance of being stopped.

    `errors` is the standard error of each mean, over scramblings; empty where draws are plain.
    """

    spreads: tuple[Spreads, ...]
    caps: tuple[tuple[str, str, float], ...]
    errors: tuple[tuple[str, float], ...] = ()

    def of(self, name: str) -> Spreads:
        return next(s for s in self.spreads if s.name == name)


@dataclass(frozen=True, slots=True)
class Simulation:
    """A result with all that is needed to get it again."""

    bills: tuple[Bill, ...]
    draws: int
    seed: int
    rho: float
    method: str
    numpy: str
    generator: str = "SFC64"
    block: int = BLOCK


def simulated(
    plans: Sequence[RiskPlan], spread: Spread, draws: int, seed: int,
    threads: int = 2, progress: Progress | None = None,
) -> Simulation:  # fmt: skip
    """Plain draws. Memory does not grow with them; the number of threads does not tell."""
    if draws < 1:
        raise ValueError("at least one outturn has to be drawn")
    made = [Simulated(plan) for plan in plans]
    gathered = [Gathering(m.names, draws) for m in made]
    reached = [np.zeros(len(m.caps), dtype=np.int64) for m in made]
    work = _Work(made, spread, draws, seed, gathered)
    done = 0
    for first, result in _in_turn(work, threads):
        for n, (counts, part) in enumerate(result):
            reached[n] += counts
            gathered[n].add(part)
        done = min(draws, first + SPAN * BLOCK)
        if progress:
            progress(done, draws)
    bills = tuple(
        Bill(g.spreads(threads), _chances(m, r, draws))
        for m, g, r in zip(made, gathered, reached, strict=True)
    )
    return Simulation(bills, draws, seed, spread.rho, "plain", np.__version__)


def _chances(
    made: Simulated, reached: NDArray[np.int64], draws: int
) -> tuple[tuple[str, str, float], ...]:
    pairs = zip(made.caps, reached, strict=True)
    return tuple((rule, who, int(count) / draws) for (rule, who), count in pairs)


Result = list[tuple[NDArray[np.int64], Part]]


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """One span of draws at a time, each with arrays of its own."""

    made: Sequence[Simulated]
    spread: Spread
    draws: int
    seed: int
    gathered: Sequence[Gathering]

    def span(self, first: int) -> Result:
        last = min(self.draws, first + SPAN * BLOCK)
        bills = [np.empty((len(m.names), last - first)) for m in self.made]
        reached = [np.zeros(len(m.caps), dtype=np.int64) for m in self.made]
        drawing = Drawing(self.spread)
        for start in range(first, last, BLOCK):
            size = min(BLOCK, last - start)
            drawn = drawing.variances(drawing.normals(self.seed, start // BLOCK, size))
            priced(self.made, drawn, [b[:, start - first :][:, :size] for b in bills], reached)
        parts = [g.part(first, b) for g, b in zip(self.gathered, bills, strict=True)]
        return list(zip(reached, parts, strict=True))


def priced(
    made: Sequence[Simulated], drawn: Floats, bills: Sequence[Floats],
    reached: Sequence[NDArray[np.int64]],
) -> None:  # fmt: skip
    """The same drawn variances under every agreement."""
    for n, one in enumerate(made):
        cells = np.empty((one.cells, drawn.shape[1]))
        one.merge(drawn, cells)
        reached[n][:] += one.bills(cells, bills[n])


def _in_turn(work: _Work, threads: int) -> Iterator[tuple[int, Result]]:
    """Every span in order, with no more under way than there are threads, and one."""
    firsts = iter(range(0, work.draws, SPAN * BLOCK))
    with ThreadPoolExecutor(threads) as pool:
        under_way: list[tuple[int, Future[Result]]] = []
        for first in firsts:
            under_way.append((first, pool.submit(work.span, first)))
            if len(under_way) > threads:
                at, future = under_way.pop(0)
                yield at, future.result()
        for at, future in under_way:
            yield at, future.result()


def simulated_by_sobol(
    plans: Sequence[RiskPlan], spread: Spread, seed: int, power: int = POWER,
    scramblings: int = SCRAMBLINGS, progress: Progress | None = None,
) -> Simulation:  # fmt: skip
    """Scrambled Sobol points, several times over, which gives an honest standard error."""
    made = [Simulated(plan) for plan in plans]
    size = 1 << power
    gathered = [Gathering(m.names, size * scramblings) for m in made]
    reached = [np.zeros(len(m.caps), dtype=np.int64) for m in made]
    means: list[list[Floats]] = [[] for _ in made]
    drawing = Drawing(spread)
    for n, own in enumerate(np.random.SeedSequence(seed).generate_state(scramblings)):
        drawn = drawing.variances(sobol_normals(spread.dimensions, power, int(own)))
        bills = [np.empty((len(m.names), size)) for m in made]
        priced(made, drawn, bills, reached)
        for k, b in enumerate(bills):
            gathered[k].add(gathered[k].part(n * size, b))
            means[k].append(b.mean(axis=1))
        if progress:
            progress((n + 1) * size, size * scramblings)
    return Simulation(
        tuple(
            Bill(
                g.spreads(),
                _chances(m, r, size * scramblings),
                _errors(m, np.array(each)),
            )
            for m, g, r, each in zip(made, gathered, reached, means, strict=True)
        ),
        size * scramblings, seed, spread.rho, f"Sobol 2^{power} × {scramblings}", np.__version__,
        "Owen-scrambled Sobol",
    )  # fmt: skip


def _errors(made: Simulated, means: Floats) -> tuple[tuple[str, float], ...]:
    if len(means) < 2:
        return ()
    error = means.std(axis=0, ddof=1) / np.sqrt(len(means))
    return tuple(zip(made.names, map(float, error), strict=True))
