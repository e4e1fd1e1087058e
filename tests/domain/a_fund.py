"""A small arrangement and fund text for tests, whose rows each test replaces or adds to."""

from __future__ import annotations

from functools import cache

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.funds.reader import FundReading, read_fund

ARRANGEMENT = """format = 1
source = "deed"
[place]
name = "Middlemarch"
fictional = true
[sources]
deed = { title = "A deed" }
[organisations]
council = { name = "Council", kind = "council" }
ccg = { name = "CCG", kind = "clinical commissioning group", ends = 2022-06-30 }
icb = { name = "ICB", kind = "integrated care board", starts = 2022-07-01 }
trust = { name = "Trust", kind = "NHS trust" }
brassing = { name = "Brassing Council", kind = "council" }
[[successions]]
from = "ccg"
to = "icb"
on = 2022-07-01
carries = "everything"
[posts]
manager = { name = "Pool Manager", of = "council", kind = "officer" }
nhs_manager = { name = "NHS Pool Manager", of = "icb", kind = "officer" }
[bodies]
cabinet = { name = "Cabinet", of = "council", legal_form = "cabinet" }
advice = { name = "Advisory Group", of = ["council", "icb"], legal_form = "advisory" }
[agreements.s75]
kind = "section 75"
name = "Section 75"
parties = ["council", "icb"]
binding = true
flexibilities = ["pooled fund"]
[agreements.other]
kind = "section 75"
name = "Brassing section 75"
parties = ["brassing", "icb"]
binding = true
[agreements.mou]
kind = "memorandum of understanding"
name = "Memorandum"
parties = ["council", "icb"]
binding = false
[modes]
shadow = { in_section_75 = false, in_total = false }
"""
FUND = """format = 1
source = "deed"
risk = [{ on = "either", net = "fund", falls_to = { ratio = { council = 1, icb = 1 } } }]
[funds]
pool = { name = "Pool", agreement = "s75", host = "council", mode = "pooled", lead = "council" }
far = { name = "Far pool", agreement = "other", host = "brassing", mode = "pooled", lead = "icb" }
[funding]
grant = { name = "Grant", from = "council", ring_fenced = true, capital = true }
[lines]
care = { fund = "pool" }
works = { fund = "pool", funding = "grant" }
away = { fund = "far" }
[reserves]
pot = { name = "Pot", of = "s75", kind = "risk", opening = "£100" }
[apportionments]
heads = { of = "A contract", basis = "registered population", figures = { here = 1, there = 2 } }
[[budgets]]
fund = "pool"
year = "2024/25"
version = 1
status = "confirmed"
stated = { total = "£160", council = "£100", care = "£120" }
amounts = { care = { council = "£60", icb = "£60" }, works = { council = "£40" } }
[[budgets]]
fund = "far"
year = "2024/25"
version = 1
status = "confirmed"
amounts = { away = { brassing = "£5", icb = { of = "heads", part = "here", whole = "£10" } } }
"""
RISK = FUND.splitlines()[2]


@cache
def small_arrangement() -> Arrangement:
    read = read_arrangement(ARRANGEMENT)
    assert read.arrangement is not None
    assert read.grave == ()
    return read.arrangement


def read(text: str) -> FundReading:
    return read_fund(text, small_arrangement())


def with_risk(*rules: str) -> str:
    """The small fund under these rules in place of its own."""
    return FUND.replace(RISK, f"risk = [{', '.join(rules)}]")
