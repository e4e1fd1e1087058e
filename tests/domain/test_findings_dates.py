"""Findings on days: a gap between rows, an organisation used outside its life, wrong order."""

from tests.domain.small_place import found, ids, line_of, one, spoilt

from concord.domain.findings import Weight

GOVERNANCE = ('governance = "leader and cabinet" }', "governance = [{0}] }}")


def governed(*rows: str) -> str:
    return spoilt((GOVERNANCE[0], GOVERNANCE[1].format(", ".join(rows))))


def test_the_small_place_has_nothing_to_find():
    assert ids(spoilt()) == []


def test_a_gap_between_two_governance_models_is_slight_and_says_which_days():
    text = governed(
        '{ is = "committee system", ends = 2019-05-20 }',
        '{ is = "leader and cabinet", starts = 2019-05-22 }',
    )
    gap = one(text, "date.gap")
    assert gap.weight is Weight.SLIGHT
    assert "from 21 May 2019 to 21 May 2019" in gap.says


def test_rows_that_follow_on_the_next_day_leave_no_gap():
    text = governed(
        '{ is = "committee system", ends = 2019-05-20 }',
        '{ is = "leader and cabinet", starts = 2019-05-21 }',
    )
    assert ids(text) == []


def test_a_row_whose_last_day_is_not_stated_leaves_no_gap_that_is_certain():
    text = governed(
        '{ is = "committee system", ends = "not stated" }',
        '{ is = "leader and cabinet", starts = 2019-05-21 }',
    )
    assert ids(text) == []


def test_a_clinical_commissioning_group_cannot_outlive_its_kind():
    """They all ended on 30 June 2022 (Health and Care Act 2022)."""
    text = spoilt((
        'kind = "integrated care board", starts = 2022-07-01',
        'kind = "clinical commissioning group", ends = 2023-03-31',
    ))  # fmt: skip
    own, *_ = (f for f in found(text) if f.id == "date.not_in_being")
    assert own.line == line_of(text, 'icb = { name = "NHS Lowick ICB"')
    assert own.weight is Weight.GRAVE


def test_a_term_that_starts_after_a_party_ended_without_successor_is_grave():
    text = spoilt(("starts = 2022-07-01 }", "starts = 2022-07-01, ends = 2023-12-31 }"))
    finding = one(text, "date.not_in_being")
    assert finding.line == line_of(text, "[[agreements.s75.terms]]")
    assert "NHS Lowick ICB is a party to Section 75 agreement on 1 April 2024" in finding.says
    assert "it ended on 31 December 2023" in finding.says


def test_a_successor_stands_in_the_ended_partys_place():
    text = spoilt(
        ("starts = 2022-07-01 }", "starts = 2022-07-01, ends = 2023-12-31 }\n"
         'next = { name = "NHS Greater Lowick ICB", kind = "integrated care board", '
         "starts = 2024-01-01 }"),
        more='[[successions]]\nfrom = "icb"\nto = "next"\non = 2024-01-01\n'
        'carries = "everything"\n',
    )  # fmt: skip
    assert "date.not_in_being" not in ids(text)


def test_a_party_named_before_it_existed_is_told_whom_to_name():
    text = spoilt(
        ("starts = 2022-07-01 }", "starts = 2025-04-01 }\n"
         'ccg = { name = "NHS Lowick CCG", kind = "clinical commissioning group", '
         "ends = 2022-06-30 }"),
        more='[[successions]]\nfrom = "ccg"\nto = "icb"\non = 2025-04-01\ncarries = "none"\n',
    )  # fmt: skip
    findings = [f for f in found(text) if f.id == "date.not_in_being"]
    assert {f.remedy for f in findings} == {"Name NHS Lowick CCG, as it then was."}


def test_a_term_that_ended_before_it_started_is_grave():
    text = spoilt(("signed = 2023-03-20 }", "signed = 2023-03-20, ended = 2023-03-31 }"))
    finding = one(text, "date.ends_before_start")
    assert finding.line == line_of(text, "ended = 2023-03-31")


def test_an_end_wanted_before_notice_was_given_is_grave():
    text = spoilt((
        'flexibilities = ["pooled fund"]',
        'flexibilities = ["pooled fund"]\n'
        "ending = { notice_given = 2025-06-01, wanted = 2025-05-01 }",
    ))  # fmt: skip
    assert one(text, "date.ends_before_start").line == line_of(text, "ending = {")


def test_successions_that_lead_back_are_found():
    more = "".join(
        f'[[successions]]\nfrom = "{a}"\nto = "{b}"\non = 2030-01-01\ncarries = "none"\n'
        for a, b in (("icb", "other"), ("other", "icb"))
    )
    text = spoilt(
        ("starts = 2022-07-01 }",
         'starts = 2022-07-01 }\nother = { name = "Other ICB", kind = "integrated care board" }'),
        more=more,
    )  # fmt: skip
    assert "date.succession_circular" in ids(text)
