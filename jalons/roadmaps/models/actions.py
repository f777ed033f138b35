from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.roadmaps.models.needs import Need
from jalons.roadmaps.models.stakes import LINE_LENGTH, Workstream
from jalons.roadmaps.models.studies import Studied, conclude, read_study
from jalons.roadmaps.models.versions import Versioned


class Action(Versioned):
    """Something to do in a workstream: by whom, with whom, from when to when."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("to come")
        UNDER_WAY = "under_way", _("under way")
        DONE = "done", _("done")
        SUSPENDED = "suspended", _("suspended")
        DROPPED = "dropped", _("given up")

    class Late(models.TextChoices):
        TO_BEGIN = "to_begin", _("late: it should have begun")
        TO_END = "to_end", _("late: it should be over")

    workstream = models.ForeignKey(
        Workstream, on_delete=models.CASCADE, related_name="actions"
    )
    position = models.PositiveSmallIntegerField(editable=False)
    description = models.CharField(_("action"), max_length=LINE_LENGTH)
    lead = models.CharField(_("who leads it"), max_length=200, blank=True)
    # The actor of the space that is named as its lead, when it is one.
    lead_body = models.ForeignKey(
        Actor, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    partners = models.TextField(_("partners"), blank=True, max_length=LINE_LENGTH)
    referent = models.CharField(_("elected referent"), max_length=200, blank=True)
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PLANNED
    )
    steps = models.TextField(_("steps"), blank=True, max_length=LINE_LENGTH)
    resources = models.TextField(_("resources"), blank=True, max_length=LINE_LENGTH)
    indicators = models.TextField(_("indicators"), blank=True, max_length=LINE_LENGTH)
    # By code of Aspect: an outcome and a note.
    feasibility = models.JSONField(default=dict, blank=True, editable=False)
    # Codes of Need; one that a later list no longer holds is kept as it is.
    needs = models.JSONField(_("what it needs"), default=list, blank=True)

    class Meta:
        verbose_name = _("action of a workstream")
        verbose_name_plural = _("actions of workstreams")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                name="action_ends_after_it_begins",
                condition=Q(starts_on=None)
                | Q(ends_on=None)
                | Q(ends_on__gte=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def need_words(self) -> list[str]:
        words = {one.value: str(one.label) for one in Need}
        return [words.get(code, code) for code in self.needs]

    @property
    def studied(self) -> list[Studied]:
        return read_study(self.feasibility)

    @property
    def conclusion(self) -> str:
        """What its feasibility study says, in one sentence; nothing before it."""
        return conclude(self.studied)

    def lateness(self, *, on: date) -> Late | None:
        """Whether it should have begun, or be over; never for what was stopped."""
        if self.status not in (self.Status.PLANNED, self.Status.UNDER_WAY):
            return None
        if self.ends_on and self.ends_on < on:
            return self.Late.TO_END
        if self.status == self.Status.PLANNED and self.starts_on:
            return self.Late.TO_BEGIN if self.starts_on < on else None
        return None


class BudgetLine(models.Model):
    """What one funder brings to an action, in euros; no amount: still to be costed."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="budget")
    position = models.PositiveSmallIntegerField()
    funder = models.CharField(_("funder"), max_length=200)
    amount = models.DecimalField(
        _("amount in euros"), max_digits=12, decimal_places=2, null=True
    )

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                name="budget_line_not_negative",
                condition=Q(amount=None) | Q(amount__gte=0),
            )
        ]

    def __str__(self) -> str:
        return self.funder
