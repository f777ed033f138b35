from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jalons.workshops.models.contributions import Item
from jalons.workshops.models.rooms import Activity, Participant


class BallotQuerySet(models.QuerySet):
    def counted(self, activity: Activity) -> BallotQuerySet:
        """The last word of each, in the round that is played."""
        return self.filter(activity=activity, round=activity.round, is_current=True)


class Ballot(models.Model):
    """What one person answered once; changed, the former answer stays, not counted."""

    is_given_by_people = True

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="ballots"
    )
    round = models.PositiveSmallIntegerField()
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="ballots"
    )
    # Where items are rated, which one; elsewhere it is about the whole activity.
    item = models.ForeignKey(
        Item, on_delete=models.CASCADE, null=True, related_name="ballots"
    )
    key = models.UUIDField(unique=True)
    marks = models.JSONField()
    is_current = models.BooleanField(default=True)
    cast_at = models.DateTimeField(auto_now_add=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot of a workshop")
        verbose_name_plural = _("ballots of workshops")
        constraints = [
            models.UniqueConstraint(
                name="ballot_current_once",
                fields=["activity", "round", "participant"],
                condition=Q(is_current=True, item=None),
            ),
            models.UniqueConstraint(
                name="ballot_current_once_an_item",
                fields=["activity", "round", "participant", "item"],
                condition=Q(is_current=True, item__isnull=False),
            ),
        ]


class PaperCount(models.Model):
    """The points that people gave an item on paper, added up by hand; one a round."""

    item = models.ForeignKey(
        Item, on_delete=models.CASCADE, related_name="paper_counts"
    )
    round = models.PositiveSmallIntegerField()
    people = models.PositiveSmallIntegerField(_("people"))
    impact_points = models.PositiveSmallIntegerField(_("points of impact"))
    mastery_points = models.PositiveSmallIntegerField(_("points of mastery"))

    class Meta:
        verbose_name = _("points counted on paper")
        verbose_name_plural = _("points counted on paper")
        constraints = [
            models.UniqueConstraint(
                name="paper_count_once_a_round", fields=["item", "round"]
            ),
            models.CheckConstraint(
                name="paper_points_four_a_person_at_most",
                condition=Q(
                    impact_points__lte=F("people") * 4,
                    mastery_points__lte=F("people") * 4,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)
