"""What search reads: one row for each decision, paper, body and person that the public may find."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from concord.records.models.places import Place


class SearchDocument(models.Model):
    """One thing that can be found, in the words that may be public; derived, and made anew at will.

    `name` finds it again: a decision's reference, a publication's number, a body or a person. The
    database keeps an index of its words beside it (migration 0006, `records/search.py`).
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="+", db_column="place")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    says = models.CharField(max_length=300, blank=True)
    on = models.DateField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "kind", "name"], name="found_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"
