"""A journal as text: many transactions at once, a posting to a line, each tested as if alone.

Columns: key, deed, on, posted, effect, fund, line, partner, kind, name, amount, decision, says.
The postings of a transaction stand together; its first one carries its deed, days and words.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

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
_PENCE = re.compile(r"-?\d+\.\d\d").fullmatch
_CELLS = f"a line has other than {len(COLUMNS)} cells"
_KINDS = {str(kind): kind for kind in LedgerKind}

_APART = "\x1f"  # between the cells of a spot, where cells may hold commas

Cut = list[str]  # key, deed, on, posted, spot, amount, decision, says
Spot = tuple[int, int]
Leg = tuple[int, int]


class JournalEntry(NamedTuple):
    """One transaction of a journal: the line it begins in, its words, and its postings.

    A posting is the number of a spot of the journal, and pence. A plain tuple, because a journal
    makes a hundred thousand of them.
    """

    row: int
    key: str
    deed: str
    on: date
    posted: int
    says: str
    decision: str
    postings: Sequence[Leg]


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal as read, with the accounts its postings lie on, and everything found in it.

    A spot is where a posting lies: an account by its place in `accounts`, and a period of effect.
    """

    entries: tuple[JournalEntry, ...]
    accounts: tuple[LedgerAccount, ...]
    spots: tuple[Spot, ...]
    findings: tuple[Finding, ...]


def read_journal(text: str, books: Books, today: date) -> Journal:
    """Reads and tests a whole journal; where anything is found, nothing of it may be posted."""
    lines = text.splitlines()
    if tuple(next(csv.reader(lines[:1]), ())) != COLUMNS:
        says = "the first line does not name the columns of a journal"
        wrong = Finding("journal.wrong_columns", 1, says, ",".join(COLUMNS))
        return Journal((), (), (), (wrong,))
    quoted = '"' in text
    reading, row = _Reading(books, today, _APART if quoted else ","), 2
    for _, group in groupby(_quoted(lines) if quoted else map(_cut, lines[1:]), itemgetter(0)):
        together = list(group)
        reading.transaction(row, together)
        row += len(together)
    found = tuple(reading.findings)
    return Journal(tuple(reading.entries), tuple(reading.accounts), tuple(reading.spots), found)


def _cut(line: str) -> Cut:
    """A line without a quoted cell, cut where it matters; a line cut short is no posting."""
    cut = line.split(",", 4)
    return [*cut[:4], *cut[4].rsplit(",", 3)] if len(cut) == 5 else cut


def _quoted(lines: list[str]) -> Iterator[Cut]:
    rows = csv.reader(lines)
    next(rows)
    for cells in rows:
        yield [*cells[:4], _APART.join(cells[4:10]), *cells[10:]]


