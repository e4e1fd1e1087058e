"""Lead commissioning moves a function to an organisation, not past the law of its own bodies.

NHS Act 2006 s75; SI 2000/617 regs 8 and 9; LGHA 1989 s13(1); LGA 2000 s9E.
"""

from datetime import date

import pytest
from tests.domain.small_place import read, spoilt

from concord.domain.agreements.authority import may_decide
from concord.domain.agreements.keyness import is_key
from concord.domain.agreements.matter import Facts, Matter
from concord.domain.agreements.timetables import whose_clocks
from concord.domain.findings import Answer

ON = date(2024, 10, 15)
BODIES = """
[bodies.committee]
name = "Care Committee"
of = "council"
legal_form = "council committee"
[bodies.cabinet_committee]
name = "Cabinet Committee for Care"
of = "council"
legal_form = "cabinet committee"
[bodies.icb_committee]
name = "Place Committee of the ICB"
of = "icb"
legal_form = "NHS committee"
"""
NHS_TO_COUNCIL = """
[delegations.lead]
from = "icb_board"
to = "council"
covers = { functions = ["nhs"] }
limit = "none"
clause = "6.1"
[delegations.below]
from = "cabinet"
to = ["committee", "cabinet_committee", "director"]
covers = { functions = ["nhs"] }
limit = "none"
clause = "6.2"
"""
CARE_TO_ICB = """
[delegations.lead]
from = "cabinet"
to = "icb"
covers = { functions = ["care"] }
limit = "none"
clause = "6.1"
[delegations.below]
from = "icb_board"
to = ["icb_committee", "chief"]
covers = { functions = ["care"] }
limit = "none"
clause = "6.2"
"""


@pytest.mark.parametrize(
    ("powers", "function", "maker", "answer"),
    [
        (NHS_TO_COUNCIL, "nhs", "cabinet", Answer.STANDS),
        (NHS_TO_COUNCIL, "nhs", "cabinet_committee", Answer.STANDS),
        (NHS_TO_COUNCIL, "nhs", "director", Answer.STANDS),
        (NHS_TO_COUNCIL, "nhs", "committee", Answer.REFUSED),
        (NHS_TO_COUNCIL, "nhs", "full_council", Answer.REFUSED),
        (CARE_TO_ICB, "care", "icb_board", Answer.STANDS),
        (CARE_TO_ICB, "care", "chief", Answer.STANDS),
        (CARE_TO_ICB, "care", "icb_committee", Answer.REFUSED),
    ],
)
def test_a_led_function_goes_only_where_the_leads_own_law_lets_it(powers, function, maker, answer):
    place = read(spoilt(more=BODIES + powers))
    verdict = may_decide(place, maker, Matter((function,)), Facts(), ON)
    assert verdict.answer is answer, verdict.reasons


def test_an_nhs_function_led_by_a_council_is_the_committees_under_a_committee_system():
    place = read(
        spoilt(
            ('governance = "leader and cabinet"', 'governance = "committee system"'),
            more=BODIES + NHS_TO_COUNCIL.replace('from = "cabinet"', 'from = "full_council"'),
        )
    )
    verdict = may_decide(place, "committee", Matter(("nhs",)), Facts(), ON)
    assert verdict.answer is Answer.STANDS, verdict.reasons


def test_a_council_that_leads_owes_its_own_clocks_and_asks_its_own_key_decision():
    place = read(
        spoilt(
            (
                'governance = "leader and cabinet"',
                'governance = "leader and cabinet", key_decision = { amount = "£500,000" }',
            ),
            more=BODIES + NHS_TO_COUNCIL,
        )
    )
    assert whose_clocks(place, "icb", "cabinet", lead=True) == "council"
    assert whose_clocks(place, "icb", "icb_board", lead=False) == "icb"
    led = is_key(place, "council", Matter(("nhs",), amount=90_000_000), ON)
    assert led is not None
    assert led.key is True


def test_what_statute_gives_a_health_and_wellbeing_board_is_never_key():
    place = read(
        spoilt(
            more="""
[bodies.wellbeing]
name = "Health and Wellbeing Board"
of = "council"
legal_form = "health and wellbeing board"
[functions.strategy]
name = "Health and wellbeing strategy"
of = "council"
kind = "of the body"
body = "wellbeing"
"""
        )
    )
    found = is_key(place, "council", Matter(("strategy",), amount=90_000_000), ON)
    assert found is not None
    assert found.key is False
