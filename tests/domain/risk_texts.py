"""A small fictional partnership for risk shares: a council, an ICB and a trust; three pools.

Budgets of 2024/25 are in round sums, so that every share can be worked in the head.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.matter import Facts
from concord.domain.agreements.reader import read_arrangement
from concord.domain.funds.fund import FundText
from concord.domain.funds.reader import FundReading, read_fund
from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.risk_share import risk_share
from concord.domain.funds.risk_share.facts import LineVariance, Position, Recorded
from concord.domain.funds.risk_share.result import RiskResult
from concord.domain.money import pence

ON = date(2025, 3, 31)
YEAR = "2024/25"

ARRANGEMENT = """
format = 1
source = "s75"
[place]
name = "Testbourne"
fictional = true
[sources]
s75 = { title = "Testbourne section 75 agreement" }
[organisations]
council = { name = "Testbourne Council", kind = "council", governance = "leader and cabinet" }
ccg = { name = "Testbourne CCG", kind = "clinical commissioning group", ends = 2022-06-30 }
icb = { name = "Loamshire ICB", kind = "integrated care board", starts = 2022-07-01 }
trust = { name = "Loamshire Trust", kind = "NHS trust" }
[[successions]]
from = "ccg"
to = "icb"
on = 2022-07-01
carries = "everything"
[posts]
council_finance = { name = "Council finance lead", of = "council", kind = "officer" }
icb_finance = { name = "ICB finance lead", of = "icb", kind = "officer" }
[bodies]
board = { name = "Joint Board", of = ["council", "icb"], legal_form = "advisory" }
icb_board = { name = "ICB Board", of = "icb", legal_form = "NHS board" }
[agreements.s75]
kind = "section 75"
name = "Testbourne agreement"
parties = ["council", "icb"]
binding = true
[agreements.other]
kind = "section 75"
name = "Another agreement"
parties = ["council", "icb"]
binding = true
"""

# care: home_care 8m (5 : 3), day_care 2m (1 : 1), grant 1m council's ring-fenced capital; beds 3m
# (1 : 2) in the ICB's pool; away 4m (2 : 2) under another agreement; ward 6m of the trust, in view.
FUND = """
format = 1
source = "s75"
RISK
[funds]
health = { name = "Health pool", agreement = "s75", host = "icb", mode = "pooled", lead = "icb" }
far = { name = "Far pool", agreement = "other", host = "icb", mode = "pooled", lead = "icb" }
seen = { name = "Trust", agreement = "s75", host = "icb", mode = "in view", lead = "trust" }
[funds.care]
name = "Care pool"
agreement = "s75"
host = "council"
mode = "pooled"
lead = "council"
[funding]
grant = { name = "Capital grant", from = "council", ring_fenced = true, capital = true }
better_care = { name = "Better Care Fund", from = "icb" }
[schemes]
at_home = { name = "At home" }
[lines]
home_care = { name = "Home care", fund = "care", scheme = "at_home", marks = ["joint", "variable"] }
aligned = { name = "Nursing", fund = "care", lead = "icb", mode = "pooled aligned" }
adaptations = { name = "Adaptations", fund = "care", funding = "grant" }
beds = { name = "Beds", fund = "health" }
away = { name = "Away", fund = "far" }
ward = { name = "Ward", fund = "seen" }
[lines.day_care]
name = "Day care"
fund = "care"
scheme = "at_home"
lead = "icb"
funding = "better_care"
marks = ["fixed"]
ratio = { council = 1, icb = 2 }
[reserves]
risk = { name = "Risk reserve", of = "s75", kind = "risk", opening = "£300,000" }
next_year = { name = "Carried forward", of = "s75", kind = "carried forward", opening = "£0" }
new_schemes = { name = "New schemes", of = "s75", kind = "new schemes", opening = "£0" }
contingency = { name = "Contingency", of = "s75", kind = "contingency", opening = "£0" }
[[budgets]]
fund = "care"
year = "2024/25"
version = 1
status = "confirmed"
[budgets.amounts]
home_care = { council = "£5,000,000", icb = "£3,000,000" }
day_care = { council = "£1,000,000", icb = "£1,000,000" }
aligned = { icb = "£4,000,000" }
adaptations = { council = "£1,000,000" }
[[budgets]]
fund = "care"
year = "2024/25"
version = 2
status = "confirmed"
[budgets.amounts]
home_care = { council = "£5,000,000", icb = "£5,000,000" }
day_care = { council = "£1,000,000", icb = "£1,000,000" }
aligned = { icb = "£4,000,000" }
adaptations = { council = "£1,000,000" }
[[budgets]]
fund = "health"
year = "2024/25"
version = 1
status = "confirmed"
amounts = { beds = { council = "£1,000,000", icb = "£2,000,000" } }
[[budgets]]
fund = "far"
year = "2024/25"
version = 1
status = "confirmed"
amounts = { away = { council = "£2,000,000", icb = "£2,000,000" } }
[[budgets]]
fund = "seen"
year = "2024/25"
version = 1
status = "confirmed"
amounts = { ward = { trust = "£6,000,000" } }
"""


@cache
def arrangement() -> Arrangement:
    reading = read_arrangement(ARRANGEMENT)
    assert not reading.grave, reading.grave
    assert reading.arrangement is not None
    return reading.arrangement


def fund_reading(*rules: str) -> FundReading:
    """The fund text with these rules; `not stated` alone is a text that is silent on them."""
    listed = ",\n".join(" ".join(rule.split()) for rule in rules)  # an inline table is one line
    risk = '"not stated"' if rules == ("not stated",) else f"[\n{listed}\n]"
    return read_fund(FUND.replace("RISK", f"risk = {risk}"), arrangement())


def text_with(*rules: str) -> FundText:
    reading = fund_reading(*rules)
    unread = [f for f in reading.grave if f.id.startswith(("text", "ref"))]
    assert not unread, unread
    assert reading.fund is not None
    return reading.fund


def over(line: str, amount: str, **more: object) -> LineVariance:
    """A variance in pounds, from version 1 unless told otherwise."""
    given = {"version": 1, "cause": Cause.DEMAND, **more}
    return LineVariance(line=line, amount=pence(amount), **given)


def agreed(*who: str, amount: str = "", **shares: str) -> Recorded:
    """A recorded agreement, for an amount and with shares where they are given."""
    return Recorded(
        facts=Facts(agreed=frozenset(who)),
        amount=pence(amount) if amount else None,
        shares={name: pence(share) for name, share in shares.items()},
    )


def asked(
    rules: tuple[str, ...] | list[str],
    *variances: LineVariance,
    recorded: Mapping[str, Recorded] | None = None,
    uncommitted: Mapping[str, int] | None = None,
    reserves: Mapping[str, int] | None = None,
    on: date = ON,
) -> RiskResult:
    """Where these variances fall by these rules; every answer here adds up exactly."""
    position = Position(
        year=YEAR, variances=variances, recorded=recorded or {}, uncommitted=uncommitted or {},
        reserves=reserves or {},
    )  # fmt: skip
    result = risk_share(arrangement(), text_with(*rules), position, on)
    assert result.parts == result.total == sum(v.amount for v in variances)
    return result


def bears(result: RiskResult, **shares: str) -> bool:
    """Whether exactly these partners bear exactly this; one who bears nothing is left out."""
    return {n: a for n, a in result.borne.items() if a} == {n: pence(s) for n, s in shares.items()}
