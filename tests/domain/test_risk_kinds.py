"""Every kind of risk share that published agreements hold, alone, worked by hand.

The numbers are those of docs/language.md, "risk-share kind". Budgets stand in risk_texts.py.
"""

from dataclasses import replace
from datetime import date

import pytest
from tests.domain.risk_texts import agreed, asked, bears, fund_reading, over, pence

from concord.domain.agreements.matter import Facts
from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.risk_share.facts import Recorded
from concord.domain.funds.risk_share.result import difference

LEAD = '{ on = "either", net = "line", falls_to = "lead" }'


def test_kind_1_in_proportion_by_the_agreed_ratio_and_not_one_recomputed():
    stated = ['{ on = "either", net = "line", falls_to = { ratio = { council = 62, icb = 38 } } }']
    computed = ['{ on = "either", net = "line", falls_to = { contributions = "as first agreed" } }']
    # Home care is 5m : 3m, printed as 62 : 38. £100: 62.00 : 38.00 as stated, 62.50 : 37.50 as is.
    assert bears(asked(stated, over("home_care", "£100")), council="£62", icb="£38")
    assert bears(asked(computed, over("home_care", "£100")), council="£62.50", icb="£37.50")


def test_kind_2_a_fixed_split():
    rules = ['{ on = "either", net = "line", falls_to = { ratio = { council = 50, icb = 50 } } }']
    # −1p: of equal remainders the earlier party has the penny, as for +1p.
    assert bears(asked(rules, over("home_care", "-£0.01")), council="-£0.01")


def test_kind_3_it_lies_where_it_falls():
    result = asked([LEAD], over("home_care", "£10"), over("beds", "-£4"))
    assert bears(result, council="£10", icb="-£4")
    host = ['{ on = "either", net = "line", falls_to = "host" }']
    assert bears(asked(host, over("day_care", "£10")), council="£10")  # led by the ICB


def test_kind_4_shared_within_one_funding_stream_only():
    rules = [
        """{ on = "either", of = { funding = ["better_care"] }, net = "fund",
        falls_to = { ratio = { council = 1, icb = 3 } } }""",
        LEAD,
    ]
    # Day care is Better Care money: £40 in 1 : 3. Home care is not: its lead bears £10.
    result = asked(rules, over("day_care", "£40"), over("home_care", "£10"))
    assert bears(result, council="£20", icb="£30")


def test_kind_5_aligned_lines_inside_the_pool_are_their_leads_own():
    rules = [
        '{ on = "either", of = { modes = ["pooled aligned"] }, net = "line", falls_to = "lead" }',
        '{ on = "either", net = "fund", falls_to = { ratio = { council = 50, icb = 50 } } }',
    ]
    # Nursing's £30 is the ICB's. Home care's £100 is halved and never met by nursing.
    result = asked(rules, over("aligned", "£30"), over("home_care", "£100"))
    assert bears(result, council="£50", icb="£80")


def test_kind_6_fixed_lines_stay_with_the_host_and_variable_ones_move():
    rules = [
        '{ on = "either", of = { marks = ["fixed"] }, net = "line", falls_to = "host" }',
        """{ on = "either", of = { marks = ["variable"] }, net = "line",
        falls_to = { contributions = "as first agreed" } }""",
    ]
    # Day care is fixed: −£16 to its host, the council. Home care moves, 5 : 3 of £80.
    result = asked(rules, over("day_care", "-£16"), over("home_care", "£80"))
    assert bears(result, council="£34", icb="£30")
    by_line = ['{ on = "either", net = "line", falls_to = "agreed share of the line" }']
    assert bears(asked(by_line, over("day_care", "£9")), council="£3", icb="£6")  # 1 : 2


PER_SCHEME = [
    """{ on = "overspend", net = "line", of = { marks = ["joint"],
    approved_beforehand_by = ["council_finance", "icb_finance"] },
    falls_to = { contributions = "as first agreed" } }""",
    """{ on = "overspend", net = "line", of = { marks = ["joint"] },
    falls_to = { contributions = "as first agreed" }, cap = "1% of contribution" }""",
    '{ on = "overspend", net = "line", of = { marks = ["joint"] }, falls_to = "no one" }',
    '{ on = "either", net = "scheme", falls_to = "share commissioned" }',
]


