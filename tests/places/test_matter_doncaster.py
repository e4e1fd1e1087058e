"""Doncaster's report of April 2018 as a record: each fact, typed by hand from report 004."""

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
from concord.domain.decisions.report import Comment
from concord.domain.decisions.words import Option, Purpose
from concord.domain.language.values import NOT_STATED, NotStated

DAY = date(2018, 4, 24)


@pytest.fixture(scope="module")
def record() -> Published:
    return published("doncaster", "place_plan_agreements")


def test_the_text_can_be_read_and_kept(record: Published) -> None:
    assert record.reading.storable, list(record.reading.grave)
    assert record.dangling() == []


def test_nothing_is_left_to_mend_but_promises_without_owner_or_day(record: Published) -> None:
    assert grave(record.reading.findings, but=("promise",)) == []


# ---------------------------------------------------------------- route and recommendations
def test_it_goes_to_cabinet_on_24_april_2018(record: Published) -> None:
    (stop,) = record.matter.stops.values()
    assert (stop.body, stop.on, stop.purpose) == ("cabinet", DAY, Purpose.DECISION)
    assert record.report.dated == DAY


def test_cabinet_is_asked_four_things(record: Published) -> None:
    assert [v for v, _ in record.asked("cabinet")] == ["delegate", "delegate", "approve", "approve"]


def test_each_agreement_is_finalised_by_one_post_that_consults_three(record: Published) -> None:
    for (_, words), agreement in zip(
        record.asked("cabinet")[:2],
        ("Joint Commissioner Agreement", "Provider Collaboration Agreement"),
        strict=True,
    ):
        assert agreement in words
        for post in (
            "Director of Health and Social Care Transformation",
            "Director of Learning and Opportunities", "Chief Finance Officer",
            "Portfolio holder for Adult Social Care",
        ):  # fmt: skip
            assert post in words


def test_each_agreement_is_signed_by_the_chief_executive_under_its_registered_name(
    record: Published,
) -> None:
    signed = [words for _, words in record.asked("cabinet")[2:]]
    assert "Joint Commissioner Agreement" in signed[0]
    assert "Provider Collaboration Agreement" in signed[1]
    assert all("Chief Executive" in words for words in signed)


def test_notice_and_papers_were_due_on_the_days_that_arithmetic_gives(record: Published) -> None:
    # 28 clear days before Tuesday 24 April 2018: 26 March. Five clear working days: 16 April.
    (cabinet,) = answers(record.matter, record.arrangement, DAY).stops
    assert cabinet.clocks is not None
    due = {(s.clock, s.day) for s in cabinet.clocks.steps if s.day}
    assert ("forward plan", date(2018, 3, 26)) in due
    assert ("agenda and reports", date(2018, 4, 16)) in due


def test_joint_commissioning_was_first_to_start_365_days_earlier(record: Published) -> None:
    facts = record.matter.matter
    assert facts.first_planned == date(2018, 4, 1)
    assert facts.wanted == date(2019, 4, 1)
    assert (date(2019, 4, 1) - date(2018, 4, 1)).days == 365
    assert "day.moved" not in {f.id for f in record.reading.findings}


def test_the_agreements_commit_no_money(record: Published) -> None:
    assert record.matter.matter.amounts == ()


# ---------------------------------------------------------------- header and end
def test_five_cabinet_members_all_wards_and_nothing_exempt(record: Published) -> None:
    assert record.report.lead_members == (
        "Glyn Jones", "Rachael Blake", "Nuala Fennelly", "Nigel Ball", "Chris McGuinness",
    )  # fmt: skip
    assert record.matter.matter.wards == "All"
    assert not record.matter.exempt
    assert record.matter.matter.private is False


def test_author_contributor_and_director(record: Published) -> None:
    assert [(c.as_, c.name, c.post) for c in record.report.contacts] == [
        ("author", "Chris Marsh", "DGT Programme Development Support"),
        ("contributor", "Cath Doman", "Director of Health and Social Care Transformation"),
        ("director", "Rupert Suckling", "Director of Public Health"),
    ]


