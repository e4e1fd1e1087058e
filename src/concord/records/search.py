"""Search over decisions, papers, bodies and people: one way to ask, whichever database it is.

SQLite answers from an FTS5 table that triggers keep beside the documents, PostgreSQL from a
tsvector column that it works out itself. Both read English words by their stems. A question is the
words that must all be there; words between quotation marks stand together. Of the newest thousand
that hold them the best come first, so that a common word costs no more than a rare one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

MOST = 1000  # of those that hold the words, how many are put in order
PER_PAGE = 20
_PARTS = re.compile(r'"([^"]+)"|(\S+)')
_WORDS = re.compile(r"\w+")
_BEGINS, _ENDS = "\x01", "\x02"
# Words that say nothing by themselves; PostgreSQL leaves them out and SQLite would not.
_EMPTY = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on",
    "or", "that", "the", "this", "to", "was", "were", "with",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is, and the words around what was asked for, marked where it is."""

    place: str
    kind: str
    name: str
    title: str
    says: str
    on: date | None
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found; `counted` is how many of the newest hold the words."""

    hits: tuple[Hit, ...]
    counted: int

    @property
    def is_more_than_counted(self) -> bool:
        return self.counted >= MOST


NOTHING = Found((), 0)


def asked(words: str) -> tuple[str, ...]:
    """The words and phrases of a question, none of which means anything to a database."""
    found = []
    for phrase, word in _PARTS.findall(words[:200].replace("”", '"').replace("“", '"')):
        parts = _WORDS.findall(phrase or word)
        if parts and (len(parts) > 1 or parts[0].lower() not in _EMPTY):
            found.append(" ".join(parts))
    return tuple(found[:12])


def find(words: str, *, place: str = "", kind: str = "", page: int = 1) -> Found:
    """What holds every word asked for, at one place or at all, of one kind or of all."""
    question = asked(words)
    if not question:
        return NOTHING
    rows, counted = (_on_sqlite if connection.vendor == "sqlite" else _on_postgresql)(
        question, place, kind, (page - 1) * PER_PAGE
    )
    return Found(tuple(_hit(row) for row in rows), counted)


def _hit(row: tuple[Any, ...]) -> Hit:
    place, kind, name, title, says, on, snippet = row
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return Hit(place, kind, name, title, says, day, tuple(_runs(snippet or "")))


def _runs(text: str) -> Iterable[tuple[str, bool]]:
    for number, part in enumerate(re.split(f"[{_BEGINS}{_ENDS}]", text)):
        if part:
            yield part, number % 2 == 1


_NEWEST_ON_SQLITE = """
SELECT d.id FROM records_search_words f JOIN records_searchdocument d ON d.id = f.rowid
WHERE records_search_words MATCH %s AND (%s = '' OR d.place = %s) AND (%s = '' OR d.kind = %s)
ORDER BY f.rowid DESC LIMIT %s
"""
_BEST_ON_SQLITE = """
SELECT d.place, d.kind, d.name, d.title, d.says, d."on", s.part FROM (
  SELECT f.rowid AS id, bm25(records_search_words, 0.0, 8.0, 1.0) AS rank,
    snippet(records_search_words, 2, char(1), char(2), '…', 28) AS part
  FROM records_search_words f JOIN records_searchdocument d ON d.id = f.rowid
  WHERE records_search_words MATCH %s AND f.rowid >= %s
    AND (%s = '' OR d.place = %s) AND (%s = '' OR d.kind = %s)
  ORDER BY rank, f.rowid DESC LIMIT %s OFFSET %s
) s JOIN records_searchdocument d ON d.id = s.id ORDER BY s.rank, d.id DESC
"""


def _on_sqlite(
    question: tuple[str, ...], place: str, kind: str, skip: int
) -> tuple[list[tuple[Any, ...]], int]:
    match = "{title words} : (" + " AND ".join(f'"{part}"' for part in question) + ")"
    if place:
        where = " ".join(_WORDS.findall(place.replace("_", " ").replace("-", " ")))
        match += f' AND place : "{where}"'
    only = (place, place, kind, kind)
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST_ON_SQLITE, [match, *only, MOST])
        newest = [row[0] for row in cursor.fetchall()]
        if not newest:
            return [], 0
        cursor.execute(_BEST_ON_SQLITE, [match, newest[-1], *only, PER_PAGE, skip])
        return cursor.fetchall(), len(newest)


_ON_POSTGRESQL = """
WITH q AS (SELECT websearch_to_tsquery('english', %s) AS it),
  newest AS (
    SELECT d.id FROM records_searchdocument d, q
    WHERE d.indexed @@ q.it AND (%s = '' OR d.place = %s) AND (%s = '' OR d.kind = %s)
    LIMIT %s
  ),
  best AS (
    SELECT d.id, ts_rank(d.indexed, q.it) AS rank, count(*) OVER () AS counted
    FROM newest JOIN records_searchdocument d USING (id), q
    ORDER BY rank DESC, d.id DESC LIMIT %s OFFSET %s
  )
SELECT d.place, d.kind, d.name, d.title, d.says, d."on",
  ts_headline('english', left(d.words, 4000), q.it,
    'MaxFragments=1, MaxWords=28, MinWords=14, StartSel=' || chr(1) || ', StopSel=' || chr(2)),
  best.counted
FROM best JOIN records_searchdocument d USING (id), q ORDER BY best.rank DESC, d.id DESC
"""


def _on_postgresql(
    question: tuple[str, ...], place: str, kind: str, skip: int
) -> tuple[list[tuple[Any, ...]], int]:
    words = " ".join(f'"{part}"' if " " in part else part for part in question)
    with connection.cursor() as cursor:
        given = [words, place, place, kind, kind, MOST, PER_PAGE, skip]
        cursor.execute(_ON_POSTGRESQL, given)
        rows = cursor.fetchall()
    return [row[:-1] for row in rows], (rows[0][-1] if rows else 0)