def test_kind_7_per_scheme_with_a_cap_above_which_nobody_owns_it():
    # Home care is joint: £160,000 in 5 : 3 is 100,000 : 60,000. Caps of 1%: 50,000 and 30,000.
    result = asked(PER_SCHEME, over("home_care", "£160,000"))
    assert bears(result, council="£50,000", icb="£30,000")
    assert result.no_one == pence("£80,000")
    # Day care is not: the scheme's budgets are 8m led by the council and 2m led by the ICB.
    assert bears(asked(PER_SCHEME, over("day_care", "£100")), council="£80", icb="£20")


def test_kind_7_both_finance_leads_before_the_spend_lift_the_cap_and_one_does_not():
    both, one = frozenset({"council_finance", "icb_finance"}), frozenset({"icb_finance"})
    lifted = asked(PER_SCHEME, over("home_care", "£160,000", approved_by=both))
    assert bears(lifted, council="£100,000", icb="£60,000")
    capped = asked(PER_SCHEME, over("home_care", "£160,000", approved_by=one))
    assert bears(capped, council="£50,000", icb="£30,000")


def test_kind_7_where_the_most_is_the_contribution_itself_the_cap_is_nil():
    rules = [
        """{ on = "overspend", net = "line", falls_to = { contributions = "as first agreed" },
        cap = "£0" }""",
        '{ on = "overspend", net = "line", falls_to = "no one" }',
    ]
    result = asked(rules, over("home_care", "£10"))
    assert bears(result)
    assert result.no_one == pence("£10")


def test_kind_8_a_cap_over_the_whole_fund_counts_the_shares_of_every_line():
    rules = [
        """{ on = "overspend", net = "line", falls_to = { contributions = "as first agreed" },
        cap = { council = "£60" }, cap_at = "fund" }""",
        '{ on = "overspend", net = "line", falls_to = { ratio = { icb = 100 } } }',
    ]
    # Home care £80 in 5 : 3: 50 : 30. Day care £40 in 1 : 1: 20 : 20. The council's 70 stops at 60;
    # the 10 over goes back 50 : 20 (7.142 and 2.857: £7.14 and £2.86) and on to the ICB: 50 + 10.
    result = asked(rules, over("home_care", "£80"), over("day_care", "£40"))
    assert bears(result, council="£60", icb="£60")
    returned = [w.passes_on for w in result.trail if w.rule.cap]
    assert returned == [pence("£7.14"), pence("£2.86")]


def test_kind_9_a_corridor_of_widths():
    rules = [
        '{ on = "overspend", net = "fund", takes = "£100", falls_to = "host" }',
        """{ on = "overspend", net = "fund", takes = "£200",
        falls_to = { ratio = { council = 1, icb = 1 } } }""",
        '{ on = "overspend", net = "fund", falls_to = { ratio = { icb = 100 } } }',
    ]
    # £350: 100 to the council as host, 200 halved, 50 to the ICB.
    result = asked(rules, over("home_care", "£350"))
    assert bears(result, council="£200", icb="£150")
    assert bears(asked(rules, over("home_care", "£60")), council="£60")


WATERFALL = [
    '{ on = "overspend", net = "line", falls_to = { offset_in = ["care", "health"] } }',
    """{ id = "reserve", on = "overspend", net = "line", falls_to = { reserve = "risk" },
    provided = [{ agreed_by = "board" }], silence = "waits" }""",
    '{ on = "overspend", net = "line", falls_to = { uncommitted_in = ["care"] } }',
    """{ id = "outside", on = "overspend", net = "line", falls_to = "as decided",
    silence = "waits" }""",
    '{ on = "underspend", net = "line", falls_to = "lead" }',
]


