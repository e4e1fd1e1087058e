"""The ledger: accounts, acts, transactions and their postings, and the balances drawn from them.

Everything but the balances is evidence. A posting's number is its transaction's times 1,000 plus
its place in it; the balances are derived, and `records/ledger_proof.py` proves them.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from concord.domain.funds.ledger.balances import Balance
from concord.domain.funds.ledger.periods import PeriodChange, PeriodState, closed
from concord.domain.funds.ledger.transaction import LedgerAccount, Posting, Transaction
from concord.domain.funds.ledger.words import Deed, LedgerKind
from concord.records.models.ledger_files import LedgerFile, LedgerMapping
from concord.records.models.places import Place
from concord.records.row_number import RowNumber

PER_TRANSACTION = 1000


class FundAccountQuerySet(models.QuerySet["FundAccount"]):
    def numbers(self, place: str) -> dict[LedgerAccount, int]:
        """Every account of a place with its number."""
        return {row.as_fact(): row.pk for row in self.filter(place=place)}


class FundAccount(models.Model):
    """One account of a place's ledger: a fund, a line, a partner, a kind, and a name of its own."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    fund = models.CharField(max_length=80, blank=True)
    line = models.CharField(max_length=80, blank=True)
    partner = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120, blank=True)

    objects = FundAccountQuerySet.as_manager()

    class Meta:
        ordering = ["place", "fund", "line", "partner", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "fund", "line", "partner", "kind", "name"], name="account_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.as_fact())

    def as_fact(self) -> LedgerAccount:
        return LedgerAccount(self.fund, self.line, self.partner, LedgerKind(self.kind), self.name)


