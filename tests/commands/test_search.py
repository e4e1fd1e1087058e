"""Search: one question answered alike on both engines, of what may be public only."""

from datetime import date

import pytest

from concord.records.models import SearchDocument
from concord.records.search import asked, find


def kept(place: str, kind: str, name: str, title: str, words: str, on=None) -> None:
    SearchDocument.objects.create(
        place_id=place, kind=kind, name=name, title=title, words=words, on=on
    )


@pytest.fixture
def documents(middlemarch):
    SearchDocument.objects.all().delete()  # of the place's own bodies and people
    kept(
        "middlemarch",
        "decision",
        "council-2026-1",
        "Forty reablement places",
        "To buy places for people who leave hospital. Agreed by Dorothea Brooke",
        date(2026, 11, 25),
    )
    kept(
        "middlemarch",
        "paper",
        "7",
        "Community equipment",
        "Hospital beds are lent by the store and returned to it",
    )
    kept("middlemarch", "person", "Dorothea Brooke", "Dorothea Brooke", "Cabinet member")


def names(words: str, **of) -> list[str]:
    return [hit.name for hit in find(words, **of).hits]


def test_every_word_must_be_there_and_a_word_is_known_by_its_stem(documents):
    assert names("hospitals leaving") == ["council-2026-1"]
    assert names("hospital unicorn") == []


def test_a_title_counts_for_more_than_the_words_beneath_it(documents):
    assert names("dorothea brooke") == ["Dorothea Brooke", "council-2026-1"]


def test_words_between_quotation_marks_stand_together(documents):
    assert names('"hospital beds"') == ["7"]
    assert names("“beds hospital”") == []


def test_a_search_may_keep_to_one_place_and_one_kind(documents):
    assert names("brooke", kind="person") == ["Dorothea Brooke"]
    assert names("brooke", place="middlemarch", kind="decision") == ["council-2026-1"]
    assert names("brooke", place="southampton") == []


def test_the_words_found_are_marked_where_they_stand(documents):
    hit = find("reablement leave").hits[0]
    assert ("leave", True) in hit.snippet
    assert "".join(text for text, _ in hit.snippet).startswith("To buy places")


@pytest.mark.parametrize(
    "words", ["", "the of and", '"', "* OR NEAR(", "a:b) --", "'; DROP", "\x00"]
)
def test_no_question_means_anything_to_the_database(documents, words):
    assert find(words).hits == ()


def test_a_question_is_short_whatever_is_sent():
    assert len(asked("word " * 10_000)) == 12


def test_what_is_changed_or_taken_out_is_found_so(documents):
    SearchDocument.objects.filter(name="7").update(words="Hoists")
    assert names("hoists") == ["7"]
    assert names("lent") == []
    SearchDocument.objects.filter(name="7").delete()
    assert names("hoists") == []
