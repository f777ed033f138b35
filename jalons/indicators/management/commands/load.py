"""`jalons load SOURCE [FILE]`: load a producer's file, or tell what to mend in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.files.grid import UnreadableFile
from jalons.indicators import fetching, quarantine
from jalons.indicators.loading import load
from jalons.indicators.models import Indicator
from jalons.indicators.orders import Order
from jalons.indicators.producers.own import Mapping
from jalons.indicators.reports import Report
from jalons.indicators.sentences import lines_of

GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file, and where its rows left out were written."""

    report: Report
    kept: Path | None


class Command(BaseCommand):
    help = (
        "Load a file of figures. Without FILE, those of JALONS_DATA_DIR that are "
        "recognised are loaded, else the producer’s are downloaded."
    )

    def add_arguments(self, parser):
        names = [*fetching.all_sources(), GENERIC]
        parser.add_argument("source", choices=names, metavar="SOURCE", help=str(names))
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        parser.add_argument("--vintage", default="", help="year, if the file has none")
        parser.add_argument("--shares", action="store_true", help="0.125 is 12.5 %%")
        parser.add_argument("--part", action="store_true", help="a part of the country")
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--report", choices=("text", "json"), default="text")
        parser.add_argument(
            "--rate-of",
            choices=("inhabitants", "households"),
            default="",
            help="for `generic`: what a percentage is a share of",
        )
        for name in ("indicator", "code-column", "value-column", "base-column"):
            parser.add_argument(f"--{name}", default="", help="for `generic`")

    def handle(self, *, source, file, **options):
        mapping = self._mapping(source, file, options)
        paths = [file] if file else self._found(source)
        done = [
            self._load(
                source if mapping is None else mapping.source, p, mapping, options
            )
            for p in paths
        ]
        if options["report"] == "json":
            self.stdout.write(json.dumps(_as_json(done, options), indent=2))
        if refused := [one.report for one in done if one.report.is_refused]:
            raise CommandError(_told(refused))

    def _mapping(self, source: str, file: Path | None, options: dict) -> Mapping | None:
        if source != GENERIC:
            return None
        columns = (options["code_column"], options["value_column"])
        indicator = Indicator.objects.filter(code=options["indicator"]).first()
        if indicator is None or file is None or not all(columns):
            message = _(
                "A generic file needs FILE, --indicator, --code-column, "
                "--value-column and --vintage."
            )
            raise CommandError(message)
        return Mapping(
            source=indicator.source_id,
            indicator=indicator.code,
            code_column=columns[0],
            value_column=columns[1],
            base_column=options["base_column"],
            is_count=indicator.unit in ("count", "inhabitants"),
            rate_of=_rate_of(indicator, options),
        )

    def _found(self, source: str) -> list[Path]:
        if paths := fetching.found_files(source):
            return paths
        try:
            return list(fetching.download(source))
        except fetching.Unreachable as error:
            raise CommandError(str(error)) from error

    def _load(
        self, source: str, path: Path, mapping: Mapping | None, options: dict
    ) -> Loaded:
        order = Order(
            source,
            path.name,
            vintage=options["vintage"],
            as_shares=options["shares"],
            is_part=options["part"],
            mapping=mapping,
        )
        try:
            with path.open("rb") as file:
                report = load(
                    order,
                    file,
                    by=None,
                    dry_run=options["dry_run"],
                    on_progress=self._progress if options["report"] == "text" else None,
                )
                kept = None
                if report.has_left_out and not options["dry_run"]:
                    kept = quarantine.set_aside(order, file, report)
        except (UnreadableFile, OSError) as error:
            raise CommandError(str(error)) from error
        if options["report"] == "text":
            self.stderr.write("")
            self.stdout.write("\n".join(lines_of(report)))
            if kept:
                self.stdout.write(_("Rows left out: %(path)s") % {"path": kept})
        return Loaded(report, kept)

    def _progress(self, rows: int) -> None:
        self.stderr.write(_("%(n)d rows read") % {"n": rows}, ending="\r")


def _told(refused: list[Report]) -> str:
    """That nothing was loaded, and what the command itself asks for."""
    message = _("Nothing was loaded from a file that must be mended.")
    if all(table.vintage for report in refused for table in report.tables):
        return message
    hint = _("If the year is missing, add it to the command: --vintage 2022.")
    return f"{message} {hint}"


def _rate_of(indicator: Indicator, options: dict) -> str:
    if indicator.unit != Indicator.Unit.PERCENT:
        return ""
    return "column" if options["base_column"] else options["rate_of"]


def _as_json(done: list[Loaded], options: dict) -> dict[str, object]:
    files = []
    for one in done:
        said = asdict(one.report)
        for table in said["tables"]:
            del table["left_out"]
        files.append(said | {"quarantine": str(one.kept) if one.kept else None})
    return {"dry_run": options["dry_run"], "files": files}
