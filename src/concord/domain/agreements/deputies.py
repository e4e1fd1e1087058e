"""Who may use the power of a seat: a substitute fills it, and holds no power by that."""

from __future__ import annotations

from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.delegations import Chain
from concord.domain.agreements.labels import label
from concord.domain.agreements.matter import Facts
from concord.domain.agreements.membership import seat_of
from concord.domain.findings import Answer, Reason
from concord.domain.language.values import NotStated


def deputies(arrangement: Arrangement, chain: Chain, facts: Facts) -> Iterator[Reason]:
    """A substitute counts for quorum, and exercises a power only where the delegation says so."""
    found = seat_of(arrangement, chain.maker)
    if not found or not facts.meeting or facts.meeting.body != found[0].id or not chain.steps:
        return
    sitting, row = facts.meeting.at(found[1].id), chain.steps[-1]
    if not sitting.substitutes or sitting.present > sitting.substitutes or row.substitutes is True:
        return
    who = label(arrangement, chain.maker)
    if isinstance(row.substitutes, NotStated):
        says = f"whether a substitute may use the power of {who} is not stated"
        yield Reason(Answer.NOT_STATED, says, row.authority, "Record it with its clause.")
        return
    says = f"only substitutes sit for {who}, and the delegation is to the members themselves"
    yield Reason(Answer.REFUSED, says, row.authority, "Bring it when a member can attend.")
