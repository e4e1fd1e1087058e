"""The hash of a row of evidence: over every column, so that a change of any of them shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from concord.domain.audit import canonical


def digest(row: Model) -> str:
    """SHA-256 of everything a row says, its own number included."""
    said = {f.attname: _exact(getattr(row, f.attname)) for f in row._meta.concrete_fields}
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def named(row: Model) -> str:
    """A row by its table and number, as the trail and the verification name it."""
    return f"{row._meta.db_table} {row.pk}"


def told(rows: Iterable[Model]) -> dict[str, str]:
    """The rows that an act made, each with its hash."""
    return {named(row): digest(row) for row in rows}


def _exact(value: Any) -> Any:
    """A float as its digits: the trail's own text of a value holds no float."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {key: _exact(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(item) for item in value]
    return value
