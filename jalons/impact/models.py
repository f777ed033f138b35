from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext_lazy as _

from jalons.evaluation.models import Story
from jalons.roadmaps.models import Roadmap, Versioned
from jalons.spaces.embargo import EmbargoedQuerySet

WORDS_LENGTH = 3000


class ImpactPage(Versioned):
    """What a roadmap changed over a period, in the words of its team."""

    roadmap = models.OneToOneField(
        Roadmap, on_delete=models.CASCADE, related_name="impact"
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    done = models.TextField(_("what was done"), max_length=WORDS_LENGTH)
    failed = models.TextField(_("what did not work"), max_length=WORDS_LENGTH)
    further = models.TextField(
        _("what comes next"), blank=True, max_length=WORDS_LENGTH
    )
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("impact page")
        verbose_name_plural = _("impact pages")
        constraints = [
            models.CheckConstraint(
                name="impact_ends_after_it_begins",
                condition=Q(until__gte=F("since")),
            )
        ]

    def __str__(self) -> str:
        return str(self.roadmap)


class StoryCard(models.Model):
    """A story of change that the person who told it allows on the public page.

    They may take it back, through the team or by the link that they were given.
    """

    class How(models.TextChoices):
        WRITTEN = "written", _("in writing")
        ALOUD = "aloud", _("aloud, after the text was read to them")

    page = models.ForeignKey(ImpactPage, on_delete=models.CASCADE, related_name="cards")
    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="card")
    agreed_on = models.DateField(_("agreed on"))
    agreed_how = models.CharField(_("how they agreed"), max_length=7, choices=How)
    # In the link by which the person takes it back (`secrets.card_token`).
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("story card")
        verbose_name_plural = _("story cards")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.story)


class OpenedQuerySet(EmbargoedQuerySet):
    def listed(self, *, at: datetime) -> OpenedQuerySet:
        """Open to all, of a team that is recognised; others keep their address.

        With the names that each had when it was frozen.
        """
        teams = self.filter(page__roadmap__space__recognised_at__isnull=False)
        return teams.public(at=at).annotate(
            title=KeyTextTransform("title", "told"),
            territory=KeyTextTransform("territory", "told"),
        )


class Publication(models.Model):
    """What all may read of a roadmap's impact, frozen, at one address for ever."""

    page = models.OneToOneField(
        ImpactPage, on_delete=models.CASCADE, related_name="publication"
    )
    # Made at the first publication, never changed: the address stays printed.
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    # What the page says, whatever becomes of the figures; replaced on publishing again.
    told = models.JSONField(editable=False)
    code_version = models.CharField(max_length=20, editable=False)
    public_from = models.DateTimeField(_("public from (embargo)"))
    published_at = models.DateTimeField(editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawal_reason = models.CharField(
        _("reason for withdrawal"), max_length=300, blank=True
    )

    objects = OpenedQuerySet.as_manager()

    class Meta:
        verbose_name = _("public impact page")
        verbose_name_plural = _("public impact pages")
        constraints = [
            models.CheckConstraint(
                name="public_impact_withdrawn_with_its_reason",
                condition=Q(withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def is_open(self, at: datetime) -> bool:
        return self.withdrawn_at is None and self.public_from <= at
