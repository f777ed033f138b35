from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jalons.roadmaps.models import Action
from jalons.spaces.models import Space
from jalons.territories.models import CURRENT_YEAR, Territory, held_in
from jalons.territories.models import Membership as Inside


class SchemeQuerySet(models.QuerySet):
    def offered_to(self, space: Space) -> SchemeQuerySet:
        """Those of its own catalogue, and those of the recognised centres around."""
        around = Inside.objects.filter(held_in(CURRENT_YEAR), member=space.territory_id)
        centres = Space.objects.recognised().filter(
            Q(territory=space.territory_id) | Q(territory__in=around.values("group")),
            kind=Space.Kind.RESOURCE_CENTRE,
        )
        return self.filter(Q(space=space) | Q(space__in=centres))


class Scheme(models.Model):
    """A way to be funded that a team keeps at hand: who gives, for what, until when.

    Nothing of it is ours: its source and the day on which it was read stand with it.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="schemes")
    # What its producer calls it; a file that names it again replaces it.
    code = models.CharField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    funder = models.CharField(_("funder"), max_length=200)
    themes = models.CharField(_("themes"), max_length=300, blank=True)
    applicants = models.CharField(_("who may ask"), max_length=300, blank=True)
    # None: everywhere.
    territories: models.ManyToManyField = models.ManyToManyField(
        Territory, related_name="+", blank=True, verbose_name=_("territories")
    )
    rate = models.PositiveSmallIntegerField(_("highest rate"), null=True)
    ceiling = models.DecimalField(
        _("highest amount, in euros"), max_digits=12, decimal_places=2, null=True
    )
    opens_on = models.DateField(_("opens on"), null=True)
    closes_on = models.DateField(_("closes on"), null=True)
    address = models.URLField(_("where to read about it"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=300)
    read_on = models.DateField(_("source read on"))
    is_example = models.BooleanField(_("invented, as an example"), default=False)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("funding scheme")
        verbose_name_plural = _("funding schemes")
        ordering = ("closes_on", "title", "pk")
        constraints = [
            models.UniqueConstraint(name="scheme_once", fields=["space", "code"]),
            models.CheckConstraint(
                name="scheme_rate_is_a_share",
                condition=Q(rate=None) | Q(rate__gte=1, rate__lte=100),
            ),
            models.CheckConstraint(
                name="scheme_closes_after_it_opens",
                condition=Q(opens_on=None)
                | Q(closes_on=None)
                | Q(closes_on__gte=F("opens_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def theme_names(self) -> list[str]:
        return [one.strip() for one in self.themes.split(",") if one.strip()]

    def is_closed(self, *, on: date) -> bool:
        return self.closes_on is not None and self.closes_on < on


class Grant(models.Model):
    """Money asked of a funder for an action: how much, since when, with what answer."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("being prepared")
        ASKED = "asked", _("asked, no answer yet")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="grants")
    scheme = models.ForeignKey(
        Scheme,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("scheme of your catalogue"),
    )
    funder = models.CharField(_("funder"), max_length=200)
    state = models.CharField(_("state"), max_length=8, choices=State)
    asked = models.DecimalField(_("amount asked"), max_digits=12, decimal_places=2)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    granted = models.DecimalField(
        _("amount granted"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    decided_on = models.DateField(_("answered on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("request for money")
        verbose_name_plural = _("requests for money")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="grant_has_an_amount_when_it_is_granted",
                condition=Q(state="granted", granted__isnull=False)
                | (~Q(state="granted") & Q(granted=None)),
            ),
            models.CheckConstraint(
                name="grant_not_negative",
                condition=Q(asked__gte=0) & (Q(granted=None) | Q(granted__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.funder

    def counted(self, state: State) -> Decimal:
        """What it adds to the amounts in this state."""
        if self.state != state:
            return Decimal(0)
        return self.granted if self.granted is not None else self.asked


class Reading(models.Model):
    """What Aides-territoires offered for an action, the last time it was asked."""

    action = models.OneToOneField(
        Action, on_delete=models.CASCADE, related_name="reading"
    )
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(_("words"), max_length=100, blank=True)
    applicant = models.CharField(_("who asks"), max_length=20, blank=True)
    # How many it has; the first pages only are read.
    count = models.PositiveIntegerField()
    read_at = models.DateTimeField(auto_now=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("reading of Aides-territoires")
        verbose_name_plural = _("readings of Aides-territoires")

    def __str__(self) -> str:
        return self.words


class Offer(models.Model):
    """A scheme that Aides-territoires offered: it is not in the catalogue yet."""

    reading = models.ForeignKey(
        Reading, on_delete=models.CASCADE, related_name="offers"
    )
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    funders = models.CharField(max_length=200, blank=True)
    themes = models.CharField(max_length=300, blank=True)
    applicants = models.CharField(max_length=300, blank=True)
    perimeter = models.CharField(max_length=200, blank=True)
    rate = models.PositiveSmallIntegerField(null=True)
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    address = models.URLField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("scheme offered by Aides-territoires")
        verbose_name_plural = _("schemes offered by Aides-territoires")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="offer_once", fields=["reading", "code"])
        ]

    def __str__(self) -> str:
        return self.title
