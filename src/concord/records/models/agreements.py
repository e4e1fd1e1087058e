"""The texts of a place: versions adopted for good, the draft now being written, texts set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.db import models

from concord.domain.audit import AdoptedText
from concord.domain.places.policy import RoleFact, places_where
from concord.records.models.places import Place

ARRANGEMENT = "arrangement"
CALENDAR = "calendar"
FUND = "fund"


def matter_kind(matter: str) -> str:
    """The kind of the text of one matter, by the name of its file."""
    return f"matter:{matter}"


class TextVersionQuerySet(models.QuerySet["TextVersion"]):
    def of(self, place: str, kind: str = ARRANGEMENT) -> TextVersionQuerySet:
        return self.filter(place=place, kind=kind)

    def as_facts(self) -> Iterator[AdoptedText]:
        """Every version with its text, one in memory at a time."""
        rows = self.order_by("place", "kind", "number").values_list(
            "place_id", "kind", "number", "text", "sha256"
        )
        for row in rows.iterator(chunk_size=20):
            yield AdoptedText(*row)

    def newest(self, place: str, kind: str = ARRANGEMENT) -> TextVersion | None:
        """The version that holds now, or none when the place has none."""
        return self.of(place, kind).order_by("-number").first()


class TextVersion(models.Model):
    """One adopted text, letter for letter, with its hash; the database refuses to change it."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="versions", db_column="place")
    kind = models.CharField(max_length=100, default=ARRANGEMENT)
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=254)
    note = models.TextField(blank=True)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects = TextVersionQuerySet.as_manager()

    class Meta:
        ordering = ["place", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["place", "kind", "number"], name="one_text_per_number")
        ]

    standing = "adopted"

    def __str__(self) -> str:
        return f"{self.place_id} {self.kind} {self.number}"


class DraftQuerySet(models.QuerySet["Draft"]):
    def open(self) -> DraftQuerySet:
        """The drafts that hold something not yet adopted."""
        return self.filter(is_open=True)

    def visible_to(self, roles: Iterable[RoleFact], on: date) -> DraftQuerySet:
        """The drafts of the places at which these roles may read one."""
        places = places_where(roles, "agreements.view_draft", on)
        return self if places is None else self.filter(place__in=places)

    def desk(self, place: str, kind: str = ARRANGEMENT) -> Draft:
        """What an editor starts from: the open draft, or the newest version as it stands.

        With no row yet there is still one to show, unsaved, at revision 0.
        """
        found = self.filter(place=place, kind=kind).select_related("based_on").first()
        if found:
            return found
        newest = TextVersion.objects.newest(place, kind)
        text = newest.text if newest else ""
        return Draft(place_id=place, kind=kind, text=text, revision=0, based_on=newest)


class Draft(models.Model):
    """The text from which a place's writers go on: shared by them all, one row for each text.

    `revision` counts every change, adoption too, so that a page opened before is known as old.
    While it is not open it holds the newest version's text.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="drafts", db_column="place")
    kind = models.CharField(max_length=100, default=ARRANGEMENT)
    text = models.TextField()
    revision = models.PositiveIntegerField()
    is_open = models.BooleanField(default=False)
    based_on = models.ForeignKey(TextVersion, models.PROTECT, null=True, related_name="+")
    edited_by = models.CharField(max_length=254, blank=True)
    edited_at = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["place", "kind"]
        constraints = [models.UniqueConstraint(fields=["place", "kind"], name="one_draft_per_text")]

    standing = "draft"

    def __str__(self) -> str:
        return f"{self.place_id} {self.kind}, draft, revision {self.revision}"


class KeptTextQuerySet(models.QuerySet["KeptText"]):
    def visible_to(self, account: object) -> KeptTextQuerySet:
        """The texts set aside for somebody: their own, saved too late or discarded."""
        return self.filter(account=account).exclude(because=KeptText.REPLACED)

    def text_of_revision(self, place: str, kind: str, revision: int) -> str | None:
        """The text from which an editor of that revision began, while it is still kept."""
        found = self.filter(place=place, kind=kind, revision=revision, because=KeptText.REPLACED)
        return found.values_list("text", flat=True).first()


class KeptText(models.Model):
    """A text that somebody else saved before, or that was discarded: set aside and never lost."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="kept_texts", db_column="place")
    kind = models.CharField(max_length=100, default=ARRANGEMENT)
    text = models.TextField()
    revision = models.PositiveIntegerField()  # the revision its writer had begun from
    because = models.CharField(max_length=40)  # replaced, discarded, saved too late
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="kept_texts"
    )
    kept_at = models.DateTimeField()

    objects = KeptTextQuerySet.as_manager()
    REPLACED, DISCARDED, TOO_LATE = "replaced", "discarded", "saved too late"

    class Meta:
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return f"{self.place_id} {self.kind}, {self.because}"
