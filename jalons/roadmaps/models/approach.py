from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.ecosystems.models import ResourceMap
from jalons.roadmaps.models.versions import Versioned
from jalons.spaces.models import Space
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory

THEMES_LENGTH = 300
USUAL_HORIZON = 10
"""The prospective workshop looks ten years ahead (S002-09)."""


class Roadmap(Versioned):
    """A roadmap for digital inclusion: its territory, who carries it, its horizon.

    Several may cover one département, and one several EPCI. It says functions and
    bodies, never the name of a person.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="roadmaps")
    title = models.CharField(_("title"), max_length=160)
    territory_name = models.CharField(_("territory, in your words"), max_length=200)
    perimeter: models.ManyToManyField = models.ManyToManyField(
        Territory, related_name="+", blank=True, verbose_name=_("perimeter")
    )
    horizon_years = models.PositiveSmallIntegerField(
        _("horizon, in years"), default=USUAL_HORIZON
    )
    course = models.TextField(_("the course you set"), blank=True, max_length=2000)
    sponsor = models.CharField(_("elected sponsor"), max_length=200, blank=True)
    lead = models.CharField(_("project lead"), max_length=200, blank=True)
    group: models.ManyToManyField = models.ManyToManyField(
        Actor, related_name="roadmaps", blank=True, verbose_name=_("project group")
    )
    others_in_group = models.TextField(
        _("others in the project group"), blank=True, max_length=600
    )
    # The resource maps of the space that are its own (S002-21).
    maps: models.ManyToManyField = models.ManyToManyField(
        ResourceMap, related_name="roadmaps", blank=True, editable=False
    )
    starts_on = models.DateField(_("start of the approach"), null=True, blank=True)
    adoption_on = models.DateField(_("adoption wished on"), null=True, blank=True)
    funders = models.TextField(_("funders"), blank=True, max_length=600)
    themes = models.CharField(
        _("priority themes"), max_length=THEMES_LENGTH, blank=True
    )
    # The survey of maturity whose points by dimension the document shows.
    maturity = models.ForeignKey(
        Campaign,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )
    is_simulated = models.BooleanField(_("invented, as an example"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("roadmap")
        verbose_name_plural = _("roadmaps")
        constraints = [
            models.CheckConstraint(
                name="roadmap_adopted_after_it_starts",
                condition=Q(starts_on=None)
                | Q(adoption_on=None)
                | Q(adoption_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="roadmap_looks_50_years_ahead_at_most",
                condition=Q(horizon_years__gte=1, horizon_years__lte=50),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def theme_names(self) -> list[str]:
        return [one.strip() for one in self.themes.split(",") if one.strip()]

    @property
    def funder_names(self) -> list[str]:
        return [one.strip() for one in self.funders.splitlines() if one.strip()]
