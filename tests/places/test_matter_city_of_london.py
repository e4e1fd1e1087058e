"""The City of London's report of 2016 as a record: each fact, typed by hand from report 003."""

from datetime import date

import pytest
from tests.domain.route_texts import calendar
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

from concord.documents.house import house_formats
from concord.documents.layout import lay_out
from concord.documents.paper import Audience, Table
from concord.domain.decisions.checks.passages import all_parts
from concord.domain.decisions.facts import answers
from concord.domain.decisions.report import Part
from concord.domain.decisions.routes import plan_route
from concord.domain.decisions.words import Option, Purpose
from concord.domain.language.values import NOT_STATED, NotStated

DAYS = (date(2016, 11, 1), date(2016, 11, 18), date(2016, 11, 25), date(2016, 12, 15))
STOPS = ("scrutiny", "community", "wellbeing", "policy")


@pytest.fixture(scope="module")
def record() -> Published:
    return published("city_of_london", "integrated_commissioning")


def called(record: Published, id_: str) -> Part:
    """The part of that id; two parts of the background are of one kind."""
    return next(p for p in all_parts(record.report.parts) if p.id_ == id_)


def test_the_text_can_be_read_and_kept(record: Published) -> None:
    assert record.reading.storable, list(record.reading.grave)
    assert record.dangling() == []


def test_the_checks_find_only_what_the_report_leaves_unsaid(record: Published) -> None:
    # No word on equality stands anywhere in the report, and nobody can add one now.
    assert grave(record.reading.findings, but=("promise",)) == ["missing.equality"]


# ---------------------------------------------------------------- route and recommendations
def test_four_committees_are_informed_and_asked_by_turns(record: Published) -> None:
    stops = record.matter.stops
    assert tuple(stops) == STOPS
    assert tuple(s.on for s in stops.values()) == DAYS
    assert [s.purpose for s in stops.values()] == [
        Purpose.INFORMATION, Purpose.DECISION, Purpose.INFORMATION, Purpose.DECISION,
    ]  # fmt: skip
    assert [record.arrangement.bodies[str(s.body)].label for s in stops.values()] == [
        "Health and Social Care Scrutiny Committee",
        "Community and Children's Services Committee",
        "Health and Wellbeing Board",
        "Policy and Resources Committee",
    ]


def test_no_purpose_is_typed_for_the_whole_report(record: Published) -> None:
    assert record.report.stated_purpose is None


def test_both_committees_that_decide_are_asked_the_same_three_things(record: Published) -> None:
    for stop in ("community", "policy"):
        assert [verb for verb, _ in record.asked(stop)] == ["agree", "agree", "agree"]
    assert record.asked("community") == record.asked("policy")
    words = [w for _, w in record.asked("policy")]
    assert "due diligence" in words[0]
    assert "pooled" in words[1]
    assert "early in 2017" in words[2]
    assert record.asked("scrutiny") == record.asked("wellbeing") == []


def test_what_three_things_are_asked_is_printed_once(record: Published) -> None:
    house = house_formats()["city_of_london"]
    for stop in ("", "policy"):
        laid = lay_out(record.matter, record.arrangement, house, Audience.FULL, stop)
        assert laid.paper is not None
        asked = next(b for b in laid.paper.blocks if getattr(b, "entries", ()))
        assert len(getattr(asked, "entries", ())) == 3


def test_the_header_tells_each_committee_its_purpose_and_its_day(record: Published) -> None:
    table = next(b for b in record.paper("city_of_london").blocks if isinstance(b, Table))
    rows = [[run.text for cell in row for line in cell.lines for run in line] for row in table.rows]
    assert [r[0].split(" – ")[1] for r in rows] == [
        "For Information", "For Decision", "For Information", "For Decision",
    ]  # fmt: skip
    assert [r[1] for r in rows] == [
        "1 November 2016", "18 November 2016", "25 November 2016", "15 December 2016",
    ]  # fmt: skip


