"""Slips that lead to the invented places, and what became of people referred."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from django.utils import timezone

from jalons.accounts.models import User
from jalons.demo.places import LIST
from jalons.demo.simulation import SEED
from jalons.directory.models import Place
from jalons.orientation import operations as orientation
from jalons.orientation.models import Slip
from jalons.orientation.operations import Prepared
from jalons.spaces.models import Space
from jalons.territories.models import Territory

SLIPS, DAYS, PLACES = 90, 300, 3
# What places answer, in the order of the shares below.
STATES = (Slip.State.CAME, Slip.State.MISSED, Slip.State.RECEIVED, None)
SHARES = (0.5, 0.15, 0.1, 0.25)


def invent_slips(space: Space, officer: User) -> None:
    """Most people go to the first place, so that some counts may be passed on."""
    members = Territory.objects.communes().within(space.territory)
    here = Place.objects.open_to_all().filter(
        commune__in=members.values("code"), place_list__name=LIST
    )
    places = list(here.order_by("pk")[:PLACES])
    draw, today = np.random.default_rng(SEED), timezone.localdate()
    for _turn in range(SLIPS):
        place = places[min(int(draw.exponential(0.8)), len(places) - 1)]
        day = today - timedelta(days=int(draw.integers(1, DAYS)))
        prepared = Prepared(need="demarches", ask_for="reception", items=["identity"])
        slip = orientation.make_slip(space, place, prepared, by=officer, on=day)
        state = STATES[int(draw.choice(len(STATES), p=SHARES))]
        if state:
            orientation.follow_slip(slip, state=state, on=day + timedelta(days=1))
