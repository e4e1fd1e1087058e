"""A journal posted from text as one act: each transaction tested as if it came alone."""

import pytest
from tests.commands.ledger_place import PLACE, account, give_it_funds

from concord.commands import ledger_planning
from concord.commands.ledger_journal import post_journal, trial_balance_of
from concord.domain.audit import verify
from concord.domain.findings import Refused
from concord.domain.funds.ledger.words import LedgerKind
from concord.records.ledger_proof import prove
from concord.records.models import AuditEntry, LedgerBalance, LedgerTransaction

HEAD = "key,deed,on,posted,effect,fund,line,partner,kind,name,amount,decision,says\n"


def pair(key="t1", amount="100.00", other=None, deed="post", decision="", on="2026-07-31",
         posted="202607", line="home_care", taker="home_care", kind="actual",
         contra="partner's ledger"):  # fmt: skip
    left = f"{key},{deed},{on},{posted},{posted},care_pool"
    other = other or (amount[1:] if amount.startswith("-") else f"-{amount}")
    return (
        f"{left},{line},council,{kind},,{amount},{decision},as told\n"
        f"{left},{taker},council,{contra},,{other},,\n"
    )


@pytest.fixture
def books(middlemarch, operator):
    give_it_funds(middlemarch)
    return operator


def test_a_journal_is_one_act_with_one_entry_and_the_same_one_again_is_nothing(books):
    text = HEAD + pair("a") + pair("b", "-0.50")
    before = AuditEntry.objects.count()
    act = post_journal(books, PLACE, "year.csv", text)
    assert post_journal(books, PLACE, "again.csv", text).pk == act.pk
    assert AuditEntry.objects.count() == before + 1
    assert [t.row for t in act.entered()] == [2, 4]
    assert LedgerBalance.objects.on(PLACE, account()) == 99_50
    balance = trial_balance_of(PLACE)
    assert balance.holds
    assert balance.plus == 99_50
    assert list(prove()) == []
    assert list(verify(AuditEntry.objects.as_facts())) == []


BUDGET = {"kind": "budget", "contra": "budget"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (pair(other="-99.99"), "line 2: t1: 2 postings come to £0.01, not to nil"),
        (pair().splitlines(True)[0], "1 postings come to £100"),
        (pair(amount="100"), "100 is not an amount in pounds and pence"),
        (pair(amount="1e2"), "1e2 is not an amount"),
        (pair(amount="0.00"), "a posting of nil"),
        (pair(line="no_line"), "there is no line no_line"),
        (pair(deed="hide"), "hide under t1 is no deed"),
        (pair(on="2026-11-25"), "2026-11-25 is still to come"),
        (pair(posted="202613"), "202613 is not a period"),
        (pair(posted="202606"), "June 2026 is closed for care_pool"),
        (pair("a") + pair("b") + pair("a"), "line 6: a stands twice"),
        (pair(deed="virement", taker="equipment", **BUDGET), "a virement cites the decision"),
        (pair(deed="virement", decision="D1", taker="adaptations", **BUDGET), "would cross grant"),
        (pair().replace(",as told", ""), "other than 13 cells"),
    ],
)
def test_one_wrong_transaction_keeps_all_from_being_posted(books, text, why):
    ledger_planning.close_period(books, PLACE, "care_pool", 202606)
    with pytest.raises(Refused) as refused:
        post_journal(books, PLACE, "year.csv", HEAD + pair("good") + text)
    assert why.replace("line 2", "line 4").replace("line 6", "line 8") in str(refused.value)
    assert not LedgerTransaction.objects.exists()


def test_a_journal_with_words_in_quotes_is_read_as_one_without(books):
    text = HEAD + pair().replace("as told", '"as told, twice"').replace("actual", '"actual"')
    act = post_journal(books, PLACE, "year.csv", text)
    assert [t.says for t in act.entered()] == ["as told, twice"]
    assert LedgerBalance.objects.on(PLACE, account()) == 100_00


def test_a_virement_in_a_journal_moves_budget_under_its_decision(books):
    text = HEAD + pair(
        deed="virement", decision="D1", line="home_care", taker="equipment", **BUDGET
    )
    post_journal(books, PLACE, "year.csv", text)
    assert LedgerBalance.objects.on(PLACE, account("equipment", kind=LedgerKind.BUDGET)) == -100_00
    assert LedgerTransaction.objects.citing(PLACE, "D1").count() == 1


def test_a_file_without_its_columns_is_no_journal(books):
    with pytest.raises(Refused, match="does not name the columns"):
        post_journal(books, PLACE, "year.csv", "date,amount\n2026-07-31,1.00\n")
