"""What stands beside the answers of a file: how people answered, a weight."""

from __future__ import annotations

import io
import json

import pytest
from django.conf import settings
from django.core.management import call_command

from jalons.imports import operations
from jalons.imports.figures import given_weights
from jalons.imports.loaders import open_answers
from jalons.imports.mapping import InvalidMapping, parse_mapping
from jalons.imports.models import ImportBatch
from jalons.surveys.models import Response
from tests.factories import make_campaign
from tests.imports.collected import read_answers
from tests.imports.limesurvey import AS_CODES, csv_file

pytestmark = pytest.mark.django_db

EXAMPLE = settings.REFERENCE_DIR / "mappings/limesurvey-maturite.toml"
BESIDE = """
[channel]
column = "Canal"
values = { "Tél" = "phone" }

[weight]
column = "Poids"
source = "Calage du CREDOC sur l’âge"
"""


@pytest.fixture
def campaign():
    return make_campaign()


def _mapping(campaign, beside: str = BESIDE):
    text = EXAMPLE.read_text(encoding="utf-8") + beside
    return parse_mapping(text.encode(), "m.toml", campaign.version.read())


def _file(campaign, *rows: tuple[str, str]) -> bytes:
    place = {**AS_CODES, "EPCI": campaign.territories.get().pk}
    return csv_file(
        *(
            {**place, "id": str(number), "Canal": channel, "Poids": weight}
            for number, (channel, weight) in enumerate(rows, start=1)
        ),
        more=("Canal", "Poids"),
    )


def _import(campaign, *rows: tuple[str, str]) -> ImportBatch:
    batch = operations.start_import(campaign, "e.csv", "", by=None)
    content = io.BytesIO(_file(campaign, *rows))
    file = open_answers(campaign, _mapping(campaign), content, name="e.csv")
    operations.record_file(batch, file)
    return batch


def _beside(campaign) -> list[tuple[str, float | None]]:
    rows = campaign.responses.order_by("submitted_at", "pk")
    return list(rows.values_list("channel", "given_weight"))


def test_each_row_says_how_the_person_answered_and_what_it_weighs(campaign):
    said = [("Sur papier", "1,25"), ("Tél", "0.5"), ("web", "2"), ("", "")]

    batch = _import(campaign, *said)

    expected = [("paper", 1.25), ("phone", 0.5), ("web", 2.0), ("import", None)]
    assert expected == _beside(campaign)
    assert 3 == batch.report["weighted"]
    counts = {"paper": 1, "phone": 1, "web": 1, "import": 1}
    assert counts == batch.report["channels"]


def test_a_weight_or_a_channel_that_means_nothing_is_refused_with_its_line(campaign):
    said = [
        ("Pigeon", "1"),
        ("web", "0"),
        ("web", "-1"),
        ("web", "lourd"),
        ("web", "1"),
    ]

    reading = read_answers(
        campaign,
        _mapping(campaign),
        io.BytesIO(_file(campaign, *said)),
        name="e.csv",
    )

    assert 1 == len(reading.entries)
    told = [(one.line, one.column) for one in reading.refused]
    assert [(2, "Canal"), (3, "Poids"), (4, "Poids"), (5, "Poids")] == told
    assert "Pigeon" in reading.refused[0].reason
    assert "supérieur à zéro" in reading.refused[1].reason


def test_a_mapping_says_which_channel_and_who_weighed(campaign):
    with pytest.raises(InvalidMapping) as wrong:
        _mapping(campaign, BESIDE.replace('"phone"', '"pigeon"'))
    with pytest.raises(InvalidMapping) as unsaid:
        _mapping(campaign, BESIDE.replace("source =", "origin ="))

    assert "channel" in str(wrong.value)
    assert "source" in str(unsaid.value)


def test_a_file_that_comes_again_changes_the_weight_and_undoing_puts_it_back(campaign):
    first = _import(campaign, ("web", "1"), ("web", "2"))

    again = _import(campaign, ("phone", "3"), ("web", "2"))

    assert (0, 1, 1) == tuple(
        again.report[name] for name in ("created", "updated", "unchanged")
    )
    assert {("phone", 3.0), ("web", 2.0)} == {*_beside(campaign)}
    assert {(3.0, again.pk), (2.0, first.pk)} == _weights(campaign)
    operations.start_undoing(again, by=None)
    operations.undo_import(again)
    assert {("web", 1.0), ("web", 2.0)} == {*_beside(campaign)}
    assert {(1.0, first.pk), (2.0, first.pk)} == _weights(campaign)


def _weights(campaign):
    return {*campaign.responses.values_list("given_weight", "weight_file")}


def test_the_weights_of_a_survey_are_named_with_their_source(campaign):
    batch = _import(campaign, ("web", "1"))
    _import(campaign, ("web", ""))

    (known,) = given_weights(campaign)

    assert ("Poids", "Calage du CREDOC sur l’âge") == (known.column, known.source)
    assert ("e.csv", batch.recorded_at) == (known.file_name, known.recorded_at)


def test_the_command_reads_weights_and_channels(campaign, tmp_path, capsys):
    mapping, file = tmp_path / "m.toml", tmp_path / "e.csv"
    mapping.write_text(EXAMPLE.read_text(encoding="utf-8") + BESIDE, encoding="utf-8")
    file.write_bytes(_file(campaign, ("Tél", "1,5"), ("web", "0")))
    given = ["import_responses", str(file), "--campaign", campaign.slug]

    call_command(*given, "--mapping", str(mapping), "--json")

    said = json.loads(capsys.readouterr().out)
    assert (1, 1, 1) == (said["created"], said["refused"], said["weighted"])
    assert {"phone": 1} == said["channels"]
    response = Response.objects.get()
    assert ("phone", 1.5) == (response.channel, response.given_weight)
