"""What follows a meeting: talks on what was deferred, actions and their updates, minutes."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from concord.domain.decisions.follow_up import ActionState
from concord.records.models.meetings import Meeting
from concord.records.models.places import Place
from concord.records.models.register import Decision


class Talk(models.Model):
    """Talks on a deferred item: on which day, between whom, and what was said; never changed."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    item = models.CharField(max_length=170)
    on = models.DateField()
    who = models.JSONField(default=list)
    said = models.TextField()
    key = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.item}: {self.on}"


class DisputeEntry(models.Model):
    """One step of a deferred item on its agreement's dispute ladder; never changed.

    `step` is that it was taken up, that a rung was passed without agreement, or that it was
    settled; `rung` counts from 1.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    item = models.CharField(max_length=170)
    body = models.SlugField(max_length=80)
    agreement = models.SlugField(max_length=80)
    step = models.CharField(max_length=40)
    rung = models.PositiveIntegerField()
    on = models.DateField()
    by = models.CharField(max_length=200)
    said = models.TextField()
    key = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["on", "id"]
        verbose_name_plural = "dispute entries"

    def __str__(self) -> str:
        return f"{self.item}: {self.step}"


class ActionQuerySet(models.QuerySet["Action"]):
    def of_place(self, place: str) -> ActionQuerySet:
        return self.filter(place=place).select_related("decision", "meeting")

    def open_on(self, on: date) -> ActionQuerySet:
        """Those that the last update of that day or before has not closed."""
        told = ActionUpdate.objects.filter(action=OuterRef("pk"), on__lte=on)
        last = Subquery(told.order_by("-on", "-pk").values("state")[:1])
        kept = self.annotate(last_told=last)
        return kept.filter(Q(last_told=None) | Q(last_told=ActionState.OPEN))


class Action(models.Model):
    """Something to be done, or a condition to be met: by whom, for which organisation, by when.

    What became of it are its updates.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="actions", db_column="place")
    number = models.PositiveIntegerField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="actions")
    item = models.CharField(max_length=170, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="actions")
    what = models.TextField()
    owner = models.CharField(max_length=170)
    organisation = models.SlugField(max_length=80)
    due = models.DateField(null=True)
    condition = models.BooleanField(default=False)
    key = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=254)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="actions_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.what}"


class ActionUpdate(models.Model):
    """One dated update on an action: its state, what was done, the evidence; never changed."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="updates")
    on = models.DateField()
    state = models.CharField(max_length=20)
    says = models.TextField()
    evidence = models.TextField(blank=True)
    due = models.DateField(null=True)
    key = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.state}"


class MinutesEntry(models.Model):
    """One act on one body's minutes of a meeting, with their text as it then stood; never changed.

    `approved_at` is the later meeting that approved them, `who` whoever signed or presided.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    body = models.SlugField(max_length=80)
    act = models.CharField(max_length=40)
    lines = models.JSONField(default=list)
    on = models.DateField()
    why = models.TextField(blank=True)
    who = models.CharField(max_length=200, blank=True)
    approved_at = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "minutes entries"

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.body}: {self.act}"
