"""Findings on a fund text: each planted once in a small text that has none."""

from __future__ import annotations

import pytest
from tests.domain.a_fund import FUND, RISK, read, with_risk

CARE = 'care = { fund = "pool" }'
AWAY = 'away = { fund = "far" }'


def care(keys: str) -> str:
    return CARE.replace(" }", f", {keys} }}")


# What is planted, which finding it is, and its weight. `old` is replaced once by `new`.
PLANTED = [
    ('total = "£160"', 'total = "£161"', "fund.does_not_foot", "grave"),
    ('council = "£100"', 'council = "£99"', "fund.does_not_foot", "grave"),
    ('care = "£120" }', 'care = "£121" }', "fund.does_not_foot", "grave"),
    ('total = "£160"', 'at_least = "£161"', "fund.does_not_foot", "grave"),
    ('icb = "£60" }, works', 'icb = "not stated" }, works', "", ""),
    (
        'icb = "£60" }, works = { council = "£40" }',
        'icb = "not stated" }, works = { council = "£400" }',
        "fund.does_not_foot",
        "grave",
    ),
    ('fund = "far"\nyear', 'fund = "pool"\nyear', "fund.overlapping_versions", "grave"),
    ('host = "council"', 'host = "not stated"', "fund.host_not_stated", "slight"),
    ('host = "council"', 'host = "brassing"', "fund.not_a_party", "grave"),
    ('host = "council"', 'host = "ccg"', "", ""),
    (
        'host = "council"',
        'host = "council", pool_manager = "nhs_manager"',
        "fund.manager_not_of_host",
        "grave",
    ),
    ('host = "council"', 'host = "council", pool_manager = "manager"', "", ""),
    (
        'works = { council = "£40" }',
        'works = { council = "£39", icb = "£1" }',
        "fund.mixed_ring_fence",
        "grave",
    ),
    ("amounts = { away", "amounts = { care", "fund.line_of_another_fund", "grave"),
    (
        'amounts = { away = { brassing = "£5"',
        'amounts = { away = { council = "£5"',
        "fund.not_a_party",
        "grave",
    ),
    (AWAY, 'away = { fund = "far", lead = "trust" }', "fund.not_a_party", "grave"),
    (AWAY, 'away = { fund = "far", lead = "trust", mode = "in view" }', "", ""),
    (
        AWAY,
        'away = { fund = "far" }\nmore = { fund = "far" }',
        "fund.line_without_budget",
        "slight",
    ),
    (CARE, care('mode = "lead commissioned"'), "fund.mode_needs_section_75", "grave"),
    ('agreement = "s75", host', 'agreement = "mou", host', "fund.mode_needs_section_75", "grave"),
    (CARE, care('mode = "shadow"'), "fund.does_not_foot", "grave"),
    ('year = "2024/25"', 'year = "2024/26"', "text.not_a_year", "grave"),
    ('icb = "£60"', 'icb = "-£60"', "fund.below_zero", "grave"),
    ('opening = "£100"', 'opening = "-£100"', "fund.below_zero", "grave"),
    ('icb = "£60"', "icb = 60", "text.not_money", "grave"),
    ('icb = "£60"', 'icb = "£60k"', "text.not_money", "grave"),
    ('part = "here"', 'part = "nowhere"', "ref.unknown_name", "grave"),
    ("here = 1, there = 2", "here = 0, there = 0", "fund.figures_sum_to_nothing", "grave"),
    ("figures = {", "ends = 2023-03-31, figures = {", "fund.basis_of_another_year", "slight"),
    ('fund = "pool" }\nworks', 'fund = "pol" }\nworks', "ref.unknown_name", "grave"),
    ('source = "deed"\n', "", "ref.no_source", "grave"),
    ('source = "deed"', 'source = "dead"', "ref.unknown_source", "grave"),
    (CARE, care('marks = ["fixed"]'), "ref.mark_unused", "slight"),
    (
        "[reserves]",
        '[nil]\nnone = { agreement = "s75", of = ["pooled fund"] }\n[reserves]',
        "fund.pooled_against_text",
        "grave",
    ),
    (
        CARE,
        care('delivered_by = "trust", vat = "section 33"'),
        "fund.vat_not_of_deliverer",
        "slight",
    ),
    (CARE, care('delivered_by = "trust", vat = "contracted-out services"'), "", ""),
    (CARE, care('acts_as = "agent", vat = "section 33"'), "fund.agent_charges_vat", "slight"),
    (
        CARE,
        care('basis = "sole control", contracted_by = "icb"'),
        "fund.basis_against_contract",
        "slight",
    ),
    ('lead = "council" }', 'lead = "council", client_charges = "net" }', "", ""),
]
CONTINGENT = (
    '[[contingent]]\nline = "care"\npartner = "icb"\nyear = "2024/25"\n'
    'provided = [{ met = "fewer days" }]\namount = '
)
EITHER = '{ on = "either", net = "fund", falls_to = "no one", clause = "9" }'
OVER, UNDER = EITHER.replace("either", "overspend"), EITHER.replace("either", "underspend")
OFFSET = '{ on = "overspend", net = "line", falls_to = { offset_in = ["pool"] }, clause = "1" }'
ASKED = OFFSET.replace(
    'clause = "1"', 'provided = [{ agreed_by = "cabinet" }], silence = "waits", clause = "1"'
)
RESERVE = '{ on = "overspend", net = "line", falls_to = { reserve = "pot" }, clause = "2" }'


