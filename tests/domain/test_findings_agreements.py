"""Findings on agreements and ladders: signed late, gaps, slips, partners, steps out of turn."""

from datetime import date

import pytest
from tests.domain.small_place import ids, line_of, one, read, spoilt

from concord.domain.agreements.checks import findings_on
from concord.domain.findings import Weight

SIGNED = "signed = { council = 2024-03-20, icb = 2024-03-28 }"
APPROVED = "approved = { council = 2024-02-13, icb = 2024-03-07 }"
PARTIES = 'parties = ["council", "icb"]\nbinding = true'
LAST = "starts = 2024-04-01\nends = 2026-03-31\napproved"
MEMORANDUM = "terms = [{ starts = 2023-04-01, ends = 2024-03-31, signed = 2023-03-20 }]"


def test_a_term_signed_after_it_began_is_valid_and_told_with_its_days():
    """From 1 April to 6 May is 35 days."""
    text = spoilt((SIGNED, "signed = { council = 2024-04-14, icb = 2024-05-06 }"))
    finding = one(text, "agree.signed_late")
    assert finding.weight is Weight.SLIGHT
    assert finding.line == line_of(text, "[[agreements.s75.terms]]")
    assert "by Lowick Council on 14 April 2024 and by NHS Lowick ICB on 6 May 2024" in finding.says
    assert "35 days late" in finding.says
    assert finding.remedy.startswith("It is valid.")


def test_a_term_signed_on_the_day_it_begins_is_not_late():
    assert ids(spoilt((SIGNED, "signed = 2024-04-01"))) == []


def test_a_start_that_moved_a_year_is_told_with_both_days():
    """004 ¶3, 4: April 2018 became April 2019 and nobody says so; that is 365 days."""
    text = spoilt((LAST, "first_planned = 2023-04-02\n" + LAST))
    finding = one(text, "agree.slipped")
    assert "first to start on 2 April 2023" in finding.says
    assert "365 days later" in finding.says


def test_days_that_no_term_covers_are_a_gap():
    """April 2026 has thirty days."""
    more = "[[agreements.s75.terms]]\nkind = 'extension'\nstarts = 2026-05-01\nends = 2027-03-31\n"
    text = spoilt(("[clocks.agenda]", more + "[clocks.agenda]"))
    finding = one(text, "agree.gap")
    assert "1 April 2026 to 30 April 2026: 30 days" in finding.says
    option = text.replace("kind = 'extension'", "kind = 'option'")
    assert "agree.gap" not in ids(option)


def test_a_gp_federation_cannot_be_a_partner_of_a_section_75():
    """SI 2000/617 regs 2 and 3."""
    federation = 'gps = { name = "GP Federation", kind = "GP federation" }\n'
    text = spoilt(
        ("[functions]\n", federation + "[functions]\n"),
        (PARTIES, PARTIES.replace('"icb"', '"icb", "gps"')),
    )
    finding = one(text, "agree.not_a_partner")
    assert finding.weight is Weight.GRAVE
    assert "SI 2000/617" in finding.authority
    assert "a contract, an alliance or a provider agreement" in finding.remedy


def test_a_section_75_needs_both_sides():
    text = spoilt((PARTIES, PARTIES.replace(', "icb"', "")))
    assert "has no NHS body among its parties" in one(text, "agree.not_a_partner").says


def test_a_step_that_follows_an_unsigned_agreement_breaks_the_ladder():
    text = spoilt((", signed = 2023-03-20 }]", " }]"))
    finding = one(text, "agree.ladder_broken")
    assert finding.weight is Weight.GRAVE
    assert finding.line == line_of(text, "[agreements.s75]")
    assert "follows Memorandum, which the text does not show as signed" in finding.says


def test_a_signing_not_stated_is_silence_and_breaks_no_ladder():
    assert ids(spoilt((", signed = 2023-03-20 }]", ', signed = "not stated" }]'))) == []


