"""How the database itself refuses to change or delete evidence, on SQLite and on PostgreSQL.

A migration that alters one of these tables must call `refuse_change` again: SQLite alters a table
by writing it anew, and the new one is unguarded. A table that a later migration makes is passed
over until it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

# Table, and the columns of it that no two rows share.
EVIDENCE = {
    "records_auditentry": ("number", "previous", "hash"),
    "records_textversion": ("id",),
    "records_signoffevent": ("id",),
    "records_publication": ("id",),
    "records_promisemet": ("id",),
    "records_filedpaper": ("id",),
    "records_meetingentry": ("id",),
    "records_outcome": ("id",),
    "records_decision": ("id",),
    "records_decisionstep": ("id",),
    "records_interestentry": ("id",),
    "records_dispensationentry": ("id",),
    "records_talk": ("id",),
    "records_disputeentry": ("id",),
    "records_action": ("id",),
    "records_actionupdate": ("id",),
    "records_minutesentry": ("id",),
    "records_fundaccount": ("id",),
    "records_ledgeract": ("id",),
    "records_ledgertransaction": ("id", "key"),
    "records_ledgerposting": (),  # its transaction is sealed: records/ledger_guards.py
    "records_ledgerperiod": ("id",),
    "records_ledgerfile": ("id",),
    "records_ledgermapping": ("id",),
    "records_budgetversion": ("id",),
    "records_forecastrecord": ("id",),
}
_SAYS = "{table} is evidence: it is added to, never changed or deleted"


def refuse_change(connection: Any) -> None:
    """Sets the guards, on whichever engine this is."""
    allow_change(connection)
    there = _there(connection)
    guards = _guards_on_sqlite if _is_sqlite(connection) else _guards_on_postgresql
    _run(connection, guards(there))


def allow_change(connection: Any) -> None:
    """Lifts the guards: for a migration run backwards, and for tests that empty their database."""
    there = _there(connection)
    lifts = _lifts_on_sqlite if _is_sqlite(connection) else _lifts_on_postgresql
    _run(connection, lifts(there))


def _there(connection: Any) -> list[str]:
    """The tables of evidence that have been made so far."""
    made = set(connection.introspection.table_names())
    return [table for table in EVIDENCE if table in made]


def _is_sqlite(connection: Any) -> bool:
    return bool(connection.vendor == "sqlite")


def _run(connection: Any, statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _guards_on_sqlite(tables: Iterable[str]) -> Iterator[str]:
    for table in tables:
        abort = f"BEGIN SELECT RAISE(ABORT, '{_SAYS.format(table=table)}'); END"
        for verb in ("update", "delete"):
            yield f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} {abort}"
        if not EVIDENCE[table]:
            continue
        # INSERT OR REPLACE deletes the row in its way without asking the trigger on delete.
        same = " OR ".join(f"{column} = NEW.{column}" for column in EVIDENCE[table])
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of our own
        yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {abort}"


def _lifts_on_sqlite(tables: Iterable[str]) -> Iterator[str]:
    for table in tables:
        for verb in ("update", "delete", "replace"):
            yield f"DROP TRIGGER IF EXISTS {table}_no_{verb}"


def _guards_on_postgresql(tables: Iterable[str]) -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION records_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION '% is evidence: it is added to, never changed or deleted',"
        " TG_TABLE_NAME; END $$"
    )
    for table in tables:
        does = "EXECUTE FUNCTION records_refuse_change()"
        yield (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW {does}"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT {does}"
        )


def _lifts_on_postgresql(tables: Iterable[str]) -> Iterator[str]:
    for table in tables:
        yield f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}"
        yield f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}"
