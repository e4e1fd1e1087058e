"""A saved mapping: how the columns and codes of a partner's file become lines, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from concord.domain.findings import Finding
from concord.domain.funds.imports.amounts import DAY_FORMS
from concord.domain.funds.ledger.chart import Chart
from concord.domain.funds.ledger.words import LedgerKind


class Unclaimed(StrEnum):
    """What becomes of money that no row of the mapping claims, or whose payee is redacted."""

    REFUSE = "refuse"
    PARK = "park"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class Claim:
    """Rows whose columns hold these words, whole and whatever their case, belong to this line."""

    when: Mapping[str, tuple[str, ...]]
    fund: str
    line: str
    kind: LedgerKind = LedgerKind.ACTUAL


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """One version of a mapping. An amount is in one column, or in two of debits and credits.

    `payee` is the column where a redaction shows. `says` are the columns a posting is told by:
    keep names of people out of them. A claim read first wins.
    """

    partner: str
    day: str
    day_form: str
    amount: str = ""
    debit: str = ""
    credit: str = ""
    payee: str = ""
    says: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    unclaimed: Unclaimed = Unclaimed.REFUSE
    redacted: Unclaimed = Unclaimed.REFUSE
    redactions: tuple[str, ...] = ("REDACTED",)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the mapping needs, in its order, once each."""
        claimed = [column for claim in self.claims for column in claim.when]
        named = (self.day, self.amount, self.debit, self.credit, self.payee, *self.says, *claimed)
        return tuple(dict.fromkeys(name for name in named if name))


_KEYS = frozenset(ImportMapping.__slots__)


def read_mapping(said: Mapping[str, Any], chart: Chart) -> ImportMapping | tuple[Finding, ...]:
    """A mapping from its data, or everything that is wrong with it."""
    found = tuple(_faults(said, chart))
    return found or _made(said)


def _faults(said: Mapping[str, Any], chart: Chart) -> Iterator[Finding]:
    for key in said.keys() - _KEYS:
        yield _fault("unknown_key", f"{key} is no part of a mapping", "leave it out")
    if said.get("partner") not in chart.partners:
        yield _fault(
            "partner", f"{said.get('partner')} is not a partner", "name one of the parties"
        )
    if not said.get("day"):
        yield _fault("no_day", "no column is named for the day", 'say as day = "Payment Date"')
    if said.get("day_form") not in DAY_FORMS:
        yield _fault(
            "day_form", "how days are written is not said", "one of: " + ", ".join(DAY_FORMS)
        )
    if bool(said.get("amount")) == bool(said.get("debit") and said.get("credit")):
        remedy = "name one column of amounts, or one of debits and one of credits"
        yield _fault("no_amount", "the column of amounts is not clear", remedy)
    for key in ("unclaimed", "redacted"):
        if said.get(key, "refuse") not in tuple(Unclaimed):
            yield _fault("unknown_word", f"{key} is {said[key]}", "one of: refuse, park, accept")
    if said.get("unclaimed") == Unclaimed.ACCEPT:
        yield _fault("unknown_word", "unclaimed money cannot be accepted", "refuse or park it")
    for claim in said.get("claims", ()):
        yield from _claim_faults(claim, chart)


def _claim_faults(claim: Mapping[str, Any], chart: Chart) -> Iterator[Finding]:
    line = chart.lines.get(str(claim.get("line")))
    if line is None or line.fund != claim.get("fund"):
        says = f"there is no line {claim.get('line')} of {claim.get('fund')}"
        yield _fault("no_line", says, "name a line of the fund text, with its fund")
    if not claim.get("when"):
        yield _fault("claims_all", "a claim without a condition claims every row", "say when")
    kinds = (LedgerKind.ACTUAL, LedgerKind.INCOME)
    if claim.get("kind", "actual") not in kinds:
        yield _fault("unknown_word", f"a claim of {claim['kind']}", "one of: actual, income")


def _made(said: Mapping[str, Any]) -> ImportMapping:
    given = dict(said)
    claims = tuple(
        Claim(
            {column: tuple(_words(words)) for column, words in claim["when"].items()},
            claim["fund"], claim["line"], LedgerKind(claim.get("kind", "actual")),
        )
        for claim in given.pop("claims", ())
    )  # fmt: skip
    for key in ("says", "redactions"):
        if key in given:
            given[key] = tuple(given[key])
    for key in ("unclaimed", "redacted"):
        given[key] = Unclaimed(given.get(key, "refuse"))
    return ImportMapping(claims=claims, **given)


def _words(words: Any) -> list[str]:
    return [str(w).strip().casefold() for w in ([words] if isinstance(words, str) else words)]


def _fault(name: str, says: str, remedy: str) -> Finding:
    return Finding(f"mapping.{name}", 0, says, remedy)
