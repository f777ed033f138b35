from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.questionnaires.definitions import Definition, checksum_of, restore

MAX_READ = 64
_read: dict[str, Definition] = {}
"""Definitions already read, by checksum: they never change, and reading costs 4 ms."""


class AlteredVersion(Exception):
    """The stored content no longer has its checksum: someone changed a version."""


class Questionnaire(models.Model):
    """A set of questions known by its code, through all its versions."""

    code = models.SlugField(_("code"), max_length=60, unique=True)

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
    loaded_at = models.DateTimeField(auto_now_add=True)

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
