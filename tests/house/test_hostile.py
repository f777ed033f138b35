"""A stranger who knows every address and number of our space gets nothing from it.

They own a space of their own, so that every page opens to them somewhere. Each text of
ours has a mark, looked for in all that they are answered; what our space holds is read
again, row by row and field by field, in each table that a request wrote.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client, override_settings

from jalons.documents import render
from jalons.documents.model import Paragraph, Section, Table
from jalons.spaces.models import Space
from tests.documents.conftest import make_document
from tests.fuzz.fuzzing import tried
from tests.house import world as worlds
from tests.house.calls.call import Call
from tests.house.given_to_all import TO_ALL
from tests.house.holdings import NotUnderstood, written
from tests.house.hostile import VERBS, Got, Prey, prey_of, requests
from tests.house.keys import GOOD, REFUSED, WRITES, target
from tests.house.matrix import ROWS
from tests.house.unfolding import unfolded
from tests.house.visits import client_of, undone

pytestmark = pytest.mark.django_db
PRIVATE = {(row.url, row.method) for row in ROWS if not row.is_public}
URLS = sorted({row.url for row in ROWS})
# A constraint keeps these empty until something happened, or without their pair.
KEPT_EMPTY = {
    "adoption.Publication.withdrawal_reason",
    "communication.Announcement.outcome",
    "evaluation.Followed.retired_because",
    "hosts.Profile.contact_name",
    "impact.Publication.withdrawal_reason",
    "indicators.Indicator.reviewer",
    "publications.Issue.withdrawal_reason",
}
# Anybody signed in may ask to join a team: what that writes is theirs.
ASKED = "spaces:ask"
WRITTEN_BY_ASKING = ("audit.Entry ", "spaces.JoinRequest ", "mail.")
TO_SMUGGLE = sorted({url for url, _method in PRIVATE})


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def prey(module_rows, files) -> Prey:
    with override_settings(MEDIA_ROOT=files):
        return prey_of(worlds.build())


@pytest.fixture(autouse=True)
def _files_of_the_module(settings, own_folders, files):
    """Those of the two worlds, which last as long as they do."""
    settings.MEDIA_ROOT = files


@pytest.mark.parametrize("url", URLS)
def test_our_address_gives_a_stranger_nothing_by_any_verb(prey: Prey, url: str):
    call, client = prey.ours(url), prey.stranger()

    for verb in VERBS:
        got = prey.asked(client, verb, call.url(url), call.post)

        assert not got.told, verb
        assert got.status < 500, verb
        if verb != "POST" or (url, verb) in PRIVATE:
            assert not _of_ours(url, got), verb


@pytest.mark.parametrize("url", TO_SMUGGLE)
def test_our_numbers_in_their_addresses_and_bodies_do_nothing(prey: Prey, url: str):
    client = prey.stranger()

    for method in ("GET", "POST"):
        if (url, method) in PRIVATE:
            for address, body in prey.smuggled(url, method):
                got = prey.asked(client, method, address, body)

                assert not got.told
                assert not _of_ours(url, got)
                assert got.status < 500


def _of_ours(url: str, got: Got) -> list[str]:
    """What was changed, but for the traces of somebody who asks to join."""
    if url != ASKED:
        return got.changed
    return [one for one in got.changed if not one.startswith(WRITTEN_BY_ASKING)]


@pytest.mark.parametrize("url", WRITES)
def test_a_program_writes_with_a_key_of_ours_and_no_other(prey: Prey, url: str):
    """With the wrong key nothing is told nor changed; with a right one it is read."""
    number, line = target(prey.world, url)
    refused = REFUSED | {str(WRITES[url]): 403}

    for which, status in refused.items():
        got = _sent(prey, url, which, number, line)

        assert got.status == status, which
        assert not got.told
        assert not got.changed
    assert _sent(prey, url, GOOD, number, line).status in {200, 422}


@pytest.mark.parametrize("url", [url for url in URLS if url.startswith("api:")])
def test_no_key_opens_more_of_the_api_by_any_verb(prey: Prey, url: str):
    client, address = Client(), prey.world.call(url).url(url)

    for which in REFUSED:
        for verb in VERBS:
            got = prey.asked(client, verb, address, **_borne(prey, which))

            assert not got.told, (which, verb)
            assert not got.changed, (which, verb)
            assert got.status < 500, (which, verb)


def _sent(prey: Prey, url: str, which: str, number: int, line: dict) -> Got:
    head = _borne(prey, which) | {"HTTP_IDEMPOTENCY_KEY": f"envoi-{which}"}
    sent = {"content_type": "application/json"} | head
    address, body = Call({"number": number}).url(url), json.dumps({"lines": [line]})
    return prey.asked(Client(), "POST", address, body, **sent)


def _borne(prey: Prey, which: str) -> dict[str, str]:
    secret = prey.keys[which]
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"} if secret else {}


@pytest.mark.parametrize("visitor", ["stranger", "anonymous"])
def test_numbers_drawn_at_random_open_nothing(prey: Prey, visitor: str):
    """Any number of ours in any address and any field; more by `make bench`."""
    client = client_of(prey.world, visitor)

    def ask(drawn) -> None:
        got = prey.asked(client, *drawn)
        assert not got.told, drawn
        assert not got.changed, drawn
        assert got.status < 500, drawn

    tried(f"numbers of ours, {visitor}", requests(prey, TO_SMUGGLE), ask, examples=40)


def test_marks_lie_in_nearly_every_text_and_those_who_may_read_them_do(prey: Prey):
    """What finds nothing for a stranger finds it for an owner, files included."""
    client, seen = client_of(prey.world, "owner"), set()
    kinds = {str(one) for one in prey.canaries.planted}

    for url in (
        "spaces:team",
        "roadmaps:show",
        "workshops:export_xlsx",
        "adoption:file",
    ):
        told = prey.asked(client, "GET", prey.world.call(url).url(url)).told
        assert told, url
        seen |= told

    assert len(kinds) > 300
    assert prey.canaries.refused == KEPT_EMPTY
    assert not seen <= {one for one in seen if one.model == "spaces.Space"}


def test_what_is_public_is_told_with_its_reason_and_stands_somewhere():
    fields = {
        f"{name}.{field}"
        for name, given in TO_ALL.items()
        for field in given.fields.split()
    }
    known = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
    }

    assert fields - known == {"files.StoredFile.content"}
    assert all(given.why for given in TO_ALL.values())


@pytest.mark.parametrize("format", ["pdf", "docx", "odt", "pptx", "xlsx"])
def test_a_word_is_found_in_a_document_of_every_kind(format: str):
    word = "zqintrouvable"
    table = Table("Lieux", ("Nom",), ((word,),))
    made = render(make_document(Section("Partie", (Paragraph(word), table))), format)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("dedans", gzip.compress(made))

    assert word.encode() in b"".join(unfolded(file.getvalue()))


def test_what_a_request_wrote_is_noticed_row_by_row(prey: Prey):
    space = prey.space

    with written() as tables:
        Space.objects.filter(pk=space.pk).exists()
    assert not tables
    with undone(), written() as tables:
        Space.objects.filter(pk=space.pk).update(name="Autre")
        space.invitations.all().delete()
        space.news.create(title="Ajoutée", text="Ici", territory=space.territory)
        changed = prey.holdings.changed(tables)

    assert {"spaces.Space", "spaces.Invitation", "community.News"} <= {
        line.split()[0] for line in changed
    }
    assert {"Membership", "Link", "StoredFile"} <= {
        kind.__name__ for kind in prey.holdings.rows
    }
    assert "User" not in {kind.__name__ for kind in prey.holdings.rows}


def test_a_statement_that_is_not_understood_is_no_reading():
    with pytest.raises(NotUnderstood), written():
        connection.cursor().execute("CREATE TEMPORARY TABLE autre (n integer)")