def ids(text: str) -> dict[str, str]:
    return {f.id: str(f.weight) for f in read(text).findings}


def test_the_small_text_has_no_finding():
    assert read(FUND).findings == ()


@pytest.mark.parametrize(("old", "new", "found", "weight"), PLANTED)
def test_what_is_planted_is_found_once_and_alone(old, new, found, weight):
    assert old in FUND
    reading = read(FUND.replace(old, new, 1))
    told = {f.id: f.weight for f in reading.findings if f.id != "fund.line_without_budget"}
    if not found:
        assert told == {}
    elif found == "fund.line_without_budget":
        assert [f.id for f in reading.findings] == [found]
    else:
        assert told[found] == weight
    assert all(f.line > 0 and f.remedy and f.file == "fund.toml" for f in reading.findings)


def test_a_finding_stands_at_the_line_it_is_about():
    text = FUND.replace('total = "£160"', 'total = "£161"')
    (finding,) = read(text).findings
    assert text.splitlines()[finding.line - 1] == "[[budgets]]"
    # 60 + 60 + 40 = 160, a pound less than the 161 printed.
    assert "£161" in finding.says
    assert "£1 less" in finding.says


@pytest.mark.parametrize(("amount", "found"), [("£60", False), ("£61", True)])
def test_a_contingent_part_is_within_the_contribution(amount, found):
    told = ids(FUND + CONTINGENT + f'"{amount}"\n')
    assert ("fund.contingent_over_contribution" in told) is found


@pytest.mark.parametrize(("share", "found"), [("50%", False), ("51%", True)])
def test_schemes_take_at_most_all_of_a_contract(share, found):
    text = FUND + (
        '[schemes]\na = { name = "A" }\nb = { name = "B" }\n[contracts]\n'
        f'c = {{ name = "C", held_by = "icb", schemes = {{ a = "50%", b = "{share}" }} }}\n'
    )
    assert ("fund.contract_over_whole" in ids(text)) is found


def test_the_second_of_two_savings_that_do_not_foot_is_found():
    text = FUND + (
        '[[savings]]\nyear = "2024/25"\nof = "icb"\nstate = "agreed"\n'
        'amounts = { a = "£1", b = "£2" }\nstated = { total = "£4" }\n'
    )
    assert "fund.does_not_foot" in ids(text)


def test_a_partner_outside_its_own_life_is_found():
    # The ICB began on 1 July 2022, so it contributes to 2022/23 and to no year before.
    early = FUND.replace("2024/25", "2021/22")
    assert "date.not_in_being" in ids(early)
    assert "date.not_in_being" not in ids(FUND.replace("2024/25", "2022/23"))


def test_two_versions_on_the_same_days_are_found():
    again = FUND.replace("version = 1", "version = 1\nstarts = 2024-04-01", 1) + (
        '[[budgets]]\nfund = "pool"\nyear = "2024/25"\nversion = 2\nstatus = "confirmed"\n'
        "starts = 2024-10-01\n"
        'amounts = { care = { council = "£60" }, works = { council = "£40" } }\n'
    )
    assert "fund.overlapping_versions" in ids(again)
    ended = again.replace("starts = 2024-04-01", "starts = 2024-04-01\nends = 2024-09-30")
    assert "fund.overlapping_versions" not in ids(ended)


