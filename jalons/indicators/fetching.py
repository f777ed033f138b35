"""Official files: those put in JALONS_DATA_DIR, else those of the producer's site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import gettext as _

from jalons.files.grid import UnreadableFile
from jalons.indicators.inventory import sources
from jalons.indicators.producers.registry import PRODUCERS
from jalons.indicators.reading import tables

SUFFIXES = (".csv", ".txt", ".xlsx", ".ods", ".zip")
SECONDS = 60
BLOCK = 1 << 20


class Unreachable(Exception):
    """The producer's site did not answer; the text says where to get the file."""


def found_files(source: str) -> list[Path]:
    """Files of the user's folder whose columns are those of the source."""
    folder = Path(settings.DATA_DIR)
    if not folder.is_dir():
        return []
    paths = (p for p in sorted(folder.iterdir()) if p.suffix.lower() in SUFFIXES)
    return [path for path in paths if _is_of(source, path)]


def _is_of(source: str, path: Path) -> bool:
    try:
        with path.open("rb") as file:
            next(tables(file, path.name, PRODUCERS[source]))
    except (UnreadableFile, StopIteration, OSError):
        return False
    return True


def download(source: str) -> Iterator[Path]:
    """Fetch each file of a source into the user's folder; raises Unreachable."""
    definition = next((one for one in sources() if one.id == source), None)
    page = definition.page if definition else ""
    if definition is None or not definition.download:
        message = _(
            "This source has no address to download from. Get the file: %(page)s"
        )
        raise Unreachable(message % {"page": page})
    for one in definition.download:
        yield _fetch(one.address, page)


def _fetch(address: str, page: str) -> Path:
    """Write the file under another name until it is whole."""
    if urlsplit(address).scheme != "https":
        raise Unreachable(_("Only https addresses are fetched: %(a)s") % {"a": address})
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    name = PurePosixPath(urlsplit(address).path).name
    path = folder / (name if name.lower().endswith(SUFFIXES) else f"{name}.csv")
    partial = path.with_suffix(f"{path.suffix}.part")
    request = Request(address, headers={"User-Agent": "Jalons"})
    try:
        with urlopen(request, timeout=SECONDS) as answer, partial.open("wb") as target:
            shutil.copyfileobj(answer, target, BLOCK)
    except (URLError, OSError) as error:
        partial.unlink(missing_ok=True)
        message = _(
            "The producer’s site did not answer (%(why)s). Download the file from "
            "%(page)s, then give it: jalons load SOURCE FILE."
        )
        raise Unreachable(message % {"why": error, "page": page}) from error
    partial.replace(path)
    return path


def all_sources() -> Sequence[str]:
    """The names that `jalons load` takes."""
    return sorted(PRODUCERS)
