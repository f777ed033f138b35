"""The demonstration shows that a program writes, and what."""

from __future__ import annotations

from django.urls import reverse

from jalons.demo.keys import TITLE, invent_key
from tests.accounts.proving import sign_in
from tests.factories import make_space, make_user


def test_the_team_reads_what_the_program_may_write_and_no_secret(db, client):
    officer = make_user()
    space = make_space(owner=officer)
    token = invent_key(space, officer)
    sign_in(client, officer)

    page = client.get(
        reverse("tokens:list", args=[space.pk]), headers={"accept-language": "fr"}
    ).content.decode()

    assert TITLE in page
    assert all(words in page for words in token.scope_words)
    assert "jln_" not in page
    assert token.digest not in page
