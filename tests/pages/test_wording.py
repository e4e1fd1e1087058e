"""Dates, counts, clauses and verdicts in words: each as a person would write it by hand."""

from dataclasses import dataclass
from datetime import date

import pytest

from concord.domain.findings import Answer, Authority, Finding, Reason, Verdict, Weight, all_of
from concord.domain.language.values import NotStated
from concord.web import wording as w


def spaced(text: str) -> str:
    """With the spaces that do not break as plain ones, so that a test can be read."""
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("day", "on", "words"),
    [
        (date(2017, 7, 25), date(2017, 7, 18), "in 7 days"),
        (date(2017, 7, 19), date(2017, 7, 18), "in 1 day"),
        (date(2017, 7, 18), date(2017, 7, 18), "today"),
        (date(2017, 7, 17), date(2017, 7, 18), "1 day ago"),
        (date(2022, 7, 1), date(2017, 7, 18), "in 4 years"),
    ],
)
def test_a_distance_is_told_in_days_and_beyond_two_years_in_years(day, on, words):
    assert spaced(w.distance(day, on)) == words


def test_a_date_has_its_weekday_in_full_and_no_leading_nought():
    assert spaced(w.full_date(date(2017, 7, 4))) == "Tuesday 4 July 2017"
    assert spaced(w.long_date(date(2017, 7, 4))) == "4 July 2017"
    assert spaced(w.short_date(date(2017, 7, 4))) == "4 July"


def test_a_day_that_is_not_stated_says_what_is_known_of_it():
    by, later = date(2018, 3, 31), date(2017, 7, 18)
    assert spaced(w.stated_day(NotStated("not stated, by …", latest=by))) == (
        "Not stated, by 31 March 2018"
    )
    assert spaced(w.stated_day(NotStated("not stated, from …", earliest=later))) == (
        "Not stated, not before 18 July 2017"
    )
    assert w.stated_day(NotStated()) == "Not stated"


def test_small_numbers_are_words_and_large_ones_figures():
    assert w.count(1, "thing") == "one thing"
    assert w.count(10, "body", "bodies") == "ten bodies"
    assert w.count(11, "body", "bodies") == "11 bodies"
    assert w.count(0, "line") == "no lines"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("001 ¶28", "Report, paragraph 28"),
        ("001 Cabinet (ii)", "Report, Cabinet (ii)"),
        ("constitution 7", "Constitution of Middlemarch Borough Council, 7"),
        ("unknown ¶3", "unknown paragraph 3"),
    ],
)
def test_a_source_is_cited_by_its_name_and_the_place_in_it(written, told):
    titles = w.Titles(
        {"001": "Report", "constitution": "Constitution of Middlemarch Borough Council"}
    )
    assert spaced(w.source(written, titles)) == told


def test_a_clause_is_tied_to_its_number_so_that_no_line_breaks_between():
    assert w.clause("SI 2012/2089, regulation 9") == "SI 2012/2089, regulation\xa09"
    assert w.clause("¶18") == "paragraph\xa018"


def test_a_clause_is_told_with_the_text_it_stands_in():
    titles = w.Titles({"s75": "Middlemarch section 75 agreement", "001": "Report"})
    whole = Authority(clause="Sch 2, 4", sources=("s75",))
    assert spaced(w.cite(whole, titles)) == (
        "Middlemarch section 75 agreement, Schedule 2, paragraph 4"
    )
    several = Authority(sources=("001 ¶14", "001 ¶18"))
    assert spaced(w.cite(several, titles)) == "Report, paragraphs 14 and 18"
    bare = Authority(clause="7.4", sources=("constitution 7",))
    assert spaced(w.cite(bare, titles)) == "Clause 7.4; constitution 7"


def verdict(*answers: Answer) -> Verdict:
    return all_of(Reason(answer, "…") for answer in answers)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([Answer.STANDS], "May decide"),
        ([Answer.STANDS, Answer.NEEDS], "May not yet: one thing is missing"),
        ([Answer.NEEDS, Answer.NEEDS], "May not yet: two things are missing"),
        ([Answer.NOT_STATED, Answer.NEEDS], "Cannot be answered: one thing is not recorded"),
        ([Answer.REFUSED, Answer.NOT_STATED], "May not"),
    ],
)
def test_a_verdict_is_one_of_four_phrases_with_a_count_of_what_is_missing(answers, words):
    assert w.verdict_word(verdict(*answers)) == words


def test_those_who_may_come_before_those_who_may_not():
    @dataclass
    class Option:
        verdict: Verdict

    options = [Option(verdict(answer)) for answer in Answer]
    assert [o.verdict.answer for o in w.best_first(options)] == [
        Answer.STANDS, Answer.NEEDS, Answer.NOT_STATED, Answer.REFUSED,
    ]  # fmt: skip


def test_what_must_be_mended_comes_before_what_may_be_looked_at():
    slight = Finding("a.slight", 1, "…", "…", weight=Weight.SLIGHT)
    grave = Finding("a.grave", 9, "…", "…")
    assert w.worst_first([slight, grave]) == [grave, slight]


def test_a_name_keeps_its_capital_in_the_middle_of_a_sentence():
    assert w.mid_sentence("The limit is not stated") == "the limit is not stated"
    assert w.mid_sentence("Cabinet has not met on it") == "Cabinet has not met on it"


def test_a_key_of_the_text_is_not_given_a_capital():
    assert w.sentence("place.coterminus: this key is not known") == (
        "place.coterminus: this key is not known."
    )
    assert w.sentence("the limit is not stated") == "The limit is not stated."


def test_words_no_verdict_may_use_are_used_by_none():
    said = " ".join(w.verdict_word(verdict(answer)) for answer in Answer).lower()
    assert not [word for word in ("denied", "invalid", "error", "failed") if word in said]


def test_places_in_one_source_stand_together_and_paragraphs_under_one_word():
    titles = w.Titles({"001": "Report"})
    mixed = Authority(sources=("001 Cabinet (ii)", "001 ¶14", "001 ¶17", "001 ¶18"))
    assert spaced(w.cite(mixed, titles)) == "Report, Cabinet (ii) and paragraphs 14, 17 and 18"
