"""Keys for programs: made by an owner, told once, never more than their maker."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.tokens import access, operations
from jalons.tokens.models import Scope, Token
from tests.accounts.proving import asks_for_a_proof, sign_in
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db


def _tomorrow():
    return timezone.localdate() + timedelta(days=1)


@pytest.fixture
def owner():
    return make_user("Claude")


@pytest.fixture
def space(owner):
    return make_space(owner=owner)


@pytest.fixture
def given(space, owner):
    """A key that writes measures, and its secret."""
    return operations.give_token(
        space, "Tableau de bord", ["measures"], _tomorrow(), by=owner
    )


def _make(client, space, **fields):
    said = {
        "title": "Tableau de bord",
        "scopes": ["measures", "places"],
        "expires_on": _tomorrow().isoformat(),
        **fields,
    }
    return client.post(reverse("tokens:create", args=[space.pk]), said)


def test_the_secret_is_shown_once_and_only_its_print_is_kept(client, space, owner):
    sign_in(client, owner)

    page = _make(client, space).content.decode()

    token = Token.objects.get()
    (secret,) = [part for part in page.split('"') if part.startswith("jln_")]
    assert token.digest == Token.digest_of(secret)
    with override_settings(SECRET_KEY="that of another installation"):
        assert token.digest != Token.digest_of(secret)
    assert token.scopes == ["measures", "places"]
    assert access.find_token(secret, on=timezone.localdate()) == token
    listed = client.get(reverse("tokens:list", args=[space.pk])).content.decode()
    assert "Tableau de bord" in listed
    assert secret not in listed
    assert secret not in str(vars(token))
    assert not any(secret in str(vars(one)) for one in Entry.objects.all())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("scopes", []),
        ("scopes", ["everything"]),
        ("title", ""),
        ("expires_on", "2020-01-01"),
        ("expires_on", "2090-01-01"),
    ],
)
def test_a_key_without_limit_is_refused(client, space, owner, field, value):
    sign_in(client, owner)

    page = _make(client, space, **{field: value})

    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {field}
    assert not Token.objects.exists()


def test_an_old_sign_in_reads_the_form_and_makes_no_key(client, space, owner):
    client.force_login(owner)

    page = client.get(reverse("tokens:create", args=[space.pk]))
    asked = _make(client, space)

    assert page.status_code == 200
    assert asks_for_a_proof(asked)
    assert not Token.objects.exists()


def test_a_key_revoked_opens_nothing_and_its_revocation_is_told_once(
    client, space, owner, given
):
    token, secret = given
    sign_in(client, owner)

    for _time in range(2):
        client.post(reverse("tokens:revoke", args=[space.pk, token.pk]))

    with pytest.raises(access.NotAToken):
        access.find_token(secret, on=timezone.localdate())
    verbs = [*Entry.objects.order_by("pk").values_list("verb", flat=True)]
    assert verbs == ["token.given", "token.revoked"]


def test_a_key_lives_until_its_last_day_included(given):
    token, secret = given

    assert access.find_token(secret, on=token.expires_on) == token
    with pytest.raises(access.NotAToken):
        access.find_token(secret, on=token.expires_on + timedelta(days=1))


@pytest.mark.parametrize("secret", ["", "jln_", "jln_inconnu", "inconnu"])
def test_another_secret_opens_nothing(given, secret):
    with pytest.raises(access.NotAToken):
        access.find_token(secret, on=timezone.localdate())


def test_a_key_stops_with_the_membership_of_its_maker(space, owner, given):
    _token, secret = given
    space.memberships.filter(user=owner).delete()

    with pytest.raises(access.NotAToken):
        access.find_token(secret, on=timezone.localdate())


def test_a_key_writes_what_it_was_made_for(given):
    token, _secret = given

    access.require_scope(token, Scope.MEASURES)
    with pytest.raises(access.OutOfScope):
        access.require_scope(token, Scope.PLACES)


def test_a_writing_sent_again_is_answered_without_being_done_again(given):
    token, _secret = given
    writing = operations.Writing(Scope.MEASURES, "un", "a")
    done = []

    answers = [
        operations.write_once(
            token, writing, lambda: {"n": len(done.append(1) or done)}
        )
        for _time in range(2)
    ]

    assert answers == [{"n": 1}, {"n": 1}]
    assert len(done) == 1
    other = operations.Writing(Scope.MEASURES, "un", "b")
    with pytest.raises(operations.AnotherWriting):
        operations.write_once(token, other, dict)


def test_what_fails_or_is_dry_leaves_no_receipt(given):
    token, _secret = given

    def fails():
        raise access.NotAToken

    with pytest.raises(access.NotAToken):
        operations.write_once(
            token, operations.Writing(Scope.MEASURES, "un", "a"), fails
        )
    dry = operations.Writing(Scope.MEASURES, "un", "a", is_dry=True)
    assert operations.write_once(token, dry, lambda: {"n": 1}) == {"n": 1}
    assert not token.receipts.exists()


def test_receipts_are_kept_a_week(given):
    token, _secret = given
    first = operations.Writing(Scope.MEASURES, "un", "a")
    operations.write_once(token, first, dict)
    token.receipts.update(written_at=timezone.now() - timedelta(days=8))

    operations.write_once(token, operations.Writing(Scope.MEASURES, "deux", "a"), dict)

    assert [*token.receipts.values_list("key", flat=True)] == ["deux"]


def test_making_a_key_asks_again_who_is_there_when_the_sign_in_is_old(
    client, space, owner
):
    client.force_login(owner)

    answer = _make(client, space)

    assert asks_for_a_proof(answer)
    assert not Token.objects.exists()
