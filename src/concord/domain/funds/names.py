"""Names in a fund text: each used one known, here or in the arrangement; every row a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.checks.found import slight
from concord.domain.agreements.names import names_of
from concord.domain.findings import Finding
from concord.domain.funds.fund import FundText, Line
from concord.domain.funds.risk_rules import RiskRule, Which
from concord.domain.language.reading import Gathered, unknown_name
from concord.domain.language.tables import Row
from concord.domain.language.values import NotStated


def known_names(text: FundText, arrangement: Arrangement) -> dict[str, set[str]]:
    """Every name the text may use, by the kind of thing it names."""
    known = names_of(arrangement)
    known["source"] = known["source"] | set(text.sources_)
    known |= {
        "fund": set(text.funds), "funding": set(text.funding), "scheme": set(text.schemes),
        "line": set(text.lines), "reserve": set(text.reserves), "mode": set(arrangement.modes),
        "apportionment": set(text.apportionments),
        "mark": {mark for line in text.lines.values() for mark in marks_of(line)},
    }  # fmt: skip
    return known


def marks_of(line: Line) -> tuple[str, ...]:
    return () if isinstance(line.marks, NotStated) else line.marks


def rules_of(text: FundText) -> tuple[RiskRule, ...]:
    return () if isinstance(text.risk, NotStated) else text.risk


def name_findings(
    text: FundText, arrangement: Arrangement, gathered: Gathered
) -> Iterator[Finding]:
    """Names used and not defined, marks no rule names, a source renamed, rows without a source."""
    known = known_names(text, arrangement)
    for reference in gathered.references:
        possible = set().union(*(known.get(k, set()) for k in reference.kinds))
        if unknown := unknown_name(reference, possible):
            yield unknown
    yield from _marks_unused(text)
    yield from _sources_twice(text, arrangement)
    yield from _without_source(text)


def _marks_unused(text: FundText) -> Iterator[Finding]:
    rules = rules_of(text)
    of = [r.of for r in rules if isinstance(r.of, Which)]
    used = {m for which in of if isinstance(which.marks, tuple) for m in which.marks}
    seen: set[str] = set()
    for line in text.lines.values() if rules else ():
        for mark in marks_of(line):
            if mark not in used | seen:
                seen.add(mark)
                says = f"the mark {mark!r} is named by no rule, so it changes nothing"
                remedy = "Name it in the rule it is meant for, or leave it for people to read."
                yield slight("ref.mark_unused", line, says, remedy)


def _sources_twice(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    for name, source in text.sources_.items():
        other = arrangement.sources_.get(name)
        if other is not None and other.title != source.title:
            says = f"the source {name} is another text in the arrangement: {other.title}"
            yield Finding("ref.name_twice", source.line, says, "Give one of them another id.")


def _without_source(text: FundText) -> Iterator[Finding]:
    for row in _rules(text):
        if not row.sources:
            where = ".".join(str(p) for p in row.path)
            remedy = "Add source here, in the table around it, or at the head of the file."
            yield Finding("ref.no_source", row.line, f"{where}: this row names no source", remedy)


def _rules(text: FundText) -> Iterator[Row]:
    tables: tuple[Mapping[str, Row], ...] = (
        text.funds, text.funding, text.schemes, text.lines, text.reserves, text.contracts,
        text.apportionments, text.control_totals, text.pressures, text.nil, text.duties,
    )  # fmt: skip
    for table in tables:
        yield from table.values()
    for rows in (text.budgets, text.contingent, text.savings, rules_of(text)):
        yield from rows
