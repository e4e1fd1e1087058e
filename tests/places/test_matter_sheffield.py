"""Sheffield's report of March 2019 as a record: each fact, typed by hand from report 000."""

from datetime import date

import pytest
from tests.places.published import (
    Published,
    defective,
    grave,
    headings,
    lists_of,
    numbers,
    published,
    the,
)

from concord.domain.decisions.facts import answers
from concord.domain.decisions.report import SignOff
from concord.domain.decisions.words import Assessment, Option, SignOffMode
from concord.domain.language.values import NOT_STATED, NotStated

DAY = date(2019, 3, 20)


@pytest.fixture(scope="module")
def record() -> Published:
    return published("sheffield", "joint_commissioning")


def sign_off(record: Published, role: str) -> SignOff:
    assert isinstance(record.report.sign_offs, tuple)
    (found,) = (s for s in record.report.sign_offs if s.role == role)
    return found


def test_the_text_can_be_read_and_kept(record: Published) -> None:
    assert record.reading.storable, list(record.reading.grave)
    assert record.dangling() == []


def test_the_checks_find_only_what_the_report_leaves_unsaid(record: Published) -> None:
    # The lead officer's date was never put in, and nobody can put it in now.
    assert grave(record.reading.findings, but=("promise",)) == ["blank.sign_off_date"]


# ---------------------------------------------------------------- route and recommendations
def test_leader_and_cabinet_take_it_on_one_day(record: Published) -> None:
    assert {n: (s.body, s.on) for n, s in record.matter.stops.items()} == {
        "leader": ("leader", DAY),
        "cabinet": ("cabinet", DAY),
    }


def test_cabinet_is_asked_to_note_and_endorse_and_the_leader_to_agree(record: Published) -> None:
    assert [v for v, _ in record.asked("cabinet")] == ["note", "endorse"]
    assert [v for v, _ in record.asked("leader")] == ["agree"]
    assert [len(r.points) for r in record.report.recommendations] == [0, 0, 3]


def test_the_amendment_names_section_75_and_its_act(record: Published) -> None:
    words = record.asked("leader")[0][1]
    assert "section 75 of the National Health Service Act 2006" in words
    assert "joint committee" in words


def test_it_is_key_for_both_reasons_that_the_form_ticks(record: Published) -> None:
    facts = record.matter.matter
    assert facts.key_because == (
        "Expenditure and/or savings over £500,000", "Affects 2 or more wards",
    )  # fmt: skip
    assert facts.amounts == NOT_STATED
    (council,) = answers(record.matter, record.arrangement, DAY).keys
    assert council.key is True


def test_notice_and_papers_were_due_on_the_days_that_arithmetic_gives(record: Published) -> None:
    # 28 clear days before Wednesday 20 March 2019: 19 February. Five clear working days: 12 March.
    stops = {s.stop: s for s in answers(record.matter, record.arrangement, DAY).stops}
    clocks = stops["cabinet"].clocks
    assert clocks is not None
    due = {(s.clock, s.day) for s in clocks.steps if s.day}
    assert ("forward plan", date(2019, 2, 19)) in due
    assert ("agenda and reports", date(2019, 3, 12)) in due


# ---------------------------------------------------------------- cover and sign-off
def test_the_cover(record: Published) -> None:
    report = record.report
    assert report.of == "Executive Director of People Services Portfolio"
    assert report.portfolio == "Health and Social Care"
    assert report.scrutiny == "Healthier Communities and Adult Social Care"
    assert [(c.name, c.post) for c in report.contacts] == [
        ("Greg Fell", "Director of Public Health")
    ]
    assert isinstance(report.assessments, dict)
    assert report.assessments[Assessment.EQUALITY].made is True
    assert report.assessments[Assessment.EQUALITY].reference == "533"
    assert not record.matter.exempt


def test_three_officers_and_four_cabinet_members_were_consulted(record: Published) -> None:
    assert [(c.as_, c.name) for c in record.report.consulted] == [
        ("Finance", "Liz Gough"),
        ("Legal", "Gill Duckworth"),
        ("Equalities", "Bashir Khan"),
        ("Cabinet Member", "Cllr Chris Peace"),
        ("Cabinet Member", "Cllr Jackie Drayton"),
        ("Cabinet Member", "Cllr Olivia Blake"),
        ("Cabinet Member", "Cllr Lewis Dagnall"),
    ]


def test_approval_comes_before_the_lead_officers_certificate(record: Published) -> None:
    assert record.report.sign_off_mode is SignOffMode.IN_ORDER
    assert sign_off(record, "EMT member").name == "Jayne Ludlam"
    assert sign_off(record, "Lead Officer").name == "Greg Fell"
    assert sign_off(record, "Lead Officer").signed == NOT_STATED


def test_no_background_papers_is_an_answer(record: Published) -> None:
    assert record.report.background_papers == ()


