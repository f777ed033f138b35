from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from jalons.accounts.models import User
from jalons.cli import archives, engines
from jalons.cli.archives import BadArchive
from jalons.cli.operations import Refused, make_backup, restore_backup
from tests.cli.site import own_database
from tests.factories import make_campaign, make_device, make_response, make_user

KEY = "a key of the tests, thirty-two letters or more"
LOGO = b"\x89PNG a logo"


@pytest.fixture(scope="module")
def saved(tmp_path_factory, django_db_setup, django_db_blocker):
    """The backup of a small site, and what each of its tables held."""
    folder = tmp_path_factory.mktemp("saved")
    with django_db_blocker.unblock(), own_database(folder, "saved"):
        write_a_site(folder)
        held = engines.tables()
        with override_settings(MEDIA_ROOT=folder / "files"):
            make_backup(folder / "site.zip", key=KEY)
    return folder / "site.zip", held


def write_a_site(folder: Path) -> None:
    campaign = make_campaign()
    for _each in range(12):
        make_response(campaign)
    make_device()
    (folder / "files/logos").mkdir(parents=True)
    (folder / "files/logos/été 1.png").write_bytes(LOGO)


@pytest.fixture
def empty(tmp_path, settings, django_db_setup, django_db_blocker):
    """A machine where nothing was installed yet."""
    settings.BACKUP_KEY = KEY
    with django_db_blocker.unblock(), own_database(tmp_path, "new", is_empty=True):
        yield


@pytest.fixture
def other(tmp_path, settings, django_db_setup, django_db_blocker):
    """A site that somebody uses."""
    settings.BACKUP_KEY = KEY
    with django_db_blocker.unblock(), own_database(tmp_path, "other"):
        make_user("Dominique", email="dominique@exemple.fr")
        (tmp_path / "files").mkdir()
        (tmp_path / "files/note.txt").write_text("à eux")
        yield


def test_every_table_and_file_comes_back(saved, empty, settings):
    path, held = saved

    done = restore_backup(path, key=KEY)

    assert engines.tables() == held
    assert done.is_done
    assert done.pending == ()
    assert held["surveys_response"].rows == 12
    assert (settings.MEDIA_ROOT / "logos/été 1.png").read_bytes() == LOGO


def test_a_site_put_back_goes_on(saved, empty):
    restore_backup(saved[0], key=KEY)

    before = User.objects.latest("pk").pk

    assert make_user("Après").pk > before


def test_a_site_that_is_not_empty_is_refused_then_replaced(saved, other, settings):
    path, held = saved

    with pytest.raises(Refused, match="1"):
        restore_backup(path, key=KEY)
    assert User.objects.filter(name="Dominique").exists()

    restore_backup(path, key=KEY, over_a_site=True)
    assert engines.tables() == held
    assert not (settings.MEDIA_ROOT / "note.txt").exists()


def test_a_dry_run_checks_all_and_writes_nothing(saved, other):
    before, out = engines.tables(), StringIO()

    call_command("restore", str(saved[0]), "--dry-run", "--json", stdout=out)

    report = json.loads(out.getvalue())
    assert (report["restored"], report["replaces"]["files"]) == (False, 1)
    assert engines.tables() == before


def test_a_table_changed_by_one_letter_has_another_print(other):
    before = engines.tables()
    User.objects.update(name="Dominiqua")

    changed = {name for name, now in engines.tables().items() if now != before[name]}

    assert changed == {"accounts_user"}


def test_another_key_opens_nothing(saved, empty):
    with pytest.raises(BadArchive):
        restore_backup(saved[0], key=KEY[::-1])

    assert engines.tables() == {}


@pytest.mark.parametrize("key", ["", "short"])
def test_no_key_signs_nothing(tmp_path, key):
    with pytest.raises(BadArchive):
        make_backup(tmp_path / "site.zip", key=key)

    assert not (tmp_path / "site.zip").exists()


@pytest.mark.parametrize("name", ["database", "files/logos/été 1.png"])
def test_a_part_changed_since_is_refused(saved, empty, tmp_path, name):
    forged = rewritten(saved[0], tmp_path, {name: b"something else"})

    with pytest.raises(BadArchive):
        restore_backup(forged, key=KEY)

    assert engines.tables() == {}


def test_a_part_added_since_is_refused(saved, empty, tmp_path):
    forged = rewritten(saved[0], tmp_path, {"files/../../secret_key": b"mine"})

    with pytest.raises(BadArchive):
        restore_backup(forged, key=KEY)


def test_a_file_cut_short_is_refused(saved, empty, tmp_path):
    (tmp_path / "half.zip").write_bytes(saved[0].read_bytes()[:5000])

    with pytest.raises(BadArchive):
        restore_backup(tmp_path / "half.zip", key=KEY)


def test_a_backup_of_a_later_version_is_refused(saved, empty, tmp_path):
    with archives.opened(saved[0]) as archive:
        manifest = archives.read_manifest(archive, KEY)
        later = replace(manifest, migrations=("surveys.9999_later",))
        parts = {archives.MANIFEST: later.as_json()}
    signature = archives._signature(later.as_json(), KEY).encode()
    forged = rewritten(saved[0], tmp_path, parts | {archives.SIGNATURE: signature})

    with pytest.raises(Refused, match="9999_later"):
        restore_backup(forged, key=KEY)


def test_the_command_saves_once_and_never_over(other, tmp_path):
    out, file = StringIO(), tmp_path / "site.zip"

    call_command("backup", str(file), "--json", stdout=out)

    assert json.loads(out.getvalue())["files"] == 1
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError):
        call_command("backup", str(file))
    assert [each.name for each in tmp_path.glob(".*")] == []


def rewritten(path: Path, folder: Path, parts: dict[str, bytes]) -> Path:
    """The same archive, with these parts in the place of its own."""
    forged = folder / "forged.zip"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(forged, "w") as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return forged
