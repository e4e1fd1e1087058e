"""Successions with splits and mergers: made up, at random, and over the two whole real tables."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.domain.findings import Answer
from concord.domain.language.values import NOT_STATED, NotStated
from concord.domain.places.succession import (
    Succession,
    chain,
    links,
    name_on,
    names_before,
    names_on,
    passes_on,
    predecessors,
    succession_findings,
    successors,
)

IN_2013, IN_2022 = date(2013, 4, 1), date(2022, 7, 1)


def row(old, new, on, carries=NOT_STATED, line=0):
    old, new = ((old,) if isinstance(old, str) else old), ((new,) if isinstance(new, str) else new)
    return Succession(from_=old, to=new, on=on, carries=carries, line=line)


LINE = (row("pct", "ccg", IN_2013), row("ccg", "icb", IN_2022))
SPLIT = (row("county_pct", ("north", "south"), IN_2013),)
MERGER = (row(("north", "south"), "county_ccg", date(2020, 4, 1)),)


# One line of organisations --------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2013, 3, 31), "pct"),
        (date(2013, 4, 1), "ccg"),
        (date(2022, 6, 30), "ccg"),
        (date(2022, 7, 1), "icb"),
    ],
)
def test_an_old_name_resolves_to_its_successor_from_the_day_itself(day, name):
    assert name_on(LINE, "pct", day) == name
    assert names_on(LINE, "pct", day) == (name,)


def test_history_keeps_the_old_name():
    assert names_before(LINE, "icb", date(2011, 6, 1)) == ("pct",)
    assert names_before(LINE, "icb", date(2015, 6, 1)) == ("ccg",)
    assert names_before(LINE, "icb", date(2023, 6, 1)) == ("icb",)


def test_direct_successors_and_predecessors_are_those_of_one_step():
    day = date(2023, 1, 1)
    assert successors(LINE, "pct", day) == ("ccg",)
    assert predecessors(LINE, "icb", day) == ("ccg",)
    assert successors(LINE, "ccg", date(2022, 6, 30)) == ()
    assert predecessors(LINE, "icb", date(2022, 6, 30)) == ()


def test_a_name_nobody_succeeded_stands_for_itself():
    assert names_on(LINE, "council", date(2030, 1, 1)) == ("council",)
    assert names_before(LINE, "council", date(2000, 1, 1)) == ("council",)


def test_a_chain_runs_both_ways_from_any_of_its_names():
    shown = [(link.from_, link.to) for link in chain(LINE, "ccg")]
    assert shown == [("pct", "ccg"), ("ccg", "icb")]
    assert chain(LINE, "pct") == chain(LINE, "icb") == chain(LINE, "ccg")
    assert chain(LINE, "council") == ()


# Splits and mergers ---------------------------------------------------------------------


def test_a_split_leaves_several_in_its_place_and_no_single_one():
    assert names_on(SPLIT, "county_pct", IN_2013) == ("north", "south")
    assert name_on(SPLIT, "county_pct", IN_2013) is None


def test_a_split_that_merges_again_is_one_once_more():
    rows = SPLIT + MERGER
    assert names_on(rows, "county_pct", date(2020, 4, 1)) == ("county_ccg",)
    assert name_on(rows, "county_pct", date(2020, 4, 1)) == "county_ccg"
    assert names_before(rows, "county_ccg", date(2019, 1, 1)) == ("north", "south")
    assert names_before(rows, "county_ccg", date(2012, 1, 1)) == ("county_pct",)
    assert predecessors(rows, "county_ccg", date(2020, 4, 1)) == ("north", "south")
    assert len(chain(rows, "south")) == 2


def test_one_row_with_several_names_says_what_several_rows_say():
    several = (row("county_pct", "north", IN_2013), row("county_pct", "south", IN_2013))
    day = date(2015, 1, 1)
    assert names_on(SPLIT, "county_pct", day) == names_on(several, "county_pct", day)
    assert [(x.from_, x.to) for x in links(SPLIT)] == [(x.from_, x.to) for x in links(several)]


# Days that are not stated ---------------------------------------------------------------


def test_between_the_bounds_of_a_day_not_stated_the_name_is_not_stated():
    rows = (row("a", "b", NotStated(earliest=date(2017, 1, 1), latest=date(2018, 3, 31))),)
    assert name_on(rows, "a", date(2016, 12, 31)) == "a"
    assert name_on(rows, "a", date(2017, 6, 1)) == NOT_STATED
    assert name_on(rows, "a", date(2018, 3, 31)) == "b"


# What a succession carries --------------------------------------------------------------

MADE, LATER = date(2020, 4, 1), date(2023, 1, 1)


@pytest.mark.parametrize(
    ("carries", "answer", "now"),
    [
        ("everything", Answer.STANDS, ("icb",)),
        (("s75", "scheme"), Answer.STANDS, ("icb",)),
        (("mou",), Answer.REFUSED, ()),
        ((), Answer.REFUSED, ()),
        (NOT_STATED, Answer.NOT_STATED, ("icb",)),
    ],
)
def test_what_is_carried_passes_on_and_what_is_not_named_lapses(carries, answer, now):
    rows = (row("ccg", "icb", IN_2022, carries),)
    passing = passes_on(rows, "s75", "ccg", MADE, LATER)
    assert passing.verdict.answer is answer
    assert passing.to == now


def test_before_the_succession_nothing_has_to_pass():
    rows = (row("ccg", "icb", IN_2022, ()),)
    passing = passes_on(rows, "s75", "ccg", MADE, date(2022, 6, 30))
    assert passing.verdict.stands
    assert passing.to == ("ccg",)


def test_a_lapse_cites_its_succession_and_says_what_would_mend_it():
    rows = (
        Succession(from_=("ccg",), to=("icb",), on=IN_2022, carries=(), sources=("transfer 3",)),
    )
    reason = passes_on(rows, "scheme", "ccg", MADE, LATER).verdict.against[0]
    assert "1 July 2022" in reason.says
    assert reason.authority.sources == ("transfer 3",)
    assert "icb" in reason.remedy


def test_a_thing_must_be_carried_at_every_step():
    rows = (row("pct", "ccg", IN_2013, "everything"), row("ccg", "icb", IN_2022, ()))
    assert passes_on(rows, "s75", "pct", date(2010, 4, 1), date(2022, 6, 30)).to == ("ccg",)
    assert passes_on(rows, "s75", "pct", date(2010, 4, 1), LATER).verdict.answer is Answer.REFUSED


def test_one_step_not_stated_keeps_the_whole_from_being_certain():
    rows = (row("pct", "ccg", IN_2013, NOT_STATED), row("ccg", "icb", IN_2022, "everything"))
    passing = passes_on(rows, "s75", "pct", date(2010, 4, 1), LATER)
    assert passing.verdict.answer is Answer.NOT_STATED
    assert passing.to == ("icb",)


def test_a_thing_made_after_the_succession_under_the_old_name_is_the_successor_s():
    rows = (row("pct", "ccg", IN_2013, ()), row("ccg", "icb", IN_2022, "everything"))
    assert passes_on(rows, "s75", "pct", date(2015, 4, 1), LATER).verdict.stands
    assert passes_on(rows, "s75", "pct", IN_2013, date(2020, 1, 1)).to == ("ccg",)


def test_each_side_of_a_split_carries_for_itself():
    rows = (
        row("county_pct", "north", IN_2013, ("s75",)),
        row("county_pct", "south", IN_2013, ()),
    )
    passing = passes_on(rows, "s75", "county_pct", date(2010, 1, 1), date(2014, 1, 1))
    assert passing.verdict.stands
    assert passing.to == ("north",)


def test_a_thing_carried_lives_on_whichever_day_the_succession_was():
    unsure = NotStated(earliest=date(2017, 1, 1), latest=date(2018, 1, 1))
    day = date(2017, 6, 1)
    carried = passes_on((row("a", "b", unsure, "everything"),), "s75", "a", date(2016, 1, 1), day)
    assert carried.verdict.stands
    assert set(carried.to) == {"a", "b"}
    dropped = passes_on((row("a", "b", unsure, ()),), "s75", "a", date(2016, 1, 1), day)
    assert dropped.verdict.answer is Answer.NOT_STATED


# Findings -------------------------------------------------------------------------------


def found(rows):
    return [(f.id, f.line) for f in succession_findings(rows, "arrangement.toml")]


def test_a_well_ordered_line_has_no_findings():
    assert found(LINE) == found(SPLIT + MERGER) == []


def test_a_circle_of_successions_is_found_at_the_row_that_closes_it():
    rows = (
        row("a", "b", date(2010, 1, 1), line=1),
        row("b", "c", date(2011, 1, 1), line=2),
        row("c", "a", date(2012, 1, 1), line=3),
    )
    assert ("date.succession_circular", 3) in found(rows)


def test_an_organisation_does_not_succeed_itself():
    assert found((row("a", "a", IN_2013, line=4),)) == [("date.succession_circular", 4)]
    assert name_on((row("a", "a", IN_2013),), "a", LATER) == "a"


def test_an_organisation_cannot_pass_on_before_it_took_over():
    rows = (row("a", "b", date(2022, 7, 1), line=1), row("b", "c", date(2013, 4, 1), line=2))
    assert found(rows) == [("date.succession_backwards", 2)]
    assert names_on(rows, "a", LATER) == ("b",)


def test_the_same_succession_twice_is_found():
    rows = (row("a", "b", IN_2013, line=1), row("a", "b", IN_2022, line=5))
    assert ("ref.succession_twice", 5) in found(rows)


def test_a_line_of_twenty_thousand_is_walked_without_recursion():
    day = date(1000, 1, 1)
    rows = [row(f"o{n}", f"o{n + 1}", day + timedelta(days=n)) for n in range(20_000)]
    rows.append(row("o20000", "o0", date(2020, 1, 1), line=9))
    assert ("date.succession_circular", 9) in found(rows)


# Properties -----------------------------------------------------------------------------

days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
any_rows = st.lists(
    st.builds(row, st.sampled_from("abcdef"), st.sampled_from("abcdef"), days), max_size=12
)
# Sound rows: a name passes on only to later letters, and every later letter passes on later.
sound_rows = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 5)).map(
        lambda pair: row(f"o{pair[0]}", f"o{pair[0] + pair[1]}", date(2000 + 2 * pair[0], 4, 1))
    ),
    max_size=12,
)


@given(any_rows, st.sampled_from("abcdef"), days)
def test_any_rows_whatever_have_an_end_and_name_somebody(rows, name, day):
    assert names_on(rows, name, day)
    assert names_before(rows, name, day)
    assert chain(rows, name) is not None
    succession_findings(rows)
    passes_on(rows, "s75", name, None, day)


@given(any_rows)
def test_before_the_first_succession_everyone_is_himself(rows):
    assert all(names_on(rows, name, date(1999, 12, 31)) == (name,) for name in "abcdef")


@given(sound_rows, days)
def test_whoever_stands_in_a_place_has_not_been_succeeded(rows, day):
    for name in {link.from_ for link in links(rows)}:
        for now in names_on(rows, name, day):
            assert successors(rows, now, day) == ()


@given(sound_rows, days, days)
def test_asking_twice_on_the_way_answers_the_same(rows, one, other):
    early, late = sorted((one, other))
    for name in ("o0", "o1", "o2"):
        through = {n for step in names_on(rows, name, early) for n in names_on(rows, step, late)}
        assert through == set(names_on(rows, name, late))


@given(sound_rows, days)
def test_going_on_and_back_finds_the_first_name_again(rows, day):
    if names_on(rows, "o0", day) == ("o0",):
        for now in names_on(rows, "o0", date(2031, 1, 1)):
            assert "o0" in names_before(rows, now, day)


@given(sound_rows, days)
def test_successors_and_predecessors_are_two_views_of_one_thing(rows, day):
    names = {f"o{n}" for n in range(11)}
    forward = {(a, b) for a in names for b in successors(rows, a, day)}
    assert forward == {(a, b) for b in names for a in predecessors(rows, b, day)}


@given(sound_rows, days)
def test_everything_carried_is_alive_wherever_the_owner_s_place_is(rows, day):
    carried = [row(r.from_, r.to, r.on, "everything") for r in rows]
    passing = passes_on(carried, "s75", "o0", None, day)
    assert passing.verdict.stands
    assert set(passing.to) == set(names_on(carried, "o0", day))


@given(sound_rows)
def test_sound_rows_have_no_findings_but_repeats(rows):
    assert {f.id for f in succession_findings(rows)} <= {"ref.succession_twice"}


# The whole real tables ------------------------------------------------------------------

DATA = Path(__file__).parents[3] / "shared" / "data"


def real(name):
    file = DATA / name
    if not file.exists():
        pytest.skip(f"the public table {name} is not beside this checkout")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(csv.DictReader(lines))


@pytest.fixture(scope="module")
def trusts():
    table = real("pct_to_ccg_2013.csv")
    return tuple(row(f"pct {r['pct_code']}", f"ccg {r['ccg_ons']}", IN_2013) for r in table)


@pytest.fixture(scope="module")
def groups():
    table = real("partner_geography_ltla_ccg21_icb22.csv")
    pairs = dict.fromkeys((f"ccg {r['ccg21_code']}", f"icb {r['icb22_code_h']}") for r in table)
    return tuple(row(ccg, icb, IN_2022) for ccg, icb in pairs)


def test_each_of_the_151_trusts_became_at_least_one_group_in_2013(trusts):
    old = {link.from_ for link in links(trusts)}
    assert len(old) == 151
    for pct in old:
        assert names_on(trusts, pct, date(2013, 3, 31)) == (pct,)
        after = names_on(trusts, pct, IN_2013)
        assert after
        assert all(name.startswith("ccg ") for name in after)


def test_the_real_successions_of_2013_have_no_findings(trusts):
    assert succession_findings(trusts) == ()


def test_the_shares_of_each_trust_s_postcodes_make_the_whole():
    shares = defaultdict(float)
    for r in real("pct_to_ccg_2013.csv"):
        shares[r["pct_code"]] += float(r["postcode_percent"])
    assert all(abs(share - 100) < 0.1 for share in shares.values())


SPANNING = {
    # The table puts parts of these three groups' areas under two boards each.
    "ccg E38000026": {"NHS Cambridgeshire and Peterborough CCG"},
    "ccg E38000182": {"NHS Tameside and Glossop CCG"},
    "ccg E38000250": {"NHS Black Country and West Birmingham CCG"},
}


def test_every_group_of_2021_became_one_board_but_for_three_whose_areas_were_divided(groups):
    names = defaultdict(set)
    for r in real("partner_geography_ltla_ccg21_icb22.csv"):
        names[f"ccg {r['ccg21_code']}"].add(r["ccg21_name"])
    assert len(names) == 106
    divided = {ccg: names[ccg] for ccg in names if len(names_on(groups, ccg, IN_2022)) != 1}
    assert divided == SPANNING
    assert all(len(names_on(groups, ccg, IN_2022)) == 2 for ccg in SPANNING)


def test_all_42_boards_have_a_group_before_them(groups):
    boards = {link.to for link in links(groups)}
    assert len(boards) == 42
    for board in boards:
        assert all(n.startswith("ccg ") for n in names_before(groups, board, date(2022, 6, 30)))


@pytest.mark.parametrize(
    ("pct", "ccgs"),
    [
        ("5L1", {"E38000167"}),  # Southampton City: NHS Southampton CCG
        ("5N4", {"E38000146"}),  # Sheffield: NHS Sheffield CCG
        ("5N5", {"E38000044"}),  # Doncaster: NHS Doncaster CCG
        ("5C3", {"E38000035"}),  # City and Hackney Teaching: NHS City and Hackney CCG
        ("5ET", {"E38000008"}),  # Bassetlaw: NHS Bassetlaw CCG, apart from the county
        (  # Nottinghamshire County Teaching: Mansfield and Ashfield, Newark & Sherwood,
            # Nottingham North and East, Rushcliffe, Nottingham West
            "5N8",
            {"E38000103", "E38000109", "E38000133", "E38000142", "E38000134"},
        ),
    ],
)
def test_the_trusts_of_the_five_reports_became_the_groups_we_checked_by_hand(trusts, pct, ccgs):
    assert set(names_on(trusts, f"pct {pct}", IN_2013)) == {f"ccg {c}" for c in ccgs}


@pytest.mark.parametrize(
    ("ccg", "board"),
    [
        ("E38000146", "icb QF7"),  # Sheffield: South Yorkshire
        ("E38000044", "icb QF7"),  # Doncaster: South Yorkshire
        ("E38000253", "icb QRL"),  # Hampshire, Southampton and Isle of Wight
        ("E38000255", "icb QMF"),  # North East London, with the City and Hackney in it
        ("E38000008", "icb QT1"),  # Bassetlaw: Nottingham and Nottinghamshire
        ("E38000243", "icb QT1"),  # Nottingham and Nottinghamshire
    ],
)
def test_the_groups_of_the_five_places_became_the_boards_we_checked_by_hand(groups, ccg, board):
    assert name_on(groups, f"ccg {ccg}", IN_2022) == board


@pytest.mark.parametrize(("pct", "name"), [("5N4", "Sheffield"), ("5N5", "Doncaster")])
def test_two_places_run_unbroken_from_trust_to_group_to_board(trusts, groups, pct, name):
    rows = trusts + groups
    assert name_on(rows, f"pct {pct}", date(2013, 3, 31)) == f"pct {pct}", name
    assert name_on(rows, f"pct {pct}", date(2022, 7, 1)) == "icb QF7", name
    assert f"pct {pct}" in names_before(rows, "icb QF7", date(2010, 1, 1)), name


def test_bassetlaw_and_the_county_s_five_groups_part_in_2013_and_meet_in_one_board(trusts, groups):
    """The five groups and Nottingham City's merged on 1 April 2020; Bassetlaw's joined in 2022."""
    county = ("E38000103", "E38000109", "E38000133", "E38000142", "E38000134")
    merged = tuple(row(f"ccg {c}", "ccg E38000243", date(2020, 4, 1)) for c in county)
    rows = trusts + merged + groups
    assert len(names_on(rows, "pct 5N8", date(2019, 1, 1))) == 5
    assert name_on(rows, "pct 5N8", date(2021, 1, 1)) == "ccg E38000243"
    assert name_on(rows, "pct 5ET", date(2021, 1, 1)) == "ccg E38000008"
    assert name_on(rows, "pct 5N8", IN_2022) == name_on(rows, "pct 5ET", IN_2022) == "icb QT1"
