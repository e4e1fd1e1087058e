"""Routes: the stops of a matter, planned across every partner's calendar.

Ask `plan_route(arrangement, matter, calendars, today)`; `changes(before, after)` says what moved.
"""

from concord.domain.decisions.routes.conflict import Conflict
from concord.domain.decisions.routes.conflicts import Waived
from concord.domain.decisions.routes.dues import Due, Dues, Effect
from concord.domain.decisions.routes.entries import EntryKind, PlanDay, plan_days
from concord.domain.decisions.routes.plan import (
    Change,
    NoStop,
    Plan,
    PlannedStop,
    Way,
    WayOut,
    changes,
)
from concord.domain.decisions.routes.planner import plan_route
from concord.domain.decisions.routes.stops import Turn, Turns, turns_of

__all__ = [
    "Change",
    "Conflict",
    "Due",
    "Dues",
    "Effect",
    "EntryKind",
    "NoStop",
    "Plan",
    "PlanDay",
    "PlannedStop",
    "Turn",
    "Turns",
    "Waived",
    "Way",
    "WayOut",
    "changes",
    "plan_days",
    "plan_route",
    "turns_of",
]
