"""Answers collected with ODK or KoboToolbox on our XLSForm come back by the import."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localdate

from jalons.files.tables import UnreadableFile, read_table
from jalons.imports.guessing import Choice, guess_separator
from jalons.imports.models import ImportBatch
from jalons.questionnaires.xlsform import sheets_of
from jalons.surveys.models import Response
from jalons.territories.models import Territory
from tests.factories import make_round, make_space, make_territory, make_user

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
    names = [row["name"] for row in sheets.survey]
    once = {"start": "2026-03-02T10:00:00.000+01:00", "commune": commune.pk}
    once["today"] = "2026-03-02"
    # KoboToolbox writes the column of all answers, then a box for each.
    boxes = {"F20_transport/walk": "1", "F20_transport/car": "1"}
    names += boxes if own is KOBO else ()
    said = [
        {**once, "sex": "woman", "age": "a18_24", "F1": "computer smartphone"}
        | {"F17": "soon", "F20.week_morning": "yes", "F20_transport": "walk car"}
        | boxes,
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
    assert ["walk", "car"] == found[0]["F20_transport"]
    # The day of the interview, not that when the phone found a network.
    days = {localdate(one.submitted_at) for one in Response.objects.all()}
    assert {date(2026, 3, 2)} == days
    assert "«\u00a0intro_person\u00a0»\u00a0: pas lue." in mapping.read_text()


OF_KOBO = {
    "_attachments": [{"filename": "photo.jpg"}],
    "_geolocation": [None, None],
    "_validation_status": {},
    "formhub/uuid": "f",
}


def _kobo(said):
    """What its API answers: the page of a list, names of questions as in the form."""
    of_tool = {name: text for name, text in KOBO.items() if name != "_index"}
    results = [
        {name: text.format(n=n) for name, text in of_tool.items()} | OF_KOBO | one
        for n, one in enumerate(said, start=1)
    ]
    following = "https://kobo.example/data.json?start=2"
    return {"count": 3, "next": following, "previous": None, "results": results}


def _central(said):
    """What its OData answers: no dot in a name, its own columns apart."""
    value = [
        {"__id": f"uuid:{n}", "__system": {"submissionDate": "2026-03-05T09:12:13Z"}}
        | {"meta": {"instanceID": f"uuid:{n}", "instanceName": None}}
        | {name.replace(".", "_"): text for name, text in one.items()}
        for n, one in enumerate(said, start=1)
    ]
    for one in value:
        one["__system"] |= {"submitterId": "12", "edits": 0, "reviewState": None}
    return {"value": value, "@odata.context": "https://central.example/$metadata"}


@pytest.mark.parametrize("shaped", [_central, _kobo], ids=["ODK Central", "Kobo"])
def test_submissions_as_json_come_back_by_page_and_by_command(
    client, db, tmp_path, capsys, shaped
):
    commune = make_territory("Ici", Territory.Kind.COMMUNE)
    owner = make_user()
    campaign = make_round(commune, space=make_space(owner=owner)).campaign
    said = [
        {"commune": commune.pk, "sex": "woman", "F1": "computer smartphone"}
        | {"F17": "soon", "F20.week_morning": "yes", "F20.weekend": "no"},
        {"commune": commune.pk, "F1": None, "F17": "no"},
        {"commune": "99999", "F17": "no"},
    ]
    path, mapping = tmp_path / "data.json", tmp_path / "m.toml"
    path.write_text(json.dumps(shaped(said)), encoding="utf-8")
    given = ["import_responses", str(path), "--campaign", campaign.slug, "--json"]

    call_command(*given, "--propose", str(mapping))
    capsys.readouterr()
    call_command(*given, "--mapping", str(mapping), "--dry-run")
    told = json.loads(capsys.readouterr().out)
    assert (3, 2, 1) == tuple(told[one] for one in ("rows", "created", "refused"))
    assert [3] == told["reasons"][0]["lines"]
    assert ("page" in " ".join(told["remarks"])) == (shaped is _kobo)
    assert not Response.objects.exists()

    client.force_login(owner)
    with path.open("rb") as file, mapping.open("rb") as toml:
        client.post(
            reverse("imports:create", args=[campaign.pk]),
            {"file": file, "mapping": toml},
        )
    batch = ImportBatch.objects.get()
    client.post(reverse("imports:confirm", args=[campaign.pk, batch.pk]))
    call_command(*given, "--mapping", str(mapping))

    assert 0 == json.loads(capsys.readouterr().out)["created"]
    first, second = Response.objects.order_by("pk")
    assert ["computer", "smartphone"] == first.answers["F1"]
    assert {"week_morning": "yes", "weekend": "no"} == first.answers["F20"]
    assert {"commune": commune.pk, "F17": "no"} == second.answers


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"value": [{"a": 1}, {"a": ', "ligne 1"),
        (b'{"count": 0, "results": []}', "aucune soumission"),
        (b'{"detail": "Not found."}', "data.json"),
        (b'[{"a": 1}, "b"]', "numéro 2"),
        (b"[" + b'{"a":' * 50 + b"1" + b"}" * 50 + b"]", "les uns dans les autres"),
        (b'[{"a": "\xe9"}]', "UTF-8"),
    ],
)
def test_json_that_holds_no_submissions_is_refused_in_words(content, said):
    with pytest.raises(UnreadableFile, match=said):
        read_table(BytesIO(content), name="data.json")


def test_what_is_no_cell_is_left_out_and_said():
    content = b"""[{"a": true, "b": {"c": 1.5}, "d": [{"e": 1}], "f": ["x", "y", null]},
        {"b": {"c": 1}, "b-c": 2, "z": "\\u0000\\ud800n"}]"""
    table = read_table(BytesIO(content), name="data.json", header_line=7)

    first, second = dict(table.rows).values()
    assert ("a", "b-c", "f", "z") == table.columns
    assert ("true", "1.5", "x y", "") == tuple(first.values())
    assert ("2", "n") == (second["b-c"], second["z"])
    assert "d" in table.remarks[1]
    assert "b-c" in table.remarks[2]
