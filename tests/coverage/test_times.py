"""A table of travel times: read whole, or told row by row and nothing kept."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.coverage.models import TravelTime, TravelTimes
from tests.coverage.ground import make_ground
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
HEADER = "commune_depart;commune_arrivee;minutes"
GOOD = f"{HEADER}\n24002;24001;18,5\n24003;24001;45\n24003;24002;200\n24002;24001;17\n"
BAD = f"{HEADER}\n24002;24001;1110\n24002;99999;4\n24002;24003;douze\n24003;24001;5\n"


@pytest.fixture
def file(tmp_path):
    make_ground()

    def written(text: str):
        path = tmp_path / "temps.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def run(path, capsys, *options):
    call_command(
        "load_travel_times", path, "--vintage", "2026", "--report", "json", *options
    )
    return json.loads(capsys.readouterr().out)


def test_a_table_is_loaded_with_its_report(file, capsys):
    said = run(file(GOOD), capsys)

    assert (True, 4, 2, 1, 1) == (
        said["loaded"],
        said["rows"],
        said["kept"],
        said["longer_than_two_hours"],
        said["given_twice"],
    )
    # Given twice, the shortest time is kept.
    assert {("24002", "24001", 17.0), ("24003", "24001", 45.0)} == set(
        TravelTime.objects.values_list("origin", "destination", "minutes")
    )


def test_a_dry_run_writes_nothing(file, capsys):
    said = run(file(GOOD), capsys, "--dry-run")

    assert not said["loaded"]
    assert not TravelTimes.objects.exists()


def test_wrong_rows_are_told_and_nothing_is_half_loaded(file, capsys):
    with pytest.raises(CommandError, match="leave-refused"):
        run(file(BAD), capsys)

    said = json.loads(capsys.readouterr().out)
    assert [(2, "minutes"), (3, "commune_arrivee"), (4, "minutes")] == [
        (one["line"], one["column"]) for one in said["refused"]
    ]
    assert "secondes" in said["refused"][0]["reason"]
    assert not TravelTimes.objects.exists()


def test_the_other_rows_are_loaded_when_asked(file, capsys):
    said = run(file(BAD), capsys, "--leave-refused")

    assert (True, 1) == (said["loaded"], said["kept"])


def test_a_file_without_the_columns_says_which_are_missing(file, capsys):
    with pytest.raises(CommandError, match="minutes"):
        run(file("commune_depart;commune_arrivee;km\n24002;24001;18\n"), capsys)


def test_a_name_is_given_once(file, capsys):
    run(file(GOOD), capsys)

    with pytest.raises(CommandError, match="temps"):
        run(file(GOOD), capsys)


def upload(client, space, text: str, **more):
    data = {
        "file": SimpleUploadedFile("temps.csv", text.encode()),
        "name": "Voiture",
        "source": "Un calculateur",
        "vintage": "2026-05",
    }
    return client.post(reverse("coverage:times", args=[space.pk]), data | more)


def test_a_team_gives_its_file_and_readers_may_choose_it(client):
    epci = make_ground()
    editor = make_user()
    space = make_space(territory=epci, editor=editor)
    client.force_login(editor)

    answered = upload(client, space, GOOD)
    table = TravelTimes.objects.get()
    client.logout()
    page = client.get(reverse("coverage:show", args=[epci.pk]), {"mesure": table.pk})

    assert 302 == answered.status_code
    assert (space, "Un calculateur") == (table.space, table.source)
    assert page.context["shown"].found.ground.table == table


def test_a_wrong_file_is_told_row_by_row_on_the_page(client):
    editor = make_user()
    space = make_space(territory=make_ground(), editor=editor)
    client.force_login(editor)

    page = upload(client, space, BAD).content.decode()

    assert "3 lignes sont refusées" in page
    assert not TravelTimes.objects.exists()


def test_a_table_is_removed_by_its_team(client):
    editor = make_user()
    space = make_space(territory=make_ground(), editor=editor)
    client.force_login(editor)
    upload(client, space, GOOD)
    table = TravelTimes.objects.get()

    client.post(reverse("coverage:remove_times", args=[space.pk, table.pk]))

    assert not TravelTimes.objects.exists()
