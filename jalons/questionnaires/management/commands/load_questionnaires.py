"""`jalons load-questionnaires`: read the files of questionnaires into versions."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from jalons.questionnaires.definitions import (
    Definition,
    InvalidDefinition,
    Problem,
    checksum_of,
    read_file,
)
from jalons.questionnaires.models import Version
from jalons.questionnaires.operations import load_definition


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `version` is empty while nothing is written."""

    file: str
    code: str
    status: str  # invalid, unchanged, new (dry run) or created
    version: str = ""
    problems: tuple[Problem, ...] = ()


class Command(BaseCommand):
    help = "Read questionnaires from TOML files; a changed file makes a new version."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *args, **options):
        outcomes = load(options["files"] or shipped_files(), options["dry_run"])
        if options["json"]:
            rows = [asdict(outcome) for outcome in outcomes]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            self._print(outcomes)
        if any(outcome.problems for outcome in outcomes):
            raise CommandError(_("Nothing was loaded: mend what is listed above."))

    def _print(self, outcomes):
        for outcome in outcomes:
            name = outcome.version or outcome.code
            self.stdout.write(f"{outcome.file}: {outcome.status} {name}".rstrip())
            for problem in outcome.problems:
                self.stdout.write(f"  {problem}")


def shipped_files() -> list[Path]:
    """The questionnaires that come with Jalons."""
    return sorted((settings.REFERENCE_DIR / "questionnaires").glob("*.toml"))


@transaction.atomic
def load(paths: list[Path], is_dry_run: bool) -> list[Outcome]:
    """Load the files, or none of them when one is invalid."""
    read = [_read(path) for path in paths]
    invalid = [outcome for _definition, outcome in read if outcome.problems]
    outcomes = []
    for definition, outcome in read:
        if definition is None or is_dry_run or invalid:
            outcomes.append(outcome)
        else:
            outcomes.append(_loaded(definition, outcome))
    return outcomes


def _read(path: Path) -> tuple[Definition | None, Outcome]:
    """One file and what loading it would do."""
    try:
        definition = read_file(path)
    except InvalidDefinition as error:
        return None, Outcome(path.name, "", "invalid", problems=error.problems)
    known = Version.objects.filter(
        questionnaire__code=definition.code, checksum=checksum_of(definition)
    ).first()
    status = "unchanged" if known else "new"
    return definition, Outcome(
        path.name, definition.code, status, str(known) if known else ""
    )


def _loaded(definition: Definition, foreseen: Outcome) -> Outcome:
    version = load_definition(definition)
    status = "created" if foreseen.status == "new" else foreseen.status
    return Outcome(foreseen.file, definition.code, status, str(version))
