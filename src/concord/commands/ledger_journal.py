"""A journal posted as one act: a year of a ledger, or its opening, from text."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from concord.commands.command import Acting, Done, command
from concord.commands.ledger_entering import books_of, write_act
from concord.commands.ledger_writing import account_numbers
from concord.domain.findings import Answer, Finding, Reason, Refused, all_of
from concord.domain.funds.ledger.balances import TrialBalance, trial_balance
from concord.domain.funds.ledger.journal import Journal, read_journal
from concord.domain.money import pounds
from concord.records.ledger_rows import Rows
from concord.records.models import LedgerAct, LedgerBalance, LedgerFile

ACT = "funds.post_journal"


@command(ACT, allowed_as="funds.import")
def post_journal(acting: Acting, place: str, name: str, text: str) -> Done[LedgerAct]:
    """Posts a whole journal or nothing of it; the same one again changes nothing."""
    with _nothing_collected():
        return _post(acting, place, name, text)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """A journal makes many lasting objects and no rings of them: looking for rings is lost time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _post(acting: Acting, place: str, name: str, text: str) -> Done[LedgerAct]:
    body = text.encode()
    sha256 = hashlib.sha256(body).hexdigest()
    there = LedgerAct.objects.filter(place=place, act=ACT, file__sha256=sha256).first()
    if there:
        return Done(there)
    journal = read_journal(text, books_of(place, ACT), acting.today)
    if journal.findings:
        raise Refused(all_of(map(_reason, journal.findings)), ACT)
    file = LedgerFile.objects.create(
        place_id=place, partner="", name=name[:200], body=body, sha256=sha256,
        rows=sum(len(entry.postings) for entry in journal.entries),
        received_at=acting.now, received_by=acting.who,
    )  # fmt: skip
    numbers = account_numbers(place, journal.accounts)
    ids = [numbers[account] for account in journal.accounts]
    rows = _rows(journal, [(ids[account], effect) for account, effect in journal.spots])
    entered = write_act(acting, place, ACT, rows, numbers, file)
    moved = sum(p for entry in journal.entries for _, p in entry.postings if p > 0)
    after = {"act": entered.pk, "rows": entered.rows_sha256, "file": sha256, "pence": moved}
    what = f"{len(journal.entries):,} transactions of {name}, {pounds(moved)} in all"
    return Done(entered, what, after=after, made=(entered,))


def trial_balance_of(place: str, fund: str | None = None) -> TrialBalance:
    """Every account of a place, or of one fund, with what stands on it."""
    return trial_balance(LedgerBalance.objects.as_facts(place, fund))


def _rows(journal: Journal, lie: Sequence[tuple[int, int]]) -> Rows:
    rows = Rows()
    for row, key, deed, on, posted, says, decision, postings in journal.entries:
        rows.headers.append((key, deed, on, posted, says, decision, None, "", row))
        rows.postings.append([(*lie[spot], pence) for spot, pence in postings])
    return rows


def _reason(finding: Finding) -> Reason:
    says = f"line {finding.line}: {finding.says}"
    return Reason(Answer.REFUSED, says, remedy=finding.remedy)
