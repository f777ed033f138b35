from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest
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
def _database(db):
    """Every test here reads the database, and undoes what it writes."""


@pytest.fixture(scope="module")
def started(module_rows):
    """Sixty answers, and their synthesis: the proposed plan, and a table kept."""
    crowd = _crowd()
    return crowd, _synthesis(crowd)


@pytest.fixture
def crowd(started, synthesis):
    """Sixty answers about fifty EPCI, closed, most of them validated."""
    return replace(started[0], campaign=synthesis.campaign)


@pytest.fixture
def synthesis(started, db):
    """The plan of the synthesis, none of which is shared with another test."""
    return deepcopy(started[1])


def _crowd():
    found = make_crowd(validated=0.9)
    found.campaign.space.memberships.create(user=found.officer, role=Role.OWNER)
    return found


def _synthesis(crowd):
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
