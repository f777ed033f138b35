from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from jalons.questionnaires.definitions import Definition, checksum_of, restore
from jalons.spaces.models import Space

MAX_READ = 64
_read: dict[str, Definition] = {}
"""Definitions already read, by checksum: they never change, and reading costs 4 ms."""


class AlteredVersion(Exception):
    """The stored content no longer has its checksum: someone changed a version."""


class Questionnaire(models.Model):
    """A set of questions known by its code, through all its versions."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    # Empty for the questionnaires that come with Jalons.
    space = models.ForeignKey(
        Space, on_delete=models.PROTECT, null=True, related_name="questionnaires"
    )

    def __str__(self) -> str:
        return self.code


class VersionQuerySet(models.QuerySet):
    def latest_each(self) -> VersionQuerySet:
        """The last version of each questionnaire."""
        newer = Version.objects.filter(
            questionnaire=models.OuterRef("questionnaire"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(~models.Exists(newer))

    def offered_to(self, space: Space) -> VersionQuerySet:
        """What a space may copy or ask: what is shipped, and what is its own."""
        return self.filter(Q(questionnaire__space=None) | Q(questionnaire__space=space))

    def with_uses(self) -> VersionQuerySet:
        """Each version with the surveys and the answers that rest on it."""
        sent = Q(campaigns__responses__submitted_at__isnull=False)
        return self.annotate(
            campaign_count=Count("campaigns", distinct=True),
            response_count=Count("campaigns__responses", filter=sent, distinct=True),
        )

    def latest_of(self, code: str) -> Version:
        """The last version of one questionnaire, or `Version.DoesNotExist`."""
        return self.latest_each().get(questionnaire__code=code)


class Version(models.Model):
    """One wording of a questionnaire, with its points; never changed once written."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    definition = models.JSONField(_("definition"), editable=False)
    checksum = models.CharField(max_length=64, editable=False)
    # What changed since the version before, in the words of who published it.
    note = models.TextField(_("what changes"), blank=True, editable=False)
    loaded_at = models.DateTimeField(auto_now_add=True)
    # The number of the draft in which it was written: its address leads here.
    drafted_as = models.PositiveBigIntegerField(null=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="version_number_once"
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "checksum"], name="version_content_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire.code} v{self.number}"

    def read(self) -> Definition:
        """The definition, proved to be the one that was loaded."""
        if self.checksum not in _read:
            definition = restore(self.definition)
            if checksum_of(definition) != self.checksum:
                raise AlteredVersion(str(self))
            if len(_read) >= MAX_READ:
                _read.clear()
            _read[self.checksum] = definition
        return _read[self.checksum]


class Draft(models.Model):
    """A questionnaire that a resource centre is writing, not published yet."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="drafts")
    # Empty while the first version is being written.
    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, null=True, related_name="drafts"
    )
    # Nothing when it was read from a form made elsewhere.
    based_on = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, related_name="drafts"
    )
    code = models.SlugField(_("code"), max_length=60)
    definition = models.JSONField(_("definition"))
    # What the form it was read from asked and that has no equivalent here, in words.
    left_out = models.JSONField(default=list)
    # The number of the last change in force: those above it are undone.
    done = models.PositiveIntegerField(default=0)
    # Rises at each change: whoever writes says which state they read.
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("draft of a questionnaire")
        verbose_name_plural = _("drafts of questionnaires")
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire"], name="draft_once_per_questionnaire"
            ),
            models.UniqueConstraint(fields=["code"], name="draft_code_once"),
        ]

    def __str__(self) -> str:
        return str(self.definition.get("title", {}).get("fr") or self.code)

    def read(self) -> Definition:
        """What is written so far, sound or not."""
        return restore(self.definition)


class DraftStep(models.Model):
    """One change of a draft, kept so as to be undone, and done again."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    said = models.CharField(max_length=200)
    # The draft on the other side: before the change, or after it once undone.
    state = models.JSONField()

    class Meta:
        verbose_name = _("change of a draft")
        verbose_name_plural = _("changes of drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "number"], name="draft_step_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.said
