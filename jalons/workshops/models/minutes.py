from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.workshops.models.rooms import Activity, Workshop


class Minutes(models.Model):
    """The minutes of a workshop: what the team writes around what was counted."""

    workshop = models.OneToOneField(
        Workshop, on_delete=models.CASCADE, related_name="minutes"
    )
    opening = models.TextField(_("what it was for, and how it went"), blank=True)
    decisions = models.TextField(_("decisions"), blank=True)
    next_steps = models.TextField(_("next steps"), blank=True)
    # Counted up at each change: whoever wrote from an older one is told.
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("minutes of a workshop")
        verbose_name_plural = _("minutes of workshops")

    def __str__(self) -> str:
        return str(self.workshop)


class Remark(models.Model):
    """What the minutes say of one activity, or that its results are left out."""

    minutes = models.ForeignKey(
        Minutes, on_delete=models.CASCADE, related_name="remarks"
    )
    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, related_name="remark"
    )
    text = models.TextField(_("what was said"), blank=True)
    is_left_out = models.BooleanField(_("leave its results out"), default=False)

    class Meta:
        verbose_name = _("remark of the minutes")
        verbose_name_plural = _("remarks of the minutes")

    def __str__(self) -> str:
        return str(self.activity)
