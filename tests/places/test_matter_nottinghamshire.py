"""Nottinghamshire's report of 2011 as a record: each fact, typed by hand from report 002."""

from collections import Counter
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

from concord.documents.paper import Listing
from concord.domain.decisions.checks.passages import all_parts
from concord.domain.decisions.facts import answers
from concord.domain.decisions.report import Comment, Part
from concord.domain.decisions.words import Purpose
from concord.domain.language.values import NOT_STATED, NotStated

LAST_COMMENT = date(2011, 10, 20)


@pytest.fixture(scope="module")
def record() -> Published:
    return published("nottinghamshire", "joint_commissioning_plans")


def called(record: Published, id_: str) -> Part:
    """The part of that id; scope and criteria are of one kind."""
    return next(p for p in all_parts(record.report.parts) if p.id_ == id_)


def test_the_text_can_be_read_and_kept(record: Published) -> None:
    assert record.reading.storable, list(record.reading.grave)
    assert record.dangling() == []


def test_the_checks_find_only_what_the_report_leaves_unsaid(record: Published) -> None:
    # It carries no date, and its comment on money is "None" without a reason.
    assert grave(record.reading.findings, but=("promise",)) == [
        "blank.report_date",
        "nil.no_reason",
    ]


# ---------------------------------------------------------------- route and recommendations
def test_it_goes_to_the_health_and_wellbeing_board_on_a_day_not_stated(record: Published) -> None:
    (stop,) = record.matter.stops.values()
    assert (stop.body, stop.purpose) == ("health_and_wellbeing_board", Purpose.DECISION)
    for day in (stop.on, record.report.dated):
        assert isinstance(day, NotStated)
        assert day.earliest == LAST_COMMENT


def test_the_board_is_asked_to_endorse_and_to_approve(record: Published) -> None:
    asked = record.asked("board")
    assert [verb for verb, _ in asked] == ["endorse", "approve"]
    assert all("clinical commissioning groups" in words for _, words in asked)


def test_the_board_may_decide_what_it_is_asked(record: Published) -> None:
    found = answers(record.matter, record.arrangement, LAST_COMMENT)
    assert [s.maker for s in found.stops] == ["Health and Wellbeing Board"]
    assert found.without_stop == ()


def test_header_and_footer(record: Published) -> None:
    report = record.report
    assert report.of == "Corporate Director for Adult Social Care, Health and Public Protection"
    assert [(c.as_, c.name, c.post) for c in report.contacts] == [
        (
            "director", "David Pearson",
            "Corporate Director, Adult Social Care, Health and Public Protection",
        ),
        ("author", "David Sykes", "Group Manager, Joint Commissioning"),
    ]  # fmt: skip
    assert report.reference == "HWB21"
    assert record.matter.matter.wards == "All"
    assert report.background_papers == ()
    assert isinstance(report.appendices, tuple)
    assert len(report.appendices) == 1


@pytest.mark.parametrize(
    ("kind", "initials", "on"),
    [
        ("constitutional comments", "LMc", date(2011, 10, 6)),
        ("financial comments", "RWK", date(2011, 10, 20)),
    ],
)
def test_each_comment_has_its_officer_and_its_day(
    record: Published, kind: str, initials: str, on: date
) -> None:
    comment = record.part(kind).comment
    assert isinstance(comment, Comment)
    assert (comment.initials, comment.on) == (initials, on)


def test_there_is_no_comment_on_money_and_no_reason_why(record: Published) -> None:
    assert record.part("financial comments").nil == "None"
    assert record.matter.matter.amounts == NOT_STATED


