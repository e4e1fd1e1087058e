"""The rows of one act on the ledger, as they are written, and the hash over them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from concord.domain.funds.ledger.transaction import LedgerAccount


@dataclass(slots=True)
class Rows:
    """Rows to be written: `headers` as (key, deed, on, posted, says, decision, reverses, about,
    row), and for each its postings as (account, effect, pence)."""

    headers: list[tuple[str, str, date, int, str, str, int | None, str, int]] = field(
        default_factory=list
    )
    postings: list[Sequence[tuple[int, int, int]]] = field(default_factory=list)


def digest(rows: Rows, numbers: Mapping[LedgerAccount, int]) -> str:
    """SHA-256 over every transaction, its postings, and the accounts they lie on by name."""
    used = {leg[0] for legs in rows.postings for leg in legs}
    accounts = sorted((number, str(a)) for a, number in numbers.items() if number in used)
    text = json.dumps(
        [accounts, rows.headers, rows.postings], separators=(",", ":"), default=str,
        check_circular=False,  # rows hold no rings, and looking for them is half of the time
    )  # fmt: skip
    return hashlib.sha256(text.encode()).hexdigest()
