"""A centre sees of a roadmap what its team lets it see, and nothing else."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from jalons.actors.leading import save_post
from jalons.actors.models import Post
from jalons.network import operations
from jalons.network.cockpit import cockpit_of
from jalons.network.models import SharedProgress
from jalons.territories.models import Membership
from tests.actors.people import make_actor
from tests.factories import make_space, make_territory, make_user
from tests.roadmaps.plans import make_roadmap

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(centre):
    return make_space(territory=centre.places[1], owner=make_user("Léa"))


@pytest.fixture
def lead(team):
    return team.memberships.get().user


def shared_with(centre) -> dict[str, list[str]]:
    return {
        row.name: [one.roadmap.title for one in row.progress]
        for row in cockpit_of(centre.space).rows
        if row.progress
    }


def test_nothing_is_seen_until_the_team_says_so_nor_after(client, centre, team, lead):
    roadmap = make_roadmap(team, by=lead, title="Cap commun")
    client.force_login(lead)
    assert {} == shared_with(centre)

    client.post(reverse("network:share", args=[roadmap.pk]))
    client.post(reverse("network:share", args=[roadmap.pk]))

    assert {"CC du Lieu 01": ["Cap commun"]} == shared_with(centre)
    (row,) = SharedProgress.objects.all()
    assert 1 == row.step
    page = client.get(reverse("network:sharing", args=[roadmap.pk]))
    assert "Étape 1 sur 7" in page.content.decode()

    client.post(reverse("network:withdraw", args=[roadmap.pk]))

    assert {} == shared_with(centre)
    assert not SharedProgress.objects.exists()


def test_a_centre_that_is_not_recognised_sees_no_roadmap(centre, team, lead):
    operations.share_progress(make_roadmap(team, by=lead), by=lead)
    assert shared_with(centre)

    centre.space.recognised_at = None
    centre.space.save()

    assert {} == shared_with(centre)


def test_a_roadmap_is_under_each_epci_that_it_covers(centre, team, lead):
    roadmap = make_roadmap(team, by=lead)
    commune = make_territory("Saint-Exemple", "commune")
    Membership.objects.create(member=commune, group=centre.places[3], since=2020)
    roadmap.perimeter.set([centre.places[2], commune])

    operations.share_progress(roadmap, by=lead)

    assert ["CC du Lieu 02", "CC du Lieu 03"] == list(shared_with(centre))


def test_the_posts_that_end_within_six_months_are_counted(centre, team, lead):
    roadmap = make_roadmap(team, by=lead)
    actor = make_actor(team, by=lead)
    today = timezone.localdate()
    for days in (30, 100, 400):
        post = Post(
            space=team,
            actor=actor,
            title="Conseiller",
            share=Decimal("1"),
            funding_ends_on=today + timedelta(days=days),
        )
        save_post(post, by=lead)

    row = operations.share_progress(roadmap, by=lead)

    assert (2, today + timedelta(days=30)) == (row.posts_ending, row.first_end)
    assert 2 == cockpit_of(centre.space).rows[0].posts_ending


def test_what_is_read_again_is_what_is_now(centre, team, lead):
    roadmap = make_roadmap(team, by=lead)
    row = operations.share_progress(roadmap, by=lead)
    before = row.points_left
    roadmap.sponsor, roadmap.lead = "Vice-présidence", "Chargée de projet"
    roadmap.save()

    call_command("read_progress", "--dry-run")
    assert before == SharedProgress.objects.get().points_left
    told = io.StringIO()
    call_command("read_progress", "--json", stdout=told)

    again = SharedProgress.objects.get()
    assert again.points_left < before
    assert again.read_at > row.read_at
    assert {"dry_run": False, "roadmaps": 1} == json.loads(told.getvalue())