def test_kind_10_the_overspend_waterfall_stops_and_asks_at_each_step():
    varied = (
        over("home_care", "£1,000,000"),
        over("day_care", "-£100,000"),
        over("beds", "-£50,000"),
    )
    # 1,000,000 − 100,000 (own pool) − 50,000 (the other pool) = 850,000. The reserve's 300,000 wait
    # for the board, 120,000 are cut, and 430,000 wait for a decision on money outside the pool.
    silent = asked(WATERFALL, *varied, uncommitted={"day_care": pence("£120,000")})
    assert [(h.rule, h.amount) for h in silent.waiting] == [
        ("reserve", pence("£300,000")),
        ("outside", pence("£430,000")),
    ]
    assert silent.cut == {"care": pence("£120,000")}
    # The board refuses the reserve: it passes on, and 730,000 are decided 600,000 : 130,000.
    recorded = {
        "reserve": Recorded(facts=Facts()),
        "outside": Recorded(
            facts=Facts(), shares={"council": pence("£600,000"), "icb": pence("£130,000")}
        ),
    }
    refused = asked(
        WATERFALL, *varied, recorded=recorded, uncommitted={"day_care": pence("£120,000")}
    )
    assert bears(refused, council="£600,000", icb="£130,000")
    assert refused.reserves == {}


def test_kind_10_an_offset_waiting_for_a_decision_holds_the_underspend_it_would_use():
    rules = [
        """{ id = "offset", on = "overspend", net = "line", falls_to = { offset_in = ["care"] },
        provided = [{ agreed_by = "board" }], silence = "waits" }""",
        LEAD,
    ]
    # £100 over and £30 under: 30 of each wait, so they come to nothing; £70 is the lead's.
    result = asked(rules, over("home_care", "£100"), over("day_care", "-£30"))
    assert bears(result, council="£70")
    assert sorted(h.amount for h in result.waiting) == [pence("-£30"), pence("£30")]
    agreed_to = asked(
        rules,
        over("home_care", "£100"),
        over("day_care", "-£30"),
        recorded={"offset": agreed("board")},
    )
    assert bears(agreed_to, council="£70")
    assert agreed_to.waiting == ()


@pytest.mark.parametrize(
    ("default", "borne", "reserves"),
    [
        ('{ reserve = "next_year" }', {}, {"next_year": "-£70"}),
        # Contributions to the fund's revenue lines: council 6m, ICB 8m. 70 × 6/14 = 30.
        ('{ contributions = "as first agreed" }', {"council": "-£30", "icb": "-£40"}, {}),
        ('"lead"', {"icb": "-£70"}, {}),
        ('{ reserve = "contingency" }', {}, {"contingency": "-£70"}),
    ],
)
def test_kind_11_the_underspend_waterfall_with_each_of_its_four_defaults(default, borne, reserves):
    rules = [
        '{ on = "underspend", net = "line", falls_to = { offset_in = ["health"] } }',
        """{ id = "new", on = "underspend", net = "fund", falls_to = { reserve = "new_schemes" },
        provided = [{ agreed_by = "board" }], silence = "passes on" }""",
        f'{{ on = "underspend", net = "fund", falls_to = {default} }}',
    ]
    # Day care £100 under meets beds £30 over: 70 is left, for new schemes only if the board agrees.
    varied = (over("day_care", "-£100"), over("beds", "£30"))
    result = asked(rules, *varied)
    assert bears(result, **borne)
    assert result.reserves == {name: pence(amount) for name, amount in reserves.items()}
    agreed_to = asked(rules, *varied, recorded={"new": agreed("board", amount="£50")})
    assert agreed_to.reserves["new_schemes"] == pence("-£50")


@pytest.mark.parametrize(
    ("net", "shares"),
    [
        # £100 over in the care pool's scheme, −£40 on nursing, −£30 in the health pool. Only the
        # overspend is shared, 3 : 1; what is not netted stays with its lead, the ICB.
        ("line", {"council": "£75", "icb": "-£45"}),  # 75 : 25, and −70
        ("scheme", {"council": "£75", "icb": "-£45"}),
        ("fund", {"council": "£45", "icb": "-£15"}),  # 60 is 45 : 15, and −30
        ("agreement", {"council": "£22.50", "icb": "£7.50"}),  # 30 is 22.50 : 7.50
    ],
)
def test_kind_12_the_width_of_netting_changes_the_answer(net, shares):
    rules = [
        f"""{{ on = "overspend", net = "{net}",
        falls_to = {{ ratio = {{ council = 3, icb = 1 }} }} }}""",
        LEAD,
    ]
    result = asked(rules, over("home_care", "£100"), over("aligned", "-£40"), over("beds", "-£30"))
    assert bears(result, **shares)


