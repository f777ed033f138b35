"""What an index says of one territory; real figures, and small tables by hand."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalons.indices import figures
from jalons.indices.areas import FRANCE, Area, usual_area
from jalons.indices.figures import origins_of, results_of, standing_of
from jalons.indices.models import IndexDefinition
from jalons.territories.models import Membership, Territory
from tests.factories import make_territory
from tests.indices.conftest import observe

pytestmark = pytest.mark.django_db
PERIGUEUX = "200040392"
IFN = ("no_thd", "no_4g", "share_65_plus", "below_bac", "poverty_rate")


@pytest.fixture
def perigueux(region, shipped) -> Territory:
    return Territory.objects.get(code=PERIGUEUX)


def three_epci() -> list[Territory]:
    """Three EPCI of one région, with as many inhabitants each."""
    region = make_territory("Région", Territory.Kind.REGION, "R99")
    found = []
    for name in ("Amont", "Milieu", "Aval"):
        one = make_territory(name)
        one.population = 1000
        one.save()
        Membership.objects.create(member=one, group=region, since=2026)
        found.append(one)
    return found


def test_the_carried_figures_place_an_epci_in_its_region(perigueux):
    found = standing_of(perigueux)

    assert ("chiffres-embarques", 1) == (found.index, found.version)
    assert ("R75", 154, 154) == (
        found.reference.code,
        found.reference.n,
        found.reference.scored,
    )
    # Weighted percentiles: the region itself stands in the middle of the scale.
    assert found.reference.score == pytest.approx(5.5)
    assert (1, 10) == found.scale
    assert found.rank.low <= found.rank.middle <= found.rank.high
    assert 154 == found.rank.n
    assert 1000 == found.draws
    assert "" == found.reason


def test_the_lines_sum_to_the_distance_between_score_and_reference(perigueux):
    found = standing_of(perigueux)

    points = sum(line.points for line in found.lines) + found.points_of_missing
    assert found.score - found.reference.score == pytest.approx(points)
    assert 1 == pytest.approx(sum(line.weight for line in found.lines))
    assert 1 == pytest.approx(sum(axis.weight for axis in found.axes))


def test_a_line_has_its_value_its_vintage_and_its_source(perigueux):
    line = next(
        o for o in standing_of(perigueux).lines if o.indicator == "poverty_rate"
    )

    assert (13.8, "percent", "2021", 154) == (
        line.value,
        line.unit,
        line.vintage,
        line.n,
    )
    assert "Filosofi" in line.source


def test_an_index_whose_figures_are_not_loaded_has_no_score_and_says_which(perigueux):
    found = standing_of(perigueux, index="ifn-2024")

    assert (None, None, "weight") == (found.score, found.rank, found.reason)
    assert 0.6 == pytest.approx(found.known_share)
    assert [("no_thd", "unloaded"), ("no_4g", "unloaded")] == [
        (line.indicator, line.status) for line in found.missing
    ]


def test_a_level_without_figures_says_so(perigueux):
    commune = make_territory("Commune", Territory.Kind.COMMUNE, "24322")
    Membership.objects.create(member=commune, group_id="R75", since=2026)

    found = standing_of(commune)

    assert (None, "unloaded") == (found.score, found.reason)


def test_what_is_loaded_for_other_territories_only_is_not_called_a_missing_file(
    perigueux,
):
    departement = make_territory("Exemple", Territory.Kind.DEPARTEMENT, "99")

    found = standing_of(departement, index="ifn-2024")

    assert {"poverty_rate": "elsewhere", "no_4g": "unloaded"} == {
        line.indicator: line.status
        for line in found.lines
        if line.indicator in ("poverty_rate", "no_4g")
    }


def test_a_reference_known_in_one_region_only_is_not_called_france(perigueux):
    # Another EPCI, as populated as the region, of which nothing is known.
    elsewhere = make_territory("Ailleurs")
    elsewhere.population = 6_000_000
    elsewhere.save()

    found = standing_of(
        perigueux, index="chiffres-embarques", area=Area("epci", "R75", FRANCE)
    )

    assert (None, None, "reference") == (found.score, found.rank, found.reason)
    assert (154, 155) == (found.reference.scored, found.reference.n)


def test_secret_is_not_missing_and_neither_is_zero(shipped):
    upstream, middle, downstream = three_epci()
    codes = [upstream.code, middle.code, downstream.code]
    for indicator in IFN[:4]:
        observe(indicator, dict(zip(codes, (10, 20, 30), strict=True)))
    observe("poverty_rate", dict(zip(codes, (5, None, 15), strict=True)))

    found = standing_of(middle, index="ifn-2024")

    line = found.lines[-1]
    assert ("poverty_rate", None, "secret", None) == (
        line.indicator,
        line.value,
        line.status,
        line.points,
    )
    # In the middle on the four that are known: the fifth is left out, not zero.
    assert 5.5 == pytest.approx(found.score)
    assert 0.8 == pytest.approx(found.known_share)
    assert 2 == line.n


def test_the_score_by_hand(shipped):
    upstream, middle, downstream = three_epci()
    codes = [upstream.code, middle.code, downstream.code]
    for indicator in IFN:
        observe(indicator, dict(zip(codes, (10, 20, 30), strict=True)))

    # A third of the inhabitants each: half of a third lies below the first.
    expected = [1 + 9 / 6, 5.5, 1 + 9 * 5 / 6]
    for territory, score in zip((upstream, middle, downstream), expected, strict=True):
        assert score == pytest.approx(standing_of(territory, index="ifn-2024").score)


def test_a_newer_release_replaces_the_figures_at_once(shipped):
    upstream, middle, downstream = three_epci()
    codes = [upstream.code, middle.code, downstream.code]
    for indicator in IFN:
        observe(indicator, dict(zip(codes, (10, 20, 30), strict=True)))
    before = standing_of(upstream, index="ifn-2024").score

    for indicator in IFN:
        observe(indicator, dict(zip(codes, (40, 20, 30), strict=True)), vintage="2023")

    after = standing_of(upstream, index="ifn-2024")
    assert before < after.score
    assert {"2023"} == {line.vintage for line in after.lines}


def test_the_second_reading_asks_the_database_little(perigueux):
    standing_of(perigueux)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        standing_of(perigueux)
    figures._at_hand.clear()
    with CaptureQueriesContext(connection) as from_cache:
        standing_of(perigueux)

    assert len(queries) <= 9
    assert len(from_cache) <= 12


def test_without_definitions_nothing_is_said(region):
    assert standing_of(Territory.objects.get(code=PERIGUEUX)) is None


def test_a_commune_and_an_epci_are_read_in_their_region_others_in_france(perigueux):
    departement = Territory.objects.get(code="24")

    assert Area("epci", "R75", "R75") == usual_area(perigueux)
    assert Area("departement", FRANCE, FRANCE) == usual_area(departement)


def test_sources_are_those_of_the_figures_read_and_asked_for_once(perigueux):
    # Of the same source: a year that no figure is read of, two that some are.
    every = [*Territory.objects.filter(kind="epci").values_list("code", flat=True)]
    for vintage, codes in (("2097", every), ("2098", every), ("2099", every[:1])):
        observe("poverty_rate", dict.fromkeys(codes, 10.0), vintage=vintage)
    definition = IndexDefinition.objects.get(code="quatre-axes")
    results = results_of(definition.read().index(), usual_area(perigueux))

    found = origins_of(results)

    assert "Fichier d’essai, Producteur (2098, 2099)" in found
    assert len(found) > 1
    with CaptureQueriesContext(connection) as asked:
        assert found == origins_of(results)
    assert not [one for one in asked if "observation" in one["sql"]]
