"""Every commune that has a contour, in one file that a browser reads piece by piece.

The file is static: a map asks for a part of it (`Range`), a département at a time.

* Four bytes: the length of the index, the least significant first.
* The index: for each département, where its piece begins after the index, and its
  length; JSON, compressed (gzip).
* The pieces, one a département, compressed alike: a line for each commune, its code, a
  tab, its SVG path. The paths are those of the database, in the window of a map of the
  whole country, so that nothing is left to compute in the browser.
"""

from __future__ import annotations

import gzip
import json
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from jalons.territories.maps import beside_metropolis
from jalons.territories.models import (
    CURRENT_YEAR,
    Contour,
    Membership,
    Territory,
    held_in,
)

NAME = "maps/communes.bin"
"""Its name among the static files."""
HEAD = 4
Kind = Territory.Kind
# Paths by code of commune, by code of département.
Pieces = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Report:
    """What the file holds; `largest` is the length of its longest piece."""

    vintage: int
    departements: int
    communes: int
    without_contour: int
    size: int
    largest: int
    seconds: float


def path() -> Path:
    """Where the file is made, and found by `collectstatic`."""
    return settings.MAPS_DIR / Path(NAME).name


def address() -> str:
    """Where a browser reads it; empty as long as it is not made and collected."""
    try:
        found = static(NAME)
    except ValueError:  # made perhaps, and not collected yet
        return ""
    # Names are plain where files are served as they are: this one may not be there.
    is_there = not found.endswith(NAME) or finders.find(NAME) is not None
    return found if is_there else ""


def departement_of(year: int = CURRENT_YEAR) -> dict[str, str]:
    """The département of each commune, by code."""
    links = Membership.objects.filter(
        held_in(year), member__kind=Kind.COMMUNE, group__kind=Kind.DEPARTEMENT
    )
    return dict(links.values_list("member_id", "group_id"))


def gathered(vintage: int = CURRENT_YEAR) -> Pieces:
    """The contours of the communes, by département, placed on the whole country."""
    within = departement_of(vintage)
    rows = Contour.objects.filter(vintage=vintage, territory__kind=Kind.COMMUNE)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for code, frame, line in rows.order_by("territory").values_list(
        "territory", "frame", "path"
    ):
        if code in within:
            found[within[code]][code] = beside_metropolis(line, frame)
    return found


def packed(pieces: Pieces) -> bytes:
    """The whole file."""
    body, index = bytearray(), {}
    for departement, paths in sorted(pieces.items()):
        lines = "\n".join(f"{code}\t{line}" for code, line in paths.items())
        piece = gzip.compress(lines.encode("ascii"), 9, mtime=0)
        index[departement] = [len(body), len(piece)]
        body += piece
    text = json.dumps(index, separators=(",", ":")).encode("ascii")
    head = gzip.compress(text, 9, mtime=0)
    return len(head).to_bytes(HEAD, "little") + head + bytes(body)


def unpacked(content: bytes, departement: str) -> dict[str, str]:
    """The paths of one département, as a browser reads them."""
    start = HEAD + int.from_bytes(content[:HEAD], "little")
    index = json.loads(gzip.decompress(content[HEAD:start]))
    begin, length = index[departement]
    piece = content[start + begin : start + begin + length]
    lines = gzip.decompress(piece).decode("ascii").split("\n")
    return dict(line.split("\t") for line in lines)


def write_pieces(*, dry_run: bool = False) -> Report:
    """Make the file again from the contours loaded; it replaces the former at once."""
    began = time.perf_counter()
    pieces = gathered()
    content = packed(pieces)
    if not dry_run:
        path().parent.mkdir(parents=True, exist_ok=True)
        half = path().with_suffix(".half")
        half.write_bytes(content)
        half.replace(path())
    drawn = sum(map(len, pieces.values()))
    return Report(
        vintage=CURRENT_YEAR,
        departements=len(pieces),
        communes=drawn,
        without_contour=Territory.objects.communes().current().count() - drawn,
        size=len(content),
        largest=max((len(packed({"": one})) for one in pieces.values()), default=0),
        seconds=round(time.perf_counter() - began, 3),
    )
