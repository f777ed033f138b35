"""`jalons import-xlsform FORM.xlsx --code my-survey --to my-survey.toml`."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from jalons.files.commands import reading
from jalons.questionnaires.writing import toml_of
from jalons.questionnaires.xlsform_reading import NotAForm, read_form


class Command(BaseCommand):
    help = "Write an XLSForm (ODK, KoboToolbox) as a questionnaire file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--code", required=True, help="of the questionnaire")
        parser.add_argument("--author", default="", help="who wrote the form")
        parser.add_argument("--to", type=Path, help="the TOML file to write")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *, file: Path, code: str, **options):
        with reading(file):
            content = file.read_bytes()
        try:
            found = read_form(content, code=code, author=options["author"] or file.stem)
        except NotAForm as error:
            raise CommandError(f"{file.name}: {error}") from error
        target = options["to"] or Path(f"{code}.toml")
        if not options["dry_run"]:
            target.write_text(toml_of(found.definition), encoding="utf-8")
        report = {
            "written": None if options["dry_run"] else target.name,
            "questions": len(found.definition.questions),
            "left_out": [
                {"sheet": o.sheet, "line": o.line, "name": o.name, "why": o.message}
                for o in found.left
            ],
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
