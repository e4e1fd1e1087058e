"""The place a partnership serves, as its text describes it (docs/language.md, section 3)."""

from __future__ import annotations

from dataclasses import dataclass

from concord.domain.language.kinds import words, yes_or_no
from concord.domain.language.tables import Row, key, rows
from concord.domain.language.values import NotStated
from concord.domain.places.populations import NotCovered


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Row):
    """The place and whom its arrangement leaves out."""

    name: str = key(words(), required=True)
    fictional: bool = key(yes_or_no(), default=False)
    coterminous: bool | NotStated | None = key(yes_or_no())
    not_covered: tuple[NotCovered, ...] | NotStated = key(rows(NotCovered), default=())
