"""Call-in: one council's rule as data, the states of its half, and who may do what to it.

`standing` says where a half stands at any moment; `may_call_in`, `may_follow` and `may_exempt`
guard what is recorded; `call_in_rule` takes the rule out of a place's text.
"""

from concord.domain.agreements.local_clocks import read_cut_off
from concord.domain.decisions.call_in.acts import CalledBy, may_call_in, may_exempt, may_follow
from concord.domain.decisions.call_in.rule import CallInRule, Deadline, call_in_rule
from concord.domain.decisions.call_in.states import (
    BY_ITSELF,
    FOLLOWS,
    ON_HOLD,
    CallInMove,
    CallInStanding,
    CallInState,
    CallInStep,
    moment,
    standing,
)

__all__ = [
    "BY_ITSELF",
    "FOLLOWS",
    "ON_HOLD",
    "CallInMove",
    "CallInRule",
    "CallInStanding",
    "CallInState",
    "CallInStep",
    "CalledBy",
    "Deadline",
    "call_in_rule",
    "may_call_in",
    "may_exempt",
    "may_follow",
    "moment",
    "read_cut_off",
    "standing",
]
