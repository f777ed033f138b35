"""What a file says twice, or says to be simulated, or says again once mended."""

from __future__ import annotations

import pytest

from jalons.imports.models import ImportBatch
from tests.factories import make_campaign, make_space, make_territory, make_user
from tests.imports.foreign import FRAMAFORMS_KEYS, SPHINX
from tests.imports.giving import choose, confirm_values, give, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(client):
    user = make_user()
    client.force_login(user)
    return make_campaign(
        make_territory("CC des Exemples"), space=make_space(editor=user)
    )


def test_headings_by_keys_need_no_language(client, campaign):
    page = choose(client, give(client, campaign, FRAMAFORMS_KEYS))

    confirm_values(client, page)

    assert 1 == ImportBatch.objects.get().report["created"]


def test_refused_rows_mended_are_read_as_the_first_time(client, campaign):
    """The columns are not asked again; it is said, and may be changed."""
    bad = SPHINX.replace(";0,8", ";lourd")
    page = choose(client, give(client, campaign, bad), PROFIL="profile")
    confirm_values(client, page, Web="web")
    client.post(url_of("confirm"))
    refused = b"".join(client.get(url_of("quarantine")).streaming_content)

    again = give(client, campaign, refused.replace(b"lourd", b"0,8"))

    said, batch = again.content.decode(), ImportBatch.objects.latest("pk")
    assert (1, 0) == (batch.report["created"], batch.report["refused"])
    assert "lues avec la correspondance de «\u00a0export.csv\u00a0»" in said
    assert url_of("columns") in said
    form = client.get(url_of("columns")).context["form"]
    assert all(form[f"c{n}"].value() for n, _p in enumerate(form.proposals))


def test_simulated_answers_are_refused_whatever_the_mapping(client, campaign):
    marked = (
        SPHINX.replace("P2;Poids", "P2;Poids;mention")
        .replace(";1,2", ";1,2;SIMULÉ")
        .replace(";0,8", ";0,8;")
    )
    page = choose(client, give(client, campaign, marked), PROFIL="profile")

    said = confirm_values(client, page, Web="web").content.decode()

    batch = ImportBatch.objects.get()
    assert (1, 1) == (batch.report["created"], batch.report["refused"])
    assert "la réponse est simulée" in said


def test_a_column_and_its_boxes_are_read_once(client, campaign):
    """KoboToolbox writes both: the codes of all of them, then each box."""
    content = (
        "_id,_uuid,_submission_time,_status,epci,profile,P3,P3/delegate,P3/voted\n"
        "1,a,2026-03-05T09:12:13,,{epci},decision_maker,delegate voted,1,1\n"
        "2,b,2026-03-06T09:12:13,,{epci},decision_maker,voted,0,1\n"
    )
    words = content.replace("delegate voted", "Une délégation Votée")

    codes = give(client, campaign, content).context["form"].sure()
    labels = give(client, campaign, words).context["form"].proposals

    assert ["P3", "-", "-"] == [codes[f"c{n}"] for n in (6, 7, 8)]
    assert ["-", "P3", "P3"] == [one.guess.code for one in labels[6:]]
