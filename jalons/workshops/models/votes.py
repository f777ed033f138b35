from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jalons.workshops.models.contributions import Item
from jalons.workshops.models.rooms import Activity, Participant


class BallotQuerySet(models.QuerySet):
    def counted(self, activity: Activity) -> BallotQuerySet:
        """The last word of each, in the round that is played."""
        found = self.filter(activity=activity, round=activity.round)
        if activity.seen_at is None:
            return found.filter(is_current=True)
        return found.as_of(activity.seen_at)

    def as_of(self, at: datetime) -> BallotQuerySet:
        """The last word of each at an instant; who took it back since never spoke."""
        names = ("activity", "round", "participant")
        # In one activity, every answer is about an item, or none is.
        same = Ballot.objects.filter(
            Q(item=OuterRef("item")) | Q(item=None),
            **{name: OuterRef(name) for name in names},
        )
        later = same.filter(cast_at__lte=at, cast_at__gt=OuterRef("cast_at"))
        found = self.filter(Exists(same.filter(is_current=True)), cast_at__lte=at)
        return found.filter(~Exists(later))


class Ballot(models.Model):
    """What one person answered once; changed, the former answer stays, not counted."""

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

    def __str__(self) -> str:
        # Without the person, and without what they answered.
        return str(self.activity)


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
