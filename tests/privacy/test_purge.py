from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit.models import Entry
from jalons.audit.operations import record
from jalons.mail.models import Message
from jalons.privacy.declarations import Ending
from jalons.privacy.operations import Purged, purge
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db


def line_of(report: list[Purged], model: str) -> Purged:
    return next(line for line in report if line.model == model)


def make_message(*, created_at: datetime) -> Message:
    message = Message.objects.create(
        reason="trial", recipient=f"{created_at:%Y%m%d}@exemple.fr", subject="Essai"
    )
    Message.objects.filter(pk=message.pk).update(created_at=created_at)
    return message


def test_a_row_past_its_days_is_deleted_and_a_younger_one_kept():
    now = timezone.now()
    days = timedelta(days=Message.personal_data.kept_days)
    make_message(created_at=now - days - timedelta(days=1))
    younger = make_message(created_at=now - days + timedelta(days=1))

    report = purge(now, dry_run=False)

    assert line_of(report, "mail.Message").row_count == 1
    assert list(Message.objects.all()) == [younger]


def test_a_dry_run_counts_and_changes_nothing():
    now = timezone.now()
    make_message(created_at=now - timedelta(days=2000))

    report = purge(now, dry_run=True)

    assert line_of(report, "mail.Message").row_count == 1
    assert Message.objects.count() == 1


def test_an_old_audit_line_stays_without_the_name():
    record("space.opened", make_space(), by=make_user("Camille"))
    later = timezone.now() + timedelta(days=Entry.personal_data.kept_days + 1)

    first, second = purge(later, dry_run=False), purge(later, dry_run=False)

    entry = Entry.objects.get()
    assert (entry.actor_id, entry.actor_label) == (None, "")
    assert entry.verb == "space.opened"
    assert line_of(first, "audit.Entry").row_count == 1
    assert line_of(second, "audit.Entry").row_count == 0


def test_two_unique_addresses_can_both_be_made_anonymous(monkeypatch):
    make_user(), make_user()
    declared = replace(
        User.personal_data, counted_from="joined_at", ending=Ending.BLANK
    )
    monkeypatch.setattr(User, "personal_data", declared)
    later = timezone.now() + timedelta(days=declared.kept_days + 1)

    report = purge(later, dry_run=False)
    again = purge(later, dry_run=True)

    assert line_of(report, "accounts.User").row_count == 2
    assert line_of(again, "accounts.User").row_count == 0
    assert not User.objects.filter(email__endswith="@exemple.fr").exists()
    assert set(User.objects.values_list("name", flat=True)) == {""}


def test_a_table_that_says_no_date_is_left_alone(monkeypatch):
    make_user()
    declared = replace(User.personal_data, counted_from="", since="")
    monkeypatch.setattr(User, "personal_data", declared)

    report = purge(timezone.now() + timedelta(days=9000), dry_run=False)

    assert line_of(report, "accounts.User").before is None
    assert User.objects.count() == 1


def test_the_command_reports_in_json():
    make_message(created_at=timezone.now() - timedelta(days=2000))
    out = StringIO()

    call_command("purge", "--dry-run", "--json", stdout=out)

    report = json.loads(out.getvalue())
    tables = {table["model"]: table["rows"] for table in report["tables"]}
    assert report["dry_run"] is True
    assert tables["mail.Message"] == 1


def test_the_command_reports_in_words():
    out = StringIO()

    call_command("purge", stdout=out)

    assert "mail.Message" in out.getvalue()
