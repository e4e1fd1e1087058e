"""A million drawn outturns of 30 lines, priced: against drawing the numbers alone, in the same run.

    python benchmarks/who_pays.py

Each round draws the numbers alone, draws and prices under rules of the fund's level, then under a
waterfall line by line, on the same two threads. A ratio is taken within its round and the median of
the rounds is told, so that a busy machine changes it little. Percentiles, caps and sums are part
of the time. "Numbers" are the outturns themselves: normals, correlated, made lognormal; the time
of the bare normals is told beside it. Memory is the peak of a process of its own for each size.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from concord.domain.agreements.reader import read_arrangement
from concord.domain.funds.reader import read_fund
from concord.domain.funds.risk_share.facts import LineVariance, Position
from concord.domain.funds.risk_share.plan import RiskPlan
from concord.domain.funds.risk_share.planning import planned
from concord.domain.funds.who_pays.chances import Chance, Lognormal
from concord.domain.funds.who_pays.drawing import BLOCK, Drawing, Spread
from concord.domain.funds.who_pays.simulate import SPAN, simulated

DRAWS, LINES, THREADS, ROUNDS = 1_000_000, 30, 2, 7
YEAR, ON = "2025/26", date(2026, 3, 31)

ARRANGEMENT = """
format = 1
source = "s75"
[place]
name = "Benchmark"
fictional = true
[sources]
s75 = { title = "An agreement" }
[organisations]
council = { name = "Council", kind = "council", governance = "leader and cabinet" }
icb = { name = "ICB", kind = "integrated care board" }
[agreements.s75]
kind = "section 75"
name = "Agreement"
parties = ["council", "icb"]
binding = true
"""

FUND_LEVEL = """
  { on = "overspend", net = "fund", takes = "1% of budget", falls_to = "host" },
  { on = "overspend", net = "fund", takes = "£250,000", cap = { council = "£120,000" },
    falls_to = { ratio = { council = 55, icb = 45 } } },
  { on = "either", net = "fund", falls_to = { contributions = "as first agreed" } },
"""

LINE_BY_LINE = """
  { on = "overspend", net = "line", falls_to = { offset_in = ["care", "health"] } },
  { on = "overspend", net = "line", falls_to = { reserve = "risk" } },
  { on = "overspend", net = "line", takes = "2% of budget", falls_to = "host" },
  { on = "overspend", net = "line", cap = "10% of contribution",
    falls_to = { contributions = "as first agreed" } },
  { on = "overspend", net = "line", falls_to = "no one" },
  { on = "underspend", net = "line", falls_to = "lead" },
"""

HEAD = """
format = 1
source = "s75"
[funds]
care = { name = "Care", agreement = "s75", host = "council", mode = "pooled", lead = "council" }
health = { name = "Health", agreement = "s75", host = "icb", mode = "pooled", lead = "icb" }
[reserves]
risk = { name = "Risk reserve", of = "s75", kind = "risk", opening = "£300,000" }
"""


def budget_of(n: int) -> int:
    """Pence: from £800,000 to £1,090,000."""
    return (800_000 + 10_000 * n) * 100


def text_of(rules: str) -> str:
    parts = [HEAD.replace("[funds]", f"risk = [{' '.join(rules.split())}]\n[funds]", 1)]
    for fund, odd in (("health", 0), ("care", 1)):
        numbers = range(odd, LINES, 2)
        parts += [f'[lines.s{n}]\nfund = "{fund}"' for n in numbers]
        parts.append(f'[[budgets]]\nfund = "{fund}"\nyear = "{YEAR}"\nversion = 1')
        parts.append('status = "confirmed"\n[budgets.amounts]')
        parts += [
            f's{n} = {{ council = "£500,000", icb = "£{300 + 10 * n},000" }}' for n in numbers
        ]
    return "\n".join(parts)


CHANCES = tuple(
    Chance(f"s{n}", Lognormal(budget_of(n), 0.05 + n / 300), budget_of(n)) for n in range(LINES)
)
SPREAD = Spread(CHANCES, 0.3)


def plan(rules: str) -> RiskPlan:
    arrangement = read_arrangement(ARRANGEMENT).arrangement
    if arrangement is None:
        raise SystemExit("the arrangement cannot be read")
    reading = read_fund(text_of(rules), arrangement)
    if reading.fund is None:
        raise SystemExit("\n".join(map(str, reading.findings)))
    varied = tuple(LineVariance(line=c.line, amount=0, version=1, cause=c.cause) for c in CHANCES)
    return planned(arrangement, reading.fund, Position(year=YEAR, variances=varied), ON)


def drawn_alone(outturns: bool) -> None:
    def span(first: int) -> None:
        drawing = Drawing(SPREAD)
        for start in range(first, min(DRAWS, first + SPAN * BLOCK), BLOCK):
            z = drawing.normals(1, start // BLOCK, BLOCK)
            if outturns:
                drawing.variances(z)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(span, range(0, DRAWS, SPAN * BLOCK)))


def seconds(run: Callable[[], object]) -> tuple[float, float]:
    """By the clock on the wall, and of processor time over all threads."""
    wall, processor = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - processor


def rounds() -> list[tuple[tuple[float, float], ...]]:
    fund, line = plan(FUND_LEVEL), plan(LINE_BY_LINE)
    found = []
    for _ in range(ROUNDS):
        found.append(
            (
                seconds(lambda: drawn_alone(False)),
                seconds(lambda: drawn_alone(True)),
                seconds(lambda: simulated([fund], SPREAD, DRAWS, 1, THREADS)),
                seconds(lambda: simulated([line], SPREAD, DRAWS, 1, THREADS)),
            )
        )
    return found


def peak(draws: int) -> float:
    """Megabytes at the most of a process that prices so many outturns line by line."""
    script = (
        "import sys; sys.path.insert(0, 'benchmarks'); import who_pays as w; "
        f"w.simulated([w.plan(w.LINE_BY_LINE)], w.SPREAD, {draws}, 1, 2); "
        "print(next(x for x in open('/proc/self/status') if x.startswith('VmHWM')).split()[1])"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1024


def main() -> None:
    found = rounds()
    names = ("normals alone", "outturns alone", "fund's level", "line by line")
    for n, name in enumerate(names):
        times = sorted(row[n][0] for row in found)
        print(f"{name:<16} {statistics.median(times):.3f} s ({times[0]:.3f} to {times[-1]:.3f})")
    for n, wanted in ((2, 1.7), (3, 6.0)):
        for kind, what in enumerate(("by the clock", "processor time")):
            ratios = sorted(row[n][kind] / row[1][kind] for row in found)
            bare = statistics.median(row[n][kind] / row[0][kind] for row in found)
            print(
                f"{names[n]:<14} {what:<14} {statistics.median(ratios):.2f} × the outturns alone "
                f"({ratios[0]:.2f} to {ratios[-1]:.2f}; wanted {wanted}); {bare:.2f} × the normals"
            )
    for draws in (100_000, 1_000_000, 4_000_000, 16_000_000):
        print(f"peak memory with {draws:>10,} outturns: {peak(draws):.0f} MB")


if __name__ == "__main__":
    main()
