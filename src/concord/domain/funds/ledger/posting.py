"""May this be posted? Every test of a transaction, each refusal with its reason and remedy.

Authority: the agreement's own compartments; SI 2000/617, regulation 7: a pool's money is the pool's
and is accounted for by its host.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from concord.domain.calendar import in_words as day_in_words
from concord.domain.findings import Answer, Reason, Verdict, all_of
from concord.domain.funds.ledger.chart import Chart, knows
from concord.domain.funds.ledger.periods import may_post_in
from concord.domain.funds.ledger.transaction import Posting, Transaction
from concord.domain.funds.ledger.words import CITES_A_DECISION, Deed
from concord.domain.money import pounds


@dataclass(frozen=True, slots=True)
class Books:
    """What a posting is tested against: the chart, and the closed periods of its funds."""

    chart: Chart
    shut: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Permission:
    """The decision a movement cites, what its power says of it, and up to which pence.

    `limit` is None where there is none; `limit_stated` is false where nobody has stated one.
    """

    decision: str
    stands: Verdict
    limit: int | None = None
    limit_stated: bool = True


def may_post(books: Books, transaction: Transaction, today: date) -> Verdict:
    """Whether a transaction may be posted, for every reason that keeps it from it."""
    return all_of(_tests(books, transaction, today))


def _tests(books: Books, transaction: Transaction, today: date) -> Iterable[Reason]:
    for account in dict.fromkeys(leg.account for leg in transaction.legs):
        yield from knows(books.chart, account)
    for fund in transaction.funds:
        yield may_post_in(fund, transaction.posted, books.shut)
    if transaction.on > today:
        says = f"{day_in_words(transaction.on)} is still to come"
        yield _refused(says, "give the day of the fact, not a day to come")
    if not transaction.reverses:  # a reversal mirrors what has passed this test
        yield from apart(books.chart, transaction.deed, transaction.legs)
    if transaction.deed in CITES_A_DECISION and not transaction.decision:
        says = f"a {transaction.deed} cites the decision that authorised it, and none is cited"
        yield _refused(says, "give the number of the decision, or ask for one")


def apart(chart: Chart, deed: Deed, legs: Iterable[Posting]) -> Iterable[Reason]:
    """No penny crosses from one agreement, fund or compartment to another.

    Only a transfer crosses from fund to fund, and then within one agreement and one compartment.
    """
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for leg in legs:
        fund = leg.account.fund
        side = chart.agreement(fund) if deed is Deed.TRANSFER else fund
        sums[side, chart.compartment(leg.account)] += leg.amount
    for (side, compartment), total in sums.items():
        if not total:
            continue
        if compartment:
            says = f"{pounds(abs(total))} would cross the edge of {compartment}"
            yield _refused(says, "ring-fenced and capital money moves within its own compartment")
        else:
            says = f"{pounds(abs(total))} would cross the edge of {side}"
            yield _refused(says, "move money within one fund, or between funds of one agreement")


def may_move(
    books: Books, transaction: Transaction, permission: Permission, today: date
) -> Verdict:
    """Whether a virement, transfer, carry-forward or use of a reserve may be posted.

    What moves is the sum of the legs that give; it is held against the limit of the decision.
    """
    moved = sum(leg.amount for leg in transaction.legs if leg.amount > 0)
    reasons = [*may_post(books, transaction, today).reasons, *_within(permission, moved)]
    if transaction.deed in (Deed.VIREMENT, Deed.TRANSFER):
        reasons.extend(_nil_by_source(books.chart, transaction.legs))
    return all_of((*reasons, *permission.stands.reasons))


def _within(permission: Permission, moved: int) -> Iterable[Reason]:
    if not permission.limit_stated:
        says = f"the limit under which {pounds(moved)} would move is not stated"
        yield Reason(Answer.NOT_STATED, says, remedy="state the limit in the agreement")
    elif permission.limit is not None and moved > permission.limit:
        says = f"{pounds(moved)} is over the limit of {pounds(permission.limit)}"
        yield _refused(says, "ask for a decision of whoever may decide that much")


def _nil_by_source(chart: Chart, legs: Collection[Posting]) -> Iterable[Reason]:
    """Virements move budget and create none: for each funding source they come to nil."""
    sums: defaultdict[str, int] = defaultdict(int)
    for leg in legs:
        sums[chart.source(leg.account.line)] += leg.amount
    for source, total in sums.items():
        if total:
            says = f"the legs on {source or 'no named source'} come to {pounds(total)}"
            yield _refused(says, "give and take within one funding source")


def reversal(original: Transaction, key: str, posted: int, on: date, because: str) -> Transaction:
    """The transaction that takes another back, leg by leg, in the same periods of effect."""
    return replace(
        original,
        key=key,
        deed=Deed.REVERSE,
        on=on,
        posted=posted,
        legs=tuple(replace(leg, amount=-leg.amount) for leg in original.legs),
        says=because,
        reverses=original.key,
        row=0,
    )


def may_reverse(original: Transaction, because: str, reversed_by: str) -> Verdict:
    """Whether a transaction may be taken back: once, with a reason, and never a reversal."""
    reasons = []
    if reversed_by:
        says = f"{original.key} was taken back by {reversed_by}"
        reasons.append(_refused(says, "nothing is to be done"))
    if original.reverses:
        says = f"{original.key} itself takes another back"
        reasons.append(_refused(says, "post the right transaction anew"))
    if not because.strip():
        reasons.append(_refused("no reason is given", "say what was wrong"))
    return all_of(reasons)


def _refused(says: str, remedy: str) -> Reason:
    return Reason(Answer.REFUSED, says, remedy=remedy)
