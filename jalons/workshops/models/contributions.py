from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.workshops.models.rooms import Activity, Participant

CELL_LENGTH = 1000
IDEA_LENGTH = 280
"""A contribution that fits on a card and on a screen."""
WORD_LENGTH = 40
"""A word, or a few that make one."""


class ItemQuerySet(models.QuerySet):
    def standing(self) -> ItemQuerySet:
        """Neither withdrawn by its author, nor set aside, nor merged in another."""
        return self.filter(withdrawn_at=None, set_aside_at=None, merged_into=None)

    def until(self, at: datetime | None) -> ItemQuerySet:
        """Those that were there at an instant of the past; all of them now."""
        return self if at is None else self.filter(added_at__lte=at)

    def in_order(self) -> ItemQuerySet:
        return self.order_by("number", "pk")


class Item(models.Model):
    """An idea, a factor or an option: what people write, and what they vote on."""

    class Category(models.TextChoices):
        ECONOMIC = "economic", _("economic")
        POLITICAL = "political", _("political")
        TECHNOLOGICAL = "technological", _("technological")
        REGULATORY = "regulatory", _("regulatory")
        SOCIAL = "social", _("social")
        OTHER = "other", _("other category")

    class Direction(models.TextChoices):
        CHANGE = "change", _("factor of change")
        INERTIA = "inertia", _("factor of inertia")

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="items"
    )
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("text"), max_length=IDEA_LENGTH)
    category = models.CharField(
        _("category"), max_length=14, choices=Category, blank=True
    )
    direction = models.CharField(
        _("change or inertia"), max_length=8, choices=Direction, blank=True
    )
    author = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="items"
    )
    # Made by the telephone, so that an idea sent twice is one.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="merged"
    )
    # The idea of a wall that this item of a later activity was.
    origin = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The stake that this key workstream answers; nothing else has one.
    stake = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="workstreams"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    # A question of the room that received its answer.
    answered_at = models.DateTimeField(null=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of an activity")
        verbose_name_plural = _("items of activities")
        constraints = [
            models.UniqueConstraint(
                name="item_once_per_number", fields=["activity", "number"]
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def stands(self) -> bool:
        """The same as `standing`, for one."""
        return not (self.withdrawn_at or self.set_aside_at or self.merged_into_id)


class Writing(models.Model):
    """What somebody wrote in one cell of a key workstream; former ones are kept."""

    class Column(models.TextChoices):
        TITLE = "title", _("Title of the key workstream")
        SUCCESS = "success", _("Objectives: we will have succeeded if…")
        ACTIONS = "actions", _("Actions of the workstream")
        GOVERNANCE = "governance", _("Governance: who leads? who does? who joins in?")
        RESOURCES = "resources", _("Resources at hand, and to be found")
        OBSTACLES = "obstacles", _("Obstacles to be lifted")
        FEASIBILITY = "feasibility", _("Feasibility note")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="writings")
    column = models.CharField(max_length=12, choices=Column)
    # Its place in the cell: what a writer says they had before their eyes.
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=CELL_LENGTH, blank=True)
    author = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, related_name="writings"
    )
    # Somebody of the team, when it is not a participant.
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    key = models.UUIDField(unique=True)
    is_current = models.BooleanField(default=False)
    # Written while somebody else changed the cell: waits until a hand chooses.
    is_waiting = models.BooleanField(default=False)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("writing in a cell")
        verbose_name_plural = _("writings in cells")
        constraints = [
            models.UniqueConstraint(
                name="writing_once_per_number", fields=["item", "column", "number"]
            ),
            models.UniqueConstraint(
                name="writing_current_once",
                fields=["item", "column"],
                condition=Q(is_current=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def hand(self) -> str:
        """Under which name it is shown; nothing once names are erased."""
        if self.author:
            return self.author.alias
        return str(_("the team")) if self.editor_id else ""
