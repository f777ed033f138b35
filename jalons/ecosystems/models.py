from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.privacy.declarations import Ending, LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space

NAME_LENGTH = 160
HAND_LENGTH = 40


class ResourceMap(models.Model):
    """What a territory can count on, around what it wants to do (S002-21)."""

    class Around(models.TextChoices):
        WORKSTREAM = "workstream", _("a key workstream")
        STAKE = "stake", _("a stake")
        PROJECT = "project", _("a project")
        APPROACH = "approach", _("the whole approach")

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="resource_maps"
    )
    title = models.CharField(_("title"), max_length=160)
    around = models.CharField(
        _("What stands in the centre?"), max_length=10, choices=Around
    )
    # Where its changes are told: the channel of a workshop, or its own.
    channel = models.CharField(max_length=60, blank=True, editable=False)
    # The centre that the projector shows; the first one otherwise.
    shown = models.ForeignKey(
        "Centre", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    is_simulated = models.BooleanField(_("invented, as an example"), default=False)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("resource map")
        verbose_name_plural = _("resource maps")

    def __str__(self) -> str:
        return self.title

    @property
    def told_on(self) -> str:
        """The channel on which its changes are told."""
        return self.channel or f"resource-map-{self.pk}"


class CentreQuerySet(models.QuerySet):
    def standing(self) -> CentreQuerySet:
        return self.filter(set_aside_at=None)

    def in_order(self) -> CentreQuerySet:
        return self.order_by("number", "pk")


class Centre(models.Model):
    """A workstream, a stake, a project or the approach: what resources serve."""

    map = models.ForeignKey(
        ResourceMap, on_delete=models.CASCADE, related_name="centres"
    )
    number = models.PositiveSmallIntegerField()
    # "1.b" for a workstream of a table; none for what the team named itself.
    code = models.CharField(max_length=12, blank=True)
    text = models.CharField(max_length=280)
    set_aside_at = models.DateTimeField(null=True)

    objects = CentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("centre of a resource map")
        verbose_name_plural = _("centres of resource maps")
        constraints = [
            models.UniqueConstraint(
                name="centre_once_per_number", fields=["map", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


class Resource(models.Model):
    """A partner, some material, somebody who can act, or money."""

    class Category(models.TextChoices):
        PARTNER = "partner", _("Project partners")
        MATERIAL = "material", _("Material resources")
        SPEAKER = "speaker", _("People who can act")
        FUNDING = "funding", _("Funding")

    map = models.ForeignKey(
        ResourceMap, on_delete=models.CASCADE, related_name="resources"
    )
    category = models.CharField(_("category"), max_length=10, choices=Category)
    name = models.CharField(_("resource"), max_length=NAME_LENGTH)
    # The actor of the team's table that it is, when it is one.
    actor = models.ForeignKey(
        Actor, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("resource of a map")
        verbose_name_plural = _("resources of a map")

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """How far a resource serves a centre, since when; former links are kept (S002-22).

    A link that was never drawn is not here: the resource is known, and not linked.
    """

    class Status(models.TextChoices):
        SOLID = "solid", _("already at work")
        DASHED = "dashed", _("known, no contact yet")
        NONE = "none", _("no link")

    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="links"
    )
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="links")
    # Its place among the links of the two: what a writer had before their eyes.
    number = models.PositiveSmallIntegerField()
    status = models.CharField(_("link"), max_length=8, choices=Status)
    owner = models.CharField(_("who sees to it"), max_length=120, blank=True)
    since = models.DateField(_("since"))
    # Under which name somebody of a workshop said it.
    hand = models.CharField(max_length=HAND_LENGTH, blank=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    key = models.UUIDField()
    is_current = models.BooleanField(default=True)
    said_at = models.DateTimeField(auto_now_add=True)

    personal_data = PersonalData(
        purpose=_("Draw together the resources of a territory"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People who take part in workshops"),
        held=_("the first name or pseudonym given"),
        kept_days=365,
        counted_from="said_at",
        since=_("the day they said it"),
        fields=("hand",),
        ending=Ending.BLANK,
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("link of a resource")
        verbose_name_plural = _("links of resources")
        constraints = [
            models.UniqueConstraint(
                name="link_once_per_number", fields=["resource", "centre", "number"]
            ),
            models.UniqueConstraint(
                name="link_current_once",
                fields=["resource", "centre"],
                condition=models.Q(is_current=True),
            ),
            models.UniqueConstraint(
                name="link_once_per_key", fields=["resource", "centre", "key"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} · {self.get_status_display()}"

    @property
    def by(self) -> str:
        """Under which name it is shown; nothing once names are erased."""
        return self.hand or (str(_("the team")) if self.editor_id else "")
