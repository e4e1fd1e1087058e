"""Why a body only notes a matter: whose function it is now, and whether any power reaches it."""

from datetime import date

from tests.domain.small_place import read, spoilt

from concord.domain.agreements.authority import Ruling, who_may_decide
from concord.domain.agreements.matter import BEFORE, Matter

ON = date(2024, 10, 15)
GROUP = """
[bodies.group]
name = "Care Group"
of = "council"
legal_form = "cabinet committee"
[delegations.group]
from = "cabinet"
to = "group"
covers = { functions = ["care"] }
limit = "£1,000"
clause = "12.4"
"""
SUCCESSION = """
[organisations.ccg]
name = "NHS Lowick CCG"
kind = "clinical commissioning group"
ends = 2022-06-30
[[successions]]
from = "ccg"
to = "icb"
on = 2022-07-01
carries = "everything"
"""


def why(ruling: Ruling, body: str) -> str:
    return next(c.says for c in ruling.capacities if c.body == body)


def test_a_function_belongs_to_whoever_came_after_the_organisation_that_had_it():
    text = spoilt(('of = "icb", kind = "NHS"', 'of = "ccg", kind = "NHS"'), more=SUCCESSION)
    ruling = who_may_decide(read(text), Matter(("nhs",)), BEFORE, ON)
    assert why(ruling, "cabinet") == "the function belongs to NHS Lowick ICB"


def test_a_power_that_is_too_small_is_not_told_as_no_power():
    place = read(spoilt(more=GROUP))
    dear = who_may_decide(place, Matter(("care",), amount=200_000), BEFORE, ON)
    assert why(dear, "group") == "the power given to Care Group does not reach this"
    assert why(dear, "full_council") == "no power over this has been given to it"


def test_a_power_without_a_stated_limit_is_not_told_as_no_power():
    place = read(spoilt(more=GROUP.replace("£1,000", "not stated")))
    ruling = who_may_decide(place, Matter(("care",), amount=200_000), BEFORE, ON)
    assert (
        why(ruling, "group") == "whether the power given to Care Group reaches this is not stated"
    )


def test_a_reservation_says_what_the_question_is_silent_on():
    text = spoilt(
        more="""
[reserved.closures]
held_by = "cabinet"
touching = { functions = ["care"], acts = ["decommission"] }
clause = "7.9"
"""
    )
    ruling = who_may_decide(read(text), Matter(("care",)), BEFORE, ON)
    said = [r.says for o in ruling.halves[0].options for r in o.verdict.reasons]
    assert (
        "part of this may be reserved to Cabinet: decommission; the question does not say" in said
    )
