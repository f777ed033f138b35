"""The demonstration of the library: invented, said so, and found as the rest."""

from __future__ import annotations

import pytest

from jalons.demo.library import TOWN, invent_initiatives
from jalons.library.finding import answers_to
from jalons.resources.models import Proposal
from jalons.spaces.models import Space
from jalons.territories.models import CURRENT_YEAR, Membership
from tests.directory.places import make_commune
from tests.factories import make_space, make_territory, make_user

pytestmark = pytest.mark.django_db


def test_one_invented_initiative_is_found_and_one_waits():
    officer, region = make_user(), make_territory("R", "region", "R99")
    town = make_commune(TOWN, "Périgueux")
    Membership.objects.create(member=town, group=region, since=CURRENT_YEAR)
    centre = make_space(territory=region, owner=officer)
    centre.kind = Space.Kind.RESOURCE_CENTRE
    centre.save()

    accepted, waiting = invent_initiatives(centre, officer)

    (found,) = answers_to("bus marché")
    assert found.sheet == accepted.sheet
    assert found.sheet.is_simulated
    assert (waiting.state, waiting.space) == (Proposal.State.WAITING, centre)
