"""The audit entries as kept: one chain for the installation, added to and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.db import models

from concord.domain.audit import BEGINNING, Entry
from concord.domain.places.policy import RoleFact, places_where


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, roles: Iterable[RoleFact], on: date) -> AuditEntryQuerySet:
        """The newest first, of the places whose trail these roles open."""
        places = places_where(roles, "audit.view", on)
        shown = self if places is None else self.filter(place__in=places)
        return shown.order_by("-number")

    def of_place(self, place: str) -> AuditEntryQuerySet:
        return self.filter(place=place).order_by("-number")

    def head(self) -> tuple[int, str]:
        """The number and hash of the newest entry: worth noting where the database is not."""
        return self.order_by("-number").values_list("number", "hash").first() or (0, BEGINNING)

    def as_facts(self) -> Iterator[Entry]:
        """The chain from its beginning, a few rows in memory at a time."""
        for row in self.order_by("number").iterator(chunk_size=500):
            yield row.as_fact()


class AuditEntry(models.Model):
    """One act: who did it, for whom, what, why, and how things stood before and after."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=254)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    on_behalf_of = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=80, blank=True, db_index=True)
    act = models.CharField(max_length=80)
    what = models.TextField()
    why = models.TextField(blank=True)
    # Canonical JSON as text, because a JSON column may give back other bytes than were hashed.
    before = models.TextField(default="null")
    after = models.TextField(default="null")
    # Unique, so that the database itself refuses a second successor to one entry.
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.number} {self.act}"

    def as_fact(self) -> Entry:
        return Entry(
            number=self.number,
            at=self.at,
            who=self.who,
            on_behalf_of=self.on_behalf_of,
            place=self.place,
            act=self.act,
            what=self.what,
            why=self.why,
            before=self.before,
            after=self.after,
            previous=self.previous,
            hash=self.hash,
        )
