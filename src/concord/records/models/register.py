"""The register: outcomes, one legal decision for each organisation, and each step of its effect."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from concord.records.models.agreements import TextVersion
from concord.records.models.meetings import Meeting
from concord.records.models.places import Place


class Outcome(models.Model):
    """What came of one item, or of one person's decision between meetings; never changed.

    `ballots` is who was entitled to vote at that moment and how they voted. `verdict` is every test
    behind the result, `at` the time on the clock on the wall. `matter_version` is the text that was
    put, `arrangement` the one by which authority was asked.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_column="place")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="outcomes")
    body = models.SlugField(max_length=80, blank=True)
    item = models.CharField(max_length=170)
    matter = models.SlugField(max_length=80, blank=True)
    matter_version = models.ForeignKey(TextVersion, models.PROTECT, null=True, related_name="+")
    arrangement = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    text = models.TextField()
    result = models.CharField(max_length=80)
    manner = models.CharField(max_length=80)
    at = models.CharField(max_length=19)
    on = models.DateField()
    verdict = models.JSONField(default=dict)
    ballots = models.JSONField(default=list)
    refer_to = models.JSONField(default=list)
    key = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=254)

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [
            models.Index(fields=["place", "matter"], name="outcomes_of_a_matter"),
            models.Index(fields=["place", "-on"], name="outcomes_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.result}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def of_place(self, place: str) -> DecisionQuerySet:
        """A place's register, the newest first, with what each one's outcome was."""
        return self.filter(place=place).select_related("outcome").order_by("-made_on", "-id")


class Decision(models.Model):
    """One organisation's legal decision as it was made: its half of an outcome; never changed.

    `reference` is the organisation, the year and a number given under lock: no two are the same and
    none is left out. `record` holds every head that its own law asks for; `checked` is the answer
    of `authority` at that moment. `pence` is the amount, None where none is or none is stated.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="decisions", db_column="place")
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="decisions")
    organisation = models.SlugField(max_length=80)
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    maker = models.CharField(max_length=170)
    made_at = models.CharField(max_length=19)
    made_on = models.DateField()
    power = models.CharField(max_length=80, blank=True)
    clause = models.CharField(max_length=300, blank=True)
    is_key = models.BooleanField(null=True)
    pence = models.BigIntegerField(null=True)
    retrospective_from = models.DateField(null=True)
    record = models.JSONField(default=dict)
    checked = models.JSONField(default=dict)
    complete = models.JSONField(default=dict)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["made_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "organisation", "year", "number"], name="decisions_numbered_once"
            ),
            models.UniqueConstraint(fields=["place", "reference"], name="one_reference"),
        ]
        indexes = [
            models.Index(fields=["place", "-made_on", "-id"], name="register_of_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"


class DecisionStep(models.Model):
    """What was done to a decision after it was made, or came by itself: added, never changed.

    `step` is a move of call-in, `superseded` or `rescinded`. `by_itself` marks what came at its
    time with nobody acting: the same thing comes once, however often it is looked for.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=60)
    at = models.CharField(max_length=19)
    by = models.JSONField(default=list)
    why = models.TextField(blank=True)
    ground = models.CharField(max_length=300, blank=True)
    other = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="ends")
    by_itself = models.BooleanField(default=False)
    key = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=254)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.step}"


class DecisionSummary(models.Model):
    """Where a decision stands, for lists and search; derived, and written anew with every step.

    `changes_at` is the moment at which it moves by itself to `then`, where it does. `words` is what
    search reads: title, text, people, bodies, reference.
    """

    decision = models.OneToOneField(
        Decision, models.CASCADE, primary_key=True, related_name="summary"
    )
    place = models.ForeignKey(Place, models.CASCADE, related_name="+", db_column="place")
    state = models.CharField(max_length=60)
    says = models.TextField(blank=True)
    since = models.CharField(max_length=19, blank=True)
    changes_at = models.CharField(max_length=19, blank=True)
    then = models.CharField(max_length=60, blank=True)
    late = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["place", "state"], name="decisions_by_state"),
            models.Index(fields=["changes_at"], name="decisions_due_to_move"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.state}"
