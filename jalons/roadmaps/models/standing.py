from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.roadmaps.models.actions import Action

REASON_LENGTH = 300


class StatusChange(models.Model):
    """That an action changed status on a day, or stayed as it was, and why.

    A reason without a change tells why the action is late.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(max_length=10, choices=Action.Status)
    after = models.CharField(max_length=10, choices=Action.Status)
    reason = models.CharField(_("why"), max_length=REASON_LENGTH, blank=True)
    changed_on = models.DateField()
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("change of status of an action")
        verbose_name_plural = _("changes of status of actions")
        ordering = ("changed_on", "pk")
        indexes = [models.Index(fields=["action", "changed_on"])]

    def __str__(self) -> str:
        return f"{self.action}, {self.get_after_display()}"