class _Reading:
    """Reads transaction by transaction; what is alike in many of them is worked out once.

    Transactions of one deed, one period of posting and the same spots are of one shape: what does
    not hang on their amounts is tested once for all of them.
    """

    def __init__(self, books: Books, today: date, comma: str) -> None:
        self.books, self.today, self.comma = books, today, comma
        self.entries: list[JournalEntry] = []
        self.accounts: list[LedgerAccount] = []
        self.findings: list[Finding] = []
        self._numbers: dict[tuple[str, ...], int] = {}
        self._sides: list[tuple[str, str]] = []
        self.spots: list[Spot] = []
        self._spots: dict[str, int] = {}
        self._shapes: set[tuple[object, ...]] = set()
        self._days: dict[str, date] = {}
        self._keys: set[str] = set()

    def transaction(self, row: int, lines: list[Cut]) -> None:
        try:
            legs = [self._posting(row, cut) for cut in lines]
            entry = self._entry(row, lines[0], legs)
        except ValueError as wrong:
            self._found(row, "unreadable", str(wrong), "correct the line")
            return
        total = sum([pence for _, pence in legs])
        if total or not 2 <= len(legs) <= MOST_LEGS:
            says = f"{entry.key}: {len(legs)} postings come to {pounds(total)}, not to nil"
            self._found(row, "unbalanced", says, "correct the amounts")
        shape = (entry.deed, entry.posted, *[spot for spot, _ in legs])
        if shape not in self._shapes and self._judged(entry, balanced=not total):
            self._shapes.add(shape)
        if entry.key in self._keys:
            self._found(row, "key_twice", f"{entry.key} stands twice", "give each its own key")
        self._keys.add(entry.key)
        self.entries.append(entry)

    def _posting(self, row: int, cut: Cut) -> Leg:
        if len(cut) != 8:  # as Cut says
            raise ValueError(_CELLS)
        words, amount = cut[4], cut[5]
        spot = self._spots[words] if words in self._spots else self._spot(row, words)
        if not _PENCE(amount):
            raise ValueError(f"{amount or 'nothing'} is not an amount in pounds and pence")
        pence = int(amount.replace(".", ""))
        if not pence:
            raise ValueError("a posting of nil moves nothing")
        return spot, pence

    def _entry(self, row: int, head: Cut, legs: list[Leg]) -> JournalEntry:
        key, deed, on, posted, _, _, decision, says = head
        if not key or deed not in _DEEDS:
            raise ValueError(f"{deed or 'nothing'} under {key or 'no key'} is no deed of a journal")
        if not decision and deed in CITES_A_DECISION:
            raise ValueError(f"a {deed} cites the decision that authorised it, and none is cited")
        day = self._days.get(on) or self._day(on)
        return JournalEntry(row, key, deed, day, _month(posted), says, decision, legs)

    def _judged(self, entry: JournalEntry, *, balanced: bool) -> bool:
        """Whether every transaction of its shape stands, but for its amounts."""
        before = len(self.findings)
        lie = [self.spots[spot] for spot, _ in entry.postings]
        sides = {self._sides[number] for number, _ in lie}
        for fund, effect in dict.fromkeys((self._sides[n][0], effect) for n, effect in lie):
            self._when(entry, fund, effect)
        if len(sides) > 1 and balanced:
            self._apart(entry)
        return len(sides) == 1 and len(self.findings) == before

    def _spot(self, row: int, words: str) -> int:
        cells = words.split(self.comma)
        if len(cells) != 6:  # the period of effect and an account's five words
            raise ValueError(_CELLS)
        effect, five = cells[0], tuple(cells[1:])
        if five not in self._numbers:
            self._account(row, five)
        self.spots.append((self._numbers[five], _month(effect)))
        return self._spots.setdefault(words, len(self.spots) - 1)

    def _account(self, row: int, five: tuple[str, ...]) -> None:
        fund, line, partner, kind, name = five
        if kind not in _KINDS:
            raise ValueError(f"{kind or 'nothing'} is no kind of account")
        account = LedgerAccount(fund, line, partner, _KINDS[kind], name)
        for reason in knows(self.books.chart, account):
            self._found(row, "account", reason.says, reason.remedy)
        self._numbers[five] = len(self.accounts)
        self.accounts.append(account)
        self._sides.append((fund, self.books.chart.compartment(account)))

    def _day(self, text: str) -> date:
        day = date.fromisoformat(text)
        if day > self.today:
            raise ValueError(f"{text} is still to come")
        return self._days.setdefault(text, day)

    def _apart(self, entry: JournalEntry) -> None:
        """As `posting.apart`: only a transfer crosses from fund to fund of one agreement."""
        chart = self.books.chart
        sums: dict[tuple[str, str], int] = {}
        for spot, pence in entry.postings:
            fund, compartment = self._sides[self.spots[spot][0]]
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

    def _found(self, row: int, name: str, says: str, remedy: str) -> None:
        self.findings.append(Finding(f"journal.{name}", row, says, remedy))


def _month(text: str) -> int:
    """A period's number; whether it is one is for `_when` to say."""
    if not text.isdecimal():
        raise ValueError(f"{text or 'nothing'} is not a period")
    return int(text)
