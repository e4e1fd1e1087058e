"""What many drawn bills come to: means, spread, percentiles, chances.

Up to KEPT draws every bill is kept and each percentile is exact. Beyond, memory stays what it is:
counts, sums, lowest and highest remain exact, and a percentile is read from buckets a 1,024th of
an octave wide, so it is within one part in 1,400 of exact, and within a pound near nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Part = tuple[Floats, NDArray[np.int64] | None]
KEPT = 1 << 20
PERCENTILES = (5, 25, 50, 75, 90, 95, 99)
_SUB, _OCTAVES = 10, 47  # buckets to an octave as a power of two; from 1p to £1.4 trillion
_HALF = (_OCTAVES << _SUB) + 1
_BASE = 1023 << _SUB


@dataclass(frozen=True, slots=True)
class Spreads:
    """One bill over all draws, in pence; `exact` says whether its percentiles are."""

    name: str
    mean: float
    sd: float
    lowest: float
    highest: float
    percentiles: tuple[tuple[int, float], ...]
    exact: bool
    over_nil: float


class Gathering:
    """Gathers bills span by span, in the order of their draws."""

    def __init__(self, names: Sequence[str], draws: int) -> None:
        self.names, self.draws = tuple(names), draws
        self.exact = draws <= KEPT
        count = len(self.names)
        self.kept = np.empty((count, draws)) if self.exact else np.empty((count, 0))
        self._buckets = np.zeros((count, 0 if self.exact else 2 * _HALF), dtype=np.int64)
        self._sums: Floats | None = None

    def part(self, first: int, bills: Floats) -> Part:
        """What one span comes to, its bills in pence; any thread may ask for it."""
        if self.exact:
            self.kept[:, first : first + bills.shape[1]] = bills
        sums = np.empty((5, len(self.names)))
        bills.sum(axis=1, out=sums[0])
        np.einsum("ij,ij->i", bills, bills, out=sums[1])
        bills.min(axis=1, out=sums[2])
        bills.max(axis=1, out=sums[3])
        sums[4] = np.count_nonzero(bills > 0.5, axis=1)
        if self.exact:
            return sums, None
        counts = [np.bincount(buckets_of(row), minlength=2 * _HALF) for row in bills]
        return sums, np.stack(counts)

    def add(self, part: Part) -> None:
        """Adds spans up in the order of their draws, so that sums are the same to the last bit."""
        sums, counts = part
        self._sums = sums if self._sums is None else _added(self._sums, sums)
        if counts is not None:
            self._buckets += counts

    def spreads(self, threads: int = 1) -> tuple[Spreads, ...]:
        """What each bill comes to."""
        if self._sums is None:
            raise ValueError("nothing was drawn")
        total, squares, low, high, over = self._sums
        mean = total / self.draws
        sd = np.sqrt(np.maximum(squares / self.draws - mean**2, 0.0))
        with ThreadPoolExecutor(threads) as pool:
            alike = low == high
            found = list(pool.map(lambda n: self._percentiles(n, alike[n]), range(len(alike))))
        return tuple(
            Spreads(
                name, float(mean[n]), float(sd[n]), float(low[n]), float(high[n]),
                tuple(zip(PERCENTILES, found[n], strict=True)), self.exact,
                float(over[n] / self.draws),
            )
            for n, name in enumerate(self.names)
        )  # fmt: skip

    def _percentiles(self, n: int, alike: bool) -> list[float]:
        if not self.exact:
            return [self._from_buckets(n, p) for p in PERCENTILES]
        row = self.kept[n]
        if alike:
            return [float(row[0])] * len(PERCENTILES)
        return [float(x) for x in np.percentile(row, PERCENTILES, overwrite_input=True)]

    def _from_buckets(self, n: int, percent: int) -> float:
        below = np.cumsum(self._buckets[n])
        bucket = int(np.searchsorted(below, percent / 100 * (self.draws - 1), side="right"))
        return middle_of(bucket)


def _added(whole: Floats, part: Floats) -> Floats:
    low, high = np.minimum(whole[2], part[2]), np.maximum(whole[3], part[3])
    added = whole + part
    added[2], added[3] = low, high
    return added


def buckets_of(amounts: Floats) -> NDArray[np.int64]:
    """The bucket of each amount: the leading bits of a float are its size on a scale of octaves."""
    bits = np.ascontiguousarray(np.abs(amounts)).view(np.int64)
    size = np.clip((bits >> (52 - _SUB)) - _BASE + 1, 0, _HALF - 1)
    found: NDArray[np.int64] = np.where(amounts < 0, _HALF - size, _HALF + size)
    return found


def middle_of(bucket: int) -> float:
    """The amount in the middle of a bucket."""
    size = abs(bucket - _HALF)
    if not size:
        return 0.0
    octave, part = divmod(size - 1, 1 << _SUB)
    amount = 2.0**octave * (1 + (part + 0.5) / (1 << _SUB))
    return amount if bucket > _HALF else -amount
