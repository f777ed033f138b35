from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.evaluation.models.plans import BOX_LENGTH, Evaluation
from jalons.roadmaps.models import Versioned

JUDGED_LENGTH = 4000


class Review(Versioned):
    """A moment when a team judges what its roadmap changed, and decides."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("before (ex ante)")
        DURING = "during", _("on the way (in itinere)")
        AFTER = "after", _("after (ex post)")

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.CASCADE, related_name="reviews"
    )
    moment = models.CharField(_("moment"), max_length=6, choices=Moment)
    held_on = models.DateField(_("held on"))
    who = models.CharField(_("who was around the table"), max_length=300, blank=True)
    judgement = models.TextField(_("judgement"), max_length=JUDGED_LENGTH)
    evidence = models.TextField(
        _("what it rests on"), max_length=JUDGED_LENGTH, blank=True
    )
    unexpected = models.TextField(
        _("unexpected effects"), max_length=JUDGED_LENGTH, blank=True
    )
    negative = models.TextField(
        _("negative effects"), max_length=JUDGED_LENGTH, blank=True
    )
    decision = models.TextField(
        _("what is decided"), max_length=JUDGED_LENGTH, blank=True
    )
    next_on = models.DateField(_("next review on"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("evaluation review")
        verbose_name_plural = _("evaluation reviews")
        ordering = ("-held_on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="review_judges_something", condition=~Q(judgement="")
            )
        ]

    def __str__(self) -> str:
        return self.get_moment_display()


class Story(models.Model):
    """The change that mattered most to somebody, told with their agreement."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="stories")
    # A function or a situation, never a name: "a retired inhabitant".
    teller = models.CharField(_("who tells it"), max_length=160)
    domain = models.CharField(_("what changed"), max_length=160)
    text = models.TextField(_("the story"), max_length=JUDGED_LENGTH)
    chosen_because = models.CharField(
        _("why it was chosen"), max_length=BOX_LENGTH, blank=True
    )
    is_agreed = models.BooleanField(_("the person agrees to its being quoted"))
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("story of change")
        verbose_name_plural = _("stories of change")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.domain
