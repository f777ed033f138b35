from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Questionnaire(models.Model):
    """A set of questions known by its code, through all its versions."""

    code = models.SlugField(_("code"), max_length=60, unique=True)

    def __str__(self) -> str:
        return self.code


class Version(models.Model):
    """One wording of a questionnaire, with its points; never changed once written."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    checksum = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

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