def test_kind_12_what_is_outside_the_section_75_is_reported_after_and_never_mixed_in():
    rules = [
        '{ on = "either", net = "agreement", falls_to = { ratio = { council = 1, icb = 1 } } }'
    ]
    result = asked(rules, over("home_care", "£100"), over("ward", "-£60"))
    assert bears(result, council="£50", icb="£50")
    assert result.outside == {"trust": pence("-£60")}


def test_kind_13_a_breach_falls_on_the_partner_shown_to_have_caused_it():
    rules = [
        """{ on = "overspend", of = { causes = ["breach"] }, net = "line",
        falls_to = "partner at fault" }""",
        LEAD,
    ]
    shown = over("home_care", "£100", cause=Cause.BREACH, at_fault="icb")
    assert bears(asked(rules, shown), icb="£100")
    nobody = asked(rules, replace(shown, at_fault=None))
    assert bears(nobody)
    assert [h.amount for h in nobody.not_stated] == [pence("£100")]
    assert "no evidence shows" in nobody.not_stated[0].why


def test_kind_14_a_saving_reaches_one_partner_only_after_the_others_have_had_theirs():
    rules = [
        """{ on = "underspend", net = "line", falls_to = { contributions = "as first agreed",
        among = ["icb"] }, cap = "8% of contribution" }""",
        '{ on = "underspend", net = "line", falls_to = { contributions = "as first agreed" } }',
    ]
    # Home care, ICB 3m: it has the first 240,000 (8%). Of 320,000 the other 80,000 go 5 : 3.
    assert bears(asked(rules, over("home_care", "-£200,000")), icb="-£200,000")
    result = asked(rules, over("home_care", "-£320,000"))
    assert bears(result, council="-£50,000", icb="-£270,000")


def test_kind_15_a_contribution_not_paid_is_a_variance_that_the_board_decides():
    rules = [
        """{ id = "wait", on = "overspend", of = { causes = ["contribution not paid"] },
        net = "line",
        falls_to = { uncommitted_in = ["care"] }, provided = [{ agreed_by = "board" }],
        silence = "waits" }""",
        LEAD,
    ]
    unpaid = over("home_care", "£90", cause=Cause.CONTRIBUTION_NOT_PAID)
    silent = asked(rules, unpaid, uncommitted={"home_care": pence("£60")})
    assert [h.amount for h in silent.waiting] == [pence("£60")]
    decided = {"wait": agreed("board")}
    result = asked(rules, unpaid, recorded=decided, uncommitted={"home_care": pence("£60")})
    assert result.cut == {"care": pence("£60")}
    assert bears(result, council="£30")


def test_kind_16_a_year_end_variation_moves_last_agreed_and_leaves_first_agreed():
    def by(basis):
        return [f'{{ on = "either", net = "line", falls_to = {{ contributions = "{basis}" }} }}']

    # Version 1: 5 : 3. Version 2: 5 : 5.
    varied = over("home_care", "£80", version=2)
    assert bears(asked(by("as first agreed"), varied), council="£50", icb="£30")
    assert bears(asked(by("as last agreed"), varied), council="£40", icb="£40")
    assert bears(asked(by("as last agreed"), replace(varied, version=1)), council="£50", icb="£30")


def test_kind_17_the_default_stands_unless_both_bodies_decide_otherwise():
    rules = [
        """{ id = "otherwise", on = "either", net = "agreement", falls_to = "as decided",
        provided = [{ agreed_by = ["board", "icb_board"] }], silence = "passes on" }""",
        LEAD,
    ]
    varied = (over("home_care", "£100"), over("beds", "-£40"))
    # Nothing is done under a rule nobody agreed to: the lines are not netted either.
    assert bears(asked(rules, *varied), council="£100", icb="-£40")
    one = {"otherwise": agreed("board", council="£30", icb="£30")}
    assert bears(asked(rules, *varied, recorded=one), council="£100", icb="-£40")
    both = {"otherwise": agreed("board", "icb_board", council="£20", icb="£40")}
    assert bears(asked(rules, *varied, recorded=both), council="£20", icb="£40")


