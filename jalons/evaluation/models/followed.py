from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.analysis.before_after import Verdict
from jalons.documents.languages import for_reader
from jalons.evaluation.catalogue import Said, read_catalogue
from jalons.evaluation.models.plans import (
    BOX_LENGTH,
    TEXT_LENGTH,
    Evaluation,
    Question,
)
from jalons.roadmaps.models import Stake, Versioned

DIGITS, DECIMALS = 14, 3


class Followed(Versioned):
    """An indicator that a roadmap follows, with the words it had when it was chosen.

    `code` and `catalogue_version` say which one of the catalogue it is; its own words
    stay when the catalogue changes: read `said`. Without a code it is the team's own.
    """

    class Level(models.TextChoices):
        INPUT = "input", _("Means")
        PROCESS = "process", _("How it is done")
        OUTPUT = "output", _("What is delivered")
        PEOPLE = "people", _("What changes for people")
        ACTORS = "actors", _("What changes between actors")
        AUTHORITY = "authority", _("What changes in the authority")
        IMPACT = "impact", _("Impact")
        CONTEXT = "context", _("Context, to be read beside")

    class Unit(models.TextChoices):
        PERCENT = "percent", _("percent")
        PER_10000 = "per_10000", _("per 10,000 inhabitants")
        COUNT = "count", _("number")
        PEOPLE = "people", _("people")
        EUROS = "euros", _("euros")
        POINTS = "points", _("points")
        SKILLS = "skills", _("areas of skill, out of five")

    class Direction(models.TextChoices):
        HIGHER = "higher", _("the higher, the better")
        LOWER = "lower", _("the lower, the better")
        NEITHER = "neither", _("neither better nor worse")

    class Frequency(models.TextChoices):
        EVENT = "event", _("at each event")
        QUARTER = "quarter", _("every three months")
        HALF_YEAR = "half_year", _("every six months")
        YEAR = "year", _("every year")
        TWO_YEARS = "two_years", _("every two years")

    class Quality(models.TextChoices):
        GOOD = "good", _("good: counted, by a method that is written")
        FAIR = "fair", _("fair: counted in part, or estimated from a source")
        WEAK = "weak", _("weak: said from memory, or by a few")

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, related_name="indicators"
    )
    position = models.PositiveSmallIntegerField(editable=False)
    code = models.CharField(max_length=3, blank=True, editable=False)
    catalogue_version = models.PositiveSmallIntegerField(null=True, editable=False)
    takes_target = models.BooleanField(default=True, editable=False)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    name = models.CharField(_("name of the indicator"), max_length=200)
    definition = models.TextField(_("definition"), max_length=TEXT_LENGTH)
    formula = models.CharField(_("formula, in words"), max_length=BOX_LENGTH)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    source = models.CharField(_("source"), max_length=200)
    frequency = models.CharField(_("frequency"), max_length=10, choices=Frequency)
    stakes: models.ManyToManyField = models.ManyToManyField(
        Stake, related_name="indicators", blank=True, verbose_name=_("stakes")
    )
    question = models.ForeignKey(
        Question,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("question it helps to answer"),
    )
    target = models.DecimalField(
        _("target"),
        max_digits=DIGITS,
        decimal_places=DECIMALS,
        null=True,
        blank=True,
    )
    target_on = models.DateField(_("target to be reached on"), null=True, blank=True)
    keeper = models.CharField(_("who measures it"), max_length=200, blank=True)
    quality = models.CharField(
        _("quality of the figure"), max_length=4, choices=Quality, blank=True
    )
    attribution = models.TextField(
        _("what else may explain it"), blank=True, max_length=TEXT_LENGTH
    )
    disaggregation = models.CharField(
        _("to be told apart by"), blank=True, max_length=200
    )
    chosen_on = models.DateField(editable=False)
    retired_on = models.DateField(_("last day it is followed"), null=True, blank=True)
    retired_because = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("indicator followed")
        verbose_name_plural = _("indicators followed")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                name="followed_once_per_code",
                fields=["evaluation", "code"],
                condition=~Q(code=""),
            ),
            models.CheckConstraint(
                name="followed_of_the_catalogue_has_its_version",
                condition=Q(code="", catalogue_version=None)
                | (~Q(code="") & Q(catalogue_version__isnull=False)),
            ),
            models.CheckConstraint(
                name="followed_target_has_its_day",
                condition=Q(target=None, target_on=None)
                | Q(target__isnull=False, target_on__isnull=False),
            ),
            models.CheckConstraint(
                name="followed_target_where_one_may_be_set",
                condition=Q(takes_target=True) | Q(target=None),
            ),
            models.CheckConstraint(
                name="followed_retired_with_a_reason",
                condition=Q(retired_on=None, retired_because="")
                | (Q(retired_on__isnull=False) & ~Q(retired_because="")),
            ),
        ]

    def __str__(self) -> str:
        return self.said.name

    @property
    def said(self) -> Said:
        """In the language of the reader, as long as the catalogue says it so."""
        entry = read_catalogue().by_code.get(self.code)
        if entry and entry.version == self.catalogue_version:
            return entry.said
        return Said(self.name, self.definition, self.formula, self.source)

    @property
    def is_own(self) -> bool:
        return not self.code

    def is_retired(self, *, on: date) -> bool:
        return self.retired_on is not None and self.retired_on < on


