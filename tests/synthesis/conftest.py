from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from jalons.spaces.models import Role
from jalons.synthesis import operations
from jalons.synthesis.composition import public_restitution
from jalons.synthesis.models import Block
from jalons.synthesis.pieces import starting_plan
from jalons.tabulations import operations as tabulations
from jalons.tabulations.query import Query
from tests.observatory.crowd import make_crowd


@pytest.fixture(autouse=True)
def _nothing_cached(db):
    cache.clear()


@pytest.fixture
def crowd(db):
    """Sixty answers about fifty EPCI, closed, most of them validated."""
    found = make_crowd(validated=0.9)
    found.campaign.space.memberships.create(user=found.officer, role=Role.OWNER)
    return found


@pytest.fixture
def synthesis(crowd):
    """The proposed plan without quotes, and a table kept at the desk."""
    campaign, officer = crowd.campaign, crowd.officer
    plan = starting_plan(public_restitution(campaign))
    plan = [one for one in plan if one.pieces != ("quotes",)]
    found = operations.start_synthesis(
        campaign, title="Synthèse d’Exemple", plan=plan, by=officer
    )
    kept = tabulations.keep_table(
        campaign, Query("profile", "P2"), title="Portage par profil", by=officer
    )
    add(found, f"kept:{kept.pk}", officer)
    return found


def add(synthesis, piece, by, **fields):
    block = Block(chapter=synthesis.chapters.last(), piece=piece, **fields)
    operations.add_block(block, by=by)
    return block


def url(name, synthesis, **more):
    campaign = synthesis.campaign
    is_public = name.startswith("public")
    where = {"slug": campaign.slug} if is_public else {"pk": campaign.pk}
    return reverse(f"synthesis:{name}", kwargs={**where, **more})
