"""Checks of a matter and its report: each family finds its fault on its line, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain import small_place
from tests.domain.a_matter import TEXT, found, ids, matter, one, part, place, spoilt, with_part
from tests.domain.small_place import line_of

from concord.domain.decisions.checks import all_checks
from concord.domain.decisions.checks.passages import blocks, sentences
from concord.domain.decisions.reader import read_matter
from concord.domain.findings import Weight


def test_a_report_without_a_fault_has_no_finding():
    assert [str(f) for f in found(TEXT)] == []


# Blanks and choices -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "gap",
    ["[TBC]", "TBC", "(insert name)", "[Insert amount here]", "xx/xx/2025", "[date]", "????",
     "£" + "X" * 3, "____", "(to be confirmed)", "Lorem ipsum", "DD/MM/YYYY"],
)  # fmt: skip
def test_every_way_of_leaving_a_gap_is_a_placeholder(gap):
    assert "blank.placeholder" in ids(with_part(f"It will be signed by {gap}."))


@pytest.mark.parametrize(
    "words", ["It adds up (see the table).", "The date is 4 May.", "She added [2019] as a year."]
)
def test_words_in_brackets_are_not_gaps(words):
    assert "blank.placeholder" not in ids(with_part(words))


def test_a_gap_is_found_in_a_heading_a_cell_and_a_contact_too():
    for text in (
        spoilt(('heading = "Consultation"', 'heading = "Consultation [TBC]"')),
        spoilt(('["Staff", 200000', '["Staff [TBC]", 200000')),
        spoilt(('subject = "Reablement at home"', 'subject = "Reablement [TBC]"')),
    ):
        assert one(text, "blank.placeholder").line == line_of(text, "[TBC]")


def test_a_stop_that_decides_on_a_day_not_stated():
    text = spoilt(("on = 2025-02-11", 'on = "not stated"'))
    assert one(text, "blank.meeting_date").weight is Weight.SLIGHT


def test_an_assessment_needed_and_not_made():
    text = spoilt(('made = true, reference = "EIA 12"', "made = false"))
    assert "equality" in one(text, "choice.not_made").says


# What a report must hold ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "other"),
    [("legal implications", "legal"), ("financial implications", "financial")],
)
def test_an_implication_that_is_missing(kind, other):
    text = TEXT.replace(f'kind = "{kind}"', 'kind = "other implications"', 1)
    assert one(text, f"missing.{other}").weight is Weight.GRAVE


def test_equality_is_answered_by_the_part_or_by_the_assessment():
    text = TEXT.replace('kind = "equality implications"', 'kind = "other implications"', 1)
    assert "missing.equality" not in ids(text)
    without = text.replace(
        'assessments.equality = { needed = true, made = true, reference = "EIA 12" }\n', ""
    )
    finding = one(without, "missing.equality")
    assert "section 149" in finding.authority
    assert finding.unverified


NO_OFFICERS = (
    ('comment = { by = "Head of Law", on = 2025-01-21 }', ""),
    ('\nname = "Head of Law"\nparts = ["legal implications", ', '\nparts = ["background", '),
)


def test_sheffields_form_takes_no_report_without_the_officers_names():
    text = spoilt(*NO_OFFICERS, ("options_counted", 'formats = ["sheffield"]\noptions_counted'))
    assert one(text, "missing.legal_officer").weight is Weight.GRAVE


def test_another_house_is_only_asked_to_look_again():
    assert one(spoilt(*NO_OFFICERS), "missing.legal_officer").weight is Weight.SLIGHT


def test_an_officer_named_as_consulted_is_enough():
    text = spoilt(
        *NO_OFFICERS,
        ("options_counted", 'consulted = [{ name = "Gill", as = "Legal" }]\noptions_counted'),
    )
    assert "missing.legal_officer" not in ids(text)


def test_a_part_with_nothing_in_it():
    assert "is empty" in one(TEXT + '[[report.parts]]\nkind = "background"\n', "missing.text").says


def test_nil_with_its_reason_is_an_answer():
    nil = '[[report.parts]]\nkind = "technology implications"\nnil = "{}"\n'
    assert "nil.no_reason" not in ids(TEXT + nil.format("No system changes hands."))
    assert one(TEXT + nil.format("None"), "nil.no_reason").weight is Weight.SLIGHT


# Purposes and recommendations -------------------------------------------------------------


def test_a_body_that_is_only_told_cannot_be_asked_to_approve():
    text = spoilt(('to = "forum"\nverb = "note"', 'to = "forum"\nverb = "approve"'))
    finding = one(text, "recommendation.for_information")
    assert "Planning Forum on 20 February 2025 is for information" in finding.says


def test_a_body_that_may_not_decide_cannot_have_a_stop_for_decision():
    was = 'body = "planning"\npurpose = "information"'
    text = spoilt((was, 'body = "planning"\norganisation = "council"\npurpose = "decision"'))
    finding = one(text, "purpose.beyond_powers")
    assert "Planning Forum on 20 February 2025 is to decide" in finding.says
    assert finding.weight is Weight.SLIGHT


def test_a_recommendation_to_a_body_without_a_stop():
    text = spoilt(('to = "forum"\nverb', 'to = "full_council"\nverb'))
    assert {"ref.unknown_name", "recommendation.no_stop"} <= set(ids(text))


def test_a_stop_that_decides_must_be_asked_something():
    start = TEXT.index('[[report.recommendations]]\nto = "icb"')
    end = TEXT.index('[[report.recommendations]]\nto = "forum"')
    assert "Board of the ICB" in one(TEXT[:start] + TEXT[end:], "recommendation.missing").says


def test_a_matter_with_stops_and_no_report():
    assert "report.none" in ids(TEXT[: TEXT.index("[report]")])


# References -------------------------------------------------------------------------------


def test_a_reference_to_another_matters_thing_dangles_with_the_nearest_of_ours():
    finding = one(with_part("It is for {body:cabinett}."), "reference.dangling")
    assert "cabinet" in finding.remedy
    assert finding.weight is Weight.GRAVE


def test_a_reference_that_cannot_be_read():
    assert "cabinet" in one(with_part("It is for {the cabinet}."), "reference.malformed").says


def test_two_parts_of_one_name():
    text = TEXT.replace('id = "legal"', 'id = "money"', 1)
    assert len([i for i in ids(text) if i == "reference.twice"]) == 1


def test_an_appendix_listed_twice():
    again = '[[report.appendices]]\ntitle = "Appendix A: the  Specification"\n'
    assert one(TEXT + again, "reference.listed_twice").weight is Weight.SLIGHT


@pytest.mark.parametrize(
    "words",
    [
        "It rests on section 75 of the National Health Service Act 2006.",
        "Section 7.4 of the Agreement says how.",
        "It is exempt under Schedule 12A, paragraph 3.",
    ],
)
def test_a_number_in_a_law_or_an_agreement_is_no_reference_to_this_report(words):
    assert not {i for i in ids(with_part(words)) if i.startswith("reference.")}


def test_a_typed_paragraph_number_is_to_look_at_again():
    assert one(with_part("As paragraph 12 says, it is so."), "reference.typed").weight is (
        Weight.SLIGHT
    )


def test_an_appendix_that_is_listed_may_be_mentioned():
    assert "appendix.not_listed" not in ids(with_part("See Appendix A."))


# Counts and options -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Three things would change:\n\n- one\n- two\n- three",
        "Over five years these would change:\n\n- one\n- two",
        "Of twelve people, two thirds said:\n\n- yes\n- no",
    ],
)
def test_a_count_that_matches_or_counts_something_else(words):
    assert "count.not_as_listed" not in ids(with_part(words))


def test_a_rejected_option_needs_its_reason():
    text = spoilt(('because = "people wait while the two decide whose case it is"\n', ""))
    assert "Two services as now" in one(text, "options.no_reason").says


def test_a_recommendation_rests_on_one_preferred_option():
    text = spoilt(('became = "preferred"', 'became = "shortlisted"'))
    assert "no options preferred" in one(text, "options.preferred").says


# Tables -----------------------------------------------------------------------------------


def test_a_row_that_does_not_add_up():
    # 40,000 + 60,000 = 100,000
    text = spoilt(('["Equipment", 40000, 60000, 100000]', '["Equipment", 40000, 60000, 110000]'))
    finding = one(text, "table.row_does_not_add")
    assert "adds up to 100,000 and prints 110,000" in finding.says
    assert finding.line == line_of(text, '["Equipment"')


def test_a_total_that_does_not_foot():
    # 200,000 + 40,000 = 240,000, and the total row is consistent across
    text = spoilt(('["Total", 240000, 240000, 480000]', '["Total", 250000, 240000, 490000]'))
    says = [f.says for f in found(text) if f.id == "table.total_does_not_add"]
    assert "Council adds up to 240,000 and its total prints 250,000" in says[0]
    assert len(says) == 2  # the column and the sum of sums


def test_the_southampton_table_foots():
    """The published table of 2017/18, in thousands: 69,501 and 35,695 make 105,196."""
    rows = [
        ("Carers", 1240, 134, 1374), ("Clusters", 47026, 2212, 49238),
        ("Rehab & Reablement", 10543, 4551, 15094), ("Capital", "", 1882, 1882),
        ("Joint Equipment Store", 798, 803, 1601), ("Telecare", "", 250, 250),
        ("Direct Payments", "", 500, 500), ("Long Term Care", "", 2750, 2750),
        ("Integrated Care Teams", 9894, 16414, 26308),
        ("Prevention & Early Intervention", "", 6199, 6199), ("Total", 69501, 35695, 105196),
    ]  # fmt: skip
    cells = ",\n".join(
        "[" + ", ".join(f'"{v}"' if isinstance(v, str) else str(v) for v in row) + "]"
        for row in rows
    )
    table = (
        '[[report.parts.tables]]\ntitle = "Pool"\ncolumns = ["Scheme", "CCG", "SCC", "Total"]\n'
        f'sum_of = ["CCG", "SCC", "Total"]\ntotal = "Total"\nrows = [\n{cells}\n]\n'
    )
    assert not {i for i in ids(with_part("The pool.", more=table)) if i.startswith("table.")}


def test_a_total_or_a_column_that_is_not_there():
    assert "table.unknown_total" in ids(spoilt(('total = "Total"\nrows', 'total = "Sum"\nrows')))
    text = spoilt(('sum_of = ["Council", "ICB", "Total"]', 'sum_of = ["Council", "NHS", "Total"]'))
    assert "NHS" in one(text, "table.unknown_column").says


def test_a_row_with_too_few_cells():
    text = spoilt(('["Staff", 200000, 180000, 380000]', '["Staff", 380000]'))
    assert "row 1 has 2 cells under 4 columns" in one(text, "table.uneven").says


def test_a_figure_typed_as_words_cannot_be_added():
    text = spoilt(('["Staff", 200000,', '["Staff", "200,000",'))
    assert "200,000" in one(text, "table.figure_as_words").says


# Laws and names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cited",
    [
        "National Health Service Act 2006", "NHS Act 2006", "Care Act 2014",
        "NHS Bodies and Local Authorities Partnership Arrangements Regulations 2000",
        "Children and Families Act 2014", "Section 149 of the Equality Act 2010",
        "Public Bodies (Admission to Meetings) Act 1960", "Localism Act 2011",
        "Local Government and Public Involvement in Health Act 2007",
    ],
)  # fmt: skip
def test_a_law_by_its_own_name_is_no_finding(cited):
    assert not {i for i in ids(with_part(f"It rests on the {cited}.")) if i.startswith("law.")}


@pytest.mark.parametrize(
    ("cited", "right"),
    [
        ("National Health Services Act 2006", "National Health Service Act 2006"),
        ("National Health Service Act 2005", "National Health Service Act 2006"),
        ("Health & Social Care Act 2012", "Health and Social Care Act 2012"),
        ("Equalities Act 2010", "Equality Act 2010"),
        ("Public Contract Regulations 2015", "Public Contracts Regulations 2015"),
    ],
)
def test_a_law_nearly_named_is_told_its_name(cited, right):
    assert right in one(with_part(f"It rests on the {cited}."), "law.misnamed").remedy


def test_a_law_nobody_has_listed_is_only_to_look_at_again():
    finding = one(with_part("See the Weights and Measures Act 1985."), "law.not_listed")
    assert finding.weight is Weight.SLIGHT


def test_an_agreement_by_its_registered_name_is_no_finding():
    assert "name.agreement" not in ids(with_part("The Section 75 Agreement is signed."))


def test_abbreviations_with_the_same_letters_and_their_own_meanings_are_two():
    text = with_part("The Better Care Fund (BCF) and the Brassing Finance Committee (BFC) differ.")
    assert "name.abbreviation" not in ids(text)


# Days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "The last contract ended in March 2019.",
        "It was to end in March 2019.",
        "The contract ends in March 2029.",
        "A report of March 2019 says so.",
    ],
)
def test_the_past_may_be_told_and_the_future_promised(words):
    assert "day.past" not in ids(with_part(words))


@pytest.mark.parametrize(
    "words",
    [
        "The contracts end in March 2019.",
        "It will be completed by 31 March 2019.",
        "The grant expires on 1 May 2020.",
        "The review is due in June 2024.",
    ],
)
def test_a_day_to_come_that_has_gone(words):
    assert "day.past" in ids(with_part(words))


def test_a_report_dated_after_its_last_meeting():
    text = spoilt(("dated = 2025-01-27", "dated = 2025-03-27"))
    assert one(text, "day.report_after_meeting").weight is Weight.SLIGHT


def test_a_start_of_an_agreement_that_moved():
    arrangement = small_place.read(
        small_place.spoilt(
            (
                'kind = "original"\nstarts = 2024-04-01',
                "first_planned = 2023-10-01\nstarts = 2024-04-01",
            )
        )
    )
    finding = one(TEXT, "day.moved", arrangement)
    assert "Section 75 agreement was first to start on 1 October 2023" in finding.says


# Growth -----------------------------------------------------------------------------------


def test_growth_that_the_figures_do_not_bear_out():
    # 1,530 growing at 8 per cent for four years is 2,081; at 4.7 per cent it is 1,839.
    words = (
        "Over the next four years it grows by between eight and nine per cent each year "
        "from 1530 in 2017 to 1839 in 2021."
    )
    assert "growth.rate" in ids(with_part(words))
    right = words.replace("eight and nine", "four and five")
    assert not {i for i in ids(with_part(right)) if i.startswith("growth.")}


# Promises, exempt parts, amounts ----------------------------------------------------------


def test_a_promise_without_an_owner_or_a_day():
    text = spoilt(('owner = "director"\nto', 'owner = "not stated"\nto'))
    assert one(text, "promise.no_owner").weight is Weight.GRAVE
    text = spoilt(("by = 2026-06-30", 'by = "not stated"\nnote = "early in 2026"'))
    assert one(text, "promise.no_day").weight is Weight.GRAVE
    text = spoilt(("by = 2026-06-30", 'by = "not stated, by 2026-06-30"'))
    assert "promise.no_day" not in ids(text)


@pytest.mark.parametrize(
    "words",
    ["A further report on dentistry will be brought to the Board.", "Legal advice is to follow."],
)
def test_a_promise_made_in_words_alone(words):
    assert "promise.not_recorded" in ids(with_part(words))


def test_an_exempt_part_needs_its_paragraph_and_its_reason():
    assert "Schedule 12A" in one(spoilt(("paragraph = 3\n", "")), "exempt.no_paragraph").authority
    assert "no paragraph 9" in one(spoilt(("paragraph = 3\n", "paragraph = 9\n")),
                                   "exempt.unknown_paragraph").says  # fmt: skip
    start = TEXT.index("outweighs"), TEXT.index("[stops.cabinet]")
    text = TEXT[: start[0]] + TEXT[start[1] :]
    assert one(text, "exempt.no_reason").weight is Weight.GRAVE


def test_confidential_information_needs_no_public_interest_test():
    start = TEXT.index("paragraph = 3"), TEXT.index("[stops.cabinet]")
    text = TEXT[: start[0]] + "confidential = true\n" + TEXT[start[1] :]
    assert not {i for i in ids(text) if i.startswith("exempt.")}


def test_something_exempt_that_nothing_uses_and_a_private_matter_without_any():
    assert "exempt.unused" in ids(spoilt(('exempt = "prices"\n', "")))
    start, end = TEXT.index("[exempt.prices]"), TEXT.index("[stops.cabinet]")
    text = (TEXT[:start] + TEXT[end:]).replace('exempt = "prices"\n', "")
    text = text.replace('wards = "all"', 'wards = "all"\nprivate = true')
    assert "exempt.private_without" in ids(text)


def test_an_amount_in_words_that_is_not_the_facts():
    text = spoilt(("Reablement costs £480,000 a year.", "Reablement costs £408,000 a year."))
    finding = one(text, "amount.differs")
    assert "£408,000" in finding.says
    assert "£480,000" in finding.says


@pytest.mark.parametrize(
    "words", ["Reablement costs £480,000.", "Reablement costs £0.5 million.", "Drugs cost £7."]
)
def test_an_amount_that_is_the_facts_rounded_or_of_something_else(words):
    assert "amount.differs" not in ids(with_part(words))


# Wording and content ----------------------------------------------------------------------


def test_a_sentence_that_stands_twice():
    words = "The two organisations have worked together on this for more than ten years in all."
    assert "wording.twice" in ids(with_part(f"{words}\n\n{words}"))


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("content.markup", "See <script>alert(1)</script> here."),
        ("content.markup", "<img src=x onerror=alert(1)>"),
        ("content.markup", "&#60;b&#62;"),
        ("content.script", "[here](javascript:alert(1))"),
        ("content.script", "[here](data:text/html;base64,AAAA)"),
        ("content.image", "![a picture](https://example.org/a.png)"),
        ("content.link", "[here](//example.org)"),
        ("content.field", "DDEAUTO c:\\\\windows\\\\cmd.exe"),
        ("content.unseen", "Pay \\u202e001 pounds."),
        ("content.endless", "[" * 1000),
    ],
)
def test_content_that_would_act_is_refused_where_it_stands(id_, words):
    text = with_part(words)
    finding = next(f for f in found(text) if f.id == id_)
    assert finding.weight is Weight.GRAVE
    assert finding.line == line_of(text, words.replace("\\\\", "\\\\")[:10])


@pytest.mark.parametrize("words", ["[here](https://example.org)", "<https://example.org>", "2 < 3"])
def test_links_to_the_web_and_plain_signs_are_let_through(words):
    assert not {i for i in ids(with_part(f"See {words}.")) if i.startswith("content.")}


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd", "-2+3", "=HYPERLINK(1)"])
def test_a_cell_that_is_a_formula(cell):
    text = spoilt(('["Staff", 200000,', f'["Staff", "{cell}",'))
    assert one(text, "content.formula").line == line_of(text, cell)


def test_a_table_of_ten_thousand_rows_is_refused_and_nothing_is_lost():
    rows = ", ".join('["a", 1]' for _ in range(10_000))
    text = with_part(
        "Rows.",
        more=f'[[report.parts.tables]]\ntitle = "T"\ncolumns = ["a", "b"]\nrows = [{rows}]\n',
    )
    reading = read_matter(text, place(), checks=(all_checks,))
    assert {f.id for f in reading.grave} & {"text.too_many", "content.table_too_long"}
    assert reading.text == text


# Whatever is written ----------------------------------------------------------------------


@given(st.text(max_size=300))
def test_no_words_make_a_check_fail(words):
    text = with_part("", more="").replace('text = """\n"""', f"text = {_quoted(words)}")
    for finding in found(text):
        assert finding.line >= 0
        assert finding.says
        assert finding.remedy


def _quoted(words: str) -> str:
    kept = (
        "".join(c for c in words if c.isprintable() or c == "\n").encode("utf-8", "ignore").decode()
    )
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@given(st.text(alphabet="ab .!\n-*1)A", max_size=120))
def test_blocks_and_sentences_stand_where_they_say(words):
    for block in blocks(words):
        assert words[block.start : block.start + len(block.words)] == block.words
    for start, sentence in sentences(words):
        assert words[start : start + len(sentence)] == sentence


def test_a_finding_names_the_place_the_words_and_what_mends_it():
    finding = one(with_part("It is [TBC]."), "blank.placeholder")
    assert finding.says.startswith("Background: “[TBC]”")
    assert finding.remedy
    assert finding.file == "matter.toml"


def test_the_same_checks_may_be_asked_without_reading_again():
    text = matter(TEXT + part("It is [TBC]."))
    assert [f.id for f in all_checks(text, place())] == ["blank.placeholder"]
