"""A budget version that only the books hold is one that a rule may rest on."""

from __future__ import annotations

from tests.pages.decision_places import load
from tests.pages.fund_books import PLACES

from concord.commands.funds import load_fund
from concord.domain.funds.budgets import line_total
from concord.records.models import BudgetVersion
from concord.web.funds_reading import read_fund_beside
from concord.web.funds_versions import with_kept_versions

MOVED = {
    ("home_care", "council"): 527_000_000,  # £5,450,000 less £180,000
    ("home_care", "icb"): 328_500_000,
    ("reablement", "council"): 188_000_000,  # £1,700,000 and £180,000 more
}


def test_a_version_kept_in_the_ledger_stands_beside_those_of_the_text(middlemarch, operator):
    load_fund(operator, "middlemarch", (PLACES / "middlemarch" / "fund.toml").read_text("utf-8"))
    BudgetVersion.objects.create(
        place_id="middlemarch", fund="care_pool", year="2026/27", number=2, status="confirmed",
        because="moved", decision="", rows=[[*key, pence] for key, pence in MOVED.items()],
        set_at=operator.now, set_by="the pool manager",
    )  # fmt: skip
    text = read_fund_beside(
        (PLACES / "middlemarch" / "fund.toml").read_text("utf-8"),
        (PLACES / "middlemarch" / "arrangement.toml").read_text("utf-8"),
    )
    found = with_kept_versions("middlemarch", text)
    (second,) = [b for b in found.budgets if (b.year, b.version) == ("2026/27", 2)]
    assert line_total(found, second, "home_care") == 855_500_000
    assert line_total(found, second, "reablement") == 188_000_000
    assert with_kept_versions("sheffield", text) is text


def test_a_place_without_books_has_the_versions_of_its_text_alone(operator, db):
    load(operator, "southampton")
    text = read_fund_beside(
        (PLACES / "southampton" / "fund.toml").read_text("utf-8"),
        (PLACES / "southampton" / "arrangement.toml").read_text("utf-8"),
    )
    assert with_kept_versions("southampton", text) is text
