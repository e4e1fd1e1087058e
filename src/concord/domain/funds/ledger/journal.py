"""A journal as text: many transactions at once, a posting to a line, each tested as if alone.

Columns: key, deed, on, posted, effect, fund, line, partner, kind, name, amount, decision, says.
The postings of a transaction stand together; its first one carries its deed, days and words.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from concord.domain.findings import Answer, Finding
from concord.domain.funds.ledger.chart import knows
from concord.domain.funds.ledger.periods import is_period, may_post_in
from concord.domain.funds.ledger.posting import Books
from concord.domain.funds.ledger.transaction import MOST_LEGS, LedgerAccount
from concord.domain.funds.ledger.words import CITES_A_DECISION, Deed, LedgerKind
from concord.domain.money import pounds

COLUMNS = (
    "key", "deed", "on", "posted", "effect", "fund", "line", "partner", "kind", "name", "amount",
    "decision", "says",
)  # fmt: skip
_DEEDS = frozenset(Deed) - {Deed.REVERSE, Deed.IMPORT}  # each of these has its own way in
_PENCE = re.compile(r"-?\d+\.\d\d")
_CELLS = f"a line has other than {len(COLUMNS)} cells"
_KINDS = {str(kind): kind for kind in LedgerKind}

Line = list[str]
Five = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One transaction of a journal: the line it begins in, its words, and its postings.

    A posting is an account by its five words, the period of effect, and pence.
    """

    row: int
    key: str
    deed: str
    on: date
    posted: int
    says: str
    decision: str
    postings: tuple[tuple[Five, int, int], ...]


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal as read, with its accounts by their five words, and everything found in it."""

    entries: tuple[JournalEntry, ...]
    accounts: Mapping[Five, LedgerAccount]
    findings: tuple[Finding, ...]


def read_journal(text: str, books: Books, today: date) -> Journal:
    """Reads and tests a whole journal; where anything is found, nothing of it may be posted."""
    lines = csv.reader(text.splitlines())
    if tuple(next(lines, ())) != COLUMNS:
        says = "the first line does not name the columns of a journal"
        wrong = Finding("journal.wrong_columns", 1, says, ",".join(COLUMNS))
        return Journal((), {}, (wrong,))
    reading = _Reading(books, today)
    for group in _grouped(lines):
        reading.transaction(*group)
    return Journal(tuple(reading.entries), reading.accounts, tuple(reading.findings))


def _grouped(lines: Iterator[Line]) -> Iterator[tuple[int, list[Line]]]:
    """The lines of each transaction, with the number of its first one."""
    first, key, group = 2, None, list[Line]()
    for number, line in enumerate(lines, 2):
        if line and line[0] == key:
            group.append(line)
            continue
        if group:
            yield first, group
        first, key, group = number, line[0] if line else None, [line]
    if group:
        yield first, group


class _Reading:
    """Reads transaction by transaction; what is alike in many of them is worked out once."""

    def __init__(self, books: Books, today: date) -> None:
        self.books, self.today = books, today
        self.entries: list[JournalEntry] = []
        self.accounts: dict[Five, LedgerAccount] = {}
        self.findings: list[Finding] = []
        self._sides: dict[Five, tuple[str, str]] = {}
        self._months: dict[str, int] = {}
        self._days: dict[str, date] = {}
        self._open: set[tuple[str, int, int]] = set()
        self._keys: set[str] = set()

    def transaction(self, row: int, lines: list[Line]) -> None:
        try:
            entry = self._entry(row, lines)
        except ValueError as wrong:
            self._found(row, "unreadable", str(wrong), "correct the line")
            return
        total, sides = 0, set()
        for five, effect, pence in entry.postings:
            total += pence
            sides.add(self._sides[five])
            if (five[0], entry.posted, effect) not in self._open:
                self._when(entry, five[0], effect)
        if total or not 2 <= len(lines) <= MOST_LEGS:
            says = f"{entry.key}: {len(lines)} postings come to {pounds(total)}, not to nil"
            self._found(row, "unbalanced", says, "correct the amounts")
        elif len(sides) > 1:
            self._apart(entry)
        if entry.key in self._keys:
            self._found(row, "key_twice", f"{entry.key} stands twice", "give each its own key")
        self._keys.add(entry.key)
        self.entries.append(entry)

    def _entry(self, row: int, lines: list[Line]) -> JournalEntry:
        if len(lines[0]) != len(COLUMNS):
            raise ValueError(_CELLS)
        key, deed, on, posted, *_, decision, says = lines[0]
        if not key or deed not in _DEEDS:
            raise ValueError(f"{deed or 'nothing'} under {key or 'no key'} is no deed of a journal")
        if not decision and deed in CITES_A_DECISION:
            raise ValueError(f"a {deed} cites the decision that authorised it, and none is cited")
        day = self._days.get(on) or self._day(on)
        postings = tuple([self._posting(row, line) for line in lines])
        return JournalEntry(row, key, deed, day, self._month(posted), says, decision, postings)

    def _posting(self, row: int, line: Line) -> tuple[Five, int, int]:
        if len(line) != len(COLUMNS):
            raise ValueError(_CELLS)
        five: Five = tuple(line[5:10])  # type: ignore[assignment]
        if five not in self.accounts:
            self._account(row, five)
        effect = self._months.get(line[4]) or self._month(line[4])
        amount = line[10]
        if not _PENCE.fullmatch(amount):
            raise ValueError(f"{amount or 'nothing'} is not an amount in pounds and pence")
        pence = int(amount.replace(".", ""))
        if not pence:
            raise ValueError("a posting of nil moves nothing")
        return five, effect, pence

    def _account(self, row: int, five: Five) -> None:
        fund, line, partner, kind, name = five
        if kind not in _KINDS:
            raise ValueError(f"{kind or 'nothing'} is no kind of account")
        account = LedgerAccount(fund, line, partner, _KINDS[kind], name)
        for reason in knows(self.books.chart, account):
            self._found(row, "account", reason.says, reason.remedy)
        self.accounts[five] = account
        self._sides[five] = (fund, self.books.chart.compartment(account))

    def _month(self, text: str) -> int:
        """A period's number; whether it is one is for `_when` to say."""
        if not text.isdecimal():
            raise ValueError(f"{text or 'nothing'} is not a period")
        return self._months.setdefault(text, int(text))

    def _day(self, text: str) -> date:
        day = date.fromisoformat(text)
        if day > self.today:
            raise ValueError(f"{text} is still to come")
        return self._days.setdefault(text, day)

    def _apart(self, entry: JournalEntry) -> None:
        """As `posting.apart`: only a transfer crosses from fund to fund of one agreement."""
        chart = self.books.chart
        sums: dict[tuple[str, str], int] = {}
        for five, _, pence in entry.postings:
            fund, compartment = self._sides[five]
            side = chart.agreement(fund) if entry.deed == Deed.TRANSFER else fund
            sums[side, compartment] = sums.get((side, compartment), 0) + pence
        for (side, compartment), total in sums.items():
            if total:
                says = f"{entry.key}: {pounds(abs(total))} would cross {compartment or side}"
                self._found(entry.row, "crosses", says, "move money within its own compartment")

    def _when(self, entry: JournalEntry, fund: str, effect: int) -> None:
        reason = may_post_in(fund, entry.posted, self.books.shut)
        if reason.answer is not Answer.STANDS:
            self._found(entry.row, "period", reason.says, reason.remedy)
        elif not is_period(effect):
            self._found(entry.row, "period", f"{effect} is not a period", "write it as 202404")
        else:
            self._open.add((fund, entry.posted, effect))

    def _found(self, row: int, name: str, says: str, remedy: str) -> None:
        self.findings.append(Finding(f"journal.{name}", row, says, remedy))
