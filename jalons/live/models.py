from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.Model):
    """A thing that several people look at together, and the number of its last event.

    Whoever writes an event locks this row until the end of their transaction: numbers
    follow one another without a gap, and no event appears before an earlier one.
    """

    name = models.CharField(max_length=60, unique=True)
    last_number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("live channel")
        verbose_name_plural = _("live channels")

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One thing that happened on a channel, at its place in the order, and for whom.

    It says what changed, never what somebody wrote or chose: each screen then asks for
    what it may see.
    """

    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="events"
    )
    number = models.PositiveBigIntegerField()
    kind = models.SlugField(max_length=40)
    # The audiences that are told, between spaces: " stage team ".
    audiences = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    happened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("live event")
        verbose_name_plural = _("live events")
        constraints = [
            models.UniqueConstraint(
                name="event_once_per_number", fields=["channel", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} · {self.number} · {self.kind}"
