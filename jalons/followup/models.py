from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.roadmaps.models import Action, Roadmap, Versioned
from jalons.territories.models import Territory

COMMENT_LENGTH = 2000


class ActionCommune(models.Model):
    """A commune in which an action takes place; without any, it is everywhere."""

    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="communes"
    )
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("commune of an action")
        verbose_name_plural = _("communes of actions")
        ordering = ("commune__name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["action", "commune"], name="action_commune_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.commune)


class Progress(Versioned):
    """A progress review: a period looked at, frozen as it stood, with a comment."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="progress_reviews"
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    # The dashboard as it was read that day; it never changes.
    told = models.JSONField(editable=False)
    comment = models.TextField(_("your comment"), blank=True, max_length=COMMENT_LENGTH)
    kept_at = models.DateTimeField(auto_now_add=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("progress review")
        verbose_name_plural = _("progress reviews")
        ordering = ("-until", "-pk")
        constraints = [
            models.CheckConstraint(
                name="progress_ends_after_it_begins",
                condition=Q(until__gte=F("since")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"


class ProgressDecision(models.Model):
    """What a progress review decided, who sees to it, and what became of it."""

    class State(models.TextChoices):
        OPEN = "open", _("to be done")
        DONE = "done", _("done")
        DROPPED = "dropped", _("given up")

    progress = models.ForeignKey(
        Progress, on_delete=models.CASCADE, related_name="decisions"
    )
    text = models.CharField(_("what is decided"), max_length=300)
    actor = models.ForeignKey(
        Actor,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    due_on = models.DateField(_("for which day"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=7, choices=State, default=State.OPEN
    )
    note = models.CharField(_("what became of it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("decision of a progress review")
        verbose_name_plural = _("decisions of progress reviews")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text

    def is_late(self, *, on: date) -> bool:
        is_open = self.state == self.State.OPEN
        return is_open and self.due_on is not None and self.due_on < on
