"""What the notice announces comes true: answers and contacts end on their day."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from jalons.privacy.operations import purge
from jalons.surveys import figures, operations
from jalons.surveys.models import Contact, Response
from tests.factories import make_campaign, make_response, make_space, make_user

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def _noon_after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + DAY, time(12)))


def test_answers_are_erased_after_the_day_announced_and_not_before():
    campaign = make_campaign()
    make_response(campaign, P2="yes")

    purge(_noon_after(campaign.answers_kept_until - DAY), dry_run=False)
    assert Response.objects.exists()
    purge(_noon_after(campaign.answers_kept_until), dry_run=False)

    assert not Response.objects.exists()


def test_frozen_scores_outlive_the_answers_they_come_from():
    campaign = make_campaign()
    make_response(campaign, P2="yes")
    operations.close_campaign(campaign, by=make_user())
    campaign.refresh_from_db()
    before = figures.territory_scores(campaign)

    purge(_noon_after(campaign.answers_kept_until), dry_run=False)

    assert before == figures.territory_scores(campaign)


def test_a_contact_is_erased_a_year_after_consent_at_most():
    campaign = make_campaign()
    response, _secret = operations.open_draft(campaign, key=uuid.uuid4())
    section = campaign.version.read().section("closing")
    given = {"contact": "camille@exemple.fr", "contact_consent": "on"}
    operations.save_section(response, section, given, language="fr")

    purge(timezone.now() + timedelta(days=367), dry_run=False)

    assert not Contact.objects.exists()
    assert Response.objects.exists()


def test_the_team_is_told_that_answers_are_erased(client):
    user = make_user()
    campaign = make_campaign(space=make_space(owner=user))

    with time_machine.travel(_noon_after(campaign.answers_kept_until), tick=False):
        client.force_login(user)
        page = client.get(reverse("surveys:show", args=[campaign.pk]))

    assert "sont effacées" in page.content.decode()