def test_five_background_papers_three_with_addresses_two_of_them_drafts(record: Published) -> None:
    papers = record.report.background_papers
    assert isinstance(papers, tuple)
    assert [isinstance(p.address, str) for p in papers] == [True, True, True, False, False]
    assert "13 December 2016" in papers[0].title
    assert "28 November 2017" in papers[1].title
    assert [p.title for p in papers[3:]] == [
        "Joint Commissioner Agreement (draft)", "Provider Collaboration Agreement (draft)",
    ]  # fmt: skip


# ---------------------------------------------------------------- structure
def test_the_paper_has_the_headings_of_the_report_in_its_order(record: Published) -> None:
    found = [h.casefold() for h in headings(record.paper("doncaster"))]
    assert found[1:] == [
        "executive summary",
        "exempt report",
        "recommendations",
        "what does this mean for the citizens of doncaster?",
        "background",
        "areas of opportunity: better services for residents",
        "joint commissioner agreement and provider collaboration agreement",
        "governance to support integration",
        "delivery arrangements",
        "options considered",
        "reasons for recommended option",
        "impact on the council's key outcomes",
        "risks and assumptions",
        "legal implications [officer initials njd date 3 april 2018]",
        "financial implications [officer initials ft date 4 april 2018]",
        "human resources implications [officer initials mlv date 3 april 2018]",
        "technology implications [officer initials pw date 3 april 2018]",
        "health implications [officer initials rs date 12 april 2018]",
        "equality implications [officer initials cm date 3 april 2018]",
        "consultation",
        "background papers",
        "report author & contributors",
    ]


def test_paragraphs_are_numbered_1_to_64_and_the_papers_come_as_65(record: Published) -> None:
    # The report numbers its background papers 60 again.
    assert numbers(record.paper("doncaster")) == [f"{n}." for n in range(1, 66)]


@pytest.mark.parametrize(
    ("heading", "first", "last"),
    [
        ("EXECUTIVE SUMMARY", 1, 7),
        ("EXEMPT REPORT", 8, 8),
        ("RECOMMENDATIONS", 9, 9),
        ("WHAT DOES THIS MEAN FOR THE CITIZENS OF DONCASTER?", 10, 13),
        ("BACKGROUND", 14, 15),
        ("Areas of opportunity: better services for residents", 16, 21),
        ("Joint Commissioner Agreement and Provider Collaboration Agreement", 22, 25),
        ("Governance to support integration", 26, 28),
        ("Delivery arrangements", 29, 32),
        ("Options considered", 33, 33),
        ("REASONS FOR RECOMMENDED OPTION", 34, 36),
        ("IMPACT ON THE COUNCIL'S KEY OUTCOMES", 37, 37),
        ("RISKS AND ASSUMPTIONS", 38, 38),
        ("LEGAL IMPLICATIONS [Officer Initials NJD Date 3 April 2018]", 39, 49),
        ("FINANCIAL IMPLICATIONS [Officer Initials FT Date 4 April 2018]", 50, 54),
        ("HUMAN RESOURCES IMPLICATIONS [Officer Initials MLV Date 3 April 2018]", 55, 55),
        ("TECHNOLOGY IMPLICATIONS [Officer Initials PW Date 3 April 2018]", 56, 56),
        ("HEALTH IMPLICATIONS [Officer Initials RS Date 12 April 2018]", 57, 58),
        ("EQUALITY IMPLICATIONS [Officer Initials CM Date 3 April 2018]", 59, 59),
        ("CONSULTATION", 60, 64),
        ("BACKGROUND PAPERS", 65, 65),
    ],
)
def test_each_heading_has_the_paragraphs_it_has_in_the_report(
    record: Published, heading: str, first: int, last: int
) -> None:
    found = numbers_by_heading(record.paper("doncaster"))[heading]
    assert [int(n) for n in found] == list(range(first, last + 1))


@pytest.mark.parametrize(
    ("kind", "initials", "on"),
    [
        ("legal implications", "NJD", date(2018, 4, 3)),
        ("financial implications", "FT", date(2018, 4, 4)),
        ("human resources implications", "MLV", date(2018, 4, 3)),
        ("technology implications", "PW", date(2018, 4, 3)),
        ("health implications", "RS", date(2018, 4, 12)),
        ("equality implications", "CM", date(2018, 4, 3)),
    ],
)
def test_each_implication_has_its_officer_and_day(
    record: Published, kind: str, initials: str, on: date
) -> None:
    comment = record.part(kind).comment
    assert isinstance(comment, Comment)
    assert (comment.initials, comment.on) == (initials, on)


