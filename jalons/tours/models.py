from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.analysis.opening import PARIS, Hours, read_hours
from jalons.directory.models import ZONES
from jalons.spaces.models import Space
from jalons.territories.models import Territory


class TourQuerySet(models.QuerySet):
    def published(self) -> TourQuerySet:
        """Those that everybody reads: their team is recognised, and chose so."""
        return self.filter(
            published_at__isnull=False, space__recognised_at__isnull=False
        )


class Tour(models.Model):
    """Help that travels: a bus, a workshop, somebody with a bag, from stop to stop."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="tours")
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="tours",
        verbose_name=_("whose tour it is"),
    )
    title = models.CharField(_("name of the tour"), max_length=120)
    summary = models.CharField(_("what one finds there, in a sentence"), max_length=280)
    # Codes of the national vocabulary (data/directory).
    services = models.JSONField(_("help given"), default=list, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = TourQuerySet.as_manager()

    class Meta:
        verbose_name = _("itinerant tour")
        verbose_name_plural = _("itinerant tours")

    def __str__(self) -> str:
        return self.title


class Stop(models.Model):
    """Where a tour stops, and when, as OpenStreetMap writes opening hours."""

    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="stops")
    commune = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("commune"),
    )
    spot = models.CharField(_("exact place"), max_length=200)
    opening = models.CharField(_("when"), max_length=1000)

    class Meta:
        verbose_name = _("stop of a tour")
        verbose_name_plural = _("stops of a tour")

    def __str__(self) -> str:
        return f"{self.commune}, {self.spot}"

    @property
    def zone(self) -> str:
        return ZONES.get(self.commune_id[:3], PARIS)

    @property
    def hours(self) -> Hours | None:
        return read_hours(self.opening, self.zone)
