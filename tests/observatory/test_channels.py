"""Respondents by channel: told with the results, those of a few people together."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.utils import timezone

from jalons.observatory import operations
from jalons.observatory.figures import team_figures
from jalons.surveys.models import Response
from tests.observatory.crowd import make_crowd
from tests.observatory.test_show import public_url, read, team_url, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def answered(module_rows):
    """Sixty answers: forty-nine online, eight on paper, three by telephone."""
    found = make_crowd(validated=0.9)
    pks = list(found.campaign.responses.order_by("pk").values_list("pk", flat=True))
    for channel, some in (("paper", pks[:8]), ("phone", pks[8:11])):
        Response.objects.filter(pk__in=some).update(channel=channel)
    return found


@pytest.fixture
def crowd(answered, db):
    return deepcopy(answered)


def test_the_results_say_how_many_answered_by_each_channel(client, crowd):
    crowd.campaign.space.memberships.create(user=crowd.officer, role="reader")
    client.force_login(crowd.officer)

    html = read(client, team_url(crowd.campaign, "departements"))

    assert "Répondants par mode de recueil" in html
    assert "Formulaire en ligne" in html


def test_a_channel_of_three_people_is_told_with_another_one(crowd):
    channels = team_figures(crowd.campaign).base.channels

    assert channels == ((("web",), 49), (("phone", "paper"), 11))


def test_the_public_reads_the_same_counts_once_published(client, crowd):
    operations.publish(crowd.campaign, public_from=timezone.now(), by=crowd.officer)

    text = text_of(read(client, public_url(crowd.campaign, "public_departements")))

    assert "Par téléphone, Sur papier 11" in text
    assert "Formulaire en ligne 49" in text
