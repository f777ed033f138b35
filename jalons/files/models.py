from __future__ import annotations

from pathlib import PurePath
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient


def place_of(stored: StoredFile, name: str) -> str:
    """Where a file lies in the store: nobody's choice of name decides of a path."""
    return f"{stored.kind}/{uuid4().hex}{PurePath(name).suffix.lower()}"


class StoredFile(models.Model):
    """A file as somebody gave it; its checksum proves that it has not changed."""

    kind = models.SlugField(max_length=40)
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(upload_to=place_of, max_length=200)
    size = models.PositiveBigIntegerField()
    checksum = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    space_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # The day it is deleted; empty for what is kept with the object it illustrates.
    expires_at = models.DateTimeField(null=True)

    personal_data = PersonalData(
        purpose=_("Keep the files given by teams for the time they are worked on"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People named in the files given"),
        held=_("the file as it was given, and its name"),
        kept_days=0,
        counted_from="expires_at",
        since=_(
            "the date set when the file is given; a picture or a source stays as long "
            "as what it shows or proves"
        ),
        fields=("file", "name"),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        indexes = [models.Index(fields=["kind", "checksum"])]

    def __str__(self) -> str:
        return self.name
