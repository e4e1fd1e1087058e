"""How the database itself holds that every transaction balances, on SQLite and on PostgreSQL.

SQLite has no deferred triggers but deferred foreign keys: the postings go in first, their
transaction seals them, and its trigger counts and adds them. A posting without its seal fails at
the commit, and one to a sealed transaction at once, before it is there: so that refusal need not
undo the rows of its statement that came before it, and SQLite need not keep them to be undone.

On PostgreSQL the transaction goes in first. Each statement that adds postings must add all of its
transactions' postings, numbered from 1, and come to nil for each: one test for a whole COPY. That
a transaction has postings at all is tested at the commit; for the rows of an import, which are
many, by the statement alone.
"""

# ruff: noqa: S608 - statements of our own names

from __future__ import annotations

from typing import Any

_T, _P, _A = "records_ledgertransaction", "records_ledgerposting", "records_fundaccount"
_UNBALANCED = "a transaction has all its postings and they come to nil"
_NO_ORIGINAL = "a transaction takes back one that was there before it"
_SEALED = "a transaction is added to never: its postings are all there"

_SQLITE = (
    f"CREATE TRIGGER {_T}_balances AFTER INSERT ON {_T} WHEN NEW.legs < 2 OR"
    f" (SELECT count(*) = NEW.legs AND sum(amount) = 0 FROM {_P}"
    " WHERE id > NEW.id * 1000 AND id < NEW.id * 1000 + 1000) IS NOT 1"
    f" BEGIN SELECT RAISE(ABORT, '{_UNBALANCED}'); END",
    f"CREATE TRIGGER {_T}_reverses AFTER INSERT ON {_T} WHEN NEW.reverses_id IS NOT NULL"
    f" AND (NEW.reverses_id >= NEW.id OR"
    f" NOT EXISTS (SELECT 1 FROM {_T} WHERE id = NEW.reverses_id))"
    f" BEGIN SELECT RAISE(ABORT, '{_NO_ORIGINAL}'); END",
    f"DROP TRIGGER IF EXISTS {_P}_sealed",
    f"CREATE TRIGGER {_P}_sealed BEFORE INSERT ON {_P}"
    f" WHEN EXISTS (SELECT 1 FROM {_T} WHERE id = NEW.transaction_id)"
    f" BEGIN SELECT RAISE(FAIL, '{_SEALED}'); END",
)

_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION records_postings_balance() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN IF EXISTS (SELECT 1 FROM"
    " (SELECT transaction_id, count(*) AS n, sum(amount) AS s, min(id) AS l, max(id) AS h"
    " FROM added GROUP BY 1) AS a"
    f" LEFT JOIN {_T} AS t ON t.id = a.transaction_id"
    " WHERE t.id IS NULL OR t.legs <> a.n OR a.n < 2 OR a.s <> 0"
    " OR a.l <> t.id * 1000 + 1 OR a.h <> t.id * 1000 + t.legs)"
    f" THEN RAISE EXCEPTION '{_UNBALANCED}' USING ERRCODE = 'check_violation'; END IF;"
    " IF EXISTS (SELECT 1 FROM (SELECT DISTINCT account_id FROM added) AS a"
    f" LEFT JOIN {_A} AS f ON f.id = a.account_id WHERE f.id IS NULL)"
    " THEN RAISE EXCEPTION 'a posting names an account there is'"
    " USING ERRCODE = 'foreign_key_violation'; END IF;"
    " RETURN NULL; END $$",
    f"CREATE TRIGGER {_P}_balance AFTER INSERT ON {_P} REFERENCING NEW TABLE AS added"
    " FOR EACH STATEMENT EXECUTE FUNCTION records_postings_balance()",
    "CREATE OR REPLACE FUNCTION records_transaction_has_postings() RETURNS trigger"
    " LANGUAGE plpgsql AS $$ BEGIN IF"
    f" (SELECT count(*) FROM {_P} WHERE transaction_id = NEW.id) <> NEW.legs OR NEW.legs < 2"
    f" THEN RAISE EXCEPTION '{_UNBALANCED}' USING ERRCODE = 'check_violation'; END IF;"
    " RETURN NULL; END $$",
    "CREATE OR REPLACE FUNCTION records_reverses_one_there() RETURNS trigger"
    " LANGUAGE plpgsql AS $$ BEGIN"
    f" IF NEW.reverses_id >= NEW.id OR NOT EXISTS (SELECT 1 FROM {_T} WHERE id = NEW.reverses_id)"
    f" THEN RAISE EXCEPTION '{_NO_ORIGINAL}' USING ERRCODE = 'foreign_key_violation'; END IF;"
    " RETURN NULL; END $$",
    f"CREATE TRIGGER {_T}_reverses AFTER INSERT ON {_T} FOR EACH ROW"
    " WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION records_reverses_one_there()",
    f"CREATE CONSTRAINT TRIGGER {_T}_has_postings AFTER INSERT ON {_T}"
    ' DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW."row" = 0)'
    " EXECUTE FUNCTION records_transaction_has_postings()",
)


def hold_balance(connection: Any) -> None:
    """Sets the guards, on whichever engine this is; a migration that remakes a table calls it."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if not sqlite:
            _drop_row_by_row_keys(connection, cursor)
        for statement in _SQLITE if sqlite else _POSTGRESQL:
            cursor.execute(statement)


def seal_without_undoing(connection: Any) -> None:
    """Remakes the seal of a database made when it kept each statement to be undone."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for statement in _SQLITE[-2:]:
                cursor.execute(statement)


def _drop_row_by_row_keys(connection: Any, cursor: Any) -> None:
    """The trigger on the statement tests both keys of the postings: once, not once a row."""
    found = connection.introspection.get_constraints(cursor, _P)
    for name, said in found.items():
        if said["foreign_key"]:
            cursor.execute(f"ALTER TABLE {_P} DROP CONSTRAINT {connection.ops.quote_name(name)}")
