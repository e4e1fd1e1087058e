"""What a file would post: every row with its account, or a finding with its row.

Nothing is posted while a grave finding stands. Rows are numbered as a spreadsheet numbers them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from concord.domain.calendar import in_words
from concord.domain.findings import Finding, Weight
from concord.domain.funds.imports.amounts import SHORTENED, day_of, pence_of
from concord.domain.funds.imports.mapping import ImportMapping, Unclaimed
from concord.domain.funds.ledger.transaction import LedgerAccount
from concord.domain.funds.ledger.words import LedgerKind

FileRow = tuple[int, Sequence[str]]  # its number in the file, its cells as text
UNCLAIMED, REDACTED = "not claimed by the mapping", "payee redacted"
_WHY = {
    UNCLAIMED: "no claim of the mapping takes this payment",
    REDACTED: "the payee's name is redacted, so whose money it is cannot be told",
}
# What somebody may accept with a reason, having looked; the rest is mended in the file or mapping.
ACCEPTABLE = frozenset({"import.half_as_long", "import.other_time"})
_TOTALS = ("total", "grand total", "sub total", "sub-total", "subtotal", "report total", "totals")
_LOOKED_FOR_IN = 20  # titles may stand above the names of the columns


@dataclass(frozen=True, slots=True)
class Entered:
    """One row as it would be posted; `key` is the same whenever the same row comes again."""

    row: int
    key: str
    on: date
    pence: int
    account: LedgerAccount
    says: str

    @property
    def parked(self) -> bool:
        return self.account.kind is LedgerKind.SUSPENSE


@dataclass(frozen=True, slots=True)
class Expected:
    """What the file should be: whose, rows between two days, and how many the last one had."""

    first: date
    last: date
    rows_last_time: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A file read by a mapping: what would be posted, what is there already, what was found."""

    entered: tuple[Entered, ...]
    known: int
    findings: tuple[Finding, ...]
    rows: int

    def stopping(self, accepted: Collection[str] = ()) -> tuple[Finding, ...]:
        """The findings that keep it from being posted."""
        accepted = ACCEPTABLE.intersection(accepted)
        return tuple(f for f in self.findings if f.weight is Weight.GRAVE and f.id not in accepted)

    def without(self, known: Collection[str]) -> Preview:
        """The same without the rows that the ledger has already, by their keys."""
        new = tuple(one for one in self.entered if one.key not in known)
        return replace(self, entered=new, known=self.known + len(self.entered) - len(new))

    @property
    def parked(self) -> int:
        """Pence that no line would carry."""
        return sum(one.pence for one in self.entered if one.parked)


def preview(mapping: ImportMapping, rows: Iterable[FileRow], expected: Expected) -> Preview:
    """Reads a file's rows by a mapping."""
    kept = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    head, columns = _head(mapping, kept)
    if head < 0:
        return Preview((), 0, (_wrong_columns(mapping, kept),), 0)
    reading = _Reading(mapping, columns, len(kept[head][1]), expected)
    entered = [one for number, cells in kept[head + 1 :] if (one := reading.row(number, cells))]
    count = len(kept) - head - 1
    findings = [*_of_the_whole(count, expected), *reading.findings, *reading.repeats()]
    ordered = sorted(findings, key=lambda f: (f.weight is not Weight.GRAVE, f.line))
    return Preview(tuple(entered), 0, tuple(ordered), count)


def _head(mapping: ImportMapping, rows: Sequence[FileRow]) -> tuple[int, dict[str, int]]:
    wanted = set(mapping.columns)
    for place, (_, cells) in enumerate(rows[:_LOOKED_FOR_IN]):
        columns = {name.strip(): at for at, name in reversed(list(enumerate(cells)))}
        if wanted <= columns.keys():
            return place, columns
    return -1, {}


def _wrong_columns(mapping: ImportMapping, rows: Sequence[FileRow]) -> Finding:
    number, cells = rows[0] if rows else (1, ())
    there = [name.strip() for name in cells if name.strip()]
    missing = [name for name in mapping.columns if name not in there]
    says = f"the file has no column {', '.join(missing)}"
    remedy = f"it has {', '.join(there)}: send the usual file, or save a mapping for this one"
    return Finding("import.wrong_columns", number, says, remedy if there else "send a file")


def _of_the_whole(count: int, expected: Expected) -> Iterator[Finding]:
    if count == 0:
        yield Finding("import.no_rows", 1, "the file has no rows", "send the file with its rows")
    elif count * 2 <= expected.rows_last_time:
        says = f"the file has {count:,} rows, and the last one had {expected.rows_last_time:,}"
        remedy = "ask whether it was cut off; accept it with a reason where it is whole"
        yield Finding("import.half_as_long", 0, says, remedy)