# ---------------------------------------------------------------- structure
def test_the_paper_has_the_headings_of_the_report_in_its_order(record: Published) -> None:
    assert headings(record.paper("nottinghamshire")) == [
        "JOINT COMMISSIONING – PLANS FOR FUTURE DEVELOPMENT",
        "Purpose of the Report",
        "Information and Advice",
        "NATIONAL POLICY CONTEXT",
        "NOTTINGHAMSHIRE'S HISTORY OF JOINT WORKING",
        "HEALTH AND WELLBEING STRATEGY (JHWS)",
        "THE WAY FORWARD",
        "National context",
        "Current Local Developments",
        "2011/12 Joint Commissioning Work programmes",
        "Thoughts on the future focus of Joint Commissioning",
        "Options for scope of Joint Commissioning",
        "Criteria for Choosing Joint Commissioning interventions",
        "Statutory and Policy Implications",
        "RECOMMENDATION/S",
        "For any enquiries about this report please contact:",
        "Constitutional Comments (LMc 6 October 2011)",
        "Financial Comments (RWK 20 October 2011)",
        "Background Papers",
        "Electoral Division(s) and Member(s) Affected",
    ]


def test_paragraphs_are_numbered_from_1_to_39(record: Published) -> None:
    assert numbers(record.paper("nottinghamshire")) == [f"{n}." for n in range(1, 40)]


def test_each_heading_has_the_paragraphs_it_has_in_the_report(record: Published) -> None:
    found = numbers_by_heading(record.paper("nottinghamshire"))
    assert {h: (int(n[0]), int(n[-1])) for h, n in found.items()} == {
        "Purpose of the Report": (1, 1),
        "Information and Advice": (2, 2),
        "NATIONAL POLICY CONTEXT": (3, 7),
        "NOTTINGHAMSHIRE'S HISTORY OF JOINT WORKING": (8, 13),
        "HEALTH AND WELLBEING STRATEGY (JHWS)": (14, 17),
        "National context": (18, 24),
        "Current Local Developments": (25, 26),
        "2011/12 Joint Commissioning Work programmes": (27, 28),
        "Thoughts on the future focus of Joint Commissioning": (29, 30),
        "Options for scope of Joint Commissioning": (31, 33),
        "Criteria for Choosing Joint Commissioning interventions": (34, 36),
        "Statutory and Policy Implications": (37, 37),
        "Constitutional Comments (LMc 6 October 2011)": (38, 38),
        "Financial Comments (RWK 20 October 2011)": (39, 39),
    }


def test_lists_have_as_many_points_as_in_the_report(record: Published) -> None:
    assert lists_of(called(record, "history")) == [5, 5]  # 9, 10
    assert lists_of(called(record, "national")) == [4]  # 21
    assert lists_of(called(record, "scope")) == [3]  # 33
    assert lists_of(called(record, "criteria")) == [4]  # 34


def test_points_are_lettered_and_recommendations_numbered(record: Published) -> None:
    lists = [b for b in record.paper("nottinghamshire").blocks if isinstance(b, Listing)]
    marks = [[e.marker for e in b.entries] for b in lists]
    assert marks[:2] == [["a.", "b.", "c.", "d.", "e."]] * 2
    assert ["1)", "2)"] in marks


def test_nothing_of_the_record_is_left_out_of_the_paper(record: Published) -> None:
    assert record.paper("nottinghamshire").left_out == ()


# ---------------------------------------------------------------- the register of groups
def test_the_register_has_five_rows_with_chair_and_input(record: Published) -> None:
    (table,) = called(record, "groups").tables
    assert table.columns == ("Group", "Chairing arrangements", "Agreed CCG input")
    assert [str(r[0]).split(":")[0] for r in table.rows] == [
        "Executive", "Children's Trust Board", "Children's", "Younger adults", "Older adults",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "chair", "officers"),
    [
        (0, "chief executives", ["Deborah Jaines", "Vicky Bailey", "Bassetlaw COO"]),
        (
            1, "Corporate Director, Children, Families and Cultural Services",
            ["Sam Walters", "Bassetlaw Partnership Manager"],
        ),
        (
            2, "Disability: Bassetlaw Partnership Manager. CAMHS: Public Health Consultant",
            ["Deputy Chief Operating Officer, Nottingham North & East"],
        ),
        (3, "Newark & Sherwood COO from September", ["Amanda Sullivan"]),
        (
            4, "Service Director, Personal Care and Support - Older Adults",
            ["Ollie Newbould", "Bassetlaw COO", "Deputy Chief Operating Officer"],
        ),
    ],
)  # fmt: skip
def test_each_row_of_the_register(
    record: Published, row: int, chair: str, officers: list[str]
) -> None:
    cells = called(record, "groups").tables[0].rows[row]
    assert chair in str(cells[1])
    for officer in officers:
        assert officer in str(cells[2])


