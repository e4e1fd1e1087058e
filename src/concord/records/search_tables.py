"""The database's own index of what search reads, made on SQLite and on PostgreSQL.

A migration that alters `SearchDocument` on SQLite must call `make_index` again: SQLite writes an
altered table anew, without its triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


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
    table, here = "records_searchdocument", "records_search_words"
    # A line taken out has to be told to the index with the words that it had.
    new = (
        f"INTO {here}(rowid, place, title, words) VALUES (new.id, new.place, new.title, new.words)"
    )
    old = (
        f"INTO {here}({here}, rowid, place, title, words)"
        " VALUES ('delete', old.id, old.place, old.title, old.words)"
    )
    begins = f"CREATE TRIGGER records_search_{{}} AFTER {{}} ON {table} BEGIN"
    yield f"{begins.format('added', 'INSERT')} INSERT {new}; END"
    yield f"{begins.format('gone', 'DELETE')} INSERT {old}; END"
    yield f"{begins.format('changed', 'UPDATE')} INSERT {old}; INSERT {new}; END"


def _on_postgresql() -> Iterator[str]:
    yield (
        "ALTER TABLE records_searchdocument ADD COLUMN indexed tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('english'::regconfig, title), 'A') ||"
        " setweight(to_tsvector('english'::regconfig, words), 'B')) STORED"
    )
    yield "CREATE INDEX records_search_indexed ON records_searchdocument USING gin (indexed)"
