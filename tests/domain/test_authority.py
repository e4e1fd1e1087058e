"""Who may decide: who holds by law, what each legal form may do, powers given and reserved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.domain.two_places import (
    ON,
    at,
    board,
    brassing_as_written,
    brassing_with,
    half,
    matter,
    middlemarch_as_written,
    middlemarch_with,
    reasons,
)

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import Ruling, may_decide, who_may_decide
from concord.domain.agreements.delegations import MOST_CHAINS
from concord.domain.agreements.keyness import is_key
from concord.domain.agreements.matter import BEFORE, Facts, Matter
from concord.domain.agreements.membership import voting_seats
from concord.domain.agreements.words import Act, Mode
from concord.domain.findings import Answer
from concord.domain.language.values import NOT_STATED


@pytest.fixture(scope="module")
def middlemarch() -> Arrangement:
    return middlemarch_as_written()


@pytest.fixture(scope="module")
def brassing() -> Arrangement:
    return brassing_as_written()


# Who holds by law -----------------------------------------------------------------------


def test_the_cabinet_holds_executive_functions_and_full_council_the_others(middlemarch):
    assert may_decide(middlemarch, "cabinet", matter("£9,000,000"), BEFORE, ON).stands
    assert may_decide(middlemarch, "full_council", matter(), BEFORE, ON).answer is Answer.REFUSED
    virement = matter("£1,200,000", "virement")
    assert may_decide(middlemarch, "cabinet", virement, BEFORE, ON).answer is Answer.REFUSED


def test_an_elected_mayor_decides_alone():
    place = middlemarch_with(
        '[posts.mayor]\nname = "Mayor of Middlemarch"\nof = "council"\nkind = "elected mayor"\n',
        ('governance   = "leader and cabinet"', 'governance   = "mayor and cabinet"'),
    )
    assert may_decide(place, "mayor", matter("£2,000,000"), BEFORE, ON).stands
    virement = matter("£1,200,000", "virement")
    assert may_decide(place, "mayor", virement, BEFORE, ON).answer is Answer.REFUSED


def test_under_a_committee_system_full_council_holds_executive_functions_too(brassing):
    assert may_decide(brassing, "council_county", matter("£1", "homes"), BEFORE, ON).stands
    verdict = may_decide(brassing, "cabinet", matter("£1", "homes"), BEFORE, ON)
    assert verdict.answer is Answer.REFUSED


def test_the_day_before_the_committee_system_the_executive_held_them(brassing):
    last = date(2021, 5, 19)
    assert may_decide(brassing, "cabinet", matter("£1", "homes"), BEFORE, last).stands
    verdict = may_decide(brassing, "council_county", matter("£1", "homes"), BEFORE, last)
    assert verdict.answer is Answer.REFUSED


def test_an_nhs_function_is_held_by_the_successor_from_its_first_day(middlemarch):
    assert may_decide(
        middlemarch, "icb_board", matter("£1", "nhs"), BEFORE, date(2022, 7, 1)
    ).stands


def test_nobody_of_one_partner_decides_the_others_function(middlemarch):
    verdict = may_decide(middlemarch, "cabinet", matter("£1", "nhs"), BEFORE, ON)
    assert verdict.answer is Answer.REFUSED
    assert verdict.remedies == ("Ask Board of NHS Loamshire.",)


def test_no_function_named_is_not_stated(middlemarch):
    assert may_decide(middlemarch, "cabinet", Matter(()), BEFORE, ON).answer is Answer.NOT_STATED


# Lead commissioning ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        (date(2023, 3, 31), Answer.REFUSED),  # signed, and its first term begins tomorrow
        (date(2023, 4, 1), Answer.STANDS),
        (date(2026, 3, 31), Answer.STANDS),
        (date(2026, 4, 1), Answer.REFUSED),
    ],
)
def test_the_council_leads_on_learning_disability_while_the_agreement_runs(middlemarch, on, answer):
    verdict = may_decide(middlemarch, "cabinet", matter("£900,000", "learning"), BEFORE, on)
    assert verdict.answer is answer


def test_lead_commissioning_reaches_an_officer_through_cabinet(middlemarch):
    facts = Facts(consulted=frozenset({"lead_member"}))
    learning = matter("£200,000", "learning")
    assert may_decide(middlemarch, "director", learning, facts, ON).stands
    later = may_decide(middlemarch, "director", learning, facts, date(2026, 4, 1))
    assert later.answer is Answer.REFUSED


def test_an_agreement_that_one_party_had_not_signed_carries_nothing():
    place = middlemarch_with("", ("icb = 2023-03-28", "icb = 2024-11-01"))
    verdict = may_decide(place, "cabinet", matter("£1", "learning"), BEFORE, ON)
    assert verdict.answer is Answer.REFUSED
    assert "had not been signed by NHS Loamshire" in reasons(verdict)


# Legal forms ----------------------------------------------------------------------------


def test_a_regulation_10_committee_decides_pooled_money(brassing):
    facts = at("joint", county=(3,), icb=(2,))
    assert may_decide(brassing, "joint", matter("£300,000", "homes"), facts, ON).stands


def test_a_regulation_10_committee_may_not_decide_aligned_money(brassing):
    facts = at("joint", county=(3,), icb=(2,))
    aligned = matter("£300,000", "homes", mode=Mode.ALIGNED)
    verdict = may_decide(brassing, "joint", aligned, facts, ON)
    assert verdict.answer is Answer.REFUSED
    assert "within the section 75" in reasons(verdict)
    assert any("regulation 10(2)" in r.authority.law for r in verdict.against)
    both = replace(aligned, modes=(Mode.POOLED, Mode.ALIGNED))
    assert may_decide(brassing, "joint", both, facts, ON).answer is Answer.REFUSED


def test_a_regulation_10_committee_needs_to_be_told_which_money(brassing):
    facts = at("joint", county=(3,), icb=(2,))
    unsaid = matter("£300,000", "homes", mode=None)
    verdict = may_decide(brassing, "joint", unsaid, facts, ON)
    assert verdict.answer is Answer.NEEDS
    assert verdict.remedies == ("Say whether the money is pooled.",)


HWB = """
[bodies.wellbeing]
name = "Health and Wellbeing Board"
of = "council"
legal_form = "health and wellbeing board"
seats = { councillors = { of = "council", number = 3 }, icb = { of = "icb", number = 2 } }
quorum = { number = 2 }
deciding = { votes = "by member", needs = "majority" }
[functions.strategy]
name = "Joint health and wellbeing strategy"
of = "council"
kind = "of the body"
body = "wellbeing"
[delegations.wellbeing]
from = "cabinet"
to = "wellbeing"
covers = { functions = ["care"] }
limit = "none"
clause = "9"
"""
RULING = """
[rulings.wellbeing]
form = "health and wellbeing board"
about = "executive"
holds = true
by = "Lucy Standish, monitoring officer"
on = 2024-10-01
basis = "HSCA 2012 s196(2)"
"""


def test_a_health_and_wellbeing_board_may_not_decide_an_executive_function():
    facts = at("wellbeing", councillors=(3,), icb=(2,))
    place = middlemarch_with(HWB)
    verdict = may_decide(place, "wellbeing", matter(), facts, ON)
    assert verdict.answer is Answer.REFUSED
    assert "cannot exercise an executive function" in reasons(verdict)
    assert may_decide(place, "wellbeing", matter("£1", "strategy"), facts, ON).stands


def test_a_monitoring_officers_ruling_reverses_it_from_its_day():
    facts = at("wellbeing", councillors=(3,), icb=(2,))
    place = middlemarch_with(HWB + RULING)
    before = may_decide(place, "wellbeing", matter(), facts, date(2024, 9, 30))
    assert before.answer is Answer.REFUSED
    assert may_decide(place, "wellbeing", matter(), facts, date(2024, 10, 1)).stands


def test_nhs_members_of_a_health_and_wellbeing_board_vote():
    place = middlemarch_with(HWB)
    assert len(voting_seats(place, place.bodies["wellbeing"], ON)) == 2


def test_the_board_of_individual_delegates_decides_nothing_itself(middlemarch):
    verdict = may_decide(middlemarch, "board", matter(), board(), ON)
    assert verdict.answer is Answer.REFUSED
    assert "Ask its members, each under a delegation of their own." in verdict.remedies


def test_even_a_delegation_gives_a_board_of_individual_delegates_nothing():
    place = middlemarch_with(
        '[delegations.wrong]\nfrom = "cabinet"\nto = "board"\ncovers = { functions = ["care"] }\n'
        'limit = "none"\nclause = "7.8"\n'
    )
    assert may_decide(place, "board", matter(), board(), ON).answer is Answer.REFUSED


def test_committees_in_common_decide_by_each_organisations_seats():
    place = brassing_with(
        """
