"""A logo that somebody gives: weighed, then drawn again; the file itself goes nowhere.

What a name or a header claims counts for nothing: `jalons.documents.images` reads the
bytes, refuses what runs a program or calls another file, and draws a small PNG.
"""

from __future__ import annotations

from django.core.files import File
from django.utils.translation import gettext as _

from jalons.documents.images import picture_of

SUFFIXES = (".png", ".jpg", ".jpeg", ".svg")
MOST_BYTES = 5 * 1024 * 1024


class RefusedLogo(Exception):
    """A file that is not taken as a logo; its text says why, and what to do."""


def drawn_logo(upload: File[bytes]) -> bytes:
    """The logo as a small PNG. Raises RefusedLogo, NotAPicture."""
    if (upload.size or 0) > MOST_BYTES:
        message = _(
            "“%(name)s” weighs more than 5 MB. Make the picture smaller: 2,000 dots "
            "across are enough."
        )
        raise RefusedLogo(message % {"name": upload.name})
    png = picture_of(upload.name or "", upload.read())
    upload.seek(0)
    return png
