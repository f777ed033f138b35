from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.roadmaps.models import Roadmap, Versioned

BOX_LENGTH = 280
TEXT_LENGTH = 1000


class Evaluation(Versioned):
    """How a team means to know what its roadmap changes; one for each roadmap."""

    roadmap = models.OneToOneField(
        Roadmap, on_delete=models.CASCADE, related_name="evaluation"
    )
    purpose = models.TextField(
        _("what the evaluation is for"), blank=True, max_length=TEXT_LENGTH
    )
    started_at = models.DateTimeField(auto_now_add=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("evaluation of a roadmap")
        verbose_name_plural = _("evaluations of roadmaps")

    def __str__(self) -> str:
        return str(self.roadmap)


class Box(models.Model):
    """One statement of the theory of change, and those that it is said to come from."""

    class Kind(models.TextChoices):
        NEED = "need", _("Needs")
        VISION = "vision", _("Vision")
        ACTIVITY = "activity", _("Activities")
        OUTPUT = "output", _("Outputs")
        OUTCOME = "outcome", _("Outcomes")
        IMPACT = "impact", _("Impact")
        HYPOTHESIS = "hypothesis", _("Hypotheses")
        FACTOR = "factor", _("Outside factors")

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, related_name="boxes"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=BOX_LENGTH)
    comes_from: models.ManyToManyField = models.ManyToManyField(
        "self", symmetrical=False, related_name="leads_to", blank=True
    )

    class Meta:
        verbose_name = _("statement of a theory of change")
        verbose_name_plural = _("statements of theories of change")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


CHAIN = (
    *(Box.Kind.NEED, Box.Kind.VISION, Box.Kind.ACTIVITY),
    *(Box.Kind.OUTPUT, Box.Kind.OUTCOME, Box.Kind.IMPACT),
)
"""From what is lacking to what changes in the end; what stands beside has no column."""


class Question(Versioned):
    """What the evaluation must answer, and what will let one answer yes."""

    class Kind(models.TextChoices):
        DESCRIPTIVE = "descriptive", _("What happened?")
        NORMATIVE = "normative", _("Is it what was meant?")
        INSTRUMENTAL = "instrumental", _("What should change?")

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, related_name="questions"
    )
    kind = models.CharField(_("kind of question"), max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField(editable=False)
    text = models.CharField(_("question"), max_length=BOX_LENGTH)
    criterion = models.TextField(
        _("we will say yes if…"), blank=True, max_length=TEXT_LENGTH
    )

    class Meta:
        verbose_name = _("evaluative question")
        verbose_name_plural = _("evaluative questions")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text
