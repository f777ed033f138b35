"""The demonstration of slips: they lead to the invented places, and to no other."""

from __future__ import annotations

import pytest

from jalons.demo.helping import SLIPS, invent_slips
from jalons.demo.places import LIST
from jalons.directory.models import PlaceList
from jalons.orientation.models import Slip
from jalons.territories.models import CURRENT_YEAR, Membership
from tests.directory.places import make_commune, make_place
from tests.factories import make_space, make_territory, make_user

pytestmark = pytest.mark.django_db


def test_slips_lead_to_the_invented_places_of_the_territory_alone():
    officer, epci = make_user(), make_territory("CA d’Exemple")
    space = make_space(territory=epci, owner=officer)
    Membership.objects.create(member=make_commune(), group=epci, since=CURRENT_YEAR)
    invented = PlaceList.objects.create(name=LIST, licence="", is_simulated=True)
    make_place()
    places = {make_place(place_list=invented).pk for _turn in range(2)}

    invent_slips(space, officer)

    assert SLIPS == Slip.objects.count()
    assert places == set(Slip.objects.values_list("place", flat=True))
    assert all(one.is_simulated for one in Slip.objects.all())
    assert Slip.objects.filter(state=Slip.State.CAME).exists()
