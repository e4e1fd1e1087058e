"""The exact rule and the simulated rule are one definition: they agree on every outturn.

The exact reading rounds to the penny at each rule and the simulated one never does, so they may
differ by a few pence for each rule read, and by no more than 1e-9 of the amounts beside that.
"""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain.risk_random import LINES, decisions, risk_shares
from tests.domain.risk_texts import ON, YEAR, agreed, arrangement, over, pence, text_with

from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.risk_share.exact import evaluated
from concord.domain.funds.risk_share.facts import LineVariance, Position
from concord.domain.funds.risk_share.planning import planned
from concord.domain.funds.who_pays.simulated import Simulated

SLOW = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DRAWS = 5


def both(rules, columns, drawn, recorded=None, uncommitted=None):
    """Each draw by the exact reading and by the simulated one, under the same names."""
    text = text_with(*rules)
    position = Position(
        year=YEAR, variances=columns, recorded=recorded or {}, uncommitted=uncommitted or {}
    )
    simulated = Simulated(planned(arrangement(), text, position, ON))
    cells = np.empty((simulated.cells, drawn.shape[1]))
    simulated.merge(drawn.astype(float), cells)
    bills = np.empty((len(simulated.names), drawn.shape[1]))
    simulated.bills(cells, bills)
    exact = []
    for n in range(drawn.shape[1]):
        varied = tuple(replace(c, amount=int(a)) for c, a in zip(columns, drawn[:, n], strict=True))
        plan = planned(arrangement(), text, replace(position, variances=varied), ON)
        exact.append(named(evaluated(plan), simulated.names))
    return simulated.names, np.array(exact).T, bills


def named(result, names):
    """An exact answer under the names of the simulated one."""
    found = {
        **result.borne,
        **{f"reserve {name}": amount for name, amount in result.reserves.items()},
        **{f"cut {name}": amount for name, amount in result.cut.items()},
        **{f"outside {name}": amount for name, amount in result.outside.items()},
        "waiting": sum(h.amount for h in result.waiting),
        "no one": result.no_one,
        "not stated": sum(h.amount for h in result.not_stated),
    }
    assert all(name in names or amount == 0 for name, amount in found.items())
    return [found.get(name, 0) for name in names]


@st.composite
def columns(draw):
    lines = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=9))
    return tuple(
        LineVariance(
            line=line, amount=0, version=1,
            cause=draw(st.sampled_from([Cause.DEMAND, Cause.PRICE, Cause.BREACH])),
            at_fault=draw(st.sampled_from(["council", "icb"])),
        )
        for line in lines
    )  # fmt: skip


@SLOW
@given(
    risk_shares(),
    columns(),
    decisions(),
    st.dictionaries(st.sampled_from(["home_care", "beds"]), st.integers(0, 500_000_00), max_size=2),
    st.integers(0, 2**32),
)
def test_exact_and_simulated_agree_on_random_rules_and_outturns(
    risk, varied, recorded, uncommitted, seed
):
    # Amounts of full length: a net of a penny or two either way is where rounding may decide which
    # rule speaks, and is tried in the test below.
    rng = np.random.default_rng(seed)
    drawn = rng.integers(-3_000_000_00, 3_000_000_00, (len(varied), DRAWS))
    names, exact, simulated = both(risk, varied, drawn, recorded, uncommitted)
    pennies = 2.0 * len(risk) * len(varied) + 2
    allowed = pennies + 1e-9 * np.abs(drawn).sum(axis=0)
    off = np.abs(exact - simulated)
    assert (off <= allowed).all(), (names, exact, simulated)


@SLOW
@given(risk_shares(), columns(), st.integers(0, 2**32))
def test_on_every_draw_the_simulated_bills_add_up_to_the_variances(risk, varied, seed):
    drawn = np.random.default_rng(seed).normal(0, 1e8, (len(varied), 50))
    position = Position(year=YEAR, variances=varied)
    simulated = Simulated(planned(arrangement(), text_with(*risk), position, ON))
    cells, bills = np.empty((simulated.cells, 50)), np.empty((len(simulated.names), 50))
    simulated.merge(drawn, cells)
    simulated.bills(cells, bills)
    gross = np.abs(drawn).sum(axis=0)
    assert (np.abs(bills.sum(axis=0) - drawn.sum(axis=0)) <= 1e-9 * gross).all()


def test_where_over_and_under_come_to_nothing_both_leave_the_lines_as_they_were():
    rules = [
        '{ on = "overspend", net = "fund", falls_to = { ratio = { icb = 1 } } }',
        '{ on = "either", net = "line", falls_to = "lead" }',
    ]
    varied = (over("home_care", "£0"), over("day_care", "£0"))
    drawn = np.array([[pence("£100")], [pence("-£100")]])
    names, exact, simulated = both(rules, varied, drawn)
    # Nothing net is no overspend, so the second rule has £100 for the council, −£100 for the ICB.
    council = names.index("council")
    assert exact[council] == simulated[council] == pence("£100")


def test_the_same_plan_serves_a_step_that_waits_and_one_that_was_agreed():
    rules = [
        """{ id = "r", on = "overspend", net = "line", falls_to = { reserve = "risk" },
        provided = [{ agreed_by = "board" }], silence = "waits" }""",
        '{ on = "either", net = "line", falls_to = "lead" }',
    ]
    varied = (over("home_care", "£0"),)
    drawn = np.array([[pence("£200,000"), pence("£500,000")]])
    for recorded in ({}, {"r": agreed("board")}):
        _, exact, simulated = both(rules, varied, drawn, recorded)
        assert np.array_equal(exact, simulated)


def test_lines_no_rule_tells_apart_are_carried_as_one():
    rules = ['{ on = "either", net = "fund", falls_to = { ratio = { council = 3, icb = 2 } } }']
    varied = (over("home_care", "£0"), over("day_care", "£0"), over("beds", "£0"))
    position = Position(year=YEAR, variances=varied)
    plan = planned(arrangement(), text_with(*rules), position, ON)
    assert Simulated(plan).cells == 2
    by_line = text_with('{ on = "either", net = "line", falls_to = "lead" }', *rules)
    assert Simulated(planned(arrangement(), by_line, position, ON)).cells == 3
