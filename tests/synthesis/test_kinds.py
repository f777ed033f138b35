"""A synthesis of degrees, ranks, numbers and days."""

from __future__ import annotations

import pytest

from jalons.documents import render
from jalons.spaces.models import Membership
from jalons.surveys.operations import close_campaign
from jalons.synthesis import operations
from jalons.synthesis.composition import compose, public_restitution
from jalons.synthesis.content import Missing, Table
from jalons.synthesis.documents import document
from jalons.synthesis.pieces import shelves, starting_plan
from jalons.tabulations import operations as tabulations
from jalons.tabulations.query import Query
from tests.observatory.test_degrees import make_survey, one_of_many
from tests.synthesis.conftest import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def synthesis(client):
    campaign = make_survey(client, [one_of_many(at) for at in range(60)])
    officer = Membership.objects.get(space=campaign.space).user
    close_campaign(campaign, by=officer)
    campaign.refresh_from_db()
    shown = public_restitution(campaign)
    found = operations.start_synthesis(
        campaign, title="Synthèse", plan=starting_plan(shown), by=officer
    )
    for name in ("people", "people@3", "order"):
        kept = tabulations.keep_table(
            campaign, Query("ease", name), title=name, by=officer
        )
        add(found, f"kept:{kept.pk}", officer)
    for code in ("grid", "order", "since", "people"):
        add(found, f"table:question-{code}", officer)
    return found


def test_their_tables_are_offered_and_composed_as_they_are_published(synthesis):
    shown = public_restitution(synthesis.campaign)
    offers = {one.piece for shelf in shelves(shown) for one in shelf.offers}
    composed = compose(synthesis)
    pieces = [piece for one in composed.content.chapters for piece in one.pieces]
    captions = [one.caption for one in pieces if isinstance(one, Table)]

    assert {f"table:question-{code}" for code in ("ease", "grid", "order")} <= offers
    assert {"Savez-vous…", "Vos priorités\u202f?", "Depuis quand\u202f?"} <= {
        caption.replace(" ?", "\u202f?") for caption in captions
    }
    assert 0 == composed.exposed_cells
    missing = [one for one in pieces if isinstance(one, Missing)]
    assert 2 == sum("celles des résultats" in one.reason for one in missing)
    assert all(
        render(document(composed.content), kind) for kind in ("pdf", "docx", "pptx")
    )
