"""The twenty-one defects of the five published reports, each made in a text and each found.

The numbers are those of the validation list: what real reports were published with.
"""

from __future__ import annotations

from tests.domain import small_place
from tests.domain.a_matter import TEXT, found, ids, one, part, reading, spoilt, with_part
from tests.domain.small_place import line_of

from concord.domain.findings import Weight


def test_x1_a_date_left_to_be_inserted_is_a_placeholder():
    text = with_part("Approved by the lead officer.\n\nDate: (Insert date)")
    finding = one(text, "blank.placeholder")
    assert finding.weight is Weight.GRAVE
    assert finding.line == line_of(text, "(Insert date)")
    assert "(Insert date)" in finding.says


def test_x1_a_sign_off_without_its_date_is_found_where_it_is_data():
    text = spoilt(('role = "Finance"\n', 'role = "Finance"\nsigned = "not stated"\n'))
    assert "Finance" in one(text, "blank.sign_off_date").says


def test_x2_a_section_said_to_describe_what_it_does_not_name():
    text = with_part("The different interventions described at {part:risks} can be paid for.")
    finding = one(text, "reference.does_not_say")
    assert "interventions" in finding.says
    assert finding.line == line_of(text, "The different interventions")


def test_x2_a_typed_section_number_that_is_not_there():
    text = with_part("The different interventions described at section(s) 1.3.3 can be paid for.")
    assert "1.3.3" in one(text, "reference.dangling").says


def test_x3_a_recommendation_whose_words_address_another_body():
    text = spoilt(
        ('text = "Approve the same service', 'text = "The Cabinet is recommended to: approve it')
    )
    finding = one(text, "recommendation.addresses_another")
    assert "Board of the ICB" in finding.says
    assert "Cabinet" in finding.says


def test_x4_a_choice_left_as_yes_or_no():
    text = with_part("A privacy impact assessment is to be carried out: Yes/No.")
    assert one(text, "choice.unanswered").line == line_of(text, "Yes/No")


def test_x4_an_assessment_nobody_answered_is_found_where_it_is_data():
    text = spoilt(
        ("assessments.privacy = { needed = false }", 'assessments.privacy.needed = "not stated"')
    )
    finding = one(text, "choice.unanswered")
    assert "privacy" in finding.says
    assert finding.weight is Weight.GRAVE


def test_x5_ten_criteria_and_a_list_of_three():
    text = with_part(
        "Ten benefit criteria were identified including:\n\n- innovation\n- efficiency\n- effect"
    )
    finding = one(text, "count.not_as_listed")
    assert "Ten benefit criteria" in finding.says
    assert "three items" in finding.says
    assert finding.weight is Weight.SLIGHT


def test_x5_a_count_that_is_data_must_match_its_list():
    text = with_part("They are:\n\n- one\n- two\n- three", more="counted = 10\n")
    finding = one(text, "count.not_as_listed")
    assert finding.weight is Weight.GRAVE
    assert "ten are counted" in finding.says


def test_x6_eight_options_counted_and_seven_told_of():
    rejected = "".join(
        f'[[report.options]]\nwhat = "Option {n}"\nbecame = "rejected"\n'
        f'because = "too dear"\nstage = {1 if n < 4 else 2}\n'
        for n in range(1, 7)
    )
    start, end = TEXT.index('[[report.options]]\nwhat = "Two'), TEXT.index("[[report.parts]]")
    text = TEXT[:start] + rejected + TEXT[end:].replace("", "", 1)
    text = text.replace("options_counted = 3", "options_counted = 8")
    finding = one(text, "options.do_not_add")
    # three rejected first, three rejected next, one preferred: 3 + 3 + 1 = 7
    assert "three rejected at stage 1" in finding.says
    assert "three rejected at stage 2" in finding.says
    assert "one preferred make seven" in finding.says


def test_x7_a_list_item_that_runs_on_into_another_text():
    text = with_part(
        "Feedback in this report included:\n\n"
        "- do not undo the progress made\n"
        "- need clear metrics of success and selection by Parliament for Lowick to be one of a "
        "handful of councils to test this."
    )
    finding = one(text, "wording.of_another_text")
    assert "selection by Parliament" in finding.says
    assert finding.weight is Weight.SLIGHT


