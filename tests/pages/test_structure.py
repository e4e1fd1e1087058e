"""The drawing of who gives power to whom: no line through a body, every link also in words."""

from datetime import date
from pathlib import Path

import pytest

from concord.domain.agreements.reader import read_arrangement
from concord.web.naming import Names
from concord.web.structure import Drawing, draw

PLACES = sorted((Path(__file__).parents[2] / "places").glob("*/arrangement.toml"))
ON = date(2017, 10, 10)


def drawn(file: Path, on: date = ON) -> Drawing:
    return draw(Names(read_arrangement(file.read_text("utf-8")).arrangement, on))


@pytest.fixture
def middlemarch():
    return drawn(next(f for f in PLACES if f.parent.name == "middlemarch"), date(2026, 11, 24))


def test_middlemarch_shows_both_partners_giving_power_to_the_joint_board(middlemarch):
    given = {(one.from_, one.to) for one in middlemarch.links if one.kind == "gives"}
    assert ("Cabinet", "Middlemarch Joint Board") in given
    assert ("Board of NHS Loamshire", "Middlemarch Joint Board") in given


@pytest.mark.parametrize("file", PLACES, ids=lambda file: file.parent.name)
def test_no_body_lies_on_another_or_beyond_the_edge(file):
    boxes = drawn(file).boxes
    assert all(box.x >= 0 and box.x + box.width <= 100.01 for box in boxes)
    for box in boxes:
        for other in boxes:
            if other.id != box.id and other.x == box.x:
                assert box.y + box.height <= other.y or other.y + other.height <= box.y


@pytest.mark.parametrize("file", PLACES, ids=lambda file: file.parent.name)
def test_no_upright_line_runs_through_a_body(file):
    picture = drawn(file)
    for stroke in (one for one in picture.edges if one.x1 == one.x2):
        top, foot = sorted((stroke.y1, stroke.y2))
        for box in picture.boxes:
            within = box.x < stroke.x1 < box.x + box.width
            assert not (within and top < box.y and box.y + box.height < foot), (stroke, box)


@pytest.mark.parametrize("file", PLACES, ids=lambda file: file.parent.name)
def test_every_link_is_told_in_words_as_well(file):
    picture = drawn(file)
    assert all(one.from_ in picture.says and one.to in picture.says for one in picture.links)


def test_bodies_that_report_to_each_other_in_a_ring_are_still_drawn():
    text = """format = 1
standing = "adopted"
source = "s"
[place]
name = "Ring"
[sources]
s = { title = "A text" }
[organisations]
council = { name = "Council", kind = "council", governance = "leader and cabinet" }
[bodies]
a = { name = "A", of = "council", legal_form = "advisory", reports_to = "b" }
b = { name = "B", of = "council", legal_form = "advisory", reports_to = "a" }
"""
    picture = draw(Names(read_arrangement(text).arrangement, ON))
    assert [box.id for box in picture.boxes] == ["a", "b"] or len(picture.boxes) == 2
