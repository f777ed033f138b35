from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.accounts.models import User

pytestmark = pytest.mark.django_db


def test_an_administrator_is_named_before_signing_in_and_taken_back(client):
    load = reverse("indicators:load")

    call_command("administrator", "Ada@Exemple.fr")
    ada = User.objects.get(email="ada@exemple.fr")
    client.force_login(ada)
    assert client.get(load).status_code == 200

    call_command("administrator", "ada@exemple.fr", "--remove")
    assert client.get(load).status_code == 403


def test_what_is_not_an_address_is_told():
    with pytest.raises(CommandError, match="ada"):
        call_command("administrator", "ada")
    assert not User.objects.exists()
