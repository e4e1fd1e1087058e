"""Every check of an arrangement by itself, family by family (docs/language.md, section 6)."""

from __future__ import annotations

from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.findings import Finding


def all_checks(arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of every family."""
    yield from ()
