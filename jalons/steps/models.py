from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.roadmaps.models import Roadmap
from jalons.steps.definitions import read_method


class Statement(models.Model):
    """What a team says of a criterion, and why: it holds, or it is not for them.

    It holds only where nothing here can show it.
    """

    class Kind(models.TextChoices):
        HOLDS = "holds", _("done")
        EXEMPT = "exempt", _("not for us")

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="statements"
    )
    # A code of data/steps, unique among the seven steps.
    criterion = models.SlugField(max_length=40)
    kind = models.CharField(_("what you say"), max_length=6, choices=Kind)
    reason = models.CharField(_("what shows it, or why"), max_length=300)
    said_at = models.DateTimeField(auto_now=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("statement on a criterion")
        verbose_name_plural = _("statements on criteria")
        constraints = [
            models.UniqueConstraint(
                name="statement_once_per_criterion", fields=["roadmap", "criterion"]
            )
        ]

    def __str__(self) -> str:
        """The criterion in words; one that left the file, as it is."""
        return str(read_method().criteria.get(self.criterion, self.criterion))
