"""`jalons score-at-scale`: answers of a nation scored, crossed, and an index ranked."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.analysis.index import Index
from jalons.analysis.index_file import InvalidDefinition as InvalidIndex
from jalons.analysis.index_file import index_of
from jalons.analysis.secrecy import INHABITANTS, PROFESSIONALS
from jalons.cli import scaling
from jalons.files.commands import reading
from jalons.questionnaires.definitions import InvalidDefinition, read_file
from jalons.questionnaires.grids import NotScored

USUAL = Path(settings.BASE_DIR) / "data/questionnaires/maturite-numerique.toml"
PERSONS = {"professionals": PROFESSIONALS, "inhabitants": INHABITANTS}


class Command(BaseCommand):
    help = "Score and cross very many answers, on DuckDB or on Apache Spark."

    def add_arguments(self, parser):
        parser.add_argument("answers", nargs="+", help="CSV or Parquet, or a folder")
        parser.add_argument("--to", type=Path, help="the folder to write; new or empty")
        parser.add_argument("--questionnaire", type=Path, default=USUAL)
        parser.add_argument("--territories", nargs="+", default=[], metavar="FILE")
        parser.add_argument("--by", action="append", default=[], metavar="COLUMN")
        parser.add_argument("--weight", default="", metavar="COLUMN")
        parser.add_argument("--territory", default="", metavar="COLUMN")
        parser.add_argument("--index", type=Path, help="definition, as in data/indices")
        parser.add_argument("--persons", choices=PERSONS, default="professionals")
        parser.add_argument("--engine", choices=scaling.ENGINES, default="duckdb")
        parser.add_argument("--master", default="local[*]", help="of Spark")
        parser.add_argument("--conf", action="append", default=[], metavar="NAME=VALUE")
        parser.add_argument("--memory", default="", help="of DuckDB: 8GB")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, **options):
        to = None if options["dry_run"] else options["to"]
        if to is None and not options["dry_run"]:
            raise CommandError(_("Say where to write: --to FOLDER."))
        if to is not None and to.exists() and (not to.is_dir() or any(to.iterdir())):
            message = _("%(folder)s is not an empty folder: choose another one.")
            raise CommandError(message % {"folder": to})
        index = self._index(options["index"])
        if index and not options["territories"]:
            raise CommandError(_("An index needs --territories FILE."))
        try:
            asked = scaling.asked(
                read_file(options["questionnaire"]), options, index, to
            )
            report = scaling.run(asked)
        except NotScored as error:
            raise CommandError(_("This questionnaire gives no points.")) from error
        except InvalidDefinition as error:
            raise CommandError(f"{options['questionnaire']}: {error}") from error
        except scaling.CannotRun as error:
            raise CommandError("\n".join(error.lines)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(scaling.in_words(report)))

    def _index(self, path: Path | None) -> Index | None:
        if path is None:
            return None
        try:
            with reading(path):
                return index_of(tomllib.loads(path.read_text(encoding="utf-8")))
        except (InvalidIndex, tomllib.TOMLDecodeError, ValueError) as error:
            raise CommandError(f"{path}: {error}") from error
