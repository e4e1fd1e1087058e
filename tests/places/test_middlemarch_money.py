"""The money of Middlemarch, month end by month end: each figure worked by hand in its comment.

Pounds below are thousands of the diary's monthly rows times twelve, with what was added by hand.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from tests.places.middlemarch_money import PLACE, load_diaries, load_money

from concord.cli import main
from concord.commands import ledger, ledger_moving
from concord.commands.chain_permitting import permission_of
from concord.commands.chain_tracing import checked, traced
from concord.commands.ledger import invoice_state
from concord.commands.texts import arrangement_of
from concord.domain.chain import Step
from concord.domain.findings import Answer, Refused, Verdict
from concord.domain.funds.forecast import variances
from concord.domain.funds.forecast_duties import opened
from concord.domain.funds.ledger.balances import Dimension, gathered, trial_balance
from concord.domain.funds.ledger.making import Said
from concord.domain.funds.ledger.periods import periods_of
from concord.domain.funds.ledger.posting import Permission
from concord.domain.funds.ledger.transaction import LedgerAccount
from concord.domain.funds.ledger.words import SPENT, LedgerKind
from concord.records.models import (
    AuditEntry,
    BudgetVersion,
    ForecastRecord,
    LedgerBalance,
    LedgerFile,
    LedgerPeriod,
    LedgerTransaction,
)
from concord.records.verification import verify_evidence

TODAY = date(2026, 11, 24)
K = LedgerKind


@pytest.fixture(scope="module")
def acting(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_money()
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acting")]


def stands(*kinds, year="2025/26", **wanted):
    """Whole pounds on the accounts of these kinds that are the line, partner or fund wanted."""
    by = (Dimension.FUND, Dimension.LINE, Dimension.PARTNER, Dimension.KIND, Dimension.YEAR)
    total = 0
    for key, pence in gathered(LedgerBalance.objects.as_facts(PLACE), *by).items():
        named = dict(zip(("fund", "line", "partner", "kind", "year"), key, strict=True))
        if named["kind"] in kinds and named["year"] == year and wanted.items() <= named.items():
            total += pence
    assert total % 100 == 0
    return total // 100


def test_the_trial_balance_is_nil_and_the_evidence_verifies():
    assert trial_balance(LedgerBalance.objects.as_facts(PLACE)).holds
    assert list(verify_evidence()) == []


def test_done_twice_the_money_moves_once(acting):
    before = AuditEntry.objects.count(), LedgerTransaction.objects.count()
    load_diaries(acting)
    assert (AuditEntry.objects.count(), LedgerTransaction.objects.count()) == before


def test_every_month_end_of_the_year_was_closed_for_both_pools():
    closed = LedgerPeriod.objects.shut(PLACE)
    wanted = {(f, p) for f in ("care_pool", "health_pool") for p in periods_of("2025/26")}
    assert wanted <= closed
    june = LedgerPeriod.objects.filter(fund="care_pool", period=202506)
    assert [row.state for row in june] == ["closed", "open", "closed"]
    # Eighteen months of two files: nothing was imported of April 2026.
    assert LedgerFile.objects.count() == 36


@pytest.mark.parametrize(
    ("line", "partner", "budget", "spent"),
    [
        # 440 x 12 = 5,280, and 32 accrued in March; 5,300 less 120 moved away.
        ("home_care", "council", 5_180_000, 5_312_000),
        # 272.5 x 12; 3,200 and the 60 moved in January.
        ("home_care", "icb", 3_260_000, 3_270_000),
        ("equipment", "council", 460_000, 456_000),  # 38 x 12
        ("equipment", "icb", 150_000, 150_000),  # 450 x 96,400 / 289,200; 12.5 x 12
        ("nursing", "icb", 4_100_000, 4_092_000),  # 341 x 12, June's by hand
        ("adaptations", "council", 1_240_000, 1_236_000),  # 103 x 12
        ("reablement", "council", 1_720_000, 1_680_000),  # 138.5 x 12 = 1,662, and 18 moved here
        ("learning", "icb", 2_340_000, 2_304_000),  # 192 x 12; 2,400 less 60
        ("beds", "council", 820_000, 816_000),  # 68 x 12
        ("beds", "icb", 2_370_000, 2_370_000),  # 197.5 x 12; 2,280 and the variation of 90
        ("discharge", "icb", 1_500_000, 1_500_000),  # 125 x 12
    ],
)
def test_each_line_s_budget_and_outturn(line, partner, budget, spent):
    assert stands(K.BUDGET, line=line, partner=partner) == budget
    assert stands(*SPENT, line=line, partner=partner) == spent


def test_the_care_pool_is_overspent_by_fifty_thousand():
    # 8,582 + 606 + 4,092 + 1,236 + 1,680 + 2,304 = 18,500 against 18,450.
    assert stands(*SPENT, fund="care_pool") - stands(K.BUDGET, fund="care_pool") == 50_000
    # Met from the reserve: 300 put in, 50 drawn, half from each.
    assert stands(K.RESERVE, partner="council") == stands(K.RESERVE, partner="icb") == 125_000


def test_what_was_put_on_the_wrong_line_is_taken_back_by_name_and_stays_readable():
    wrong = LedgerTransaction.objects.get(key="middlemarch-walking-aids")
    back = LedgerTransaction.objects.get(reverses=wrong)
    assert (wrong.posted, back.posted, back.says) == (
        202511, 202512, "It belongs to reablement, not to home care",
    )  # fmt: skip
    assert {p.effect for p in back.postings.all()} == {202511}


def test_march_s_accrual_is_taken_back_in_april():
    assert stands(K.ACCRUAL) == 32_000
    assert stands(K.ACCRUAL, year="2026/27") == -32_000


def test_contributions_come_by_stages_and_one_has_not_come_in_time():
    # 8,600 + 9,850 + 820 + 3,870 of 2025/26 all came.
    assert stands(K.RECEIVED) == 23_140_000
    assert stands(K.INDICATIVE) == stands(K.CONFIRMED) == 0
    # Of the council's 8,860 for 2026/27 one quarter of 2,215 came; the next was due on 1 October.
    mine = {"fund": "care_pool", "partner": "council", "year": "2026/27"}
    assert (stands(K.CONFIRMED, **mine), stands(K.RECEIVED, **mine)) == (6_645_000, 2_215_000)


def test_the_variation_at_the_year_s_end_rests_on_both_partners_decisions():
    row = BudgetVersion.objects.get(fund="health_pool", year="2025/26", number=2)
    assert row.decision == "council-2026-26, icb-2026-22"


def test_a_balance_between_the_partners_is_disputed():
    # Four quarters of 37.5; of the last, 25 is paid.
    states = [invoice_state(PLACE, f"equipment-2025-26-{n}") for n in (1, 2, 3, 4)]
    assert [s.outstanding for s in states] == [0, 0, 0, 12_500_00]
    assert states[3].on(date(2026, 5, 1)).endswith("1 day late")


def test_thirty_thousand_is_carried_forward():
    assert stands(K.CARRIED_FORWARD) == -30_000
    assert stands(K.CARRIED_FORWARD, year="2026/27") == 30_000


def forecast(number, year="2025/26", budget=1):
    made = ForecastRecord.objects.get(fund="care_pool", year=year, number=number).as_fact()
    plan = BudgetVersion.objects.get(fund="care_pool", year=year, number=budget)
    return variances(made, plan.cells(), budget)


def test_a_scheme_that_has_not_reported_says_so_and_is_not_nil():
    first = {v.line: v.outturn for v in forecast(1)}
    assert first["learning"] is None
    late = {v.line: v.outturn for v in forecast(2, "2026/27", 2)}
    assert late["learning"] is None


def test_a_forecast_past_the_trigger_opens_the_action_plan():
    duties = arrangement_of(PLACE).duties
    # At September home care is 40 over, within the 50 tolerated.
    assert opened(duties, forecast(2), date(2025, 10, 17), {}) == ()
    # At December: 150 + 70 over; 40 + 96 + 8 + 4 + 4 under: 68 over.
    (plan,) = opened(duties, forecast(3, budget=2), date(2026, 1, 15), {"board": date(2026, 1, 28)})
    assert (plan.duty, plan.by) == ("action_plan", date(2026, 1, 28))
    assert "£68,000" in plan.verdict.reasons[0].says


# The chain ------------------------------------------------------------------------------


def test_no_link_of_the_whole_place_is_broken():
    found = checked(PLACE, TODAY)
    assert found.breaks == ()
    assert found.says == "No link is broken."


def test_a_virement_is_walked_to_its_statute_and_back():
    virement = LedgerTransaction.objects.get(deed="virement")
    down = traced(PLACE, virement.key)
    assert [(str(x.step), x.id) for x in down.links[1:4]] == [
        ("authorised by a decision", "icb-2026-19"),
        ("made under a delegation", "group_icb"),
        ("given by a clause", "group_icb"),
    ]
    assert down.links[-1].step is Step.STATUTE
    for what in ("icb-2026-19", "group_icb", "5.2"):
        assert virement.key in [m.id for m in traced(PLACE, what).rests.money]
    # 60 moved, 30 carried forward and 25 drawn under the power of the ICB's half of the group.
    assert traced(PLACE, "group_icb").rests.pence == 115_000_00


def test_spending_is_walked_through_the_budget_that_stood_on_its_day():
    row = LedgerTransaction.objects.filter(deed="import", on=date(2025, 12, 14)).first()
    links = traced(PLACE, row.key).links
    assert links[1].id == "care_pool/2025/26/2"
    assert [x.id for x in links if x.step is Step.DECISION] == ["council-2025-2", "icb-2025-2"]
    before = LedgerTransaction.objects.filter(deed="import", on=date(2025, 5, 14)).first()
    approved = [x.what for x in traced(PLACE, before.key).links if x.step is Step.APPROVED]
    assert approved[0] == "Middlemarch Borough Council, Tuesday 18 February 2025"


def said(key, on, effect, decision=""):
    return Said(key, on, effect, effect, "planted", decision)


def planted(acting, on):
    return replace(acting, now=datetime(on.year, on.month, on.day, 12, tzinfo=UTC))


@pytest.fixture
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("undone")
def test_money_that_moves_before_the_extension_is_signed_breaks_there(acting):
    on = date(2026, 4, 20)
    actual = LedgerAccount("care_pool", "equipment", "council", K.ACTUAL)
    ledger.post(planted(acting, on), PLACE, said("early", on, 202611), actual, 100_00)
    found = checked(PLACE, TODAY).breaks
    # No budget of 2026/27 had been set on that day either.
    assert [(b.name, b.where) for b in found] == [
        ("trace.no_budget", "early"), ("trace.unsigned", "early"),
    ]  # fmt: skip
    assert "had not been signed by" in found[1].says


@pytest.mark.usefixtures("undone")
def test_a_virement_under_a_decision_of_another_pool_is_found_and_the_diary_would_refuse_it(acting):
    on = date(2026, 11, 10)
    permit = permission_of(PLACE, "icb-2026-15", ("care_pool",), ("icb",), on)
    assert permit.stands.answer is Answer.REFUSED
    giver = LedgerAccount("care_pool", "learning", "icb", K.BUDGET)
    move = (planted(acting, on), PLACE, said("v", on, 202611, "icb-2026-15"), giver,
            replace(giver, line="home_care"), 100_00)  # fmt: skip
    with pytest.raises(Refused, match="covers health_pool"):
        ledger_moving.vire(*move, permit)
    # Below the guard: a permission that nobody gave.
    ledger_moving.vire(*move, Permission("icb-2026-15", Verdict(Answer.STANDS), 100_00))
    (found,) = checked(PLACE, TODAY).breaks
    assert (found.name, found.where) == ("trace.other_fund", "v")
    assert found.remedy == "Cite a decision that covers this fund."


def test_the_command_line_says_the_same(capsys):
    assert main(["trace", PLACE, "--check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["breaks"] == []
    assert main(["trace", PLACE, "icb-2026-19"]) == 0
    assert capsys.readouterr().out.endswith("No link is broken.\n")
    assert main(["trace", PLACE, "no-such-thing"]) == 2


def test_the_pages_say_the_same(client):
    assert "No link is broken." in client.get(f"/{PLACE}/trace/").content.decode()
    assert client.get(f"/{PLACE}/trace.json").json()["breaks"] == []
    there = client.get(f"/{PLACE}/trace/5.2/").content.decode()
    assert "Up to £300,000" in there
    assert "Clause 5.2" in there
    assert client.get(f"/{PLACE}/trace/icb-2026-19.json").json()["moved_pence"] == 60_000_00
    assert client.get(f"/{PLACE}/trace/care_pool/2025/26/2/").status_code == 200
    assert client.get(f"/{PLACE}/trace/nothing/").status_code == 404
    page = client.get(f"/{PLACE}/decisions/register/icb-2026-19/").content.decode()
    assert f"/{PLACE}/trace/icb-2026-19/" in page
