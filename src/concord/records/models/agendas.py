"""What belongs to one meeting's agenda: files that others made, and packs while they are made."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from concord.records.models.places import Place


class FiledPaperQuerySet(models.QuerySet["FiledPaper"]):
    def of_meeting(self, place: str, body: str, on: object) -> FiledPaperQuerySet:
        """The files put to a meeting that nothing has taken the place of, without their bytes."""
        mine = self.filter(place=place, body=body, on=on, replaced_by=None)
        return mine.defer("pdf").order_by("id")


class FiledPaper(models.Model):
    """A PDF that others made, kept as it came with its hash; the database keeps it so.

    `item` is the matter and stop whose item it belongs to; without one it is an item of its own.
    `late` is why it comes after the agenda was due, `ask` whom to ask for it in another form.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    body = models.SlugField(max_length=80)
    on = models.DateField()
    item = models.CharField(max_length=170, blank=True)
    title = models.CharField(max_length=300)
    name = models.CharField(max_length=200)
    ask = models.CharField(max_length=200, blank=True)
    late = models.TextField(blank=True)
    pdf = models.BinaryField()
    pages = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=254)

    objects = FiledPaperQuerySet.as_manager()

    class Meta:
        ordering = ["filed_at", "id"]
        indexes = [models.Index(fields=["place", "body", "on"], name="files_of_a_meeting")]

    def __str__(self) -> str:
        return self.title


class PackMaking(models.Model):
    """A pack while it is being made and until it is published or forgotten: how far it is.

    It is no evidence: what was published is a publication, and this may be thrown away.
    """

    MAKING, MADE, FAILED, PUBLISHED = "making", "made", "failed", "published"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, models.CASCADE, related_name="+", db_column="place")
    body = models.SlugField(max_length=80)
    on = models.DateField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    asked = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=MAKING)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=1)
    says = models.CharField(max_length=300, blank=True)
    findings = models.JSONField(default=list)
    pdf = models.BinaryField(null=True)
    told = models.JSONField(default=dict)

    class Meta:
        ordering = ["-begun_at"]

    def __str__(self) -> str:
        return f"{self.body}, {self.on}: {self.state}"
