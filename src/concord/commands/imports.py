"""Importing a partner's ledger file: a mapping saved, a run previewed, and posted as one act."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.ledger_entering import books_of, enter, write_act
from concord.commands.ledger_writing import account_numbers
from concord.documents.ledger_files import UnreadableFile, rows_of
from concord.domain.audit import canonical
from concord.domain.findings import Answer, Authority, Finding, Reason, Refused, Verdict, all_of
from concord.domain.funds.imports.mapping import ImportMapping, read_mapping
from concord.domain.funds.imports.preview import Entered, Expected, Preview, preview
from concord.domain.funds.ledger import making
from concord.domain.funds.ledger.chart import Chart
from concord.domain.funds.ledger.making import Said
from concord.domain.funds.ledger.periods import in_words, may_post_in, period_of
from concord.domain.funds.ledger.transaction import LedgerAccount
from concord.domain.funds.ledger.words import Deed, LedgerKind
from concord.domain.money import pounds
from concord.records.ledger_rows import Rows
from concord.records.models import LedgerAct, LedgerFile, LedgerMapping, LedgerTransaction

ACT = "funds.import"
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent: its name and bytes, which sheet, which mapping, for which days."""

    mapping: str
    name: str
    body: bytes
    first: date
    last: date
    sheet: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@command("funds.save_mapping", allowed_as=ACT)
def save_mapping(
    acting: Acting, place: str, name: str, said: Mapping[str, Any]
) -> Done[LedgerMapping]:
    """Keeps the next version of a mapping; one that says the same changes nothing."""
    act = "funds.save_mapping"
    read = read_mapping(said, books_of(place, act).chart)
    if not isinstance(read, ImportMapping):
        raise Refused(_verdict(read), act)
    digest = hashlib.sha256(canonical(said).encode()).hexdigest()
    newest = _mapping(place, name)
    if newest and newest.sha256 == digest:
        return Done(newest)
    kept = LedgerMapping.objects.create(
        place_id=place, name=name, number=newest.number + 1 if newest else 1, said=dict(said),
        sha256=digest, saved_at=acting.now, saved_by=acting.who,
    )  # fmt: skip
    what = f"version {kept.number} of the mapping {name}"
    return Done(kept, what, after={"said": dict(said)}, made=(kept,))


def preview_file(place: str, sent: Sent) -> Preview:
    """What a file would post, and everything found in it; nothing is written."""
    return _read(place, sent, books_of(place, ACT).chart)[1]


@command("funds.import")
def import_file(
    acting: Acting, place: str, sent: Sent, posted: int, accepting: Collection[str] = ()
) -> Done[LedgerAct | None]:
    """Posts every row of a file that is not posted yet, in one period; all of it or nothing.

    `accepting` names findings that somebody looked at and takes on; the reason is `acting.why`.
    A file with nothing new changes nothing.
    """
    books = books_of(place, ACT)
    mapping, found = _read(place, sent, books.chart)
    if accepting and not acting.why.strip():
        raise refuse(ACT, "a finding is accepted with no reason", "say why it may be posted")
    require(_verdict(found.stopping(accepting)), ACT)
    funds = dict.fromkeys(one.account.fund for one in found.entered if one.account.fund)
    require(all_of(may_post_in(fund, posted, books.shut) for fund in funds), ACT)
    late = [one for one in found.entered if one.on > acting.today]
    if late:
        raise refuse(ACT, f"row {late[0].row} is dated after today", "correct the day in the file")
    if not found.entered:
        return Done(LedgerAct.objects.filter(file__sha256=sent.sha256, place=place).first())
    entered = _enter(acting, place, sent, mapping, found, posted)
    what = f"{len(found.entered):,} rows of {sent.name} into {in_words(posted)}"
    return Done(entered, what, after=_told(entered, found, sent, accepting), made=(entered,))


def _enter(
    acting: Acting, place: str, sent: Sent, mapping: LedgerMapping, found: Preview, posted: int
) -> LedgerAct:
    accounts = dict.fromkeys(one.account for one in found.entered)
    sides = {account: account.other_side() for account in accounts}
    numbers = account_numbers(place, (*sides, *sides.values()))
    pairs = {a: (numbers[a], numbers[other]) for a, other in sides.items()}
    file = _keep(acting, place, sent, mapping, found)
    rows = rows_of_file(found.entered, pairs, posted)
    return write_act(acting, place, ACT, rows, numbers, file, mapping)


