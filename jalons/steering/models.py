from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link
from jalons.roadmaps.models import Action, Roadmap
from jalons.spaces.models import Membership


class Wait(models.Model):
    """An action that begins when another one is over."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="waits")
    awaited = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="awaited_by"
    )

    class Meta:
        verbose_name = _("what an action waits for")
        verbose_name_plural = _("what actions wait for")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["action", "awaited"], name="wait_once"),
            models.CheckConstraint(
                name="wait_for_another", condition=~Q(action=F("awaited"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.awaited)


class Placing(models.Model):
    """How much effort an action asks and what effect is expected, as the team says."""

    class Step(models.IntegerChoices):
        VERY_LOW = 1, _("very low")
        LOW = 2, _("fairly low")
        MEDIUM = 3, _("medium")
        HIGH = 4, _("fairly high")
        VERY_HIGH = 5, _("very high")

    action = models.OneToOneField(
        Action, on_delete=models.CASCADE, related_name="placing"
    )
    effort = models.PositiveSmallIntegerField(_("effort it asks"), choices=Step)
    effect = models.PositiveSmallIntegerField(_("effect expected"), choices=Step)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("place of an action")
        verbose_name_plural = _("places of actions")
        constraints = [
            models.CheckConstraint(
                name="placing_from_1_to_5",
                condition=Q(effort__range=(1, 5), effect__range=(1, 5)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.effort} × {self.effect}"


class Feed(models.Model):
    """The address by which a member's calendar program follows a roadmap.

    It dies with the membership, and when its owner closes it.
    """

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="feeds")
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="feeds"
    )
    # The secret is computed from it (`secrets.feed_secret`), so that the page can show
    # the address again; only its print is kept.
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    link = models.OneToOneField(Link, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "membership"], name="feed_once_a_member"
            )
        ]

    def __str__(self) -> str:
        return str(self.roadmap)
