from __future__ import annotations

from django.db import models
from django.db.models import Q


class CardQuerySet(models.QuerySet):
    def of_kinds(self, kinds):
        return self.filter(kind__in=kinds) if kinds else self

    def visible_in(self, space_ids):
        """What is public, and what belongs to one of these spaces."""
        return self.filter(Q(space_id=None) | Q(space_id__in=space_ids))


class Card(models.Model):
    """Something that can be found by its name: a territory, later a place or a sheet.

    `names` leads to the card: the words of its title and of its codes; the database
    keeps their index of trigrams up to date by itself (migration 0002). `key` ranks it:
    the words of the title, a bar, all the others (see `words`).
    """

    kind = models.CharField(max_length=20)
    ref = models.CharField(max_length=64)
    # The only space that may find it; empty when everybody may.
    space_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=250)
    subtitle = models.CharField(max_length=250, blank=True)
    names = models.TextField()
    key = models.TextField()
    weight = models.FloatField(default=0.0)

    objects = CardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "ref"], name="card_once_per_ref"),
            models.CheckConstraint(
                name="card_weight_between_0_and_1",
                condition=Q(weight__gte=0, weight__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.title
