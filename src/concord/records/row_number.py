"""A number of 64 bits by which a row is known: on SQLite the number of the row itself.

SQLite keeps no index of its own for a key of type `integer`, and a second one for a `bigint`.
"""

from __future__ import annotations

from typing import Any

from django.db import models


class RowNumber(models.BigIntegerField):
    """A primary key that whoever writes the row gives it."""

    def db_type(self, connection: Any) -> str:
        return "integer" if connection.vendor == "sqlite" else str(super().db_type(connection))
