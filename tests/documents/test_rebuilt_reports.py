"""The published reports rebuilt from their records, with the headings and numbers they had.

Expected from the published reports themselves, as CHECKLIST section 3 lists them. Where a report's
own numbering is at fault (Doncaster's second 60, the City's missing 24) ours counts on.
"""

from __future__ import annotations

from tests.documents.papers import headings, markers, numbers, numbers_under, rebuilt

from concord.documents.paper import Table


def through(first: int, last: int) -> list[str]:
    return [f"{n}." for n in range(first, last + 1)]


def test_sheffield_2019():
    blocks = rebuilt("sheffield", "joint_commissioning").blocks
    found = headings(blocks)
    printed = [
        "1. PROPOSAL", "1.1 What are the problems?", "1.2 What is already in place?",
        "1.3 What are our plans?", "2. HOW DOES THIS DECISION CONTRIBUTE ?",
        "3. HAS THERE BEEN ANY CONSULTATION?",
        "4. RISK ANALYSIS AND IMPLICATIONS OF THE DECISION",
        "4.1 Equality of Opportunity Implications", "4.2 Financial and Commercial Implications",
        "4.3 Legal Implications", "4.4 Other Implications", "5. ALTERNATIVE OPTIONS CONSIDERED",
        "6. REASONS FOR RECOMMENDATIONS",
    ]  # fmt: skip
    assert [h for h in found if h in printed] == printed
    sections = [h.split(" ")[0] for h in found]
    assert {"1.2.1", "1.2.2", "1.3.1", "1.3.2", "1.3.3", "5.1", "5.2", "5.3"} <= set(sections)
    paragraphs = numbers(blocks)
    assert [n for n in paragraphs if n.startswith("1.2.1.")] == [f"1.2.1.{n}" for n in range(1, 9)]
    assert [n for n in paragraphs if n.startswith("1.3.2.")] == [f"1.3.2.{n}" for n in range(1, 8)]
    assert [n for n in paragraphs if n.startswith("4.2.")] == [f"4.2.{n}" for n in range(1, 9)]


def test_southampton_2017():
    blocks = rebuilt("southampton", "shared_commissioning").blocks
    assert numbers(blocks) == through(1, 31)
    assert numbers_under(blocks, "REASONS FOR REPORT RECOMMENDATIONS") == through(1, 3)
    assert numbers_under(blocks, "ALTERNATIVE OPTIONS CONSIDERED AND REJECTED") == through(4, 7)
    assert numbers_under(blocks, "DETAIL (Including consultation carried out)") == through(8, 10)
    assert numbers_under(blocks, "Scope") == through(11, 13)
    assert numbers_under(blocks, "Governance") == through(14, 18)
    assert numbers_under(blocks, "Benefits") == through(19, 22)
    assert numbers_under(blocks, "Consultation and engagement") == ["23."]
    assert numbers_under(blocks, "Capital/Revenue") == ["24."]
    assert numbers_under(blocks, "Property/Other") == ["25."]
    statute = "Statutory power to undertake proposals in the report:"
    assert numbers_under(blocks, statute) == through(26, 27)
    assert numbers_under(blocks, "Other Legal Implications:") == ["28."]
    assert numbers_under(blocks, "POLICY FRAMEWORK IMPLICATIONS") == through(29, 31)
    assert markers(blocks)[:2] == [["(i)", "(ii)"], ["(i)", "(ii)", "(iii)"]]


def test_southampton_s_pool_is_printed_with_its_total():
    blocks = rebuilt("southampton", "shared_commissioning").blocks
    pool = next(b for b in blocks if isinstance(b, Table) and len(b.rows) == 11)
    assert [c.lines[0][0].text for c in pool.rows[-1]] == ["Total", "69,501", "35,695", "105,196"]
    capital = next(r for r in pool.rows if r[0].lines[0][0].text == "Capital")
    assert [c.lines[0][0].text for c in capital] == ["Capital", "nil", "1,882", "1,882"]


