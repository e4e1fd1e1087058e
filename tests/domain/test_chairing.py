"""Whose turn it is to chair: fixed, alternating from a first, elected, or not stated."""

from datetime import date
from pathlib import Path

import pytest
from tests.domain.small_place import read, spoilt

from concord.domain.agreements.chairing import Chairing, chair_of
from concord.domain.agreements.reader import read_arrangement
from concord.domain.findings import Answer

PLACES = Path(__file__).parents[2] / "places"
CHAIR = (
    'chair = { rule = "alternating", who = ["leader", "chief"], turn = "each meeting", '
    'first = "leader" }'
)
ON = date(2024, 10, 1)


def chairing(chair: str = CHAIR, held: int | None = None, on: date = ON) -> Chairing:
    it = read(spoilt((CHAIR, chair)))
    return chair_of(it, it.bodies["board"], on, held)


def at(place: str, body: str, on: date, held: int | None = None) -> Chairing:
    text = (PLACES / place / "arrangement.toml").read_text("utf-8")
    it = read_arrangement(text).arrangement
    assert it is not None
    return chair_of(it, it.bodies[body], on, held)


@pytest.mark.parametrize(
    ("held", "who"), [(0, "leader"), (1, "chief"), (2, "leader"), (7, "chief")]
)
def test_an_alternating_chair_passes_on_at_each_meeting(held, who):
    assert chairing(held=held).who == (who,)


def test_the_first_named_need_not_be_the_first_to_chair():
    chair = CHAIR.replace('first = "leader"', 'first = "chief"')
    assert chairing(chair, 0).who == ("chief",)
    assert chairing(chair, 1).who == ("leader",)


def test_whose_turn_it_is_follows_from_how_many_meetings_were_held():
    said = chairing()
    assert (said.who, said.verdict.answer) == ((), Answer.NOT_STATED)
    assert "how many meetings it has held" in said.verdict.reasons[0].says


def test_doncasters_board_alternates_and_neither_turn_nor_first_is_stated():
    """004 ¶26."""
    said = at("doncaster", "management_board", date(2018, 5, 1), 3)
    assert said.verdict.answer is Answer.NOT_STATED
    assert "what makes a turn and who came first are not stated" in said.verdict.reasons[0].says


def test_a_fixed_chair_is_named():
    """004 ¶26: the leadership team is chaired by the CCG's chief officer."""
    said = at("doncaster", "leadership_team", date(2018, 5, 1))
    assert (said.who, said.verdict.answer) == (("ccg_chief",), Answer.STANDS)


def test_southamptons_board_does_not_state_its_chair():
    assert at("southampton", "board", ON).verdict.answer is Answer.NOT_STATED


@pytest.mark.parametrize(
    ("on", "who"),
    [
        (date(2023, 4, 1), "board.members"),
        (date(2024, 3, 31), "board.members"),
        (date(2024, 4, 1), "board.icb"),
        (date(2026, 11, 24), "board.icb"),
        (date(2027, 4, 1), "board.members"),
    ],
)
def test_a_chair_that_passes_on_each_year_counts_from_the_first_day_of_the_agreement(on, who):
    """Middlemarch, Schedule 2, 3: its agreement began on 1 April 2023."""
    assert at("middlemarch", "board", on).who == (who,)


def test_a_year_without_a_first_day_is_not_stated():
    chair = CHAIR.replace("each meeting", "each year")
    assert chairing(chair).verdict.answer is Answer.NOT_STATED
    dated = chair.replace('first = "leader"', 'first = "leader", starts = 2023-05-01')
    assert chairing(dated, on=date(2024, 4, 30)).who == ("leader",)
    assert chairing(dated, on=date(2024, 5, 1)).who == ("chief",)


@pytest.mark.parametrize(
    ("rule", "when"),
    [("elected yearly", "at its yearly meeting"), ("elected for the meeting", "for the meeting")],
)
def test_an_elected_chair_needs_the_election(rule, when):
    said = chairing(f'chair = {{ rule = "{rule}" }}')
    assert said.verdict.answer is Answer.NEEDS
    assert when in said.verdict.reasons[0].says


def test_a_fixed_chair_who_is_not_stated_is_not_stated():
    assert chairing('chair = { rule = "fixed" }').verdict.answer is Answer.NOT_STATED
