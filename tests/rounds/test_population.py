"""INSEE's inhabitants by sex and age, in the tables that it publishes."""

from __future__ import annotations

import json
import struct
import zipfile
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from jalons.audit.models import Entry
from jalons.fieldwork.people import people_of
from jalons.rounds import operations
from jalons.rounds.models import Inhabitants
from jalons.rounds.population import NotThisTable, read
from jalons.rounds.population_files import lines_of
from jalons.rounds.quotas import board_of
from jalons.territories.models import Territory
from jalons.territories.passage import read as read_passage
from tests.factories import make_round, make_territory

YEARS = "NIVGEO;CODGEO;LIBGEO;SEXE;AGED100;NB\n" + "".join(
    f"COM;24322;Périgueux;{sex};{age:03};{10 + age / 10}\n"
    for sex in (1, 2)
    for age in (3, 15, 17, 18, 64, 65, 80, 100)
)
BANDS = """CODGEO,SEXE,AGEPYR10,NB
24322,1,11,70
24322,2,18,20
24322,2,00,99
"""
WIDE = "CODGEO;SEXE1_AGEPYR1011;SEXE2_AGEPYR1080\n24322;7;5\n"


def of(text, year=2021):
    return read(text.splitlines(keepends=True), year=year, passage=read_passage())


def test_ages_one_by_one_are_added_up_in_the_bands_of_the_survey():
    found = of(YEARS)

    assert found.is_exact
    assert 11.5 + 11.7 == found.counts["24322", "man", "a15_17"]
    assert 18 + 20 == found.counts["24322", "woman", "a80"]
    assert 10 == len(found.counts)
    assert ("24322", "man", "a25_39") not in found.counts


@pytest.mark.parametrize("text", [BANDS, WIDE])
def test_bands_of_ten_give_three_sevenths_of_11_to_17(text):
    found = of(text)

    assert not found.is_exact
    expected = 70 * 3 / 7 if text == BANDS else 3
    assert expected == pytest.approx(found.counts["24322", "man", "a15_17"])


def test_what_cannot_be_read_is_named_by_line_and_field():
    found = of(
        "CODGEO;SEXE;AGED100;NB\n24322;3;020;1\n24322;1;020;beaucoup\n99999;1;020;4"
    )

    assert [(2, "SEXE"), (3, "NB")] == [(one.line, one.field) for one in found.wrong]
    assert ("99999",) == found.unknown
    with pytest.raises(NotThisTable, match="P21_POP"):
        of("CODGEO;P21_POP\n24322;1")
    with pytest.raises(NotThisTable, match="SEXE1_AGEPYR1099.*dix"):
        of("CODGEO;SEXE1_AGEPYR1099;SEXE2_AGEPYR1080\n24322;7;5\n")


def test_boroughs_of_paris_are_not_counted_twice():
    header, *_lines = YEARS.splitlines(keepends=True)
    found = of(f"{header}COM;75056;Paris;1;020;9\nARM;75101;Paris 1er;1;020;4\n")

    assert {("75056", "man", "a18_24"): 9.0} == dict(found.counts)
    assert () == found.unknown


def _zipped(**members):
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "."), text)
    return content.getvalue()


def _pushed_before_its_beginning(archive: bytes) -> bytes:
    """The directory says that it lies further than it does."""
    at = archive.rindex(b"PK\5\6") + 16
    (told,) = struct.unpack_from("<I", archive, at)
    return archive[:at] + struct.pack("<I", told + 4) + archive[at + 4 :]


@pytest.mark.django_db
def test_a_load_that_is_cut_leaves_whole_blocks_each_with_its_line(monkeypatch):
    monkeypatch.setattr(operations, "COMMUNES_AT_ONCE", 1)
    places = [make_territory(n, Territory.Kind.COMMUNE) for n in ("Ici", "Là")]
    one, other = sorted(places, key=lambda place: place.pk)
    round = make_round(one, other)
    before = {(place.pk, "woman", "a80"): 5.0 for place in (one, other)}
    operations.load_inhabitants(before, vintage="2020", by=None)
    # The database stops the second block.
    cut = {(one.pk, "man", "a80"): 7.0, (other.pk, "man", "a80"): -1.0}

    with pytest.raises(IntegrityError):
        operations.load_inhabitants(cut, vintage="2021", by=None)

    told = Entry.objects.filter(verb="population.loaded").order_by("pk")
    assert ["2020", "2020", "2021"] == [one.details["vintage"] for one in told]
    assert ("2020", "2021") == board_of(round).vintages
    assert "2020, 2021" == people_of(round).vintage
    rows = Inhabitants.objects.filter(commune=one).values_list("sex", "count")
    assert [("man", 7.0)] == [*rows]


META = "COD_VAR;LIB_VAR\n" * 1000


@pytest.mark.django_db
def test_the_archive_of_insee_is_read_as_it_is(tmp_path):
    make_territory("Périgueux", Territory.Kind.COMMUNE, "24322")
    file = tmp_path / "BTT_TD_POP1B_2021.zip"
    table = {"BTT_TD_POP1B_2021__CSV": YEARS, "meta_BTT_TD_POP1B_2021__CSV": META}
    file.write_bytes(_zipped(**table))

    call_command("load_population", file, year=2021)

    assert 10 == Inhabitants.objects.count()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "n’est pas un tableau"),
        (_zipped(xl__xml="<x/>"), "aucun tableau en CSV"),
        (_zipped(a__csv=YEARS * 99)[:300], "abîmée"),
        (_pushed_before_its_beginning(_zipped(a__csv=YEARS)), "abîmée"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path, content, said):
    file = tmp_path / "pop1b.csv"
    file.write_bytes(content)

    with pytest.raises(CommandError, match=said):
        call_command("load_population", file, year=2021)
    with pytest.raises(NotThisTable, match=said):
        list(lines_of(BytesIO(content)))


UNCLOSED = YEARS + '24322;"1;020;4\n' + "24322;1;020;4\n" * 10_000


@pytest.mark.django_db
def test_ends_of_lines_of_old_machines_are_read_and_an_open_quote_is_named(tmp_path):
    make_territory("Périgueux", Territory.Kind.COMMUNE, "24322")
    file = tmp_path / "pop1b.csv"
    file.write_bytes(YEARS.replace("\n", "\r").encode())

    call_command("load_population", file, year=2021)
    assert 10 == Inhabitants.objects.count()
    file.write_text(UNCLOSED, encoding="utf-8")
    with pytest.raises(CommandError, match="guillemet"):
        call_command("load_population", file, year=2021)


@pytest.mark.django_db
def test_the_command_reports_then_loads_and_again_replaces(tmp_path, capsys):
    make_territory("Périgueux", Territory.Kind.COMMUNE, "24322")
    file = tmp_path / "pop1b.csv"
    file.write_text(YEARS, encoding="utf-8")

    call_command("load_population", file, year=2021, dry_run=True)
    assert not json.loads(capsys.readouterr().out)["loaded"]
    assert not Inhabitants.objects.exists()
    for _n in range(2):
        call_command("load_population", file, year=2021)
    assert 10 == Inhabitants.objects.count()
    told = Entry.objects.filter(verb="population.loaded")
    named = {"words": {"en": {"label": "inhabitants by sex and age"}}}
    said = {"communes": 1, "vintage": "2021", **named}
    assert [said] * 2 == [one.details for one in told]

    file.write_text("CODGEO;SEXE;AGED100;NB\n24322;9;020;1", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("load_population", file, year=2021)
    assert 10 == Inhabitants.objects.count()