# Risk rules: alone, and in their order ------------------------------------------------------

RISKS = [
    ((OFFSET.replace('["pool"]', '["pool", "far"]'), EITHER), "risk.crosses_agreements", "grave"),
    (
        (RESERVE.replace("net =", 'of = { funds = ["far"] }, net ='), EITHER),
        "risk.crosses_agreements",
        "grave",
    ),
    ((ASKED.replace('silence = "waits", ', ""), EITHER), "risk.silence_missing", "grave"),
    ((EITHER.replace("no one", "as decided"), EITHER), "risk.silence_missing", "grave"),
    ((ASKED.replace("cabinet", "advice"), EITHER), "risk.asks_advisory_body", "slight"),
    ((EITHER, OFFSET), "risk.never_reached", "grave"),
    ((OVER.replace('net = "fund"', 'net = "line"'), RESERVE, UNDER), "risk.never_reached", "grave"),
    (
        (OVER.replace('net = "fund"', 'net = "fund", takes = "£10"'), UNDER),
        "risk.residue",
        "slight",
    ),
    ((OVER,), "risk.residue", "slight"),
    (
        (OVER.replace("net =", 'of = { causes = ["demand"] }, net ='), UNDER),
        "risk.residue",
        "slight",
    ),
    ((UNDER, OFFSET, OVER), "risk.underspend_first", "slight"),
    ((ASKED, OVER, UNDER), "risk.nets_unasked", "slight"),
]


@pytest.mark.parametrize(("rules", "found", "weight"), RISKS)
def test_a_fault_in_the_rules_is_found(rules, found, weight):
    assert ids(with_risk(*rules)).get(found) == weight


SOUND = [
    (OFFSET, RESERVE, OVER, UNDER),
    (ASKED, OVER.replace('net = "fund"', 'net = "line"'), UNDER),
    # A net overspend of the fund goes to no one; where the fund is under, a line may still be over.
    (OVER, OVER.replace('net = "fund"', 'net = "line"'), UNDER),
    (OVER.replace("net =", 'of = { lines = ["care"] }, net ='), OVER, UNDER),
]


def test_a_line_in_view_is_not_taken_by_a_rule_about_the_section_75():
    # The first rule is about the section 75 alone, so the one that names the mode is reached.
    in_view = EITHER.replace("net =", 'of = { modes = ["in view"] }, net =')
    text = with_risk(EITHER, in_view).replace(AWAY, AWAY.replace(" }", ', mode = "in view" }'))
    assert ids(text) == {}
    assert ids(with_risk(in_view, in_view, EITHER)) == {}


def test_rules_for_other_causes_do_not_shut_each_other_out():
    demand = OVER.replace("net =", 'of = { causes = ["demand"] }, net =')
    price = demand.replace("demand", "price")
    assert ids(with_risk(demand, price, OVER, UNDER)) == {}
    assert "risk.never_reached" in ids(with_risk(demand, demand, OVER, UNDER))


@pytest.mark.parametrize("rules", SOUND)
def test_sound_rules_have_no_finding(rules):
    assert ids(with_risk(*rules)) == {}


def test_a_reserve_that_an_overspend_draws_on_opens_with_something_stated():
    text = with_risk(RESERVE, EITHER).replace('opening = "£100"', 'opening = "not stated"')
    assert ids(text) == {"risk.reserve_unknown": "grave"}
    into = with_risk(RESERVE.replace("overspend", "underspend"), EITHER)
    assert "risk.reserve_unknown" not in ids(into.replace('opening = "£100"', 'opening = "£0"'))


def test_a_text_must_say_how_risk_is_shared_if_only_that_it_is_not_stated():
    assert ids(FUND.replace(RISK + "\n", "")) == {"text.missing_key": "grave"}
    assert ids(FUND.replace(RISK, 'risk = "not stated"')) == {}
    assert ids(FUND.replace(RISK, 'risk = "none"')) == {}
