"""The law as dated data: each row with its authority and whether anyone has read the text it cites.

Nothing here decides. `on` is always the date asked about; a row without `starts` or `ends` has no
known limit there. `verified` is true where the text, or a page quoting it, was read; `read_in` says
where. Everything else needs a qualified reader, and what rests on it must say so.
"""

from __future__ import annotations

import json
import tomllib
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from concord.law.rows import (
    BankHolidays,
    Citation,
    Convention,
    Exit,
    Governance,
    Head,
    Heads,
    InterestRule,
    LegalForm,
    Period,
    Regime,
    Row,
    Rule,
)

__all__ = [
    "BankHolidays",
    "Citation",
    "Convention",
    "Exit",
    "Governance",
    "Head",
    "Heads",
    "InterestRule",
    "LegalForm",
    "Period",
    "Regime",
    "Row",
    "Rule",
]


R = TypeVar("R", bound=Row)


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _read(file: str, table: str, kind: type[R]) -> tuple[R, ...]:
    return tuple(kind(**{_key(k): _value(v) for k, v in row.items()}) for row in _file(file)[table])


def _key(key: str) -> str:
    return "business" if key == "for" else key


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(Head(**v) if isinstance(v, dict) else v for v in value)
    return value


@cache
def conventions() -> tuple[Convention, ...]:
    return _read("conventions.toml", "convention", Convention)


@cache
def regimes() -> tuple[Regime, ...]:
    return _read("regimes.toml", "regime", Regime)


@cache
def governance_models() -> tuple[Governance, ...]:
    return _read("regimes.toml", "governance", Governance)


@cache
def periods() -> tuple[Period, ...]:
    return _read("periods.toml", "period", Period)


@cache
def exits() -> tuple[Exit, ...]:
    return _read("exits.toml", "exit", Exit)


@cache
def documents() -> tuple[Heads, ...]:
    """Notices, records and agreements with their required heads."""
    return _read("heads.toml", "list", Heads)


@cache
def citations() -> tuple[Citation, ...]:
    """Acts and instruments by the names under which a report may cite them."""
    return _read("references.toml", "citation", Citation)


@cache
def legal_forms() -> tuple[LegalForm, ...]:
    return _read("legal_forms.toml", "form", LegalForm)


@cache
def interest_rules() -> tuple[InterestRule, ...]:
    """What an interest means for its holder at an item, under the council's rules and the NHS's."""
    return _read("interests.toml", "interest", InterestRule)


@cache
def rules() -> tuple[Rule, ...]:
    """Rules without a period, and the readings and regime facts that other answers rest on."""
    return (
        *_read("rules.toml", "rule", Rule),
        *_read("conventions.toml", "reading", Rule),
        *_read("regimes.toml", "regime_fact", Rule),
    )


@cache
def regime(id_: str) -> Regime:
    return next(r for r in regimes() if r.id == id_)


@cache
def period(id_: str) -> Period:
    return next(p for p in periods() if p.id == id_)


@cache
def rule(id_: str) -> Rule:
    return next(r for r in rules() if r.id == id_)


@cache
def convention(id_: str) -> Convention:
    return next(c for c in conventions() if c.id == id_)


@cache
def heads(id_: str) -> Heads:
    return next(h for h in documents() if h.id == id_)


@lru_cache(maxsize=4096)
def legal_form(form: str, on: date) -> LegalForm | None:
    """The row for a form of decision-maker on a date; None where no such form existed then."""
    return next((f for f in legal_forms() if f.form == form and f.in_force(on)), None)


def governance_of(model: str, organisation: str = "") -> Governance | None:
    """The row for a governance model; an authority with its own row is found by its name first."""
    name = organisation.casefold()
    rows = governance_models()
    own = next((g for g in rows if name and any(o in name for o in g.organisations)), None)
    return own or next((g for g in rows if g.model == model and not g.organisations), None)


@cache
def bank_holidays() -> BankHolidays:
    """The kept library's list with our corrections: its bundled file is read, never the network."""
    bundled = files("govuk_bank_holidays").joinpath("bank-holidays.json").read_text("utf-8")
    events = json.loads(bundled)["england-and-wales"]["events"]
    days = {date.fromisoformat(e["date"]): str(e["title"]) for e in events}
    own = _file("bank_holidays.toml")
    for row in own.get("day", []):
        if row["is"] == "off":
            days.pop(row["on"], None)
        else:
            days[row["on"]] = row["name"]
    return BankHolidays(dict(sorted(days.items())), own["complete_from"], own["complete_to"])


def every_row() -> tuple[Row, ...]:
    """Every row of law held, in the order of docs/law.md."""
    return (
        *regimes(),
        *governance_models(),
        *periods(),
        *exits(),
        *documents(),
        *legal_forms(),
        *interest_rules(),
        *rules(),
        *conventions(),
        *citations(),
    )
