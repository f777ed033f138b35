from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from jalons.files.models import StoredFile
from jalons.files.operations import TABLES, RefusedUpload, discard, kept_table, receive
from jalons.files.tables import UnreadableFile
from jalons.privacy.operations import purge

pytestmark = pytest.mark.django_db


class HugeUpload(SimpleUploadedFile):
    """Two hundred megabytes that nobody may read."""

    def __init__(self, name: str) -> None:
        super().__init__(name, b"")
        self.size = 200_000_000

    def read(self, *size):
        raise AssertionError("a refused file was read")

    chunks = read


def make_upload(name: str = "réponses.csv", content: bytes = b"a;b\n1;2\n"):
    return SimpleUploadedFile(name, content)


def kept_files(settings) -> list[str]:
    return [path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_file_is_kept_as_received_with_its_checksum():
    stored = receive(make_upload(), kind="trial")

    with stored.file.open("rb") as file:
        content = file.read()
    assert content == b"a;b\n1;2\n"
    assert stored.checksum == hashlib.sha256(content).hexdigest()
    assert (stored.name, stored.size) == ("réponses.csv", 8)
    assert stored.content_type == "text/csv"


def test_a_table_kept_is_read_again_until_its_file_is_gone():
    stored = receive(make_upload(), kind="trial")
    with kept_table(stored) as table:
        assert [(2, {"a": "1", "b": "2"})] == list(table.rows)

    stored.file.delete(save=False)
    stored.file.name = "trial/gone.csv"

    with pytest.raises(UnreadableFile, match="plus conservé"), kept_table(stored):
        pass


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "a\\..\\b.csv", "x" * 400])
def test_the_name_given_decides_of_no_path(name, settings):
    stored = receive(make_upload(name), kind="trial")

    assert stored.file.name.startswith("trial/")
    assert ".." not in stored.file.name
    assert len(kept_files(settings)) == 1


def test_a_file_too_large_is_refused_unread():
    with pytest.raises(RefusedUpload, match="190"):
        receive(HugeUpload("réponses.csv"), kind="trial")

    assert StoredFile.objects.count() == 0


def test_a_limit_of_its_own_may_be_lower():
    with pytest.raises(RefusedUpload):
        receive(make_upload(), kind="trial", max_bytes=7)

    assert receive(make_upload(), kind="trial", max_bytes=8)


@pytest.mark.parametrize("name", ["réponses.exe", "réponses", "csv"])
def test_another_kind_of_file_is_refused_with_those_accepted(name):
    with pytest.raises(RefusedUpload, match=r"\.csv, \.xlsx, \.ods"):
        receive(make_upload(name), kind="trial", suffixes=TABLES)


def test_the_suffix_may_be_in_capitals():
    assert receive(make_upload("REPONSES.CSV"), kind="trial", suffixes=TABLES)


def test_an_empty_file_is_refused():
    with pytest.raises(RefusedUpload):
        receive(make_upload(content=b""), kind="trial")


def test_a_row_refused_by_the_database_leaves_no_file(settings):
    with pytest.raises(DatabaseError), transaction.atomic():
        receive(make_upload(), kind=None)

    assert kept_files(settings) == []


def test_a_file_discarded_is_gone_from_the_store(
    settings, django_capture_on_commit_callbacks
):
    stored = receive(make_upload(), kind="trial")

    with django_capture_on_commit_callbacks(execute=True):
        discard(stored)

    assert kept_files(settings) == []
    assert StoredFile.objects.count() == 0


def test_a_file_past_its_day_is_purged_with_its_content(
    settings, django_capture_on_commit_callbacks
):
    receive(make_upload(), kind="trial", kept_days=90)
    lasting = receive(make_upload(), kind="trial")

    with django_capture_on_commit_callbacks(execute=True):
        purge(timezone.now() + timedelta(days=91), dry_run=False)

    assert list(StoredFile.objects.all()) == [lasting]
    assert len(kept_files(settings)) == 1
