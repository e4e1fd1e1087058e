"""Which clocks run for a decision, by when, on whose authority, and the lawful ways on.

Ask `timetable(maker, business, meeting, local_rules)`: `to_data(asked_on)` gives it as plain data
and `printed(table, asked_on)` in words. `together(timetables)` gives the strictest day of each
clock of a joint meeting; `local_rule_findings(rules)` what is wrong with a place's own clocks.
"""

from concord.domain.clocks.exits import WayOut, general_exception_opens, way_on
from concord.domain.clocks.facts import Business, DecisionMaker, LocalRule
from concord.domain.clocks.local import call_in_closes, local_rule_findings
from concord.domain.clocks.printed import printed
from concord.domain.clocks.regime import RegimeFound, regime_of
from concord.domain.clocks.running import NotRunning
from concord.domain.clocks.steps import Step, distance
from concord.domain.clocks.timetable import Timetable, Together, duty_after, timetable, together

__all__ = [
    "Business",
    "DecisionMaker",
    "LocalRule",
    "NotRunning",
    "RegimeFound",
    "Step",
    "Timetable",
    "Together",
    "WayOut",
    "call_in_closes",
    "distance",
    "duty_after",
    "general_exception_opens",
    "local_rule_findings",
    "printed",
    "regime_of",
    "timetable",
    "together",
    "way_on",
]
