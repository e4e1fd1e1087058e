"""Middlemarch's two matters: one whole, for every house's paper; one still a draft."""

from datetime import date

import pytest
from tests.domain.route_texts import calendar
from tests.places.published import Published, grave, numbers, published, the

from concord.documents.house import house_formats
from concord.documents.layout import lay_out
from concord.documents.paper import Audience, Paper, Paragraph
from concord.domain.decisions.checks.passages import all_parts
from concord.domain.decisions.facts import answers
from concord.domain.decisions.routes import plan_route
from concord.domain.decisions.sign_offs import (
    Event,
    Move,
    State,
    may_sign,
    may_submit,
    standings,
)
from concord.domain.decisions.words import Nature, Option, PartKind, Purpose
from concord.domain.findings import Answer
from concord.domain.language.values import NOT_STATED
from concord.domain.money import pence

TODAY = date(2026, 11, 24)
SIX = ("city_of_london", "doncaster", "icb_board", "nottinghamshire", "sheffield", "southampton")


@pytest.fixture(scope="module")
def care() -> Published:
    return published("middlemarch", "home_care")


@pytest.fixture(scope="module")
def beds() -> Published:
    return published("middlemarch", "reablement_beds")


def printed(record: Published, house: str, audience: Audience, stop: str = "") -> Paper:
    laid = lay_out(record.matter, record.arrangement, house_formats()[house], audience, stop)
    assert laid.findings == ()
    assert laid.paper is not None
    return laid.paper


@pytest.mark.parametrize("matter", ["home_care", "reablement_beds"])
def test_both_can_be_read_and_kept(matter: str) -> None:
    record = published("middlemarch", matter)
    assert record.reading.storable, list(record.reading.grave)
    assert record.dangling() == []


# ---------------------------------------------------------------- home care: whole
def test_nothing_has_to_be_mended_in_it_or_looked_at(care: Published) -> None:
    assert care.reading.findings == ()


def test_only_signatures_stand_between_it_and_its_meeting(care: Published) -> None:
    found = standings(care.matter, care.arrangement, (), TODAY)
    verdict = may_submit(care.matter, found, care.reading.findings)
    assert verdict.answer is Answer.NEEDS
    assert len(verdict.reasons) == len(found) == 7


def test_seven_sign_in_order_each_with_days_and_six_with_somebody_to_stand_in(
    care: Published,
) -> None:
    found = standings(care.matter, care.arrangement, (), TODAY)
    assert [(s.who, s.row.days) for s in found] == [
        ("finance", 3), ("icb_cfo", 3), ("monitoring_officer", 3), ("public_health_director", 2),
        ("integration_manager", 1), ("icb_chief", 2), ("director", 2),
    ]  # fmt: skip
    assert [s.who for s in found if not s.alternate] == ["monitoring_officer"]
    assert [s.who for s in found if s.delegable is False] == ["monitoring_officer"]


def test_every_kind_of_part_is_in_it(care: Published) -> None:
    kinds = [p.kind for p in all_parts(care.report.parts) if p.kind]
    assert set(kinds) == set(PartKind)
    assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize("house", SIX)
def test_it_prints_in_every_house_s_format_without_a_gap(care: Published, house: str) -> None:
    paper = printed(care, house, Audience.FULL)
    assert set(paper.left_out) <= {str(k) for k in house_formats()[house].leaves_out}
    # Telephone numbers and e-mail addresses are held by nobody: one at Sheffield, and two for
    # each of three people at Southampton.
    unknown = {"sheffield": 1, "southampton": 6}.get(house, 0)
    assert str(paper.blocks).count("Not stated") == unknown


