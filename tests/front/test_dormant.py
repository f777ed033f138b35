from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import Identity, User
from jalons.audit.models import Entry
from jalons.digests.models import Subscription
from jalons.front.dormant import end_dormant
from jalons.mail.models import Message
from jalons.spaces.models import Role
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def make_dormant(name: str = "Camille", days: int = 800) -> User:
    user = make_user(name)
    user.last_login = NOW - timedelta(days=days)
    user.save(update_fields=["last_login"])
    return user


def warned(*, days_ago: int = 31) -> None:
    """The warnings of today left so many days ago."""
    end_dormant(NOW, dry_run=False)
    then = NOW - timedelta(days=days_ago)
    Message.objects.filter(reason="account-dormant").update(
        state=Message.State.SENT, created_at=then, sent_at=then
    )


def test_nobody_ends_without_a_warning_and_it_is_written_once():
    user = make_dormant()

    first, second = (end_dormant(NOW, dry_run=False) for _ in range(2))

    assert (first.warned, second.waiting) == ([user.pk], [user.pk])
    message = Message.objects.get()
    assert message.recipient == user.email
    assert "deux ans" in message.text
    user.refresh_from_db()
    assert user.is_active


def test_a_month_after_the_warning_the_account_ends_with_its_mails_and_identity():
    user = make_dormant()
    address = user.email
    Subscription.objects.create(user=user, rhythm=Subscription.Rhythm.WEEK)
    Identity.objects.create(user=user, issuer="https://exemple.fr", subject="12")
    space = make_space(owner=make_user(), editor=user)
    warned()

    report = end_dormant(NOW, dry_run=False)

    assert report.ended == [user.pk]
    user.refresh_from_db()
    assert not user.is_active
    assert address != user.email
    assert user.name == ""
    assert not Subscription.objects.exists()
    assert not Identity.objects.exists()
    assert not space.memberships.filter(user=user).exists()
    assert Entry.objects.filter(verb="account.ended").exists()


def test_a_warning_that_has_not_left_a_month_ago_ends_nothing():
    user = make_dormant()
    warned(days_ago=29)

    assert end_dormant(NOW, dry_run=False).waiting == [user.pk]

    Message.objects.update(state=Message.State.QUEUED, sent_at=None)
    assert end_dormant(NOW, dry_run=False).ended == []


def test_signing_in_once_keeps_the_account():
    user = make_dormant()
    warned()
    User.objects.filter(pk=user.pk).update(last_login=NOW)

    report = end_dormant(NOW, dry_run=False)

    assert (report.ended, report.waiting, report.warned) == ([], [], [])


def test_a_sign_in_still_open_somewhere_keeps_the_account():
    user = make_user()
    Client().force_login(user)
    User.objects.filter(pk=user.pk).update(last_login=NOW - timedelta(days=800))

    report = end_dormant(NOW, dry_run=False)

    assert (report.warned, report.waiting) == ([], [])


def test_who_never_signed_in_is_counted_from_the_opening_of_the_account():
    user = make_user()
    assert end_dormant(NOW, dry_run=False).warned == []

    User.objects.update(joined_at=NOW - timedelta(days=701))
    assert end_dormant(NOW, dry_run=False).warned == [user.pk]


def test_the_only_owner_of_colleagues_is_kept_and_they_are_told_once():
    owner, colleague = make_dormant("Sacha"), make_user()
    User.objects.filter(pk=colleague.pk).update(last_login=NOW)
    User.objects.filter(pk=make_user().pk).update(is_staff=True)
    space = make_space(owner=owner, editor=colleague)
    warned()

    for _ in range(2):
        report = end_dormant(NOW, dry_run=False)

    assert report.kept_for_spaces == {owner.pk: [space.pk]}
    told = Message.objects.get(reason="account-dormant-owner")
    assert told.recipient == colleague.email
    assert "Sacha" in told.text
    administrator = Message.objects.get(reason="space-owner-gone")
    assert reverse("spaces:without_owner") in administrator.text
    assert space.memberships.get(user=owner).role == Role.OWNER


def test_a_space_left_with_nobody_is_told_to_the_administrators():
    alone, administrator = make_dormant(), make_user()
    User.objects.filter(pk=administrator.pk).update(is_staff=True)
    space = make_space(owner=alone)
    warned()

    report = end_dormant(NOW, dry_run=False)

    assert report.spaces_left_empty == [space.pk]
    told = Message.objects.get(reason="space-left-empty")
    assert told.recipient == administrator.email
    assert space.name in told.subject


def test_a_dry_run_says_the_same_and_changes_nothing():
    owner = make_dormant()
    make_space(owner=owner)
    out = StringIO()

    call_command("end_dormant_accounts", dry_run=True, json=True, stdout=out)
    assert json.loads(out.getvalue())["warned"] == [owner.pk]
    assert not Message.objects.exists()

    warned()
    assert end_dormant(NOW, dry_run=True).ended == [owner.pk]
    owner.refresh_from_db()
    assert owner.is_active


def test_the_command_says_in_words_what_it_did():
    make_dormant()
    out = StringIO()

    call_command("end_dormant_accounts", stdout=out)

    assert "1" in out.getvalue().splitlines()[0]
