"""Matters as lists show them, and the evidence on them: sign-offs, publications, promises met."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from concord.records.models.agreements import TextVersion
from concord.records.models.places import Place


class MatterQuerySet(models.QuerySet["MatterSummary"]):
    def of_place(self, place: str) -> MatterQuerySet:
        """A place's matters, the next to be decided first, in one question to the database."""
        return self.filter(place=place).select_related("version").defer("version__text")


class MatterSummary(models.Model):
    """What a list of matters shows; derived from the matter's newest text and written with it."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="matters", db_column="place")
    name = models.SlugField(max_length=80)
    version = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    first_stop = models.DateField(null=True)
    last_stop = models.DateField(null=True)
    grave = models.PositiveIntegerField(default=0)
    slight = models.PositiveIntegerField(default=0)

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["place", "-last_stop", "name"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="one_matter_per_name")
        ]
        verbose_name_plural = "matter summaries"

    def __str__(self) -> str:
        return self.title


class SignOffEvent(models.Model):
    """One step of one sign-off: asked, signed, held, restarted; added to and never changed.

    `parts` are the hashes of the parts that were read, so that a changed text reopens just what it
    touches.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    matter = models.SlugField(max_length=80)
    role = models.CharField(max_length=200)
    step = models.CharField(max_length=20)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=254)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(blank=True)
    parts = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["place", "matter"], name="sign_offs_of_a_matter")]

    def __str__(self) -> str:
        return f"{self.role}: {self.step}"


class PublicationQuerySet(models.QuerySet["Publication"]):
    def of_matter(self, place: str, matter: str) -> PublicationQuerySet:
        return self.filter(place=place, matter=matter).defer("body")

    def register(self, place: str) -> PublicationQuerySet:
        """Everything made public at a place, the newest first, without the documents themselves."""
        return self.filter(place=place).defer("body").order_by("-published_at", "-id")


class Publication(models.Model):
    """Something made public: what, when, its bytes and their hash; the database keeps it so.

    `supersedes` names what a correction or withdrawal takes the place of; `late_by` is how a late
    one was lawful, and says so for ever. `details` is what a list or a feed shows of it.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="publications", db_column="place")
    matter = models.SlugField(max_length=80, blank=True)
    stop = models.SlugField(max_length=80, blank=True)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    media_type = models.CharField(max_length=120)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=254)
    text_version = models.ForeignKey(TextVersion, models.PROTECT, null=True, related_name="+")
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by")
    late_by = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["published_at", "id"]
        indexes = [models.Index(fields=["place", "matter"], name="publications_of_a_matter")]

    def __str__(self) -> str:
        return self.title


class PromiseMet(models.Model):
    """That a promise was met: when, how, and who says so."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    matter = models.SlugField(max_length=80)
    promise = models.SlugField(max_length=80)
    on = models.DateField()
    how = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["recorded_at", "id"]
        verbose_name_plural = "promises met"

    def __str__(self) -> str:
        return f"{self.matter}: {self.promise}"
