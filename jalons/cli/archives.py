"""A backup as one file: the database, the files given, and a signed list of both.

The list (`manifest.json`) says what each part weighs and its SHA-256; `manifest.sig` is
its HMAC by the key of the installation. Nothing is unfolded before the list is known to
be ours, nor beyond what the list says.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from jalons.cli.engines import Table, Tables

FORMAT = 1
MANIFEST, SIGNATURE, DATABASE, FILES = (
    "manifest.json",
    "manifest.sig",
    "database",
    "files/",
)
# 32 characters drawn at random: a key that can be guessed signs nothing.
KEY_LENGTH = 32
BLOCK = 1 << 20
# The list of a site with hundreds of thousands of files.
MANIFEST_BYTES = 200 << 20


class BadArchive(Exception):
    """A file that is not a backup of this installation, or was changed; why."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of the archive weighs, and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, and what made it."""

    made_at: str
    version: str
    engine: str
    engine_version: str
    secret_key: str
    migrations: tuple[str, ...]
    tables: Tables
    parts: dict[str, Part]

    def as_json(self) -> bytes:
        whole = {"format": FORMAT, **asdict(self)}
        return json.dumps(whole, indent=1, sort_keys=True).encode()

    @property
    def row_count(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def file_count(self) -> int:
        return sum(name.startswith(FILES) for name in self.parts)


def check_key(key: str) -> None:
    """Raises BadArchive when no key worth its name was given."""
    if len(key) < KEY_LENGTH:
        raise BadArchive(
            _(
                "Set JALONS_BACKUP_KEY, at least 32 characters drawn at random and "
                "kept away from the backups: it signs them."
            )
        )


def add(archive: zipfile.ZipFile, name: str, source: IO[bytes]) -> Part:
    """Put a file in the archive; what the list will say of it."""
    digest, size = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as to:
        while block := source.read(BLOCK):
            digest.update(block)
            size += len(block)
            to.write(block)
    return Part(size, digest.hexdigest())


def sign(archive: zipfile.ZipFile, manifest: Manifest, key: str) -> None:
    """Close the list: the last thing written."""
    written = manifest.as_json()
    archive.writestr(MANIFEST, written)
    archive.writestr(SIGNATURE, _signature(written, key))


@contextmanager
def writing(path: Path) -> Iterator[zipfile.ZipFile]:
    """A new archive, that nobody else reads, there once it is whole."""
    if path.exists():
        raise BadArchive(_("%(file)s exists: choose another name.") % {"file": path})
    half = path.with_name(f".{path.name}.half")
    half.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(half, os.O_CREAT | os.O_RDWR, 0o600), "w+b") as file:
            with zipfile.ZipFile(
                file, "w", zipfile.ZIP_DEFLATED, compresslevel=3
            ) as to:
                yield to
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive to be read. Raises BadArchive."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError as error:
        raise BadArchive(_("%(file)s does not exist.") % {"file": path}) from error
    except (zipfile.BadZipFile, EOFError) as error:
        message = _("%(file)s is not a backup, or was cut short.") % {"file": path}
        raise BadArchive(message) from error


def read_manifest(archive: zipfile.ZipFile, key: str) -> Manifest:
    """The list, once its signature is that of the key. Raises BadArchive."""
    names = [info.filename for info in archive.infolist()]
    if MANIFEST not in names or SIGNATURE not in names:
        raise BadArchive(_("This file is not a backup of Jalons."))
    if archive.getinfo(MANIFEST).file_size > MANIFEST_BYTES:
        raise BadArchive(_("This file is not a backup of Jalons."))
    written = archive.read(MANIFEST)
    with archive.open(SIGNATURE) as file:
        given = file.read(100)
    if not hmac.compare_digest(given, _signature(written, key).encode()):
        raise BadArchive(
            _(
                "The signature does not fit: this backup was made with another key, or "
                "has changed since."
            )
        )
    manifest = _manifest(written)
    if sorted(names) != sorted([*manifest.parts, MANIFEST, SIGNATURE]):
        raise BadArchive(_("This backup does not hold what its list says."))
    return manifest


def extract(archive: zipfile.ZipFile, manifest: Manifest, to: Path) -> None:
    """Every part into a folder, each checked. Raises BadArchive."""
    for name, part in manifest.parts.items():
        # A signed list has no reason to leave the folder; it is not allowed to either.
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise BadArchive(_("This backup does not hold what its list says."))
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if _unfold(archive, name, part.size, target) != part:
            message = _("%(part)s has changed since it was saved.") % {"part": name}
            raise BadArchive(message)


def _unfold(archive: zipfile.ZipFile, name: str, most: int, target: Path) -> Part:
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as source, target.open("wb") as to:
        while size <= most and (block := source.read(BLOCK)):
            digest.update(block)
            size += len(block)
            to.write(block)
    return Part(size, digest.hexdigest())


def _manifest(written: bytes) -> Manifest:
    found = json.loads(written)
    if found.pop("format") != FORMAT:
        raise BadArchive(_("This backup was made by a later version of Jalons."))
    tables = {name: Table(**each) for name, each in found.pop("tables").items()}
    parts = {name: Part(**each) for name, each in found.pop("parts").items()}
    migrations = tuple(found.pop("migrations"))
    return Manifest(**found, migrations=migrations, tables=tables, parts=parts)


def _signature(written: bytes, key: str) -> str:
    return hmac.new(key.encode(), written, hashlib.sha256).hexdigest()
