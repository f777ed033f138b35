from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jalons.files.licences import licence_column
from jalons.spaces.embargo import EmbargoedQuerySet
from jalons.surveys.models import Campaign


class Publication(models.Model):
    """A campaign’s results, public from a given moment until withdrawn.

    `figures` is what was checked and published, kept as it was: a report already
    given to an elected member must not change, and the public page reads nothing else.
    """

    opens_results_of = "campaign"

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="publication"
    )
    public_from = models.DateTimeField(_("public from (embargo)"))
    figures = models.JSONField(editable=False)
    code_version = models.CharField(max_length=20, editable=False)
    licence = licence_column()
    published_at = models.DateTimeField(editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    withdrawal_reason = models.CharField(
        _("reason for withdrawal"), max_length=300, blank=True
    )

    objects = EmbargoedQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.CheckConstraint(
                name="publication_withdrawn_at_and_by",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.campaign)

    def is_public(self, *, at: datetime) -> bool:
        return self.withdrawn_at is None and self.public_from <= at


class IncomeLimits(models.Model):
    """Incomes chosen by the team to cut vulnerability in three, instead of thirds."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="income_limits"
    )
    low = models.PositiveIntegerField(_("under this income, vulnerability is high (€)"))
    high = models.PositiveIntegerField(
        _("above this income, there is little or no vulnerability (€)")
    )
    reason = models.CharField(_("where these limits come from"), max_length=300)
    chosen_at = models.DateTimeField(editable=False)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("income limits")
        verbose_name_plural = _("income limits")
        constraints = [
            models.CheckConstraint(
                name="income_limits_low_under_high", condition=Q(low__lt=F("high"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.low} – {self.high} €"
