"""A link of the chain, and the closed set of breaks: each with its name and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from concord.domain.findings import Authority


class Step(StrEnum):
    """What a link leads to, in the words that lead to it."""

    MONEY = "money"
    TAKES_BACK = "taking back"
    BUDGET = "within the budget"
    APPROVED = "approved in the adopted text"
    DECISION = "authorised by a decision"
    DELEGATION = "made under a delegation"
    CLAUSE = "given by a clause"
    AGREEMENT = "beside an agreement"
    STATUTE = "resting on statute"


class BreakName(StrEnum):
    """Every way in which the chain can break."""

    UNSIGNED = "trace.unsigned"
    NO_TERM = "trace.no_term"
    NO_AGREEMENT = "trace.no_agreement"
    NO_DECISION = "trace.no_decision"
    UNKNOWN_DECISION = "trace.unknown_decision"
    NOT_IN_EFFECT = "trace.not_in_effect"
    ENDED = "trace.decision_ended"
    OTHER_FUND = "trace.other_fund"
    OTHER_PARTNER = "trace.other_partner"
    OVER_AMOUNT = "trace.over_amount"
    NO_POWER = "trace.no_power"
    POWER_NOT_LIVE = "trace.power_not_live"
    OVER_LIMIT = "trace.over_limit"
    NO_CLAUSE = "trace.no_clause"
    NO_HOLDER = "trace.no_holder"
    NO_BUDGET = "trace.no_budget"
    BUDGET_UNDECIDED = "trace.budget_undecided"
    NEVER_CONFIRMED = "trace.never_confirmed"
    CONTRIBUTION_NO_TERM = "trace.contribution_no_term"


B = BreakName
REMEDIES: dict[BreakName, str] = {
    B.UNSIGNED: "Sign the agreement before money moves, or take the posting back until it is.",
    B.NO_TERM: "Agree and sign a term that covers the period, or take the posting back.",
    B.NO_AGREEMENT: "Name the fund's agreement in the fund text.",
    B.NO_DECISION: "Ask for a decision and cite it, or take the movement back.",
    B.UNKNOWN_DECISION: "Cite a decision that stands in the register.",
    B.NOT_IN_EFFECT: "Take the movement back and make it once the decision is in effect.",
    B.ENDED: "Cite the decision that took its place, or ask for one.",
    B.OTHER_FUND: "Cite a decision that covers this fund.",
    B.OTHER_PARTNER: "Cite the decision of the partner whose money moved as well.",
    B.OVER_AMOUNT: "Ask for a decision on the rest, or take it back.",
    B.NO_POWER: "Record the delegation in the arrangement.",
    B.POWER_NOT_LIVE: "Let somebody who held the power on the day decide again.",
    B.OVER_LIMIT: "Let somebody who may decide that much decide again.",
    B.NO_CLAUSE: "Record the clause that gives the power.",
    B.NO_HOLDER: "Record whose function it is.",
    B.NO_BUDGET: "Set a budget that has the line, or take the posting back.",
    B.BUDGET_UNDECIDED: "Cite the decision that set the budget, or record each partner's approval.",
    B.NEVER_CONFIRMED: "Ask the partner to confirm it in writing, or take it out of the plan.",
    B.CONTRIBUTION_NO_TERM: "Agree a term that covers the year it is for.",
}


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A break: its name, where it is, what is wrong and what would mend it."""

    name: BreakName
    where: str
    says: str

    @property
    def remedy(self) -> str:
        return REMEDIES[self.name]


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One link: what leads to it, what it is, and the break where it does not hold.

    `id` names the thing itself: a transaction, a reference, a delegation, an agreement.
    """

    step: Step
    id: str
    what: str
    says: str = ""
    authority: Authority = field(default_factory=Authority)
    broken: tuple[BrokenLink, ...] = ()


def breaks_of(links: Iterable[ChainLink]) -> tuple[BrokenLink, ...]:
    """Every break of a chain, each once."""
    return tuple(dict.fromkeys(b for link in links for b in link.broken))


def whole(links: Iterable[ChainLink]) -> str:
    """`No link is broken.`, or what every break says."""
    found = breaks_of(links)
    return " ".join(f"{b.says[:1].upper()}{b.says[1:]}." for b in found) or "No link is broken."