class _Reading:
    """Reads row by row, keeping what was found and how often each row was met."""

    def __init__(
        self, mapping: ImportMapping, columns: Mapping[str, int], width: int, expected: Expected
    ) -> None:
        self.mapping = mapping
        self.width = width
        self.columns = columns
        self.expected = expected
        self._whose = f"{expected.place}\x1f{mapping.partner}"
        self.findings: list[Finding] = []
        self._met: Counter[str] = Counter()
        self._again: dict[str, int] = {}
        self._claims = [
            ({columns[c]: frozenset(words) for c, words in claim.when.items()}, claim)
            for claim in mapping.claims
        ]

    def row(self, number: int, cells: Sequence[str]) -> Entered | None:
        if any(cell.strip().rstrip(":").casefold() in _TOTALS for cell in cells):
            says = "this row is a total of others"
            self._found("total_row", number, says, "leave totals out of the file")
            return None
        if any(cell.strip() for cell in cells[self.width :]):
            # A comma within an amount that nobody quoted: £12,480 would be read as £12.
            says = f"this row has {len(cells)} cells, and the file has {self.width} columns"
            self._found("too_many_cells", number, says, "put quotes around cells with commas")
            return None
        on = self._day(number, self._cell(cells, self.mapping.day))
        pence = self._pence(number, cells)
        account = self._account(number, cells)
        if on is None or not pence or account is None:
            return None
        said = " · ".join(self._cell(cells, column) for column in self.mapping.says)
        return Entered(number, self._key(number, cells), on, pence, account, said)

    def _cell(self, cells: Sequence[str], column: str) -> str:
        at = self.columns[column]
        return cells[at].strip() if at < len(cells) else ""

    def _day(self, number: int, text: str) -> date | None:
        on = day_of(text, self.mapping.day_form)
        if on is None:
            says = f"{text[:40] or 'nothing'} is not a day written as {self.mapping.day_form}"
            self._found("not_a_day", number, says, "correct the day in the file")
        elif not self.expected.first <= on <= self.expected.last:
            first, last = in_words(self.expected.first), in_words(self.expected.last)
            says = f"{in_words(on)} is not between {first} and {last}"
            remedy = "correct the year, or accept it with a reason where it is a late item"
            self._found("other_time", number, says, remedy)
        return on

    def _pence(self, number: int, cells: Sequence[str]) -> int | None:
        columns = ((self.mapping.amount, 1), (self.mapping.debit, 1), (self.mapping.credit, -1))
        given = [(self._cell(cells, c), sign) for c, sign in columns if c]
        texts = [(text, sign) for text, sign in given if text]
        if not texts:
            remedy = "ask for the amount: blank is not nil"
            self._found("not_reported", number, "the amount is not reported", remedy)
            return None
        total = 0
        for text, sign in texts:
            found = pence_of(text)
            if isinstance(found, str):
                self._not_money(number, text, found)
                return None
            total += sign * found
        if total == 0:
            self._found("nil", number, "the amount is nil", "nothing is to be done", Weight.SLIGHT)
        return total

    def _not_money(self, number: int, text: str, why: str) -> None:
        if why == SHORTENED:
            says = f"{text[:40]} is a shortened amount: thousands and millions are easily mixed up"
            self._found("thousands", number, says, "write the amount out in pounds and pence")
        else:
            says = f"{text[:40]} is not an amount of money"
            self._found("not_money", number, says, "correct the amount in the file")

    def _account(self, number: int, cells: Sequence[str]) -> LedgerAccount | None:
        mapping = self.mapping
        payee = self._cell(cells, mapping.payee) if mapping.payee else ""
        hidden = any(word.casefold() in payee.casefold() for word in mapping.redactions)
        if hidden and mapping.redacted is not Unclaimed.ACCEPT:
            return self._parked(number, REDACTED, mapping.redacted)
        folded = [cell.strip().casefold() for cell in cells]
        for when, claim in self._claims:
            if all(at < len(folded) and folded[at] in words for at, words in when.items()):
                return LedgerAccount(claim.fund, claim.line, mapping.partner, claim.kind)
        return self._parked(number, UNCLAIMED, mapping.unclaimed)

    def _parked(self, number: int, why: str, how: Unclaimed) -> LedgerAccount | None:
        name = "redacted" if why == REDACTED else "unclaimed"
        if how is Unclaimed.PARK:
            return LedgerAccount("", "", self.mapping.partner, LedgerKind.SUSPENSE, why)
        remedy = "add a claim to the mapping, or let the mapping park such rows by name"
        self._found(name, number, _WHY[why], remedy)
        return None

    def _key(self, number: int, cells: Sequence[str]) -> str:
        """A fingerprint of the whole row and of how often it was met: two alike stay two."""
        text = "\x1f".join([self._whose, *(cell.strip() for cell in cells)])
        self._met[text] += 1
        met = self._met[text]
        if met > 1:
            self._again.setdefault(text, number)
        return "row:" + hashlib.sha256(f"{text}\x1f{met}".encode()).hexdigest()[:40]

    def repeats(self) -> Iterator[Finding]:
        for text, number in self._again.items():
            says = f"this row stands in the file {self._met[text]} times, and is posted as often"
            remedy = "look whether it was paid that often"
            yield Finding("import.repeated", number, says, remedy, weight=Weight.SLIGHT)

    def _found(
        self, name: str, number: int, says: str, remedy: str, weight: Weight = Weight.GRAVE
    ) -> None:
        self.findings.append(Finding(f"import.{name}", number, says, remedy, weight=weight))