def test_x7_a_paragraph_that_ends_in_the_middle():
    text = with_part("The board looked at every one of the schemes and asked for the")
    assert "ends in the middle" in one(text, "wording.broken").says


SAVINGS = """[[report.parts.tables]]
title = "Savings schemes"
columns = ["Scheme", "Savings"]
unit = "£'000"
rows = [
  ["Working age adults non-elective admissions", 548],
  ["Older people falls and sensitive admiss", 61],
  ["Supported discharge", 702],
  ["Case management", 1013],
  ["", 2324],
]
"""


def test_x8_a_total_row_without_a_label():
    # 548 + 61 + 702 + 1,013 = 2,324
    text = with_part("The schemes are these.", more=SAVINGS)
    finding = one(text, "table.unlabelled")
    assert "is a total" in finding.says
    assert finding.line == line_of(text, '["", 2324]')


def test_x8_a_label_cut_off():
    text = with_part("The schemes are these.", more=SAVINGS)
    finding = one(text, "table.word_cut_off")
    assert "admissions" in finding.says
    assert finding.line == line_of(text, "sensitive admiss")


def test_x9_the_national_health_services_act_is_no_act():
    text = with_part("It rests on Section 75 of the National Health Services Act 2006.")
    finding = one(text, "law.misnamed")
    assert "National Health Service Act 2006" in finding.remedy
    assert finding.weight is Weight.GRAVE
    assert finding.line == line_of(text, "National Health Services Act")


def test_x9_the_partnerships_regulations_are_no_regulations():
    cited = "NHS Bodies and Local Authorities Partnerships Regulations 2000"
    text = with_part(f"The pool is agreed under a Section 75 agreement ({cited}).")
    finding = one(text, "law.misnamed")
    assert "Partnership Arrangements Regulations 2000" in finding.remedy


def test_x9_section_75_without_its_act():
    text = spoilt(
        (
            "made under section 75 of the\nNational Health Service Act 2006.",
            "made under section 75.",
        )
    )
    assert "National Health Service Act 2006" in one(text, "law.without_act").remedy


def test_x10_a_typed_paragraph_number_that_is_missing():
    text = TEXT + part("23. One board would be set up.") + part("25. A group has met.")
    says = [f.says for f in found(text) if f.id == "number.typed"]
    assert any("paragraph number 24 is missing" in s for s in says)


def test_x11_a_report_for_information_with_a_stop_that_decides():
    text = spoilt(("dated = 2025-01-27", 'dated = 2025-01-27\nstated_purpose = "information"'))
    finding = one(text, "purpose.contradicts_stop")
    assert "Cabinet on 11 February 2025 is for decision" in finding.says
    assert finding.weight is Weight.GRAVE


def test_x12_five_years_and_four_yearly_steps():
    text = with_part(
        "Over the next five years the number is set to increase by between four and five per cent "
        "each year from 1530 in 2017 to 1839 in 2021."
    )
    finding = one(text, "growth.steps")
    assert "next five years" in finding.says
    assert "four yearly steps" in finding.says


def test_x12_five_years_beside_a_projection_of_four_steps():
    table = """[[report.parts.tables]]
title = "People over 65"
columns = ["Group", "2017", "2018", "2019", "2020", "2021"]
rows = [["Over 65", 1530, 1602, 1677, 1756, 1839]]
"""
    text = with_part("The number grows over the next five years.", more=table)
    assert "four yearly steps" in one(text, "growth.steps").says


def test_x13_a_typed_paragraph_number_used_twice():
    text = TEXT + part("59. It is watched by group.") + part("60. Many were asked.")
    text += part("60. The papers are listed.")
    says = [f.says for f in found(text) if f.id == "number.typed"]
    assert any("paragraph number 60 is used twice" in s for s in says)