@pytest.mark.parametrize("house", SIX)
def test_what_is_exempt_is_not_in_the_public_version_and_no_number_moves(
    care: Published, house: str
) -> None:
    full, public = (printed(care, house, a) for a in (Audience.FULL, Audience.PUBLIC))
    for withheld in ("Raffles", "Larcher", "2,240", "3,260", "pence an hour"):
        assert withheld in str(full)
        assert withheld not in str(public)
    assert numbers(public)[-1] == numbers(full)[-1]
    assert "paragraph 3" in str(public)


@pytest.mark.parametrize(
    ("house", "number"),
    [
        ("city_of_london", "1"),  # the first of the main report
        ("doncaster", "12"),  # after 4 of summary, 1 of exemption, 5 of asking, 1 for residents
        ("icb_board", "4.3"),  # after 2 of background
        ("nottinghamshire", "2"),  # after the purpose
        ("sheffield", "1.1.1"),
        ("southampton", "9"),  # after 1 of reasons, 5 of options, 2 of detail
    ],
)
def test_the_text_speaks_of_a_paragraph_by_its_number_in_each_format(
    care: Published, house: str, number: str
) -> None:
    paragraphs = (b for b in printed(care, house, Audience.FULL).blocks if isinstance(b, Paragraph))
    words = ["".join(run.text for run in b.runs) for b in paragraphs]
    (told,) = (w for w in words if "It answers the problems" in w)
    assert f"from paragraph {number} on" in told


def test_the_amount_needs_cabinet_and_the_icb_s_board_and_the_board_recommends(
    care: Published,
) -> None:
    found = answers(care.matter, care.arrangement, date(2027, 3, 24))
    assert found.without_stop == ()
    assert [k.key for k in found.keys if k.organisation == "council"] == [True]
    assert [s.purpose for s in care.matter.stops.values()] == [
        Purpose.CONSULTATION, Purpose.RECOMMENDATION, Purpose.DECISION, Purpose.DECISION,
        Purpose.INFORMATION,
    ]  # fmt: skip


def test_its_route_goes_over_easter_a_recess_and_an_election(care: Published) -> None:
    found = plan_route(care.arrangement, care.matter, calendar("middlemarch"), TODAY)
    assert found.feasible
    assert {s.id: s.on for s in found.steps} == {
        "scrutiny": date(2027, 3, 8),
        "board": date(2027, 3, 24),
        "icb": date(2027, 5, 13),
        "cabinet": date(2027, 5, 25),
        "wellbeing": date(2027, 6, 9),
    }
    # Cabinet's decision is published by 27 May. Five working days without Monday 31 May, a bank
    # holiday, are 28 May and 1, 2, 3 and 4 June; in effect on the 5th, before 1 July.
    assert found.effective == date(2027, 6, 5)
    # Signed off ten working days before 8 March, which is 22 February; sixteen working days
    # of signing before that begin on 29 January.
    assert found.first_draft_due == date(2027, 1, 29)
    cabinet = found.step("cabinet")
    assert cabinet is not None
    # 28 clear days before 25 May.
    assert {n.day for n in cabinet.dues.notices if n.day} >= {date(2027, 4, 26)}


def test_it_is_told_that_the_start_moved_and_from_when(care: Published) -> None:
    facts = care.matter.matter
    assert (facts.first_planned, facts.wanted) == (date(2027, 4, 1), date(2027, 7, 1))
    assert "moved to 1 July 2027" in care.part("summary").text
    assert the(care.reading.findings, "day.moved") == []


LINES = [
    ("Personal care", 1180000, ""),
    ("Night care", 220000, 230000),
    ("Carers' breaks", 100000, ""),
    ("Nursing tasks", "", 610000),
    ("Last weeks of life", "", 60000),
]


