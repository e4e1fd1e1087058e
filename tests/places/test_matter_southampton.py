"""Southampton's report of July 2017 as a record: each fact, typed by hand from report 001."""

from datetime import date

import pytest
from tests.places.published import (
    Published,
    defective,
    grave,
    headings,
    lists_of,
    numbers,
    numbers_by_heading,
    published,
    the,
)

from concord.domain.decisions.facts import answers
from concord.domain.decisions.words import Assessment, Nature, Option, Purpose
from concord.domain.language.values import NOT_STATED, NotStated
from concord.domain.money import pence

CABINET_DAY = date(2017, 7, 18)
COUNCIL_DAY = date(2017, 7, 19)


@pytest.fixture(scope="module")
def record() -> Published:
    return published("southampton", "shared_commissioning")


def test_the_text_can_be_read_and_kept(record: Published) -> None:
    assert record.reading.storable, list(record.reading.grave)
    assert record.dangling() == []


def test_the_checks_find_only_what_the_report_leaves_unsaid(record: Published) -> None:
    # The privacy answer was left as "Yes/No", and nobody can answer it now.
    assert grave(record.reading.findings, but=("promise",)) == ["choice.unanswered"]


# ---------------------------------------------------------------- route and recommendations
def test_one_report_goes_to_two_decision_makers_on_two_days(record: Published) -> None:
    stops = record.matter.stops
    assert {n: (s.body, s.on) for n, s in stops.items()} == {
        "cabinet": ("cabinet", CABINET_DAY),
        "council": ("full_council", COUNCIL_DAY),
    }
    assert {s.purpose for s in stops.values()} == {Purpose.DECISION}
    assert stops["council"].after == ("cabinet",)


def test_cabinet_is_asked_two_things_and_council_three(record: Published) -> None:
    assert [v for v, _ in record.asked("cabinet")] == ["approve", "delegate"]
    assert [v for v, _ in record.asked("council")] == ["approve", "delegate", "authorise"]
    assert len(record.report.recommendations) == 5


def test_executive_functions_go_to_cabinet_and_the_others_to_council(record: Published) -> None:
    for _, words in record.asked("cabinet"):
        assert "executive" in words
        assert "non-executive" not in words
    for _, words in record.asked("council")[:2]:
        assert "non-executive" in words
    for stop in ("cabinet", "council"):
        assert "within agreed budgets" in record.asked(stop)[1][1]


def test_the_constitution_is_changed_by_one_post_that_consults_four(record: Published) -> None:
    words = record.asked("council")[2][1]
    for named in (
        "Service Director: Legal and Governance", "Leader", "Group Leaders",
        "Chief Strategy Officer", "Director: Quality and Integration", "Inter Authority Agreement",
        "Executive Scheme of Delegation", "Officer Scheme of Delegation", "terms of reference",
    ):  # fmt: skip
        assert named in words


def test_notice_and_papers_were_due_on_the_days_that_arithmetic_gives(record: Published) -> None:
    # 28 clear days before Tuesday 18 July: 19 June. Five clear working days: 10 July; for
    # Wednesday 19 July: 11 July.
    cabinet, council = answers(record.matter, record.arrangement, CABINET_DAY).stops
    assert cabinet.clocks is not None
    assert council.clocks is not None
    due = {(s.clock, s.day) for s in cabinet.clocks.steps if s.day}
    assert ("forward plan", date(2017, 6, 19)) in due
    assert ("agenda and reports", date(2017, 7, 10)) in due
    assert {(s.clock, s.day) for s in council.clocks.steps if s.day} == {
        ("agenda and reports", date(2017, 7, 11))
    }


def test_the_other_partner_has_no_stop_in_the_report(record: Published) -> None:
    assert answers(record.matter, record.arrangement, CABINET_DAY).without_stop == ("ccg",)


# ---------------------------------------------------------------- header and footer
def test_header_and_footer(record: Published) -> None:
    report = record.report
    assert report.of == "The Leader of the Council"
    assert [(c.as_, c.name, c.post) for c in report.contacts] == [
        ("author", "Sarita Riley", "Service Lead, Legal Services"),
        ("author", "Stephanie Ramsey", "Director: Quality and Integration"),
        ("director", "Dawn Baxendale", "Chief Executive"),
        ("director", "John Richards", "Chief Executive"),
    ]
    assert report.confidentiality == "None."
    assert record.matter.matter.wards == "All"
    assert isinstance(report.appendices, tuple)
    assert len(report.appendices) == 1


