from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jalons.spaces.models import Space

ALL = Decimal(100)
HALF = Decimal(50)
"""From half of the criteria that apply, the law says “partially compliant”."""
YEARS_AN_AUDIT_LASTS = 3
"""A declaration is made again after three years at the latest (arrêté of 20 September
2019)."""
YEARS_OF_A_PLAN = 3


class Level(models.TextChoices):
    """What the mention under every page may say."""

    NONE = "none", _("not compliant")
    PARTLY = "partly", _("partially compliant")
    WHOLLY = "wholly", _("fully compliant")


class AuditQuerySet(models.QuerySet):
    def standing(self, *, on: date) -> AuditQuerySet:
        """Those of the host of today, not withdrawn, not too old; the latest first."""
        oldest = on.replace(year=on.year - YEARS_AN_AUDIT_LASTS, day=min(on.day, 28))
        rows = self.filter(
            withdrawn_at=None,
            held_on__gte=oldest,
            held_on__lte=on,
            space__host__isnull=False,
            space__recognised_at__isnull=False,
        )
        return rows.order_by("-held_on", "-pk")


class Audit(models.Model):
    """What people found who audited this site by hand: who, when, which pages."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="accessibility_audits"
    )
    held_on = models.DateField(_("day of the audit"))
    auditor = models.CharField(_("body that made the audit"), max_length=160)
    sample = models.TextField(_("pages examined, one a line"), max_length=4000)
    rate = models.DecimalField(
        _("share of the criteria that are met, in percent"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    faults = models.TextField(
        _("what is not accessible, one a line"), max_length=6000, blank=True
    )
    report = models.URLField(_("address of the report"), blank=True)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit of accessibility")
        verbose_name_plural = _("audits of accessibility")
        constraints = [
            models.CheckConstraint(
                name="audit_rate_is_a_share", condition=Q(rate__gte=0, rate__lte=100)
            ),
            models.CheckConstraint(
                name="audit_withdrawn_after_it_was_recorded",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("recorded_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.auditor

    @property
    def level(self) -> Level:
        if self.rate >= ALL:
            return Level.WHOLLY
        return Level.PARTLY if self.rate >= HALF else Level.NONE

    @property
    def sample_lines(self) -> list[str]:
        return _lines(self.sample)

    @property
    def fault_lines(self) -> list[str]:
        return _lines(self.faults)


class Plan(models.Model):
    """What the host will do for accessibility over three years, in its own words."""

    space = models.OneToOneField(
        Space, on_delete=models.CASCADE, related_name="accessibility_plan"
    )
    first_year = models.PositiveSmallIntegerField(
        _("first of the three years"),
        validators=[MinValueValidator(2020), MaxValueValidator(2100)],
    )
    means = models.TextField(
        _("who answers for accessibility, and with what means"), max_length=3000
    )
    actions = models.TextField(
        _("what will be done, one a line, with the year"), max_length=6000
    )
    written_at = models.DateTimeField(editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("plan of accessibility")
        verbose_name_plural = _("plans of accessibility")

    def __str__(self) -> str:
        return f"{self.first_year}–{self.last_year}"

    @property
    def last_year(self) -> int:
        return self.first_year + YEARS_OF_A_PLAN - 1

    @property
    def action_lines(self) -> list[str]:
        return _lines(self.actions)


def _lines(text: str) -> list[str]:
    lines = (one.strip(" \t-–•") for one in text.splitlines())
    return [one for one in lines if one]
