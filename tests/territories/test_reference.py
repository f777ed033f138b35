from __future__ import annotations

import csv
import gzip
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from jalons.search.figures import find
from jalons.territories.iris import Iris
from jalons.territories.maps import map_shapes
from jalons.territories.models import Contour, Membership, Territory
from jalons.territories.operations import load_reference, write_iris

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
MAP_BYTES = 60_000

pytestmark = pytest.mark.usefixtures("reference", "db")

needs_shared_data = pytest.mark.skipif(
    not SHARED.exists(), reason="../shared/data is not there to compare with"
)


def shared(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_france_has_its_communes_epci_departements_and_regions():
    territories = Territory.objects

    counts = [
        territories.communes().current().count(),
        territories.epci().current().count(),
        territories.departements().count(),
        territories.regions().count(),
    ]

    assert counts == [34_879, 1_255, 101, 18]


def test_nouvelle_aquitaine_has_154_epci_4293_communes_and_12_departements():
    territories = Territory.objects

    assert territories.epci().within("R75").count() == 154
    assert territories.communes().within("R75").count() == 4_293
    departements = territories.departements().within("R75").order_by("code")
    assert [departement.code for departement in departements] == [
        "16",
        "17",
        "19",
        "23",
        "24",
        "33",
        "40",
        "47",
        "64",
        "79",
        "86",
        "87",
    ]


@pytest.mark.parametrize(
    ("code", "population"),
    # Populations of 2023 printed by INSEE for these régions (December 2025).
    [("R94", 355_486), ("R11", 12_463_067), ("R53", 3_449_370), ("R01", 384_160)],
)
def test_a_region_has_the_population_that_insee_prints(code, population):
    assert population == Territory.objects.get(code=code).population


def test_an_epci_has_the_population_of_its_communes():
    epci = Territory.objects.get(code="200040392")

    communes = Territory.objects.communes().within(epci)

    assert epci.population == sum(commune.population for commune in communes)


def test_a_territory_belongs_to_one_group_of_each_level_at_most():
    pairs = Membership.objects.in_year(2026).values_list("member", "group__kind")

    assert len(pairs) == len(set(pairs))


def test_a_commune_knows_the_territories_that_contain_it():
    groups = Territory.objects.containing("24322")

    assert {"200040392", "24", "R75"} == {group.code for group in groups}


def test_an_epci_across_two_regions_is_counted_in_that_of_most_inhabitants():
    redon, regions = "243500741", Territory.objects.regions()

    assert [group.code for group in regions.containing(redon)] == ["R53"]
    communes = Territory.objects.communes().within(redon)
    assert {"35", "44", "56"} == {commune.code[:2] for commune in communes}


def test_no_membership_is_known_before_the_first_vintage():
    assert not Territory.objects.epci().within("R75", year=2020).exists()


def test_every_contour_is_a_relative_path_of_whole_numbers_inside_its_box():
    contours = Contour.objects.all()

    assert len(contours) == 1_255 + 101 + 18 + 4_293
    for contour in contours:
        assert re.fullmatch(r"(M-?\d+[ -]\d+l|m|[-\d l]|Z)+", contour.path)
        assert contour.path.startswith("M")
        assert contour.path.endswith("Z")
        assert contour.path.count("M") == 1
        box = (contour.min_x, contour.min_y, contour.max_x, contour.max_y)
        assert box == box_of(contour.path), contour


def box_of(path: str) -> tuple[int, int, int, int]:
    """The box of a path, by walking along it."""
    x = y = start_x = start_y = 0
    xs, ys = [], []
    for ring in path[:-1].split("Z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        moves = list(zip(numbers[::2], numbers[1::2], strict=True))
        x, y = start_x, start_y
        for dx, dy in moves:
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
        start_x, start_y = start_x + moves[0][0], start_y + moves[0][1]
    return min(xs), min(ys), max(xs), max(ys)


def test_the_map_of_the_154_epci_is_light():
    frame, shapes = map_shapes(Territory.objects.epci().within("R75"))

    paths = "\n".join(shape.path for shape in shapes)
    assert len(shapes) == 154
    assert len(gzip.compress(paths.encode())) <= MAP_BYTES
    assert (300, 600) < (frame.width / 10, frame.height / 10) < (400, 700)


def test_a_map_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        map_shapes(Territory.objects.epci().within("R75"))


def test_the_shapes_of_a_map_are_in_alphabetical_order():
    _, shapes = map_shapes(Territory.objects.departements().within("R11"))

    assert [shape.name for shape in shapes][:4] == [
        "Essonne",
        "Hauts-de-Seine",
        "Paris",
        "Seine-et-Marne",
    ]
    assert [shape.name for shape in shapes][-4:-1] == [
        "Seine-Saint-Denis",
        "Val-d'Oise",
        "Val-de-Marne",
    ]


def test_overseas_departements_are_set_beside_metropolitan_france():
    alone, (reunion,) = map_shapes(Territory.objects.by_codes(["974"]))
    together, shapes = map_shapes(Territory.objects.departements())

    assert alone.width < 1_000
    assert len(shapes) == 101
    moved = next(shape for shape in shapes if shape.code == "974")
    assert reunion.path.partition("l")[2] == moved.path.partition("l")[2]
    assert together.height > together.width / 2


def test_territories_without_contour_give_an_empty_map():
    frame, shapes = map_shapes(Territory.objects.by_codes(["97501"]))

    assert shapes == []
    assert (frame.width, frame.height) == (1, 1)


def test_loading_again_mends_what_was_changed_by_hand_and_nothing_else(capsys):
    """An IRIS, which the files do not know, stays in what contains its commune."""
    write_iris([Iris("243220101", "Centre-Ville", "24322")], year=2024)
    around = Membership.objects.filter(member="I243220101")
    around.filter(group="200040392").update(group="200070647")
    Territory.objects.filter(code="24322").update(name="Perigord City")
    Membership.objects.filter(member="24322", group="24").delete()
    Membership.objects.create(member_id="24322", group_id="33", since=2021)

    call_command("load_reference", "--dry-run", "--json")

    dry = json.loads(capsys.readouterr().out)
    assert dry["dry_run"] is True
    assert dry["territories"]["updated"] == 1
    assert Territory.objects.get(code="24322").name == "Perigord City"

    report = load_reference()

    assert Territory.objects.get(code="24322").name == "Périgueux"
    assert not Membership.objects.filter(member="24322", group="33").exists()
    assert Territory.objects.get(pk="I243220101").name == "Périgueux, Centre-Ville"
    groups = set(around.values_list("group", flat=True))
    assert groups == {"24322", "200040392", "24", "R75"}
    places, members, drawn = report.territories, report.memberships, report.contours
    assert (places.created, places.updated, places.deleted) == (0, 1, 0)
    assert (members.created, members.updated, members.deleted) == (2, 0, 2)
    assert (drawn.created, drawn.updated, drawn.deleted) == (0, 0, 0)
    assert places.unchanged == 34_879 + 1_255 + 101 + 18 + 106 - 1


@pytest.mark.parametrize("query", ["perigeux", "Perigueux", "périgeux"])
def test_perigueux_and_its_epci_are_found_without_accents_or_with_a_slip(query):
    titles = [hit.title for hit in find(query, limit=2)]

    assert titles == ["Périgueux", "CA Le Grand Périgueux"]


def test_a_commune_is_found_by_its_postcode():
    assert find("33800", limit=1)[0].title == "Bordeaux"


@needs_shared_data
def test_communes_agree_with_the_tidy_copy_of_the_official_code():
    rows = [
        r for r in shared("communes_2026.csv") if not r["code_insee"].startswith("98")
    ]
    ours = dict(Territory.objects.communes().current().values_list("code", "name"))

    assert {row["code_insee"]: row["nom"] for row in rows} == ours


@needs_shared_data
def test_epci_and_their_communes_agree_with_the_tidy_copy():
    rows = shared("epci_2026.csv")
    members = Membership.objects.in_year(2026).filter(
        member__kind=Territory.Kind.COMMUNE, group__kind=Territory.Kind.EPCI
    )
    ours: dict[str, set[str]] = {}
    for member, group in members.values_list("member", "group"):
        ours.setdefault(group, set()).add(member)

    assert {row["siren"]: set(row["communes"].split("|")) for row in rows} == ours


@needs_shared_data
@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("code_departement_principal", Territory.Kind.DEPARTEMENT),
        ("code_region_principale", Territory.Kind.REGION),
    ],
)
def test_epci_lie_where_the_tidy_copy_puts_them(column, kind):
    prefix = "R" if kind == Territory.Kind.REGION else ""
    rows = shared("epci_2026.csv")
    ours = (
        Membership.objects.in_year(2026)
        .filter(member__kind=Territory.Kind.EPCI, group__kind=kind)
        .values_list("member", "group")
    )

    assert {row["siren"]: prefix + row[column] for row in rows} == dict(ours)
