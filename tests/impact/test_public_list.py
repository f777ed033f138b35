"""The impact pages that are public today: listed, and told by the adopted roadmap."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.adoption.operations import freeze_version
from jalons.impact import operations
from tests.adoption.versions import publishes as opens
from tests.impact.pages import make_page, publishes

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(roadmap, officer):
    roadmap.space.recognised_at = timezone.now()
    roadmap.space.save()
    return make_page(roadmap, by=officer)


def read(client, address: str, language: str = "fr") -> str:
    return client.get(address, headers={"accept-language": language}).content.decode()


def test_only_what_is_open_today_is_listed(client, written, officer):
    address = reverse("impact:public_list")
    assert "Aucune page d’impact" in read(client, address)
    soon = timezone.now() + timedelta(days=2)
    made = operations.publish(written, public_from=soon, by=officer)
    shown = reverse("impact:public", args=[made.slug])
    assert shown not in read(client, address)

    publishes(written, by=officer)
    assert shown in read(client, address)

    made.refresh_from_db()
    operations.withdraw(made, reason="Une erreur", by=officer)
    assert shown not in read(client, address)


def test_a_team_that_is_not_recognised_is_not_listed(client, written, officer):
    written.roadmap.space.recognised_at = None
    written.roadmap.space.save()
    made = publishes(written, by=officer)

    shown = reverse("impact:public", args=[made.slug])
    assert shown not in read(client, reverse("impact:public_list"))
    assert client.get(shown).status_code == 200


def test_the_adopted_page_leads_to_what_it_changed_while_it_is_public(
    client, written, roadmap, officer
):
    adopted = opens(freeze_version(roadmap, "Adoptée", by=officer), by=officer)
    address = reverse("adoption:public", args=[adopted.slug])
    assert "Qu’a changé" not in read(client, address)

    made = publishes(written, by=officer)

    assert reverse("impact:public", args=[made.slug]) in read(client, address)


def test_what_was_frozen_in_french_says_so_on_an_english_page(client, written, officer):
    made = publishes(written, by=officer)

    shown = read(client, reverse("impact:public", args=[made.slug]), "en")

    assert '<html lang="en"' in shown
    assert '<p lang="fr">Un bus est passé.</p>' in shown
