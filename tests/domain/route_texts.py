"""Matters with their stops, for the tests of the planner; dates and bodies are the reports'."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.reader import read_arrangement
from concord.domain.decisions.calendars import Calendars, read_calendar
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.reader import read_matter

PLACES = Path(__file__).parents[2] / "places"

CITY = """
format = 1
source = "003"
[matter]
title = "Integrated commissioning for health and social care"
what = "Explore a model of integrated commissioning"
functions = ["city_commissioning"]
amounts = "not stated"
organisations = ["city", "ccg"]
[stops.scrutiny]
body = "scrutiny"
purpose = "information"
on = 2016-11-01
[stops.community]
body = "community_services"
purpose = "decision"
on = 2016-11-18
after = ["scrutiny"]
[stops.board]
body = "health_and_wellbeing"
purpose = "information"
on = 2016-11-25
after = ["community"]
[stops.policy]
body = "policy_and_resources"
purpose = "decision"
on = 2016-12-15
after = ["board"]
"""

SOUTHAMPTON = """
format = 1
source = "001"
[matter]
title = "Shared commissioning"
what = "Establish a Joint Commissioning Board"
functions = ["executive_commissioning", "non_executive_commissioning", "nhs_commissioning"]
amounts = "not stated"
key_because = ["the report says that it is"]
organisations = ["council", "ccg"]
[stops.cabinet]
body = "cabinet"
purpose = "decision"
on = 2017-07-18
[stops.council]
body = "full_council"
purpose = "decision"
on = 2017-07-19
after = ["cabinet"]
"""

MIDDLEMARCH = """
format = 1
source = "s75"
[matter]
title = "Reablement at home"
what = "Commission reablement at home for three years"
functions = ["care", "nhs"]
act = "commission"
modes = ["pooled"]
amounts = [{ amount = "£1,900,000" }]
wards = 6
within_budget = true
organisations = ["council", "icb"]
[stops.finance]
body = "finance_group"
purpose = "consultation"
on = "not stated"
[stops.group]
body = "executive_group"
purpose = "recommendation"
on = "not stated"
after = ["finance"]
[stops.board]
body = "board"
purpose = "recommendation"
on = "not stated"
after = ["group"]
[stops.cabinet]
body = "cabinet"
purpose = "decision"
on = "not stated"
after = ["board"]
[stops.icb]
body = "icb_board"
purpose = "decision"
on = "not stated"
after = ["board"]
[stops.wellbeing]
body = "health_wellbeing"
purpose = "information"
on = "not stated"
after = ["cabinet", "icb"]
"""


@cache
def place(name: str) -> Arrangement:
    text = (PLACES / name / "arrangement.toml").read_text(encoding="utf-8")
    arrangement = read_arrangement(text).arrangement
    assert arrangement is not None
    return arrangement


@cache
def calendar(name: str) -> Calendars:
    text = (PLACES / name / "calendar.toml").read_text(encoding="utf-8")
    return calendar_of(text, name)


def calendar_of(text: str, name: str) -> Calendars:
    read = read_calendar(text, place(name))
    assert read.calendars is not None, read.findings
    return read.calendars


def matter(text: str, name: str) -> MatterText:
    read = read_matter(text, place(name))
    assert read.matter is not None, read.findings
    assert not read.findings
    return read.matter
