"""`jalons export-roadmap`: a roadmap as the files that its pages give."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.adoption.composition import compose
from jalons.adoption.files import FORMATS
from jalons.documents import render
from jalons.files.exports import csv_blocks
from jalons.files.sheets import write_workbook
from jalons.roadmaps import exports
from jalons.roadmaps.figures import Plan, plan_of
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.national import national_json, national_of, national_sheets

OWN = (*(f".{one}" for one in FORMATS), ".csv", ".json")
NATIONAL = (".xlsx", ".json")


class Command(BaseCommand):
    help = "Write a roadmap as a document, as data, or for Mon inclusion numérique."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, help="the number in its address")
        parser.add_argument("file", type=Path, help=f"ends with {', '.join(OWN)}")
        parser.add_argument(
            "--national",
            action="store_true",
            help="for Mon inclusion numérique: ends with .xlsx or .json",
        )
        parser.add_argument("--dry-run", action="store_true", help="writes nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, number, file, national, dry_run, **options):
        known = NATIONAL if national else OWN
        if file.suffix not in known:
            message = _("Give a file that ends with %(suffixes)s.")
            raise CommandError(message % {"suffixes": ", ".join(known)})
        roadmap = Roadmap.objects.filter(pk=number).first()
        if roadmap is None:
            message = _("No roadmap has the number %(number)d.")
            raise CommandError(message % {"number": number})
        plan = plan_of(roadmap)
        told = national_of(plan)
        lacks = told.lacks if national else ()
        if not dry_run:
            _write_whole(plan, file, national)
        if options["json"]:
            report = {
                "file": None if dry_run else str(file),
                "actions": len(told.actions if national else plan.actions),
                "lacks": [[one.where, one.what] for one in lacks],
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for one in lacks:
            self.stdout.write(f"{one.where}: {one.what}")
        if not dry_run:
            self.stdout.write(_("%(file)s is written.") % {"file": file})


def _write_whole(plan: Plan, file: Path, national: bool) -> None:
    """Write beside, and only then give it its name."""
    beside = file.with_name(f".{file.name}.partial{file.suffix}")
    try:
        _write(plan, beside, national)
        beside.replace(file)
    except OSError as error:
        message = _("%(file)s is not written: %(reason)s")
        raise CommandError(message % {"file": file, "reason": error}) from error
    finally:
        beside.unlink(missing_ok=True)


def _write(plan: Plan, path: Path, national: bool) -> None:
    told = national_of(plan)
    is_simulated = plan.roadmap.is_simulated
    match national, path.suffix:
        case True, ".xlsx":
            write_workbook(path, national_sheets(told), is_simulated=is_simulated)
        case True, _suffix:
            path.write_text(national_json(told), encoding="utf-8")
        case False, ".csv":
            lines = csv_blocks(
                exports.header(), exports.lines_of(plan), is_simulated=is_simulated
            )
            with path.open("w", encoding="utf-8", newline="") as written:
                written.writelines(lines)
        case False, ".json":
            path.write_text(exports.json_text(plan), encoding="utf-8")
        case False, _suffix:
            path.write_bytes(render(compose(plan.roadmap).document, path.suffix[1:]))