def rows_of_file(
    entered: Iterable[Entered], pairs: Mapping[LedgerAccount, tuple[int, int]], posted: int
) -> Rows:
    """One transaction for each row: its account, and the partner's own ledger on the other side."""
    rows = Rows()
    for one in entered:
        account, other = pairs[one.account]
        effect = period_of(one.on)
        rows.headers.append((one.key, "import", one.on, posted, one.says, "", None, "", one.row))
        rows.postings.append(((account, effect, one.pence), (other, effect, -one.pence)))
    return rows


def _keep(
    acting: Acting, place: str, sent: Sent, mapping: LedgerMapping, found: Preview
) -> LedgerFile:
    there: LedgerFile | None = LedgerFile.objects.filter(place=place, sha256=sent.sha256).first()
    return there or LedgerFile.objects.create(
        place_id=place, partner=mapping.said["partner"], name=sent.name[:200], body=sent.body,
        sha256=sent.sha256, rows=found.rows, received_at=acting.now, received_by=acting.who,
    )  # fmt: skip


def _read(place: str, sent: Sent, chart: Chart) -> tuple[LedgerMapping, Preview]:
    saved = _mapping(place, sent.mapping)
    if saved is None:
        raise refuse(ACT, f"there is no mapping {sent.mapping[:80]}", "save one first")
    mapping = read_mapping(saved.said, chart)
    if not isinstance(mapping, ImportMapping):
        raise Refused(_verdict(mapping), ACT)
    try:
        rows = rows_of(sent.name, sent.body, sent.sheet)
    except UnreadableFile as unread:
        finding = Finding("import.unreadable", 0, unread.says, unread.remedy, file=sent.name)
        return saved, Preview((), 0, (finding,), 0)
    expected = Expected(sent.first, sent.last, _last_time(place, mapping.partner, sent), place)
    found = preview(mapping, rows, expected)
    new = found.without(_known([one.key for one in found.entered]))
    return saved, replace(new, findings=tuple(replace(f, file=sent.name) for f in new.findings))


def _last_time(place: str, partner: str, sent: Sent) -> int:
    last = LedgerFile.objects.filter(place=place, partner=partner).last()
    return last.rows if last and last.sha256 != sent.sha256 else 0


def _known(keys: list[str]) -> set[str]:
    there: set[str] = set()
    for start in range(0, len(keys), _AT_ONCE):
        rows = LedgerTransaction.objects.filter(key__in=keys[start : start + _AT_ONCE])
        there.update(rows.values_list("key", flat=True))
    return there


def _mapping(place: str, name: str) -> LedgerMapping | None:
    found: LedgerMapping | None = LedgerMapping.objects.filter(place=place, name=name).last()
    return found


def _told(
    entered: LedgerAct, found: Preview, sent: Sent, accepting: Collection[str]
) -> dict[str, Any]:
    return {
        "act": entered.pk, "rows": entered.rows_sha256, "file": sent.sha256, "name": sent.name,
        "mapping": str(entered.mapping), "posted": len(found.entered), "known": found.known,
        "pence": sum(one.pence for one in found.entered), "parked": found.parked,
        "accepted": sorted(accepting),
    }  # fmt: skip


def _verdict(findings: Collection[Finding]) -> Verdict:
    """A refusal with a reason for each finding, by its row."""
    return all_of(
        Reason(
            Answer.REFUSED, f"row {f.line}: {f.says}" if f.line else f.says, Authority(), f.remedy
        )
        for f in findings
    )


@command("funds.claim_parked", allowed_as=ACT)
def claim_parked(
    acting: Acting, place: str, said: Said, parked: str, account: LedgerAccount
) -> Done[LedgerTransaction]:
    """Takes parked money to the line it belongs to; the parked row and its file stay behind it."""
    act = "funds.claim_parked"
    found = LedgerTransaction.objects.by_key(place, parked)
    legs = found.as_fact().legs if found else ()
    held = next((leg for leg in legs if leg.account.kind is LedgerKind.SUSPENSE), None)
    if held is None:
        raise refuse(act, f"nothing is parked as {parked[:80]}", "look it up again")
    taken = LedgerTransaction.objects.filter(about=parked, act__place=place).exclude(key=said.key)
    if taken.exists():
        raise refuse(act, f"{parked[:80]} was claimed by {taken[0].key}", "reverse that first")
    if account.partner != held.account.partner:
        raise refuse(act, "parked money stays its partner's", "claim it for the same partner")
    said = replace(said, about=parked, effect=held.effect)
    back = making.posting(said, held.account, -held.amount)
    there = making.posting(said, account, held.amount)
    made = making.made(said, Deed.POST, (*back.legs, *there.legs))
    return enter(acting, place, act, [made], what=f"{pounds(held.amount)} claimed for {account}")
