"""Middlemarch's care pool in 2025/26 as its ledger might hold it, made by commands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from concord.commands import imports, ledger, ledger_planning
from concord.commands.funds import load_fund
from concord.commands.imports import Sent
from concord.domain.funds.forecast import Forecast
from concord.domain.funds.ledger.making import Said
from concord.domain.funds.ledger.words import ContributionStage
from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.words import BudgetStatus

PLACES = Path(__file__).parents[2] / "places"
PLACE, FUND, YEAR = "middlemarch", "care_pool", "2025/26"

# Version 1 as the text states it, in pence; equipment's ICB part is a third of £450,000.
BUDGET = {
    ("home_care", "council"): 5_300_000_00, ("home_care", "icb"): 3_200_000_00,
    ("equipment", "council"): 460_000_00, ("equipment", "icb"): 150_000_00,
    ("nursing", "icb"): 4_100_000_00, ("adaptations", "council"): 1_240_000_00,
    ("reablement", "council"): 1_600_000_00, ("learning", "icb"): 2_400_000_00,
}  # fmt: skip

MAPPING = {
    "partner": "council", "day": "Date", "day_form": "YYYY-MM-DD", "amount": "Amount",
    "payee": "Payee", "says": ["Code"], "unclaimed": "park",
    "claims": [
        {"when": {"Code": "HC1"}, "fund": FUND, "line": "home_care"},
        {"when": {"Code": "EQ1"}, "fund": FUND, "line": "equipment"},
    ],
}  # fmt: skip
APRIL = """Date,Code,Payee,Amount
2025-04-03,HC1,Care Ltd,401250.10
2025-04-17,HC1,Care Ltd,12000.00
2025-04-20,EQ1,Stores,35000.00
2025-04-22,ZZ9,Somebody,250.00
"""


def sent(text: str = APRIL, name: str = "april.csv") -> Sent:
    return Sent("council", name, text.encode(), date(2025, 4, 1), date(2025, 4, 30))


def said(key: str, period: int, why: str, decision: str = "") -> Said:
    on = date(period // 100, period % 100, 2)
    return Said(key, on, period, period, why, decision)


def fill(operator, forecast: bool = True) -> None:
    """The fund text, its budget, a month of spending, a contribution and a forecast."""
    text = (PLACES / PLACE / "fund.toml").read_text("utf-8")
    load_fund(operator, PLACE, text)
    budget = said("budget-1", 202504, "First budget of the year", "council-2025-9")
    ledger_planning.set_budget(operator, PLACE, budget, FUND, 1, BudgetStatus.CONFIRMED, BUDGET)
    imports.save_mapping(operator, PLACE, "council", MAPPING)
    imports.import_file(operator, PLACE, sent(), 202504)
    for stage, key in ((ContributionStage.INDICATIVE, "a"), (ContributionStage.CONFIRMED, "b")):
        told = said(f"in-{key}", 202504, "The council's contribution")
        ledger.contribute(operator, PLACE, told, stage, FUND, "council", 8_600_000_00)
    if forecast:
        ledger_planning.reforecast(operator, PLACE, FUND, YEAR, 1, 202509, tuple(_forecast()))


def _forecast():
    """Learning has not reported; adaptations, a ring-fenced grant, are £60,000 under."""
    over = {
        ("home_care", "council"): 318_402_75, ("home_care", "icb"): 100_000_00,
        ("equipment", "council"): -15_000_00, ("equipment", "icb"): 0,
        ("nursing", "icb"): 42_000_00, ("adaptations", "council"): -60_000_00,
        ("reablement", "council"): 0,
    }  # fmt: skip
    for (line, partner), pence in over.items():
        actual = BUDGET[line, partner] // 2
        still = BUDGET[line, partner] + pence - actual
        cause = Cause.DEMAND if pence > 0 else Cause.TIMING if pence < 0 else None
        why = "More people, each with more hours" if pence > 0 else "As things stand"
        yield Forecast(line, partner, actual, 0, still, cause, why, "Board paper 4, table 2")
