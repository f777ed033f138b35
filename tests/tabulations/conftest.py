from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.tabulations import figures
from jalons.tabulations.query import Query
from tests.factories import make_campaign, make_response, make_territory
from tests.observatory.example import Example, make_example


@pytest.fixture
def example(db) -> Example:
    return make_example()


@pytest.fixture
def survey(db):
    """Eight answers about four EPCI: who has a sponsor, by profile."""
    places = [make_territory(f"CC {name}") for name in "ABCD"]
    campaign = make_campaign(*places)
    said = ["yes", "yes", "no", "no", "yes", "no", "no", "no"]
    for number, answer in enumerate(said):
        profile = "decision_maker" if number < 4 else "digital_adviser"
        make_response(
            campaign,
            places[number % 4],
            profile=profile,
            P2=answer,
            themes=["inclusion"] if number % 2 else ["inclusion", "security"],
            operators=f"Structure {number}",
        )
    return campaign


def table(campaign, rows, columns, **more):
    return figures.tabulated(campaign, Query(rows, columns, **more))


def url(name, campaign, *more):
    return reverse(f"tabulations:{name}", args=[campaign.pk, *more])


def now():
    return timezone.now()