# ---------------------------------------------------------------- structure
def test_the_paper_has_the_headings_of_the_report_in_its_order(record: Published) -> None:
    assert [h.casefold() for h in headings(record.paper("sheffield"))] == [
        "purpose of report:",
        "recommendations:",
        "background papers:",
        "1. proposal",
        "1.1 what are the problems?",
        "1.2 what is already in place?",
        "1.2.1 how we work together to commission health and care services",
        "1.2.2 health and care services: areas of priority focus for commissioning",
        "1.3 what are our plans?",
        "1.3.1 shared vision for joint commissioning",
        "1.3.2 the new joint commissioning committee and governance arrangements",
        "1.3.3 commissioning arrangements for health and social care",
        "2. how does this decision contribute ?",
        "3. has there been any consultation?",
        "4. risk analysis and implications of the decision",
        "4.1 equality of opportunity implications",
        "4.2 financial and commercial implications",
        "4.3 legal implications",
        "4.4 other implications",
        "5. alternative options considered",
        "5.1 do nothing",
        "5.2 the council delivers statutory responsibilities only",
        "5.3 alternative joint commissioning model",
        "6. reasons for recommendations",
    ]


def test_paragraphs_have_the_numbers_of_the_report_to_four_levels(record: Published) -> None:
    wanted = [f"1.1.{n}" for n in range(1, 4)]
    wanted += [f"1.2.1.{n}" for n in range(1, 9)] + ["1.2.2.1"]
    wanted += [f"1.3.1.{n}" for n in range(1, 6)]
    wanted += [f"1.3.2.{n}" for n in range(1, 8)]
    wanted += ["1.3.3.1", "1.3.3.2", "2.1", "2.2", "3.1"]
    wanted += [f"4.1.{n}" for n in range(1, 5)]
    wanted += [f"4.2.{n}" for n in range(1, 9)]
    wanted += ["4.3.1", "4.4.1", "6.1", "6.2"]
    assert numbers(record.paper("sheffield")) == wanted


def test_lists_have_as_many_points_as_in_the_report(record: Published) -> None:
    together, priority = record.part("already in place").parts
    vision, committee, arrangements = record.part("plans").parts
    assert lists_of(together) == [3, 4, 5]  # 1.2.1.1, 1.2.1.2, 1.2.1.8
    assert lists_of(vision) == [5, 7, 3, 3]  # 1.3.1.1 to 1.3.1.4
    assert lists_of(record.part("contribution to outcomes")) == [5, 4]  # 2.1, 2.2
    assert lists_of(record.part("financial implications")) == [4]  # 4.2.5
    assert [lists_of(p) for p in (priority, committee, arrangements)] == [[], [], []]


def test_interventions_are_referred_to_where_the_priorities_stand(record: Published) -> None:
    assert "section {part:vision}" in record.part("financial implications").text
    assert not [f for f in record.reading.findings if f.id.startswith("reference.")]


def test_no_other_implication_is_an_answer_with_words(record: Published) -> None:
    assert record.part("other implications").nil


@pytest.mark.parametrize(
    ("kind", "figures"),
    [
        ("problems", ["seven significant weaknesses", "January 2019"]),
        ("contribution to outcomes", ["January 2019"]),
        ("financial implications", ["£10 million", "three areas"]),
        ("legal implications", ["Regulation 10(2)", "Regulations 2000"]),
    ],
)
def test_figures_in_the_text(record: Published, kind: str, figures: list[str]) -> None:
    words = record.filled(record.part(kind))
    for figure in figures:
        assert figure in words


def test_four_and_four_sit_on_the_committee_and_the_gap_is_61_million(record: Published) -> None:
    committee = record.part("plans").parts[1].text
    assert "4 Cabinet Members and 4 members of the" in committee
    assert "£61 million by 2023" in record.part("options considered").parts[0].text


def test_three_alternatives_are_rejected_and_the_committee_is_preferred(record: Published) -> None:
    options = record.report.options
    assert isinstance(options, tuple)
    assert [o.became for o in options] == [Option.REJECTED] * 3 + [Option.PREFERRED]
    assert len(record.part("options considered").parts) == 3


def test_the_committee_was_hoped_for_by_april(record: Published) -> None:
    promise = record.matter.promises["committee"]
    assert isinstance(promise.by, NotStated)
    assert promise.by.latest == date(2019, 4, 30)
    assert promise.words_ == "by April"


def test_an_equality_assessment_is_promised_for_each_new_service(record: Published) -> None:
    promise = record.matter.promises["equality_assessments"]
    assert promise.owner == NOT_STATED
    assert promise.by == NOT_STATED
    assert promise.sources == ("000 4.1.4",)


# ---------------------------------------------------------------- defects of the original
@pytest.mark.parametrize(
    ("finding", "says"),
    [
        ("blank.placeholder", "(Insert date)"),  # X1
        ("blank.sign_off_date", "Lead Officer"),  # X1
        ("reference.does_not_say", "interventions"),  # X2
        ("recommendation.addresses_another", "The Leader"),  # X3
    ],
)
def test_each_defect_of_the_published_report_is_found(finding: str, says: str) -> None:
    _, found = defective("sheffield", "000")
    assert any(says in f.says for f in the(found, finding)), [str(f) for f in found]
