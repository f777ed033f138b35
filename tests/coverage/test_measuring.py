"""Distances to help are figures like others, with their source and their month."""

from __future__ import annotations

import csv
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.analysis.periods import Period
from jalons.analysis.reach import DETOUR
from jalons.indicators.figures import latest
from jalons.indicators.models import Release
from jalons.territories.models import Membership, Territory
from tests.coverage.ground import make_ground, put
from tests.factories import make_territory
from tests.indicators.places import load_definitions

pytestmark = pytest.mark.django_db


@pytest.fixture
def epci(settings, tmp_path):
    epci = make_ground()
    departement = make_territory(kind=Territory.Kind.DEPARTEMENT, code="24")
    for commune in Territory.objects.communes():
        Membership.objects.create(member=commune, group=departement, since=2026)
    load_definitions(settings.REFERENCE_DIR, tmp_path)
    return epci


def measured(capsys, *options) -> dict:
    call_command("measure_distances", *options)
    return json.loads(capsys.readouterr().out)


def test_each_commune_has_its_distance_and_groups_their_mean(epci, capsys):
    put("Au bourg", 10)
    put("Ne reçoit pas", 0, access_modes=["sans_public"])

    assert measured(capsys, "--dry-run")["communes"] == 4
    assert not Release.objects.exists()
    said = measured(capsys)

    assert (said["places"], said["communes"], said["groups"]) == (1, 4, 2)
    found = latest("help_distance", [*Territory.objects.all()])
    # Aval 10 km, Bourg on the spot, Creux 10 km: (1000 × 10 + 500 × 10) / 3500.
    assert found["24001"].value == pytest.approx(10, abs=0.01)
    assert found["24002"].value == 0
    assert found[epci.code].value == pytest.approx(15_000 / 3_500, abs=0.01)
    assert found["24"].value == pytest.approx((15_000 + 4_000 * 20) / 7_500, abs=0.01)
    assert measured(capsys)["state"] == "unchanged"


def test_inhabitants_or_communes_that_changed_are_measured_again(epci, capsys):
    put("Au bourg", 10)
    measured(capsys)

    Territory.objects.filter(code="24001").update(population=3_000)

    assert measured(capsys)["state"] == "loaded"
    # Aval 10 km, Bourg on the spot, Creux 10 km: (3000 × 10 + 500 × 10) / 5500.
    found = latest("help_distance", [epci])
    assert found[epci.code].value == pytest.approx(35_000 / 5_500, abs=0.01)
    assert measured(capsys)["state"] == "unchanged"


def test_invented_places_are_not_measured(epci, capsys):
    place = put("Inventé", 0)
    place.place_list.is_simulated = True
    place.place_list.save()

    with pytest.raises(CommandError, match="Aucune liste de lieux réels"):
        call_command("measure_distances")


def test_a_departement_without_a_place_has_no_distance(epci, capsys):
    put("Au bourg", 10)
    outside = Territory.objects.create(
        code="87001", kind="commune", name="Ailleurs", longitude=1.2, latitude=45.8
    )
    other = make_territory(kind=Territory.Kind.DEPARTEMENT, code="87")
    Membership.objects.create(member=outside, group=other, since=2026)

    measured(capsys)

    assert not {"87001", "87"} & set(latest("help_distance", [outside, other]))


def test_the_page_its_file_and_the_figure_say_one_distance(client, epci, capsys):
    put("Au bourg", 10)
    measured(capsys)

    page = client.get(reverse("coverage:show", args=[epci.code]))
    file = client.get(reverse("coverage:show_csv", args=[epci.code])).getvalue()

    figures = latest("help_distance", Territory.objects.communes())
    # The page tells ways by road, the figure kilometres as the crow flies.
    shown = {
        one.code: one.way(Period.ANY) for one in page.context["shown"].found.communes
    }
    expected = {code: figures[code].value * DETOUR for code in shown}
    assert shown == pytest.approx(expected)
    header, *lines = csv.reader(file.decode("utf-8-sig").splitlines(), delimiter=";")
    (at,) = [n for n, title in enumerate(header) if "quels que soient" in title]
    kept = {row[0]: float(row[at].replace(",", ".")) for row in lines}
    assert kept == {code: round(way, 1) for code, way in expected.items()}
