from __future__ import annotations

import gzip
import re

import pytest

from jalons.drawing.maps import Category
from jalons.drawing.skins import PRINT
from jalons.drawing.svg import Plate
from jalons.territories.maps import Shade, communes_within, map_shapes, shaded
from jalons.territories.models import Edition, Territory

# Bytes compressed, for a page whose subject is the map.
MAP_BYTES = 300_000
CATEGORIES = [
    *(Category(f"c{i}", f"Classe {i}", f"c{i}") for i in range(4)),
    Category("secret", "Secret statistique", "hatched"),
]
SECRET = Shade("secret", "secret statistique")
PLATE = Plate("map", "Pauvreté par commune", "Les communes du territoire.")

pytestmark = pytest.mark.usefixtures("reference", "db")


def region() -> Territory:
    return Territory.objects.get(code="R75")


def shades_of(territory: Territory) -> dict[str, Shade]:
    codes = Territory.objects.communes().within(territory).values_list("code")
    return {
        code: Shade(f"c{number % 4}", f"{number % 97},{number % 10} % (2021)")
        for number, (code,) in enumerate(codes)
    }


def test_the_regional_map_draws_each_of_the_4293_communes_and_stays_light():
    svg = communes_within(region(), shades_of(region()), SECRET, CATEGORIES, PLATE)

    assert svg is not None
    assert svg.count("data-label=") == 4_293
    assert len(gzip.compress(svg.encode(), 6)) <= MAP_BYTES


def test_a_commune_without_a_value_says_why_and_is_drawn_as_such():
    epci = Territory.objects.get(code="200040392")
    shades = shades_of(epci)
    del shades["24322"]

    svg = communes_within(epci, shades, SECRET, CATEGORIES, PLATE)

    path = next(p for p in re.findall(r"<path[^>]*>", svg) if "Périgueux\xa0:" in p)
    assert 'fill="url(#map-hatched)"' in path
    assert "Périgueux\xa0: secret statistique" in path


def test_the_keyboard_walks_the_communes_in_alphabetical_order():
    epci = Territory.objects.get(code="200040392")

    svg = communes_within(epci, {}, SECRET, CATEGORIES, PLATE)

    names = re.findall(r'data-label="([^"]*)\xa0:', svg)
    assert len(names) == Territory.objects.communes().within(epci).count()
    assert names[:2] == ["Agonac", "Annesse-et-Beaulieu"]


def test_recolouring_reads_nothing_again(django_assert_num_queries):
    frame, shapes = map_shapes(Territory.objects.communes().within("R75"))
    shades = shades_of(region())

    with django_assert_num_queries(0):
        svg = shaded(frame, shapes, shades, SECRET, CATEGORIES, PLATE, PRINT)

    assert svg.count("<path") == 4


def test_where_no_contour_is_loaded_there_is_no_map():
    elsewhere = Territory.objects.get(code="R53")

    assert communes_within(elsewhere, {}, SECRET, CATEGORIES, PLATE) is None


def test_a_map_seen_again_reads_no_contour(settings, django_assert_num_queries):
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = settings.CACHES | {
        "drawings": {"BACKEND": backend, "LOCATION": "maps of a test"}
    }
    epci = Territory.objects.get(code="200040392")
    shades = shades_of(epci)
    first = communes_within(epci, shades, SECRET, CATEGORIES, PLATE)

    # The edition of the geography alone is asked.
    with django_assert_num_queries(1):
        again = communes_within(epci, dict(shades), SECRET, CATEGORIES, PLATE)

    assert first == again


def test_another_value_or_another_geography_is_drawn_anew(settings):
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = settings.CACHES | {
        "drawings": {"BACKEND": backend, "LOCATION": "other maps of a test"}
    }
    epci = Territory.objects.get(code="200040392")
    shades = shades_of(epci)
    first = communes_within(epci, shades, SECRET, CATEGORIES, PLATE)

    shades["24322"] = Shade("c3", "un autre chiffre")
    other = communes_within(epci, shades, SECRET, CATEGORIES, PLATE)
    Edition.objects.create(is_geography=True)
    epci.contours.model.objects.filter(territory="24322").delete()
    smaller = communes_within(epci, shades, SECRET, CATEGORIES, PLATE)

    assert "un autre chiffre" not in first
    assert "un autre chiffre" in other
    assert "un autre chiffre" not in smaller
