from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.conditions.definitions import condition_of
from jalons.diagnosis.models import Diagnosis
from jalons.ecosystems.models import ResourceMap
from jalons.meetings.models import Meeting
from jalons.roadmaps.models import Roadmap, Workstream
from jalons.workshops.models import Minutes

PROOF_LENGTH = 280
"""As long as the title of a workstream."""


class Appraisal(models.Model):
    """Where a team says that a condition of success stands one day, and what shows it.

    None is changed afterwards: the next one tells what moved.
    """

    class State(models.TextChoices):
        NOT_YET = "not_yet", _("not met yet")
        PARTLY = "partly", _("met in part")
        MET = "met", _("it is met")

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="appraisals"
    )
    # A code of data/steps/conditions.toml.
    condition = models.SlugField(max_length=40)
    state = models.CharField(_("where it stands"), max_length=7, choices=State)
    evidence = models.TextField(_("what shows it"), max_length=1000)
    made_on = models.DateField(_("looked at on"))
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("appraisal of a condition of success")
        verbose_name_plural = _("appraisals of conditions of success")
        ordering = ("-made_on", "-pk")

    def __str__(self) -> str:
        """The condition in words; one that left the file, as it is."""
        return str(condition_of(self.condition) or self.condition)


class Proof(models.Model):
    """An object of the space that an appraisal rests on, by the name it had that day.

    When it disappears, its name stays.
    """

    appraisal = models.ForeignKey(
        Appraisal, on_delete=models.CASCADE, related_name="proofs"
    )
    name = models.CharField(max_length=PROOF_LENGTH)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    minutes = models.ForeignKey(
        Minutes, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    workstream = models.ForeignKey(
        Workstream, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    resource_map = models.ForeignKey(
        ResourceMap, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    diagnosis = models.ForeignKey(
        Diagnosis, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("proof of an appraisal")
        verbose_name_plural = _("proofs of appraisals")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
