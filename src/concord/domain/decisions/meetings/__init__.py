"""Meetings: one of several bodies, lawful for one and not for another, attended item by item.

`may_record` guards every entry of the record; `at_item` and `sitting_at` turn the record into the
meeting that `authority` asks about; `called_for`, `may_sit` and `quorums` answer for each partner.
"""

from concord.domain.decisions.meetings.calling import (
    CalledFor,
    EachQuorum,
    called_for,
    may_sit,
    may_take_vote,
    quorums,
)
from concord.domain.decisions.meetings.exclusion import Exclusion, may_exclude
from concord.domain.decisions.meetings.held import (
    AtItem,
    Attendee,
    Happening,
    Happens,
    HeldMeeting,
    at_item,
    sitting_at,
    voters,
)
from concord.domain.decisions.meetings.recording import may_record

__all__ = [
    "AtItem",
    "Attendee",
    "CalledFor",
    "EachQuorum",
    "Exclusion",
    "Happening",
    "Happens",
    "HeldMeeting",
    "at_item",
    "called_for",
    "may_exclude",
    "may_record",
    "may_sit",
    "may_take_vote",
    "quorums",
    "sitting_at",
    "voters",
]
