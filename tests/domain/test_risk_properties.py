"""What holds of every risk share: nothing is lost, nothing leaks, and names do not matter."""

import re
from dataclasses import replace
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain import risk_texts
from tests.domain.risk_random import decisions, outturns, risk_shares, rules
from tests.domain.risk_texts import ON, YEAR, arrangement, asked, text_with

from concord.domain.agreements.reader import read_arrangement
from concord.domain.funds.reader import read_fund
from concord.domain.funds.risk_share import risk_share
from concord.domain.funds.risk_share.facts import Position
from concord.domain.funds.risk_share.sheet import worked_sheet

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
UNCOMMITTED = st.dictionaries(
    st.sampled_from(["home_care", "beds", "adaptations"]), st.integers(0, 500_000_00), max_size=3
)


@SLOW
@given(risk_shares(), outturns(), decisions(), UNCOMMITTED)
def test_the_parts_add_up_to_the_variances_exactly(risk, varied, recorded, uncommitted):
    asked(risk, *varied, recorded=recorded, uncommitted=uncommitted)  # asserts it itself


@SLOW
@given(risk_shares(), outturns(), decisions(), UNCOMMITTED)
def test_no_reserve_gives_more_than_it_holds_and_no_cut_more_than_there_is(
    risk, varied, recorded, uncommitted
):
    result = asked(risk, *varied, recorded=recorded, uncommitted=uncommitted)
    put_in = sum(-v.amount for v in varied if v.amount < 0)
    assert result.reserves.get("risk", 0) <= 300_000_00 + put_in
    assert sum(result.cut.values()) <= sum(uncommitted.values())


@SLOW
@given(st.lists(rules(only_partners=True), min_size=1, max_size=4), outturns())
def test_the_mirror_of_an_outturn_bears_the_mirror_of_its_shares(risk, varied):
    mirrored = tuple(replace(v, amount=-v.amount) for v in varied)
    there, back = asked(risk, *varied), asked(risk, *mirrored)
    assert back.borne == {who: -amount for who, amount in there.borne.items()}
    assert back.no_one == -there.no_one


@SLOW
@given(risk_shares(), outturns(), decisions())
def test_no_penny_crosses_a_compartment_or_an_agreement(risk, varied, recorded):
    """Asked of the grant and of the far pool alone, the answer is what they give among the rest.

    The reserve is of the first agreement and not for ring-fenced money, so neither changes it.
    """
    # An amount decided is one sum over every group, so that is left out here.
    recorded = {name: r for name, r in recorded.items() if r.amount is None}
    apart = tuple(v for v in varied if v.line in ("adaptations", "away"))
    rest = tuple(v for v in varied if v not in apart)
    whole = asked(risk, *varied, recorded=recorded)
    parts = asked(risk, *apart, recorded=recorded), asked(risk, *rest, recorded=recorded)
    for who in {*whole.borne, *parts[0].borne, *parts[1].borne}:
        assert whole.borne.get(who, 0) == sum(p.borne.get(who, 0) for p in parts)
    assert parts[0].reserves == {}
    assert whole.reserves == parts[1].reserves


def _renamed(text: str) -> str:
    swap = {"council": "shire", "icb": "board_of_health"}
    return re.sub(r"\b(council|icb)\b(?! finance)", lambda m: swap[m[1]], text)


@cache
def _renamed_arrangement():
    return read_arrangement(
        _renamed(risk_texts.ARRANGEMENT).replace('kind = "shire"', 'kind = "council"')
    ).arrangement


@SLOW
@given(risk_shares(), outturns(), decisions())
def test_renaming_partners_renames_the_answer(risk, varied, recorded):
    names = {"council": "shire", "icb": "board_of_health"}
    text = read_fund(
        _renamed(risk_texts.FUND.replace("RISK", "risk = [\n" + ",\n".join(risk) + "\n]")),
        _renamed_arrangement(),
    ).fund
    theirs = tuple(replace(v, at_fault=names.get(v.at_fault or "")) for v in varied)
    position = Position(year=YEAR, variances=theirs, recorded=recorded)
    renamed = risk_share(_renamed_arrangement(), text, position, ON)
    plain = asked(risk, *varied, recorded=recorded)
    assert renamed.borne == {names.get(who, who): amount for who, amount in plain.borne.items()}


@SLOW
@given(risk_shares(), outturns(), decisions())
def test_the_worked_sheet_can_be_worked_again(risk, varied, recorded):
    """Every row's shares add up to what is taken, and exact shares round to those given."""
    result = asked(risk, *varied, recorded=recorded)
    for step in worked_sheet(arrangement(), text_with(*risk), result.trail):
        assert step.says
        if step.shares:
            assert sum(s.share for s in step.shares) == step.taken
            assert sum(s.rounded_down for s in step.shares) + step.pennies_left == abs(step.taken)
            assert step.passes_on == step.net - sum(s.bears for s in step.shares)
            for s in step.shares:
                exact = abs(step.taken) * s.weight * 10**6 // sum(w.weight for w in step.shares)
                assert int(s.exact.lstrip("−").replace(",", "").replace(".", "")) == exact
