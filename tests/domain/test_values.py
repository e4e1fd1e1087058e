"""Live references: what each stands for, and what becomes of one that refers to nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.a_matter import TEXT, matter, place, spoilt

from concord.domain.decisions.values import fill, values_of


def filled(words, text=TEXT, parts=None):
    values = values_of(matter(text), place()).numbered(parts or {})
    return fill(words, values)


def test_names_are_the_arrangements():
    words = "{body:cabinet}, {organisation:icb}, {post:leader}, {agreement:s75}, {function:care}"
    told, dangling = filled(words)
    assert told == "Cabinet, NHS Lowick ICB, Leader, Section 75 agreement, Care commissioning"
    assert dangling == ()


def test_a_stop_is_its_body_and_its_day():
    assert (
        filled("{stop:cabinet}; {date:icb}")[0] == "Cabinet on 11 February 2025; 13 February 2025"
    )


def test_a_day_not_stated_stays_so():
    text = spoilt(("on = 2025-02-11", 'on = "not stated"'))
    assert filled("{date:cabinet}", text)[0] == "not stated"


def test_a_clause_is_that_of_its_delegation():
    assert filled("{clause:director}")[0] == "12.3"


def test_money_is_summed_by_line_year_both_and_nature():
    more = (
        '  { amount = "£20,000", nature = "cost", year = "2025/26", line = "Training" },\n'
        '  { amount = "£5,000", nature = "cost", year = "2026/27", line = "Training" },\n'
    )
    text = spoilt(('  { amount = "£120,000"', f'{more}  {{ amount = "£120,000"'))
    assert filled("{money:Training}", text)[0] == "£25,000"
    assert filled("{money:Training 2026/27}", text)[0] == "£5,000"
    assert filled("{money:cost}", text)[0] == "£505,000"  # 480,000 + 20,000 + 5,000
    assert filled("{money:saving}", text)[0] == "£120,000"
    assert filled("{money:total}", text)[0] == "£505,000"


def test_a_sum_with_an_unknown_in_it_is_not_stated():
    unknown = '  { amount = "not stated", year = "2025/26", line = "Rent" },\n'
    text = spoilt(('  { amount = "£120,000"', f'{unknown}  {{ amount = "£120,000"'))
    assert filled("{money:Rent}, {money:cost}, {money:total}", text)[0] == (
        "not stated, not stated, not stated"
    )
    assert filled("{money:Reablement}, {money:saving}", text)[0] == "£480,000, £120,000"


def test_a_part_has_its_number_in_the_format_at_hand():
    assert filled("see {part:risks}", parts={"risks": "4.2"})[0] == "see 4.2"
    assert filled("see {part:risks}")[1][0].reference == "{part:risks}"


def test_what_refers_to_nothing_stays_as_it_stands_with_the_nearest_that_does():
    told, (dangling,) = filled("It goes to {body:cabinett}.")
    assert told == "It goes to {body:cabinett}."
    assert dangling.remedy == "Did you mean cabinet?"
    assert "body" in filled("{boddy:cabinet}")[1][0].remedy


@given(st.text(alphabet="{}:abcint y\n", max_size=40))
def test_text_around_references_is_never_touched(words):
    told, _ = filled(words)
    assert told.replace("Cabinet", "{body:cabinet}") == words or "{" not in words or told == words


def test_what_is_spent_never_adds_to_what_is_saved():
    assert filled("{money:2025/26}; {money:saving 2025/26}")[0] == "£480,000; £120,000"
    assert filled("{money:Care homes}")[0] == "£120,000"
    assert filled("{money:total}")[0] == "£480,000"
