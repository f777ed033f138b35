from __future__ import annotations

import shutil

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from jalons.territories.loaders import BadReference, read_reference
from jalons.territories.models import Territory
from jalons.territories.operations import load_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A copy of the reference files, to be spoilt."""
    return shutil.copytree(settings.REFERENCE_DIR / "reference", tmp_path / "reference")


def spoil(path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_missing_file_is_named(folder):
    (folder / "regions.csv").unlink()

    with pytest.raises(BadReference, match=r"regions\.csv.*make data"):
        read_reference(folder)


def test_a_missing_column_is_named_with_its_file(folder):
    spoil(folder / "regions.csv", "population", "pop")

    with pytest.raises(BadReference, match=r"regions\.csv.*2.*population"):
        read_reference(folder)


def test_a_number_that_is_none_is_named_with_its_line(folder):
    spoil(folder / "regions.csv", "384160", "beaucoup")

    with pytest.raises(BadReference, match=r"regions\.csv.*2.*beaucoup"):
        read_reference(folder)


def test_nothing_is_loaded_from_files_that_cannot_be_read(folder):
    spoil(folder / "epci.csv", "28561", "")

    with pytest.raises(BadReference):
        load_reference(folder)

    assert not Territory.objects.exists()


def test_the_command_says_what_to_mend(folder, settings):
    settings.REFERENCE_DIR = folder.parent
    (folder / "contours.csv.gz").unlink()

    with pytest.raises(CommandError, match=r"contours\.csv\.gz"):
        call_command("load_reference")
