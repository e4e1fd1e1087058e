"""Where an overspend or underspend falls: the rules of a text read once, in their order."""

from __future__ import annotations

from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.funds.fund import FundText
from concord.domain.funds.risk_share.exact import evaluated
from concord.domain.funds.risk_share.facts import Position
from concord.domain.funds.risk_share.planning import planned
from concord.domain.funds.risk_share.result import RiskResult


def risk_share(
    arrangement: Arrangement, text: FundText, position: Position, on: date
) -> RiskResult:
    """Where a year's variances fall by the rules in force on the day, to the penny.

    In a year the position is the cumulative one; `result.difference` says what to post.
    """
    return evaluated(planned(arrangement, text, position, on))
