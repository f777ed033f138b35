"""Answers exported by LimeSurvey are read, or set aside with their line and a mend."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from jalons.files.tables import UnreadableFile
from jalons.imports.loaders import MissingColumns, ReadRow, RefusedRow, open_answers
from jalons.imports.mapping import parse_mapping, read_mapping
from jalons.imports.report import Report
from jalons.imports.scanning import scan
from tests.factories import make_campaign, make_territory
from tests.imports.collected import read_answers
from tests.imports.limesurvey import AS_CODES, AS_TEXTS, HEADINGS, csv_file

pytestmark = pytest.mark.django_db

EXAMPLE = settings.REFERENCE_DIR / "mappings/limesurvey-maturite.toml"


def _read(campaign, *rows, changes: dict[str, str] | None = None):
    text = EXAMPLE.read_text(encoding="utf-8")
    for before, after in (changes or {}).items():
        assert before in text
        text = text.replace(before, after)
    mapping = parse_mapping(text.encode(), "m.toml", campaign.version.read())
    return read_answers(
        campaign, mapping, io.BytesIO(csv_file(*rows)), name="export.csv"
    )


def _row(campaign, number: int = 1, **cells):
    return {
        **AS_CODES,
        "id": str(number),
        "EPCI": campaign.territories.first().pk,
        **cells,
    }


def test_an_export_as_codes_is_read_question_by_question():
    campaign = make_campaign()

    reading = _read(campaign, _row(campaign))

    (entry,) = reading.entries
    expected = {
        "territory": campaign.territories.get().pk,
        "profile": "decision_maker",
        "P1a": "regular",
        "P2": "yes",
        "P3": ["delegate", "voted"],
        "R1": "yes",
        "R2a": ["library", "france_services", "school"],
        "R3": "from_1",
        "S1": "zero",
        "S3": "in_progress",
        "S4": ["document"],
        "main_stake": "other",
        "difficulties": ["funding", "other"],
        "difficulties_other": "Trouver du temps",
        "support": ["learn"],
        "contact": "camille@exemple.fr",
        "contact_consent": "yes",
    }
    assert expected == entry.answers
    assert [] == reading.refused


def test_an_export_as_full_texts_gives_the_same_answers():
    campaign = make_campaign()
    codes = _read(campaign, _row(campaign))

    texts = _read(campaign, _row(campaign, **AS_TEXTS))

    assert [] == texts.refused
    assert codes.entries[0].answers == texts.entries[0].answers
    assert codes.entries[0].key == texts.entries[0].key


def test_the_date_is_read_in_the_time_zone_of_the_space():
    campaign = make_campaign()

    (entry,) = _read(campaign, _row(campaign)).entries

    paris = ZoneInfo("Europe/Paris")
    assert datetime(2022, 4, 5, 14, 32, 10, tzinfo=paris) == entry.submitted_at


def test_a_date_is_in_the_future_by_its_day(time_machine):
    campaign = make_campaign()
    time_machine.move_to(datetime(2026, 3, 5, 8, tzinfo=ZoneInfo("Europe/Paris")))
    rows = [
        _row(campaign, 1, submitdate="2026-03-05 12:00:00"),
        _row(campaign, 2, submitdate="2026-03-06 00:30:00"),
    ]

    reading = _read(campaign, *rows)

    (refused,) = reading.refused
    assert 1 == len(reading.entries)
    assert (3, True) == (refused.line, "futur" in refused.reason)


def test_boxes_left_blank_are_missing_and_boxes_refused_mean_none():
    campaign = make_campaign()
    boxes = {f"P3[SQ00{n}]": "" for n in range(1, 5)}

    blank, refused = _read(
        campaign,
        _row(campaign, 1, **boxes),
        _row(campaign, 2, **dict.fromkeys(boxes, "Non")),
    ).entries

    assert "P3" not in blank.answers
    assert ["none"] == refused.answers["P3"]


def test_an_answer_never_sent_is_counted_and_left_aside():
    campaign = make_campaign()

    reading = _read(campaign, _row(campaign, 1, submitdate=""), _row(campaign, 2))

    assert 1 == reading.unfinished_count
    assert 1 == len(reading.entries)
    assert 2 == reading.row_count


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"EPCI": "999999999"}, "EPCI"),
        ({"EPCI": ""}, "EPCI"),
        ({"P2": "peut-être"}, "peut-être"),
        ({"P3[SQ001]": "cochée"}, "P3[SQ001]"),
        ({"submitdate": "hier"}, "hier"),
        ({"submitdate": "2999-01-01 00:00:00"}, "2999"),
        ({"id": ""}, "id"),
        ({"PROFIL": ""}, "Quel est votre rôle"),
        ({"MAIL": "pas une adresse"}, "Votre adresse électronique"),
    ],
)
def test_a_row_that_cannot_be_read_is_set_aside_with_its_line(cells, said):
    campaign = make_campaign()

    reading = _read(campaign, _row(campaign, 1), _row(campaign, 2, **cells))

    (refused,) = reading.refused
    assert 3 == refused.line
    assert said in refused.reason
    assert 1 == len(reading.entries)


def test_a_territory_known_but_not_surveyed_is_named():
    campaign = make_campaign()
    elsewhere = make_territory("CC d’Ailleurs")

    (refused,) = _read(campaign, _row(campaign, EPCI=elsewhere.pk)).refused

    assert "CC d’Ailleurs" in refused.reason


def test_a_territory_is_found_by_its_name_whatever_the_accents():
    campaign = make_campaign(make_territory("CA Le Grand Périgueux"))
    by_name = {'by = "code"': 'by = "name"'}

    reading = _read(
        campaign, _row(campaign, EPCI="ca le grand perigueux"), changes=by_name
    )

    assert 1 == len(reading.entries)


def test_two_territories_of_one_name_are_told_apart_by_the_mapping():
    twins = make_territory("CC du Pays"), make_territory("CC du Pays")
    campaign = make_campaign(*twins)
    by_name = {'by = "code"': 'by = "name"'}
    told = {'by = "code"': f'by = "name"\nvalues = {{ Pays = "{twins[1].pk}" }}'}

    refused = _read(campaign, _row(campaign, EPCI="CC du Pays"), changes=by_name)
    read = _read(campaign, _row(campaign, EPCI="pays"), changes=told)

    assert twins[0].pk in refused.refused[0].reason
    assert twins[1].pk == read.entries[0].answers["territory"]


def test_an_identifier_given_twice_is_refused_the_second_time():
    campaign = make_campaign()

    reading = _read(campaign, _row(campaign, 1), _row(campaign, 1))

    assert 1 == len(reading.entries)
    assert "2" in reading.refused[0].reason


def test_two_sources_numbered_alike_do_not_collide():
    campaign = make_campaign()
    other = {'source = "limesurvey"': 'source = "autre-export"'}

    first = _read(campaign, _row(campaign)).entries[0]
    second = _read(campaign, _row(campaign), changes=other).entries[0]

    assert first.key != second.key


def test_a_contact_without_consent_refuses_nothing_else_but_is_said():
    campaign = make_campaign()

    reading = _read(campaign, _row(campaign, **{"MAILOK[SQ001]": "N"}))

    assert "Votre adresse électronique" in reading.refused[0].reason


def test_a_file_without_a_column_of_the_mapping_is_refused_whole():
    campaign = make_campaign()
    mapping = read_mapping(EXAMPLE, campaign.version.read())

    with pytest.raises(MissingColumns, match="submitdate") as error:
        read_answers(
            campaign, mapping, io.BytesIO(b"id,EPCI\n1,200040392\n"), name="a.csv"
        )

    assert len(mapping.needed_columns()) - 2 == len(error.value.columns)
    assert ("id", "EPCI") == error.value.found


def test_columns_that_the_mapping_does_not_know_are_said():
    campaign = make_campaign()
    content = csv_file(_row(campaign)).decode().splitlines()
    with_more = "\n".join([content[0] + ",ipaddr", content[1] + ",10.0.0.1"])
    mapping = read_mapping(EXAMPLE, campaign.version.read())

    reading = read_answers(
        campaign, mapping, io.BytesIO(with_more.encode()), name="a.csv"
    )

    assert ("ipaddr",) == reading.unknown_columns
    assert 1 == len(reading.entries)


def test_the_example_mapping_reads_every_column_of_the_shape():
    campaign = make_campaign()
    mapping = read_mapping(EXAMPLE, campaign.version.read())

    assert set(HEADINGS) - {*mapping.rows.ignored} == set(mapping.needed_columns())


@pytest.mark.parametrize("written", ["code", "spaced", "name"])
def test_a_territory_is_known_by_its_code_its_siren_or_its_name(written):
    campaign = make_campaign(make_territory("CC des Éxemples"))
    code = campaign.territories.get().pk
    cell = {"code": code, "spaced": f"{code[:3]} {code[3:6]} {code[6:]}"}.get(
        written, "cc des exemples"
    )

    reading = _read(campaign, _row(campaign, EPCI=cell), changes={'"code"': '"any"'})

    assert [code] == [entry.answers["territory"] for entry in reading.entries]


def test_a_name_borne_by_two_territories_is_asked_never_guessed():
    campaign = make_campaign(make_territory("CC du Val"), make_territory("CC du Val"))

    reading = _read(
        campaign, _row(campaign, EPCI="CC du Val"), changes={'"code"': '"any"'}
    )

    assert [] == reading.entries
    codes = campaign.territories.values_list("pk", flat=True)
    assert all(code in reading.refused[0].reason for code in codes)


def test_a_date_of_google_is_read_with_its_time_zone():
    campaign = make_campaign()
    pattern = {'"%d/%m/%Y %H:%M"': '"%Y/%m/%d %I:%M:%S %p"'}
    row = _row(campaign, submitdate="2024/03/05 10:12:13 PM UTC+1")

    reading = _read(campaign, row, changes=pattern)

    assert (
        "2024-03-05T21:12:13"
        == (
            reading.entries[0].submitted_at.astimezone(ZoneInfo("UTC")).isoformat()[:19]
        )
    )


@pytest.mark.parametrize(
    "sent",
    [
        "0001-01-01 00:00:00",
        "9999-12-31T23:59:59-05:00",
        "2024/03/05 10:12:13 PM UTC+25",
    ],
)
def test_a_day_that_no_clock_shows_is_refused_with_its_row(sent):
    campaign = make_campaign()
    pattern = {'"%d/%m/%Y %H:%M"': '"%Y/%m/%d %I:%M:%S %p"'}

    reading = _read(campaign, _row(campaign, submitdate=sent), changes=pattern)

    assert [] == reading.entries
    assert "n’est pas une date" in reading.refused[0].reason


def test_columns_named_below_a_title_are_found_and_so_is_the_mended_file():
    campaign = make_campaign()
    content = csv_file(_row(campaign))
    mapping = EXAMPLE.read_text().replace("[rows]", "[rows]\nheader_line = 3")
    known = parse_mapping(mapping.encode(), "m.toml", campaign.version.read())
    titled = "Enquête 2022\n\n".encode() + content

    for given in (titled, content):
        reading = read_answers(campaign, known, io.BytesIO(given), name="a.csv")
        assert 1 == len(reading.entries)


def test_the_column_at_fault_is_told_apart_from_the_reason():
    campaign = make_campaign()

    reading = _read(campaign, _row(campaign, P2="peut-être"))

    assert "P2" == reading.refused[0].column


def test_a_line_of_another_width_is_set_aside_alone_and_never_read_back_shifted():
    campaign = make_campaign()
    mapping = parse_mapping(EXAMPLE.read_bytes(), "m.toml", campaign.version.read())
    lines = csv_file(*(_row(campaign, number) for number in (1, 2, 3))).splitlines()
    lines[2] = b"2,coupee"
    lines.append(lines[3].replace(b"3,", b"4,", 1) + b",de trop")

    file = open_answers(campaign, mapping, _bytes(lines), name="export.csv")
    rows = list(file.rows)

    assert [2, 4] == [row.line for row in rows if isinstance(row, ReadRow)]
    short, long = (row for row in rows if isinstance(row, RefusedRow))
    assert [3, 5] == [short.line, long.line]
    assert "2" in short.reason
    assert str(len(HEADINGS)) in short.reason
    assert "2,coupee" == short.cells["id"]
    assert long.cells["id"].endswith(",de trop")
    assert {""} == {text for name, text in long.cells.items() if name != "id"}


def test_the_columns_of_a_file_are_seen_without_its_lines_of_another_width():
    seen = scan(io.BytesIO(b"a;b\n1;x\n2\n3;y\n"), name="r.csv", header_line=None)

    assert ("x", "y") == seen.columns[1].texts
    assert [True] == ["3" in remark for remark in seen.remarks]


def test_a_file_none_of_whose_lines_is_as_wide_as_the_first_is_refused():
    with pytest.raises(UnreadableFile) as caught:
        scan(io.BytesIO(b"a;b;c\n1;x\n2;y\n"), name="r.csv", header_line=None)

    assert 2 == caught.value.line


def _bytes(lines: list[bytes]) -> io.BytesIO:
    return io.BytesIO(b"\n".join(lines))


def test_rows_without_identifier_are_known_again_wherever_they_stand():
    campaign = make_campaign()
    changes = {'key = "id"': "by_content = true"}
    alike = [_row(campaign, 1), _row(campaign, 1), _row(campaign, 2)]
    mended = _row(campaign, 2, P2="no")

    first = _read(campaign, *alike, changes=changes)
    moved = _read(campaign, *reversed(alike), changes=changes)
    changed = _read(campaign, *alike[:2], mended, changes=changes)

    keys = {entry.key for entry in first.entries}
    assert 3 == len(keys)
    assert keys == {entry.key for entry in moved.entries}
    assert 2 == len(keys & {entry.key for entry in changed.entries})


def test_a_row_wrong_twice_is_counted_with_each_reason():
    campaign = make_campaign()
    no_consent = {"MAILOK[SQ001]": "N"}
    (row,) = _read(campaign, _row(campaign, **no_consent)).refused
    report = Report()

    both = replace(row, reasons=(*row.reasons, "autre"))
    for one in (row, both):
        report.refuse(one)

    assert [(2, 2), (1, 1)] == [
        (one["count"], len(one["lines"])) for one in report.reasons
    ]
    assert 2 == report.refused
    assert row.reason.startswith("«\u00a0Votre adresse électronique")
    assert "»\u00a0:" in row.reason


def test_a_date_that_cannot_be_read_is_told_that_a_day_is_enough():
    campaign = make_campaign()

    (row,) = _read(campaign, _row(campaign, submitdate="hier")).refused

    assert "2026-03-31, 2026-03-31 14:05:00" in row.reason
