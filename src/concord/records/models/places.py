"""The places this installation knows, and the row each gives to a list of places."""

from __future__ import annotations

from django.db import models


class Place(models.Model):
    """A place by the name of its folder; everything else about it is in its text."""

    name = models.SlugField(primary_key=True, max_length=80)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PlaceSummaryQuerySet(models.QuerySet["PlaceSummary"]):
    def for_list(self) -> PlaceSummaryQuerySet:
        """Every place with its newest version's number, in one question to the database."""
        return self.select_related("version").defer("version__text")


class PlaceSummary(models.Model):
    """What a list of places shows; derived from the adopted text and written anew with it."""

    place = models.OneToOneField(
        Place, models.CASCADE, primary_key=True, related_name="summary", db_column="place"
    )
    version = models.ForeignKey("records.TextVersion", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    fictional = models.BooleanField(default=False)
    partners = models.JSONField(default=list)  # names as the text gives them, in its order
    grave = models.PositiveIntegerField(default=0)
    slight = models.PositiveIntegerField(default=0)
    not_stated = models.PositiveIntegerField(default=0)
    standing = models.CharField(max_length=20, default="adopted")

    objects = PlaceSummaryQuerySet.as_manager()

    class Meta:
        ordering = ["title", "place"]
        verbose_name_plural = "place summaries"

    def __str__(self) -> str:
        return self.title
