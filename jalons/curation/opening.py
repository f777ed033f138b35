"""The files of a batch, opened in the columns of the schema with what the team said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from jalons.curation.models import PlaceImport
from jalons.directory.mapping import Format, with_values
from jalons.directory.opening import open_places
from jalons.directory.records import Records, open_records
from jalons.files.models import StoredFile
from jalons.files.tables import UnreadableFile


def columns_of(batch: PlaceImport) -> tuple[str, ...]:
    """The names of the columns of a file that waits. Raises UnreadableFile."""
    with at_hand(batch) as (path, _services):
        records = open_records(path)
        records.close()
        return records.columns


@contextmanager
def at_hand(batch: PlaceImport) -> Iterator[tuple[Path, Path | None]]:
    """The files of a batch as files of this machine, wherever they are stored."""
    with TemporaryDirectory() as folder:
        yield (
            _copied(batch.stored, Path(folder) / "lieux"),
            _copied(batch.services, Path(folder) / "services")
            if batch.services
            else None,
        )


def _copied(stored: StoredFile | None, path: Path) -> Path:
    gone = UnreadableFile(_("The file is no longer kept: give it again."))
    if stored is None:
        raise gone
    path = path.with_suffix(Path(stored.name).suffix.lower())
    try:
        with stored.file.open("rb") as kept, path.open("wb") as written:
            copyfileobj(kept, written)
    except FileNotFoundError as error:
        raise gone from error
    return path


@contextmanager
def opened(batch: PlaceImport) -> Iterator[Records]:
    found = Format.model_validate(batch.mapping) if batch.mapping else None
    with at_hand(batch) as (path, services):
        records = with_values(open_places(path, found, services), batch.values)
        try:
            yield records
        finally:
            records.close()
