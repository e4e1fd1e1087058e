"""Meetings as they are held: who called them, and their record, entry by entry."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from concord.domain.decisions.meetings.book import BookEntry
from concord.records.models.agreements import TextVersion
from concord.records.models.places import Place


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def of_place(self, place: str) -> MeetingQuerySet:
        """A place's meetings, the newest first."""
        return self.filter(place=place).order_by("-on", "-starts_at", "name")

    def of_body(self, place: str, body: str, on: date) -> MeetingQuerySet:
        """The meetings of that day at which a body sits."""
        kept = self.filter(place=place, on=on)
        return kept.filter(pk__in=[m.pk for m in kept if body in m.bodies])


class Meeting(models.Model):
    """One meeting, of one body or of several at once; what happened at it are its entries.

    `arrangement` is the adopted text by which it was called. `head` counts its entries, so that a
    page that follows it asks one cheap question.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="meetings", db_column="place")
    name = models.SlugField(max_length=120)
    title = models.CharField(max_length=300)
    bodies = models.JSONField(default=list)
    on = models.DateField()
    starts_at = models.CharField(max_length=5, blank=True)
    where = models.CharField(max_length=300, blank=True)
    arrangement = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    head = models.PositiveIntegerField(default=0)
    closed = models.BooleanField(default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts_at", "name"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="one_meeting_per_name")
        ]
        indexes = [models.Index(fields=["place", "on"], name="meetings_of_a_day")]

    def __str__(self) -> str:
        return self.title


class MeetingEntryQuerySet(models.QuerySet["MeetingEntry"]):
    def as_facts(self) -> tuple[BookEntry, ...]:
        """The record of one meeting, in the order in which it was made."""
        rows = self.order_by("number").values_list("number", "kind", "at", "said")
        return tuple(BookEntry.read(*row) for row in rows)


class MeetingEntry(models.Model):
    """One entry of a meeting's record: what happened, when by the clock on the wall, who says so.

    It is added to and never changed: an entry made in mistake is struck by a later one. `key` was
    made where it was typed, so that the same entry sent twice is there once.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    at = models.CharField(max_length=19)
    said = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=254)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = MeetingEntryQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="entries_in_order"),
            models.UniqueConstraint(fields=["meeting", "key"], name="entry_once"),
        ]
        verbose_name_plural = "meeting entries"

    def __str__(self) -> str:
        return f"{self.number}: {self.kind}"

    def as_fact(self) -> BookEntry:
        return BookEntry.read(self.number, self.kind, self.at, self.said)
