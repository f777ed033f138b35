from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.accounts.models import User
from jalons.audit.models import Entry
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_whoever_has_signed_in_is_named_administrator_and_no_longer(client):
    ada = make_user()
    load = reverse("indicators:load")
    client.force_login(ada)
    assert client.get(load).status_code == 403

    call_command("administrator", ada.email.upper())
    assert client.get(load).status_code == 200

    call_command("administrator", ada.email, "--remove")
    assert client.get(load).status_code == 403
    named = Entry.objects.filter(verb="account.administrator")
    assert [None, None] == [one.actor_id for one in named]


@pytest.mark.parametrize("option", [[], ["--remove"]])
def test_an_address_that_never_signed_in_leaves_no_account(option):
    with pytest.raises(CommandError, match="ada@exemple.fr"):
        call_command("administrator", "ada@exemple.fr", *option)

    assert not User.objects.exists()
