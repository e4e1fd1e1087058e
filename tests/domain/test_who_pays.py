"""Simulated outturns: closed forms, what must always hold, and a seed that gives it all again."""

from math import exp, log, pi, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from tests.domain.risk_texts import ON, YEAR, arrangement, over, text_with

from concord.domain.funds.risk_share.facts import Position
from concord.domain.funds.risk_share.planning import planned
from concord.domain.funds.who_pays.chances import (
    Chance,
    Fixed,
    Interval,
    Lognormal,
    Pert,
    excess_of_lognormal,
    excess_of_normal,
    faults,
)
from concord.domain.funds.who_pays.drawing import Spread
from concord.domain.funds.who_pays.simulate import simulated, simulated_by_sobol
from concord.domain.funds.who_pays.summary import buckets_of, middle_of

M = 100_000_000  # £1,000,000 in pence
PHI = NormalDist()
SHARED = '{ on = "either", net = "fund", falls_to = { ratio = { council = 55, icb = 45 } } }'


def plan(*rules, lines=("home_care",)):
    varied = tuple(over(line, "£0") for line in lines)
    return planned(arrangement(), text_with(*rules), Position(year=YEAR, variances=varied), ON)


def priced(rules, chances, rho=0.0, seed=1, **more):
    """By Sobol points, which come close to closed forms with few draws."""
    at = plan(*rules, lines=[c.line for c in chances])
    return simulated_by_sobol([at], Spread(tuple(chances), rho), seed, **more).bills[0]


EXCESS = [
    '{ on = "overspend", net = "line", takes = "£1,000,000", falls_to = { ratio = { icb = 1 } } }',
    '{ on = "either", net = "line", falls_to = { ratio = { council = 1 } } }',
]


def test_the_expected_excess_of_a_normal_is_its_closed_form():
    # Variance N(0, 1m): the part above 1m falls to nobody else than the second rule.
    # E max(X − 1, 0) = φ(1) − Φ(−1) = 0.241971 − 0.158655 = 0.083315 of a standard deviation.
    assert excess_of_normal(0, 1, 1) == pytest.approx(exp(-0.5) / sqrt(2 * pi) - PHI.cdf(-1))
    eighty = PHI.inv_cdf(0.9) * M
    bill = priced(EXCESS, [Chance("home_care", Interval(round(-eighty), round(eighty)))])
    # The ICB bears min(max(X, 0), 1m): E max(X, 0) − E max(X − 1, 0) = 0.398942 − 0.083315.
    assert bill.of("icb").mean / M == pytest.approx(0.398942 - 0.083315, abs=1e-3)
    assert bill.of("council").mean / M == pytest.approx(-(0.398942 - 0.083315), abs=1e-3)


def test_the_expected_excess_of_a_lognormal_is_its_closed_form():
    # Outturn 8m on average, 20% about it, budget 8m: E max(X − 8m, 0) − E max(X − 9m, 0).
    bill = priced(EXCESS, [Chance("home_care", Lognormal(8 * M, 0.2), less=8 * M)])
    expected = excess_of_lognormal(8, 0.2, 8) - excess_of_lognormal(8, 0.2, 9)
    assert bill.of("icb").mean / M == pytest.approx(expected, abs=2e-3)
    total = bill.of("icb").mean + bill.of("council").mean
    assert total / M == pytest.approx(0, abs=2e-3)  # the mean is corrected, so nothing is expected


def test_a_tiered_share_under_a_normal_costs_each_partner_what_the_closed_form_says():
    # One standard deviation is £1m. Underspends and overspends to 1: 60 : 40; from 1 to 2: 50 : 50;
    # beyond 2: the host, A. With L(k) = φ(k) − k·Φ(−k): A expects 0.6·0 + (0.5 − 0.6)·L(1) +
    # (1 − 0.5)·L(2) and B the opposite, as nothing is expected in all.
    rules = [
        """{ on = "overspend", net = "line", takes = "£1,000,000",
        falls_to = { ratio = { council = 60, icb = 40 } } }""",
        """{ on = "overspend", net = "line", takes = "£1,000,000",
        falls_to = { ratio = { council = 50, icb = 50 } } }""",
        '{ on = "overspend", net = "line", falls_to = "host" }',
        '{ on = "underspend", net = "line", falls_to = { ratio = { council = 60, icb = 40 } } }',
    ]

    def loss(k):
        return exp(-(k**2) / 2) / sqrt(2 * pi) - k * PHI.cdf(-k)

    eighty = PHI.inv_cdf(0.9) * M
    bill = priced(rules, [Chance("home_care", Interval(round(-eighty), round(eighty)))])
    expected = -0.1 * loss(1) + 0.5 * loss(2)
    assert bill.of("council").mean / M == pytest.approx(expected, abs=1e-3)
    assert bill.of("icb").mean / M == pytest.approx(-expected, abs=1e-3)


