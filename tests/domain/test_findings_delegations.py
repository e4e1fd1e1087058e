"""Findings on delegations: to whom, of what, by whom, in a ring, and for how long."""

from datetime import date

import pytest
from tests.domain.small_place import ids, line_of, one, read, spoilt

from concord.domain.agreements.checks import findings_on
from concord.domain.findings import Weight

DIRECTOR = """\
[delegations.director]
from = "cabinet"
to = "director"
covers = { functions = ["care"], acts = ["commission", "procure"] }
limit = "£250,000"
"""


def giving(giver: str, to: str, covers: str, limit: str = "£100,000", days: str = "") -> str:
    return spoilt(
        more=f'[delegations.more]\nfrom = "{giver}"\nto = "{to}"\ncovers = {{ {covers} }}\n'
        f'limit = "{limit}"\nclause = "9"\n{days}'
    )


CARE = 'functions = ["care"]'


@pytest.mark.parametrize("to", ["planning", "board"])
def test_a_body_that_decides_nothing_can_hold_no_power(to):
    """001 ¶14: at a board of individual delegates the member decides and not the board."""
    text = giving("cabinet", to, CARE)
    finding = one(text, "deleg.holds_nothing")
    assert (finding.line, finding.weight) == (line_of(text, "[delegations.more]"), Weight.GRAVE)


def test_a_health_and_wellbeing_board_cannot_be_given_executive_functions():
    """001 ¶7."""
    more = (
        '[bodies.hwb]\nname = "Health and Wellbeing Board"\nof = "council"\n'
        'legal_form = "health and wellbeing board"\n'
        'deciding = { votes = "by member", needs = "majority" }\n'
    )
    text = giving("cabinet", "hwb", CARE) + more
    finding = one(text, "deleg.form_forbids")
    assert "executive" in finding.says
    assert finding.unverified
    ruling = (
        '[rulings.hwb]\nform = "health and wellbeing board"\nabout = "executive"\nholds = true\n'
        'by = "Monitoring Officer"\non = 2013-05-01\n'
    )
    assert "deleg.form_forbids" not in ids(text + ruling)


def test_a_regulation_10_committee_cannot_be_given_aligned_money():
    """SI 2000/617 reg 10(2); 001 ¶7."""
    more = (
        '[bodies.reg10]\nname = "Joint Committee"\nof = ["council", "icb"]\n'
        'legal_form = "regulation 10 joint committee"\n'
        'deciding = { votes = "by organisation", needs = "all", each_view = "all of its seats" }\n'
    )
    pooled = giving("cabinet", "reg10", f'{CARE}, modes = ["pooled"]') + more
    assert ids(pooled) == []
    aligned = giving("cabinet", "reg10", f'{CARE}, modes = ["pooled", "aligned"]') + more
    assert "aligned" in one(aligned, "deleg.form_forbids").says


def test_a_councils_function_cannot_be_given_to_the_other_partners_officer():
    text = giving("cabinet", "chief", CARE)
    assert "Place Director is not of Lowick Council" in one(text, "deleg.form_forbids").says


def test_a_joint_appointment_may_be_given_the_functions_of_both():
    text = giving("cabinet", "chief", CARE)
    joint = text.replace(
        'name = "Place Director", of = "icb"', 'name = "Place Director", of = "icb", '
        'acts_for = "council"',
    )  # fmt: skip
    assert "deleg.form_forbids" not in ids(joint)


def test_a_function_reaches_the_other_partner_by_lead_commissioning():
    """SI 2000/617 reg 9: what the ICB gives the council, the council's own holders may pass on."""
    text = giving("icb_board", "council", 'functions = ["nhs"]', "none") + (
        '[delegations.onward]\nfrom = "cabinet"\nto = "director"\n'
        'covers = { functions = ["nhs"] }\nlimit = "£50,000"\nclause = "10"\n'
    )
    assert ids(text.replace(*LEADING)) == []


LEADING = ('"pooled fund"]', '"pooled fund", "lead commissioning"]')


def test_lead_commissioning_needs_a_section_75_that_says_so():
    """SI 2000/617 reg 9: an agreement in writing."""
    text = giving("icb_board", "council", 'functions = ["nhs"]', "none")
    finding = one(text, "deleg.lead_without_agreement")
    assert finding.line == line_of(text, "[delegations.more]")
    assert finding.authority == "SI 2000/617, regulation 9"
    assert finding.weight is Weight.GRAVE
    silent = text.replace('flexibilities = ["pooled fund"]', 'flexibilities = "not stated"')
    assert "deleg.lead_without_agreement" not in ids(silent)


def test_a_councils_functions_go_to_the_nhs_under_regulation_8():
    text = giving("cabinet", "icb", CARE, "none")
    assert one(text, "deleg.lead_without_agreement").authority == "SI 2000/617, regulation 8"
    assert "deleg.lead_without_agreement" not in ids(text.replace(*LEADING))


def test_a_delegation_of_no_function_covers_nothing():
    text = giving("cabinet", "deputy", "functions = []")
    assert one(text, "deleg.covers_nothing").weight is Weight.GRAVE
    assert "deleg.covers_nothing" in ids(giving("cabinet", "deputy", f"{CARE}, acts = []"))


def test_nobody_gives_what_he_neither_holds_nor_was_given():
    text = giving("cabinet", "deputy", 'functions = ["plots"]')
    finding = one(text, "deleg.grantor_lacks")
    assert finding.says == ("Cabinet gives Allotments, which it neither holds by law nor was given")
    assert finding.remedy == "Council would have to give it."


