"""Two people's changes to one text."""

from hypothesis import given
from hypothesis import strategies as st

from concord.domain.language.merge import merged

COMMON = "one\ntwo\nthree\nfour\nfive\n"


def test_changes_of_different_lines_are_put_together():
    yours = "one\nTWO\nthree\nfour\nfive\n"
    theirs = "one\ntwo\nthree\nfour\nfive\nsix\n"
    assert merged(COMMON, yours, theirs) == "one\nTWO\nthree\nfour\nfive\nsix\n"


def test_two_changes_of_one_line_are_left_to_people():
    assert merged(COMMON, COMMON.replace("two", "2"), COMMON.replace("two", "zwei")) is None


def test_the_same_change_made_twice_is_one_change():
    both = COMMON.replace("two", "2")
    assert merged(COMMON, both, both) == both


def test_lines_put_at_one_spot_by_two_people_are_left_to_people():
    assert merged(COMMON, COMMON + "six\n", COMMON + "sieben\n") is None


def test_a_line_deleted_by_one_and_changed_by_the_other_is_left_to_people():
    assert merged(COMMON, COMMON.replace("two\n", ""), COMMON.replace("two", "2")) is None


TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=8).map("".join)


@given(TEXTS, TEXTS)
def test_where_one_changed_nothing_the_other_stands_as_written(common, changed):
    assert merged(common, changed, common) == changed
    assert merged(common, common, changed) == changed


@given(TEXTS, TEXTS, TEXTS)
def test_it_does_not_matter_who_is_called_you(common, yours, theirs):
    assert merged(common, yours, theirs) == merged(common, theirs, yours)
