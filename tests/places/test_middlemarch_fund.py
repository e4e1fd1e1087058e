"""Middlemarch's two pools over three years; every sum is worked here from the text's cells."""

from datetime import date

import pytest
from tests.places.fund_texts import arrangement, fund_reading

from concord.domain.funds.budgets import (
    contributions,
    counted_lines,
    latest,
    partner_total,
    parts_of,
    total,
    version,
    versions,
)

PLACE = "middlemarch"


@pytest.fixture
def text():
    return fund_reading(PLACE).fund


def test_the_text_has_no_finding_and_leaves_nothing_out():
    reading = fund_reading(PLACE)
    assert reading.findings == ()
    assert reading.not_stated == ()


def test_two_pools_each_hosted_by_a_partner_with_an_officer_of_its_own(text):
    a = arrangement(PLACE)
    pools = {n: f for n, f in text.funds.items() if f.mode == "pooled"}
    assert {n: f.host for n, f in pools.items()} == {"care_pool": "council", "health_pool": "icb"}
    assert all(a.posts[f.pool_manager].of == f.host for f in pools.values())


def test_the_care_pool_of_2024_25(text):
    # 8,000,000 + 600,000 + 4,000,000 + 1,200,000 = 13,800,000; less the capital grant 12,600,000.
    budget = version(text, "care_pool", "2024/25", 1)
    assert total(text, budget, budget.amounts) == 13_800_000_00
    assert total(text, budget, set(budget.amounts) - {"adaptations"}) == 12_600_000_00


def test_the_ring_fenced_capital_grant_is_a_compartment(text):
    source = text.funding[text.lines["adaptations"].funding]
    assert source.apart
    assert source.ring_fenced
    assert source.capital


def test_a_part_of_a_wider_contract_by_the_basis_of_its_year(text):
    # 450,000 × 96,400 / 289,200 = 150,000: Middlemarch has a third of the people registered.
    budget = version(text, "care_pool", "2025/26", 1)
    assert contributions(text, budget, "equipment")["icb"] == 150_000_00
    # By activity 450,000 × 4,117 / 11,807 is 156,911.1544 and × 7,690 is 293,088.8456: the penny
    # goes to the larger remainder, and the two are 450,000 again.
    parts = parts_of(text.apportionments["equipment_2026"], 450_000_00)
    assert parts == {"middlemarch": 156_911_15, "brassing": 293_088_85}


def test_the_virement_moves_a_budget_and_no_total(text):
    before, after = versions(text, "care_pool", "2025/26")
    # 120,000 from the council's home care (5,300,000 to 5,180,000) to reablement (1,720,000).
    assert contributions(text, before, "home_care")["council"] == 5_300_000_00
    assert contributions(text, after, "home_care")["council"] == 5_180_000_00
    assert contributions(text, after, "reablement") == {"council": 1_720_000_00}
    for partner in ("council", "icb"):
        assert partner_total(text, before, partner, before.amounts) == partner_total(
            text, after, partner, after.amounts
        )
    assert total(text, after, after.amounts) == 18_450_000_00


def test_the_year_end_variation_adds_to_one_partner(text):
    before, after = versions(text, "health_pool", "2025/26")
    assert latest(text, "health_pool", "2025/26") is after
    difference = total(text, after, after.amounts) - total(text, before, before.amounts)
    assert difference == 90_000_00
    assert partner_total(text, after, "icb", after.amounts) == 3_870_000_00


def test_a_line_in_view_is_counted_in_no_total(text):
    budget = version(text, "in_view", "2025/26", 1)
    assert counted_lines(arrangement(PLACE), text, budget) == ()


def test_a_source_changes_its_name_with_the_year(text):
    name = text.funding["better_care_grant"].name
    assert name.on(date(2025, 3, 31)) == "Improved Better Care Fund"
    assert name.on(date(2025, 4, 1)) == "Local Authority Better Care Grant"


def test_every_line_of_a_pool_says_how_it_is_accounted_for(text):
    for line in text.lines.values():
        assert line.delivered_by
        assert line.contracted_by
        if line.fund != "in_view":
            assert line.vat
            assert line.basis
            assert line.acts_as


def test_most_of_the_community_contract_belongs_to_no_scheme(text):
    # 12.5 per cent and 10 per cent of £24,000,000: £3,000,000 and £2,400,000; £18,600,000 is not.
    contract = text.contracts["community"]
    parts = {name: int(share.fraction * contract.value) for name, share in contract.schemes.items()}
    assert parts == {"recovery": 3_000_000_00, "inclusion": 2_400_000_00}
    assert contract.value - sum(parts.values()) == 18_600_000_00