def test_nobody_gives_more_money_than_he_has():
    assert ids(giving("director", "deputy", f'{CARE}, acts = ["commission"]', "£250,000")) == []
    text = giving("director", "deputy", f'{CARE}, acts = ["commission"]', "£250,001")
    assert "up to £250,001, and its own limit is £250,000" in one(text, "deleg.grantor_lacks").says
    without = giving("director", "deputy", f'{CARE}, acts = ["commission"]', "none")
    assert "without limit" in one(without, "deleg.grantor_lacks").says


def test_nobody_gives_more_acts_than_he_has():
    text = giving("director", "deputy", f'{CARE}, acts = ["commission", "decommission"]')
    assert "decommission is not among the acts" in one(text, "deleg.grantor_lacks").says
    assert "only for some acts" in one(
        giving("director", "deputy", CARE), "deleg.grantor_lacks"
    ).says  # fmt: skip


def test_nobody_gives_a_power_for_longer_than_he_has_it():
    ended = (DIRECTOR, f"{DIRECTOR}starts = 2024-04-01\nends = 2025-03-31\n")
    more = (
        '[delegations.more]\nfrom = "director"\nto = "deputy"\n'
        'covers = { functions = ["care"], acts = ["procure"] }\nlimit = "£1,000"\nclause = "9"\n'
        "starts = 2024-06-01\n"
    )
    assert "its own power ends on 31 March 2025" in one(
        spoilt(ended, more=more), "deleg.grantor_lacks"
    ).says  # fmt: skip
    assert ids(spoilt(ended, more=more + "ends = 2025-03-31\n")) == []


def test_a_limit_not_stated_but_bounded_is_passed_at_the_bound():
    known = (DIRECTOR, DIRECTOR.replace("£250,000", "not stated, below £250,000"))
    more = (
        '[delegations.more]\nfrom = "director"\nto = "deputy"\n'
        'covers = {{ functions = ["care"], acts = ["procure"] }}\nlimit = "{}"\nclause = "9"\n'
    )
    assert "deleg.grantor_lacks" in ids(spoilt(known, more=more.format("£250,000")))
    assert "deleg.grantor_lacks" not in ids(spoilt(known, more=more.format("£249,999")))


def test_nobody_is_said_to_lack_what_the_text_does_not_state():
    """A council whose own holder is not in the text may well have one."""
    text = spoilt(
        ('full_council = { name = "Council", of = "council", legal_form = "full council" }\n', ""),
        more='[delegations.more]\nfrom = "director"\nto = "deputy"\n'
        'covers = { functions = ["plots"] }\nlimit = "none"\nclause = "9"\n',
    )
    assert "deleg.grantor_lacks" not in ids(text)


def ring(days: str = "") -> str:
    return giving("director", "deputy", f'{CARE}, acts = ["procure"]') + (
        '[delegations.back]\nfrom = "deputy"\nto = "director"\n'
        f'covers = {{ functions = ["care"], acts = ["procure"] }}\nlimit = "£100,000"\n'
        f'clause = "9"\n{days}'
    )


def test_a_power_that_comes_back_to_its_giver_is_told_once_on_the_last_line_of_the_ring():
    text = ring()
    finding = one(text, "deleg.circular")
    assert finding.line == line_of(text, "[delegations.back]")
    assert "Director of Care" in finding.says
    assert "Deputy Director" in finding.says


def test_a_delegation_to_its_own_giver_is_a_ring_of_one():
    text = giving("director", "director", f'{CARE}, acts = ["procure"]')
    assert one(text, "deleg.circular").line == line_of(text, "[delegations.more]")


def test_a_yearly_renewal_needs_a_last_day():
    text = spoilt(("ends = 2025-03-31\n", ""))
    assert one(text, "deleg.renewal_needs_end").weight is Weight.GRAVE
    silent = spoilt(("ends = 2025-03-31\n", 'ends = "not stated"\n'))
    assert ids(silent) == []


RENEWED = """\
[delegations.members_2025]
from = "cabinet"
to = "board.council"
covers = {{ functions = ["care"] }}
limit = "£750,000"
renewal = "yearly"
starts = {}
ends = 2026-03-31
clause = "7.4"
"""


def test_days_between_a_power_and_its_renewal_are_told():
    """1 to 15 April are fifteen days."""
    text = spoilt(more=RENEWED.format("2025-04-16"))
    finding = one(text, "deleg.not_renewed")
    assert finding.weight is Weight.SLIGHT
    assert "15 days without it" in finding.says
    assert ids(spoilt(more=RENEWED.format("2025-04-01"))) == []


def on(text: str, day: date) -> list[str]:
    return [f.id for f in findings_on(read(text), day)]


def test_a_power_that_ends_within_ninety_days_is_told_in_time():
    """31 December 2024 is 90 days before 31 March 2025."""
    assert "deleg.ends_soon" not in on(spoilt(), date(2024, 12, 30))
    assert "deleg.ends_soon" in on(spoilt(), date(2024, 12, 31))
    assert "deleg.ends_soon" in on(spoilt(), date(2025, 3, 31))


def test_a_power_that_ended_and_was_not_renewed_is_told_after_its_last_day():
    assert "deleg.not_renewed" not in on(spoilt(), date(2025, 3, 31))
    assert "deleg.not_renewed" in on(spoilt(), date(2025, 4, 1))
    renewed = spoilt(more=RENEWED.format("2025-04-01"))
    assert "deleg.not_renewed" not in on(renewed, date(2025, 4, 1))
    assert "deleg.ends_soon" not in on(renewed, date(2025, 3, 1))


def test_what_is_only_proposed_does_not_run_out():
    text = spoilt(('clause = "7.4"\n', 'clause = "7.4"\nstanding = "proposed"\n'))
    assert not [i for i in on(text, date(2025, 4, 1)) if i.startswith("deleg.")]