def test_papers_were_due_five_clear_days_before_and_no_executive_notice_was(
    record: Published,
) -> None:
    # Under a committee system there is no forward plan. Friday 18 November: five clear working
    # days are the 11th, 14th, 15th, 16th and 17th, so the 10th. Thursday 15 December: the 7th.
    found = answers(record.matter, record.arrangement, DAYS[0])
    due = [
        {(s.clock, s.day) for s in stop.clocks.steps if s.day} if stop.clocks else set()
        for stop in found.stops
    ]
    assert due[1] == {("agenda and reports", date(2016, 11, 10))}
    assert due[3] == {("agenda and reports", date(2016, 12, 7))}
    assert all(key.key is not True for key in found.keys)


def test_papers_of_the_third_stop_were_due_before_the_second_had_decided(record: Published) -> None:
    # Friday 25 November: the 18th, 21st, 22nd, 23rd and 24th are clear, so the 17th; the first
    # decision was on the 18th. Whether the Board was to be told of it is not stated, so the
    # stricter reading is taken: told in the room, its dates would do.
    found = answers(record.matter, record.arrangement, DAYS[0]).stops[2]
    assert found.clocks is not None
    assert {s.day for s in found.clocks.steps if s.day} == {date(2016, 11, 17)}
    assert isinstance(record.matter.stops["wellbeing"].told_of, NotStated)
    plan = plan_route(record.arrangement, record.matter, calendar("city_of_london"), None)
    assert [c.stop for c in plan.impossible] == ["wellbeing"]
    assert {way.stop for way in plan.ways_out} >= {"wellbeing"}


def test_the_other_partner_has_no_stop_in_the_report(record: Published) -> None:
    assert answers(record.matter, record.arrangement, DAYS[0]).without_stop == ("ccg",)


# ---------------------------------------------------------------- header and footer
def test_header_and_footer(record: Published) -> None:
    report = record.report
    assert report.subject == "Integrated Commissioning for Health and Social Care"
    assert report.of == "Director of Community and Children's Services"
    assert [(c.as_, c.name, c.post) for c in report.contacts] == [
        ("author", "Ellie Ward", "Integration Programme Manager")
    ]
    assert record.matter.matter.private is False
    assert report.appendices == report.background_papers == ()


def test_no_sum_is_in_the_report(record: Published) -> None:
    assert record.matter.matter.amounts == NOT_STATED


# ---------------------------------------------------------------- structure
def test_the_paper_has_the_headings_of_the_report_in_its_order(record: Published) -> None:
    assert headings(record.paper("city_of_london")) == [
        "Summary",
        "Recommendations",
        "Main Report",
        "Background",
        "Health and Social Care Services in the City of London",
        "Health and social care in context",
        "Sustainability and Transformation Plans",
        "Locality plan",
        "Devolution pilot and integrated commissioning",
        "Current Position",
        "Proposed Integrated Commissioning Model",
        "Options",
        "Entering into an integrated commissioning model",
        "Not entering into an Integrated Commissioning Model",
        "Proposals",
        "Corporate & Strategic Implications",
        "Implications",
        "Financial Implications",
        "Legal Implications",
        "Conclusion",
        "Appendices",
        "Background Papers",
    ]


def test_paragraphs_count_on_where_the_report_leaves_out_24(record: Published) -> None:
    # The report's run from 1 to 47 without 24, which makes 46.
    assert numbers(record.paper("city_of_london")) == [f"{n}." for n in range(1, 47)]


def test_each_heading_has_the_paragraphs_it_has_in_the_report(record: Published) -> None:
    report = {
        "Health and Social Care Services in the City of London": (1, 6),
        "Health and social care in context": (7, 8),
        "Sustainability and Transformation Plans": (9, 13),
        "Locality plan": (14, 16),
        "Devolution pilot and integrated commissioning": (17, 19),
        "Proposed Integrated Commissioning Model": (20, 28),
        "Options": (29, 29),
        "Entering into an integrated commissioning model": (30, 31),
        "Not entering into an Integrated Commissioning Model": (32, 32),
        "Proposals": (33, 36),
        "Corporate & Strategic Implications": (37, 39),
        "Financial Implications": (40, 43),
        "Legal Implications": (44, 44),
        "Conclusion": (45, 47),
    }
    found = numbers_by_heading(record.paper("city_of_london"))
    ours = {h: (int(n[0]), int(n[-1])) for h, n in found.items()}
    # From 25 on the report's numbers are one too high.
    assert ours == {h: tuple(n - (n > 24) for n in ends) for h, ends in report.items()}