def test_kind_18_no_risk_share_is_one_rule_and_a_silent_text_is_another_thing():
    assert bears(asked([LEAD], over("home_care", "£10")), council="£10")
    silent = asked(["not stated"], over("home_care", "£10"), over("ward", "£3"))
    assert [h.amount for h in silent.not_stated] == [pence("£10")]
    assert "does not state" in silent.not_stated[0].why
    assert silent.outside == {"trust": pence("£3")}


def test_kind_19_a_share_of_a_whole_providers_position():
    rules = [
        """{ on = "either", of = { funds = ["seen"] }, net = "fund",
        falls_to = { ratio = { icb = 30, trust = 70 } } }""",
        LEAD,
    ]
    # The trust is £1,000 under in all: 300 of it is the ICB's gain. Home care is apart from it.
    result = asked(rules, over("ward", "-£1,000"), over("home_care", "£10"))
    assert bears(result, council="£10", icb="-£300", trust="-£700")
    assert result.outside == {}


def test_kind_20_in_a_year_the_cumulative_position_is_shared_and_the_difference_posted():
    rules = ['{ on = "either", net = "line", falls_to = { ratio = { council = 50, icb = 50 } } }']
    # 1p over in each of four quarters: 1, 2, 3, 4p so far, which is 1:0, 1:1, 2:1, 2:2.
    posted: dict[str, int] = {}
    quarters = []
    for so_far in ("£0.01", "£0.02", "£0.03", "£0.04"):
        now = asked(rules, over("home_care", so_far)).borne
        quarters.append(difference(now, posted))
        posted = dict(now)
    assert [q["council"] for q in quarters] == [1, 0, 1, 0]
    assert [q["icb"] for q in quarters] == [0, 1, 0, 1]
    assert posted == {"council": 2, "icb": 2}


# Compartments, days and what is not stated --------------------------------------------------


def test_a_capital_grant_neither_absorbs_nor_is_met():
    rules = [
        '{ on = "overspend", net = "fund", falls_to = { offset_in = ["care"] } }',
        '{ on = "overspend", net = "fund", falls_to = { reserve = "risk" } }',
        '{ on = "either", net = "agreement", falls_to = "lead" }',
    ]
    # Adaptations (capital) £50 under, home care £100 over: the reserve pays 100, not 50.
    result = asked(rules, over("home_care", "£100"), over("adaptations", "-£50"))
    assert result.reserves == {"risk": pence("£100")}
    assert bears(result, council="-£50")
    # The other way round: no reserve and no offset for the grant.
    other = asked(rules, over("home_care", "-£100"), over("adaptations", "£50"))
    assert bears(other, council="-£50")
    assert other.reserves == {}


def test_funds_of_two_agreements_never_meet():
    rules = ['{ on = "overspend", net = "line", falls_to = { offset_in = ["care", "far"] } }', LEAD]
    result = asked(rules, over("home_care", "£100"), over("away", "-£100"))
    assert bears(result, council="£100", icb="-£100")


def test_rules_in_force_on_the_day_are_read_and_no_others():
    rules = [
        """{ on = "either", net = "line", falls_to = { ratio = { icb = 1 } },
        ends = 2024-09-30 }""",
        LEAD,
    ]
    varied = over("home_care", "£10")
    assert bears(asked(rules, varied, on=date(2024, 9, 30)), icb="£10")
    assert bears(asked(rules, varied, on=date(2024, 10, 1)), council="£10")


