from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.spaces.embargo import EmbargoedQuerySet
from jalons.surveys.models import Campaign


class Synthesis(models.Model):
    """The document composed from a survey, chapter by chapter."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="synthesis"
    )
    title = models.CharField(_("title"), max_length=200)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    # Publication metadata (who publishes, writes, draws) and project group: a role, a
    # colon, and who holds it, one a line, because each publication has its own.
    publication = models.TextField(_("publication, one role a line"), blank=True)
    group = models.TextField(_("project group, one member a line"), blank=True)
    thanks = models.TextField(_("thanks"), blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("synthesis")
        verbose_name_plural = _("syntheses")

    def __str__(self) -> str:
        return self.title


class Chapter(models.Model):
    """One chapter of a synthesis, in its place."""

    synthesis = models.ForeignKey(
        Synthesis, on_delete=models.CASCADE, related_name="chapters"
    )
    title = models.CharField(_("title"), max_length=160)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title


class Block(models.Model):
    """One thing in a chapter: a text, or something picked from the survey."""

    chapter = models.ForeignKey(
        Chapter, on_delete=models.CASCADE, related_name="blocks"
    )
    # "text", "caution", "facts", "map", "quotes", "table:classes",
    # "crossing:maturity_by_density", "kept:12" (see `pieces`).
    piece = models.CharField(max_length=80)
    text = models.TextField(_("text"), blank=True)
    is_on_slides = models.BooleanField(_("show it on the slides"), default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("block of a synthesis")
        verbose_name_plural = _("blocks of a synthesis")
        ordering = ("position", "pk")


class Check(models.Model):
    """How far the secrecy of the tables that a synthesis shows has been checked."""

    synthesis = models.OneToOneField(
        Synthesis, on_delete=models.CASCADE, related_name="secrecy"
    )
    # Of the tables, in order, and of the answers: another one asks for another check.
    digest = models.CharField(max_length=64, editable=False)
    done_count = models.PositiveSmallIntegerField(default=0, editable=False)
    table_count = models.PositiveSmallIntegerField(editable=False)
    moved_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("check of secrecy")
        verbose_name_plural = _("checks of secrecy")

    def __str__(self) -> str:
        return f"{self.done_count}/{self.table_count}"


class Edition(models.Model):
    """A synthesis as it was checked and published, kept as it was until withdrawn."""

    opens_results_of = "synthesis__campaign"

    synthesis = models.OneToOneField(
        Synthesis, on_delete=models.CASCADE, related_name="edition"
    )
    content = models.JSONField(editable=False)
    public_from = models.DateTimeField(_("public from (embargo)"))
    code_version = models.CharField(max_length=20, editable=False)
    published_at = models.DateTimeField(editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    withdrawal_reason = models.CharField(
        _("reason for withdrawal"), max_length=300, blank=True
    )

    objects = EmbargoedQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a synthesis")
        verbose_name_plural = _("editions of a synthesis")
        constraints = [
            models.CheckConstraint(
                name="edition_withdrawn_at_and_by",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.synthesis)