def test_lists_have_as_many_points_as_in_the_report(record: Published) -> None:
    assert lists_of(called(record, "entering")) == [7, 6]  # 30, 31
    assert lists_of(called(record, "not_entering")) == [7]  # 32
    assert lists_of(record.part("proposals")) == [3]  # 34


def test_nothing_of_the_record_is_left_out_of_the_paper(record: Published) -> None:
    assert record.paper("city_of_london").left_out == ()


# ---------------------------------------------------------------- figures
@pytest.mark.parametrize(
    ("id_", "figures"),
    [
        ("services", ["25 per cent", "over 65", "1,530 in 2017", "1,839 in 2021", "four yearly"]),
        ("context", ["October 2014"]),
        ("stps", ["December 2015", "44", "1.2 million", "eight", "seven CCGs", "three acute"]),
        ("locality", ["two to five years"]),
        ("model", ["April 2017", "1 April 2017", "2016/17", "2017/18"]),
        ("strategy", ["KPP3"]),
    ],
)
def test_figures_in_the_text(record: Published, id_: str, figures: list[str]) -> None:
    words = record.filled(called(record, id_))
    for figure in figures:
        assert figure in words


def test_the_growth_that_is_claimed_follows_from_the_two_figures(record: Published) -> None:
    # 1839 - 1530 = 309; 309 of 1530 is 20.2%. Four steps of 4% make less, and of 5% more.
    assert 1839 - 1530 == 309
    assert 1530 * 104**4 < 1839 * 100**4 < 1530 * 105**4
    assert "between four and five per cent" in called(record, "services").text
    assert the(record.reading.findings, "growth.steps") == []
    assert the(record.reading.findings, "growth.rate") == []


@pytest.mark.parametrize(
    "law",
    [
        "National Health Service Act 2006",
        "NHS Bodies and Local Authorities Partnership Arrangements Regulations 2000",
    ],
)
def test_the_laws_are_cited_by_their_names(record: Published, law: str) -> None:
    assert law in called(record, "model").text


# ---------------------------------------------------------------- options
def test_two_options_of_which_one_is_to_be_explored_and_none_is_rejected(
    record: Published,
) -> None:
    options = record.report.options
    assert isinstance(options, tuple)
    assert record.report.options_counted == len(options) == 2
    assert [o.became for o in options] == [Option.PREFERRED, NOT_STATED]


# ---------------------------------------------------------------- promises
def test_what_is_promised_becomes_a_list_with_owners(record: Published) -> None:
    promises = record.matter.promises
    assert promises["further_report"].owner == "director"
    assert promises["host_support"].owner == "ccg"
    assert promises["host_support"].to == "city"
    assert promises["gateways"].by == date(2017, 3, 31)  # the end of 2016/17
    early = promises["further_report"].by
    assert isinstance(early, NotStated)
    assert early.earliest == date(2017, 1, 1)
    assert [n for n, p in promises.items() if isinstance(p.owner, NotStated)] == ["due_diligence"]


# ---------------------------------------------------------------- defects of the original
@pytest.mark.parametrize(
    ("finding", "says"),
    [
        ("law.misnamed", "Partnerships Regulations 2000"),  # X9
        ("law.without_act", "Section 75"),  # X9
        ("number.typed", "24 is missing"),  # X10
        ("purpose.contradicts_stop", "18 November 2016 is for decision"),  # X11
        ("purpose.contradicts_stop", "15 December 2016 is for decision"),  # X11
        ("recommendation.for_information", "1 November 2016 is for information"),  # X11
        ("growth.steps", "2017 to 2021 is four yearly steps"),  # X12
    ],
)
def test_each_defect_of_the_published_report_is_found(finding: str, says: str) -> None:
    _, found = defective("city_of_london", "003")
    assert any(says in f.says for f in the(found, finding)), [str(f) for f in found]