def test_a_pert_has_the_mean_and_spread_of_its_beta():
    # α = 1 + 4·2/6, β = 1 + 4·4/6 over 6m wide: mean (0 + 4·2 + 6)/6; variance αβ/((α+β)²(α+β+1)).
    a, b = 1 + 4 * 2 / 6, 1 + 4 * 4 / 6
    bill = priced([SHARED], [Chance("home_care", Pert(0, 2 * M, 6 * M))])
    total = bill.of("council").mean + bill.of("icb").mean
    assert total / M == pytest.approx(14 / 6, abs=1e-3)
    sd = 6 * sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))
    assert (bill.of("council").sd + bill.of("icb").sd) / M == pytest.approx(sd, rel=5e-3)


def test_a_named_risk_costs_its_probability_times_its_severity():
    risk = Chance("home_care", Fixed(2 * M), probability=0.25)
    bill = priced(['{ on = "either", net = "line", falls_to = "lead" }'], [risk])
    assert bill.of("council").mean / M == pytest.approx(0.5, abs=2e-3)
    assert bill.of("council").over_nil == pytest.approx(0.25, abs=1e-3)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
def test_the_correlation_widens_the_total_as_its_formula_says(rho):
    # Four normals of one standard deviation each: variance 4 + 4·3·ρ.
    lines = ("home_care", "day_care", "aligned", "home_care")
    eighty = round(PHI.inv_cdf(0.9) * M)
    chances = [Chance(line, Interval(-eighty, eighty)) for line in lines]
    rules = ['{ on = "either", net = "fund", falls_to = { ratio = { council = 1 } } }']
    bill = priced(rules, chances, rho)
    assert bill.of("council").sd / M == pytest.approx(sqrt(4 + 12 * rho), rel=0.01)


