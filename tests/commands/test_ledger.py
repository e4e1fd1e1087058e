"""Acts on the ledger, each with its one entry, its refusals, and nothing done by halves."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import F
from tests.commands.ledger_place import PERMITTED, PLACE, account, give_it_funds, said

from concord.commands import ledger, ledger_moving, ledger_planning
from concord.domain.findings import Refused
from concord.domain.funds.forecast import Forecast, variances
from concord.domain.funds.ledger.balances import trial_balance
from concord.domain.funds.ledger.words import ContributionStage, LedgerKind
from concord.domain.funds.words import BudgetStatus
from concord.records.evidence import allow_change, refuse_change
from concord.records.ledger_proof import prove
from concord.records.models import (
    AuditEntry,
    BudgetVersion,
    LedgerBalance,
    LedgerPosting,
    LedgerTransaction,
)
from concord.records.verification import verify_evidence

K = LedgerKind


@pytest.fixture
def books(middlemarch, operator):
    give_it_funds(middlemarch)
    yield operator
    # The fund text was put there by no act, so that one finding is the test's own.
    assert [f.id for f in verify_evidence()] == ["audit.text_unrecorded"]
    assert trial_balance(LedgerBalance.objects.as_facts(PLACE)).holds


def on(kind, line="home_care", partner="council", fund="care_pool", name=""):
    return LedgerBalance.objects.on(PLACE, account(line, partner, kind, fund, name))


def test_a_posting_has_one_entry_and_asking_again_does_nothing_twice(books):
    before = AuditEntry.objects.count()
    first = ledger.post(books, PLACE, said(), account(), 123_45)
    again = ledger.post(books, PLACE, said(), account(), 123_45)
    assert first.pk == again.pk
    assert on(K.ACTUAL) == 123_45
    assert AuditEntry.objects.count() == before + 1
    with pytest.raises(Refused, match="belongs to another transaction"):
        ledger.post(books, PLACE, said(), account(), 123_46)


@pytest.mark.parametrize(
    ("account_", "amount", "why"),
    [
        (account(line="no_line"), 100, "there is no line no_line"),
        (account(partner="brokers"), 100, "brokers is not a partner"),
        (account(), 0, "an amount of nil"),
        (account(kind=K.BUDGET), 100, "is not simply posted"),
        (account(kind=K.PARTNER_LEDGER), 100, "is not simply posted"),
    ],
)
def test_a_refused_posting_leaves_nothing_behind(books, account_, amount, why):
    before = AuditEntry.objects.count()
    with pytest.raises(Refused, match=why):
        ledger.post(books, PLACE, said(), account_, amount)
    assert not LedgerTransaction.objects.exists()
    assert AuditEntry.objects.count() == before


def test_a_closed_period_takes_nothing_until_it_is_reopened_with_a_reason(books):
    ledger_planning.close_period(books, PLACE, "care_pool", 202607)
    with pytest.raises(Refused, match="July 2026 is closed for care_pool"):
        ledger.post(books, PLACE, said(), account(), 100)
    ledger.post(books, PLACE, said("late", posted=202608, effect=202607), account(), 100)
    with pytest.raises(Refused, match="no reason is given"):
        ledger_planning.reopen_period(books, PLACE, "care_pool", 202607, "")
    ledger_planning.reopen_period(books, PLACE, "care_pool", 202607, "an invoice was missed")
    ledger.post(books, PLACE, said(), account(), 100)
    assert on(K.ACTUAL) == 200
    # Another fund's July was never closed.
    ledger_planning.close_period(books, PLACE, "care_pool", 202607)
    beds = account("beds", "icb", K.ACTUAL, "health_pool")
    ledger.post(books, PLACE, said("beds"), beds, 100)


def test_a_correction_names_the_original_and_is_made_once(books):
    ledger.post(books, PLACE, said("wrong"), account(), 100)
    again = {"key": "back", "posted": 202608, "on": date(2026, 8, 3), "because": "wrong line"}
    back = ledger.reverse(books, PLACE, "wrong", **again)
    assert back.reverses.key == "wrong"
    assert on(K.ACTUAL) == 0
    assert ledger.reverse(books, PLACE, "wrong", **again).pk == back.pk
    with pytest.raises(Refused, match="was taken back by back"):
        ledger.reverse(books, PLACE, "wrong", **(again | {"key": "other"}))


def test_an_accrual_is_taken_back_in_the_period_it_says(books):
    ledger.accrue(books, PLACE, said(), account(), 500, reverses_in=202608)
    by_month = {f.effect: f.amount for f in LedgerBalance.objects.as_facts(PLACE)
                if f.account.kind is K.ACCRUAL}  # fmt: skip
    assert by_month == {202607: 500, 202608: -500}


def test_a_virement_cites_its_decision_and_moves_budget_only(books):
    cells = {("home_care", "council"): 100_000_00, ("equipment", "council"): 10_000_00}
    ledger_planning.set_budget(
        books, PLACE, said("b1"), "care_pool", 1, BudgetStatus.CONFIRMED, cells
    )
    giver, taker = account(kind=K.BUDGET), account("equipment", kind=K.BUDGET)
    with pytest.raises(Refused, match="cites the decision"):
        ledger_moving.vire(books, PLACE, said("v"), giver, taker, 5_000_00, PERMITTED)
    cited = said("v", decision=PERMITTED.decision)
    with pytest.raises(Refused, match=r"£60,000 is over the limit of £50,000"):
        ledger_moving.vire(books, PLACE, cited, giver, taker, 60_000_00, PERMITTED)
    grant = account("adaptations", kind=K.BUDGET)
    with pytest.raises(Refused, match="would cross the edge of grant"):
        ledger_moving.vire(books, PLACE, cited, giver, grant, 5_000_00, PERMITTED)
    ledger_moving.vire(books, PLACE, cited, giver, taker, 5_000_00, PERMITTED)
    assert (on(K.BUDGET), on(K.BUDGET, "equipment")) == (95_000_00, 15_000_00)
    assert on(K.ACTUAL) == 0
    (moved,) = LedgerTransaction.objects.citing(PLACE, "council-2026-7")
    assert moved.deed == "virement"


def test_a_budget_version_is_kept_as_set_and_posts_only_the_change(books):
    first = {("home_care", "council"): 100, ("equipment", "icb"): None}
    ledger_planning.set_budget(
        books, PLACE, said("b1"), "care_pool", 1, BudgetStatus.INDICATIVE, first
    )
    second = {("home_care", "council"): 130, ("equipment", "icb"): 40}
    ledger_planning.set_budget(
        books, PLACE, said("b2"), "care_pool", 2, BudgetStatus.CONFIRMED, second
    )
    assert (on(K.BUDGET), on(K.BUDGET, "equipment", "icb")) == (130, 40)
    kept = [v.cells() for v in BudgetVersion.objects.of(PLACE, "care_pool", "2026/27")]
    assert kept == [first, second]
    with pytest.raises(Refused, match="is not the next"):
        ledger_planning.set_budget(
            books, PLACE, said("b9"), "care_pool", 9, BudgetStatus.CONFIRMED, first
        )


def test_a_contribution_is_received_only_once_it_is_confirmed(books):
    def give(key, stage, amount):
        return ledger.contribute(books, PLACE, said(key), stage, "care_pool", "icb", amount)

    give("1", ContributionStage.INDICATIVE, 1_000_00)
    with pytest.raises(Refused, match="£0 is confirmed"):
        give("2", ContributionStage.RECEIVED, 250_00)
    give("3", ContributionStage.CONFIRMED, 900_00)
    give("4", ContributionStage.RECEIVED, 250_00)
    stages = (K.INDICATIVE, K.CONFIRMED, K.RECEIVED)
    assert [on(k, "", "icb") for k in stages] == [100_00, 650_00, 250_00]


def test_a_reserve_is_drawn_on_under_a_decision_and_never_below_nil(books):
    def move(key, amount, decision="council-2026-7"):
        told = said(key, decision=decision)
        return ledger_moving.move_reserve(
            books, PLACE, told, "care_pool", "council", "risk_reserve", amount, PERMITTED
        )

    move("open", 300_00)
    with pytest.raises(Refused, match=r"holds £300, which is less than £300.01"):
        move("over", -300_01)
    with pytest.raises(Refused, match="cites the decision"):
        move("bare", -100_00, "")
    move("draw", -260_00)
    assert on(K.RESERVE, "", name="risk_reserve") == 40_00


def test_a_balance_is_carried_into_the_next_year_once(books):
    told = said("cf", posted=202607, effect=202603, decision="council-2026-7")
    for _ in range(2):
        ledger_moving.carry_forward(books, PLACE, told, account(), 61_500, 202604, PERMITTED)
    by_month = {f.effect: f.amount for f in LedgerBalance.objects.as_facts(PLACE)}
    assert by_month == {202603: -61_500, 202604: 61_500}


def test_partners_invoice_one_another_and_pay_no_more_than_is_owed(books):
    told = said("i1", about="INV-1")
    ledger.invoice(books, PLACE, told, "care_pool", "", "icb", "council", 300_00, date(2026, 8, 30))
    with pytest.raises(Refused, match="INV-1 already"):
        ledger.invoice(
            books, PLACE, said("i2", about="INV-1"), "care_pool", "", "icb", "council", 1,
            date(2026, 8, 30),
        )  # fmt: skip
    ledger.settle(books, PLACE, said("p1", about="INV-1"), 100_00)
    with pytest.raises(Refused, match="£200 is outstanding"):
        ledger.settle(books, PLACE, said("p2", about="INV-1"), 200_01)
    state = ledger.invoice_state(PLACE, "INV-1")
    assert state.on(date(2026, 8, 31)) == "£200 outstanding, 1 day late"
    with pytest.raises(Refused, match="there is no invoice INV-9"):
        ledger.settle(books, PLACE, said("p3", about="INV-9"), 1)


def test_forecast_versions_are_kept_and_held_against_a_named_budget(books):
    cell = Forecast("home_care", "council", 400, 100, None)
    ledger_planning.reforecast(books, PLACE, "care_pool", "2026/27", 1, 202607, (cell,))
    later = Forecast("home_care", "council", 400, 100, 600, None, "winter", "activity return")
    row = ledger_planning.reforecast(books, PLACE, "care_pool", "2026/27", 2, 202607, (later,))
    with pytest.raises(Refused, match="version 3 is the next"):
        ledger_planning.reforecast(books, PLACE, "care_pool", "2026/27", 2, 202607, (cell,))
    (found,) = variances(row.as_fact(), {("home_care", "council"): 1000}, 1)
    assert (found.amount, found.evidence) == (100, "activity return")


def test_the_postings_of_an_account_are_read_page_by_page(books):
    for month in (202604, 202605, 202606):
        ledger.post(books, PLACE, said(f"m{month}", posted=month), account(), 100)
    number = LedgerPosting.objects.filter(amount__gt=0).first().account_id
    rows = LedgerPosting.objects.on_accounts([number])
    first = rows.page(2)
    assert [r.effect for r in first] == [202606, 202605]
    assert [r.effect for r in rows.page(2, (first[-1].effect, first[-1].pk))] == [202604]


def test_a_figure_changed_past_the_guards_on_both_sides_is_still_found_out(middlemarch, operator):
    give_it_funds(middlemarch)
    ledger.post(operator, PLACE, said(), account(), 100)
    allow_change(connection)
    # Balanced, and the balances drawn anew: only the hash that the act keeps tells.
    for model in (LedgerPosting, LedgerBalance):
        model.objects.update(amount=F("amount") * 10)
    refuse_change(connection)
    assert [found.id for found in prove()] == ["ledger.act_changed"]
