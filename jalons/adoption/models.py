from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext_lazy as _

from jalons.files.licences import licence_column
from jalons.files.models import StoredFile
from jalons.roadmaps.models import Roadmap
from jalons.spaces.embargo import EmbargoedQuerySet

WORDS_LENGTH = 6000


class Part(models.Model):
    """A part of the document of a roadmap: its place, and the words that open it."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="document_parts"
    )
    # A code of `parts`; one that the software no longer knows is passed over.
    code = models.SlugField(max_length=20, editable=False)
    position = models.PositiveSmallIntegerField(editable=False)
    is_shown = models.BooleanField(_("in the document"), default=True)
    words = models.TextField(
        _("your introduction"), blank=True, max_length=WORDS_LENGTH
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # The page that wrote it last: what it keeps by itself follows what it kept before.
    written_from = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("part of a document")
        verbose_name_plural = _("parts of documents")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(name="part_once", fields=["roadmap", "code"])
        ]

    def __str__(self) -> str:
        return f"{self.roadmap}, {self.code}"


class Logo(models.Model):
    """The mark of a sponsor or of a funder, on the cover of the document."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="logos")
    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="+")
    alt = models.CharField(_("whose logo it is, in words"), max_length=160)
    # What documents hold: the file given, drawn again as a small picture.
    png = models.BinaryField()

    class Meta:
        verbose_name = _("logo of a roadmap")
        verbose_name_plural = _("logos of roadmaps")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.alt


class FrozenQuerySet(models.QuerySet):
    def told(self) -> FrozenQuerySet:
        """For a list: without what is frozen, with the number of the one before."""
        return (
            self.defer("document", "drawings", "data")
            .select_related("adoption")
            .annotate(earlier=models.F("number") - 1)
        )


class Version(models.Model):
    """The document of a roadmap and its data, frozen together and never changed."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="frozen_versions"
    )
    number = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(_("what it is for"), max_length=120)
    document = models.JSONField(editable=False)
    # Its drawings as a page shows them: the document has those of print.
    drawings = models.JSONField(editable=False)
    # The roadmap and the words of the team, that two versions are compared by.
    data = models.JSONField(editable=False)
    code_version = models.CharField(max_length=20, editable=False)
    frozen_at = models.DateTimeField(editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a roadmap")
        verbose_name_plural = _("versions of roadmaps")
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(
                name="roadmap_version_number_once", fields=["roadmap", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Adoption(models.Model):
    """That a deciding body adopted a version: when, by which deliberation."""

    version = models.OneToOneField(
        Version, on_delete=models.CASCADE, related_name="adoption"
    )
    body = models.CharField(_("deciding body"), max_length=200)
    deliberation = models.CharField(_("reference of the deliberation"), max_length=120)
    adopted_on = models.DateField(_("adopted on"))
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("adoption of a roadmap")
        verbose_name_plural = _("adoptions of roadmaps")

    def __str__(self) -> str:
        return f"{self.version}, {self.deliberation}"


class OpenedQuerySet(EmbargoedQuerySet):
    def listed(self, *, at: datetime) -> OpenedQuerySet:
        """Open to all, of a team that is recognised; others keep their address.

        With the name that each has in the version adopted, whatever it became since.
        """
        document = "adoption__version__document"
        teams = self.filter(roadmap__space__recognised_at__isnull=False)
        return teams.public(at=at).annotate(
            title=KeyTextTransform("title", document),
            subtitle=KeyTextTransform("subtitle", document),
        )


class Publication(models.Model):
    """The adopted version that all may read, at one address for the whole roadmap."""

    roadmap = models.OneToOneField(
        Roadmap, on_delete=models.CASCADE, related_name="publication"
    )
    # Made at the first publication, never changed: the address stays printed.
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, related_name="publications"
    )
    public_from = models.DateTimeField(_("public from (embargo)"))
    licence = licence_column()
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
        verbose_name = _("public roadmap")
        verbose_name_plural = _("public roadmaps")
        constraints = [
            models.CheckConstraint(
                name="public_roadmap_withdrawn_with_its_reason",
                condition=Q(withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def is_open(self, at: datetime) -> bool:
        return self.withdrawn_at is None and self.public_from <= at
