"""The database's own index of what search reads, made on SQLite and on PostgreSQL.

A migration that alters `SearchDocument` on SQLite must call `make_index` again: SQLite writes an
altered table anew, without its triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_ROW = "(rowid, place, title, words)"


def make_index(connection: Any) -> None:
    """Makes the index, whatever was there before."""
    drop_index(connection)
    statements = _on_sqlite() if connection.vendor == "sqlite" else _on_postgresql()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop_index(connection: Any) -> None:
    if connection.vendor == "sqlite":
        gone = [f"DROP TRIGGER IF EXISTS records_search_{v}" for v in ("added", "gone", "changed")]
        gone.append("DROP TABLE IF EXISTS records_search_words")
    else:
        gone = [
            "DROP INDEX IF EXISTS records_search_indexed",
            "ALTER TABLE records_searchdocument DROP COLUMN IF EXISTS indexed",
        ]
    with connection.cursor() as cursor:
        for statement in gone:
            cursor.execute(statement)


def _on_sqlite() -> Iterator[str]:
    yield (
        "CREATE VIRTUAL TABLE records_search_words USING fts5(place, title, words,"
        " content='records_searchdocument', content_rowid='id',"
        " tokenize='porter unicode61 remove_diacritics 2')"
    )
    here = "records_search_words"
    new = f"INSERT INTO {here}{_ROW} VALUES (new.id, new.place, new.title, new.words);"  # noqa: S608
    old = (
        f"INSERT INTO {here}({here}, {_ROW[1:]}"  # noqa: S608 - names of our own
        " VALUES ('delete', old.id, old.place, old.title, old.words);"
    )
    table = "records_searchdocument"
    yield f"CREATE TRIGGER records_search_added AFTER INSERT ON {table} BEGIN {new} END"
    yield f"CREATE TRIGGER records_search_gone AFTER DELETE ON {table} BEGIN {old} END"
    yield f"CREATE TRIGGER records_search_changed AFTER UPDATE ON {table} BEGIN {old} {new} END"


def _on_postgresql() -> Iterator[str]:
    yield (
        "ALTER TABLE records_searchdocument ADD COLUMN indexed tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('english'::regconfig, title), 'A') ||"
        " setweight(to_tsvector('english'::regconfig, words), 'B')) STORED"
    )
    yield "CREATE INDEX records_search_indexed ON records_searchdocument USING gin (indexed)"
