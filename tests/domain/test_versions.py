"""Two versions of a report compared, part by part and word by word."""

from __future__ import annotations

from tests.domain.a_matter import TEXT, matter, part, place, spoilt

from concord.domain.decisions.versions import Changed, compare, words_compared


def differences(after, before=TEXT):
    return {d.part: d for d in compare(matter(before), matter(after), place())}


def test_the_same_text_differs_nowhere():
    assert differences(f"# moved by a line\n{TEXT}") == {}


def test_only_the_part_that_changed_is_told_with_its_words():
    found = differences(spoilt(("The Care Act 2014 asks for it.", "The Care Act 2014 allows it.")))
    assert list(found) == ["legal"]
    runs = [(r.words, r.became) for r in found["legal"].runs]
    assert ("asks for", Changed.REMOVED) in runs or ("asks", Changed.REMOVED) in runs
    assert any("allows" in words and became is Changed.ADDED for words, became in runs)


def test_the_runs_of_a_part_give_both_texts_back():
    before, after = "The sum is £5 and no more.", "The sum is £6, and not more."
    runs = words_compared(before, after)
    assert "".join(r.words for r in runs if r.became is not Changed.ADDED) == before
    assert "".join(r.words for r in runs if r.became is not Changed.REMOVED) == after


def test_a_part_added_and_a_part_removed():
    added = differences(TEXT + part("It began in 2020."))
    assert [(d.part, d.became) for d in added.values()] == [("Background", Changed.ADDED)]
    gone = differences(TEXT, TEXT + part("It began in 2020."))
    assert [(d.part, d.became) for d in gone.values()] == [("Background", Changed.REMOVED)]


def test_a_changed_figure_in_a_table_shows_though_no_word_changed():
    text = spoilt(
        ('["Staff", 200000, 180000, 380000]', '["Staff", 210000, 170000, 380000]'),
        ('["Total", 240000, 240000, 480000]', '["Total", 250000, 230000, 480000]'),
    )
    found = differences(text)
    assert list(found) == ["money"]
    assert found["money"].tables


def test_a_changed_fact_shows_in_every_part_that_tells_it():
    found = differences(spoilt(('{ amount = "£480,000"', '{ amount = "£490,000"')))
    assert list(found) == ["recommendations"]


def test_parts_that_changed_places_are_told_as_moved():
    start, end = (
        TEXT.index('[[report.parts]]\nkind = "risks'),
        TEXT.index('[[report.parts]]\nkind = "financial'),
    )
    appendices = TEXT.index("[[report.appendices]]")
    text = TEXT[:start] + TEXT[end:appendices] + TEXT[start:end] + TEXT[appendices:]
    found = differences(text)
    assert set(found) == {"risks"}
    assert found["risks"].became is Changed.MOVED
