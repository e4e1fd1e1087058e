"""Acts on a fund's ledger: post, accrue, reverse, contribute, charge between partners, settle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.ledger_entering import enter
from concord.domain.calendar import in_words as day_in_words
from concord.domain.funds.ledger import making
from concord.domain.funds.ledger.making import Said
from concord.domain.funds.ledger.periods import in_words
from concord.domain.funds.ledger.posting import may_reverse, reversal
from concord.domain.funds.ledger.schedule import InvoiceState
from concord.domain.funds.ledger.transaction import LedgerAccount
from concord.domain.funds.ledger.words import (
    STAGES,
    ContributionStage,
    Deed,
    LedgerKind,
)
from concord.domain.money import pounds
from concord.records.models import LedgerBalance, LedgerPosting, LedgerTransaction

_PLAIN = frozenset({Deed.POST, Deed.COMMIT, Deed.SAVING})


@command("funds.post")
def post(
    acting: Acting, place: str, said: Said, account: LedgerAccount, amount: int,
    deed: Deed = Deed.POST,
) -> Done[LedgerTransaction]:  # fmt: skip
    """Posts an amount to an account: an actual, income, a commitment, a saving."""
    act = "funds.post"
    if deed not in _PLAIN or not making.has_another_side(account.kind):
        raise refuse(act, f"a {deed} of {account.kind} is not simply posted", "use its own act")
    if account.kind in (LedgerKind.BUDGET, LedgerKind.RESERVE):
        raise refuse(act, f"the {account.kind} is not simply posted", "use its own act")
    return enter(
        acting, place, act, [making.posting(_pence(said, amount, act), account, amount, deed)]
    )


@command("funds.accrue", allowed_as="funds.post")
def accrue(
    acting: Acting, place: str, said: Said, account: LedgerAccount, amount: int, *,
    reverses_in: int | None = None,
) -> Done[LedgerTransaction]:  # fmt: skip
    """Accrues what was received and not paid; `reverses_in` takes it back in that period."""
    act = "funds.accrue"
    account = replace(account, kind=LedgerKind.ACCRUAL)
    accrual = making.posting(_pence(said, amount, act), account, amount, Deed.ACCRUE)
    done = enter(acting, place, act, [accrual])
    if done.what and reverses_in is not None:
        because = f"the accrual of {in_words(said.effect)} is taken back"
        back = reversal(accrual, f"{said.key}:back", reverses_in, said.on, because)
        back = replace(back, legs=tuple(replace(leg, effect=reverses_in) for leg in back.legs))
        taken = enter(acting, place, act, [back])
        after = {"accrual": done.after, "taken back": taken.after}
        return replace(done, after=after, made=(*done.made, *taken.made))
    return done


@command("funds.reverse", allowed_as="funds.post")
def reverse(
    acting: Acting, place: str, original: str, *, key: str, posted: int, on: date, because: str
) -> Done[LedgerTransaction]:
    """Takes a transaction back by another that names it, in the same periods of effect."""
    act = "funds.reverse"
    found = LedgerTransaction.objects.by_key(place, original)
    if found is None:
        raise refuse(act, f"there is no transaction {original[:80]}", "look it up again")
    fact = found.as_fact()
    back = reversal(fact, key, posted, on, because)
    taken = LedgerTransaction.objects.filter(reverses=found).values_list("key", flat=True).first()
    if taken != key:
        require(may_reverse(fact, because, taken or ""), act)
    return enter(acting, place, act, [back])


@command("funds.contribute", allowed_as="funds.post")
def contribute(
    acting: Acting, place: str, said: Said, stage: ContributionStage, fund: str, partner: str,
    amount: int,
) -> Done[LedgerTransaction]:  # fmt: skip
    """Records a partner's contribution as indicative, confirmed or received."""
    act = "funds.contribute"
    made = making.contribution(_pence(said, amount, act), stage, fund, partner, amount)
    before = LedgerAccount(fund, "", partner, STAGES[stage][1])
    if LedgerTransaction.objects.by_key(place, said.key) is None:
        there = LedgerBalance.objects.on(place, before)
        require(making.may_contribute(stage, amount, there), act)
    what = f"{pounds(amount)} of {partner} to {fund} is {stage}"
    return enter(acting, place, act, [made], what=what)


@command("funds.invoice", allowed_as="funds.post")
def invoice(
    acting: Acting, place: str, said: Said, fund: str, line: str, payer: str, payee: str,
    amount: int, due: date,
) -> Done[LedgerTransaction]:  # fmt: skip
    """Raises one partner's invoice on another; `said.about` is its reference."""
    act = "funds.invoice"
    if not said.about or amount <= 0:
        raise refuse(act, "an invoice has a reference and an amount above nil", "give both")
    known = LedgerTransaction.objects.filter(about=said.about, act__place=place, deed=Deed.RECHARGE)
    if known.exclude(key=said.key).exists():
        raise refuse(act, f"there is an invoice {said.about} already", "give it its own reference")
    said = replace(said, says=f"{said.says}; due {due.isoformat()}")
    made = making.recharge(said, fund, line, payer, payee, amount)
    what = f"{payee} invoiced {payer} {pounds(amount)}, due {day_in_words(due)}"
    return enter(acting, place, act, [made], what=what)


@command("funds.settle", allowed_as="funds.post")
def settle(acting: Acting, place: str, said: Said, amount: int) -> Done[LedgerTransaction]:
    """Records a payment on an invoice, by its reference in `said.about`."""
    act = "funds.settle"
    raised = _invoice(place, said.about)
    if raised is None:
        raise refuse(act, f"there is no invoice {said.about[:80]}", "raise it first")
    if LedgerTransaction.objects.by_key(place, said.key) is None:
        state = invoice_state(place, said.about)
        outstanding = state.outstanding if state else 0
        require(making.may_settle(said.about, outstanding, amount), act)
    owed, owing = sorted(raised.as_fact().legs, key=lambda leg: leg.amount)
    payer, payee = owing.account.partner, owed.account.partner
    made = making.settlement(said, owed.account.fund, owed.account.line, payer, payee, amount)
    return enter(acting, place, act, [made], what=f"{payer} paid {pounds(amount)} on {said.about}")


def _invoice(place: str, reference: str) -> LedgerTransaction | None:
    rows = LedgerTransaction.objects.filter(about=reference, act__place=place, deed=Deed.RECHARGE)
    found: LedgerTransaction | None = rows.first() if reference else None
    return found


def invoice_state(place: str, reference: str) -> InvoiceState | None:
    """An invoice as it stands: raised, settled, due."""
    raised = _invoice(place, reference)
    if raised is None:
        return None
    legs = LedgerPosting.objects.filter(
        transaction__about=reference, transaction__act__place=place, amount__gt=0
    ).values_list("account__kind", "amount")
    sums = dict.fromkeys((LedgerKind.RECHARGE, LedgerKind.SETTLED), 0)
    for kind, amount in legs:
        sums[LedgerKind(kind)] += amount
    due = date.fromisoformat(raised.says.rsplit("; due ", 1)[1])
    return InvoiceState(reference, sums[LedgerKind.RECHARGE], sums[LedgerKind.SETTLED], due)


def _pence(said: Said, amount: int, act: str) -> Said:
    if amount == 0:
        raise refuse(act, "an amount of nil moves nothing", "give an amount, or leave it out")
    return said
