"""Answers collected with ODK or KoboToolbox on our XLSForm come back by the import."""

from __future__ import annotations

import csv

import pytest
from django.core.management import call_command

from jalons.imports.guessing import Choice, guess_separator
from jalons.questionnaires.xlsform import sheets_of
from jalons.surveys.models import Response
from jalons.territories.models import Territory
from tests.factories import make_round, make_territory

DEVICES = [Choice(code, (code.title(),)) for code in ("computer", "smartphone", "none")]
CENTRAL = {
    "SubmissionDate": "2026-03-05T09:12:13.123Z",
    "KEY": "uuid:{n}",
    "SubmitterID": "12",
    "SubmitterName": "Léa",
    "AttachmentsPresent": "0",
    "AttachmentsExpected": "0",
    "Status": "",
    "ReviewState": "",
    "DeviceID": "collect:abc",
    "Edits": "0",
    "FormVersion": "1",
    "meta-instanceID": "uuid:{n}",
}
KOBO = {
    "_id": "{n}",
    "_uuid": "b3c0-{n}",
    "_submission_time": "2026-03-05T09:12:13",
    "_validation_status": "",
    "_notes": "",
    "_status": "submitted_via_web",
    "_submitted_by": "",
    "__version__": "vA1",
    "_tags": "",
    "_index": "{n}",
}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (["computer smartphone", "none"], " "),
        (["computer", "none"], None),
        (["computer fridge", "none"], None),
        (["computer; smartphone"], ";"),
    ],
)
def test_spaces_part_codes_and_never_words(values, found):
    assert found == guess_separator(values, DEVICES)


def _export(path, names, own, said):
    """Rows whose columns are those of the form, then those of the tool."""
    rows = [
        {name: one.get(name, "") for name in names}
        | {name: text.format(n=n) for name, text in own.items()}
        for n, one in enumerate(said, start=1)
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.DictWriter(file, list(rows[0]))
        lines.writeheader()
        lines.writerows(rows)


@pytest.mark.parametrize("own", [CENTRAL, KOBO], ids=["ODK Central", "KoboToolbox"])
def test_an_export_comes_back_by_the_mapping_proposed(db, tmp_path, own):
    commune = make_territory("Ici", Territory.Kind.COMMUNE)
    campaign = make_round(commune).campaign
    sheets = sheets_of(campaign.version.read(), 1, {commune.pk: commune.name})
    names = [row["name"] for row in sheets.survey if row["type"] != "note"]
    once = {"start": "2026-03-05T10:00:00.000+01:00", "commune": commune.pk}
    said = [
        {**once, "sex": "woman", "age": "a18_24", "F1": "computer smartphone"}
        | {"F17": "soon", "F20.week_morning": "yes"},
        {**once, "sex": "man", "age": "a80", "F1": "smartphone"},
    ]
    path, mapping = tmp_path / "export.csv", tmp_path / "m.toml"
    _export(path, names, own, said)
    given = ["import_responses", str(path), "--campaign", campaign.slug]

    call_command(*given, "--propose", str(mapping))
    for _twice in range(2):
        call_command(*given, "--mapping", str(mapping))

    found = [one.answers for one in Response.objects.order_by("pk")]
    assert ["woman", "man"] == [one["sex"] for one in found]
    assert ["a18_24", "a80"] == [one["age"] for one in found]
    assert [["computer", "smartphone"], ["smartphone"]] == [one["F1"] for one in found]
    assert {commune.pk} == set(Response.objects.values_list("territory", flat=True))
    assert {"week_morning": "yes"} == found[0]["F20"]