class LedgerAct(models.Model):
    """One act on the ledger: who, when, why, from which file and by which mapping.

    Its transactions are numbered without a gap, from `first`: they need no index to be found by.
    `rows_sha256` is over everything it posted, and stands in its audit entry too.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    act = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.CharField(max_length=254)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    on_behalf_of = models.CharField(max_length=80, blank=True)
    why = models.TextField(blank=True)
    file = models.ForeignKey(LedgerFile, models.PROTECT, null=True, related_name="acts")
    mapping = models.ForeignKey(LedgerMapping, models.PROTECT, null=True, related_name="acts")
    first = models.PositiveBigIntegerField()
    transactions = models.PositiveIntegerField()
    rows_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.act}, {self.at:%Y-%m-%d}"

    def entered(self) -> LedgerTransactionQuerySet:
        """Its transactions, in the order they were entered."""
        last = self.first + self.transactions
        return LedgerTransaction.objects.filter(id__gte=self.first, id__lt=last)


class LedgerTransactionQuerySet(models.QuerySet["LedgerTransaction"]):
    def by_key(self, place: str, key: str) -> LedgerTransaction | None:
        return self.filter(key=key, act__place=place).select_related("act", "reverses").first()

    def citing(self, place: str, decision: str) -> LedgerTransactionQuerySet:
        """The money a decision moved."""
        return self.filter(decision=decision, act__place=place).select_related("act")


class LedgerTransaction(models.Model):
    """Postings that come to nil; never changed, only taken back by another that names it."""

    id = RowNumber(primary_key=True)
    act = models.ForeignKey(LedgerAct, models.PROTECT, related_name="made", db_index=False)
    key = models.CharField(max_length=120, unique=True)
    deed = models.CharField(max_length=20)
    on = models.DateField()
    posted = models.PositiveIntegerField()
    says = models.TextField(blank=True)
    decision = models.CharField(max_length=80, blank=True)
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="reversed_by", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    about = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField(default=0)
    legs = models.PositiveSmallIntegerField()

    objects = LedgerTransactionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["decision"], condition=~Q(decision=""), name="money_by_decision"),
            models.Index(fields=["about"], condition=~Q(about=""), name="money_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="taken_back_once"
            )
        ]

    def __str__(self) -> str:
        return self.key

    def as_fact(self) -> Transaction:
        rows = self.postings.select_related("account").order_by("id")
        return Transaction(
            key=self.key, deed=Deed(self.deed), on=self.on, posted=self.posted,
            legs=tuple(Posting(r.account.as_fact(), r.amount, r.effect) for r in rows),
            says=self.says, decision=self.decision,
            reverses=self.reverses.key if self.reverses else "", about=self.about, row=self.row,
        )  # fmt: skip


class LedgerPostingQuerySet(models.QuerySet["LedgerPosting"]):
    def on_accounts(self, accounts: Iterable[int]) -> LedgerPostingQuerySet:
        """What stands on these accounts, the newest first, each with what leads back to its row."""
        return (
            self.filter(account__in=list(accounts))
            .select_related("transaction__act__file", "account")
            .defer("transaction__act__file__body")
            .order_by("-effect", "-id")
        )

    def page(self, size: int, before: tuple[int, int] | None = None) -> list[LedgerPosting]:
        """The next page after the (effect, number) of the last one shown: quick at any depth."""
        rows = self
        if before:
            effect, number = before
            rows = rows.filter(Q(effect__lt=effect) | Q(effect=effect, id__lt=number))
        return list(rows[:size])


class LedgerPosting(models.Model):
    """One side of a transaction, in pence, with the period in which it has effect."""

    id = RowNumber(primary_key=True)
    transaction = models.ForeignKey(LedgerTransaction, models.PROTECT, related_name="postings")
    account = models.ForeignKey(FundAccount, models.PROTECT, related_name="+", db_index=False)
    effect = models.PositiveIntegerField()
    amount = models.BigIntegerField()

    objects = LedgerPostingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["account", "effect", "id"], name="postings_of_an_account")]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="a_posting_moves_money"),
            models.CheckConstraint(
                condition=Q(id__gt=F("transaction") * PER_TRANSACTION)
                & Q(id__lt=F("transaction") * PER_TRANSACTION + PER_TRANSACTION),
                name="a_posting_is_numbered_by_its_transaction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount}"


class LedgerBalanceQuerySet(models.QuerySet["LedgerBalance"]):
    def as_facts(self, place: str, fund: str | None = None) -> tuple[Balance, ...]:
        """What stands on a place's accounts, or one fund's, by both periods."""
        rows = self.filter(account__place=place)
        rows = rows if fund is None else rows.filter(account__fund=fund)
        known: dict[int, LedgerAccount] = {}
        found = rows.values_list(
            "account_id", "account__fund", "account__line", "account__partner", "account__kind",
            "account__name", "posted", "effect", "amount", "legs",
        )  # fmt: skip
        return tuple(
            Balance(_account(known, number, *of), posted, effect, amount, legs)
            for number, *of, posted, effect, amount, legs in found
        )

    def on(self, place: str, account: LedgerAccount) -> int:
        """What stands on one account, in pence."""
        rows = self.filter(
            account__place=place, account__fund=account.fund, account__line=account.line,
            account__partner=account.partner, account__kind=account.kind,
            account__name=account.name,
        )  # fmt: skip
        return int(rows.aggregate(sum=models.Sum("amount"))["sum"] or 0)


def _account(
    known: dict[int, LedgerAccount], number: int, fund: str, line: str, partner: str, kind: str,
    name: str,
) -> LedgerAccount:  # fmt: skip
    if number not in known:
        known[number] = LedgerAccount(fund, line, partner, LedgerKind(kind), name)
    return known[number]


class LedgerBalance(models.Model):
    """What one account's postings of one period of posting and one of effect come to: derived."""

    account = models.ForeignKey(FundAccount, models.PROTECT, related_name="+", db_index=False)
    posted = models.PositiveIntegerField()
    effect = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    legs = models.PositiveIntegerField()

    objects = LedgerBalanceQuerySet.as_manager()

    class Meta:
        ordering = ["account", "posted", "effect"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "posted", "effect"], name="balance_once_for_each_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id}, {self.posted}: {self.amount}"


class LedgerPeriodQuerySet(models.QuerySet["LedgerPeriod"]):
    def changes(self, place: str) -> tuple[PeriodChange, ...]:
        rows = self.filter(place=place).order_by("id")
        return tuple(PeriodChange(r.fund, r.period, PeriodState(r.state), r.because) for r in rows)

    def shut(self, place: str) -> frozenset[tuple[str, int]]:
        """The funds and periods that are closed now."""
        return closed(self.changes(place))


class LedgerPeriod(models.Model):
    """One closing or reopening of one fund's period, with its reason."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    fund = models.CharField(max_length=80)
    period = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    because = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=254)

    objects = LedgerPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["place", "fund", "period"], name="changes_of_a_period")]

    def __str__(self) -> str:
        return f"{self.fund} {self.period}: {self.state}"
