from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.diagnosis.models import Finding
from jalons.roadmaps.models.approach import Roadmap
from jalons.roadmaps.models.stakes import LINE_LENGTH, Stake, Workstream
from jalons.surveys.models import Campaign
from jalons.workshops.models import Item


class Origin(models.Model):
    """Where a stake or a workstream comes from, in the words it had there.

    A source is adopted once in a roadmap. When it disappears, its words stay.
    """

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="origins"
    )
    stake = models.OneToOneField(
        Stake, on_delete=models.CASCADE, null=True, related_name="origin"
    )
    workstream = models.OneToOneField(
        Workstream, on_delete=models.CASCADE, null=True, related_name="origin"
    )
    item = models.ForeignKey(
        Item, on_delete=models.SET_NULL, null=True, related_name="origins"
    )
    finding = models.ForeignKey(
        Finding, on_delete=models.SET_NULL, null=True, related_name="origins"
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # What was answered to the survey, by its code in the file of proposals.
    said = models.CharField(max_length=80, blank=True)
    # The title of the workshop or of the survey, or the territory of the diagnosis.
    source = models.CharField(max_length=200)
    words = models.CharField(max_length=LINE_LENGTH)
    adopted_at = models.DateTimeField(auto_now_add=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("origin of a line")
        verbose_name_plural = _("origins of lines")
        constraints = [
            models.CheckConstraint(
                name="origin_of_one_line",
                condition=Q(stake=None, workstream__isnull=False)
                | Q(stake__isnull=False, workstream=None),
            ),
            models.UniqueConstraint(
                name="origin_item_once", fields=["roadmap", "item"]
            ),
            models.UniqueConstraint(
                name="origin_finding_once", fields=["roadmap", "finding"]
            ),
            models.UniqueConstraint(
                name="origin_answer_once", fields=["roadmap", "campaign", "said"]
            ),
        ]

    def __str__(self) -> str:
        return self.words