def test_the_register_is_that_of_the_arrangement(record: Published) -> None:
    bodies = record.arrangement.bodies
    for name in ("executive", "childrens_trust_board", "childrens", "younger_adults",
                 "older_adults"):  # fmt: skip
        assert name in bodies


# ---------------------------------------------------------------- priorities
PRIORITIES = {
    "Older people": 5,
    "Older people's mental health": 6,
    "Mental health": 6,
    "Carers": 8,
    "Children and young people": 4,
    "Learning disability and autism": 7,
    "Physical disability and sensory impairment": 9,
}


def test_seven_groups_have_45_priorities(record: Published) -> None:
    (table,) = called(record, "priorities").tables
    assert Counter(str(r[0]) for r in table.rows) == PRIORITIES
    assert sum(PRIORITIES.values()) == len(table.rows) == 45
    assert list(dict.fromkeys(str(r[0]) for r in table.rows)) == list(PRIORITIES)


def test_one_outcome_stands_with_three_priorities_of_mental_health(record: Published) -> None:
    (table,) = called(record, "priorities").tables
    recover = [
        r[1] for r in table.rows if "More people with mental health problems recover" in str(r[2])
    ]
    assert recover == [
        "IAPT: equity", "IAPT: plan for 4 years", "Severe and enduring mental health problems",
    ]  # fmt: skip


def test_every_priority_of_carers_has_its_action(record: Published) -> None:
    (table,) = called(record, "priorities").tables
    assert all(r[2] for r in table.rows if r[0] == "Carers")


def test_the_advocacy_contracts_are_told_as_past_and_agree_with_the_arrangement(
    record: Published,
) -> None:
    (table,) = called(record, "priorities").tables
    row = table.rows[-1]
    assert row[1] == "Advocacy"
    assert "ran to March 2011" in str(row[2])
    assert "one more year" in str(row[2])
    assert len(record.arrangement.agreements["advocacy"].known_terms) == 2
    assert the(record.reading.findings, "day.past") == []


# ---------------------------------------------------------------- figures
@pytest.mark.parametrize(
    ("id_", "figures"),
    [
        ("policy", ["2 financial years", "2013/14", "Putting People First"]),
        ("history", ["five years from 2009", "2009 - 2014", "mid-2009", "You Said"]),
        ("national", ["West Sussex", "Hertfordshire", "Milton Keynes", "best fit"]),
        ("groups", ["last 3 months", "25 July", "12 September"]),
        ("criteria", ["millions of pounds"]),
        ("implications", ["crime and disorder", "human rights", "safeguarding children"]),
    ],
)
def test_figures_in_the_text(record: Published, id_: str, figures: list[str]) -> None:
    words = record.filled(called(record, id_))
    for figure in figures:
        assert figure in words


# ---------------------------------------------------------------- promises
def test_what_is_promised_is_owed_to_the_board_and_has_no_day(record: Published) -> None:
    promises = record.matter.promises
    assert promises["further_proposals"].to == "health_and_wellbeing_board"
    assert promises["mandate_process"].owner == "operating_officers"
    assert promises["strategy"].owner == "health_and_wellbeing_board"
    bounded = {n for n, p in promises.items() if p.by != NOT_STATED}
    assert bounded == {"advocacy_review"}  # the extension ends in March 2012


# ---------------------------------------------------------------- defects of the original
@pytest.mark.parametrize(
    ("finding", "says"),
    [
        ("name.abbreviation", "JNSA"),  # X17
        ("day.past", "March 2011"),  # X18
        ("nil.no_reason", "millions of pounds"),  # X19
        ("blank.report_date", "no date"),  # X20
        ("blank.meeting_date", "no meeting day"),  # X20
        ("appendix.not_listed", "Appendix 1"),  # X21
    ],
)
def test_each_defect_of_the_published_report_is_found(finding: str, says: str) -> None:
    _, found = defective("nottinghamshire", "002")
    assert any(says in f.says for f in the(found, finding)), [str(f) for f in found]
