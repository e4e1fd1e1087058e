"""Puts transactions into the ledger, many at once, in the order each engine's guards ask for.

One way for one transaction and for a hundred thousand: rows, not models.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any

from django.db import connection, models

from concord.domain.funds.ledger.transaction import LedgerAccount
from concord.records.ledger_rows import Rows
from concord.records.models import FundAccount, LedgerAct, LedgerTransaction
from concord.records.models.ledger import PER_TRANSACTION

_HEADERS = (
    "id", "act_id", "key", "deed", "on", "posted", "says", "decision", "reverses_id", "about",
    "row", "legs",
)  # fmt: skip
_POSTINGS = ("id", "transaction_id", "account_id", "effect", "amount")
_AT_ONCE = 50  # rows to a statement of SQLite, which takes some hundreds of values
_BALANCES = ("account_id", "posted", "effect", "amount", "legs")


def account_numbers(place: str, wanted: Iterable[LedgerAccount]) -> dict[LedgerAccount, int]:
    """The number of every account, opening those that are new."""
    known = FundAccount.objects.numbers(place)
    new = [a for a in dict.fromkeys(wanted) if a not in known]
    FundAccount.objects.bulk_create(
        FundAccount(
            place_id=place, fund=a.fund, line=a.line, partner=a.partner, kind=a.kind, name=a.name
        )
        for a in new
    )
    numbers: dict[LedgerAccount, int] = FundAccount.objects.numbers(place)
    return numbers


def next_number() -> int:
    """The number the next transaction takes; one act at a time asks."""
    newest = LedgerTransaction.objects.aggregate(newest=models.Max("id"))["newest"]
    return (newest or 0) + 1


def write(act: LedgerAct, rows: Rows) -> None:
    """Writes transactions, postings and balances; the database refuses what does not balance."""
    number, made_by = act.first - 1, act.pk
    headers: list[tuple[Any, ...]] = []
    postings: list[tuple[int, int, int, int, int]] = []
    days: dict[date, str] = {}
    sums: defaultdict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0])
    for said, legs in zip(rows.headers, rows.postings, strict=True):
        number += 1
        key, deed, on, posted, *rest = said
        if on not in days:
            days[on] = on.isoformat()  # once a day, not once a row
        headers.append((number, made_by, key, deed, days[on], posted, *rest, len(legs)))
        place = number * PER_TRANSACTION
        for account, effect, amount in legs:
            place += 1
            postings.append((place, number, account, effect, amount))
            there = sums[account, posted, effect]
            there[0] += amount
            there[1] += 1
    if connection.vendor == "sqlite":
        _insert("records_ledgerposting", _POSTINGS, postings)
        _insert("records_ledgertransaction", _HEADERS, headers)
    else:
        _copy("records_ledgertransaction", _HEADERS, headers)
        _copy("records_ledgerposting", _POSTINGS, postings)
    _add_to_balances([(*key, *there) for key, there in sums.items()])


def _insert(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Many rows to a statement: SQLite then opens and ends a statement once for all of them.

    A refusal keeps the rows before it, which the transaction around the act undoes.
    """
    row = f"({', '.join(['%s'] * len(columns))})"
    into = _into(table, columns).replace("INSERT", "INSERT OR FAIL", 1)
    whole = len(rows) - len(rows) % _AT_ONCE
    flat = (list(chain.from_iterable(rows[n : n + _AT_ONCE])) for n in range(0, whole, _AT_ONCE))
    with connection.cursor() as cursor:
        cursor.executemany(f"{into} VALUES {', '.join([row] * _AT_ONCE)}", flat)
        cursor.executemany(f"{into} VALUES {row}", rows[whole:])


def _copy(table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    named = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _add_to_balances(rows: Sequence[tuple[int, ...]]) -> None:
    table = "records_ledgerbalance"
    _insert_or_add = (
        " ON CONFLICT (account_id, posted, effect) DO UPDATE"
        f" SET amount = {table}.amount + excluded.amount, legs = {table}.legs + excluded.legs"
    )
    marks = ", ".join(["%s"] * len(_BALANCES))
    with connection.cursor() as cursor:
        cursor.executemany(_into(table, _BALANCES) + f" VALUES ({marks}){_insert_or_add}", rows)


def _into(table: str, columns: Sequence[str]) -> str:
    named = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({named})"
