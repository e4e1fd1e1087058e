"""Importing partners' files: previewed, posted whole or not at all, repeatable without doubling."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.commands.ledger_place import PLACE, account, give_it_funds, said

from concord.commands import imports, ledger, ledger_planning
from concord.commands.imports import Sent
from concord.domain.audit import verify
from concord.domain.findings import Refused
from concord.domain.funds.ledger.words import LedgerKind
from concord.records.ledger_proof import prove
from concord.records.models import (
    AuditEntry,
    LedgerBalance,
    LedgerFile,
    LedgerPosting,
    LedgerTransaction,
)

DATA = Path(__file__).parents[3] / "shared" / "data"
SHEFFIELD = DATA / "sheffield_spend_over_250_2019-04_processed.csv"
SAID = {
    "partner": "council", "day": "Date", "day_form": "YYYY-MM-DD", "amount": "Amount",
    "payee": "Payee", "says": ["Code"],
    "claims": [
        {"when": {"Code": "HC1"}, "fund": "care_pool", "line": "home_care"},
        {"when": {"Code": ["EQ1", "EQ2"]}, "fund": "care_pool", "line": "equipment"},
    ],
}  # fmt: skip
JULY = """Date,Code,Payee,Amount
2026-07-03,HC1,Care Ltd,1000.00
2026-07-03,HC1,Care Ltd,1000.00
2026-07-09,EQ2,Stores,(50.25)
"""


@pytest.fixture
def books(middlemarch, operator):
    give_it_funds(middlemarch)
    imports.save_mapping(operator, PLACE, "council", SAID)
    yield operator
    assert list(prove()) == []
    assert list(verify(AuditEntry.objects.as_facts())) == []


def sent(text=JULY, **given):
    july = Sent("council", "july.csv", text.encode(), date(2026, 7, 1), date(2026, 7, 31))
    return replace(july, **given)


def spent(line="home_care"):
    return LedgerBalance.objects.on(PLACE, account(line))


def test_a_preview_writes_nothing(books):
    before = AuditEntry.objects.count()
    found = imports.preview_file(PLACE, sent())
    assert (found.rows, len(found.entered), found.stopping()) == (3, 3, ())
    assert not LedgerTransaction.objects.exists()
    assert AuditEntry.objects.count() == before


def test_every_posting_leads_back_to_its_file_and_row_and_the_act_has_one_entry(books):
    before = AuditEntry.objects.count()
    act = imports.import_file(books, PLACE, sent(), 202608)
    assert AuditEntry.objects.count() == before + 1
    assert act.rows_sha256 in AuditEntry.objects.last().after
    assert [t.row for t in act.entered()] == [2, 3, 4]
    assert (spent(), spent("equipment")) == (2000_00, -50_25)
    row = LedgerPosting.objects.select_related("transaction__act__file").get(amount=-50_25)
    assert row.transaction.row == 4
    assert (row.transaction.posted, row.effect) == (202608, 202607)
    assert bytes(row.transaction.act.file.body) == JULY.encode()


def test_the_same_file_twice_and_a_longer_one_double_nothing(books):
    first = imports.import_file(books, PLACE, sent(), 202608)
    before = AuditEntry.objects.count()
    assert imports.import_file(books, PLACE, sent(), 202608).pk == first.pk
    assert AuditEntry.objects.count() == before
    longer = JULY + "2026-07-30,HC1,Care Ltd,1000.00\n"
    found = imports.preview_file(PLACE, sent(longer))
    assert (found.known, [e.row for e in found.entered]) == (3, [5])
    imports.import_file(books, PLACE, sent(longer), 202608)
    assert spent() == 3000_00


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (JULY + ",,Total,1949.75\n", "row 5: this row is a total"),
        (JULY.replace("1000.00", '"£12,480M"', 1), "row 2: £12,480M is a shortened amount"),
        (JULY.replace("1000.00", "£12,480", 1), "row 2: this row has 5 cells"),
        (JULY.replace("2026-07-09", "2025-07-09"), "row 4: Wednesday 9 July 2025 is not between"),
        (JULY.replace("Care Ltd", "REDACTED"), "row 2: the payee's name is redacted"),
        (JULY.replace("EQ2", "XX9"), "row 4: no claim of the mapping takes this payment"),
        (JULY.replace("Amount", "Value"), "row 1: the file has no column Amount"),
        ("\x00" * 99, "not text"),
        ("", "the file has no column"),
    ],
)
def test_a_file_with_one_bad_row_posts_nothing_at_all(books, text, why):
    before = AuditEntry.objects.count()
    with pytest.raises(Refused) as refused:
        imports.import_file(books, PLACE, sent(text), 202608)
    assert why in str(refused.value)
    assert refused.value.verdict.remedies
    assert not LedgerTransaction.objects.exists()
    assert not LedgerFile.objects.exists()
    assert AuditEntry.objects.count() == before


def test_a_file_half_as_long_as_the_last_is_accepted_with_a_reason(books):
    imports.import_file(books, PLACE, sent(), 202608)
    short = sent("Date,Code,Payee,Amount\n2026-08-01,HC1,Care Ltd,5.00\n",
                 name="august.csv", first=date(2026, 8, 1), last=date(2026, 8, 31))  # fmt: skip
    with pytest.raises(Refused, match="has 1 rows, and the last one had 3"):
        imports.import_file(books, PLACE, short, 202608)
    half = ("import.half_as_long",)
    with pytest.raises(Refused, match="accepted with no reason"):
        imports.import_file(replace(books, why=""), PLACE, short, 202608, half)
    imports.import_file(replace(books, why="August is quiet"), PLACE, short, 202608, half)
    assert spent() == 2005_00


def test_nothing_is_imported_into_a_closed_period(books):
    ledger_planning.close_period(books, PLACE, "care_pool", 202608)
    with pytest.raises(Refused, match="August 2026 is closed"):
        imports.import_file(books, PLACE, sent(), 202608)


def test_parked_money_is_seen_by_name_and_is_claimed_later_without_losing_its_row(books):
    imports.save_mapping(books, PLACE, "council", SAID | {"unclaimed": "park"})
    imports.import_file(books, PLACE, sent(JULY.replace("EQ2", "XX9")), 202608)
    parked = account("", "council", LedgerKind.SUSPENSE, "", "not claimed by the mapping")
    assert LedgerBalance.objects.on(PLACE, parked) == -50_25
    key = LedgerTransaction.objects.get(row=4).key
    imports.claim_parked(books, PLACE, said("claim", posted=202608), key, account("equipment"))
    assert LedgerBalance.objects.on(PLACE, parked) == 0
    assert spent("equipment") == -50_25
    assert LedgerTransaction.objects.get(key="claim").about == key
    with pytest.raises(Refused, match="was claimed by claim"):
        imports.claim_parked(books, PLACE, said("again", posted=202608), key, account())
    # A claim is a transaction like any other: it can be taken back.
    ledger.reverse(
        books, PLACE, "claim", key="back", posted=202608, on=date(2026, 8, 31), because="wrong"
    )
    assert LedgerBalance.objects.on(PLACE, parked) == -50_25


def test_a_mapping_is_kept_version_by_version(books):
    again = imports.save_mapping(books, PLACE, "council", SAID)
    changed = imports.save_mapping(books, PLACE, "council", SAID | {"unclaimed": "park"})
    assert (again.number, changed.number) == (1, 2)
    with pytest.raises(Refused, match="guess"):
        imports.save_mapping(books, PLACE, "council", SAID | {"unclaimed": "guess"})


@pytest.mark.skipif(not SHEFFIELD.exists(), reason="no published payments lie beside the project")
def test_a_whole_councils_month_is_parked_to_the_penny_and_no_scheme_is_invented(books):
    """24,613 payments; the total is the file's own column, added up here in another way."""
    body = SHEFFIELD.read_bytes()
    lines = body.decode().splitlines()[1:]
    pence = sum(
        (-1 if amount.startswith("-") else 1) * int(amount.lstrip("-").replace(".", ""))
        for amount in (line.split(",")[1] for line in lines)
    )
    imports.save_mapping(books, PLACE, "payments", {
        "partner": "council", "day": "Payment Date", "day_form": "YYYY-MM-DD", "amount": "Amount",
        "payee": "Beneficiary Name", "says": ["Organisational Unit"],
        "unclaimed": "park", "redacted": "park",
    })  # fmt: skip
    april = Sent("payments", SHEFFIELD.name, body, date(2019, 4, 1), date(2019, 4, 30))
    found = imports.preview_file(PLACE, april)
    assert found.rows == len(lines) == 24_613
    assert found.stopping() == ()
    act = imports.import_file(books, PLACE, april, 202608)
    parked = [
        f for f in LedgerBalance.objects.as_facts(PLACE) if f.account.kind is LedgerKind.SUSPENSE
    ]
    assert {f.account.name for f in parked} == {"not claimed by the mapping", "payee redacted"}
    assert sum(f.amount for f in parked) == pence == found.parked
    assert sum(f.legs for f in parked) == act.transactions
    assert not [f for f in LedgerBalance.objects.as_facts(PLACE) if f.account.line]
    assert imports.preview_file(PLACE, april).entered == ()
