"""Middlemarch's care pool in 2025/26, three quarters posted by commands, for its reports.

In pounds. Every figure below is worked by hand where a test uses it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from concord.commands import ledger, ledger_planning
from concord.commands.fund_reports_read import books_for_report
from concord.commands.funds import fund_of, load_fund
from concord.commands.texts import arrangement_of
from concord.domain.funds.forecast import Forecast
from concord.domain.funds.ledger.making import Said
from concord.domain.funds.ledger.transaction import LedgerAccount
from concord.domain.funds.ledger.words import ContributionStage, LedgerKind
from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.words import BudgetStatus

PLACES = Path(__file__).parents[2] / "places"
PLACE, FUND, YEAR = "middlemarch", "care_pool", "2025/26"

# Version 1 of the text; equipment's ICB part is a third of £450,000.
BUDGET = {
    ("home_care", "council"): 5_300_000_00, ("home_care", "icb"): 3_200_000_00,
    ("equipment", "council"): 460_000_00, ("equipment", "icb"): 150_000_00,
    ("nursing", "icb"): 4_100_000_00, ("adaptations", "council"): 1_240_000_00,
    ("reablement", "council"): 1_600_000_00, ("learning", "icb"): 2_400_000_00,
}  # fmt: skip

# What each partner paid, by month of effect. Learning disability and adaptations report nothing.
PAID = (
    ("home_care", "council", 202505, 1_400_000_10),
    ("home_care", "council", 202508, 1_350_000_00),
    ("home_care", "icb", 202506, 1_600_000_00),
    ("equipment", "council", 202507, 220_000_33),
    ("nursing", "icb", 202509, 2_050_000_00),
    ("reablement", "council", 202509, 800_000_00),
    ("equipment", "icb", 202509, 75_000_00),
)


def said(key: str, posted: int, effect: int | None = None, decision: str = "") -> Said:
    on = date(posted // 100, posted % 100, 2)
    return Said(key, on, posted, effect or posted, "as told", decision)


def account(line: str, partner: str, kind: LedgerKind = LedgerKind.ACTUAL) -> LedgerAccount:
    return LedgerAccount(FUND, line, partner, kind)


def fill(operator) -> None:
    """Two budgets, spending, an accrual, a client's payment, contributions and a forecast."""
    load_fund(operator, PLACE, (PLACES / PLACE / "fund.toml").read_text("utf-8"))
    ledger_planning.set_budget(
        operator, PLACE, said("b1", 202504, decision="council-2025-9"), FUND, 1,
        BudgetStatus.CONFIRMED, BUDGET,
    )  # fmt: skip
    for n, (line, partner, period, pence) in enumerate(PAID):
        ledger.post(operator, PLACE, said(f"p{n}", period), account(line, partner), pence)
    # £50,000.07 of September's home care is not yet paid; £12,345.67 came from a client.
    ledger.accrue(operator, PLACE, said("a1", 202509), account("home_care", "council"), 50_000_07)
    income = account("home_care", "council", LedgerKind.INCOME)
    ledger.post(operator, PLACE, said("i1", 202509), income, -12_345_67)
    # Entered in October, with effect in June: no report of September saw it.
    ledger.post(
        operator, PLACE, said("late", 202510, 202506), account("home_care", "icb"), 9_999_99
    )
    stages = ContributionStage
    for partner, confirmed, received in (
        ("council", 8_600_000_00, 4_300_000_00), ("icb", 9_850_000_00, 0),
    ):  # fmt: skip
        for stage, amount in ((stages.INDICATIVE, confirmed), (stages.CONFIRMED, confirmed)):
            key = f"{stage}-{partner}"
            ledger.contribute(operator, PLACE, said(key, 202504), stage, FUND, partner, amount)
        if received:
            ledger.contribute(
                operator,
                PLACE,
                said(f"r-{partner}", 202507),
                stages.RECEIVED,
                FUND,
                partner,
                received,
            )
    # £120,000 from home care to reablement in October: the September report does not know it.
    second = BUDGET | {
        ("home_care", "council"): 5_180_000_00, ("reablement", "council"): 1_720_000_00,
    }  # fmt: skip
    ledger_planning.set_budget(
        operator, PLACE, said("b2", 202510, decision="council-2025-40"), FUND, 2,
        BudgetStatus.CONFIRMED, second,
    )  # fmt: skip
    ledger_planning.reforecast(operator, PLACE, FUND, YEAR, 1, 202509, tuple(_forecast()))


def _forecast():
    """Outturn less budget. Learning disability is not forecast at all."""
    over = {
        ("home_care", "council"): 618_402_75, ("home_care", "icb"): 100_000_00,
        ("equipment", "council"): -15_000_00, ("equipment", "icb"): 0,
        ("nursing", "icb"): 42_000_00, ("adaptations", "council"): -60_000_00,
        ("reablement", "council"): 0,
    }  # fmt: skip
    for (line, partner), pence in over.items():
        cause = Cause.DEMAND if pence > 0 else None
        why = "More people, each with more hours" if pence > 0 else "As things stand"
        yield Forecast(line, partner, 0, 0, BUDGET[line, partner] + pence, cause, why, "Paper 4")


def books():
    return books_for_report(PLACE, arrangement_of(PLACE), fund_of(PLACE), FUND, YEAR)
