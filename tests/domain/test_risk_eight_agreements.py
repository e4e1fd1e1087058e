"""One overspend under eight different agreements, each worked by hand.

Home care, budgeted at £8,000,000 (council £5,000,000, ICB £3,000,000), is £900,000.01 over for
demand. Day care (the ICB leads; council £1,000,000, ICB £1,000,000) is £100,000 under.
"""

from tests.domain.risk_texts import agreed, asked, bears, over, pence

OVERSPEND = (over("home_care", "£900,000.01"), over("day_care", "-£100,000"))


def test_1_no_risk_share_each_lead_bears_its_own_lines():
    rules = ['{ on = "either", net = "line", falls_to = "lead", clause = "12.1" }']
    # The council leads home care: 900,000.01. The ICB leads day care and keeps its 100,000.
    result = asked(rules, *OVERSPEND)
    assert bears(result, council="£900,000.01", icb="-£100,000")


def test_2_an_agreed_ratio_over_the_fund():
    rules = [
        """{ on = "either", net = "fund", falls_to = { ratio = { council = 55,
        icb = 45 } }, clause = "12" }""",
    ]
    # 900,000.01 − 100,000 = 800,000.01, or 80,000,001p.
    # × 55/100 = 44,000,000.55p; × 45/100 = 36,000,000.45p. Rounded down, 80,000,000p are given out;
    # the penny left goes to the larger remainder, 0.55: the council. 440,000.01 : 360,000.00.
    result = asked(rules, *OVERSPEND)
    assert bears(result, council="£440,000.01", icb="£360,000")


def test_3_the_same_ratio_line_by_line_rounds_line_by_line():
    rules = [
        """{ on = "either", net = "line", falls_to = { ratio = { council = 55,
        icb = 45 } }, clause = "12" }""",
    ]
    # Home care: 90,000,001p × 0.55 = 49,500,000.55; × 0.45 = 40,500,000.45: the council has the
    # penny, 495,000.01 : 405,000.00. Day care: −55,000 : −45,000 exactly.
    # 495,000.01 − 55,000 = 440,000.01; 405,000 − 45,000 = 360,000.
    result = asked(rules, *OVERSPEND)
    assert bears(result, council="£440,000.01", icb="£360,000")


def test_4_in_proportion_to_contributions_as_first_agreed():
    rules = [
        """{ on = "either", net = "fund", of = { lines = ["home_care", "day_care"] },
        falls_to = { contributions = "as first agreed" }, clause = "12" }"""
    ]
    # Contributions to both lines: council 5m + 1m = 6m, ICB 3m + 1m = 4m. 80,000,001p × 6/10 =
    # 48,000,000.6; × 4/10 = 32,000,000.4. The penny goes to the council: 480,000.01 : 320,000.
    result = asked(rules, *OVERSPEND)
    assert bears(result, council="£480,000.01", icb="£320,000")


def test_5_capped_then_without_owner():
    rules = [
        """{ on = "overspend", net = "line", falls_to = { contributions = "as first agreed" },
        cap = "10% of contribution", clause = "12.1" }""",
        '{ on = "overspend", net = "line", falls_to = "no one", clause = "12.2" }',
        '{ on = "underspend", net = "line", falls_to = { contributions = "as first agreed" } }',
    ]
    # Home care in 5 : 3: 90,000,001p × 5/8 = 56,250,000.625; × 3/8 = 33,750,000.375. The penny
    # to the council: 562,500.01 : 337,500.00. Caps of 10%: 500,000 and 300,000. Over the caps:
    # 62,500.01 + 37,500 = 100,000.01, which nobody owns. Day care: −100,000 in 1 : 1.
    result = asked(rules, *OVERSPEND)
    assert bears(result, council="£450,000", icb="£250,000")
    assert result.no_one == pence("£100,000.01")


