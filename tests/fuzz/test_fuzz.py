"""Nothing that is given from outside breaks the site: it is read, or refused in words.

One hostile input a door here; ten minutes of them by `make bench only=fuzz`.
"""

from __future__ import annotations

import contextlib
import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.fuzz.doors import COMMANDS, FILES, write
from tests.fuzz.fuzzing import tried, upload_of
from tests.fuzz.hostile import files, forms
from tests.house import world as worlds
from tests.house.matrix import ROWS
from tests.house.visits import put_away

pytestmark = pytest.mark.django_db
IN = {"200", "302", "400", "401"}
BY_LINK = [
    (row, column)
    for row in ROWS
    if row.method == "POST"
    for column in ("anonymous", "respondent")
    if row.cells[column] in IN and not row.url.startswith("api:")
]
PUBLIC = {row.url: column for row, column in BY_LINK}
DOORS = [
    pytest.param(door, id=f"{door.url}-{door.field}")
    for doors in FILES.values()
    for door in doors
]


@pytest.fixture(scope="module")
def world(module_rows):
    """The two teams of the table of access, and something of each kind."""
    return worlds.build()


def _client(world, column: str) -> Client:
    """A browser in which an error of the site is raised."""
    client = Client()
    if column in world.sessions:
        client.cookies["sessionid"] = world.sessions[column]
    return client


def _silent() -> dict[str, io.StringIO]:
    return {"stdout": io.StringIO(), "stderr": io.StringIO()}


@pytest.mark.parametrize("door", DOORS)
def test_a_page_reads_a_file_or_refuses_it(world, door):
    call = world.call(door.url)
    client, url = _client(world, door.column), call.url(door.url)

    def send(given):
        posted = {**call.post, door.field: upload_of(*given)}
        response = client.post(url, posted, follow=True)
        put_away(response)
        assert response.status_code < 500

    tried(f"{door.url} {door.field}", files(*door.kinds), send)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_reads_a_file_or_refuses_it(world, name, tmp_path):
    command = COMMANDS[name]
    options = command.options(world)

    def run(given):
        path = write(tmp_path, *given)
        with contextlib.suppress(CommandError, SystemExit):
            call_command(
                name, *command.before(world), str(path), **options, **_silent()
            )

    tried(name, files(*command.kinds), run)


@pytest.mark.parametrize(("url", "column"), sorted(PUBLIC.items()))
def test_a_public_form_takes_anything(world, url, column):
    call = world.call(url)
    client, address = _client(world, column), call.url(url, column)

    def send(given):
        response = client.post(address, given)
        put_away(response)
        assert response.status_code < 500

    tried(url, forms(call.post), send)
