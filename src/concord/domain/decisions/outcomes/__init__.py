"""Outcomes: what comes of an item, one legal decision for each organisation, and of a deferral.

`outcome_at` reads a meeting's record, `decide_alone` one person's decision; `may_return`,
`may_climb` and `rungs_from` say what follows where the partners do not agree.
"""

from concord.domain.decisions.outcomes.deciding import (
    Ballot,
    Outcome,
    Result,
    decide_alone,
    outcome_at,
)
from concord.domain.decisions.outcomes.decision import (
    LegalDecision,
    Manner,
    Proposal,
    RejectedOption,
    completeness,
    manner_of,
    record_for,
)
from concord.domain.decisions.outcomes.deferral import (
    Deferral,
    RungDue,
    Talk,
    may_climb,
    may_return,
    returns,
    rungs_from,
    told,
)
from concord.domain.decisions.outcomes.ladder import (
    Climb,
    Climbed,
    OnLadder,
    may_step,
    on_ladder,
    who_takes,
)

__all__ = [
    "Ballot",
    "Climb",
    "Climbed",
    "Deferral",
    "LegalDecision",
    "Manner",
    "OnLadder",
    "Outcome",
    "Proposal",
    "RejectedOption",
    "Result",
    "RungDue",
    "Talk",
    "completeness",
    "decide_alone",
    "manner_of",
    "may_climb",
    "may_return",
    "may_step",
    "on_ladder",
    "outcome_at",
    "record_for",
    "returns",
    "rungs_from",
    "told",
    "who_takes",
]
