"""What the ledger is posted from and held against: files, mappings, budgets, forecasts."""

from __future__ import annotations

from typing import Any

from django.db import models

from concord.domain.funds.forecast import Forecast, ForecastVersion
from concord.domain.funds.risk_rules import Cause
from concord.records.models.places import Place


class LedgerFile(models.Model):
    """A file as a partner sent it, byte for byte, with its hash."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    partner = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    rows = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["place", "sha256"], name="file_once")]

    def __str__(self) -> str:
        return self.name


class LedgerMapping(models.Model):
    """One version of how a partner's file becomes postings, as data."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    name = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    said = models.JSONField()
    sha256 = models.CharField(max_length=64)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["place", "name", "number"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name", "number"], name="one_mapping_version")
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"


class BudgetVersionQuerySet(models.QuerySet["BudgetVersion"]):
    def of(self, place: str, fund: str, year: str) -> BudgetVersionQuerySet:
        return self.filter(place=place, fund=fund, year=year).order_by("number")


class BudgetVersion(models.Model):
    """A fund's budget for a year as it was set once; a pence of null is *not stated*."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    fund = models.CharField(max_length=80)
    year = models.CharField(max_length=7)
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20)
    because = models.TextField(blank=True)
    decision = models.CharField(max_length=80, blank=True)
    rows = models.JSONField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=254)

    objects = BudgetVersionQuerySet.as_manager()

    class Meta:
        ordering = ["place", "fund", "year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "fund", "year", "number"], name="one_budget_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.year}, version {self.number}"

    def cells(self) -> dict[tuple[str, str], int | None]:
        """Pence by line and partner."""
        return {(line, partner): pence for line, partner, pence in self.rows}


class ForecastRecordQuerySet(models.QuerySet["ForecastRecord"]):
    def of(self, place: str, fund: str, year: str) -> ForecastRecordQuerySet:
        return self.filter(place=place, fund=fund, year=year).order_by("number")

    def as_facts(self) -> tuple[ForecastVersion, ...]:
        return tuple(row.as_fact() for row in self)


class ForecastRecord(models.Model):
    """A forecast as it was made once, so that a quarter's report can be made again."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    fund = models.CharField(max_length=80)
    year = models.CharField(max_length=7)
    number = models.PositiveIntegerField()
    at = models.PositiveIntegerField()  # the period at whose end it was made
    rows = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=254)

    objects = ForecastRecordQuerySet.as_manager()

    class Meta:
        ordering = ["place", "fund", "year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "fund", "year", "number"], name="one_forecast_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.year}, forecast {self.number}"

    def as_fact(self) -> ForecastVersion:
        return ForecastVersion(
            self.fund, self.year, self.number, self.at, tuple(_cell(row) for row in self.rows)
        )


def _cell(row: list[Any]) -> Forecast:
    *figures, cause, because, evidence = row
    return Forecast(*figures, Cause(cause) if cause else None, because, evidence)


def row_of(cell: Forecast) -> list[Any]:
    """A forecast's cell as it is kept."""
    return [
        cell.line, cell.partner, cell.actual, cell.committed, cell.remainder,
        str(cell.cause) if cell.cause else "", cell.because, cell.evidence,
    ]  # fmt: skip