def test_a_successor_bears_what_the_text_put_on_an_organisation_that_ended():
    rules = ['{ on = "either", net = "line", falls_to = { ratio = { council = 1, ccg = 3 } } }']
    assert bears(asked(rules, over("home_care", "£100")), council="£25", icb="£75")


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ('{ on = "either", net = "line", falls_to = { ratio = "not stated" } }', "ratio is not"),
        ('{ on = "either", net = "line", falls_to = "not stated" }', "where the rule lets it fall"),
        (
            """{ on = "either", net = "line", falls_to = { ratio = { council = 1,
            icb = "not stated" } } }""",
            "the part of icb",
        ),
        ('{ on = "either", net = "line", falls_to = "lead", cap = "not stated" }', "cap"),
        ('{ on = "either", net = "line", takes = "not stated", falls_to = "lead" }', "how much"),
        (
            """{ on = "either", net = "line", falls_to = "lead", provided = "not stated",
            silence = "waits" }""",
            "condition",
        ),
        (
            '{ on = "either", net = "line", falls_to = "as decided", silence = "not stated" }',
            "follows",
        ),
        (
            """{ on = "either", net = "line", falls_to = "lead", starts = "not stated,
            by 2030-01-01" }""",
            "in force",
        ),
    ],
)
def test_what_a_rule_needs_and_does_not_state_leaves_the_amount_not_stated(rule, why):
    result = asked([rule, LEAD], over("home_care", "£100"))
    assert bears(result)
    assert [h.amount for h in result.not_stated] == [pence("£100")]
    assert why in result.not_stated[0].why


def test_sheffields_capped_share_states_no_figure_so_nothing_can_be_placed():
    # 000 §1.3.1.3: "a capped risk-share budget", without shares or a cap.
    rules = [
        """{ on = "overspend", net = "fund", falls_to = { ratio = "not stated" },
        cap = "not stated" }""",
        """{ on = "underspend", net = "fund", falls_to = { ratio = "not stated" },
        cap = "not stated" }""",
    ]
    for amount in ("£100", "-£100"):
        result = asked(rules, over("home_care", amount))
        assert bears(result)
        assert [(h.amount, h.why) for h in result.not_stated] == [
            (pence(amount), "the ratio is not stated")
        ]


def test_what_the_last_rule_leaves_has_no_owner_and_is_a_finding():
    result = asked(['{ on = "underspend", net = "line", falls_to = "lead" }'], over("beds", "£7"))
    assert result.no_one == pence("£7")
    assert [f.id for f in result.findings] == ["risk.residue"]


def test_shares_decided_that_do_not_add_up_are_not_taken():
    rules = [
        '{ id = "d", on = "either", net = "line", falls_to = "as decided", silence = "waits" }'
    ]
    recorded = {"d": agreed(amount="£100", council="£60", icb="£30")}
    result = asked(rules, over("home_care", "£100"), recorded=recorded)
    assert "do not add up" in result.not_stated[0].why


@pytest.mark.parametrize(
    ("rule", "finding"),
    [
        (
            '{ on = "either", net = "line", falls_to = { ratio = { council = 0, icb = 0 } } }',
            "risk.weights_sum_to_nothing",
        ),
        (
            '{ on = "either", net = "line", falls_to = { ratio = { council = -1, icb = 2 } } }',
            "risk.weight_below_zero",
        ),
        (
            '{ on = "either", net = "line", falls_to = "lead", cap = "-£1" }',
            "risk.cap_below_zero",
        ),
        (
            '{ on = "either", net = "line", takes = "-£1", falls_to = "lead" }',
            "risk.takes_below_zero",
        ),
        (
            '{ on = "either", net = "line", falls_to = { ratio = { icb = 1 }, reserve = "risk" } }',
            "text.two_kinds",
        ),
        ('{ on = "either", net = "line", falls_to = "leed" }', "text.unknown_word"),
        ('{ on = "either", net = "line", falls_to = { reserv = "risk" } }', "text.unknown_word"),
        ('{ on = "either", net = "line", takes = "2%", falls_to = "lead" }', "text.not_a_share"),
    ],
)
def test_what_cannot_be_meant_is_a_finding_and_the_text_still_answers(rule, finding):
    reading = fund_reading(rule)
    assert finding in {f.id for f in reading.findings}
    assert all(f.line and f.remedy for f in reading.findings if f.id == finding)
