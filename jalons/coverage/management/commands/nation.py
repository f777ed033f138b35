"""`jalons nation [FILE]`: index, peers and reach of every commune of France."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.analysis.peers import COUNT
from jalons.coverage.nation import Commune, Nation, nation_of
from jalons.indices.models import IndexDefinition

PEERS = range(1, COUNT + 1)
COLUMNS = (
    *("code_insee", "nom", "departement", "population", "score", "sans_score"),
    *("rang", "rang_5", "rang_50", "rang_95", "communes_classees"),
    "part_des_tirages_dans_le_tiers_fragile",
    *(f"semblable_{n}" for n in PEERS),
    *(f"ecart_{n}" for n in PEERS),
    *("lieu_le_plus_proche_km", "lieux_pour_10000_habitants"),
)


class Command(BaseCommand):
    help = (
        "Compute every commune of France at once: index with the interval of its rank, "
        "the communes most alike, the nearest place and places around. Writes FILE "
        "(.csv, with what it is beside it in .about.json, or .json)."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        parser.add_argument("--index", default="quatre-axes", metavar="CODE")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *, file: Path | None, index: str, dry_run: bool, **options):
        if file and file.suffix not in WRITERS:
            raise CommandError(_("The file ends in .csv or .json."))
        definition = IndexDefinition.objects.latest_each().filter(code=index).first()
        if definition is None:
            raise CommandError(_("This index is not loaded: jalons load-indices."))
        found = nation_of(definition)
        if file and not dry_run:
            WRITERS[file.suffix](file, found)
        told = {"dry_run": dry_run, "file": str(file or ""), **found.report}
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))


def _write_csv(path: Path, nation: Nation) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(_cells(one) for one in nation.communes)
    about = json.dumps(nation.report, ensure_ascii=False, indent=2)
    path.with_suffix(".about.json").write_text(about + "\n", encoding="utf-8")


def _cells(one: Commune) -> Iterator[object]:
    """An empty cell is what is not known: never zero."""
    yield from (one.code, one.name, one.departement, one.people, one.score, one.reason)
    yield from one.ranks or (None,) * 4
    yield from (one.ranked, one.fragile_share)
    wanting = [(None, None)] * (COUNT - len(one.peers))
    peers = [*one.peers, *wanting]
    yield from (code for code, _distance in peers)
    yield from (distance for _code, distance in peers)
    yield from (one.nearest_km, one.offer)


def _write_json(path: Path, nation: Nation) -> None:
    communes = [asdict(one) for one in nation.communes]
    told = {"about": nation.report, "communes": communes}
    path.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")


WRITERS = {".csv": _write_csv, ".json": _write_json}
