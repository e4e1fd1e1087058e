"""What a decision of the register permits to move: whether it is in effect, and up to how much."""

from __future__ import annotations

from datetime import date

from concord.commands.chain_read import cited, ground_of, with_states
from concord.domain.chain import Moved, breaks_of, chain_of
from concord.domain.findings import Answer, Authority, Reason, all_of
from concord.domain.funds.ledger.posting import Permission


def permission_of(
    place: str, decision: str, funds: tuple[str, ...], partners: tuple[str, ...], on: date
) -> Permission:
    """The permission that a decision gives on that day, with every break of its chain as a reason.

    Its limit is what it names, less what has moved under it; none named is none stated.
    """
    ground = ground_of(place)
    for reference in cited(decision):
        ground = with_states(ground, place, reference, on)
    asked = Moved(
        id="this movement", deed="movement", on=on, effects=(), funds=funds, lines=(),
        partners=partners, amount=0, decisions=cited(decision), must_cite=True,
    )  # fmt: skip
    broken = breaks_of(chain_of(ground, asked))
    stands = Reason(Answer.STANDS, f"{decision} is in effect and covers it")
    reasons = [Reason(Answer.REFUSED, b.says, Authority(), b.remedy) for b in broken]
    known = [ground.decisions[r] for r in cited(decision) if r in ground.decisions]
    left = [made.pence - ground.spent.get(made.reference, 0) for made in known if made.pence]
    return Permission(decision, all_of(reasons or [stands]), min(left, default=None), bool(left))