PROVIDERS = """
[agreements.pca]
kind = "provider collaboration agreement"
name = "Provider Collaboration Agreement"
parties = ["council", "icb"]
binding = false
[agreements.jca]
kind = "joint commissioner agreement"
name = "Joint Commissioner Agreement"
parties = ["council", "icb"]
binding = true
"""


def test_x14_agreements_named_otherwise_than_they_are_registered():
    place = small_place.read(small_place.TEXT + PROVIDERS)
    text = with_part(
        "The Provider Collaborative Agreement is final. The officer signs the Joint Commissioners "
        "Agreement. The Provider Collaboration Agreement is not binding."
    )
    says = [f.says for f in found(text, place) if f.id == "name.agreement"]
    assert len(says) == 2
    assert "registered as Provider Collaboration Agreement" in says[0]
    assert "registered as Joint Commissioner Agreement" in says[1]


def test_x15_a_comment_without_its_date():
    text = spoilt(
        ('comment = { by = "Head of Law", on = 2025-01-21 }', 'comment = { initials = "RS" }')
    )
    assert "no date" in one(text, "blank.comment_date").says


def test_x15_dates_in_figures():
    text = with_part("Advice was given on 04/04/18 by the officer.")
    assert "04/04/18" in one(text, "day.in_figures").says


def test_x16_a_start_that_moved_without_the_report_saying_so():
    text = spoilt(("wanted = 2025-04-01", "first_planned = 2024-04-01\nwanted = 2025-04-01"))
    finding = one(text, "day.moved")
    assert "1 April 2024" in finding.says
    assert "1 April 2025" in finding.says


def test_x16_a_start_that_the_report_says_has_moved_is_no_finding():
    text = spoilt(("wanted = 2025-04-01", "first_planned = 2024-04-01\nwanted = 2025-04-01"))
    text += part("The start has moved from April 2024 to April 2025.")
    assert "day.moved" not in ids(text)


def test_x17_initials_in_another_order_than_their_words():
    text = with_part(
        "It begins with the Joint Strategic Needs Assessment (JNSA). The JSNA is kept."
    )
    finding = one(text, "name.abbreviation")
    assert "JNSA" in finding.says
    assert "JSNA" in finding.remedy


def test_x17_an_abbreviation_against_the_glossary():
    text = spoilt(("glossary = { ", 'glossary = { JSNA = "Joint Strategic Needs Assessment", '))
    assert "JSNA" in one(text + part("The JNSA is kept up."), "name.abbreviation").remedy


def test_x18_a_deadline_already_past_when_the_report_was_written():
    text = spoilt(("dated = 2025-01-27", "dated = 2011-10-20"))
    text += part("Five contracts end in March 2011 and are being looked at.")
    finding = one(text, "day.past")
    assert "March 2011" in finding.says
    assert "20 October 2011" in finding.says


def test_x19_nothing_to_say_of_money_beside_millions_of_pounds():
    text = spoilt(
        (
            'text = "Reablement costs £480,000 a year. It is paid from the pool."',
            'text = "None."',
        )
    )
    finding = one(text, "nil.no_reason")
    assert finding.weight is Weight.GRAVE
    assert "beside" in finding.says


def test_x20_a_report_without_a_date():
    text = spoilt(("dated = 2025-01-27\n", ""))
    assert one(text, "blank.report_date").weight is Weight.GRAVE
    assert "blank.report_date" in ids(TEXT.replace("2025-01-27", '"not stated"', 1))


def test_x21_an_appendix_that_is_mentioned_and_not_listed():
    text = with_part("The terms of reference stand in Appendix B.")
    finding = one(text, "appendix.not_listed")
    assert "Appendix B" in finding.says
    assert finding.weight is Weight.GRAVE


def test_all_defects_of_one_text_are_told_at_once():
    text = spoilt(("dated = 2025-01-27\n", ""))
    text += part("See Appendix B and the National Health Services Act 2006: Yes/No. [TBC]")
    named = set(ids(text))
    assert named >= {
        "blank.report_date", "appendix.not_listed", "law.misnamed", "choice.unanswered",
        "blank.placeholder",
    }  # fmt: skip
    assert reading(text).storable
