"""Import on a page: given, reported, confirmed or forgotten."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jalons.files.models import StoredFile
from jalons.imports.models import PendingImport
from jalons.surveys.models import Response
from tests.factories import make_campaign, make_space, make_user
from tests.imports.limesurvey import AS_CODES, csv_file

pytestmark = pytest.mark.django_db

EXAMPLE = settings.REFERENCE_DIR / "mappings/limesurvey-maturite.toml"


@pytest.fixture
def campaign(client):
    user = make_user()
    client.force_login(user)
    return make_campaign(space=make_space(editor=user))


def _row(campaign, number: int, **cells):
    place = {"EPCI": campaign.territories.first().pk}
    return {**AS_CODES, **place, "id": str(number), **cells}


def _give(client, campaign, *rows, content=None, mapping=None, name="export.csv"):
    return client.post(
        reverse("imports:create", args=[campaign.pk]),
        {
            "file": SimpleUploadedFile(name, content or csv_file(*rows)),
            "mapping": SimpleUploadedFile(
                "correspondance.toml", mapping or EXAMPLE.read_bytes()
            ),
        },
    )


def test_a_file_is_reported_before_anything_is_recorded(client, campaign):
    rows = [_row(campaign, 1), _row(campaign, 2, EPCI="999999999")]

    given = _give(client, campaign, *rows)
    page = client.get(given.url)

    assert 1 == page.context["preview"].created
    assert "999999999" in page.content.decode()
    assert not Response.objects.exists()


def test_a_confirmed_file_is_recorded_and_forgotten(client, campaign):
    given = _give(client, campaign, _row(campaign, 1), _row(campaign, 2))

    client.post(given.url)

    assert 2 == campaign.responses.submitted().count()
    assert not PendingImport.objects.exists()
    assert not StoredFile.objects.exists()


def test_confirming_twice_records_once(client, campaign):
    given = _give(client, campaign, _row(campaign, 1))

    client.post(given.url)
    second = client.post(given.url)

    assert 404 == second.status_code
    assert 1 == Response.objects.count()


def test_a_file_can_be_forgotten(client, campaign):
    given = _give(client, campaign, _row(campaign, 1))
    pending = PendingImport.objects.get()

    client.post(reverse("imports:forget", args=[campaign.pk, pending.pk]))

    assert 404 == client.get(given.url).status_code
    assert not Response.objects.exists()
    assert not StoredFile.objects.exists()


def test_refused_rows_are_given_back_as_a_file(client, campaign):
    _give(client, campaign, _row(campaign, 7, P2="peut-être"))
    pending = PendingImport.objects.get()

    answer = client.get(reverse("imports:quarantine", args=[campaign.pk, pending.pk]))

    content = b"".join(answer.streaming_content).decode()
    assert "peut-être" in content


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"mapping": b'title = "sans fin'}, "mapping"),
        ({"content": b"id,EPCI\n1,2\n"}, "file"),
        ({"content": b"PK\x03\x04 tronque", "name": "a.xlsx"}, "file"),
        ({"name": "photo.jpg"}, "file"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_its_field(
    client, campaign, changes, field
):
    page = _give(client, campaign, _row(campaign, 1), **changes)

    assert 200 == page.status_code
    assert f'id="id_{field}_error"' in page.content.decode()
    assert not StoredFile.objects.exists()


def test_a_file_too_heavy_is_refused_before_it_is_read(client, campaign, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    heavy = csv_file(*(_row(campaign, number) for number in range(20)))

    page = _give(client, campaign, content=heavy)

    assert 200 == page.status_code
    assert 'id="id_file_error"' in page.content.decode()


def test_the_file_of_one_survey_is_not_confirmed_in_another(client, campaign):
    _give(client, campaign, _row(campaign, 1))
    pending = PendingImport.objects.get()
    other = make_campaign(space=campaign.space)

    answer = client.post(reverse("imports:confirm", args=[other.pk, pending.pk]))

    assert 404 == answer.status_code
    assert not Response.objects.exists()