def test_seven_areas_in_four_stages_of_life(record: Published) -> None:
    table = record.part("background").parts[0].tables[0]
    assert [len(str(areas).splitlines()) for _, areas in table.rows] == [2, 1, 1, 3]
    assert [str(stage) for stage, _ in table.rows] == [
        "Starting well", "Living well", "Ageing well", "Strategic, all-age development areas",
    ]  # fmt: skip


def test_five_outcomes_with_their_sub_outcomes(record: Published) -> None:
    table = record.part("contribution to outcomes").tables[0]
    assert len(table.rows) == 5
    # The first line of each cell is the outcome itself.
    assert [len(str(outcome).splitlines()) - 1 for outcome, _ in table.rows] == [3, 5, 3, 3, 6]


def test_lists_have_as_many_points_as_in_the_report(record: Published) -> None:
    background = record.part("background")
    assert lists_of(background) == [4]  # 14
    assert lists_of(background.parts[2]) == [2, 7, 4]  # 22, 23 a-g, 24 a-d
    assert lists_of(record.part("what it means for residents")) == [4]  # 12
    assert lists_of(background.parts[3]) == [3]  # 26
    assert lists_of(record.part("options considered")) == [3]  # 33
    assert lists_of(record.part("risks and assumptions")) == [3]  # 38


@pytest.mark.parametrize(
    ("kind", "figures"),
    [
        ("summary", ["28 November 2017", "1 April 2018", "1 April 2019", "seven areas"]),
        ("legal implications", ["section 1 of the Localism Act 2011", "12 months", "1 April 2019"]),
        ("financial implications", ["£3.8 million", "£1.5 million", "2018/19"]),
    ],
)
def test_figures_in_the_text(record: Published, kind: str, figures: list[str]) -> None:
    words = record.filled(record.part(kind))
    for figure in figures:
        assert figure in words


def test_laws_are_cited_by_their_names(record: Published) -> None:
    assert not [f for f in record.reading.findings if f.id.startswith("law.")]
    agreements = record.part("background").parts[2].text
    assert "National Health Service Act 2006" in agreements
    legal = record.part("legal implications").text
    for law in ("Care Act 2014", "Public Contracts Regulations 2015", "Equality Act 2010"):
        assert law in legal


def test_the_whole_system_is_preferred_of_three_options(record: Published) -> None:
    options = record.report.options
    assert isinstance(options, tuple)
    assert record.report.options_counted == 3
    assert [(o.what, o.became) for o in options] == [
        ("Do nothing", Option.REJECTED),
        ("Joint commissioning focus", Option.REJECTED),
        ("Whole system approach", Option.PREFERRED),
    ]


# ---------------------------------------------------------------- promises
def test_cabinet_decides_again_before_the_section_75_and_before_a_binding_agreement(
    record: Published,
) -> None:
    promises = record.matter.promises
    first, second = promises["decision_on_section_75"], promises["decision_on_binding_pca"]
    assert first.owner == second.owner == "cabinet"
    assert isinstance(first.by, NotStated)
    assert first.by.latest == date(2019, 4, 1)
    assert second.by == NOT_STATED


def test_legal_advice_is_deferred_to_later_reports(record: Published) -> None:
    promise = record.matter.promises["equality_advice"]
    assert promise.words_ == "in future reports"
    assert (promise.owner, promise.by) == (NOT_STATED, NOT_STATED)
    assert promise.sources == ("004 ¶47",)


# ---------------------------------------------------------------- defects of the original
@pytest.mark.parametrize(
    ("finding", "says"),
    [
        ("law.misnamed", "National Health Services Act 2006"),  # X9
        ("number.typed", "60 is used twice"),  # X13
        ("name.agreement", "Provider Collaborative Agreement"),  # X14
        ("name.agreement", "Joint Commissioners Agreement"),  # X14
        ("day.in_figures", "04/04/18"),  # X15
        ("blank.comment_date", "health implications"),  # X15
        ("day.moved", "1 April 2018"),  # X16
        ("appendix.not_listed", "Appendix 1"),  # X21
    ],
)
def test_each_defect_of_the_published_report_is_found(finding: str, says: str) -> None:
    _, found = defective("doncaster", "004")
    assert any(says in f.says for f in the(found, finding)), [str(f) for f in found]