def test_the_table_of_costs_adds_up_and_is_the_matter_s_own_money(care: Published) -> None:
    assert sum(c or 0 for _, c, _ in LINES) == 1500000
    assert sum(i or 0 for _, _, i in LINES) == 900000
    table = care.part("financial implications").tables[0]
    assert [tuple(r[:3]) for r in table.rows[:-1]] == LINES
    assert list(table.rows[-1]) == ["Total", 1500000, 900000, 2400000]
    amounts = care.matter.matter.amounts
    assert isinstance(amounts, tuple)
    by = {
        o: sum(a.amount for a in amounts if a.borne_by == o and a.nature is Nature.COST)
        for o in ("council", "icb")
    }
    assert by == {"council": pence("£1,500,000"), "icb": pence("£900,000")}
    assert "£2,400,000" in care.filled(care.part("summary"))


def test_the_other_tables_add_up() -> None:
    assert (371 + 94 + 147, 98 + 32 + 41, 81 + 24 + 27, 54 + 18 + 13) == (612, 171, 132, 85)
    assert (371 + 98 + 81 + 54, 94 + 32 + 24 + 18, 147 + 41 + 27 + 13) == (604, 168, 228)
    assert 604 + 168 + 228 == 1000
    assert (4 + 12 + 1, 18 + 20 + 15, 27 + 29 + 9, 34 + 27 + 20) == (17, 53, 65, 81)


def test_four_options_one_preferred_and_three_rejected_with_reasons(care: Published) -> None:
    options = care.report.options
    assert isinstance(options, tuple)
    assert [o.became for o in options].count(Option.PREFERRED) == 1
    assert all(o.because for o in options if o.became is Option.REJECTED)
    assert care.report.options_counted == len(options) == 4


def test_every_promise_has_an_owner_and_a_day(care: Published) -> None:
    promises = care.matter.promises.values()
    assert {p.owner for p in promises} == {
        "director", "integration_manager", "pool_manager", "icb_chief",
    }  # fmt: skip
    assert all(isinstance(p.by, date) for p in promises)


# ---------------------------------------------------------------- reablement beds: a draft
def test_the_draft_has_the_defects_that_it_was_given_and_no_other(beds: Published) -> None:
    assert sorted(grave(beds.reading.findings)) == [
        "appendix.not_listed",
        "blank.comment_date",
        "blank.placeholder",
        "promise.no_day",
        "table.row_does_not_add",
        "table.total_does_not_add",
    ]
    (gap,) = the(beds.reading.findings, "blank.placeholder")
    assert "insert figure" in gap.says
    assert beds.matter.promises["a_year_later"].by == NOT_STATED


def test_the_total_that_does_not_add_up_has_two_figures_changed_about() -> None:
    assert 98000 + 88000 == 186000 != 168000


def test_it_is_small_enough_for_the_joint_board_in_january(beds: Published) -> None:
    found = answers(beds.matter, beds.arrangement, date(2027, 1, 27))
    assert found.without_stop == ()
    assert all(key.key is False for key in found.keys)
    plan = plan_route(beds.arrangement, beds.matter, calendar("middlemarch"), TODAY)
    assert plan.feasible
    # 27 January; published by the 29th; call-in 1 to 5 February.
    assert plan.effective == date(2027, 2, 6)


def test_its_paper_is_that_of_both_partners(beds: Published) -> None:
    paper = printed(beds, "icb_board", Audience.FULL)
    assert paper.organisation == (
        "Middlemarch Borough Council and NHS Loamshire Integrated Care Board"
    )


def test_the_signature_of_finance_is_late_and_another_may_sign(beds: Published) -> None:
    asked = Event("Finance", Move.ASKED, date(2026, 11, 13))
    lead, finance, partner = standings(beds.matter, beds.arrangement, (asked,), TODAY)
    assert lead.state is State.SIGNED
    # Three working days from Friday 13 November: the 16th, 17th and 18th. The 19th, 20th, 23rd
    # and 24th are four too many.
    assert (finance.state, finance.due, finance.days_late) == (
        State.LATE, date(2026, 11, 18), 4,
    )  # fmt: skip
    assert may_sign(finance, "pool_manager").answer is Answer.STANDS
    assert partner.state is State.NOT_ASKED
