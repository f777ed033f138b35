"""Files in an S3-compatible store: private, read through the site, saved, put back."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from jalons.cli import stores
from jalons.cli.operations import make_backup, restore_backup
from jalons.files import operations as files
from tests.cli.site import own_database
from tests.cli.store import ACCESS, BUCKET, SECRET, client_of, server
from tests.cli.test_backup import KEY

__all__ = ["server"]

pytestmark = pytest.mark.slow


@pytest.fixture
def store(server, settings):
    """An empty bucket, where the site keeps what is given to it."""
    client = client_of(server)
    given = {"bucket_name": BUCKET, "endpoint_url": server, "access_key": ACCESS}
    given |= {"secret_key": SECRET, "region_name": "us-east-1"}
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": settings.S3_OPTIONS | given,
        }
    }
    yield client
    for name in list(stores.names()):
        client.delete_object(Bucket=BUCKET, Key=name)


def give(content: bytes) -> files.StoredFile:
    upload = SimpleUploadedFile("réponses.csv", content)
    return files.receive(upload, kind="survey-import", suffixes=files.TABLES)


def test_a_file_given_is_read_by_the_site_and_by_nobody_else(store, server, db):
    stored = give(b"nom\nAmina\n")

    with stored.file.open("rb") as file:
        assert file.read() == b"nom\nAmina\n"
    for address in (f"{server}/{BUCKET}/{stored.file.name}", f"{server}/{BUCKET}"):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address, timeout=5)


def test_two_files_of_one_name_are_kept_apart(store, db):
    first, second = give(b"une"), give(b"deux")

    assert first.file.name != second.file.name
    assert {first.file.name, second.file.name} == set(stores.names())


def test_what_is_discarded_leaves_the_store(
    store, db, django_capture_on_commit_callbacks
):
    stored = give(b"une")

    with django_capture_on_commit_callbacks(execute=True):
        files.discard(stored)

    assert list(stores.names()) == []


def test_the_store_comes_back_with_the_database(
    store, tmp_path, django_db_setup, django_db_blocker
):
    with django_db_blocker.unblock(), own_database(tmp_path, "stored"):
        stored = give(b"nom\nAmina\n")
        default_storage.save("logos/été 1.png", ContentFile(b"un logo"))
        saved = make_backup(tmp_path / "site.zip", key=KEY)
        before = set(stores.names())
        default_storage.delete(stored.file.name)
        default_storage.delete("logos/été 1.png")
        default_storage.save("logos/été 1.png", ContentFile(b"un autre"))
        default_storage.save("ajouté.txt", ContentFile(b"depuis"))

        restore_backup(tmp_path / "site.zip", key=KEY, over_a_site=True)

        assert saved.file_count == 2
        assert before == set(stores.names())
        with default_storage.open("logos/été 1.png", "rb") as logo:
            assert logo.read() == b"un logo"
        with stored.file.storage.open(stored.file.name, "rb") as file:
            assert file.read() == b"nom\nAmina\n"
