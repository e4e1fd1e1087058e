"""The ledger's rules: what balances, what may be posted, and what keeps it from being posted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.domain.findings import Answer, Reason, Verdict
from concord.domain.funds.ledger import making, periods
from concord.domain.funds.ledger.balances import Dimension, balances_of, gathered, trial_balance
from concord.domain.funds.ledger.chart import Chart, ChartLine
from concord.domain.funds.ledger.making import Said
from concord.domain.funds.ledger.periods import PeriodChange, PeriodState
from concord.domain.funds.ledger.posting import (
    Books,
    Permission,
    may_move,
    may_post,
    may_reverse,
    reversal,
)
from concord.domain.funds.ledger.schedule import (
    InvoiceState,
    PaymentSchedule,
    Rhythm,
    instalments,
)
from concord.domain.funds.ledger.transaction import LedgerAccount, Posting, Transaction, same
from concord.domain.funds.ledger.words import ContributionStage, Deed, LedgerKind

K = LedgerKind
TODAY = date(2024, 8, 15)
CHART = Chart(
    funds={"care_pool": "s75", "health_pool": "s75", "other_pool": "other"},
    lines={
        "home_care": ChartLine("care_pool"),
        "equipment": ChartLine("care_pool"),
        "adaptations": ChartLine("care_pool", "grant", "Disabled Facilities Grant"),
        "beds": ChartLine("health_pool"),
        "elsewhere": ChartLine("other_pool"),
    },
    partners=frozenset({"council", "icb"}),
    reserves={"risk_reserve": "s75"},
)
BOOKS = Books(CHART)
STANDS = Verdict(Answer.STANDS, (Reason(Answer.STANDS, "the decision is in effect"),))


def account(line="home_care", partner="council", kind=K.ACTUAL, fund="care_pool", name=""):
    return LedgerAccount(fund, line, partner, kind, name)


def said(key="k1", posted=202407, effect=None, decision="", on=date(2024, 7, 31)):
    return Said(key, on, posted, effect or posted, "as told", decision)


def virement(giver, taker, amount, decision="D12", deed=Deed.VIREMENT):
    budgets = (account(*giver, kind=K.BUDGET), account(*taker, kind=K.BUDGET))
    return making.movement(said(decision=decision), deed, *budgets, amount)


def says(verdict):
    return " | ".join(reason.says for reason in verdict.against)


@pytest.mark.parametrize(
    ("amounts", "why"),
    [
        ((100, -99), "come to £0.01, not to nil"),
        ((-10000, 9999), "come to −£0.01"),
        ((100,), "come to £1"),
        ((), "two legs at least"),
        ((0, 0), "a leg of nil"),
        ((1, 0, -1), "a leg of nil"),
    ],
)
def test_a_transaction_that_does_not_balance_to_the_penny_does_not_exist(amounts, why):
    legs = tuple(Posting(account(), amount, 202407) for amount in amounts)
    with pytest.raises(ValueError, match=why):
        Transaction("k", Deed.POST, TODAY, 202407, legs, "")


@given(st.lists(st.integers(-(10**12), 10**12).filter(bool), min_size=1, max_size=20))
def test_every_posting_is_answered_on_its_other_side(amounts):
    posted = [making.posting(said(str(n)), account(), a) for n, a in enumerate(amounts)]
    kept = balances_of(posted)
    assert trial_balance(kept).holds
    by_kind = gathered(kept, Dimension.KIND)
    assert by_kind[K.ACTUAL,] == sum(amounts) == -by_kind[K.PARTNER_LEDGER,]


def test_nothing_is_posted_into_a_closed_period_and_a_late_item_keeps_its_own():
    shut = periods.closed([PeriodChange("care_pool", 202406, PeriodState.CLOSED, "month end")])
    june = making.posting(said(posted=202406), account(), 5000)
    refused = may_post(Books(CHART, shut), june, TODAY)
    assert refused.answer is Answer.REFUSED
    assert says(refused) == "June 2024 is closed for care_pool"
    assert "keep the period of effect" in refused.remedies[0]
    # A June cost known in July: posted in July, of effect in June.
    late = making.posting(said(posted=202407, effect=202406), account(), 5000)
    assert may_post(Books(CHART, shut), late, TODAY).stands


def test_what_june_reported_does_not_change_when_a_june_cost_is_posted_in_july():
    june = making.posting(said("a", posted=202406), account(), 5000)
    late = making.posting(said("b", posted=202407, effect=202406), account(), 700)
    kept = balances_of([june, late])
    spent = (K.ACTUAL, 202406)
    assert gathered(kept, Dimension.KIND, Dimension.EFFECT)[spent] == 5700
    assert gathered(kept, Dimension.KIND, Dimension.EFFECT, known_by=202406)[spent] == 5000


def test_a_period_is_reopened_only_with_a_reason_and_closed_only_once():
    closing = PeriodChange("care_pool", 202406, PeriodState.CLOSED, "")
    shut = periods.closed([closing])
    assert periods.may_change(closing, frozenset(), 202408).stands
    assert says(periods.may_change(closing, shut, 202408)) == (
        "June 2024 of care_pool is closed already"
    )
    assert "has not begun" in says(periods.may_change(closing, frozenset(), 202405))
    bare = PeriodChange("care_pool", 202406, PeriodState.OPEN, " ")
    assert says(periods.may_change(bare, shut, 202408)) == "no reason is given"
    assert periods.closed([closing, bare]) == frozenset()


def test_a_virement_without_a_decision_is_refused_by_name():
    bare = virement(("home_care",), ("equipment",), 100_00, decision="")
    assert "a virement cites the decision that authorised it" in says(
        may_move(BOOKS, bare, Permission("", STANDS), TODAY)
    )


def test_a_virement_stands_at_its_limit_and_not_a_penny_over():
    for amount, answer in ((50_000_00, Answer.STANDS), (50_000_01, Answer.REFUSED)):
        moved = virement(("home_care",), ("equipment",), amount)
        verdict = may_move(BOOKS, moved, Permission("D12", STANDS, 50_000_00), TODAY)
        assert verdict.answer is answer
    assert says(verdict) == "£50,000.01 is over the limit of £50,000"


def test_a_limit_that_nobody_stated_is_not_a_guess():
    moved = virement(("home_care",), ("equipment",), 100)
    asked = Permission("D12", STANDS, limit_stated=False)
    assert may_move(BOOKS, moved, asked, TODAY).answer is Answer.NOT_STATED


def test_a_virement_falls_with_the_decision_it_rests_on():
    lapsed = Verdict(Answer.REFUSED, (Reason(Answer.REFUSED, "D12 was called in"),))
    moved = virement(("home_care",), ("equipment",), 100)
    assert says(may_move(BOOKS, moved, Permission("D12", lapsed), TODAY)) == "D12 was called in"


def test_no_virement_crosses_the_edge_of_a_ring_fenced_grant():
    moved = virement(("adaptations",), ("home_care",), 100_00)
    verdict = may_move(BOOKS, moved, Permission("D12", STANDS), TODAY)
    assert "£100 would cross the edge of Disabled Facilities Grant" in says(verdict)
    assert "grant come to −£100" in says(verdict)


def test_a_transfer_crosses_funds_of_one_agreement_and_never_of_two():
    beds = ("beds", "council", K.BUDGET, "health_pool")
    other = ("elsewhere", "council", K.BUDGET, "other_pool")
    one = making.movement(
        said(decision="D1"), Deed.TRANSFER, account(kind=K.BUDGET), account(*beds), 100
    )
    two = making.movement(
        said(decision="D1"), Deed.TRANSFER, account(kind=K.BUDGET), account(*other), 100
    )
    assert may_move(BOOKS, one, Permission("D1", STANDS), TODAY).stands
    assert "would cross the edge of s75" in says(
        may_move(BOOKS, two, Permission("D1", STANDS), TODAY)
    )
    # The same legs called a virement, or a plain posting, do not cross from fund to fund.
    plain = making.movement(said(), Deed.POST, account(), account(*beds[:2], K.ACTUAL, beds[3]), 1)
    assert "would cross the edge of care_pool" in says(may_post(BOOKS, plain, TODAY))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (account(fund="no_pool"), "there is no fund no_pool"),
        (account(line="no_line"), "there is no line no_line"),
        (account(line=""), "an account of actual names its line"),
        (account(line="beds"), "beds is a line of health_pool, not of care_pool"),
        (account(partner="trust"), "trust is not a partner"),
        (account(line="", kind=K.RESERVE, name="rainy_day"), "there is no reserve rainy_day"),
        (account(line="", kind=K.SUSPENSE), "an account of suspense has a name"),
        (
            account("elsewhere", kind=K.RESERVE, fund="other_pool", name="risk_reserve"),
            "of another agreement than other_pool",
        ),
    ],
)
def test_money_goes_only_to_accounts_the_text_knows(wrong, why):
    assert why in says(may_post(BOOKS, making.posting(said(), wrong, 100), TODAY))


def test_a_day_to_come_is_refused():
    ahead = making.posting(said(on=date(2024, 8, 16)), account(), 100)
    assert "Friday 16 August 2024 is still to come" in says(may_post(BOOKS, ahead, TODAY))


def test_a_correction_takes_the_original_back_and_names_it_once():
    wrong = making.posting(said("w", posted=202406), account(), 123_45)
    back = reversal(wrong, "r", 202407, TODAY, "posted to the wrong line")
    assert back.reverses == "w"
    assert {leg.effect for leg in back.legs} == {202406}
    kept = balances_of([wrong, back])
    assert set(gathered(kept, Dimension.KIND).values()) == {0}
    assert may_reverse(wrong, "wrong line", "").stands
    assert "was taken back by r" in says(may_reverse(wrong, "wrong line", "r"))
    assert "no reason" in says(may_reverse(wrong, "", ""))
    assert "itself takes another back" in says(may_reverse(back, "again", ""))


def test_the_same_asking_twice_is_known_from_another_under_the_same_key():
    first = making.posting(said("k"), account(), 100)
    assert same(first, making.posting(said("k"), account(), 100))
    assert not same(first, making.posting(said("k"), account(), 101))


def test_a_contribution_goes_from_indicative_to_confirmed_to_received_and_skips_nothing():
    steps = [
        making.contribution(said("1"), ContributionStage.INDICATIVE, "care_pool", "icb", 100_00),
        making.contribution(said("2"), ContributionStage.CONFIRMED, "care_pool", "icb", 80_00),
        making.contribution(said("3"), ContributionStage.RECEIVED, "care_pool", "icb", 20_00),
    ]
    by = gathered(balances_of(steps), Dimension.KIND)
    # £100 indicated, of which £80 confirmed, of which £20 received.
    assert (by[K.INDICATIVE,], by[K.CONFIRMED,], by[K.RECEIVED,]) == (20_00, 60_00, 20_00)
    assert "£80 is indicative" in says(
        making.may_contribute(ContributionStage.CONFIRMED, 80_01, 80_00)
    )
    assert "£0 is confirmed" in says(making.may_contribute(ContributionStage.RECEIVED, 1, 0))


def test_a_new_budget_version_posts_the_difference_from_what_stands():
    stands = {("home_care", "council"): 100, ("equipment", "icb"): 40}
    wanted = {("home_care", "council"): 130, ("beds", "icb"): 5}
    found = making.budget(said(), "care_pool", wanted, stands)
    moved = {leg.account.line: leg.amount for leg in found.legs if leg.account.kind is K.BUDGET}
    assert moved == {"home_care": 30, "equipment": -40, "beds": 5}
    assert making.budget(said(), "care_pool", wanted, wanted) is None


def test_a_reserve_is_never_below_nil():
    assert making.may_draw("risk_reserve", 300, -300).stands
    assert "holds £3, which is less than £3.01" in says(making.may_draw("risk_reserve", 300, -301))


def test_what_is_carried_forward_leaves_one_year_and_enters_the_next():
    carried = making.carry_forward(
        said(posted=202503, decision="D9"), account(kind=K.BUDGET), 61_500_00, 202504
    )
    by = gathered(balances_of([carried]), Dimension.YEAR)
    assert by == {("2024/25",): -61_500_00, ("2025/26",): 61_500_00}


def test_an_invoice_is_owed_by_one_partner_to_the_other_until_it_is_settled():
    raised = making.recharge(said("i"), "care_pool", "", "icb", "council", 300_00)
    paid = making.settlement(said("p"), "care_pool", "", "icb", "council", 100_00)
    by = gathered(balances_of([raised, paid]), Dimension.PARTNER)
    assert by == {("icb",): 200_00, ("council",): -200_00}  # what each owes after paying £100
    state = InvoiceState("INV-1", 300_00, 100_00, date(2024, 7, 31))
    assert state.on(date(2024, 7, 31)) == "£200 outstanding"
    assert state.on(date(2024, 8, 1)) == "£200 outstanding, 1 day late"
    assert "£200.01 cannot be paid on INV-1" in says(making.may_settle("INV-1", 200_00, 200_01))


def test_a_lead_that_is_not_the_host_invoices_quarterly_in_arrears():
    quarterly = PaymentSchedule(Rhythm.QUARTERLY_IN_ARREARS, 30, "9.5")
    found = instalments(quarterly, "2024/25", 10_00_02)
    # £1,000.02 in four: 25,000.5p each, so two quarters of 25,001p and two of 25,000p.
    assert [one.amount for one in found] == [250_01, 250_01, 250_00, 250_00]
    assert (found[0].first, found[0].last) == (202404, 202406)
    assert (found[0].invoiced, found[0].due) == (date(2024, 7, 1), date(2024, 7, 31))
    assert found[3].invoiced == date(2025, 4, 1)
    monthly = PaymentSchedule(Rhythm.MONTHLY_IN_ADVANCE, 0)
    assert instalments(monthly, "2024/25", 12)[9].invoiced == date(2025, 1, 1)


@given(st.sampled_from(Rhythm), st.integers(-(10**13), 10**13))
def test_instalments_come_to_the_whole_and_differ_by_a_penny_at_most(rhythm, amount):
    parts = [one.amount for one in instalments(PaymentSchedule(rhythm, 0), "2024/25", amount)]
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= 1


def test_a_financial_year_is_twelve_periods_from_april():
    assert periods.periods_of("2024/25")[0] == 202404
    assert periods.periods_of("2024/25")[-1] == 202503
    assert {periods.year_of(p) for p in periods.periods_of("1999/00")} == {"1999/00"}
    assert periods.after(202412) == 202501
    with pytest.raises(ValueError, match="not a financial year"):
        periods.periods_of("2024/26")
