"""The logos of a roadmap: taken in, drawn again, put on the cover, taken away."""

from __future__ import annotations

from base64 import b64encode

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.adoption.models import Logo
from jalons.audit import operations as audit
from jalons.documents import model
from jalons.files import operations as files
from jalons.files.logos import SUFFIXES, RefusedLogo, drawn_logo
from jalons.roadmaps.models import Roadmap

KIND = "roadmap-logo"
MOST_LOGOS = 12


class TooMany(RefusedLogo):
    """A cover holds twelve."""


@transaction.atomic
def add_logo(roadmap: Roadmap, upload: File[bytes], alt: str, *, by: User) -> Logo:
    """Keep a logo and what it shows. Raises RefusedLogo, NotAPicture, RefusedUpload."""
    Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    if roadmap.logos.count() >= MOST_LOGOS:
        message = _("A cover holds twelve logos: remove one first.")
        raise TooMany(message)
    png = drawn_logo(upload)
    stored = files.receive(
        upload, kind=KIND, suffixes=SUFFIXES, space_id=roadmap.space_id
    )
    made = Logo.objects.create(roadmap=roadmap, file=stored, alt=alt, png=png)
    _note("logo.added", made, by)
    return made


@transaction.atomic
def remove_logo(logo: Logo, *, by: User) -> None:
    """Versions frozen with it keep it: they are what was read."""
    _note("logo.removed", logo, by)
    stored = logo.file
    logo.delete()
    files.discard(stored)


def logos_of(roadmap: Roadmap) -> list[model.Logo]:
    """As a document holds them, in the order in which they were given."""
    rows = roadmap.logos.values_list("png", "alt")
    return [model.Logo(b64encode(bytes(png)).decode(), alt) for png, alt in rows]


def _note(verb: str, logo: Logo, by: User) -> None:
    audit.record(verb, logo, by=by, space_id=logo.roadmap.space_id)
