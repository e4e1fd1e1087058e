"""Acts that move money under a decision: virement, transfer, reserves, carrying forward."""

from __future__ import annotations

from concord.commands.command import Acting, Done, command, require
from concord.commands.ledger_entering import enter
from concord.domain.findings import Verdict
from concord.domain.funds.ledger import making
from concord.domain.funds.ledger.making import Said
from concord.domain.funds.ledger.periods import in_words
from concord.domain.funds.ledger.posting import Books, Permission, may_move
from concord.domain.funds.ledger.transaction import LedgerAccount, Transaction
from concord.domain.funds.ledger.words import Deed, LedgerKind
from concord.domain.money import pounds
from concord.records.models import LedgerBalance, LedgerTransaction


@command("funds.vire", allowed_as="funds.move")
def vire(
    acting: Acting, place: str, said: Said, giver: LedgerAccount, taker: LedgerAccount,
    amount: int, permission: Permission,
) -> Done[LedgerTransaction]:  # fmt: skip
    """Moves budget from one line to another; between funds of one agreement it is a transfer."""
    deed = Deed.VIREMENT if giver.fund == taker.fund else Deed.TRANSFER
    return _move(acting, place, f"funds.{'vire' if deed is Deed.VIREMENT else 'transfer'}", [
        making.movement(said, deed, giver, taker, amount)], permission,
        f"{pounds(amount)} from {giver.line or giver.fund} to {taker.line or taker.fund}",
    )  # fmt: skip


@command("funds.move_reserve", allowed_as="funds.move")
def move_reserve(
    acting: Acting, place: str, said: Said, fund: str, partner: str, name: str, amount: int,
    permission: Permission,
) -> Done[LedgerTransaction]:  # fmt: skip
    """Puts money into a reserve or, below nil, draws on it; a reserve is never below nil."""
    act = "funds.move_reserve"
    made = making.reserve(said, fund, partner, name, amount)
    if LedgerTransaction.objects.by_key(place, said.key) is None:
        account = LedgerAccount(fund, "", partner, LedgerKind.RESERVE, name)
        require(making.may_draw(name, LedgerBalance.objects.on(place, account), amount), act)
    way = f"put into {name}" if amount > 0 else f"drawn on {name}"
    return _move(acting, place, act, [made], permission, f"{pounds(abs(amount))} {way}")


@command("funds.carry_forward", allowed_as="funds.move")
def carry_forward(
    acting: Acting, place: str, said: Said, account: LedgerAccount, amount: int, into: int,
    permission: Permission,
) -> Done[LedgerTransaction]:  # fmt: skip
    """Carries a balance from one year's period into another's."""
    made = making.carry_forward(said, account, amount, into)
    what = f"{pounds(amount)} carried from {in_words(said.effect)} into {in_words(into)}"
    return _move(acting, place, "funds.carry_forward", [made], permission, what)


def _move(
    acting: Acting, place: str, act: str, made: list[Transaction], permission: Permission,
    what: str,
) -> Done[LedgerTransaction]:  # fmt: skip
    def test(books: Books, one: Transaction) -> Verdict:
        return may_move(books, one, permission, acting.today)

    return enter(acting, place, act, made, test, what)
