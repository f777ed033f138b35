"""A survey is read once for those who answer together; what is kept is asked again."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from jalons.surveys import known, operations
from jalons.surveys.models import Campaign, Response
from tests.factories import make_campaign, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(settings):
    """A survey that this process has just read, and does not read again."""
    settings.GLIMPSE_SECONDS = 3600
    known._kept.clear()
    made = make_campaign()
    known.survey_at(made.slug)
    yield made
    known._kept.clear()


def start(client, campaign):
    path = reverse("surveys:start", args=[campaign.slug])
    return client.post(path, {"key": uuid.uuid4()})


def keep_who(client, campaign, secret):
    path = reverse("surveys:answer", args=[campaign.slug, secret, "respondent"])
    given = {"territory": campaign.territories.get().pk, "profile": "decision_maker"}
    return client.post(path, given)


def test_a_survey_is_read_once_and_each_request_has_its_own(
    campaign, client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        page = client.get(reverse("surveys:notice", args=[campaign.slug]))

    assert page.status_code == 200
    one, other = known.survey_at(campaign.slug), known.survey_at(campaign.slug)
    one.title = "Autre chose"
    assert one == other
    assert campaign.title == other.title


def test_a_survey_closed_since_it_was_read_takes_nothing_more(campaign, client):
    secret = start(client, campaign).url.split("/")[3]
    assert keep_who(client, campaign, secret).status_code == 302
    Campaign.objects.filter(pk=campaign.pk).update(
        closed_at="2026-01-01T00:00:00Z", closed_by=make_user()
    )
    notice = reverse("surveys:notice", args=[campaign.slug])

    begun = start(client, campaign)
    page = keep_who(client, campaign, secret)
    sent = client.post(reverse("surveys:review", args=[campaign.slug, secret]))

    assert [notice] * 3 == [begun.url, page.url, sent.url]
    assert 1 == Response.objects.drafts().count() == Response.objects.count()


def test_a_link_withdrawn_since_the_survey_was_read_opens_nothing(campaign, client):
    secret = start(client, campaign).url.split("/")[3]
    operations.close_campaign(campaign, by=make_user())

    assert keep_who(client, campaign, secret).status_code == 410


def test_a_survey_deleted_since_it_was_read_takes_nothing_more(campaign, client):
    operations.delete_campaign(campaign, by=make_user())

    begun = start(client, campaign)

    assert begun.url == reverse("surveys:notice", args=[campaign.slug])
    assert not Response.objects.exists()
