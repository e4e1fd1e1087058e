"""How much processor time `concord check` of all places takes, as a whole process and inside it.

    python benchmarks/check.py

The whole process is what a person waits for: the interpreter, the imports, six texts, the printing.
Inside it is the reading alone, in a process that has done it before. Processor time, not the clock
on the wall, so that a busy machine does not change the figure much.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from concord.domain.agreements.reader import read_arrangement

PLACES = Path(__file__).parents[1] / "places"
RUNS = 7


def whole_process(*command: str) -> float:
    """Processor seconds of one command, its own and the system's on its behalf."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603 - the commands are those below
        [sys.executable, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def check() -> float:
    texts = sorted(str(p.parent) for p in PLACES.glob("*/arrangement.toml"))
    return whole_process("-m", "concord.cli", "check", *texts)


def nothing() -> float:
    return whole_process("-c", "pass")


def inside() -> float:
    """Processor seconds to read and check every text once."""
    texts = [p.read_text("utf-8") for p in sorted(PLACES.glob("*/arrangement.toml"))]
    began = time.process_time()
    for text in texts:
        read_arrangement(text)
    return time.process_time() - began


def median(measure: Callable[[], float]) -> str:
    measure()  # once for nothing: bytecode is written, files are in memory
    each = [measure() for _ in range(RUNS)]
    return f"median {statistics.median(each):.2f} s, from {min(each):.2f} to {max(each):.2f}"


def main() -> None:
    places = len(list(PLACES.glob("*/arrangement.toml")))
    print(
        f"{places} places, {RUNS} runs, Python {platform.python_version()}, {os.cpu_count()} cores"
    )
    print(f"concord check, the whole process: {median(check)}")
    print(f"  of that, an interpreter that does nothing: {median(nothing)}")
    print(f"reading and checking, inside a process: {median(inside)}")


if __name__ == "__main__":
    main()
