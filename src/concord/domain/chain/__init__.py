"""The chain of authority: from any pound to decision, delegation, clause and statute, and back.

It stands above the subjects, because it is the one rule that reads money and decisions together;
what it reads of either are facts of its own.
"""

from concord.domain.chain.back import Rests, on_a_line, rests_on
from concord.domain.chain.checking import breaks_in
from concord.domain.chain.facts import (
    BudgetSet,
    Contribution,
    DecisionMade,
    Ground,
    Moved,
)
from concord.domain.chain.links import BrokenLink, ChainLink, Step, breaks_of, whole
from concord.domain.chain.walk import budget_chain, chain_of, decision_chain

__all__ = [
    "BrokenLink",
    "BudgetSet",
    "ChainLink",
    "Contribution",
    "DecisionMade",
    "Ground",
    "Moved",
    "Rests",
    "Step",
    "breaks_in",
    "breaks_of",
    "budget_chain",
    "chain_of",
    "decision_chain",
    "on_a_line",
    "rests_on",
    "whole",
]
