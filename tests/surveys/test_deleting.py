"""A survey is created once, and deleted while nobody has answered it."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalons.audit.models import Entry
from jalons.surveys import operations
from jalons.surveys.deleting import held_by
from jalons.surveys.forms import free_slug
from jalons.surveys.models import Campaign, Response
from jalons.territories.models import Territory
from tests.factories import (
    make_campaign,
    make_response,
    make_space,
    make_territory,
    make_user,
)
from tests.surveys.test_pages import _given

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    user = make_user()
    client.force_login(user)
    return user


def _url(campaign, name="delete"):
    return reverse(f"surveys:{name}", args=[campaign.pk])


def test_going_back_and_sending_the_form_again_makes_no_second_survey(client, owner):
    url = reverse("surveys:create", args=[make_space(owner=owner).pk])
    page = client.get(url)
    key = str(page.context["form"]["key"].value())

    first = client.post(url, _given(key=key))
    again = client.post(url, _given(key=key, title="Corrigé"), follow=True)

    made = Campaign.objects.get()
    assert first.url == again.redirect_chain[0][0] == _url(made, "show")
    assert "rien n’a été créé en double" in again.content.decode()
    assert key in page.content.decode()
    assert key != str(client.get(url).context["form"]["key"].value())


def test_a_survey_without_answer_is_deleted_with_all_that_hangs_on_it(client, owner):
    campaign = make_campaign(space=make_space(owner=owner), title="Essai")
    campaign.reconciliations.create(
        method="maximum", reason="Essai", decided_at=campaign.created_at
    )

    page = client.get(_url(campaign)).content.decode()
    assert "1 choix de rapprochement" in page
    assert Campaign.objects.exists()
    told = client.post(_url(campaign), follow=True).content.decode()

    assert "L’enquête « Essai » est supprimée" in told.replace("\xa0", " ")
    assert not Campaign.objects.exists()
    assert {"title": "Essai"} == Entry.objects.get(verb="campaign.deleted").details


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_survey_that_somebody_answered_is_not_deleted_and_says_why(
    client, owner, is_sent
):
    campaign = make_campaign(space=make_space(owner=owner))
    make_response(campaign)
    if not is_sent:
        Response.objects.update(submitted_at=None)

    page = client.get(_url(campaign)).content.decode()
    refused = client.post(_url(campaign), follow=True).content.decode()

    assert "Pourquoi cette enquête ne peut-elle pas être supprimée" in page
    name = "réponse à une enquête" if is_sent else "réponse commencée, jamais envoyée"
    assert f"1 {name}" in page
    assert "Clôturez-la" in page
    assert "<form" not in page.split("<main")[1]
    assert "Rien n’est supprimé" in refused
    assert Campaign.objects.exists()


def test_what_hangs_on_a_survey_is_counted_where_it_is_and_never_read():
    campaign = make_campaign()
    given = make_response(campaign)
    with CaptureQueriesContext(connection) as before:
        assert [1] == [one.count for one in held_by(campaign)]

    Response.objects.bulk_create(
        Response(
            campaign=campaign,
            key=uuid.uuid4(),
            territory=given.territory,
            answers=given.answers,
            started_at=given.started_at,
            updated_at=given.updated_at,
            submitted_at=given.submitted_at,
        )
        for _one in range(300)
    )
    with CaptureQueriesContext(connection) as queries:
        assert [301] == [one.count for one in held_by(campaign)]

    assert len(before) == len(queries)
    assert [] == [
        query["sql"]
        for query in queries
        if not query["sql"].startswith("SELECT COUNT(")
    ]


def test_what_hangs_on_a_survey_by_two_threads_is_counted_once(owner):
    campaign = make_campaign()
    interview = campaign.interviews.create(
        function="Directrice",
        departement=make_territory(kind=Territory.Kind.DEPARTEMENT, code="23"),
        held_on=campaign.opens_on,
        mode="video",
        interviewer=owner,
    )
    words = {"text": "Personne ne vient.", "role": "adviser"}
    campaign.quotes.create(interview=interview, origin="interview", **words)
    campaign.quotes.create(origin="field", **words)

    found = {one.name: one.count for one in held_by(campaign)}

    assert {"entretien": 1, "propos": 2} == found


def test_a_survey_that_was_only_opened_is_deleted(client, owner):
    campaign = make_campaign(space=make_space(owner=owner))
    operations.open_draft(campaign, key=uuid.uuid4())

    page = client.get(_url(campaign)).content.decode()
    client.post(_url(campaign))

    assert "1 questionnaire ouvert, laissé vide" in page
    assert not Campaign.objects.exists()
    assert not Response.objects.exists()


@pytest.mark.parametrize("is_closed", [True, False])
def test_the_link_of_a_form_only_opened_says_that_the_survey_is_deleted(
    client, owner, is_closed
):
    campaign = make_campaign(space=make_space(owner=owner))
    _draft, secret = operations.open_draft(campaign, key=uuid.uuid4())
    if is_closed:
        operations.close_campaign(campaign, by=owner)
    operations.delete_campaign(campaign, by=owner)

    page = client.get(reverse("surveys:resume", args=[campaign.slug, secret]))

    assert page.status_code == 410
    assert "a été supprimée" in page.content.decode()
    assert "demandez un nouveau lien" not in page.content.decode()


def test_the_address_of_a_deleted_survey_says_so_and_is_never_given_again(
    client, owner
):
    campaign = make_campaign(space=make_space(owner=owner), title="Essai", slug="essai")
    public = reverse("surveys:notice", args=["essai"])
    assert client.get(public).status_code == 200
    operations.delete_campaign(campaign, by=owner)

    page = client.get(public)
    begun = client.post(reverse("surveys:start", args=["essai"]))

    assert (410, 410) == (page.status_code, begun.status_code)
    assert campaign.sponsor in page.content.decode()
    assert "a été supprimée" in page.content.decode()
    assert client.get(reverse("surveys:notice", args=["autre"])).status_code == 404
    assert "essai-2" == free_slug("Essai")


def test_a_sheet_being_keyed_is_given_by_someone_too(client, owner):
    campaign = make_campaign(space=make_space(owner=owner))
    campaign.sheets.create(channel="paper", number=1, collected_on=campaign.opens_on)

    client.post(_url(campaign))

    assert "1 feuille saisie" in client.get(_url(campaign)).content.decode()
    assert Campaign.objects.exists()


def test_the_wave_before_another_is_not_deleted(client, owner):
    campaign = make_campaign(space=make_space(owner=owner))
    wave = make_campaign(space=campaign.space, follows=campaign)

    assert "vague suivante" in client.get(_url(campaign)).content.decode()
    with pytest.raises(operations.HasNextWave):
        operations.delete_campaign(campaign, by=owner)

    operations.delete_campaign(wave, by=owner)
    operations.delete_campaign(campaign, by=owner)
    assert not Campaign.objects.exists()
