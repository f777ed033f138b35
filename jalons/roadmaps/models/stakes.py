from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.roadmaps.models.approach import Roadmap
from jalons.roadmaps.models.versions import Versioned

TITLE_LENGTH = 280
"""As long as an item of a workshop, so that none is cut when it is adopted."""
LINE_LENGTH = 1000


class Stake(Versioned):
    """A stake of the territory, worded as a question: “How can we…?” (S002-20)."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="stakes"
    )
    # Its rank among the others gives its number; positions may have gaps.
    position = models.PositiveSmallIntegerField(editable=False)
    text = models.CharField(_("stake"), max_length=TITLE_LENGTH)

    class Meta:
        verbose_name = _("stake")
        verbose_name_plural = _("stakes")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class Workstream(Versioned):
    """A key workstream: several actions together, that answer a stake (S002-16)."""

    stake = models.ForeignKey(
        Stake, on_delete=models.CASCADE, related_name="workstreams"
    )
    position = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    success = models.TextField(
        _("we will have succeeded if…"), blank=True, max_length=LINE_LENGTH
    )
    is_transversal = models.BooleanField(
        _("transversal: it answers several stakes"), default=False
    )
    is_strategic = models.BooleanField(
        _("strategic: it strongly moves the territory"), default=False
    )
    is_feasible = models.BooleanField(
        _("feasible: it stands on resources that exist"), default=False
    )
    feasibility = models.TextField(
        _("feasibility note"), blank=True, max_length=LINE_LENGTH
    )
    tags = models.CharField(_("themes"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("key workstream")
        verbose_name_plural = _("key workstreams")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def qualities(self) -> list[str]:
        """Those that the team recognises in it (S002-17)."""
        held = (
            (self.is_transversal, _("transversal")),
            (self.is_strategic, _("strategic")),
            (self.is_feasible, _("feasible")),
        )
        return [str(words) for is_held, words in held if is_held]

    @property
    def themes(self) -> list[str]:
        """Tags, not silos: a workstream may have several (S001-01)."""
        return [one.strip() for one in self.tags.split(",") if one.strip()]


class Line(models.Model):
    """One line of a workstream: who leads or does, a resource, an obstacle.

    What a workshop wrote without saying which of two keeps a kind of its own, until
    the team says it.
    """

    class Kind(models.TextChoices):
        LEADS = "leads", _("Who leads the workstream?")
        DOES = "does", _("Who does?")
        INVOLVED = "involved", _("Who must be involved?")
        GOVERNANCE = "governance", _("Governance, to be sorted")
        AVAILABLE = "available", _("Resources at hand")
        TO_SECURE = "to_secure", _("Resources to be found")
        RESOURCES = "resources", _("Resources, to be sorted")
        OBSTACLE = "obstacle", _("Obstacles to be lifted")

    workstream = models.ForeignKey(
        Workstream, on_delete=models.CASCADE, related_name="lines"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LINE_LENGTH)
    # The actor of the space that the line names, when it does.
    body = models.ForeignKey(
        Actor, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("line of a workstream")
        verbose_name_plural = _("lines of workstreams")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text