OUTCOMES = (
    *(Followed.Level.PEOPLE, Followed.Level.ACTORS),
    *(Followed.Level.AUTHORITY, Followed.Level.IMPACT),
)
"""Levels at which something changes, rather than is done or delivered."""


class Baseline(models.Model):
    """Where an indicator started from, on a day, from a source; former ones stay."""

    followed = models.ForeignKey(
        Followed, on_delete=models.CASCADE, related_name="baselines"
    )
    value = models.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS)
    measured_on = models.DateField(_("measured on"))
    source = models.CharField(_("source"), max_length=250)
    # The year or month of the data, when they come from open data.
    vintage = models.CharField(_("vintage"), max_length=12, blank=True)
    # Why it replaces the one before it; empty for the first.
    reason = models.CharField(_("why it changes"), max_length=300, blank=True)
    is_current = models.BooleanField(default=True)
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                name="baseline_current_once",
                fields=["followed"],
                condition=Q(is_current=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.followed)


class Measure(models.Model):
    """The value of an indicator on a day, or why it could not be measured.

    Missing is not zero. `part` is what it is told apart by (a place, an age), empty for
    the whole. A later measure of the same day and part takes its place, and it stays.
    """

    class Origin(models.TextChoices):
        ENTERED = "entered", _("noted by hand")
        IMPORTED = "imported", _("read from a file")
        COMPUTED = "computed", _("computed by Jalons")

    followed = models.ForeignKey(
        Followed, on_delete=models.CASCADE, related_name="measures"
    )
    measured_on = models.DateField(_("measured on"))
    part = models.CharField(_("of which part"), max_length=120, blank=True)
    value = models.DecimalField(
        _("value"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    n = models.PositiveIntegerField(_("on how many"), null=True, blank=True)
    # Of how many answers of one weight a weighted share is worth; None: not known.
    effective_n = models.FloatField(null=True, editable=False)
    # Of a mean move of the same people, its interval and what that allows one to say;
    # empty: not known.
    low = models.DecimalField(
        max_digits=DIGITS, decimal_places=DECIMALS, null=True, editable=False
    )
    high = models.DecimalField(
        max_digits=DIGITS, decimal_places=DECIMALS, null=True, editable=False
    )
    verdict = models.CharField(
        max_length=11,
        choices=[(one.value, one.value) for one in Verdict],
        default="",
        db_default="",
        blank=True,
        editable=False,
    )
    source = models.CharField(_("source"), max_length=250, blank=True)
    note = models.TextField(_("note"), max_length=TEXT_LENGTH, blank=True)
    origin = models.CharField(max_length=8, choices=Origin)
    # The lines that a computation gave beside its value: a label, a text.
    details = models.JSONField(default=list, blank=True)
    # What the site wrote in these two, by other language: a note, then lines.
    otherwise = models.JSONField(default=dict, db_default={}, editable=False)
    code_version = models.CharField(max_length=20, blank=True)
    is_current = models.BooleanField(default=True)
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ("measured_on", "pk")
        constraints = [
            models.UniqueConstraint(
                name="measure_current_once",
                fields=["followed", "measured_on", "part"],
                condition=Q(is_current=True),
            ),
            models.CheckConstraint(
                name="measure_has_a_value_or_a_reason",
                condition=Q(value__isnull=False) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.followed)

    @property
    def said_source(self) -> str:
        """Who noted it wrote it; what Jalons computed is said as its indicator is."""
        is_computed = self.origin == self.Origin.COMPUTED
        return self.followed.said.source if is_computed else self.source

    @property
    def said_note(self) -> str:
        note: str = self._said[0]
        return note

    @property
    def said_details(self) -> list[list[str]]:
        details: list[list[str]] = self._said[1]
        return details

    @property
    def _said(self) -> list[Any]:
        return for_reader([self.note, self.details], self.otherwise)
