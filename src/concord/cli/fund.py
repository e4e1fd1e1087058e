"""`concord fund`: the funds of a place, their lines and budgets, who leads, what is found."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from concord.cli.printing import Failed, as_json, say_findings
from concord.cli.texts import (
    FUND_FILE,
    all_findings,
    arrangement_of,
    file_of,
    fund_file_of,
    fund_reading_of,
)
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.findings import Finding
from concord.domain.funds.budgets import (
    TOGETHER,
    Pence,
    contributions,
    counted_lines,
    latest,
    lead_of,
    line_total,
    mode_of,
    partner_total,
    partners_of,
    total,
    version,
)
from concord.domain.funds.fund import Budget, Fund, FundText
from concord.domain.funds.reader import FundReading
from concord.domain.language.plain import plain
from concord.domain.language.values import NotStated
from concord.domain.money import pounds


def fund(asked: Namespace) -> int:
    """What a fund text says, in short; exit 1 where something must be mended."""
    arrangement = arrangement_of(asked.place)
    file = Path(asked.text) if asked.text else fund_file_of(asked.place)
    if file is None or not file.is_file():
        says = f"no fund text is found for {asked.place!r}"
        raise Failed(says, f"Write {FUND_FILE} beside the arrangement, or name it with --text.")
    reading = fund_reading_of(file, arrangement)
    findings = all_findings(reading, arrangement, str(file_of(asked.place)))
    text = reading.fund
    shown = [] if text is None else _chosen(text, asked.year, asked.version)
    if asked.json:
        as_json(_as_data(arrangement, text, shown, reading, findings))
        return 1 if reading.grave else 0
    if text is not None:
        _say(arrangement, text, shown)
    say_findings(findings)
    print(f"\n{len(findings)} findings, {len(reading.not_stated)} not stated.")
    return 1 if reading.grave else 0


def _chosen(text: FundText, year: str | None, number: int | None) -> list[Budget]:
    """The latest version of each fund and year, or the one asked for."""
    pairs = dict.fromkeys((b.fund, b.year) for b in text.budgets)
    found: list[Budget] = []
    for named, of_year in pairs:
        if year and of_year != year:
            continue
        if not isinstance(named, str) or not isinstance(of_year, str):
            found += [b for b in text.budgets if (b.fund, b.year) == (named, of_year)]
            continue
        one = version(text, named, of_year, number) if number else latest(text, named, of_year)
        found += [one] if one else []
    return found


def _say(arrangement: Arrangement, text: FundText, budgets: list[Budget]) -> None:
    print(arrangement.place.name + (" (fictional)" if arrangement.place.fictional else ""))
    for row in text.funds.values():
        _say_fund(arrangement, row)
        for line in (n for n in text.lines.values() if n.fund == row.id):
            lead = lead_of(text, line)
            mode = mode_of(text, line)
            print(f"    {line.label}: {_words(mode)}, led by {_name(arrangement, lead)}")
        for budget in (b for b in budgets if b.fund == row.id):
            _say_budget(arrangement, text, budget)
    for reserve in text.reserves.values():
        print(f"Reserve {_words(reserve.name)}: opens with {money(reserve.opening)}")
    rules = text.risk
    if isinstance(rules, NotStated):
        print("\nRisk share: Not stated")
    else:
        print(f"\nRisk share: {len(rules)} rules, read in order")


def _say_fund(arrangement: Arrangement, row: Fund) -> None:
    print(f"\n{row.label}: {_words(row.mode)}")
    print(f"  host {_name(arrangement, row.host)}; agreement {_agreement(arrangement, row)}")


def _say_budget(arrangement: Arrangement, text: FundText, budget: Budget) -> None:
    head = f"{_words(budget.year)}, version {_words(budget.version)}, {_words(budget.status)}"
    print(f"  {head}")
    for name in budget.known_amounts:
        given = contributions(text, budget, name)
        parts = [f"{_name(arrangement, p)} {money(a)}" for p, a in given.items() if p != TOGETHER]
        parts = parts or ["partners not stated"]
        called = text.lines[name].label if name in text.lines else name
        print(f"    {called}: {money(line_total(text, budget, name))} ({'; '.join(parts)})")
    lines = counted_lines(arrangement, text, budget)
    if not lines:
        print(f"    Outside any total: {money(total(text, budget, budget.known_amounts))}")
        return
    for partner in partners_of(budget):
        amount = money(partner_total(text, budget, partner, lines))
        print(f"    of which {_name(arrangement, partner)}: {amount}")
    print(f"    Total: {money(total(text, budget, lines))}")


def _as_data(
    arrangement: Arrangement,
    text: FundText | None,
    budgets: list[Budget],
    reading: FundReading,
    findings: list[Finding],
) -> dict[str, object]:
    return {
        "fund": plain(text),
        "budgets": [_budget_data(arrangement, text, b) for b in budgets] if text else [],
        "findings": findings,
        "not_stated": reading.not_stated,
    }


def _budget_data(arrangement: Arrangement, text: FundText, budget: Budget) -> dict[str, object]:
    lines = counted_lines(arrangement, text, budget)
    return {
        "fund": budget.fund, "year": budget.year, "version": budget.version,
        "status": budget.status,
        "lines": {
            n: {p or "together": money(a) for p, a in contributions(text, budget, n).items()}
            for n in budget.known_amounts
        },
        "partners": {p: money(partner_total(text, budget, p, lines)) for p in partners_of(budget)},
        "total": money(total(text, budget, lines)),
    }  # fmt: skip


def money(amount: Pence | None) -> str:
    """An amount in words that are never blank."""
    return pounds(amount) if isinstance(amount, int) else "Not stated"


def _words(value: object) -> str:
    return "not stated" if value is None or isinstance(value, NotStated) else str(value)


def _name(arrangement: Arrangement, name: str | NotStated | None) -> str:
    return label(arrangement, name) if isinstance(name, str) else "not stated"


def _agreement(arrangement: Arrangement, row: Fund) -> str:
    """What the agreement is called; it may share its name with a fund or a function."""
    found = arrangement.agreements.get(row.agreement) if isinstance(row.agreement, str) else None
    return found.label if found else "not stated"
