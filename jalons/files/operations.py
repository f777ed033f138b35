"""Files given by users: refused before they are read when they must be.

    stored = files.receive(upload, kind="survey-import", suffixes=TABLES, kept_days=90)

imported as ``from jalons.files import operations as files``. The store is Django's
`STORAGES["default"]`: a folder by default, any S3-compatible store otherwise.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.files.models import StoredFile
from jalons.files.tables import Table, UnreadableFile, read_table

# What `tables.read_table` reads.
TABLES = (".csv", ".xlsx", ".ods")
NAME_LENGTH = 200
UNKNOWN_TYPE = "application/octet-stream"


class RefusedUpload(Exception):
    """A file that is not taken in; its text tells the user why and what to do."""


@transaction.atomic
def receive(
    upload: File[bytes],
    *,
    kind: str,
    suffixes: Collection[str] = (),
    max_bytes: int | None = None,
    kept_days: int | None = None,
    space_id: int | None = None,
) -> StoredFile:
    """Keep a file, read by blocks only. Raises RefusedUpload, and keeps nothing then.

    `suffixes` are those accepted, all when there are none; `max_bytes` is
    `settings.MAX_UPLOAD_BYTES` by default; without `kept_days` nothing ends it.
    """
    name = PurePath(upload.name or "").name
    check_upload(upload, suffixes, max_bytes)
    now = timezone.now()
    stored = StoredFile(
        kind=kind,
        name=name[-NAME_LENGTH:],
        size=upload.size or 0,
        checksum=_checksum(upload),
        content_type=mimetypes.guess_type(name)[0] or UNKNOWN_TYPE,
        space_id=space_id,
        expires_at=None if kept_days is None else now + timedelta(days=kept_days),
    )
    stored.file.save(name, upload, save=False)
    try:
        stored.save()
    except Exception:
        stored.file.storage.delete(stored.file.name or "")
        raise
    return stored


@transaction.atomic
def discard(stored: StoredFile) -> None:
    """Forget a file: its row now, its content once the transaction holds."""
    storage, place = stored.file.storage, stored.file.name or ""
    stored.delete()
    transaction.on_commit(partial(storage.delete, place))


def check_upload(
    upload: File[bytes], suffixes: Collection[str] = (), max_bytes: int | None = None
) -> None:
    """Raises RefusedUpload, with what to do, for a file that would not be kept."""
    name, size = PurePath(upload.name or "").name, upload.size or 0
    limit = settings.MAX_UPLOAD_BYTES if max_bytes is None else max_bytes
    if size > limit:
        message = _(
            "“%(name)s” weighs %(size)s; the limit is %(limit)s. Remove the columns "
            "that are not needed, or split the file."
        )
        raise RefusedUpload(
            message
            % {
                "name": name,
                "size": filesizeformat(size),
                "limit": filesizeformat(limit),
            }
        )
    if not size:
        message = _("“%(name)s” is empty. Export it again.")
        raise RefusedUpload(message % {"name": name})
    if suffixes and PurePath(name).suffix.lower() not in suffixes:
        message = _("“%(name)s” cannot be read. Save it as one of: %(suffixes)s.")
        accepted = ", ".join(suffixes)
        raise RefusedUpload(message % {"name": name, "suffixes": accepted})


def _checksum(upload: File[bytes]) -> str:
    """The SHA-256 of the content, in hexadecimal."""
    digest = hashlib.sha256()
    for block in upload.chunks():
        digest.update(block)
    upload.seek(0)
    return digest.hexdigest()


@contextmanager
def kept_table(stored: StoredFile) -> Iterator[Table]:
    """The table of a file given before. Raises UnreadableFile when it is not kept."""
    try:
        content = stored.file.open("rb")
    except FileNotFoundError as error:
        message = _("The file is no longer kept. Give it again.")
        raise UnreadableFile(message, name=stored.name) from error
    with content as file:
        table = read_table(file, name=stored.name)
        with closing(table.rows):
            yield table
