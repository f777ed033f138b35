from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.spaces.models import Space
from jalons.territories.models import Territory


class TravelTimes(models.Model):
    """A table of travel times between communes, as somebody computed it.

    It holds nobody, and is read by all: the reader chooses it rather than kilometres,
    and sees who computed it and when.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    source = models.CharField(_("how they were computed"), max_length=250)
    vintage = models.CharField(_("vintage"), max_length=12)
    # Nobody’s when the installation’s own command loaded it.
    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, null=True, related_name="travel_times"
    )
    loaded_at = models.DateTimeField(_("loaded at"), auto_now_add=True)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("table of travel times")
        verbose_name_plural = _("tables of travel times")

    def __str__(self) -> str:
        return self.name


class TravelTime(models.Model):
    """Minutes from the centre of one commune to that of another."""

    table = models.ForeignKey(
        TravelTimes, on_delete=models.CASCADE, related_name="times"
    )
    origin = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    destination = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    minutes = models.FloatField(_("minutes"))

    class Meta:
        verbose_name = _("travel time")
        verbose_name_plural = _("travel times")
        constraints = [
            models.UniqueConstraint(
                fields=["table", "origin", "destination"], name="travel_time_once"
            ),
            models.CheckConstraint(
                name="travel_time_not_negative", condition=Q(minutes__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin_id} → {self.destination_id}"