def test_the_equality_answer_is_no_and_the_privacy_answer_is_not_stated(
    record: Published,
) -> None:
    assert isinstance(record.report.assessments, dict)
    assert record.report.assessments[Assessment.EQUALITY].needed is False
    assert record.report.assessments[Assessment.PRIVACY].needed == NOT_STATED


def test_background_papers_were_left_blank_which_is_not_none(record: Published) -> None:
    assert isinstance(record.report.background_papers, NotStated)


# ---------------------------------------------------------------- structure
def test_the_paper_has_the_headings_of_the_report_in_its_order(record: Published) -> None:
    assert headings(record.paper("southampton")) == [
        "CONTACT DETAILS",
        "STATEMENT OF CONFIDENTIALITY",
        "BRIEF SUMMARY",
        "RECOMMENDATIONS:",
        "CABINET:",
        "COUNCIL:",
        "REASONS FOR REPORT RECOMMENDATIONS",
        "ALTERNATIVE OPTIONS CONSIDERED AND REJECTED",
        "DETAIL (Including consultation carried out)",
        "Scope",
        "Governance",
        "Benefits",
        "Consultation and engagement",
        "RESOURCE IMPLICATIONS",
        "Capital/Revenue",
        "Property/Other",
        "LEGAL IMPLICATIONS",
        "Statutory power to undertake proposals in the report:",
        "Other Legal Implications:",
        "POLICY FRAMEWORK IMPLICATIONS",
        "SUPPORTING DOCUMENTATION",
        "Appendices",
        "Documents In Members' Rooms",
        "Equality Impact Assessment",
        "Privacy Impact Assessment",
        "Other Background Documents",
    ]


def test_paragraphs_are_numbered_from_1_to_31(record: Published) -> None:
    assert numbers(record.paper("southampton")) == [f"{n}." for n in range(1, 32)]


def test_each_heading_has_the_paragraphs_it_has_in_the_report(record: Published) -> None:
    found = numbers_by_heading(record.paper("southampton"))
    assert {h: (int(n[0]), int(n[-1])) for h, n in found.items()} == {
        "REASONS FOR REPORT RECOMMENDATIONS": (1, 3),
        "ALTERNATIVE OPTIONS CONSIDERED AND REJECTED": (4, 7),
        "DETAIL (Including consultation carried out)": (8, 10),
        "Scope": (11, 13),
        "Governance": (14, 18),
        "Benefits": (19, 22),
        "Consultation and engagement": (23, 23),
        "Capital/Revenue": (24, 24),
        "Property/Other": (25, 25),
        "Statutory power to undertake proposals in the report:": (26, 27),
        "Other Legal Implications:": (28, 28),
        "POLICY FRAMEWORK IMPLICATIONS": (29, 31),
    }


def test_lists_have_as_many_points_as_in_the_report(record: Published) -> None:
    assert lists_of(record.part("scope")) == [4]  # 13
    assert lists_of(record.part("governance")) == [6]  # 15
    assert lists_of(record.part("benefits")) == [6, 3, 3]  # 20, 21, 22
    assert lists_of(record.part("consultation")) == [6]  # 23
    assert lists_of(record.part("policy framework")) == [4]  # 29


def test_nothing_to_say_of_property_is_said_with_its_reason(record: Published) -> None:
    nil = record.part("property and other resources").nil
    assert isinstance(nil, str)
    assert nil.startswith("Not applicable: ")


# ---------------------------------------------------------------- figures
POOL = [
    ["Carers", 1240, 134, 1374],
    ["Clusters", 47026, 2212, 49238],
    ["Rehabilitation and reablement", 10543, 4551, 15094],
    ["Capital", "", 1882, 1882],
    ["Joint equipment store", 798, 803, 1601],
    ["Telecare", "", 250, 250],
    ["Direct payments", "", 500, 500],
    ["Long-term care", "", 2750, 2750],
    ["Integrated care teams", 9894, 16414, 26308],
    ["Prevention and early intervention", "", 6199, 6199],
]


def test_the_pool_by_scheme_and_partner_in_thousands(record: Published) -> None:
    table = record.part("financial implications").tables[0]
    assert table.columns == ("Scheme", "CCG", "SCC", "Total")
    assert table.unit == "£ thousand"
    assert [list(r) for r in table.rows] == [*POOL, ["Total", 69501, 35695, 105196]]