[bodies.common]
name = "Committees in Common"
of = ["county", "icb"]
legal_form = "committees in common"
seats = { county = { of = "county", number = 3 }, icb = { of = "icb", number = 3 } }
quorum = { each = { county = 2, icb = 2 }, counting = "all seats" }
[bodies.common.deciding]
votes = "by organisation"
needs = "each for itself"
each_view = "majority of its seats"
[delegations.common_county]
from = "council_county"
to = "common.county"
covers = { functions = ["homes"] }
limit = "none"
provided = [{ carried_at = "common" }]
clause = "5"
"""
    )
    facts = at("common", county=(3, 2), icb=(0,))
    whole = may_decide(place, "common", matter("£1", "homes"), facts, ON)
    assert whole.answer is Answer.REFUSED
    assert "Ask each organisation's own committee." in whole.remedies
    assert may_decide(place, "common.county", matter("£1", "homes"), facts, ON).stands


@pytest.mark.parametrize("form", ["scrutiny committee", "advisory"])
def test_a_body_that_only_advises_holds_no_power(form):
    place = middlemarch_with(
        f'[bodies.panel]\nname = "Panel"\nof = "council"\nlegal_form = "{form}"\n'
        '[delegations.panel]\nfrom = "cabinet"\nto = "panel"\ncovers = { functions = ["care"] }\n'
        'limit = "none"\nclause = "1"\n'
    )
    verdict = may_decide(place, "panel", matter(), BEFORE, ON)
    assert verdict.answer is Answer.REFUSED


def test_a_joint_committee_of_councils_takes_no_nhs_function():
    place = middlemarch_with(
        '[bodies.councils]\nname = "Councils"\nof = "icb"\n'
        'legal_form = "joint committee of councils"\n'
        '[delegations.councils]\nfrom = "icb_board"\nto = "councils"\n'
        'covers = { functions = ["nhs"] }\nlimit = "none"\nclause = "1"\n'
    )
    verdict = may_decide(place, "councils", matter("£1", "nhs"), BEFORE, ON)
    assert verdict.answer is Answer.REFUSED
    assert "cannot exercise an NHS function" in reasons(verdict)


def test_an_officer_of_one_partner_holds_no_power_of_the_other_without_acting_for_it():
    given = (
        '[posts.{0}]\nname = "Joint Director"\nof = "icb"\nkind = "officer"\n{1}'
        '[delegations.joint]\nfrom = "cabinet"\nto = "{0}"\ncovers = {{ functions = ["care"] }}\n'
        'limit = "none"\nclause = "1"\n'
    )
    alone = middlemarch_with(given.format("joint_director", ""))
    verdict = may_decide(alone, "joint_director", matter(), BEFORE, ON)
    assert verdict.answer is Answer.REFUSED
    assert "is not of Middlemarch Borough Council" in reasons(verdict)
    both = middlemarch_with(given.format("joint_director", 'acts_for = ["council"]\n'))
    assert may_decide(both, "joint_director", matter(), BEFORE, ON).stands


# Delegations ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        (date(2024, 3, 31), Answer.REFUSED),
        (date(2024, 4, 1), Answer.STANDS),
        (date(2025, 3, 31), Answer.STANDS),
        (date(2025, 4, 1), Answer.REFUSED),
    ],
)
def test_a_yearly_power_holds_from_its_first_to_its_last_day(middlemarch, on, answer):
    assert may_decide(middlemarch, "board.members", matter(), board(), on).answer is answer


def test_a_power_whose_last_day_is_not_stated_is_not_stated_between_its_bounds():
    ends = 'ends     = "not stated, between 2024-12-31 and 2025-03-31"\nclause   = "7.4"'
    place = middlemarch_with("", ('ends     = 2025-03-31\nclause   = "7.4"', ends))
    answers = [
        may_decide(place, "board.members", matter(), board(2, 2), day).answer
        for day in (date(2024, 12, 31), date(2025, 2, 1), date(2025, 4, 1))
    ]
    assert answers == [Answer.STANDS, Answer.NOT_STATED, Answer.REFUSED]


def test_a_power_lapses_when_the_giver_ends_unless_it_is_carried(brassing):
    last, first = date(2022, 6, 30), date(2022, 7, 1)
    nursing = matter("£40,000", "nursing")
    assert may_decide(brassing, "matron", nursing, BEFORE, last).stands
    assert may_decide(brassing, "chief", nursing, BEFORE, last).stands
    assert may_decide(brassing, "matron", nursing, BEFORE, first).stands
    lapsed = may_decide(brassing, "chief", nursing, BEFORE, first)
    assert lapsed.answer is Answer.REFUSED
    assert "has ended, and it was not carried over" in reasons(lapsed)


def test_a_carriage_that_is_not_stated_leaves_the_power_not_stated():
    place = brassing_with("", ('carries = ["kept"]', 'carries = "not stated"'))
    verdict = may_decide(place, "matron", matter("£40,000", "nursing"), BEFORE, date(2022, 7, 1))
    assert verdict.answer is Answer.NOT_STATED


@pytest.mark.parametrize(
    ("amount", "three_agree", "answer"),
    [
        ("£750,000", False, Answer.STANDS),
        ("£750,000.01", False, Answer.REFUSED),
        ("£750,000.01", True, Answer.STANDS),
        ("£1,500,000", True, Answer.STANDS),
        ("£1,500,000.01", True, Answer.REFUSED),
    ],
)
def test_a_raised_limit_is_a_second_delegation_with_one_more_condition(
    middlemarch, amount, three_agree, answer
):
    facts = board(members_for=3 if three_agree else 2)
    assert may_decide(middlemarch, "board.members", matter(amount), facts, ON).answer is answer


def test_a_saving_is_measured_by_its_size(middlemarch):
    saving = matter("-£1,500,000.01")
    assert may_decide(middlemarch, "board.members", saving, board(), ON).answer is Answer.REFUSED


def test_a_bounded_unknown_limit_is_known_from_its_bound_up():
    place = middlemarch_with(
        "",
        (
            'limit    = "£750,000"\nprovided = [{ within_budget',
            'limit    = "not stated, below £750,000"\nprovided = [{ within_budget',
        ),
    )
    facts = board(members_for=2)  # so that the raised limit is out of reach
    answers = [
        may_decide(place, "board.members", matter(amount), facts, ON).answer
        for amount in ("£1", "£749,999.99", "£750,000")
    ]
    assert answers == [Answer.NOT_STATED, Answer.NOT_STATED, Answer.REFUSED]
    nothing = replace(matter(), amount=None)
    assert may_decide(place, "board.members", nothing, facts, ON).stands


def test_an_unknown_amount_needs_to_be_known(middlemarch):
    unknown = replace(matter(), amount=NOT_STATED)
    verdict = may_decide(middlemarch, "board.members", unknown, board(), ON)
    assert verdict.answer is Answer.NEEDS
    assert "Say what it costs." in verdict.remedies
    assert may_decide(middlemarch, "cabinet", unknown, BEFORE, ON).stands


def test_a_power_over_named_acts_does_not_reach_an_act_not_named(middlemarch):
    facts = Facts(consulted=frozenset({"lead_member"}))
    no_act = replace(matter("£200,000"), act=None)
    verdict = may_decide(middlemarch, "director", no_act, facts, ON)
    assert verdict.answer is Answer.REFUSED
    assert "Say which act it is." in verdict.remedies
    other = may_decide(middlemarch, "director", matter(act=Act.APPOINT), facts, ON)
    assert other.answer is Answer.REFUSED
    assert may_decide(middlemarch, "director", matter(act=Act.PROCURE), facts, ON).stands


def test_a_power_through_an_officer_is_bounded_by_every_step():
    place = middlemarch_with(
        '[posts.manager]\nname = "Manager"\nof = "council"\nkind = "officer"\n'
        '[delegations.sub]\nfrom = "director"\nto = "manager"\ncovers = { functions = ["care"] }\n'
        'limit = "£400,000"\nclause = "12.9"\n'
    )
    facts = Facts(consulted=frozenset({"lead_member"}))
    assert may_decide(place, "manager", matter("£250,000"), facts, ON).stands
    over = may_decide(place, "manager", matter("£300,000"), facts, ON)
    assert over.answer is Answer.REFUSED
    assert "£250,000" in reasons(over)


def test_a_circular_delegation_comes_to_an_end():
    place = middlemarch_with(
        '[posts.manager]\nname = "Manager"\nof = "council"\nkind = "officer"\n'
        '[delegations.down]\nfrom = "director"\nto = "manager"\ncovers = { functions = ["care"] }\n'
        'limit = "none"\nclause = "1"\n'
        '[delegations.up]\nfrom = "manager"\nto = ["director", "manager", "cabinet"]\n'
        'covers = { functions = ["care"] }\nlimit = "none"\nclause = "2"\n'
    )
    facts = Facts(consulted=frozenset({"lead_member"}))
    assert may_decide(place, "manager", matter("£250,000"), facts, ON).stands
    ruling = who_may_decide(place, matter("£250,000"), facts, ON)
    assert all(
        len(set(o.chain.makers)) == len(o.chain.makers) for o in half(ruling, "council").options
    )


def test_a_tangle_of_powers_is_answered_soon():
    # Nine posts that each give to all: about a million ways, none of them longer than need be.
    posts = [f"officer_{n}" for n in range(9)]
    more = "".join(
        f'[posts.{p}]\nname = "{p}"\nof = "council"\nkind = "officer"\n'
        f'[delegations.of_{p}]\nfrom = "{p}"\nto = {[q for q in posts if q != p]}\n'
        'covers = { functions = ["care"] }\nlimit = "none"\nclause = "1"\n'
        for p in posts
    )
    first = (
        f'[delegations.first]\nfrom = "cabinet"\nto = {posts}\n'
        'covers = { functions = ["care"] }\nlimit = "£50,000"\nclause = "1"\n'
    )
    place = middlemarch_with(more + first)
    assert may_decide(place, "officer_8", matter("£50,000"), BEFORE, ON).stands
    ruling = who_may_decide(place, matter("£50,000"), BEFORE, ON)
    assert len(half(ruling, "council").options) <= MOST_CHAINS


# Reservations ---------------------------------------------------------------------------


def test_a_reservation_beats_every_delegation(middlemarch):
    closure = matter("£1", act=Act.DECOMMISSION)
    verdict = may_decide(middlemarch, "board.members", closure, board(), ON)
    assert verdict.answer is Answer.REFUSED
    assert "this is reserved to Cabinet" in reasons(verdict)
    assert "Take it to Cabinet." in verdict.remedies
    assert may_decide(middlemarch, "cabinet", closure, BEFORE, ON).stands


def test_a_reservation_on_a_key_the_matter_is_silent_on_needs_an_answer(middlemarch):
    silent = replace(matter(), act=None)
    verdict = may_decide(middlemarch, "board.members", silent, board(), ON)
    assert verdict.answer is Answer.NEEDS
    assert "part of this may be reserved to Cabinet" in reasons(verdict)


def test_what_is_reserved_to_a_holder_waits_for_its_own_conditions(middlemarch):
    virement = matter("£1,200,000", "virement", act=Act.VARY_BUDGET)
    assert may_decide(middlemarch, "full_council", virement, BEFORE, ON).answer is Answer.NEEDS
    nothing = may_decide(middlemarch, "full_council", virement, Facts(), ON)
    assert nothing.answer is Answer.REFUSED
    recommended = Facts(recommended=frozenset({"cabinet"}))
    assert may_decide(middlemarch, "full_council", virement, recommended, ON).stands


# Halves and capacity --------------------------------------------------------------------


def test_a_matter_of_both_partners_is_two_halves_and_takes_the_worst(middlemarch):
    both = matter("£700,000", "care", "nhs")
    ruling = who_may_decide(middlemarch, both, board(), ON)
    assert [h.organisation for h in ruling.halves] == ["council", "icb"]
    assert ruling.answer is Answer.STANDS
    after = who_may_decide(middlemarch, both, board(), date(2025, 4, 1))
    members = [o for o in half(after, "council").options if o.maker == "board.members"]
    assert {o.verdict.answer for o in members} == {Answer.REFUSED}
    icb = [o for o in half(after, "icb").options if o.maker == "board.icb"]
    assert {o.verdict.answer for o in icb} == {Answer.STANDS}


def test_nobody_holds_both_halves_alone(middlemarch):
    both = matter("£700,000", "care", "nhs")
    for maker in ("cabinet", "icb_board", "board.members", "board.icb", "board"):
        assert may_decide(middlemarch, maker, both, board(), ON).answer is Answer.REFUSED


def capacity(ruling: Ruling, body: str) -> str:
    (found,) = (c.verb for c in ruling.capacities if c.body == body)
    return found


def test_a_body_decides_through_its_seats_or_recommends_or_notes(middlemarch):
    small = who_may_decide(middlemarch, matter(), board(), ON)
    assert capacity(small, "board") == "decide"
    large = who_may_decide(middlemarch, matter("£5,000,000"), board(), ON)
    assert capacity(large, "board") == "recommend"
    assert capacity(large, "executive_group") == "note and refer"
    (group,) = (c for c in large.capacities if c.body == "executive_group")
    assert "cabinet" in group.refer_to


def test_a_body_with_both_halves_decides_only_where_both_stand():
    place = brassing_with(
        """
