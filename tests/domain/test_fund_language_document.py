"""docs/fund-language.md is true: its blocks are read, its answer worked, its tables the code's."""

from __future__ import annotations

import ast
import re
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from concord.domain.agreements.matter import Facts
from concord.domain.agreements.reader import read_arrangement
from concord.domain.funds import amounts, fund, risk_rules, words
from concord.domain.funds.reader import read_fund
from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.risk_share import risk_share
from concord.domain.funds.risk_share.facts import LineVariance, Position, Recorded
from concord.domain.language.tables import Row, keys_of
from concord.domain.money import pence, pounds

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "fund-language.md").read_text(encoding="utf-8")
ARRANGEMENT = read_arrangement((ROOT / "places/middlemarch/arrangement.toml").read_text("utf-8"))
BLOCKS = re.findall(r"^```toml (\w+)\n(.*?)^```$", PAGE, re.M | re.S)
PREAMBLE = next(text for about, text in BLOCKS if about == "preamble")
EXAMPLE = next(text for about, text in BLOCKS if about == "example")
TABLES: dict[str, type[Row]] = {
    "The head of the file": fund.FundText, "`funds.*`": fund.Fund, "`paid`": fund.Paid,
    "`variation`": fund.Variation, "`funding.*`": fund.FundingSource,
    "`schemes.*`": fund.Scheme, "`lines.*`": fund.Line, "`contracts.*`": fund.Contract,
    "`reserves.*`": fund.Reserve, "`nil.*`": fund.Nil, "`budgets[]`": fund.Budget,
    "A cell that takes a part": amounts.Apportioned, "`apportionments.*`": fund.Apportionment,
    "`contingent[]`": fund.Contingent, "`control_totals.*`": fund.ControlTotal,
    "`savings[]`": fund.Saving, "`pressures.*`": fund.Pressure, "`risk[]`": risk_rules.RiskRule,
    "`of`": risk_rules.Which,
}  # fmt: skip
WORDS: dict[str, type[StrEnum]] = {
    "client_charges": words.ClientCharges, "vat_amounts": words.VatAmounts,
    "paid.when": words.PaidWhen, "acts_as": words.ActsAs, "lines.basis": words.AccountingBasis,
    "vat": words.VatRegime, "reserves.kind": words.ReserveKind, "nil.of": words.NilOf,
    "status": words.BudgetStatus, "apportionments.basis": words.ApportionmentBasis,
    "state": words.SavingState, "on": risk_rules.On, "net": risk_rules.Net,
    "silence": risk_rules.Silence, "causes": risk_rules.Cause,
}  # fmt: skip


def table_under(heading: str) -> list[list[str]]:
    """The cells of the first table after a heading, without its head."""
    part = re.split(rf"^#+ {re.escape(heading)}$", PAGE, flags=re.M)[1]
    part = re.split(r"^#", part, flags=re.M)[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("|")]
    return rows[2:]


@pytest.mark.parametrize(("about", "text"), BLOCKS)
def test_every_block_is_read_without_a_grave_finding(about, text):
    whole = PREAMBLE + text if about == "fragment" else text
    reading = read_fund(whole, ARRANGEMENT.arrangement)
    assert reading.fund is not None
    assert [str(f) for f in reading.grave] == []


@pytest.mark.parametrize("heading", TABLES)
def test_a_table_has_the_keys_the_code_reads(heading):
    documented = {row[0].strip("*`"): row[0].startswith("**") for row in table_under(heading)}
    assert documented == {n: how.required for n, (_, how) in keys_of(TABLES[heading]).items()}
    assert all(row[2].endswith((".", "`.")) for row in table_under(heading))


@pytest.mark.parametrize("name", WORDS)
def test_a_closed_set_has_the_words_of_the_code_in_their_order(name):
    rows = table_under(f"Words of `{name}`")
    assert [row[0] for row in rows] == [f"`{word}`" for word in WORDS[name]]


def test_no_table_and_no_closed_set_of_the_code_is_left_out():
    rows = {x for m in (fund, amounts) for x in vars(m).values() if _is(x, Row, m)}
    assert rows <= set(TABLES.values())
    sets = {x for x in vars(words).values() if _is(x, StrEnum, words)}
    assert sets <= set(WORDS.values())


def _is(value: object, kind: type, module: object) -> bool:
    named = getattr(module, "__name__", "")
    return isinstance(value, type) and issubclass(value, kind) and value.__module__ == named


def test_what_falls_to_may_be_is_what_the_code_reads():
    written = " ".join(row[0] for row in table_under("What `falls_to` may be"))
    for word in risk_rules.Falls:
        assert f'`"{word}"`' in written
    for kind in risk_rules.TABLES:
        assert f"{{ {kind} = " in written
    assert len(table_under("What `falls_to` may be")) == len(risk_rules.Falls) + len(
        risk_rules.TABLES
    )


def test_the_worked_answer_is_the_one_stated():
    text = read_fund(EXAMPLE, ARRANGEMENT.arrangement).fund
    over = [
        ("home_care", "£900,000", Cause.DEMAND, None),
        ("home_care", "£40,000", Cause.BREACH, "icb"),
        ("nursing", "£210,000", Cause.DEMAND, None),
        ("equipment", "-£15,000", Cause.DEMAND, None),
        ("beds", "-£120,000", Cause.DEMAND, None),
    ]
    position = Position(
        year="2024/25",
        variances=tuple(
            LineVariance(line=n, amount=pence(a), version=1, cause=c, at_fault=f)
            for n, a, c, f in over
        ),
        recorded={
            "reserve": Recorded(
                facts=Facts(agreed=frozenset({"executive_group"})), amount=pence("£260,000")
            )
        },
    )
    result = risk_share(ARRANGEMENT.arrangement, text, position, date(2025, 3, 31))
    found = {**result.borne, **result.reserves, "no one": result.no_one}
    told = {who: pounds(amount) for who, amount in found.items() if amount}
    assert told == dict(table_under("Answers of `example`"))
    assert sum(found.values()) == pence("£1,015,000")


def ids_of_the_code() -> set[str]:
    """Every finding id of the families fund and risk, and those of text and ref made for them."""
    found = set()
    for file in (ROOT / "src/concord/domain/funds").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= (
                    {node.value} if re.fullmatch(r"(fund|risk)\.[a-z0-9_]+", node.value) else set()
                )
            elif (
                isinstance(node, ast.JoinedStr) and ast.unparse(node) == "f'risk.{what}_below_zero'"
            ):
                found |= {"risk.cap_below_zero", "risk.takes_below_zero"}
    return found - {"fund.toml", "risk."}


def test_every_finding_is_documented_and_none_besides():
    documented = [row[0].strip("`") for row in table_under("5. Findings")]
    assert len(documented) == len(set(documented))
    of_families = {id_ for id_ in documented if id_.startswith(("fund.", "risk."))}
    assert of_families == ids_of_the_code()
