"""The fund page, its postings and who pays, over a pool with a million postings.

    python benchmarks/fund_page.py [postings] [requests]

The postings are a journal posted as one act, so every row is as the ledger keeps it. Each page is
asked for whole, as a visitor gets it: every question to the database, the rules of risk share and
the page written. CONCORD_DATABASE chooses the engine; without it, SQLite in a file of its own.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

PLACES = Path(__file__).parents[1] / "places"
LINES = ("home_care", "equipment", "nursing", "adaptations", "reablement", "learning")
YEAR, FUND = "2025/26", "care_pool"


def journal(postings: int) -> str:
    draw = random.Random(20261124)  # noqa: S311 - a benchmark draws the same on every run
    out = ["key,deed,on,posted,effect,fund,line,partner,kind,name,amount,decision,says"]
    for n in range(postings // 2):
        day = date(2025, 4, 1) + timedelta(days=draw.randrange(365))
        line, partner = draw.choice(LINES), draw.choice(("council", "icb"))
        pence = draw.randrange(1, 4_000)
        period, pounds = f"{day:%Y%m}", f"{pence // 100}.{pence % 100:02}"
        left = f"t{n},post,{day},{period},{period},{FUND},{line},{partner}"
        out.append(f"{left},actual,,{pounds},,payment {n}")
        out.append(f"{left},partner's ledger,,-{pounds},,")
    return "\n".join(out) + "\n"


def fill(postings: int) -> None:
    """Middlemarch with its fund text, its budget, a forecast, and the journal."""
    from concord.commands.agreements import load_place
    from concord.commands.command import Acting
    from concord.commands.funds import load_fund
    from concord.commands.ledger_journal import post_journal
    from concord.commands.ledger_planning import reforecast
    from concord.domain.funds.forecast import Forecast
    from concord.domain.funds.risk_rules import Cause
    from concord.records.models import LedgerPosting

    now = datetime.now(UTC)  # noqa: TID251 - a benchmark is run now
    acting = Acting(None, now, why="a benchmark")
    folder = PLACES / "middlemarch"
    load_place(acting, "middlemarch", (folder / "arrangement.toml").read_text("utf-8"))
    load_fund(acting, "middlemarch", (folder / "fund.toml").read_text("utf-8"))
    if LedgerPosting.objects.count() < postings:
        post_journal(acting, "middlemarch", "year.csv", journal(postings))
    forecast = {("home_care", "council"): 5_600_000_00, ("home_care", "icb"): 3_300_000_00,
                ("equipment", "council"): 450_000_00, ("equipment", "icb"): 150_000_00,
                ("nursing", "icb"): 4_200_000_00, ("adaptations", "council"): 1_200_000_00,
                ("reablement", "council"): 1_720_000_00}  # fmt: skip
    cells = tuple(
        Forecast(line, partner, 0, 0, pence, Cause.DEMAND, "More people", "Paper 4")
        for (line, partner), pence in forecast.items()
    )
    reforecast(acting, "middlemarch", FUND, YEAR, 1, 202509, cells)


def timed(ask: Callable[[], object], requests: int) -> tuple[float, float]:
    """The median and the 95th percentile in milliseconds, after one request that warms up."""
    ask()
    each = []
    for _ in range(requests):
        began = time.perf_counter()
        ask()
        each.append((time.perf_counter() - began) * 1000)
    each.sort()
    return each[len(each) // 2], each[int(len(each) * 0.95)]


def main() -> None:
    postings = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    requests = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    os.environ.setdefault("CONCORD_DATA", tempfile.mkdtemp(prefix="concord-fund-page-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "concord.web.settings"
    import django
    from django.conf import settings

    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    call_command("migrate", verbosity=0)
    fill(postings)
    from concord.records.models import LedgerPosting

    client, base = Client(), f"/middlemarch/funds/{FUND}/"
    pages = {
        "the fund": f"{base}?year={YEAR}",
        "the fund as data": f"/middlemarch/funds/{FUND}.json?year={YEAR}",
        "one account's postings": f"{base}postings/?year={YEAR}&line=home_care&partner=icb"
        "&what=actual",
        "every account": f"{base}postings/?year={YEAR}",
    }
    print(f"{LedgerPosting.objects.count():,} postings, {connection.vendor}, {requests} requests")
    for name, address in pages.items():
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
        middle, high = timed(lambda at=address: client.get(at), requests)
        print(f"{name}: median {middle:.1f} ms, 95th percentile {high:.1f} ms")


if __name__ == "__main__":
    main()