[delegations.icb_joint]
from = "icb_board"
to = "joint"
covers = { functions = ["nursing"] }
limit = "£100,000"
clause = "2.7"
"""
    )
    facts = at("joint", county=(3,), icb=(2,))
    both = who_may_decide(place, matter("£90,000", "homes", "nursing"), facts, ON)
    assert capacity(both, "joint") == "decide"
    # £400,000 is the county's limit and £100,000 the other's, whichever is named first.
    for functions in (("homes", "nursing"), ("nursing", "homes")):
        dearer = who_may_decide(place, matter("£200,000", *functions), facts, ON)
        assert capacity(dearer, "joint") == "note and refer"


def test_a_function_that_the_text_does_not_know_is_not_stated(middlemarch):
    unknown = matter("£1", "care", "parking")
    verdict = may_decide(middlemarch, "cabinet", unknown, BEFORE, ON)
    assert verdict.answer is Answer.NOT_STATED
    assert "the text defines no function parking" in reasons(verdict)
    assert who_may_decide(middlemarch, unknown, BEFORE, ON).answer is Answer.NOT_STATED


def test_routes_are_ordered_best_first_then_by_the_larger_limit(middlemarch):
    options = half(who_may_decide(middlemarch, matter(), board(), ON), "council").options
    answers = [o.verdict.answer for o in options]
    assert answers == sorted(answers, reverse=True)
    stand = [o.limit for o in options if o.verdict.stands]
    assert stand == sorted(stand, reverse=True)


# Key decisions --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "wards", "key"),
    [
        ("£500,000", 1, False),  # not more than the figure
        ("£500,000.01", 1, True),
        ("-£500,000.01", 1, True),  # a saving
        ("£1", 2, True),
        ("£1", None, None),  # how many wards is not known
        ("£600,000", None, True),
    ],
)
def test_a_decision_is_key_above_the_figure_or_from_so_many_wards(middlemarch, amount, wards, key):
    asked = replace(matter(amount), wards=wards)
    assert is_key(middlemarch, "council", asked, ON).key is key


def test_an_unknown_amount_leaves_key_not_stated(middlemarch):
    asked = replace(matter(), amount=NOT_STATED, wards=1)
    assert is_key(middlemarch, "council", asked, ON).key is None


def test_no_decision_of_the_nhs_or_of_a_committee_system_is_key(middlemarch, brassing):
    assert is_key(middlemarch, "icb", matter("£9,000,000"), ON) is None
    assert is_key(brassing, "county", matter("£9,000,000", "homes"), ON).key is False
    virement = matter("£9,000,000", "virement")
    assert is_key(middlemarch, "council", virement, ON).key is False
