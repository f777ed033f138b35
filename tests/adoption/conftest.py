from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from pypdf import PdfReader

from jalons.roadmaps.operations import Budgeted
from tests.actors.people import make_actor
from tests.factories import make_space, make_user
from tests.roadmaps.plans import make_action, make_roadmap, make_stake, make_workstream


@pytest.fixture
def officer(db):
    return make_user("Chargée de mission")


@pytest.fixture
def space(officer):
    return make_space(owner=officer)


@pytest.fixture
def roadmap(space, officer):
    """One with a stake, a workstream and an action; a stake without answer."""
    said = {"lead": "Direction", "others_in_group": "CAF\nHub", "horizon_years": 1}
    made = make_roadmap(space, by=officer, course="Ne laisser personne.", **said)
    made.group.add(make_actor(space, "Centre social", by=officer))
    stake = make_stake(made, by=officer)
    make_stake(made, "Comment former ?", by=officer)
    stream = make_workstream(stake, by=officer, leads=["CCAS"], obstacle=["=1+1"])
    own = (
        Budgeted("Région", Decimal("12500.5")),
        Budgeted("Département", Decimal(4000)),
        Budgeted("CAF", None),
    )
    make_action(stream, "Un bus", *own, by=officer, starts_on=date(2027, 3, 1))
    return made


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def fetch(signed_in, roadmap) -> Callable[..., bytes]:
    """`fetch("adoption:file", "pdf")`: the bytes of a file of the roadmap."""

    def get(name: str, *args: object) -> bytes:
        address = reverse(name, args=[roadmap.pk, *args])
        return b"".join(signed_in.get(address))

    return get


def words_of(pdf: bytes) -> str:
    """The text of a PDF, ordinary spaces between its words."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    text = " ".join(" ".join(one.extract_text() for one in pages).split())
    return text.replace("\xa0", " ").replace("\u202f", " ")
