"""Draws outturns in blocks of fixed size, each from a seed of its own, so that threads do not tell.

Block k of a seed is `SeedSequence(seed, spawn_key=(k,))`, the k-th that `spawn` would give, drawn
by SFC64. One-factor correlation: √ρ of a factor common to all lines and √(1 − ρ) of each one's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from concord.domain.funds.who_pays.chances import Chance, Fixed, Interval, Lognormal

Floats = NDArray[np.float64]
BLOCK = 2048  # draws; 30 lines of them lie in a core's own memory


@dataclass(frozen=True, slots=True)
class Spread:
    """The chances laid out for drawing, with the correlation between their outturns."""

    chances: tuple[Chance, ...]
    rho: float = 0.3

    @property
    def events(self) -> tuple[int, ...]:
        return tuple(n for n, chance in enumerate(self.chances) if chance.is_event)

    @property
    def dimensions(self) -> int:
        """The common factor, one for each chance and one for each event's severity."""
        return 1 + len(self.chances) + len(self.events)


class Drawing:
    """Turns normals into variances in place; one of these serves one thread at a time."""

    def __init__(self, spread: Spread) -> None:
        self.spread = spread
        chances = spread.chances
        self._scale, self._shift = _affine(chances)
        self._exp = _run([isinstance(c.shape, Lognormal) and not c.is_event for c in chances])
        self._less = np.array([float(c.less) for c in chances])[:, None]
        self._others = [
            n
            for n, c in enumerate(chances)
            if c.is_event or not isinstance(c.shape, Lognormal | Interval | Fixed)
        ]

    def normals(self, seed: int, block: int, draws: int) -> Floats:
        """Standard normals, one row for each dimension; always of a whole block, then cut."""
        bits = np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(block,)))
        z = np.empty((self.spread.dimensions, BLOCK))
        np.random.Generator(bits).standard_normal(out=z)
        return z if draws == BLOCK else z[:, :draws]

    def variances(self, z: Floats) -> Floats:
        """The variances in pence, one row for each chance; `z` is used up."""
        rho, count = self.spread.rho, len(self.spread.chances)
        own = z[1 : 1 + count]
        if rho:
            own *= sqrt(1 - rho)
            own += z[0] * sqrt(rho)
        severity = dict(zip(self.spread.events, z[1 + count :], strict=True))
        kept = {n: own[n].copy() for n in self._others}
        own *= self._scale
        own += self._shift
        if self._exp is not None:
            part = own[self._exp]
            np.exp(part, out=part)
            if not isinstance(self._exp, slice):
                own[self._exp] = part
        own -= self._less
        for n in self._others:
            own[n] = self._other(n, kept[n], severity.get(n))
        return own

    def _other(self, n: int, z: Floats, severity: Floats | None) -> Floats:
        chance = self.spread.chances[n]
        if severity is None:
            chance.shape.from_normal(z)
            return z - chance.less
        if not chance.probability:
            return np.full(z.shape, -float(chance.less))
        happens = z > NormalDist().inv_cdf(1 - chance.probability)
        drawn = severity.copy()
        chance.shape.from_normal(drawn)
        return np.where(happens, drawn, 0.0) - chance.less


def _affine(chances: Sequence[Chance]) -> tuple[Floats, Floats]:
    """The scale and shift that each normal gets, before the exponential of a lognormal."""
    scale, shift = np.zeros((len(chances), 1)), np.zeros((len(chances), 1))
    for n, chance in enumerate(chances):
        shape = chance.shape
        if isinstance(shape, Lognormal):
            scale[n], shift[n] = shape.sigma, np.log(shape.mean) - shape.sigma**2 / 2
        elif isinstance(shape, Interval | Fixed):
            ends = np.array([0.0, 1.0])
            shape.from_normal(ends)
            scale[n], shift[n] = ends[1] - ends[0], ends[0]
    return scale, shift


def _run(marks: Sequence[bool]) -> slice | NDArray[np.intp] | None:
    """The marked rows, as a view where they follow one another."""
    rows = [n for n, mark in enumerate(marks) if mark]
    if not rows:
        return None
    if rows == list(range(rows[0], rows[-1] + 1)):
        return slice(rows[0], rows[-1] + 1)
    return np.array(rows, dtype=np.intp)


def sobol_normals(dimensions: int, power: int, seed: int) -> Floats:
    """2^power scrambled Sobol points as normals, the common factor in dimension 0."""
    # Only this way of drawing needs scipy, and its import takes longer than a plain simulation.
    from scipy.special import ndtri  # type: ignore[import-untyped]
    from scipy.stats import qmc  # type: ignore[import-untyped]

    points = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))
    uniform = points.random_base2(power).T
    tiny = 2.0**-53
    return np.ascontiguousarray(ndtri(np.clip(uniform, tiny, 1 - tiny)))
