"""One Middlemarch record in each of the five house formats: order, headings and numbering.

What is expected was typed from the published reports (CHECKLIST section 3), not from our output.
"""

from __future__ import annotations

import pytest
from tests.documents.papers import headings, markers, numbers, numbers_under, paper

from concord.documents.house import PieceKind, house_formats, placed, read_format, unusable
from concord.documents.paper import Heading, Listing, Table
from concord.domain.decisions.words import PartKind

SHEFFIELD = [
    "Purpose of Report:", "Recommendations:", "Background Papers:",
    "1. PROPOSAL", "1.1 What are the problems?", "1.2 What is already in place?",
    "1.3 What are our plans?", "2. HOW DOES THIS DECISION CONTRIBUTE ?",
    "3. HAS THERE BEEN ANY CONSULTATION?", "4. RISK ANALYSIS AND IMPLICATIONS OF THE DECISION",
    "4.1 Equality of Opportunity Implications", "4.2 Financial and Commercial Implications",
    "4.3 Legal Implications", "4.4 Other Implications", "5. ALTERNATIVE OPTIONS CONSIDERED",
    "6. REASONS FOR RECOMMENDATIONS",
]  # fmt: skip
SOUTHAMPTON = [
    "CONTACT DETAILS", "STATEMENT OF CONFIDENTIALITY", "BRIEF SUMMARY", "RECOMMENDATIONS:",
    "CABINET:", "BOARD OF NHS LOAMSHIRE:", "REASONS FOR REPORT RECOMMENDATIONS",
    "ALTERNATIVE OPTIONS CONSIDERED AND REJECTED", "DETAIL (Including consultation carried out)",
    "Scope", "Governance", "Benefits", "Consultation and engagement", "RESOURCE IMPLICATIONS",
    "Capital/Revenue", "Property/Other", "LEGAL IMPLICATIONS",
    "Statutory power to undertake proposals in the report:", "Other Legal Implications:",
    "POLICY FRAMEWORK IMPLICATIONS", "SUPPORTING DOCUMENTATION", "Appendices",
    "Documents In Members' Rooms", "Equality Impact Assessment", "Privacy Impact Assessment",
    "Other Background Documents",
]  # fmt: skip
NOTTINGHAMSHIRE = [
    "HOME FIRST: ONE REABLEMENT SERVICE FOR MIDDLEMARCH", "Purpose of the Report",
    "Information and Advice", "THE WAY FORWARD", "Statutory and Policy Implications",
    "RECOMMENDATION/S", "For any enquiries about this report please contact:",
    "Constitutional Comments (LSt 4 January 2027)", "Financial Comments (NB 5 January 2027)",
    "Background Papers", "Electoral Division(s) and Member(s) Affected",
]  # fmt: skip
CITY_OF_LONDON = [
    "Summary", "Recommendations", "Main Report", "Background", "Current Position", "Options",
    "Proposals", "Corporate & Strategic Implications", "Implications", "Financial Implications",
    "Legal Implications", "Conclusion", "Appendices", "Background Papers",
]  # fmt: skip
DONCASTER = [
    "Home first: one reablement service for Middlemarch", "EXECUTIVE SUMMARY", "EXEMPT REPORT",
    "RECOMMENDATIONS", "WHAT DOES THIS MEAN FOR THE CITIZENS OF MIDDLEMARCH?", "BACKGROUND",
    "Options considered", "REASONS FOR RECOMMENDED OPTION", "IMPACT ON THE COUNCIL'S KEY OUTCOMES",
    "RISKS AND ASSUMPTIONS", "LEGAL IMPLICATIONS [Officer Initials LSt Date 4 January 2027]",
    "FINANCIAL IMPLICATIONS [Officer Initials NB Date 5 January 2027]",
    "HUMAN RESOURCES IMPLICATIONS [Officer Initials SP Date 5 January 2027]",
    "TECHNOLOGY IMPLICATIONS", "HEALTH IMPLICATIONS [Officer Initials TL Date not stated]",
    "EQUALITY IMPLICATIONS [Officer Initials DW Date 5 January 2027]", "CONSULTATION",
    "BACKGROUND PAPERS", "REPORT AUTHOR & CONTRIBUTORS",
]  # fmt: skip
HOUSES = {
    "sheffield": SHEFFIELD, "southampton": SOUTHAMPTON, "nottinghamshire": NOTTINGHAMSHIRE,
    "city_of_london": CITY_OF_LONDON, "doncaster": DONCASTER,
}  # fmt: skip


@pytest.mark.parametrize("house", HOUSES)
def test_the_headings_of_each_house_stand_in_its_own_order(house):
    found = headings(paper(house).blocks)
    assert [h for h in found if h in HOUSES[house]] == HOUSES[house]


@pytest.mark.parametrize("house", [h for h in HOUSES if h != "sheffield"])
def test_four_houses_number_paragraphs_through_without_a_gap_or_a_repeat(house):
    # Doncaster's own report used 60 twice and the City's left out 24: counting cannot do either.
    found = numbers(paper(house).blocks)
    assert found == [f"{n}." for n in range(1, len(found) + 1)]