def test_doncaster_2018():
    blocks = rebuilt("doncaster", "place_plan_agreements").blocks
    assert numbers(blocks) == through(1, 65)
    under = {
        "EXECUTIVE SUMMARY": (1, 7), "EXEMPT REPORT": (8, 8), "RECOMMENDATIONS": (9, 9),
        "WHAT DOES THIS MEAN FOR THE CITIZENS OF DONCASTER?": (10, 13), "BACKGROUND": (14, 15),
        "Options considered": (33, 33), "REASONS FOR RECOMMENDED OPTION": (34, 36),
        "IMPACT ON THE COUNCIL'S KEY OUTCOMES": (37, 37), "RISKS AND ASSUMPTIONS": (38, 38),
        "LEGAL IMPLICATIONS [Officer Initials NJD Date 3 April 2018]": (39, 49),
        "FINANCIAL IMPLICATIONS [Officer Initials FT Date 4 April 2018]": (50, 54),
        "HUMAN RESOURCES IMPLICATIONS [Officer Initials MLV Date 3 April 2018]": (55, 55),
        "TECHNOLOGY IMPLICATIONS [Officer Initials PW Date 3 April 2018]": (56, 56),
        "HEALTH IMPLICATIONS [Officer Initials RS Date 12 April 2018]": (57, 58),
        "EQUALITY IMPLICATIONS [Officer Initials CM Date 3 April 2018]": (59, 59),
        "CONSULTATION": (60, 64), "BACKGROUND PAPERS": (65, 65),
    }  # fmt: skip
    for heading, (first, last) in under.items():
        assert numbers_under(blocks, heading) == through(first, last), heading
    assert markers(blocks)[0] == ["i)", "ii)", "iii)", "iv)"]
    assert ["a.", "b.", "c."] in markers(blocks)


def test_nottinghamshire_2011():
    blocks = rebuilt("nottinghamshire", "joint_commissioning_plans").blocks
    assert numbers(blocks) == through(1, 39)
    under = {
        "Purpose of the Report": (1, 1), "Information and Advice": (2, 2),
        "NATIONAL POLICY CONTEXT": (3, 7), "NOTTINGHAMSHIRE'S HISTORY OF JOINT WORKING": (8, 13),
        "HEALTH AND WELLBEING STRATEGY (JHWS)": (14, 17), "National context": (18, 24),
        "Current Local Developments": (25, 26),
        "2011/12 Joint Commissioning Work programmes": (27, 28),
        "Thoughts on the future focus of Joint Commissioning": (29, 30),
        "Options for scope of Joint Commissioning": (31, 33),
        "Criteria for Choosing Joint Commissioning interventions": (34, 36),
        "Statutory and Policy Implications": (37, 37),
        "Constitutional Comments (LMc 6 October 2011)": (38, 38),
        "Financial Comments (RWK 20 October 2011)": (39, 39),
    }  # fmt: skip
    for heading, (first, last) in under.items():
        assert numbers_under(blocks, heading) == through(first, last), heading
    assert markers(blocks)[-1] == ["1)", "2)"]
    found = headings(blocks)
    order = ["Statutory and Policy Implications", "RECOMMENDATION/S",
             "For any enquiries about this report please contact:",
             "Constitutional Comments (LMc 6 October 2011)",
             "Financial Comments (RWK 20 October 2011)", "Background Papers",
             "Electoral Division(s) and Member(s) Affected"]  # fmt: skip
    assert found[-7:] == order


def test_city_of_london_2016():
    # Its own numbers run to 47 because 24 is missing; every paragraph from there is one less here.
    blocks = rebuilt("city_of_london", "integrated_commissioning").blocks
    assert numbers(blocks) == through(1, 46)
    under = {
        "Health and Social Care Services in the City of London": (1, 6),
        "Health and social care in context": (7, 8),
        "Sustainability and Transformation Plans": (9, 13), "Locality plan": (14, 16),
        "Devolution pilot and integrated commissioning": (17, 19),
        "Proposed Integrated Commissioning Model": (20, 27), "Options": (28, 28),
        "Entering into an integrated commissioning model": (29, 30),
        "Not entering into an Integrated Commissioning Model": (31, 31), "Proposals": (32, 35),
        "Corporate & Strategic Implications": (36, 38), "Financial Implications": (39, 42),
        "Legal Implications": (43, 43), "Conclusion": (44, 46),
    }  # fmt: skip
    for heading, (first, last) in under.items():
        assert numbers_under(blocks, heading) == through(first, last), heading


def test_the_city_s_four_committees_have_each_its_own_purpose_and_day():
    table = next(
        b for b in rebuilt("city_of_london", "integrated_commissioning").blocks
        if isinstance(b, Table)
    )  # fmt: skip
    rows = [tuple(c.lines[0][0].text for c in row) for row in table.rows]
    assert rows == [
        ("Health and Social Care Scrutiny Committee – For Information", "1 November 2016"),
        ("Community and Children's Services Committee – For Decision", "18 November 2016"),
        ("Health and Wellbeing Board – For Information", "25 November 2016"),
        ("Policy and Resources Committee – For Decision", "15 December 2016"),
    ]
