"""docs/language.md is true: its texts are read, its answers given, its tables those of the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest
from tests.domain.language_document import Block, block, blocks, document, table_under

from concord import law
from concord.domain.agreements import arrangement as a
from concord.domain.agreements import bodies as b
from concord.domain.agreements import conditions as c
from concord.domain.agreements import local_clocks as lc
from concord.domain.agreements import words as w
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import may_decide
from concord.domain.agreements.matter import BEFORE, Facts, Matter, Meeting, Sitting
from concord.domain.agreements.reader import read_arrangement
from concord.domain.findings import Answer, Verdict
from concord.domain.language.kinds import ANY_TABLE
from concord.domain.language.reading import Standing
from concord.domain.language.tables import Row, keys_of
from concord.domain.money import pence
from concord.domain.places.organisations import Governance, OrganisationKind, Role
from concord.domain.places.people import Holding, Mandate, PostKind
from concord.domain.places.populations import NotCovered
from concord.domain.places.succession import Succession

DOMAIN = Path(__file__).parents[2] / "src" / "concord" / "domain"
SUBJECTS = ("agreements", "clocks", "language", "places")  # the domain that an arrangement reaches

TABLES: dict[str, type[Row]] = {
    "The head of the file": a.Arrangement, "`place`": a.Place, "`place.not_covered[]`": NotCovered,
    "`sources.*`": a.SourceText, "`organisations.*`": a.Organisation,
    "`key_decision`": a.KeyDecision, "`working_days`": a.WorkingDays,
    "`successions[]`": Succession, "`functions.*`": a.Function, "`posts.*`": a.Post,
    "`held_by[]`": Holding, "`bodies.*`": b.Body, "`seats.*`": b.Seat, "`quorum`": b.Quorum,
    "`deciding`": b.Deciding, "`chair`": b.Chair, "`remit[]`": b.Remit,
    "`rulings.*`": a.LegalRuling, "`delegations.*`": a.Delegation, "`reserved.*`": a.Reserved,
    "`covers` and `touching`": b.Covers, "`modes.*`": a.LocalMode,
    "`agreements.*`": a.Agreement, "`terms[]`": a.Term, "`gateways`": a.Gateways,
    "`disputes[]`": a.Rung, "`ending`": a.Ending, "`clocks.*`": lc.LocalClock,
    "`callers[]`": lc.Callers, "`duties.*`": a.Duty,
}  # fmt: skip
WORDS: dict[str, type[StrEnum]] = {
    "standing": Standing, "organisations.kind": OrganisationKind, "governance": Governance,
    "roles": Role, "not_counted": w.NotCounted, "functions.kind": w.FunctionKind,
    "posts.kind": PostKind, "legal_form": w.LegalForm, "substitutes": w.Substitutes,
    "counting": w.Counting, "votes": w.Votes, "needs": w.Needs, "each_view": w.EachView,
    "otherwise": w.Otherwise, "takes_effect": w.TakesEffect, "chair.rule": w.ChairRule,
    "turn": w.Turn, "may": w.May, "renewal": w.Renewal, "acts": w.Act, "modes": w.Mode,
    "agreements.kind": w.AgreementKind, "flexibilities": w.Flexibility, "terms.kind": w.TermKind,
    "before": w.Stage, "contents": w.Head, "how": w.How, "by": w.NoticeBy, "clock": w.Clock,
    "applies_to": w.AppliesTo, "when": w.When,
}  # fmt: skip
CONDITION = re.compile(r"`(\w+)`")
ID = re.compile(r"[a-z]+\.[a-z_]+")


# Its texts -------------------------------------------------------------------------------


def whole(one: Block) -> str:
    """A fragment after the beginning that the document gives for fragments; any other as it is."""
    return block("preamble") + one.text if "fragment" in one.about else one.text


@pytest.mark.parametrize("one", blocks(), ids=lambda one: f"line {one.line}")
def test_every_block_is_read_without_a_grave_finding(one):
    reading = read_arrangement(whole(one))
    assert reading.arrangement is not None
    assert [str(f) for f in reading.grave] == []


def test_every_block_says_whether_it_is_a_fragment_or_a_whole_text():
    kinds = [one.about for one in blocks()]
    assert all(len(about) == 1 for about in kinds)
    named = [about[0] for about in kinds if about != ("fragment",)]
    assert sorted(named) == sorted(set(named))


def test_only_middlemarch_is_fictional():
    for one in blocks():
        reading = read_arrangement(whole(one))
        place = reading.arrangement.place
        assert place.fictional is (place.name == "Middlemarch")


# Its answers -----------------------------------------------------------------------------


def stated() -> Iterator[tuple[str, dict[str, str]]]:
    for name in re.findall(r"^#### Answers of `(\w+)`$", document(), re.M):
        for row in table_under(f"Answers of `{name}`"):
            yield name, row


def test_all_but_one_of_the_examples_are_asked():
    texts = {one.about[0] for one in blocks()} - {"fragment", "preamble", "nottinghamshire"}
    assert {name for name, _ in stated()} == texts


@pytest.mark.parametrize(("name", "row"), list(stated()))
def test_every_answer_is_the_one_stated(name, row):
    arrangement = read_arrangement(block(name)).arrangement
    verdict = may_decide(
        arrangement,
        row["maker"].strip("`"),
        matter_of(arrangement, row["matter"]),
        facts_of(row["what happened"]),
        date.fromisoformat(row["on"]),
    )
    assert verdict.answer.word == row["answer"]
    assert row["because"] in told(verdict)


def told(verdict: Verdict) -> str:
    """What the reasons say: those against it, or for an answer that stands all of them."""
    reasons = verdict.reasons if verdict.answer is Answer.STANDS else verdict.against
    return " / ".join(f"{r.says} ({r.authority})" for r in reasons)


def matter_of(arrangement: Arrangement, words: str) -> Matter:
    """`care; £700,000; commission; pooled; within budget`."""
    said = words.split("; ")
    acts, modes = {str(x): x for x in w.Act}, {str(x): x for x in w.Mode}
    known = {*arrangement.functions, *acts, *modes, *arrangement.agreements, "within budget"}
    assert [s for s in said if s not in known and "£" not in s] == []
    return Matter(
        functions=tuple(s for s in said if s in arrangement.functions),
        act=next((acts[s] for s in said if s in acts), None),
        amount=next((pence(s) for s in said if "£" in s), None),
        modes=tuple(modes[s] for s in said if s in modes),
        agreements=tuple(s for s in said if s in arrangement.agreements),
        within_budget=True if "within budget" in said else None,
    )


def facts_of(words: str) -> Facts:
    """`before`, `board: members 2/3, icb 3`, or `consulted lead_member`."""
    if words == "before":
        return BEFORE
    body, colon, seats = words.partition(": ")
    if colon:
        sat = dict(seat.rsplit(" ", 1) for seat in seats.split(", "))
        return Facts(meeting=Meeting(body, {name: _sitting(n) for name, n in sat.items()}))
    kind, _, names = words.partition(" ")
    assert kind in ("agreed", "consulted", "recommended")
    return Facts(**{kind: frozenset(names.split(", "))})


def _sitting(number: str) -> Sitting:
    for_, _, present = number.partition("/")
    here = int(present or for_)
    return Sitting(here, 0, int(for_), here - int(for_))


# Its tables ------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", TABLES)
def test_a_table_has_the_keys_the_code_reads(heading):
    rows = [row["key"] for row in table_under(heading)]
    documented = {cell.strip("*`"): cell.startswith("**") for cell in rows}
    read = {name: how.required for name, (_, how) in keys_of(TABLES[heading]).items()}
    if heading == "`covers` and `touching`":
        assert rows[0] == "**`functions`**"
    assert documented == read


def rows_of_the_code() -> set[str]:
    """Every table that can stand somewhere in an arrangement, but for conditions."""
    found: set[str] = set()
    pending: list[type[Row]] = list(Row.__subclasses__())
    while pending:
        one = pending.pop()
        pending.extend(one.__subclasses__())
        if one.__module__.split(".")[2] in SUBJECTS and not one.__name__.startswith("_"):
            found.add(one.__name__)
    return found - {kind.__name__ for kind in c.KINDS.values()}


def test_no_table_of_the_code_is_left_out():
    documented = {one.__name__ for one in TABLES.values()}
    assert rows_of_the_code() - documented == {Mandate.__name__}  # which has no keys of its own


@pytest.mark.parametrize("name", WORDS)
def test_a_closed_set_has_the_words_of_the_code_in_their_order(name):
    rows = table_under(f"Words of `{name}`")
    assert [row["word"] for row in rows] == [f"`{word}`" for word in WORDS[name]]
    assert all(row["meaning"].endswith(".") for row in rows)


def test_no_closed_set_of_the_code_is_left_out():
    declared = {x for x in vars(w).values() if isinstance(x, type) and issubclass(x, StrEnum)}
    assert declared - {StrEnum} - set(WORDS.values()) == set()
    headings = re.findall(r"^#+ Words of `([\w.]+)`$", document(), re.M)
    assert sorted(headings) == sorted(WORDS)


def test_the_keys_any_table_may_carry_are_those():
    rows = table_under("Keys any table may carry")
    assert [row["key"] for row in rows] == [f"`{name}`" for name in ANY_TABLE]


def test_the_conditions_are_those_with_their_own_keys():
    rows = table_under("3.4 Conditions")
    assert [row["condition"] for row in rows] == [f"`{kind}`" for kind in c.KINDS]
    for row in rows:
        kind = row["condition"].strip("`")
        own = {name for name in keys_of(c.KINDS[kind]) if name != kind}
        assert set(CONDITION.findall(row["written"])) - {"true"} == own - {"any"}


def test_the_answers_are_the_four_worst_first():
    rows = table_under("The four answers")
    assert [row["answer"] for row in rows] == [f"`{answer.word}`" for answer in Answer]


def test_the_legal_forms_are_the_rows_of_law():
    written = [tuple(row.values()) for row in table_under("3.2 Legal forms")]
    assert written == [_form(row) for row in law.legal_forms()]


def _form(row: law.LegalForm) -> tuple[str, ...]:
    name = f"{row.form}, until 30 June 2022" if row.ends == date(2022, 6, 30) else row.form
    holds = ", ".join(row.holds)
    if row.holds_without_executive and row.holds_without_executive != row.holds:
        holds += f"; under a committee system {' and '.join(row.holds_without_executive)}"
    barred = ", ".join(row.may_not_be_given)
    if row.may_not_be_given_any:
        barred = "any power"
    elif not row.outside_section_75:
        barred = "anything outside the section 75"
    elif row.unless_lead_commissioning:
        barred += ", but by lead commissioning"
    authority = row.authority + ("" if row.verified else " (unverified)")
    return (name, row.decides, holds, barred, authority)


# Its findings ----------------------------------------------------------------------------


def ids_of_the_code() -> dict[str, set[str]]:
    """Every finding id in the source, with the weights it is made with where the call says so."""
    found: dict[str, set[str]] = {}
    for subject in SUBJECTS:
        for file in sorted((DOMAIN / subject).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for id_ in _ids(tree):
                found.setdefault(id_, set())
            for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
                made = ast.unparse(call.func)
                first = call.args[0] if call.args else None
                if made in ("grave", "slight") and isinstance(first, ast.Constant):
                    found[str(first.value)].add(made)
    return found


def _ids(tree: ast.Module) -> Iterator[str]:
    families = {row["id"].strip("`").split(".")[0] for row in finding_rows()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            word = node.value
            if ID.fullmatch(word) and word.split(".")[0] in families and not word.endswith("_"):
                yield word
        elif isinstance(node, ast.JoinedStr) and ast.unparse(node) == "f'text.unknown_{kind}'":
            yield from ("text.unknown_key", "text.unknown_table")


def finding_rows() -> list[dict[str, str]]:
    headings = re.findall(r"^### (Family `\w+`: .+)$", document(), re.M)
    return [row for heading in headings for row in table_under(heading)]


def test_every_finding_of_the_code_is_documented_and_none_besides():
    documented = [row["id"].strip("`") for row in finding_rows()]
    assert sorted(documented) == sorted(set(documented))
    assert set(documented) == set(ids_of_the_code())


def test_the_weight_of_a_finding_is_the_one_it_is_made_with():
    weights = ids_of_the_code()
    for row in finding_rows():
        made = weights[row["id"].strip("`")]
        assert not made or row["weight"] in made, row["id"]