def test_6_a_corridor_host_first_then_shared_then_as_the_boards_decide():
    rules = [
        """{ on = "overspend", net = "fund", takes = "1% of budget", falls_to = "host",
        clause = "a" }""",
        """{ on = "overspend", net = "fund", takes = "2% of budget",
        falls_to = { ratio = { council = 50, icb = 50 } }, clause = "b" }""",
        """{ id = "rest", on = "overspend", net = "fund", falls_to = "as decided",
        provided = [{ agreed_by = ["board", "icb_board"] }], silence = "waits", clause = "c" }""",
    ]
    # The fund's revenue budget: 8m + 2m + 4m = 14m; the capital grant is another compartment.
    # Net 800,000.01. First 1%: 140,000 to the host, the council. Next 2%: 280,000, 140,000 each.
    # Left: 800,000.01 − 420,000 = 380,000.01, which waits for both boards.
    waiting = asked(rules, *OVERSPEND)
    assert bears(waiting, council="£280,000", icb="£140,000")
    assert [h.amount for h in waiting.waiting] == [pence("£380,000.01")]
    # Both boards agree on 380,000.01: the council 200,000, the ICB 180,000.01.
    decided = {"rest": agreed("board", "icb_board", council="£200,000", icb="£180,000.01")}
    result = asked(rules, *OVERSPEND, recorded=decided)
    assert bears(result, council="£480,000", icb="£320,000.01")
    assert result.waiting == ()


def test_7_a_waterfall_own_pool_then_reserve_then_cuts_then_the_leads():
    rules = [
        '{ on = "overspend", net = "line", falls_to = { offset_in = ["care", "health"] } }',
        """{ id = "reserve", on = "overspend", net = "line", falls_to = { reserve = "risk" },
        provided = [{ agreed_by = "board" }], silence = "waits" }""",
        '{ on = "overspend", net = "line", falls_to = { uncommitted_in = ["care"] } }',
        '{ on = "overspend", net = "line", falls_to = "lead" }',
        '{ on = "underspend", net = "fund", falls_to = "host" }',
    ]
    # 900,000.01 less day care's 100,000 = 800,000.01. The reserve gives all of its 300,000:
    # 500,000.01 is left. £120,000.01 is not committed in the pool: 380,000 for the lead.
    recorded = {"reserve": agreed("board")}
    result = asked(
        rules, *OVERSPEND, recorded=recorded, uncommitted={"beds": 1, "home_care": 12_000_001}
    )
    assert bears(result, council="£380,000")
    assert result.reserves == {"risk": pence("£300,000")}
    assert result.cut == {"care": pence("£120,000.01")}


def test_8_scheme_by_scheme_one_lead_with_a_guarantee_of_no_more_than_the_contribution():
    rules = [
        """{ on = "either", net = "scheme", of = { approved_beforehand_by = ["council_finance",
        "icb_finance"] }, falls_to = { contributions = "as first agreed" } }""",
        """{ on = "either", net = "scheme", falls_to = { contributions = "as first agreed" },
        cap = { icb = "£250,000" } }""",
        '{ on = "either", net = "scheme", falls_to = "host" }',
    ]
    # Both lines are one scheme: 6m : 4m. Nobody approved it before, so the first rule does not
    # speak. 800,000.01 in 6 : 4 is 480,000.01 : 320,000; the ICB stops at 250,000, and 70,000 over
    # its cap passes on to the host, the council: 480,000.01 + 70,000 = 550,000.01.
    result = asked(rules, *OVERSPEND)
    assert bears(result, council="£550,000.01", icb="£250,000")
    # Approved by both before the money was spent, the cap does not count for it; the underspend
    # was approved by nobody, so it is a group by itself. Both go by the whole scheme's 6 : 4.
    approved = over(
        "home_care", "£900,000.01", approved_by=frozenset({"council_finance", "icb_finance"})
    )
    # 90,000,001p × 0.6 =
    # 54,000,000.6 and 36,000,000.4: 540,000.01 : 360,000. Day care alone: −60,000 : −40,000.
    result = asked(rules, approved, over("day_care", "-£100,000"))
    assert bears(result, council="£480,000.01", icb="£320,000")


def test_a_tie_in_the_penny_goes_to_the_partner_named_first_in_the_agreement():
    rules = ['{ on = "either", net = "fund", falls_to = { ratio = { icb = 1, council = 1 } } }']
    # 80,000,001p / 2: equal remainders. The agreement names the council first, the ratio does not.
    assert bears(asked(rules, *OVERSPEND), council="£400,000.01", icb="£400,000")
