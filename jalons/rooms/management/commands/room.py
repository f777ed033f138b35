"""`jalons room FILE`: play a workshop on this laptop, on the network of the room.

The workshop lives in a folder and a database of its own. Started again with the same
file, it goes on where it was. When it stops, the file of the results is written there.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import segno
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from jalons.files.commands import reading
from jalons.rooms.access import word_of_host
from jalons.rooms.bundles import (
    CONTRADICTS,
    MOST_BYTES,
    Bundle,
    RefusedBundle,
    check_seal,
    open_bundle,
)
from jalons.rooms.networks import local_address
from jalons.rooms.operations import results_of, set_up_room

PREPARATION = (("migrate",), ("createcachetable",), ("collectstatic", "--no-input"))


class Command(BaseCommand):
    help = "Play a workshop taken out of a site, on the network of a room."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--address", default="", help="address of this laptop")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, file, address, port, dry_run, **options):
        bundle = _read(file)
        if settings.IS_ROOM:
            return self._play(bundle)
        site = f"http://{address or local_address()}:{port}"
        folder = settings.VAR_DIR / "rooms" / str(bundle.outing)
        self._tell(bundle, site, folder, in_json=options["json"], dry_run=dry_run)
        if dry_run:
            return None
        folder.mkdir(parents=True, exist_ok=True)
        _start(file, folder, site, port)
        return None

    def _tell(self, bundle: Bundle, site: str, folder: Path, *, in_json, dry_run):
        assert bundle.about is not None
        if in_json:
            told = {
                "workshop": bundle.about.title,
                "code": bundle.code,
                "address": f"{site}/atelier/{bundle.code}/",
                "folder": str(folder),
                "rows": {name: len(rows) for name, rows in bundle.rows.items()},
                "dry_run": dry_run,
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        if dry_run:
            self.stdout.write(_("Dry run: nothing is written."))
        self.stdout.write(f"{bundle.about.title} · {bundle.code} · {site}")

    def _play(self, bundle: Bundle) -> None:
        """In the folder of the room: set up once, served, then its results written."""
        try:
            outing = set_up_room(bundle)
        except RefusedBundle as refused:
            raise CommandError(refused.reason) from refused
        except (IntegrityError, DataError) as error:
            raise CommandError(CONTRADICTS) from error
        address = f"{settings.SITE_URL}/atelier/{bundle.code}/"
        here = f"http://127.0.0.1:{settings.PORT}/salle-locale/{word_of_host()}/"
        drawing = io.StringIO()
        segno.make(address).terminal(drawing, compact=True)
        self.stdout.write(drawing.getvalue())
        self.stdout.write(_("People join at %(address)s") % {"address": address})
        self.stdout.write(
            _("You facilitate on this laptop, at %(address)s") % {"address": here}
        )
        try:
            call_command("serve", stdout=self.stdout, stderr=self.stderr)
        finally:
            path = settings.VAR_DIR / f"resultats-{bundle.code.lower()}.json"
            path.write_bytes(results_of(outing))
            self.stdout.write(
                _("Results, to be brought back to the site: %(file)s") % {"file": path}
            )


def _read(file: Path) -> Bundle:
    try:
        with reading(file):
            with file.open("rb") as opened:
                data = opened.read(MOST_BYTES + 1)
            bundle = open_bundle(data, "out")
            check_seal(data, bundle.secret)
    except RefusedBundle as refused:
        raise CommandError(f"{file} : {refused.reason}") from refused
    return bundle


def _start(file: Path, folder: Path, site: str, port: int) -> None:
    """This same command in an installation of its own, listening to the room."""
    environment = {
        **os.environ,
        "JALONS_ROOM": "1",
        "JALONS_VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'jalons.sqlite3'}",
        "HOST": "0.0.0.0",
        "PORT": str(port),
        "JALONS_SITE_URL": site,
        "JALONS_ALLOWED_HOSTS": site.removeprefix("http://").rpartition(":")[0],
    }
    environment.pop("JALONS_DEMO", None)
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    for words in PREPARATION:
        quiet = [*manage, *words, "--verbosity", "0"]
        subprocess.run(quiet, env=environment, check=True)
    os.execve(sys.executable, [*manage, "room", str(file.resolve())], environment)
