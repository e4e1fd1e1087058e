"""Whatever stands in a matter's text, every rule answers with findings and never fails."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.domain.a_matter import TEXT, matter, place, reading

from concord.domain.decisions.facts import answers
from concord.domain.decisions.forward_plan import entries
from concord.domain.decisions.matter import MatterText
from concord.domain.decisions.notices import notices
from concord.domain.decisions.obligations import obligation
from concord.domain.decisions.sign_offs import Event, Move, may_submit, standings
from concord.domain.decisions.versions import compare
from concord.domain.language.plain import plain

ON = date(2025, 1, 6)
LINES = [
    n for n, line in enumerate(TEXT.split("\n")) if re.match(r"[a-z_.]+ = (?!\[$|\"\"\")", line)
]


def asked_everything(text: MatterText) -> None:
    arrangement = place()
    answers(text, arrangement, ON)
    entries({"m": text}, arrangement, ON)
    notices("m", text, arrangement, ON)
    standing = standings(text, arrangement, [Event("", Move.ASKED, ON)], ON)
    may_submit(text, standing, ())
    compare(text, matter(), arrangement)
    compare(matter(), text, arrangement)
    for promise in text.promises.values():
        obligation(promise, "m", ON)
    plain(text)


@pytest.mark.parametrize("value", ['"not stated"', "1", "[{}]"])
def test_any_value_replaced_by_any_other_is_answered(value):
    for number in LINES:
        lines = TEXT.split("\n")
        lines[number] = f"{lines[number].split(' = ')[0]} = {value}"
        read = reading("\n".join(lines))
        if read.matter is not None:
            asked_everything(read.matter)


def test_any_line_left_out_is_answered():
    for number in LINES:
        lines = TEXT.split("\n")
        read = reading("\n".join(lines[:number] + lines[number + 1 :]))
        if read.matter is not None:
            asked_everything(read.matter)


@pytest.mark.parametrize("table", ["matter", "report", "stops", "exempt", "promises"])
@pytest.mark.parametrize("value", ['"not stated"', "1", "[]", '"none"'])
def test_a_whole_table_replaced_is_answered(table, value):
    pieces = re.split(r"(?m)^(?=\[)", TEXT)
    kept = [p for p in pieces if not re.match(rf"\[+{table}[.\]]", p)]
    read = reading(f"{table} = {value}\n" + "".join(kept))
    if read.matter is not None:
        asked_everything(read.matter)


def test_what_is_not_said_to_be_public_is_kept_back():
    read = reading(TEXT.replace('exempt = "prices"', 'exempt = "not stated"', 1))
    assert "exempt.not_stated" in [f.id for f in read.grave]
    assert read.matter is not None
    assert read.matter.report.parts[-1].exempt == "not stated"


@pytest.mark.parametrize(
    "words",
    [
        "A ", "a", "(", "{", "Aa ", "of the Act 2006 ", "AB BA CD DC ", "- x\\n", "1. x\\n",
        "The Of And ", "five years ", "£1,000 ", "ends in the ", "<a ", "_", "x/x", "\\n",
        "Appendix B ", "interventions described at 1.1 ", "Aaa (AAA) ",
        "- and x of Paris so that it goes on and on\\n",
    ],
)  # fmt: skip
def test_the_longest_text_of_one_kind_of_word_is_answered(words):
    """A pattern that took a time of its own for each word before it would not end here."""
    many = words * (60_000 // len(words.replace("\\n", "n")))
    text = f'[[report.parts]]\nkind = "background"\ntext = "{many}"\n'
    assert reading(TEXT + text).text.endswith('"\n')


def test_a_report_of_very_many_parts_is_answered():
    parts = '[[report.parts]]\nkind = "background"\ntext = "As section 1.1 says."\n' * 900
    assert "content.too_long" in [f.id for f in reading(TEXT + parts).grave]
