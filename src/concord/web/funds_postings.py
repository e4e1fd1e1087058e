"""What made a figure: the accounts behind it, then their postings, each back to its file's row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from concord.domain.funds.ledger.periods import is_period, periods_of
from concord.domain.funds.ledger.transaction import LedgerAccount
from concord.domain.funds.ledger.words import SPENT, LedgerKind
from concord.records.models import LedgerBalance, LedgerFile, LedgerPosting
from concord.web.funds_kept import known_decisions
from concord.web.funds_page import may_here
from concord.web.funds_reading import OpenedFunds, asked_year, opened_funds
from concord.web.funds_told import dress, line_name, partner
from concord.web.pages import Page, Unreadable, page
from concord.web.places import opened
from concord.web.wording import upper_first

SIZE = 50  # postings on one page


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure: a line, a partner, a kind or what was spent, a name, a month or the year."""

    year: str
    line: str
    partner: str
    what: str
    name: str
    periods: tuple[int, ...]

    @property
    def kinds(self) -> tuple[LedgerKind, ...]:
        return SPENT if self.what == "spent" else (LedgerKind(self.what),) if self.what else ()


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account with what its postings of these periods come to."""

    number: int
    account: LedgerAccount
    amount: int
    legs: int
    href: str


@page("funds/postings.html", of="fund_postings")
def postings(request: HttpRequest, place: str, fund: str) -> Page:
    here = opened_funds(opened(request, place))
    row = here.fund(fund)
    asked = asked_of(request, here, fund)
    accounts = list(_accounts(request, place, fund, asked))
    chosen = _chosen(request, accounts)
    shown = _page(request, chosen, asked) if chosen else []
    more = shown[SIZE - 1] if len(shown) > SIZE else None
    shown = shown[:SIZE]
    decisions = known_decisions(place, {p.transaction.decision for p in shown} - {""})
    total = chosen.amount if chosen else sum(one.amount for one in accounts)
    told = [_told(one) for one in shown]
    data = {
        "fund": fund, "year": asked.year, "line": asked.line or None, "what": asked.what or None,
        "unit": "pence", "total": total,
        "accounts": [
            {"account": one.number, **_named(one.account), "pence": one.amount,
             "postings": one.legs}
            for one in accounts
        ],
        "postings": told,
        "next": _next(request, more) if more else None,
    }  # fmt: skip
    return here.it.page(
        title(here, asked, chosen), data, section="funds", fund_row=row, accounts=accounts,
        chosen=chosen, shown=shown, more=_next(request, more) if more else "", year=asked.year,
        decisions=decisions, **dress(here.it.names), total=total,
        line=lambda n: line_name(here.text, n),
        sees_rows=may_here(request, place, "funds.import"), first=not request.GET.get("before"),
        twin=f"{reverse('fund_postings.json', args=[place, fund])}?{request.GET.urlencode()}",
    )  # fmt: skip


def asked_of(request: HttpRequest, here: OpenedFunds, fund: str) -> Asked:
    get = request.GET
    year = asked_year(request, here, fund)
    what = get.get("what", "").strip()
    if what not in ("", "spent", *map(str, LedgerKind)):
        raise Unreadable(f"“{what[:40]}” is no kind of account.", "Follow a figure of the fund.")
    periods = periods_of(year)
    if month := get.get("period", ""):
        if not month.isdigit() or int(month) not in periods:
            raise Unreadable(f"“{month[:12]}” is no month of {year}.", "Write it as 202404.")
        periods = (int(month),)
    return Asked(
        year, get.get("line", "")[:80], get.get("partner", "")[:80], what,
        get.get("name", "")[:120], periods,
    )  # fmt: skip


def _accounts(request: HttpRequest, place: str, fund: str, asked: Asked) -> Iterable[AccountRow]:
    """The accounts behind the figure and their balances, in one question."""
    rows = LedgerBalance.objects.filter(
        account__place=place, account__fund=fund, effect__in=asked.periods
    )
    given = {"line": asked.line, "partner": asked.partner, "name": asked.name}
    rows = rows.filter(**{f"account__{key}": value for key, value in given.items() if value})
    if asked.kinds:
        rows = rows.filter(account__kind__in=[str(kind) for kind in asked.kinds])
    sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    facts: dict[int, LedgerAccount] = {}
    for one in rows.select_related("account").order_by("account_id"):
        facts[one.account_id] = one.account.as_fact()
        sums[one.account_id][0] += one.amount
        sums[one.account_id][1] += one.legs
    for number, account in sorted(facts.items(), key=lambda f: (f[1].line, str(f[1]))):
        query = request.GET.copy()
        query.pop("before", None)
        query["account"] = str(number)
        yield AccountRow(number, account, *sums[number], f"?{query.urlencode()}")


def _chosen(request: HttpRequest, accounts: list[AccountRow]) -> AccountRow | None:
    """The account that is asked for, or the only one there is."""
    asked = request.GET.get("account", "")
    if asked:
        found = next((one for one in accounts if str(one.number) == asked), None)
        if found is None:
            raise Unreadable("That account is not behind this figure.", "Follow one of the list.")
        return found
    return accounts[0] if len(accounts) == 1 else None


def _page(request: HttpRequest, chosen: AccountRow, asked: Asked) -> list[LedgerPosting]:
    """One page of postings, newest first: quick at any depth, and one more to know of a next."""
    before = None
    if words := request.GET.get("before", ""):
        effect, _, number = words.partition("-")
        if not (effect.isdigit() and number.isdigit() and is_period(int(effect))):
            raise Unreadable("That page cannot be read.", "Begin with the first page.")
        before = (int(effect), int(number))
    low, high = asked.periods[0], asked.periods[-1]
    found = LedgerPosting.objects.filter(account=chosen.number, effect__range=(low, high))
    # Their numbers first, from the index alone: what stands beside each is looked up for one page.
    numbers = [
        one.pk
        for one in found.only("id", "effect").order_by("-effect", "-id").page(SIZE + 1, before)
    ]
    rows = LedgerPosting.objects.filter(pk__in=numbers).select_related("transaction__act__file")
    by_number = {row.pk: row for row in rows.defer("transaction__act__file__body")}
    return [by_number[number] for number in numbers]


def _next(request: HttpRequest, last: LedgerPosting) -> str:
    query = request.GET.copy()
    query["before"] = f"{last.effect}-{last.pk}"
    return f"?{query.urlencode()}"


def _named(account: LedgerAccount) -> dict[str, Any]:
    return {
        "line": account.line or None, "partner": account.partner, "kind": account.kind,
        "name": account.name or None,
    }  # fmt: skip


def _told(one: LedgerPosting) -> dict[str, Any]:
    made, file = one.transaction, one.transaction.act.file
    return {
        "posting": one.pk, "pence": one.amount, "effect": one.effect, "on": made.on,
        "deed": made.deed, "transaction": made.key, "says": made.says,
        "decision": made.decision or None, "file": file.name if file else None,
        "file_sha256": file.sha256 if file else None, "row": made.row or None,
    }  # fmt: skip


def title(here: OpenedFunds, asked: Asked, chosen: AccountRow | None) -> str:
    """The figure in words."""
    if chosen:
        of = line_name(here.text, chosen.account.line) if chosen.account.line else ""
        kind = upper_first(chosen.account.kind)
        return listed_words([kind, of, partner(here.it.names, chosen.account.partner)])
    what = "Spent" if asked.what == "spent" else upper_first(asked.what)
    of = line_name(here.text, asked.line) if asked.line else ""
    return listed_words([what, of]) or "Every account"


def listed_words(words: Iterable[str]) -> str:
    return ", ".join(word for word in words if word)


@page("funds/row.html", of="fund_import")
def source_row(request: HttpRequest, place: str, file: int, row: int) -> Page:
    """A row of a partner's file as sent, for whoever keeps the ledger: names may be in it."""
    from concord.documents.ledger_files import UnreadableFile, rows_of

    here = opened_funds(opened(request, place))
    sent = LedgerFile.objects.filter(place=place, pk=file).first()
    if sent is None:
        raise Http404("no such file")
    try:
        rows = list(rows_of(sent.name, bytes(sent.body), ""))
    except UnreadableFile as unread:
        raise Unreadable(unread.says, unread.remedy) from None
    cells = next((list(cells) for number, cells in rows if number == row), None)
    if cells is None:
        raise Http404("no such row")
    head = list(rows[0][1]) if rows else []
    return here.it.page(
        f"Row {row} of {sent.name}",
        {"file": sent.name, "sha256": sent.sha256, "row": row, "cells": cells},
        section="funds", sent=sent, head=head, cells=cells, row=row,
        who=partner(here.it.names, sent.partner),
        twin=reverse("fund_row.json", args=[place, file, row]),
    )  # fmt: skip
