"""Import, zero check and trial balance of many ledger legs from text, beside two known checkers.

    python benchmarks/ledger.py [legs] [--beancount PATH/TO/bean-check] [--hledger PATH/TO/hledger]

One run writes the same transactions three times over: as a journal of ours, for beancount and for
hledger. The checkers are measured against and never depended on; one that is not there is left
out. Ours is the whole act: reading, every test of a posting, rows written to a database that tests
them again, the audit entry, the trial balance. Wall-clock time; starting up is stated apart.
CONCORD_DATABASE chooses the engine, as everywhere; without it, SQLite in a file of its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

RUNS = 5
LINES = tuple(f"line_{n}" for n in range(18))
Drawn = tuple[int, date, str, str, int]


def drawn(legs: int) -> Iterator[Drawn]:
    """Number, day, line, partner, pence: two legs each, the same ones on every run."""
    draw = random.Random(20261124)  # noqa: S311 - a benchmark draws the same on every run
    for number in range(legs // 2):
        day = date(2025, 4, 1) + timedelta(days=draw.randrange(365))
        partner = draw.choice(("council", "icb"))
        yield number, day, draw.choice(LINES), partner, draw.randrange(1, 10_000_00)


def journal(legs: int, run: int) -> str:
    head = "key,deed,on,posted,effect,fund,line,partner,kind,name,amount,decision,says"
    out = [head]
    for n, day, line, partner, pence in drawn(legs):
        period, pounds = f"{day:%Y%m}", f"{pence // 100}.{pence % 100:02}"
        left = f"r{run}t{n},post,{day},{period},{period},care_pool,{line},{partner}"
        out.append(f"{left},actual,,{pounds},,payment {n}")
        out.append(f"{left},partner's ledger,,-{pounds},,")
    return "\n".join(out) + "\n"


def beancount(legs: int) -> str:
    names = [(line, p) for line in LINES for p in ("council", "icb")]
    out = [
        f"2025-01-01 open {kind}:{p.capitalize()}:{line.replace('_', '-').capitalize()} GBP"
        for line, p in names
        for kind in ("Expenses", "Liabilities")
    ]
    for n, day, line, partner, pence in drawn(legs):
        account = f"{partner.capitalize()}:{line.replace('_', '-').capitalize()}"
        pounds = f"{pence // 100}.{pence % 100:02}"
        out.append(f'{day} * "payment {n}"')
        out.append(f"  Expenses:{account}  {pounds} GBP\n  Liabilities:{account}  -{pounds} GBP")
    return "\n".join(out) + "\n"


def hledger(legs: int) -> str:
    out = []
    for n, day, line, partner, pence in drawn(legs):
        pounds = f"{pence // 100}.{pence % 100:02}"
        out.append(f"{day} payment {n}\n    expenses:{partner}:{line}  {pounds}")
        out.append(f"    liabilities:{partner}:{line}  -{pounds}\n")
    return "\n".join(out) + "\n"


def command(*words: str) -> float:
    began = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - those of main
    return time.perf_counter() - began


def fund_text() -> str:
    lines = "\n".join(f'{line} = {{ fund = "care_pool" }}' for line in LINES)
    return (
        'format = 1\nstanding = "adopted"\nsource = "s75"\nrisk = "not stated"\n'
        '[funds]\ncare_pool = { name = "Care pool", agreement = "s75", host = "council" }\n'
        f"[lines]\n{lines}\n"
    )


class Ours:
    """A place with its funds in a database of its own, to which each run adds."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.runs = folder, 0
        os.environ["DJANGO_SETTINGS_MODULE"] = "concord.web.settings"
        os.environ["CONCORD_DATA"] = str(folder)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from concord.commands.agreements import load_place
        from concord.commands.command import Acting
        from concord.commands.ledger_entering import FUND
        from concord.commands.texts import sha256
        from concord.records.models import TextVersion

        now = datetime.now(UTC)  # noqa: TID251 - a benchmark is run now
        self.acting = Acting(None, now, why="a benchmark")
        places = Path(__file__).parents[1] / "places"
        text = (places / "middlemarch" / "arrangement.toml").read_text("utf-8")
        adopted = load_place(self.acting, "middlemarch", text)
        fund = fund_text()
        number = TextVersion.objects.of("middlemarch", FUND).count() + 1
        TextVersion.objects.create(
            place_id="middlemarch", kind=FUND, number=number, text=fund, sha256=sha256(fund),
            adopted_at=adopted.adopted_at, adopted_by="a benchmark",
        )  # fmt: skip

    def run(self, legs: int) -> float:
        """Seconds from the file's bytes to a committed act and a trial balance that holds."""
        from concord.commands.ledger_journal import post_journal, trial_balance_of

        self.runs += 1
        path = self.folder / f"ours-{self.runs}.csv"
        path.write_text(journal(legs, self.runs), "utf-8")
        began = time.perf_counter()
        post_journal(self.acting, "middlemarch", path.name, path.read_text("utf-8"))
        if not trial_balance_of("middlemarch").holds:
            raise SystemExit("the trial balance does not hold")
        return time.perf_counter() - began


def median(measure: Callable[[], float], runs: int = RUNS) -> tuple[float, str]:
    measure()
    each = [measure() for _ in range(runs)]
    middle = statistics.median(each)
    return middle, f"median {middle:.3f} s, from {min(each):.3f} to {max(each):.3f}"


def page() -> str:
    """What the fund page asks of the database, again and again: the 95th percentile."""
    from concord.records.models import FundAccount, LedgerBalance, LedgerPosting

    number = FundAccount.objects.filter(kind="actual").first()
    each = []
    for _ in range(200):
        began = time.perf_counter()
        LedgerBalance.objects.as_facts("middlemarch", "care_pool")
        LedgerPosting.objects.on_accounts([number.pk]).page(50)
        each.append((time.perf_counter() - began) * 1000)
    each.sort()
    return f"median {each[100]:.1f} ms, 95th percentile {each[190]:.1f} ms"


def main() -> None:
    ask = argparse.ArgumentParser(description="Measures the ledger beside two known checkers.")
    ask.add_argument("legs", nargs="?", type=int, default=100_000)
    ask.add_argument("--beancount", default=shutil.which("bean-check") or "")
    ask.add_argument("--hledger", default=shutil.which("hledger") or "")
    ask.add_argument("--runs", type=int, default=RUNS)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "their.beancount").write_text(beancount(asked.legs), "utf-8")
        (here / "their.journal").write_text(hledger(asked.legs), "utf-8")
        print(f"{asked.legs:,} legs, Python {platform.python_version()}, {os.cpu_count()} cores")
        began = time.perf_counter()
        ours = Ours(here)
        print(f"a database made ready: {time.perf_counter() - began:.1f} s, not counted")
        took, said = median(lambda: ours.run(asked.legs), asked.runs)
        print(f"ours: {said}")
        start = median(lambda: command(sys.executable, "-c", "import django; django.setup()"), 3)
        print(f"  starting up, apart: {start[1]}")
        for name, words in (
            (
                "bean-check --no-cache",
                (asked.beancount, "--no-cache", str(here / "their.beancount")),
            ),
            ("hledger check", (asked.hledger, "-f", str(here / "their.journal"), "check")),
        ):
            if words[0]:
                theirs, said = median(lambda words=words: command(*words), asked.runs)
                print(f"{name}: {said}; ours is {took / theirs:.2f} of it")
        print(f"the fund page's questions over {asked.legs * ours.runs:,} postings: {page()}")


if __name__ == "__main__":
    main()
