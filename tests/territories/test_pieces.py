"""The communes of France in one file, of which a browser reads a département."""

from __future__ import annotations

import gzip
import json
from io import StringIO

import pytest
from django.core.management import call_command

from jalons.territories import pieces
from jalons.territories.maps import map_shapes
from jalons.territories.models import CURRENT_YEAR, Contour, Membership, Territory

pytestmark = pytest.mark.django_db
SQUARE = "M0 0l9 0 0 9-9 0Z"
Kind = Territory.Kind


def make_commune(code: str, departement: str, path: str = SQUARE) -> Territory:
    inside, _is_new = Territory.objects.get_or_create(
        code=departement, defaults={"kind": Kind.DEPARTEMENT, "name": departement}
    )
    one = Territory.objects.create(code=code, kind=Kind.COMMUNE, name=code)
    Membership.objects.create(member=one, group=inside, since=CURRENT_YEAR)
    if path:
        frame = departement if departement.startswith("97") else "metropole"
        box = {"min_x": 0, "min_y": 0, "max_x": 9, "max_y": 9}
        Contour.objects.create(
            territory=one, vintage=CURRENT_YEAR, frame=frame, path=path, **box
        )
    return one


@pytest.fixture
def france(settings, tmp_path):
    settings.MAPS_DIR = tmp_path / "maps"
    settings.STATICFILES_DIRS = [("maps", settings.MAPS_DIR)]
    make_commune("24001", "24")
    make_commune("33063", "33")
    make_commune("33281", "33", "M9 0l9 0 0 9-9 0Z")
    make_commune("33999", "33", "")


def test_a_departement_is_read_alone_and_whole(france):
    content = pieces.packed(pieces.gathered())

    assert {"33063": SQUARE, "33281": "M9 0l9 0 0 9-9 0Z"} == pieces.unpacked(
        content, "33"
    )
    assert {"24001": SQUARE} == pieces.unpacked(content, "24")


def test_the_index_says_where_each_piece_lies_after_it(france):
    content = pieces.packed(pieces.gathered())

    start = 4 + int.from_bytes(content[:4], "little")
    index = json.loads(gzip.decompress(content[4:start]))
    assert ["24", "33"] == list(index)
    assert [0, len(content) - start] == [
        index["24"][0],
        sum(length for _at, length in index.values()),
    ]


def test_a_departement_overseas_lies_where_the_map_of_france_draws_it(france):
    make_commune("97401", "974")

    placed = pieces.unpacked(pieces.packed(pieces.gathered()), "974")["97401"]

    _frame, shapes = map_shapes(Territory.objects.communes())
    assert placed == next(one.path for one in shapes if one.code == "97401")
    assert placed != SQUARE


def test_the_same_contours_give_the_same_bytes(france):
    assert pieces.packed(pieces.gathered()) == pieces.packed(pieces.gathered())


def test_a_trial_tells_and_writes_nothing_then_the_file_is_made(france):
    told = [_told("--dry-run"), pieces.path().exists(), _told(), pieces.path().exists()]

    trial, before, made, after = told
    assert [False, True] == [before, after]
    assert (True, False) == (trial.pop("dry_run"), made.pop("dry_run"))
    assert trial | {"seconds": 0} == made | {"seconds": 0}
    assert (3, 2, 1) == (made["communes"], made["departements"], 1)
    assert made["without_contour"] == 1
    assert made["size"] == pieces.path().stat().st_size


def _told(*options: str) -> dict:
    said = StringIO()
    call_command("commune_map", "--json", *options, stdout=said)
    return json.loads(said.getvalue())


def test_the_address_is_given_once_the_file_is_there(france):
    before = pieces.address()
    pieces.write_pieces()

    assert ["", "/static/maps/communes.bin"] == [before, pieces.address()]


def test_a_browser_is_given_the_part_that_it_asks_for(france, client):
    pieces.write_pieces()
    whole = pieces.path().read_bytes()

    part = client.get(pieces.address(), headers={"range": "bytes=4-19"})

    assert 206 == part.status_code
    assert whole[4:20] == part.getvalue()
    assert "Content-Encoding" not in part.headers
