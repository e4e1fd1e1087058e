"""What a fund text gets whatever it is: findings with lines, and never a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.a_fund import FUND, read, small_arrangement

from concord.domain.funds.budgets import counted_lines, partner_total, partners_of, parts_of, total
from concord.domain.funds.fund import Apportionment
from concord.domain.funds.reader import read_fund
from concord.domain.funds.years import first_day, last_day, year_of

MIDDLEMARCH = (Path(__file__).parents[2] / "places" / "middlemarch" / "fund.toml").read_text(
    encoding="utf-8"
)
LINES = MIDDLEMARCH.splitlines()
WORDS = sorted(set(re.findall(r'"[^"\n]*"|[\w/-]+', MIDDLEMARCH)))


def asked_everything(text: str) -> None:
    """Reads a text and asks of it what can be asked; nothing may be raised."""
    reading = read_fund(text, small_arrangement())
    assert all(f.remedy and f.line >= 0 for f in reading.findings)
    if reading.fund is None:
        assert reading.findings
        return
    for budget in reading.fund.budgets:
        lines = counted_lines(small_arrangement(), reading.fund, budget)
        total(reading.fund, budget, lines)
        for partner in partners_of(budget):
            partner_total(reading.fund, budget, partner, lines)


@given(st.text(max_size=200))
def test_any_text_at_all_is_read(text):
    asked_everything(text)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=20))
def test_a_text_with_lines_left_out_is_read(left_out):
    asked_everything("\n".join(row for n, row in enumerate(LINES) if n not in set(left_out)))


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(WORDS), st.sampled_from([*WORDS, "{}", "[]", "-1", "1e9", '""', "true"]))
def test_a_text_with_one_word_for_another_is_read(old, new):
    asked_everything(MIDDLEMARCH.replace(old, new))


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(MIDDLEMARCH)), st.integers(1, 80))
def test_a_text_that_was_cut_is_read(at, many):
    asked_everything(MIDDLEMARCH[:at] + MIDDLEMARCH[at + many :])


@pytest.mark.parametrize(
    "value", ["1", "true", "[]", "{}", '"not stated"', '"none"', "[1]", "[[1]]", "2024-01-01"]
)
@pytest.mark.parametrize("table", sorted(set(re.findall(r"^\[+([a-z_]+)", FUND, re.M)) | {"risk"}))
def test_a_table_of_the_wrong_kind_is_told(table, value):
    kept = re.split(r"^(?=\[)", FUND, flags=re.M)
    head, *rest = [part for part in kept if not part.startswith((f"[{table}", f"[[{table}"))]
    head = "\n".join(row for row in head.splitlines() if not row.startswith(table))
    asked_everything(f"{head}\n{table} = {value}\n{''.join(rest)}")


def test_every_fault_is_told_at_once():
    spoilt = FUND.replace('"£60"', '"60"', 1).replace('host = "council"', 'hots = "council"')
    told = {f.id for f in read(spoilt).findings}
    assert {"text.not_money", "text.unknown_key", "text.missing_key"} <= told


def test_what_is_not_stated_is_counted_with_its_line():
    reading = read(FUND.replace('host = "council"', 'host = "not stated"'))
    (silence,) = reading.not_stated
    assert silence.path == "funds.pool.host"
    assert FUND.splitlines()[silence.line - 1].startswith("pool = ")


@given(
    st.integers(0, 10**13),
    st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 10**6), min_size=1).filter(
        lambda figures: any(figures.values())
    ),
)
def test_all_parts_of_a_wider_sum_make_the_whole(whole, figures):
    parts = parts_of(Apportionment(figures=figures), whole)
    assert sum(parts.values()) == whole
    for name, figure in figures.items():
        # Each part is within a penny of its exact share.
        assert abs(parts[name] * sum(figures.values()) - whole * figure) < sum(figures.values())


def test_a_financial_year_runs_from_april_to_march():
    assert f"{first_day('2024/25')} {last_day('2024/25')}" == "2024-04-01 2025-03-31"
    assert f"{first_day('1999/00')} {last_day('1999/00')}" == "1999-04-01 2000-03-31"
    assert year_of(last_day("2024/25")) == year_of(first_day("2024/25")) == "2024/25"
    for name in ("2024/26", "24/25", "2024-25", "2024", "", "9999/00"):
        with pytest.raises(ValueError, match="a financial year"):
            first_day(name)
