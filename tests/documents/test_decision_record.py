"""The written statement of a decision: the heads of each law, and what the public may not read."""

from datetime import date, datetime

import pytest

from concord.documents.decision_record import (
    DecisionFacts,
    heads_of,
    law_of,
    public_part,
    statement,
)
from concord.documents.html import to_html
from concord.documents.paper import Audience

RECORD = {
    "made_by": ["Dorothea Brooke"], "capacity": "one person alone", "text": "To buy six hoists",
    "reasons": "The old ones are worn", "rejected": [{"what": "Hire them", "why": "dearer"}],
    "conflicts": [], "dispensations": None, "consulted": ["the lead member"], "key": False,
    "private": False,
}  # fmt: skip


def facts(law: str = "reg_13_record", **more) -> DecisionFacts:
    said = {"reference": "council-2026-7", "organisation": "Middlemarch Borough Council",
            "title": "Six hoists", "maker": "Director of Adult Care", "clause": "12.3",
            "made": datetime.fromisoformat("2026-11-12 10:00")}  # fmt: skip
    record = {**RECORD, "law": law, **more.pop("record", {})}
    return DecisionFacts(**{**said, **more}, record=record)


@pytest.mark.parametrize(
    ("law", "letters", "authority"),
    [
        # Regulations 12(2) and 13(4): five heads each.
        ("reg_12_record", "abcde", "SI 2012/2089, regulation 12"),
        ("reg_13_record", "abcde", "SI 2012/2089, regulation 13"),
        # SI 2014/2095, regulation 7(3): four.
        ("officer_record_2014", "abcd", "SI 2014/2095, regulation 7"),
    ],
)
def test_a_record_has_just_the_heads_of_its_law(law, letters, authority):
    found = heads_of(facts(law), Audience.PUBLIC)
    assert "".join(head.letter for head in found) == letters
    assert law_of(facts(law)).law == authority


def test_an_nhs_body_asks_who_decided_and_under_which_power():
    said = {h.letter: h.says for h in heads_of(facts("nhs_record"), Audience.PUBLIC)}
    assert said["who"] == ("Dorothea Brooke, as Director of Adult Care", "12.3")


def test_none_and_not_recorded_are_two_things():
    said = {h.letter: h.says for h in heads_of(facts(), Audience.PUBLIC)}
    assert said["d"] == ("None",)  # nobody declared a conflict
    assert said["e"] == ("Not recorded",)


def test_a_private_decision_loses_its_text_reasons_and_options_and_says_by_which_law():
    one = facts(record={"private": True}, kept_back="Not for publication under paragraph 3.")
    said = to_html(statement(one))
    assert "hoists</h" in said  # its title, which its notice told already
    for secret in ("To buy", "worn", "Hire them"):
        assert secret not in said
    assert "Not for publication under paragraph 3." in said
    full = to_html(statement(one, Audience.FULL))
    assert "The old ones are worn" in full


def test_what_the_public_may_read_stands_in_the_place_of_the_text():
    kept = public_part(
        {**RECORD, "private": True, "matter": {"amount": "£20,000"}}, "To buy hoists"
    )
    assert kept["text"] == "To buy hoists"
    assert "matter" not in kept
    assert "reasons" not in kept


def test_a_retrospective_decision_is_named_as_such():
    said = to_html(statement(facts(holds_from=date(2026, 10, 1))))
    assert "A retrospective decision: it is meant to hold from Thursday 1 October 2026." in said


def test_words_of_a_record_are_printed_as_words():
    said = to_html(statement(facts(record={"reasons": "<script>alert(1)</script>"})))
    assert "<script>" not in said
