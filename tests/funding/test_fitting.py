"""Which schemes fit an action, and why: by territory, theme, date and rate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jalons.funding.fitting import fits_of, ground_of
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.operations import Budgeted
from tests.directory.places import make_commune
from tests.funding.money import make_scheme
from tests.roadmaps.plans import make_action, make_stake, make_workstream

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def action(roadmap, officer):
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    stream.tags = "Jeunesse, mobilité"
    stream.save()
    budget = [Budgeted("Région", Decimal(15000)), Budgeted("CAF", Decimal(5000))]
    return make_action(stream, "Un atelier au collège", *budget, by=officer)


def fits(roadmap, action):
    shown = plan_of(roadmap).action(action)
    found = fits_of(shown, ground_of(roadmap), on=TODAY)
    return {
        one.scheme.title: (list(one.reasons), list(one.reservations)) for one in found
    }


def test_each_scheme_says_why_it_fits_and_what_stands_in_the_way(
    roadmap, space, action, officer
):
    elsewhere = make_commune("99999", "Ailleurs")
    make_scheme(
        *(space, "Jeunes"),
        by=officer,
        territories=[space.territory],
        themes="jeunesse",
        rate=80,
        ceiling=Decimal(10000),
        closes_on=date(2026, 6, 1),
    )
    make_scheme(space, "Collèges", by=officer, themes="collège", rate=50)
    make_scheme(
        space, "Plus tard", by=officer, themes="santé", opens_on=date(2026, 7, 1)
    )
    make_scheme(space, "Close", by=officer, closes_on=date(2026, 5, 31))
    make_scheme(space, "Ailleurs", by=officer, territories=[elsewhere])

    found = fits(roadmap, action)

    assert ["Jeunes", "Collèges", "Plus tard"] == list(found)
    name = space.territory.name
    # 80 % of 20,000 is 16,000, above the ceiling; 50 % is 10,000, without one.
    assert found["Jeunes"] == (
        [
            f"Territoire\u00a0: {name}",
            "Thème\u00a0: jeunesse",
            "Ouverte jusqu’au 1er juin 2026",
            "Jusqu’à 10\u00a0000\u00a0€ (80\u202f% au plus de 20\u00a0000\u00a0€)",
        ],
        [],
    )
    assert "Thème\u00a0: collège" in found["Collèges"][0]
    assert found["Plus tard"][1] == [
        "Ses thèmes ne sont pas parmi les vôtres\u00a0: santé",
        "Elle ouvre le 1er juillet 2026",
    ]


def test_a_share_of_a_cost_that_is_not_written_is_not_worked_out(
    roadmap, space, officer
):
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    budget = [Budgeted("Région", None), Budgeted("CAF", Decimal(5000))]
    action = make_action(stream, "Un bus", *budget, by=officer)
    make_scheme(space, "Part", by=officer, rate=80)

    assert fits(roadmap, action)["Part"][1] == [
        "Jusqu’à 80\u202f% d’un coût qui n’est pas encore écrit"
    ]
