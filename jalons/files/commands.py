"""What commands that read a file share: what went wrong, in the user's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from jalons.files.tables import UnreadableFile


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """A file that cannot be opened, or understood, ends the command with a sentence."""
    try:
        yield
    except OSError as error:
        message = _("%(file)s cannot be opened: check its name and its rights.")
        raise CommandError(message % {"file": file}) from error
    except UnreadableFile as error:
        raise CommandError(str(error)) from error
