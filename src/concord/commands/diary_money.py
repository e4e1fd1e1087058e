"""The acts of a diary that move money, or say what it is to do: each by its own command.

Every one has a key, made of the diary and its number or of the name it is given, so that carrying
a diary out again does nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from concord.commands import imports, ledger, ledger_moving, ledger_planning
from concord.commands.chain_permitting import permission_of
from concord.commands.command import Acting, refuse
from concord.commands.funds import fund_of
from concord.domain.decisions.diary import Do
from concord.domain.funds.budgets import contributions, version
from concord.domain.funds.forecast import Forecast
from concord.domain.funds.ledger.balances import Balance
from concord.domain.funds.ledger.making import Said
from concord.domain.funds.ledger.periods import PeriodState, period_of, periods_of, year_of
from concord.domain.funds.ledger.transaction import LedgerAccount
from concord.domain.funds.ledger.words import SPENT, ContributionStage, Deed, LedgerKind
from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.words import BudgetStatus
from concord.domain.money import pence
from concord.records.models import LedgerBalance, LedgerPeriod

ACT = "decisions.load_texts"
Files = Callable[[str], bytes]
Words = Mapping[str, Any]
Cells = dict[tuple[str, str], int | None]


def no_files(name: str) -> bytes:
    raise refuse(ACT, f"the ledger {name[:80]} is not here", "put it in the folder's ledgers")


def ledgers_of(folder: Path) -> Files:
    """The files of a place's folder `ledgers`, by their names alone."""

    def read(name: str) -> bytes:
        file = folder / "ledgers" / Path(name).name
        return file.read_bytes() if file.is_file() else no_files(name)

    return read


def _said(acting: Acting, place: str, key: str, said: Words, about: str = "") -> Said:
    effect = int(said["effect"])
    return Said(
        key=_key(place, key, said), on=acting.today, posted=int(said.get("posted", effect)),
        effect=effect, says=str(said.get("says", "")), decision=str(said.get("decision", "")),
        about=about,
    )  # fmt: skip


def _key(place: str, key: str, said: Words) -> str:
    return f"{place}-{said['named']}" if "named" in said else key


def _account(said: Words, kind: LedgerKind = LedgerKind.ACTUAL) -> LedgerAccount:
    return LedgerAccount(said["fund"], said["line"], said["partner"], kind)