def test_sheffield_numbers_to_four_levels_within_each_heading():
    blocks = paper("sheffield").blocks
    assert numbers_under(blocks, "What are the problems?") == ["1.1.1", "1.1.2"]
    assert numbers_under(blocks, "How the two services came about") == ["1.2.4.1", "1.2.4.2"]
    assert numbers_under(blocks, "HAS THERE BEEN ANY CONSULTATION?") == ["3.1"]
    assert "5.2 Do nothing" in headings(blocks)
    assert numbers_under(blocks, "Do nothing") == []


def test_recommendations_are_asked_of_each_decision_maker_in_its_house_s_own_numerals():
    southampton = markers(paper("southampton").blocks)
    assert southampton[0] == ["(i)", "(ii)", "(iii)"]
    assert southampton[1] == ["(i)", "(ii)"]
    assert markers(paper("doncaster").blocks)[0] == ["i)", "ii)", "iii)"]
    assert ["1)", "2)", "3)"] in markers(paper("nottinghamshire").blocks)
    assert markers(paper("sheffield").blocks)[0] == ["•", "•", "•"]


def test_the_city_asks_members_once_whatever_the_number_of_committees():
    listing = next(b for b in paper("city_of_london").blocks if isinstance(b, Listing))
    assert len(listing.entries) == 5


def test_an_nhs_board_is_asked_only_for_its_own_half():
    blocks = paper("icb_board", stop="icb").blocks
    listing = next(b for b in blocks if isinstance(b, Listing))
    words = "".join(r.text for e in listing.entries for r in e.blocks[0].runs)
    assert len(listing.entries) == 2
    assert "the therapy that the service needs" in words


def test_the_purpose_is_each_committee_s_and_not_the_report_s():
    # The City's own header said "For Information" over two committees that decide (defect X11).
    table = next(b for b in paper("city_of_london").blocks if isinstance(b, Table))
    rows = ["".join(r.text for r in row[0].lines[0]) for row in table.rows]
    assert rows == [
        "Health and Care Scrutiny Committee – For Consultation", "Cabinet – For Decision",
        "Board of NHS Loamshire – For Decision", "Health and Wellbeing Board – For Information",
    ]  # fmt: skip


def test_southampton_shows_both_decision_makers_and_both_days_side_by_side():
    table = next(b for b in paper("southampton").blocks if isinstance(b, Table))
    shown = [[line[0].text for c in row for line in c.lines] for row in table.rows]
    assert shown[0] == ["DECISION-MAKER:", "Cabinet", "Board of NHS Loamshire"]
    assert shown[2] == ["DATE OF DECISION:", "19 January 2027", "28 January 2027"]


def test_sheffield_s_boxes_are_ticked_by_the_facts():
    # £2,100,000 is more than £500,000, and 12 wards are more than two.
    table = [b for b in paper("sheffield").blocks if isinstance(b, Table)][1]
    answers = {
        row[0].lines[0][0].text: " ".join(row[1].lines[0][0].text.split()) for row in table.rows
    }
    assert answers["- Expenditure and/or savings over £500,000"] == "☒ Yes ☐ No"
    assert answers["- Affects 2 or more Wards"] == "☒ Yes ☐ No"
    assert answers["If YES, what EIA reference number has it been given?"] == "MBC-0714"


def test_a_live_reference_to_a_part_has_that_house_s_own_number():
    # The same words: paragraph 1.3.2 in Sheffield's numbering, 17 in Doncaster's.
    for house, number in (("sheffield", "1.3.2"), ("doncaster", "17")):
        listing = next(b for b in paper(house).blocks if isinstance(b, Listing))
        words = "".join(r.text for r in listing.entries[0].blocks[0].runs)
        assert f"as paragraph {number} describes it" in words


def test_every_kind_of_part_has_one_place_in_every_format_or_is_left_out_on_purpose():
    assert unusable() == ()
    for house in house_formats().values():
        kinds = [*placed(house.pieces), *house.leaves_out]
        assert sorted(kinds) == sorted(PartKind)


def test_a_format_with_a_fault_is_not_used_and_says_where():
    reading = read_format('format = 1\nname = "x"\nnumbering = "sideways"\npieces = []\n', "x.toml")
    assert reading.house is None
    assert [(f.id, f.line) for f in reading.findings] == [("text.unknown_word", 3)]


def test_a_format_that_forgets_a_kind_of_part_is_not_used():
    reading = read_format('format = 1\nname = "x"\nnumbering = "continuous"\npieces = []\n')
    assert reading.house is None
    assert {f.id for f in reading.findings} == {"format.part"}
    assert len(reading.findings) == len(PartKind)


def test_a_part_the_house_leaves_out_is_named():
    assert paper("nottinghamshire").left_out == ("summary",)


def test_a_section_with_nothing_recorded_says_so_and_keeps_its_place():
    text = 'format = 1\n[matter]\ntitle = "t"\nwhat = "w"\nfunctions = ["care"]\namounts = []\n'
    text += '[report]\nsubject = "t"\nof = "not stated"\n'
    blocks = paper("doncaster", text=text).blocks
    heads = [b.text for b in blocks if isinstance(b, Heading)]
    assert "RISKS AND ASSUMPTIONS" in heads
    assert numbers_under(blocks, "RISKS AND ASSUMPTIONS") != []
    assert PieceKind.SECTION in {p.is_ for p in house_formats()["doncaster"].pieces}
