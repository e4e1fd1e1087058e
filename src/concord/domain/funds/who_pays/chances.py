"""How a line's outturn may fall: the shapes it is drawn from, and what each is on average.

Every shape turns a standard normal into pence, so that one common factor can tie the lines together
(a one-factor correlation). Amounts are in pence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import erf, exp, log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from concord.domain.funds.risk_rules import Cause

Floats = NDArray[np.float64]
EIGHTY = 2 * NormalDist().inv_cdf(0.9)  # standard deviations between the 10th and 90th percentile
_GRID = np.linspace(-6.0, 6.0, 4097)
_PHI = np.array([0.5 * (1 + erf(z / sqrt(2))) for z in _GRID])


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Demand-led: its mean is `mean`, its standard deviation `cv` times that."""

    mean: int
    cv: float

    @property
    def sigma(self) -> float:
        return sqrt(log(1 + self.cv**2))

    def from_normal(self, z: Floats) -> None:
        """In place; −σ²/2 keeps the mean where it is said to be."""
        z *= self.sigma
        z += log(self.mean) - self.sigma**2 / 2
        np.exp(z, out=z)

    @property
    def average(self) -> float:
        return float(self.mean)


@dataclass(frozen=True, slots=True)
class Interval:
    """A contract's normal, from the two ends between which it lies four times in five."""

    low: int
    high: int

    def from_normal(self, z: Floats) -> None:
        z *= (self.high - self.low) / EIGHTY
        z += (self.low + self.high) / 2

    @property
    def average(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Pert:
    """An expert's lowest, likeliest and highest: a beta with α = 1 + 4(mode − low)/(high − low)."""

    low: int
    mode: int
    high: int

    @property
    def average(self) -> float:
        return (self.low + 4 * self.mode + self.high) / 6

    def from_normal(self, z: Floats) -> None:
        z[:] = np.interp(z, _GRID, self.quantiles())

    def quantiles(self) -> Floats:
        """The value at each point of the grid of normals."""
        return _quantiles(self.low, self.mode, self.high)


@lru_cache(maxsize=256)
def _quantiles(low: int, mode: int, high: int) -> Floats:
    width = high - low
    if not width:
        return np.full(_GRID.shape, float(low))
    a = 1 + 4 * (mode - low) / width
    b = 1 + 4 * (high - mode) / width
    x = (1 - np.cos(np.linspace(0, np.pi, 20_001))) / 2  # close together at both ends
    density = x ** (a - 1) * (1 - x) ** (b - 1)
    steps = (density[1:] + density[:-1]) / 2 * np.diff(x)
    below = np.concatenate([[0.0], np.cumsum(steps)])
    found: Floats = low + width * np.interp(_PHI, below / below[-1], x)
    return found


@dataclass(frozen=True, slots=True)
class Fixed:
    """Known, or entered."""

    amount: int

    def from_normal(self, z: Floats) -> None:
        z[:] = self.amount

    @property
    def average(self) -> float:
        return float(self.amount)


Shape = Lognormal | Interval | Pert | Fixed


@dataclass(frozen=True, slots=True)
class Chance:
    """One line's outturn, or a named risk that adds to it with a probability below one.

    The variance is what is drawn less `less`, the line's budget in pence; a named risk has none.
    """

    line: str
    shape: Shape
    less: int = 0
    version: int = 1
    cause: Cause = Cause.DEMAND
    at_fault: str | None = None
    probability: float = 1.0

    @property
    def is_event(self) -> bool:
        return self.probability < 1

    @property
    def average(self) -> float:
        """What the variance is on average, in pence."""
        return self.probability * self.shape.average - self.less


def faults(chance: Chance) -> str:
    """What keeps a chance from being drawn, in words; empty if nothing."""
    if not 0 <= chance.probability <= 1:
        return f"{chance.line}: a probability lies between 0 and 1"
    match chance.shape:
        case Lognormal(mean=mean, cv=cv) if mean <= 0 or not 0 <= cv < 100:
            return f"{chance.line}: the mean is above nil and the spread between 0 and 100"
        case Interval(low=low, high=high) if low > high:
            return f"{chance.line}: the lower end is above the higher"
        case Pert(low=low, mode=mode, high=high) if not low <= mode <= high:
            return f"{chance.line}: the likeliest lies between the lowest and the highest"
    return ""


def excess_of_lognormal(mean: float, cv: float, over: float) -> float:
    """E max(X − K, 0) in closed form: mean·Φ(d₁) − K·Φ(d₂)."""
    sigma, phi = sqrt(log(1 + cv**2)), NormalDist().cdf
    d = (log(mean / over) + sigma**2 / 2) / sigma
    return mean * phi(d) - over * phi(d - sigma)


def excess_of_normal(mean: float, sd: float, over: float) -> float:
    """E max(X − K, 0) in closed form: (m − K)·Φ(d) + s·φ(d)."""
    d = (mean - over) / sd
    density = exp(-(d**2) / 2) / sqrt(2 * np.pi)
    return (mean - over) * NormalDist().cdf(d) + sd * density
