"""Terms of an agreement: in force only once signed, gaps between them, slips, the end of notice."""

from datetime import date

import pytest
from tests.domain.small_place import read, spoilt

from concord.domain.agreements.arrangement import Agreement, Arrangement, Ending
from concord.domain.agreements.reader import read_arrangement
from concord.domain.agreements.terms import (
    end_of,
    gaps,
    is_in_force,
    last_term,
    notice_runs_out,
    signature,
    slip,
)
from concord.domain.findings import Answer
from concord.domain.language.values import NotStated

STARTS = 'kind = "original"\nstarts = 2024-04-01\nends = 2026-03-31\n'
SIGNED = "signed = { council = 2024-03-20, icb = 2024-03-28 }"
EXTENSION = "[[agreements.s75.terms]]\nkind = '{}'\nstarts = {}\nends = 2027-03-31\nsigned = {}\n"


def it(*changes: tuple[str, str], extended: str = "") -> tuple[Arrangement, Agreement]:
    if extended:
        changes = (*changes, ("[clocks.agenda]", extended + "[clocks.agenda]"))
    arrangement = read(spoilt(*changes))
    return arrangement, arrangement.agreements["s75"]


def force(on: date, *changes: tuple[str, str], extended: str = "") -> Answer:
    return is_in_force(*it(*changes, extended=extended), on).answer


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        (date(2024, 3, 31), Answer.REFUSED),
        (date(2024, 4, 1), Answer.STANDS),
        (date(2026, 3, 31), Answer.STANDS),
        (date(2026, 4, 1), Answer.REFUSED),
    ],
)
def test_a_term_runs_from_its_first_to_its_last_day(on, answer):
    assert force(on) is answer


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        (date(2024, 5, 5), Answer.REFUSED),
        (date(2024, 5, 6), Answer.STANDS),
    ],
)
def test_an_agreement_is_in_force_once_the_last_party_has_signed(on, answer):
    """SI 2000/617 regs 7(3) and 9: in writing."""
    late = (SIGNED, "signed = { council = 2024-04-14, icb = 2024-05-06 }")
    assert force(on, late) is answer


def test_one_signature_without_the_other_is_not_stated():
    assert (
        force(date(2024, 5, 1), (SIGNED, "signed = { council = 2024-03-20 }")) is Answer.NOT_STATED
    )


def test_signing_not_stated_but_bounded_is_known_after_the_bound():
    bounded = (SIGNED, 'signed = "not stated, by 2024-06-30"')
    assert force(date(2024, 6, 29), bounded) is Answer.NOT_STATED
    assert force(date(2024, 6, 30), bounded) is Answer.STANDS


def test_a_term_that_ended_early_does_not_run_on():
    ended = (STARTS, STARTS + "ended = 2025-09-30\n")
    assert force(date(2025, 9, 30), ended) is Answer.STANDS
    assert force(date(2025, 10, 1), ended) is Answer.REFUSED


def test_an_option_gives_nothing_until_a_term_exercises_it():
    option = EXTENSION.format("option", "2026-04-01", "2026-03-01")
    assert force(date(2026, 4, 1), extended=option) is Answer.REFUSED
    taken = option + EXTENSION.format("extension", "2026-04-01", "2026-03-01")
    assert force(date(2026, 4, 1), extended=taken) is Answer.STANDS


def test_terms_not_stated_are_not_stated():
    silent = read_arrangement(
        spoilt().partition("[[agreements.s75.terms]]")[0] + 'terms = "not stated"\n'
    ).arrangement
    assert silent is not None
    reason = is_in_force(silent, silent.agreements["s75"], date(2024, 5, 1))
    assert reason.answer is Answer.NOT_STATED


def test_a_gap_is_counted_with_both_its_days():
    """1 to 30 April."""
    _, agreement = it(extended=EXTENSION.format("extension", "2026-05-01", "2026-04-20"))
    assert [(g.first, g.last, g.days) for g in gaps(agreement)] == [
        (date(2026, 4, 1), date(2026, 4, 30), 30)
    ]


def test_terms_that_follow_on_or_overlap_leave_no_gap():
    for starts in ("2026-04-01", "2026-01-01"):
        _, agreement = it(extended=EXTENSION.format("extension", starts, "2026-01-01"))
        assert gaps(agreement) == ()


def test_a_term_without_end_leaves_no_gap_before_the_next():
    _, agreement = it(
        ("ends = 2026-03-31\n", ""),
        extended=EXTENSION.format("extension", "2026-05-01", "2026-04-20"),
    )
    assert gaps(agreement) == ()


def test_an_early_end_opens_a_gap():
    _, agreement = it(
        (STARTS, STARTS + "ended = 2026-02-28\n"),
        extended=EXTENSION.format("extension", "2026-04-01", "2026-03-01"),
    )
    assert [g.days for g in gaps(agreement)] == [31]


def test_a_slip_is_counted_in_days_and_unknown_where_a_day_is():
    """2018-04-01 to 2019-04-01 is 365 days (004 ¶3, 4)."""
    _, agreement = it((STARTS, "first_planned = 2023-04-02\n" + STARTS))
    assert slip(agreement.known_terms[0]) == 365
    _, agreement = it()
    assert slip(agreement.known_terms[0]) is None


def test_each_party_has_its_own_signature():
    _, agreement = it()
    term = agreement.known_terms[0]
    assert signature(term, "council") == date(2024, 3, 20)
    assert signature(term, "icb") == date(2024, 3, 28)
    assert signature(term, "trust") is None


def test_the_last_term_is_unknown_where_one_may_run_on():
    _, agreement = it()
    last = last_term(agreement)
    assert last is not None
    assert end_of(last) == date(2026, 3, 31)
    _, agreement = it(("ends = 2026-03-31\n", 'ends = "not stated"\n'))
    assert last_term(agreement) is None


@pytest.mark.parametrize(
    ("wanted", "until"),
    [
        (date(2024, 12, 31), date(2025, 6, 1)),
        (date(2025, 9, 30), date(2025, 9, 30)),
        (None, date(2025, 6, 1)),
        (NotStated(), date(2025, 6, 1)),
    ],
)
def test_notice_ends_it_no_earlier_than_its_period_and_no_earlier_than_wanted(wanted, until):
    """Twelve months from 1 June 2024."""
    from concord.domain.calendar import read_period

    notice = read_period("12 months")
    ending = Ending(notice=notice, notice_given=date(2024, 6, 1), wanted=wanted)
    assert notice_runs_out(ending) == until


def test_two_readings_of_one_text_are_never_taken_for_one_another():
    """What is worked out from one is kept beside it, and must not answer for the other."""
    first, other = read(spoilt()), read(spoilt())
    assert first == first
    assert first != other
    assert len({first, other}) == 2
