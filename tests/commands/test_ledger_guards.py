"""The database itself holds the ledger's balance, whichever way rows are put in."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from concord.commands.ledger_writing import account_numbers, next_number, write
from concord.domain.funds.ledger.transaction import LedgerAccount
from concord.domain.funds.ledger.words import LedgerKind
from concord.records.evidence import allow_change, refuse_change
from concord.records.ledger_proof import prove
from concord.records.ledger_rows import Rows
from concord.records.models import LedgerAct, LedgerBalance, LedgerPosting, LedgerTransaction

CARE = LedgerAccount("care_pool", "home_care", "council", LedgerKind.ACTUAL)
ON = date(2024, 7, 31)


@pytest.fixture
def act(middlemarch):
    return LedgerAct.objects.create(
        place_id="middlemarch", act="funds.post", at=datetime(2026, 11, 24, tzinfo=UTC), by="x",
        first=1, transactions=1, rows_sha256="x",
    )  # fmt: skip


@pytest.fixture
def accounts(act):
    return list(account_numbers("middlemarch", [CARE, CARE.other_side()]).values())


def rows(*transactions):
    """Each is (key, its amounts)."""
    made = Rows()
    for key, legs in transactions:
        made.headers.append((key, "post", ON, 202407, "", "", None, "", 0))
        made.postings.append([(account, 202407, amount) for account, amount in legs])
    return made


def written(act, *transactions):
    """Writes, and asks at once what the commit would ask."""
    with transaction.atomic():
        act.first = next_number()
        write(act, rows(*transactions))
        connection.check_constraints()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def proved():
    """What the proof finds, but for the hash: these rows were written by no act of ours."""
    return [found.id for found in prove() if found.id != "ledger.act_changed"]


def test_what_balances_is_written_with_its_balances(act, accounts):
    spent, other = accounts
    written(act, ("a", [(spent, 100), (other, -100)]), ("b", [(spent, 50), (other, -50)]))
    assert LedgerTransaction.objects.count() == 2
    facts = LedgerBalance.objects.as_facts("middlemarch", "care_pool")
    assert {f.account: (f.amount, f.legs) for f in facts} == {
        CARE: (150, 2),
        CARE.other_side(): (-150, 2),
    }
    assert proved() == []


@pytest.mark.parametrize("amounts", [(100, -99), (100,), (), (10**17, -(10**17) + 1)])
def test_the_database_refuses_a_transaction_a_penny_out(act, accounts, amounts):
    legs = [(accounts[n % 2], amount) for n, amount in enumerate(amounts)]
    with pytest.raises(DatabaseError, match="come to nil"):
        written(act, ("good", [(accounts[0], 1), (accounts[1], -1)]), ("bad", legs))
    assert not LedgerTransaction.objects.exists()
    assert not LedgerPosting.objects.exists()


def test_nothing_is_added_to_a_transaction_that_is_there(act, accounts):
    written(act, ("a", [(accounts[0], 100), (accounts[1], -100)]))
    number = LedgerTransaction.objects.get().pk
    pair = [
        LedgerPosting(
            id=number * 1000 + place, transaction_id=number, account_id=accounts[0], effect=202407,
            amount=amount,
        )
        for place, amount in ((3, 5), (4, -5))
    ]  # fmt: skip
    with pytest.raises(DatabaseError, match=r"come to nil|are all there"), transaction.atomic():
        LedgerPosting.objects.bulk_create(pair)


def test_a_posting_without_its_transaction_or_account_does_not_last(act, accounts):
    stray = LedgerPosting(
        id=77_001, transaction_id=77, account_id=accounts[0], effect=202407, amount=5
    )

    def save():
        with transaction.atomic():
            stray.save(force_insert=True)
            connection.check_constraints()

    with pytest.raises(DatabaseError):
        save()
    with pytest.raises(DatabaseError):
        written(act, ("a", [(accounts[0], 100), (987_654, -100)]))


def test_the_same_key_is_written_once(act, accounts):
    legs = [(accounts[0], 100), (accounts[1], -100)]
    written(act, ("a", legs))
    with pytest.raises(DatabaseError):
        written(act, ("a", legs))


def test_a_change_made_past_the_guards_is_proved(act, accounts):
    written(act, ("a", [(accounts[0], 100), (accounts[1], -100)]))
    allow_change(connection)
    LedgerPosting.objects.filter(amount=100).update(amount=101)
    refuse_change(connection)
    assert proved() == ["ledger.unbalanced", "ledger.balance_off"]