def test_every_row_and_column_of_the_pool_adds_up() -> None:
    for _, ccg, council, total in POOL:
        assert (ccg or 0) + (council or 0) == total
    assert sum(r[1] or 0 for r in POOL) == 69501
    assert sum(r[2] for r in POOL) == 35695
    assert sum(r[3] for r in POOL) == 69501 + 35695 == 105196


def test_the_savings_schemes_and_their_total_which_has_a_label_here(record: Published) -> None:
    table = record.part("financial implications").tables[1]
    assert [r[1] for r in table.rows] == [548, 61, 702, 1013, 2324]
    assert 548 + 61 + 702 + 1013 == 2324
    assert table.rows[-1][0] == table.total == "Total"


def test_the_facts_hold_the_same_money_as_the_tables(record: Published) -> None:
    amounts = record.matter.matter.amounts
    assert isinstance(amounts, tuple)
    costs = [a for a in amounts if a.nature is Nature.COST]
    by = {o: sum(a.amount for a in costs if a.borne_by == o) for o in ("ccg", "council")}
    assert by == {"ccg": pence("£69,501,000"), "council": pence("£35,695,000")}
    savings = [a.amount for a in amounts if a.nature is Nature.SAVING]
    assert sum(savings) == pence("£2,324,000")
    assert len(costs) == 15


def test_the_figure_in_the_text_is_the_pool_of_the_facts(record: Published) -> None:
    words = record.filled(record.part("financial implications"))
    assert "£105,196,000" in words
    assert "£2,324,000" in words


@pytest.mark.parametrize(
    ("kind", "figures"),
    [
        ("scope", ["at least £105 million"]),
        ("governance", ["3 Cabinet Members", "3 members", "28 days", "5 working days"]),
        ("benefits", ["£2.4 million", "£1 million", "£3 million", "16%", "1,500", "50%", "28"]),
        ("legal implications", ["£2 million", "all 3 Cabinet Members"]),
        ("policy framework", ["2017-19", "2020", "eight"]),
    ],
)
def test_figures_in_the_text(record: Published, kind: str, figures: list[str]) -> None:
    words = record.filled(record.part(kind))
    for figure in figures:
        assert figure in words


def test_the_act_is_cited_by_its_name(record: Published) -> None:
    assert "National Health Service Act 2006" in record.part("options considered").text


# ---------------------------------------------------------------- options
def test_eight_options_four_fall_then_three_and_one_is_left(record: Published) -> None:
    options = record.report.options
    assert isinstance(options, tuple)
    assert record.report.options_counted == len(options) == 8
    fell = [[o for o in options if o.became is Option.REJECTED and o.stage == s] for s in (1, 2)]
    assert [len(f) for f in fell] == [4, 3]
    assert [o.what for o in options if o.became is Option.PREFERRED] == [
        "A Joint Commissioning Board whose members hold delegated powers"
    ]
    assert all(o.because for o in options if o.became is Option.REJECTED)


# ---------------------------------------------------------------- promises
def test_promises_have_owners_and_their_days_are_not_stated(record: Published) -> None:
    promises = record.matter.promises
    assert promises["annual_review"].owner == "board"
    assert promises["better_care_return"].to == "nhs_england"
    assert promises["constitution"].to == "full_council"
    public = promises["public_meetings"].by
    assert isinstance(public, NotStated)
    assert public.earliest == date(2018, 4, 1)
    assert {n for n, p in promises.items() if p.by != NOT_STATED} == {"public_meetings"}


# ---------------------------------------------------------------- defects of the original
@pytest.mark.parametrize(
    ("finding", "says"),
    [
        ("choice.unanswered", "privacy"),  # X4
        ("choice.unanswered", "Yes/No"),  # X4
        ("count.not_as_listed", "Ten benefit criteria"),  # X5
        ("options.do_not_add", "seven"),  # X6: 3 + 3 + 1
        ("wording.of_another_text", "selection by Parliament"),  # X7
        ("table.unlabelled", "total"),  # X8
        ("table.word_cut_off", "admiss"),  # X8
        ("law.misnamed", "National Health Services Act 2006"),  # X9
    ],
)
def test_each_defect_of_the_published_report_is_found(finding: str, says: str) -> None:
    _, found = defective("southampton", "001")
    assert any(says in f.says for f in the(found, finding)), [str(f) for f in found]