CHANCES = (
    Chance("home_care", Lognormal(8 * M, 0.08), less=8 * M),
    Chance("day_care", Pert(round(1.8 * M), 2 * M, 3 * M), less=2 * M),
    Chance("beds", Interval(round(2.7 * M), round(3.4 * M)), less=3 * M),
    Chance("home_care", Interval(M // 4, M), probability=0.1),
)
RULES = [
    '{ on = "overspend", net = "line", falls_to = { offset_in = ["care", "health"] } }',
    '{ on = "overspend", net = "line", falls_to = { reserve = "risk" } }',
    """{ on = "overspend", net = "fund", falls_to = { contributions = "as first agreed" },
    cap = { council = "£200,000" } }""",
    '{ on = "either", net = "line", falls_to = "no one" }',
]


def everything(result):
    return [(b.spreads, b.caps) for b in result.bills]


def test_a_seed_gives_the_same_answer_whatever_the_threads():
    at, spread = [plan(*RULES, lines=[c.line for c in CHANCES])], Spread(CHANCES)
    one, two, three = (simulated(at, spread, 70_001, 7, threads=n) for n in (1, 2, 3))
    assert everything(one) == everything(two) == everything(three)
    assert everything(simulated(at, spread, 70_001, 8)) != everything(one)


def test_percentiles_are_in_order_and_the_parts_add_up_to_what_was_expected():
    at = [plan(*RULES, lines=[c.line for c in CHANCES])]
    bill = simulated(at, Spread(CHANCES), 50_000, 3).bills[0]
    for spread in bill.spreads:
        amounts = [amount for _, amount in spread.percentiles]
        assert spread.lowest <= amounts[0]
        assert amounts == sorted(amounts)
        assert amounts[-1] <= spread.highest
    mean = sum(s.mean for s in bill.spreads)
    assert mean / M == pytest.approx(sum(c.average for c in CHANCES) / M, abs=0.02)


def test_a_wider_cap_never_lowers_what_its_bearer_may_lose():
    def most(cap):
        rules = [
            f"""{{ on = "overspend", net = "fund",
            falls_to = {{ ratio = {{ council = 1, icb = 1 }} }},
            cap = {{ council = "{cap}" }} }}""",
            '{ on = "either", net = "fund", falls_to = { ratio = { icb = 1 } } }',
        ]
        at = [plan(*rules, lines=[c.line for c in CHANCES])]
        bill = simulated(at, Spread(CHANCES), 20_000, 5).bills[0]
        return bill.of("council").highest, next(p for r, _, p in bill.caps if r == "rule 1")

    found = [most(cap) for cap in ("£50,000", "£100,000", "£400,000")]
    assert [m for m, _ in found] == sorted(m for m, _ in found)
    assert [chance for _, chance in found] == sorted((c for _, c in found), reverse=True)
    assert found[0][0] <= 2 * 5_000_000 + 1e-6  # the cap in each of two funds


def test_the_same_outturns_are_priced_under_each_agreement():
    half = '{ on = "either", net = "fund", falls_to = { ratio = { council = 1, icb = 1 } } }'
    lines = [c.line for c in CHANCES]
    result = simulated(
        [plan(SHARED, lines=lines), plan(half, lines=lines)], Spread(CHANCES), 9_000, 2
    )
    totals = [sum(s.mean for s in bill.spreads) for bill in result.bills]
    assert totals[0] == pytest.approx(totals[1], abs=1e-3)
    # Each bears a fixed part of the same totals, so the ratio of what it bears is exact.
    assert result.bills[0].of("council").mean / 0.55 == pytest.approx(
        result.bills[1].of("council").mean / 0.5
    )


def test_progress_is_told_and_ends_at_the_whole():
    told = []
    simulated(
        [plan(SHARED)],
        Spread(CHANCES[:1]),
        100_000,
        1,
        progress=lambda done, of: told.append((done, of)),
    )
    assert told == sorted(told)
    assert told[-1] == (100_000, 100_000)


def test_beyond_what_is_kept_percentiles_come_from_buckets_and_stay_close(monkeypatch):
    at, spread = [plan(*RULES, lines=[c.line for c in CHANCES])], Spread(CHANCES)
    exact = simulated(at, spread, 60_000, 4).bills[0]
    monkeypatch.setattr("concord.domain.funds.who_pays.summary.KEPT", 1_000)
    streamed = simulated(at, spread, 60_000, 4).bills[0]
    for a, b in zip(exact.spreads, streamed.spreads, strict=True):
        assert (a.mean, a.sd, a.lowest, a.highest, a.over_nil) == (
            b.mean, b.sd, b.lowest, b.highest, b.over_nil,
        )  # fmt: skip
        for (_, one), (_, other) in zip(a.percentiles, b.percentiles, strict=True):
            # A bucket is 1/1,024 of an octave; between two draws far apart, either is a percentile.
            assert other == pytest.approx(one, rel=2e-3, abs=100_00)
    assert exact.spreads[0].exact
    assert not streamed.spreads[0].exact


def test_a_bucket_holds_what_lies_within_a_thousandth_of_its_middle():
    amounts = np.array([1.0, 7.3, 1e6, 123_456_789.0, -55.5, -1e12])
    for amount, bucket in zip(amounts, buckets_of(amounts), strict=True):
        assert middle_of(int(bucket)) == pytest.approx(amount, rel=1 / 1024)
    assert middle_of(int(buckets_of(np.array([0.4]))[0])) == 0


def test_sobol_points_come_closer_to_the_mean_than_plain_draws():
    at, spread = [plan(SHARED)], Spread(CHANCES[:1])
    expected = 0.0
    plain = [simulated(at, spread, 8192, s).bills[0].of("council").mean for s in range(12)]
    even = simulated_by_sobol(at, spread, 1, power=13, scramblings=1).bills[0].of("council").mean
    rmse = sqrt(sum((p - expected) ** 2 for p in plain) / len(plain))
    assert abs(even - expected) < rmse / 10


@pytest.mark.parametrize(
    "chance",
    [
        Chance("home_care", Lognormal(0, 0.1)),
        Chance("home_care", Interval(5, 1)),
        Chance("home_care", Pert(0, 9, 5)),
        Chance("home_care", Fixed(1), probability=1.5),
    ],
)
def test_what_cannot_be_drawn_is_said_in_words(chance):
    assert faults(chance).startswith("home_care: ")


def test_a_lognormal_is_wide_where_it_is_said_to_be():
    assert Lognormal(1, 0.2).sigma == pytest.approx(sqrt(log(1.04)))
