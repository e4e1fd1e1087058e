"""Proves the ledger from its postings alone: for the night, and for whoever doubts a figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db import connection

from concord.domain.audit import Break
from concord.records.ledger_rows import Rows, digest
from concord.records.models import FundAccount, LedgerAct, LedgerPosting
from concord.records.models.ledger import PER_TRANSACTION

_BALANCED = """
    SELECT t.key FROM records_ledgertransaction t LEFT JOIN records_ledgerposting p
    ON p.transaction_id = t.id GROUP BY t.id, t.key, t.legs
    HAVING count(p.id) <> t.legs OR COALESCE(sum(p.amount), 1) <> 0 ORDER BY t.id"""
_ORPHANS = """
    SELECT p.id FROM records_ledgerposting p LEFT JOIN records_ledgertransaction t
    ON t.id = p.transaction_id LEFT JOIN records_fundaccount a ON a.id = p.account_id
    WHERE t.id IS NULL OR a.id IS NULL ORDER BY p.id"""
_DRAWN = """
    SELECT account_id, posted, effect, sum(amount), sum(legs) FROM (
        SELECT account_id, posted, effect, amount, legs FROM records_ledgerbalance
        UNION ALL
        SELECT p.account_id, t.posted, p.effect, -p.amount, -1 FROM records_ledgerposting p
        JOIN records_ledgertransaction t ON t.id = p.transaction_id) both_sides
    GROUP BY account_id, posted, effect HAVING sum(amount) <> 0 OR sum(legs) <> 0
    ORDER BY account_id, posted, effect"""


def prove() -> Iterator[Break]:
    """Every transaction that does not balance, every posting of none, every balance that is off.

    And every act whose rows are not those whose hash it, and the trail, keep.
    """
    for (key,) in _rows(_BALANCED):
        yield Break("ledger.unbalanced", 0, f"transaction {key} does not come to nil")
    for (number,) in _rows(_ORPHANS):
        yield Break("ledger.orphan", 0, f"posting {number} belongs to no transaction or account")
    for account, posted, effect, amount, _ in _rows(_DRAWN):
        says = f"the balance of account {account} in {posted} for {effect} is off by {amount}p"
        yield Break("ledger.balance_off", 0, says)
    for act in LedgerAct.objects.order_by("id").iterator(chunk_size=100):
        if _digest_now(act) != act.rows_sha256:
            says = f"the rows of act {act.pk} are not those whose hash it keeps"
            yield Break("ledger.act_changed", 0, says)


def _digest_now(act: LedgerAct) -> str:
    """The hash of an act's rows as they are kept now."""
    rows = Rows()
    legs: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    last = act.first + act.transactions
    postings = LedgerPosting.objects.filter(
        id__gte=act.first * PER_TRANSACTION, id__lt=last * PER_TRANSACTION
    ).order_by("id")
    for number, *leg in postings.values_list("transaction_id", "account_id", "effect", "amount"):
        legs[number].append((leg[0], leg[1], leg[2]))
    headers = (
        act.entered()
        .order_by("id")
        .values_list(
            "id", "key", "deed", "on", "posted", "says", "decision", "reverses_id", "about", "row"
        )
    )
    for number, *header in headers:
        rows.headers.append(tuple(header))
        rows.postings.append(legs[number])
    return digest(rows, FundAccount.objects.numbers(act.place_id))


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
