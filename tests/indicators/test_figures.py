from __future__ import annotations

import numpy as np
import pytest

from jalons.indicators.figures import described, known, matrix, parents_of
from jalons.indicators.models import Indicator, Observation, Release, Source
from jalons.territories.models import Membership, Territory

Status = Observation.Status
WORDS = {"fr": "Titre", "en": "Title"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """An EPCI of two communes in a département; the second commune is masked."""
    rows = {
        "24": ("departement", 400_000),
        "200000001": ("epci", 900),
        "24001": ("commune", 700),
        "24002": ("commune", 200),
    }
    for code, (kind, population) in rows.items():
        Territory.objects.create(
            code=code, kind=kind, name=f"Lieu {code}", population=population
        )
    for member, group in (
        ("24001", "200000001"),
        ("24002", "200000001"),
        ("24001", "24"),
        ("24002", "24"),
    ):
        Membership.objects.create(member_id=member, group_id=group, since=2021)


def make_indicator(code: str, unit: str = "percent") -> Indicator:
    source, _ = Source.objects.get_or_create(
        code="s", defaults={"title": "Jeu", "producer": "INSEE", "licence": "LO 2.0"}
    )
    return Indicator.objects.create(
        code=code,
        source=source,
        title=WORDS,
        question=WORDS,
        limits=WORDS,
        unit=unit,
        direction="lower",
        formula="published",
        author="Projet Jalons",
    )


def observe(indicator: Indicator, vintage: str = "2021", **values: object) -> None:
    """`observe(poverty, c24001=12.5, c24002="secret")`."""
    release, _ = Release.objects.get_or_create(
        source_id="s", vintage=vintage, file="f", defaults={"checksum": "0"}
    )
    for key, value in values.items():
        number = None if isinstance(value, str) else value
        Observation.objects.create(
            territory_id=key[1:],
            indicator=indicator,
            release=release,
            value=number,
            base=None if number is None else 100,
            status=value if isinstance(value, str) else Status.PUBLISHED,
        )


def test_a_masked_commune_inherits_from_its_epci_with_a_flag(place):
    poverty = make_indicator("poverty")
    observe(poverty, c24001=12.5, c24002="secret", c200000001=14.0, c24=16.0)

    found = known(["poverty"], Territory.objects.communes())

    observed, masked = found["24001"]["poverty"], found["24002"]["poverty"]
    assert (observed.value, observed.status, observed.n) == (12.5, "published", 100)
    assert (masked.value, masked.status) == (14.0, "inherited")
    assert masked.inherited_from == "200000001"
    assert masked.licence == "LO 2.0"
    assert masked.link == "/donnees/indicateurs/poverty/"


def test_the_departement_serves_when_the_epci_has_nothing(place):
    observe(make_indicator("poverty"), c24002="secret", c200000001="secret", c24=16.0)

    figure = known(["poverty"], ["24002"])["24002"]["poverty"]

    assert (figure.value, figure.inherited_from) == (16.0, "24")


def test_a_secret_without_any_parent_stays_a_secret(place):
    observe(make_indicator("poverty"), c24002="secret")

    figure = known(["poverty"], ["24002"])["24002"]["poverty"]

    assert (figure.value, figure.status) == (None, "secret")


def test_a_number_of_persons_is_never_inherited(place):
    observe(make_indicator("people", "inhabitants"), c24002="secret", c200000001=900)

    figure = known(["people"], ["24002"])["24002"]["people"]

    assert (figure.value, figure.status) == (None, "secret")


def test_a_commune_that_no_file_mentions_is_absent(place):
    observe(make_indicator("poverty"), c24001=12.5, c200000001=14.0)

    assert "24002" not in known(["poverty"], Territory.objects.communes())


def test_the_latest_vintage_is_read(place):
    poverty = make_indicator("poverty")
    observe(poverty, "2020", c24001=11)
    observe(poverty, "2021", c24001=12)

    figure = known(["poverty"], ["24001"])["24001"]["poverty"]

    assert (figure.value, figure.vintage) == (12, "2021")


def test_the_matrix_marks_what_was_inherited_and_leaves_gaps_empty(place):
    observe(make_indicator("poverty"), c24001=12.5, c24002="secret", c200000001=14.0)

    figures = matrix(["poverty", "unloaded"], Territory.objects.communes())

    assert figures.codes == ("24001", "24002")
    assert figures.of("poverty").tolist() == [12.5, 14.0]
    assert figures.imputed_of("poverty").tolist() == [False, True]
    assert np.isnan(figures.of("unloaded")).all()
    assert figures.population.tolist() == [700, 200]


def test_parents_go_from_the_smallest_to_the_largest(place):
    assert parents_of(["24001"]) == {"24001": ("200000001", "24")}


def test_figures_of_many_territories_take_few_queries(
    place, django_assert_max_num_queries
):
    observe(make_indicator("poverty"), c24001=12.5, c24002="secret", c200000001=14.0)

    with django_assert_max_num_queries(3):
        known(["poverty"], Territory.objects.communes())


def test_what_no_file_says_of_a_commune_is_read_from_its_epci_with_a_flag(place):
    poverty, people = make_indicator("poverty"), make_indicator("people", "inhabitants")
    observe(poverty, c200000001=15.0, c24=18.0)
    observe(people, c200000001=900)
    commune = Territory.objects.get(code="24001")

    found = described(["poverty", "people"], commune)

    assert ["poverty"] == list(found)
    assert (15.0, "inherited", "200000001", "epci") == (
        found["poverty"].value,
        found["poverty"].status,
        found["poverty"].inherited_from,
        found["poverty"].inherited_kind,
    )
    # It is only lent: the index and the peers do not read it as the commune's.
    assert known(["poverty"], ["24001"]) == {}


def test_an_epci_borrows_nothing_that_no_file_says(place):
    observe(make_indicator("poverty"), c24=18.0)

    assert described(["poverty"], Territory.objects.get(code="200000001")) == {}
