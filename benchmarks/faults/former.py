"""The code of a former version, unfolded from the history of the repository.

`python -m benchmarks.faults.former COMMIT FOLDER` writes what an upgrade is tried with:
the backup of a small site made and filled by that version, for the database of
DATABASE_URL (an empty one). The name of the file says the commit.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.serving import ROOT

RELEASE = "68f54660"
"""The version before this one, from which an installation is upgraded."""
FILLING = """
import django
django.setup()
from django.db import transaction
from tests.factories import make_campaign, make_device, make_response, make_user
with transaction.atomic():
    campaign = make_campaign(slug="ancienne")
    for number in range(12):
        make_response(campaign, P2="yes")
    make_user("Dominique Exemple")
    make_device()
"""


def is_there(commit: str = RELEASE) -> bool:
    """Whether the history holds it: a copy of the last commit alone does not."""
    words = ["git", "cat-file", "-e", f"{commit}^{{commit}}"]
    return subprocess.run(words, cwd=ROOT, capture_output=True).returncode == 0


def unfold(folder: Path, commit: str = RELEASE) -> None:
    archive = subprocess.run(
        ["git", "archive", commit], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)


def main(commit: str, to: Path) -> None:
    """Migrated and filled by the former code, saved by the one of today."""
    from jalons.cli.operations import make_backup  # reads the settings

    with tempfile.TemporaryDirectory() as folder:
        unfold(Path(folder), commit)
        for words in (["manage.py", "migrate", "--verbosity", "0"], ["-c", FILLING]):
            subprocess.run([sys.executable, *words], cwd=folder, check=True)
    made = make_backup(to, key=os.environ["JALONS_BACKUP_KEY"])
    print(f"{to}: {made.row_count} rows, {len(made.migrations)} migrations")


if __name__ == "__main__":
    import django

    django.setup()
    main(sys.argv[1], Path(sys.argv[2]))
