"""How every act on the ledger is entered: tested first, written at once, hashed over its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from concord.commands.command import Acting, Done, refuse, require
from concord.commands.ledger_writing import account_numbers, next_number, write
from concord.commands.texts import arrangement_of
from concord.domain.findings import Verdict
from concord.domain.funds.ledger.chart import Chart, chart_of
from concord.domain.funds.ledger.posting import Books, may_post
from concord.domain.funds.ledger.transaction import LedgerAccount, Transaction, same
from concord.domain.funds.reader import read_fund
from concord.records.ledger_rows import Rows, digest
from concord.records.models import (
    LedgerAct,
    LedgerFile,
    LedgerMapping,
    LedgerPeriod,
    LedgerTransaction,
    TextVersion,
)

FUND = "fund"  # the kind of the text of a place's funds

Test = Callable[[Books, Transaction], Verdict]


def books_of(place: str, act: str) -> Books:
    """The chart of the place's newest fund text, and which of its periods are closed."""
    version = TextVersion.objects.newest(place, FUND)
    if version is None:
        raise refuse(act, f"{place[:80]!r} has no fund text", "load its folder first")
    arrangement = TextVersion.objects.newest(place)
    return Books(_chart(place, version.pk, arrangement.pk), LedgerPeriod.objects.shut(place))


@lru_cache(maxsize=32)
def _chart(place: str, fund_version: int, arrangement_version: int) -> Chart:
    """Versions never change, so their numbers are enough to keep the chart by."""
    text = TextVersion.objects.get(pk=fund_version).text
    arrangement = arrangement_of(place)
    fund = read_fund(text, arrangement).fund
    return chart_of(fund, arrangement) if fund else Chart({}, {}, frozenset())


def enter(
    acting: Acting,
    place: str,
    act: str,
    made: Sequence[Transaction],
    test: Test | None = None,
    what: str = "",
) -> Done[LedgerTransaction]:
    """Enters transactions as one act; one entered before, under the same key, changes nothing.

    The result is the first of them.
    """
    known = [_again(place, one, act) for one in made]
    if known[0] is not None:
        return Done(known[0])
    books = books_of(place, act)
    for one in made:
        require(test(books, one) if test else may_post(books, one, acting.today), act)
    numbers = account_numbers(place, (leg.account for one in made for leg in one.legs))
    rows = rows_of(made, numbers)
    entered = write_act(acting, place, act, rows, numbers)
    first = LedgerTransaction.objects.select_related("act").get(key=made[0].key)
    after = told(entered, made)
    return Done(first, what or made[0].says, after=after, made=(entered,))


def _again(place: str, one: Transaction, act: str) -> LedgerTransaction | None:
    found = LedgerTransaction.objects.by_key(place, one.key)
    if found is None or same(found.as_fact(), one):
        return found
    says = f"the key {one.key[:80]} belongs to another transaction"
    raise refuse(act, says, "ask with a key of its own")


def rows_of(made: Iterable[Transaction], numbers: Mapping[LedgerAccount, int]) -> Rows:
    rows = Rows()
    for one in made:
        rows.headers.append(
            (
                one.key, str(one.deed), one.on, one.posted, one.says, one.decision,
                _number_of(one.reverses), one.about, one.row,
            )
        )  # fmt: skip
        rows.postings.append([(numbers[leg.account], leg.effect, leg.amount) for leg in one.legs])
    return rows


def _number_of(key: str) -> int | None:
    return LedgerTransaction.objects.get(key=key).pk if key else None


def write_act(
    acting: Acting, place: str, act: str, rows: Rows, numbers: Mapping[LedgerAccount, int],
    file: LedgerFile | None = None, mapping: LedgerMapping | None = None,
) -> LedgerAct:  # fmt: skip
    """One act with all its rows, and their hash."""
    entered = LedgerAct.objects.create(
        place_id=place, act=act, at=acting.now, by=acting.who, account=acting.account,
        on_behalf_of=acting.on_behalf_of, why=acting.why, file=file, mapping=mapping,
        first=next_number(), transactions=len(rows.headers), rows_sha256=digest(rows, numbers),
    )  # fmt: skip
    write(entered, rows)
    return entered


def told(entered: LedgerAct, made: Sequence[Transaction]) -> dict[str, Any]:
    """What the trail keeps of an act: the rows' hash, and of the few each leg in words."""
    return {
        "act": entered.pk,
        "rows": entered.rows_sha256,
        "transactions": [
            {
                "key": one.key,
                "deed": str(one.deed),
                "posted": one.posted,
                "decision": one.decision,
                "reverses": one.reverses,
                "legs": [[str(leg.account), leg.amount, leg.effect] for leg in one.legs],
            }
            for one in made[:20]
        ],
    }
