from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.indices.definitions import Definition, checksum_of, restore
from jalons.territories.models import Territory

MAX_READ = 64
_read: dict[str, Definition] = {}
"""Definitions already read, by checksum: they never change."""


class AlteredDefinition(Exception):
    """The stored content no longer has its checksum: someone changed a version."""


class IndexDefinitionQuerySet(models.QuerySet):
    def latest_each(self) -> IndexDefinitionQuerySet:
        """The last version of each index."""
        newer = IndexDefinition.objects.filter(
            code=models.OuterRef("code"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(newer))


class IndexDefinition(models.Model):
    """One version of an index: its indicators, weights and rules; never changed."""

    code = models.SlugField(_("code"), max_length=40)
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(editable=False)
    checksum = models.CharField(max_length=64, editable=False)
    loaded_at = models.DateTimeField(_("loaded at"), auto_now_add=True)

    objects = IndexDefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("definition of an index")
        verbose_name_plural = _("definitions of indices")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "number"], name="index_definition_number_once"
            ),
            models.UniqueConstraint(
                fields=["code", "checksum"], name="index_definition_content_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"

    def read(self) -> Definition:
        """The definition, proved to be the one that was loaded."""
        if self.checksum not in _read:
            definition = restore(self.content)
            if checksum_of(definition) != self.checksum:
                raise AlteredDefinition(str(self))
            if len(_read) >= MAX_READ:
                _read.clear()
            _read[self.checksum] = definition
        return _read[self.checksum]


class IndexResultQuerySet(models.QuerySet):
    def with_makers(self) -> IndexResultQuerySet:
        """The latest first, with definition and who froze them."""
        return self.select_related("definition", "frozen_by").order_by("-frozen_at")


class IndexResult(models.Model):
    """Scores of an index as they were on a day, with all that made them.

    Kept because figures are replaced by newer ones and formulas mended, while a
    document already handed over must still be found again.
    """

    definition = models.ForeignKey(
        IndexDefinition, on_delete=models.PROTECT, related_name="results"
    )
    level = models.CharField(_("kind of territory"), max_length=12)
    # A territory code, or nothing for France.
    reference = models.CharField(_("reference"), max_length=9, blank=True)
    # As it was called on that day.
    reference_name = models.CharField(max_length=200, blank=True, editable=False)
    # Vintages of the figures, by indicator.
    vintages = models.JSONField(editable=False)
    code_version = models.CharField(max_length=60, editable=False)
    # By code of territory: name, score, low, middle and high rank, share of draws.
    scores = models.JSONField(editable=False)
    checksum = models.CharField(max_length=64, unique=True, editable=False)
    frozen_at = models.DateTimeField(_("frozen at"), auto_now_add=True)
    # Nobody when the command froze it.
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = IndexResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("frozen result of an index")
        verbose_name_plural = _("frozen results of an index")

    def __str__(self) -> str:
        return f"{self.definition} {self.level} {self.reference or 'FR'}"

    @property
    def level_label(self) -> str:
        return str(Territory.Kind(self.level).label)
