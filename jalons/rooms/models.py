from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.workshops.models import Workshop


class Outing(models.Model):
    """A workshop carried to a laptop by a file, to be played without network."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workshop = models.ForeignKey(
        Workshop, on_delete=models.CASCADE, related_name="outings"
    )
    # What seals its files: known to the site and to the file it gave, to nobody else.
    secret = models.CharField(max_length=64, editable=False)
    # Whether this installation is the laptop.
    is_here = models.BooleanField(default=False)
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    brought_back_at = models.DateTimeField(null=True)
    # Of the files that come back, the last: given by the laptop, taken by the site.
    ordinal = models.PositiveIntegerField(default=0)
    # On the laptop, what its last file held: the same again has the same number.
    digest = models.CharField(max_length=64, default="", editable=False)
    # What the last file brought: numbers, and what had changed on both sides.
    report = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("workshop taken out")
        verbose_name_plural = _("workshops taken out")
        ordering = ("-given_at",)

    def __str__(self) -> str:
        return str(self.workshop)


class CarriedRow(models.Model):
    """Which row of the site is which row of the laptop, and how both last knew it."""

    outing = models.ForeignKey(Outing, on_delete=models.CASCADE, related_name="rows")
    table = models.CharField(max_length=60)
    room_pk = models.PositiveBigIntegerField()
    site_pk = models.PositiveBigIntegerField()
    # Without what names a person.
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("row taken out")
        verbose_name_plural = _("rows taken out")
        constraints = [
            models.UniqueConstraint(
                name="carried_row_once", fields=["outing", "table", "room_pk"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.room_pk}"
