"""The chain of authority: from any pound to decision, delegation, clause and statute, and back.

It stands above the subjects, because it is the one rule that reads money and decisions together;
what it reads of either are facts of its own.
"""

from concord.domain.chain.facts import (
    BudgetSet,
    Contribution,
    DecisionMade,
    Ground,
    Moved,
)
from concord.domain.chain.links import Break, ChainLink, Step, breaks_of, whole
from concord.domain.chain.walk import chain_of, decision_chain
from concord.domain.chain.whole import breaks_in

__all__ = [
    "Break",
    "BudgetSet",
    "ChainLink",
    "Contribution",
    "DecisionMade",
    "Ground",
    "Moved",
    "Step",
    "breaks_in",
    "breaks_of",
    "chain_of",
    "decision_chain",
    "whole",
]
