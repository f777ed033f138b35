from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.workshops.models.rooms import Activity, Participant, Workshop

TABLE_LENGTH = 80
SYNTHESIS_LENGTH = 1000


class Table(models.Model):
    """People of a workshop who work together, before the whole room meets (S002-12)."""

    workshop = models.ForeignKey(
        Workshop, on_delete=models.CASCADE, related_name="tables"
    )
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("table"), max_length=TABLE_LENGTH)
    # Whose telephone is the one of the table; they may speak for those around it.
    device = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # Who writes what the table retains, and says it to the room.
    reporter = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("table of a workshop")
        verbose_name_plural = _("tables of workshops")
        ordering = ("number", "pk")
        constraints = [
            models.UniqueConstraint(
                name="table_once_per_title", fields=["workshop", "title"]
            )
        ]

    def __str__(self) -> str:
        return self.title


class Synthesis(models.Model):
    """What a table retains of an activity; former wordings are kept."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="syntheses")
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="syntheses"
    )
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=SYNTHESIS_LENGTH, blank=True)
    author = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="syntheses"
    )
    # Somebody of the team, when it is not a participant.
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    key = models.UUIDField(unique=True)
    is_current = models.BooleanField(default=True)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("synthesis of a table")
        verbose_name_plural = _("syntheses of tables")
        constraints = [
            models.UniqueConstraint(
                name="synthesis_once_per_number", fields=["table", "activity", "number"]
            ),
            models.UniqueConstraint(
                name="synthesis_current_once",
                fields=["table", "activity"],
                condition=models.Q(is_current=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.table)

    @property
    def hand(self) -> str:
        """Under which name it is shown; nothing once names are erased."""
        if self.author:
            return self.author.alias
        return str(_("the team")) if self.editor_id else ""
