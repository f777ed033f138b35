"""The files given, wherever they lie: a folder, or an S3-compatible store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage


def names(folder: str = "") -> Iterator[str]:
    """Every file of the store, folder by folder, in order."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever given
        return
    for name in sorted(files):
        if name:  # some stores list a folder in itself
            yield f"{folder}{name}"
    for name in sorted(folders):
        yield from names(f"{folder}{name}/")


@contextmanager
def opened(name: str) -> Iterator[IO[bytes]]:
    with default_storage.open(name, "rb") as file:
        yield file


def working_folder() -> Path | None:
    """Beside the files to be replaced: a folder moves within its own disk only."""
    root = _folder()
    if root is None:
        return None
    root.parent.mkdir(parents=True, exist_ok=True)
    return root.parent


def replace_by(source: Path) -> None:
    """Make the store hold what a folder holds, and nothing else.

    A folder takes the place of the other at once; elsewhere each file comes, and those
    that are not of the backup go once all have come.
    """
    if (root := _folder()) is not None:
        _move(source, root)
        return
    former = set(names())
    given = [path for path in source.rglob("*") if path.is_file()]
    for path in given:
        _put(path.relative_to(source).as_posix(), path, former)
    for name in former - {path.relative_to(source).as_posix() for path in given}:
        default_storage.delete(name)


def _put(name: str, path: Path, former: set[str]) -> None:
    """Under its own name: a store that finds it taken would choose another."""
    if name in former:
        default_storage.delete(name)
    with path.open("rb") as file:
        kept = default_storage.save(name, File(file))
    if kept != name:
        raise OSError(f"{name}: kept as {kept}")


def _folder() -> Path | None:
    if isinstance(default_storage, FileSystemStorage):
        return Path(default_storage.location)
    return None


def _move(source: Path, to: Path) -> None:
    """Put a folder of files in the place of another, which goes once it is there."""
    to.parent.mkdir(parents=True, exist_ok=True)
    former = to.with_name(f".{to.name}.former")
    shutil.rmtree(former, ignore_errors=True)
    if to.exists():
        to.rename(former)
    if source.exists():
        source.rename(to)
    else:
        to.mkdir()
    shutil.rmtree(former, ignore_errors=True)
