"""The register of interests over both sets of rules, and dispensations: added to, never changed."""

from __future__ import annotations

from django.db import models

from concord.records.models.places import Place


class InterestQuerySet(models.QuerySet["InterestEntry"]):
    def now(self, place: str) -> InterestQuerySet:
        """The register as it stands: what nothing has taken the place of."""
        return self.filter(place=place, replaced_by=None).order_by("person", "in_what")


class InterestEntry(models.Model):
    """One interest of one person: in whom or what, its kind under each set of rules, since when.

    A change is a new entry that `replaces` the old; one that ended has its last day.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    person = models.CharField(max_length=200)
    in_what = models.CharField(max_length=300)
    what = models.TextField(blank=True)
    kinds = models.JSONField(default=dict)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    key = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=254)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        verbose_name_plural = "interest entries"

    def __str__(self) -> str:
        return f"{self.person}: {self.in_what}"


class DispensationEntry(models.Model):
    """Leave to speak or vote in spite of an interest: from whom, from when to when, and why."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    person = models.CharField(max_length=200)
    in_what = models.CharField(max_length=300)
    by = models.CharField(max_length=200)
    why = models.TextField()
    starts = models.DateField()
    ends = models.DateField()
    speak = models.BooleanField(default=True)
    vote = models.BooleanField(default=False)
    key = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["recorded_at", "id"]
        verbose_name_plural = "dispensation entries"

    def __str__(self) -> str:
        return f"{self.person}: {self.in_what}"