def _budget(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    fund, year = said["fund"], said["year"]
    first = periods_of(year)[0]
    own = Said(
        _key(place, key, said), acting.today, max(first, period_of(acting.today)), first,
        said["because"], said.get("decision", ""),
    )  # fmt: skip
    own = own if year_of(own.posted) == year else _in_year(own, first)
    cells = _stated(said["amounts"]) if "amounts" in said else _of_the_text(place, said)
    status = BudgetStatus(said["status"])
    ledger_planning.set_budget(acting, place, own, fund, said["version"], status, cells)


def _in_year(own: Said, first: int) -> Said:
    return Said(own.key, own.on, first, first, own.says, own.decision)


def _stated(amounts: Words) -> Cells:
    return {
        (line, partner): None if words == "not stated" else pence(words)
        for line, by in amounts.items()
        for partner, words in by.items()
    }


def _of_the_text(place: str, said: Words) -> Cells:
    """The amounts of the fund text's own version."""
    text = fund_of(place)
    found = version(text, said["fund"], said["year"], said["version"])
    if found is None:
        raise refuse(ACT, "the fund text has no such version", "say its amounts here")
    return {
        (line, partner): amount if isinstance(amount, int) else None
        for line in found.known_amounts
        for partner, amount in contributions(text, found, line).items()
    }


def _contribute(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    stage = ContributionStage(said["stage"])
    amount = pence(said["amount"])
    own = _said(acting, place, key, {"says": f"contribution {stage}", **said})
    ledger.contribute(acting, place, own, stage, said["fund"], said["partner"], amount)


def _post(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    own, kind = _said(acting, place, key, said), LedgerKind(said.get("kind", "actual"))
    deed = Deed(said.get("deed", "post"))
    ledger.post(acting, place, own, _account(said, kind), pence(said["amount"]), deed)


def _mapping(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    rest = {k: v for k, v in said.items() if k != "name"}
    imports.save_mapping(acting, place, said["name"], rest)


def _import(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    name, first = said["file"], said["first"]
    sent = imports.Sent(said["mapping"], name, files(name), first, said["last"])
    posted = int(said.get("posted", period_of(first)))
    imports.import_file(acting, place, sent, posted, said.get("accepting", ()))


def _accrue(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    own, amount = _said(acting, place, key, said), pence(said["amount"])
    back = said.get("reverses_in")
    ledger.accrue(acting, place, own, _account(said), amount, reverses_in=back)


def _reverse(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    posted = int(said.get("posted", period_of(acting.today)))
    ledger.reverse(
        acting, place, f"{place}-{said['of']}", key=_key(place, key, said), posted=posted,
        on=acting.today, because=said["because"],
    )  # fmt: skip


def _vire(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    fund, _, line = said["giver"].partition(".")
    to, _, taker = said["taker"].partition(".")
    whose = said["partner"]
    permit = permission_of(place, said["decision"], _two(fund, to), (whose,), acting.today)
    ledger_moving.vire(
        acting, place, _said(acting, place, key, said),
        LedgerAccount(fund, line, whose, LedgerKind.BUDGET),
        LedgerAccount(to, taker, whose, LedgerKind.BUDGET), pence(said["amount"]), permit,
    )  # fmt: skip


def _two(fund: str, to: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((fund, to)))


def _reserve(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    fund, whose = said["fund"], said["partner"]
    permit = permission_of(place, said["decision"], (fund,), (whose,), acting.today)
    own, amount = _said(acting, place, key, said), pence(said["amount"])
    ledger_moving.move_reserve(
        acting, place, own, fund, whose, said["reserve"], amount, permit
    )  # fmt: skip


def _carry(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    whose = said["partner"]
    permit = permission_of(place, said["decision"], (said["fund"],), (whose,), acting.today)
    ledger_moving.carry_forward(
        acting, place, _said(acting, place, key, said), _account(said), pence(said["amount"]),
        int(said["into"]), permit,
    )  # fmt: skip


def _invoice(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    own = _said(acting, place, key, said, said["reference"])
    ledger.invoice(
        acting, place, own, said["fund"], said.get("line", ""), said["payer"], said["payee"],
        pence(said["amount"]), said["due"],
    )  # fmt: skip


def _pay(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    own = _said(acting, place, key, said, said["reference"])
    ledger.settle(acting, place, own, pence(said["amount"]))


def _forecast(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    """Each outturn as judged; what the ledger has so far is the ledger's, the rest is judgement."""
    fund, at = said["fund"], int(said["at_end_of"])
    year, silent = said["year"], set(said.get("not_reported", ()))
    there = [b for b in LedgerBalance.objects.as_facts(place, fund) if b.posted <= at]
    cells = [
        _cell(there, year, line, partner, words)
        for line, by in said.get("outturns", {}).items()
        for partner, words in by.items()
    ]
    for name in sorted(silent):
        line, _, partner = name.partition(".")
        cells.append(Forecast(line, partner, None, None, None, because="Not reported"))
    ledger_planning.reforecast(acting, place, fund, year, said["version"], at, tuple(cells))


def _cell(there: list[Balance], year: str, line: str, partner: str, words: Words) -> Forecast:
    actual = sum(
        b.amount for b in there
        if (b.account.line, b.account.partner) == (line, partner)
        and b.account.kind in SPENT and year_of(b.effect) == year
    )  # fmt: skip
    outturn = pence(words["amount"])
    cause = Cause(words["cause"]) if "cause" in words else None
    because = words.get("because", "At the rate of the months before")
    return Forecast(line, partner, actual, 0, outturn - actual, cause, because)


def _close(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    if not _changed(acting, place, said, PeriodState.CLOSED):
        because = said.get("because", "month end")
        ledger_planning.close_period(acting, place, said["fund"], int(said["period"]), because)


def _reopen(acting: Acting, place: str, key: str, said: Words, files: Files) -> None:
    if not _changed(acting, place, said, PeriodState.OPEN):
        ledger_planning.reopen_period(
            acting, place, said["fund"], int(said["period"]), said["because"]
        )


def _changed(acting: Acting, place: str, said: Words, state: PeriodState) -> bool:
    """Whether it was closed or reopened at that very moment already."""
    rows = LedgerPeriod.objects.filter(place=place, fund=said["fund"], period=said["period"])
    return bool(rows.filter(state=str(state), at=acting.now).exists())


DoesMoney = Callable[[Acting, str, str, Words, Files], None]
DOES_MONEY: Mapping[Do, DoesMoney] = {
    Do.BUDGET: _budget,
    Do.CONTRIBUTE: _contribute,
    Do.POST: _post,
    Do.MAPPING: _mapping,
    Do.IMPORT: _import,
    Do.ACCRUE: _accrue,
    Do.REVERSE: _reverse,
    Do.VIRE: _vire,
    Do.RESERVE: _reserve,
    Do.CARRY: _carry,
    Do.INVOICE: _invoice,
    Do.PAY: _pay,
    Do.FORECAST: _forecast,
    Do.CLOSE: _close,
    Do.REOPEN: _reopen,
}