def test_a_step_signed_before_the_one_it_follows_breaks_the_ladder():
    text = spoilt((MEMORANDUM, MEMORANDUM.replace("2023-03-20", "2024-06-01")))
    assert "signed only on 1 June 2024" in one(text, "agree.ladder_broken").says


def test_a_partner_that_signed_before_its_own_approval_breaks_the_ladder():
    text = spoilt((APPROVED, "approved = { council = 2024-02-13, icb = 2024-04-11 }"))
    finding = one(text, "agree.ladder_broken")
    assert "NHS Lowick ICB signed Section 75 agreement on 28 March 2024" in finding.says
    assert "approved it only on 11 April 2024" in finding.says


@pytest.mark.parametrize("stage", ["signed", "starts"])
def test_a_step_taken_while_the_one_it_needs_was_not_in_force_breaks_the_ladder(stage):
    before = 'before = { signed = [{ agreed_by = ["cabinet", "icb_board"], clause = "3.1" }] }'
    text = spoilt(
        (before, f'before = {{ {stage} = [{{ in_force = "memorandum" }}] }}'),
        (MEMORANDUM, MEMORANDUM.replace("2024-03-31", "2023-12-31")),
    )
    assert "no term of Memorandum runs on" in one(text, "agree.ladder_broken").says


def test_agreements_that_follow_one_another_in_a_ring_are_told_once():
    text = spoilt(("binding = false\n", 'binding = false\nfollows = "s75"\n'), (
        MEMORANDUM, MEMORANDUM.replace("2023-03-20", "2024-03-28")))  # fmt: skip
    finding = one(text, "agree.ladder_broken")
    assert "in a ring: Memorandum on Section 75 agreement on Memorandum" in finding.says
    assert finding.line == line_of(text, "[agreements.s75]")


def on(text: str, day: date) -> dict[str, str]:
    return {f.id: f.says for f in findings_on(read(text), day) if f.id.startswith("agree.")}


ENDING = 'flexibilities = ["pooled fund"]\nending = {{ notice = "12 months", {} }}'


def ending(words: str) -> str:
    return spoilt(('flexibilities = ["pooled fund"]', ENDING.format(words)))


def test_notice_runs_no_shorter_than_the_agreement_says():
    """Twelve months from 1 June 2024 are over on 1 June 2025, whatever day was wanted."""
    text = ending('given_by = "icb", notice_given = 2024-06-01, wanted = 2024-12-31')
    said = on(text, date(2024, 9, 1))["agree.notice_running"]
    assert "was given by NHS Lowick ICB on 1 June 2024" in said
    assert "runs until 1 June 2025" in said


def test_notice_does_not_run_before_it_is_given_nor_after_the_end():
    text = ending("notice_given = 2024-06-01, wanted = 2025-06-01, ended = 2025-03-31")
    assert "agree.notice_running" not in on(text, date(2024, 5, 31))
    assert "agree.notice_running" in on(text, date(2025, 3, 31))
    assert "agree.notice_running" not in on(text, date(2025, 4, 1))


def test_the_last_term_is_told_ninety_days_before_its_end_and_after_it():
    """31 December 2025 is 90 days before 31 March 2026."""
    assert "agree.ends_soon" not in on(spoilt(), date(2025, 12, 30))
    assert "agree.ends_soon" in on(spoilt(), date(2025, 12, 31))
    assert "agree.expired" not in on(spoilt(), date(2026, 3, 31))
    assert "ended on 31 March 2026" in on(spoilt(), date(2026, 4, 1))["agree.expired"]


def test_a_day_between_two_terms_is_a_gap_today():
    more = "[[agreements.s75.terms]]\nkind = 'extension'\nstarts = 2026-05-01\nends = 2027-03-31\n"
    text = spoilt(("[clocks.agenda]", more + "[clocks.agenda]"))
    assert "the next begins on 1 May 2026" in on(text, date(2026, 4, 15))["agree.gap"]
    assert "agree.gap" not in on(text, date(2026, 5, 1))
