"""Import on a page: given, read, confirmed, kept, undone or forgotten."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jalons.cli.working import make_worker
from jalons.files.models import StoredFile
from jalons.files.sheets import Sheet, write_workbook
from jalons.imports import blocks, opening, operations, tasks, undoing
from jalons.imports.models import SILENCE, ImportBatch, SavedMapping
from jalons.surveys import operations as surveys
from jalons.surveys.models import Contact, Response
from tests.factories import make_campaign, make_space, make_user
from tests.imports.limesurvey import AS_CODES, csv_file

pytestmark = pytest.mark.django_db

EXAMPLE = settings.REFERENCE_DIR / "mappings/limesurvey-maturite.toml"
State = ImportBatch.State


@pytest.fixture
def campaign(client):
    user = make_user()
    client.force_login(user)
    return make_campaign(space=make_space(editor=user))


def _row(campaign, number: int, **cells):
    place = {"EPCI": campaign.territories.first().pk}
    return {**AS_CODES, **place, "id": str(number), **cells}


def _give(client, campaign, *rows, content=None, mapping=None, name="export.csv"):
    return client.post(
        reverse("imports:create", args=[campaign.pk]),
        {
            "file": SimpleUploadedFile(name, content or csv_file(*rows)),
            "mapping": SimpleUploadedFile(
                "correspondance.toml", mapping or EXAMPLE.read_bytes()
            ),
        },
    )


def _url(name: str, batch: ImportBatch) -> str:
    return reverse(f"imports:{name}", args=[batch.campaign_id, batch.pk])


def _recorded(client, campaign, *rows) -> ImportBatch:
    _give(client, campaign, *rows)
    batch = ImportBatch.objects.latest("pk")
    client.post(_url("confirm", batch))
    batch.refresh_from_db()
    assert batch.state == State.RECORDED
    return batch


def test_a_file_is_reported_before_anything_is_recorded(client, campaign):
    rows = [_row(campaign, 1), _row(campaign, 2, EPCI="999999999")]

    given = _give(client, campaign, *rows)
    page = client.get(given.url).content.decode()

    report = ImportBatch.objects.get().report
    assert (2, 1, 1) == (report["row_count"], report["created"], report["refused"])
    assert "999999999" in page
    assert not Response.objects.exists()


def test_a_confirmed_file_is_recorded_and_no_longer_kept(client, campaign):
    batch = _recorded(client, campaign, _row(campaign, 1), _row(campaign, 2))

    assert 2 == campaign.responses.submitted().count()
    assert batch.stored is None
    assert not StoredFile.objects.exists()


def test_confirming_twice_records_once(client, campaign):
    batch = _recorded(client, campaign, _row(campaign, 1))

    client.post(_url("confirm", batch))

    assert 1 == Response.objects.count()
    assert 1 == batch.rows.count()


def test_a_file_can_be_forgotten_until_it_is_recorded(client, campaign):
    _give(client, campaign, _row(campaign, 1))
    client.post(_url("forget", ImportBatch.objects.get()))

    assert not ImportBatch.objects.exists()
    assert not StoredFile.objects.exists()

    batch = _recorded(client, campaign, _row(campaign, 1))
    client.post(_url("forget", batch))
    assert ImportBatch.objects.filter(pk=batch.pk).exists()


def test_a_file_being_recorded_is_not_forgotten_by_a_page_read_before(client, campaign):
    _give(client, campaign, _row(campaign, 1))
    seen = ImportBatch.objects.get()
    ImportBatch.objects.update(state=State.RECORDING)

    with pytest.raises(operations.NotReady):
        operations.drop_import(seen)

    assert ImportBatch.objects.exists()


def test_refused_rows_are_given_back_before_and_after_recording(client, campaign):
    _give(client, campaign, _row(campaign, 1), _row(campaign, 7, P2="peut-être"))
    batch = ImportBatch.objects.get()
    before = _rows_of(client.get(_url("quarantine", batch)))
    client.post(_url("confirm", batch))

    after = _rows_of(client.get(_url("quarantine", batch)))

    assert before == after
    (row,) = after
    assert ("3", "P2", "peut-être") == (*list(row.values())[:2], row["P2"])


def _rows_of(answer) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_refused_rows_once_mended_come_back_alone(client, campaign):
    batch = _recorded(client, campaign, _row(campaign, 1), _row(campaign, 2, P2="?"))
    answer = client.get(_url("quarantine", batch))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    given = _give(client, campaign, content=text.replace(";?;", ";Y;").encode())
    second = ImportBatch.objects.latest("pk")

    assert second.report["created"] == 1
    assert second.report["refused"] == 0
    assert second.report["unknown_columns"] == []
    client.post(_url("confirm", second))
    assert 2 == campaign.responses.count()
    assert given.status_code == 302


def test_the_same_file_twice_has_nothing_to_record(client, campaign):
    _recorded(client, campaign, _row(campaign, 1))

    page = client.get(_give(client, campaign, _row(campaign, 1)).url).content.decode()

    batch = ImportBatch.objects.latest("pk")
    assert (0, 0, 1) == tuple(
        batch.report[one] for one in ("created", "updated", "unchanged")
    )
    assert _url("confirm", batch) not in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"mapping": b'title = "sans fin'}, "mapping"),
        ({"content": b"id,EPCI\n1,2\n"}, "file"),
        ({"content": b"PK\x03\x04 tronque", "name": "a.xlsx"}, "file"),
        ({"content": b"\xff\xfe\x00a", "name": "a.csv"}, "file"),
        ({"name": "photo.jpg"}, "file"),
        ({"mapping": b"%PDF"}, "mapping"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_its_field(
    client, campaign, changes, field
):
    page = _give(client, campaign, _row(campaign, 1), **changes)

    assert 200 == page.status_code
    assert f'id="id_{field}_error"' in page.content.decode()
    assert not StoredFile.objects.exists()


def test_missing_columns_are_said_a_few_then_folded_with_the_nearest(client, campaign):
    content = b"id,submitdate,territoire EPCI\n1,2022-01-01,2\n"

    page = _give(client, campaign, content=content).content.decode()

    missing = _give(client, campaign, content=content).context["missing"]
    assert 5 == len(missing.first)
    assert "territoire EPCI" == missing.first[0].nearest
    assert "<summary>" in page


def test_a_mapping_to_a_removed_option_or_question_is_refused_by_name(client, campaign):
    text = EXAMPLE.read_text().replace('Y = "yes", N = "no"', 'Y = "plus_la"')
    text = text.replace('question = "S2"', 'question = "S9"')

    page = _give(client, campaign, _row(campaign, 1), mapping=text.encode())

    said = page.content.decode()
    assert "plus_la" in said
    assert "S9" in said
    assert not StoredFile.objects.exists()


def test_a_file_too_heavy_is_refused_before_it_is_read(client, campaign, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    heavy = csv_file(*(_row(campaign, number) for number in range(20)))

    page = _give(client, campaign, content=heavy)

    assert 200 == page.status_code
    assert 'id="id_file_error"' in page.content.decode()


def test_the_file_of_one_survey_is_not_confirmed_in_another(client, campaign):
    _give(client, campaign, _row(campaign, 1))
    batch = ImportBatch.objects.get()
    other = make_campaign(space=campaign.space)

    answer = client.post(reverse("imports:confirm", args=[other.pk, batch.pk]))

    assert 404 == answer.status_code
    assert not Response.objects.exists()


def test_undoing_deletes_what_was_created_and_gives_back_what_was_changed(
    client, campaign
):
    _recorded(client, campaign, _row(campaign, 1), _row(campaign, 2))
    first = campaign.responses.order_by("pk").first()
    contacts = list(Contact.objects.values_list("value"))
    changed = _row(campaign, 1, P2="N", MAIL="autre@exemple.fr")
    batch = _recorded(client, campaign, changed, _row(campaign, 3))
    assert "no" == campaign.responses.get(pk=first.pk).answers["P2"]

    client.post(_url("undo", batch))

    batch.refresh_from_db()
    kept = campaign.responses.get(pk=first.pk)
    assert State.UNDONE == batch.state
    assert 2 == campaign.responses.count()
    assert (first.answers, first.submitted_at) == (kept.answers, kept.submitted_at)
    assert contacts == list(Contact.objects.values_list("value"))
    assert not batch.rows.exists()


def test_undoing_is_refused_whole_when_an_answer_was_changed_since(client, campaign):
    batch = _recorded(client, campaign, _row(campaign, 1), _row(campaign, 2))
    _recorded(client, campaign, _row(campaign, 2, P2="N"))

    page = client.post(_url("undo", batch))

    assert 200 == page.status_code
    assert "3" in page.context["edited"][0]
    assert 2 == campaign.responses.count()
    assert 2 == batch.rows.count()


def test_undoing_is_refused_when_an_epci_has_validated_since(client, campaign):
    batch = _recorded(client, campaign, _row(campaign, 1))
    surveys.validate_answer(
        campaign, campaign.territories.get(), by=make_user(), statement="Bureau"
    )

    page = client.post(_url("undo", batch))

    assert 200 == page.status_code
    assert 1 == campaign.responses.count()


def test_a_closed_survey_keeps_what_was_imported(client, campaign):
    batch = _recorded(client, campaign, _row(campaign, 1))
    surveys.close_campaign(campaign, by=make_user())

    asked = client.get(_url("undo", batch), follow=True).content.decode()
    client.post(_url("undo", batch))

    assert 1 == campaign.responses.count()
    assert "clôturée et garde ses réponses" in asked
    assert 'class="button">Annuler cet import' not in asked
    shown = client.get(_url("show", batch)).content.decode()
    assert _url("undo", batch) not in shown
    assert "ne peut plus être annulé" in shown


def test_a_survey_closed_meanwhile_records_nothing(client, campaign):
    _give(client, campaign, _row(campaign, 1))
    batch = ImportBatch.objects.get()
    surveys.close_campaign(campaign, by=make_user())

    answer = client.post(_url("confirm", batch))

    assert answer.url == reverse("surveys:show", args=[campaign.pk])
    assert not campaign.responses.exists()


def test_work_that_stopped_is_taken_up_and_counts_each_answer_once(client, campaign):
    _give(client, campaign, *(_row(campaign, n) for n in range(1, 4)))
    batch = ImportBatch.objects.get()
    operations.confirm_import(batch, by=make_user())
    _interrupted_after_the_first_row(batch)
    assert 200 == client.get(_url("show", batch)).status_code

    client.post(_url("resume", batch))

    batch.refresh_from_db()
    assert State.RECORDED == batch.state
    assert (3, 0) == (batch.report["created"], batch.report["unchanged"])
    assert 3 == campaign.responses.count()
    client.post(_url("undo", batch))
    assert 0 == campaign.responses.count()


def test_a_file_whose_worker_died_goes_on_with_another(client, campaign, settings):
    _give(client, campaign, *(_row(campaign, n) for n in range(1, 4)))
    batch = ImportBatch.objects.get()
    operations.confirm_import(batch, by=make_user())
    _interrupted_after_the_first_row(batch)
    ImportBatch.objects.update(beat_at=timezone.now())
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    tasks.record.enqueue(batch.pk)
    task = DBTaskResult.objects.get()
    task.claim("the one that died")
    task.claim("another")

    make_worker(is_batch=True).run_task(task)

    batch.refresh_from_db()
    assert State.RECORDED == batch.state
    assert 3 == campaign.responses.count()


def test_undoing_goes_by_blocks_and_is_taken_up_where_it_stopped(
    client, campaign, monkeypatch
):
    monkeypatch.setattr(undoing, "BLOCK", 2)
    rows = [_row(campaign, n) for n in range(1, 6)]
    batch = _recorded(client, campaign, *rows)
    operations.start_undoing(batch, by=make_user())
    undoing.put_back(batch, at=timezone.now())
    ImportBatch.objects.update(
        state=State.UNDOING, done_count=2, beat_at=timezone.now() - 2 * SILENCE
    )
    page = client.get(_url("show", batch)).content.decode()
    assert 3 == campaign.responses.count()
    assert _url("resume", batch) in page

    client.post(_url("resume", batch))

    batch.refresh_from_db()
    assert (State.UNDONE, 5) == (batch.state, batch.done_count)
    assert not campaign.responses.exists()


def test_an_answer_changed_while_the_import_is_undone_is_left_and_said(
    client, campaign
):
    batch = _recorded(client, campaign, _row(campaign, 1), _row(campaign, 2))
    operations.start_undoing(batch, by=make_user())
    changed = campaign.responses.first()
    campaign.responses.filter(pk=changed.pk).update(updated_at=timezone.now())

    operations.undo_import(batch)

    batch.refresh_from_db()
    assert State.RECORDED == batch.state
    assert [changed] == list(campaign.responses.all())
    assert "1 réponse" in client.get(_url("show", batch)).content.decode()


def _interrupted_after_the_first_row(batch: ImportBatch) -> None:
    """As a worker killed between two blocks leaves it."""
    with opening.opened(batch) as file:
        blocks.write_block(batch, [next(iter(file.rows))])
    stopped = timezone.now() - 2 * SILENCE
    ImportBatch.objects.update(state=State.RECORDING, beat_at=stopped)


def test_work_under_way_is_not_started_twice(client, campaign):
    _give(client, campaign, _row(campaign, 1))
    batch = ImportBatch.objects.get()
    ImportBatch.objects.update(state=State.RECORDING, beat_at=timezone.now())

    client.post(_url("resume", batch))

    batch.refresh_from_db()
    assert State.RECORDING == batch.state
    assert "data-refresh" in client.get(_url("show", batch)).content.decode()


def test_a_mapping_is_kept_used_again_given_as_a_file_and_forgotten(client, campaign):
    batch = _recorded(client, campaign, _row(campaign, 1))
    for _twice in range(2):
        client.post(_url("save", batch), {"title": "Export LimeSurvey"})
    saved = SavedMapping.objects.get()

    client.post(
        reverse("imports:create", args=[campaign.pk]),
        {
            "file": SimpleUploadedFile("b.csv", csv_file(_row(campaign, 9))),
            "saved": saved.pk,
        },
    )

    again = ImportBatch.objects.latest("pk")
    assert (State.CHECKED, 1) == (again.state, again.report["created"])
    of_space = [campaign.space_id, saved.pk]
    given = client.get(reverse("imports:saved_mapping", args=of_space))
    assert saved.content.encode() == given.content
    client.post(reverse("imports:forget_mapping", args=of_space))
    assert not SavedMapping.objects.exists()


def test_the_example_of_a_mapping_is_given_in_place(client, campaign):
    url = reverse("imports:example", args=[campaign.pk])

    assert url in client.get(_create(campaign)).content.decode()
    assert EXAMPLE.read_bytes() == client.get(url).content


def _create(campaign) -> str:
    return reverse("imports:create", args=[campaign.pk])


def test_a_workbook_of_several_sheets_asks_which_one_to_read(client, campaign):
    rows = [_row(campaign, 1), _row(campaign, 2)]
    book = workbook(
        Notice=[["À lire"], ["Rien ici."]],
        Réponses=[list(rows[0]), *(list(row.values()) for row in rows)],
    )
    address = reverse("imports:create", args=[campaign.pk])
    client.post(address, {"file": SimpleUploadedFile("export.xlsx", book)})
    batch = ImportBatch.objects.get()

    asked = client.get(_url("header", batch)).content.decode()
    client.post(_url("header", batch), {"sheet": "Réponses"}, follow=True)

    batch.refresh_from_db()
    assert "Quelle feuille" in asked
    assert "Réponses" == batch.sheet
    page = client.get(_url("columns", batch)).content.decode()
    assert "Feuille lue" in page
    assert "P2" in page


def test_a_mapping_says_which_sheet_it_reads(client, campaign):
    text = csv_file(_row(campaign, 1)).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    book = workbook(Notice=[["À lire"]], Réponses=lines)
    mapping = EXAMPLE.read_bytes().replace(
        b"[rows]", b'[rows]\nsheet = "R\xc3\xa9ponses"'
    )

    _give(client, campaign, content=book, mapping=mapping, name="export.xlsx")

    batch = ImportBatch.objects.get()
    assert (State.CHECKED, 1) == (batch.state, batch.report["created"])


def workbook(**sheets) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        path = Path(file.name)
        write_workbook(path, [Sheet(k, v[0], v[1:]) for k, v in sheets.items()])
        return path.read_bytes()
