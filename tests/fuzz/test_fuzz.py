"""Nothing that is given from outside breaks the site: it is read, or refused in words.

One hostile input a door here; ten minutes of them by `make bench only=fuzz`.
"""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.forms import BaseForm
from django.test import Client

from tests.fuzz.doors import COMMANDS, FILES, write
from tests.fuzz.fuzzing import tried, upload_of
from tests.fuzz.hostile import files, forms, sound
from tests.house import world as worlds
from tests.house.matrix import ROWS
from tests.house.visits import put_away, undone

pytestmark = pytest.mark.django_db
ANSWERS = {200, 400}
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


def _sent(world, door, name: str, content: bytes):
    """The answer to a file sent with all that the rest of its form asks."""
    call = world.call(door.url)
    posted = {**call.post, **door.post, door.field: upload_of(name, content)}
    for field, beside in door.beside.items():
        posted[field] = upload_of(beside, sound(beside, Path(beside).suffix))
    url = call.url(door.url)
    response = _client(world, door.column).post(url, posted, follow=True)
    put_away(response)
    return response


def _form_of(response, field: str) -> BaseForm | None:
    """The form of the page that takes the file."""
    for context in response.context or ():
        for value in context.flatten().values() if hasattr(context, "flatten") else ():
            if isinstance(value, BaseForm) and field in value.fields:
                return value
    return None


def _refused(response, door) -> dict[str, str]:
    """Why the form refuses what was sent, by field; it was read, or sent on."""
    form = _form_of(response, door.field)
    if form is None or response.redirect_chain:
        return {}
    # Some pages give an empty form again, beside what they found in the file.
    assert form.is_bound or response.context.get("found")
    return {field: " ".join(errors) for field, errors in form.errors.items()}


@pytest.mark.parametrize("door", DOORS)
def test_a_page_reads_a_file_or_refuses_it(world, door):
    def send(given):
        response = _sent(world, door, *given)
        assert response.status_code in ANSWERS
        # What is wrong is the file: the rest of the form hides it from no reader.
        assert _refused(response, door).keys() <= {door.field}

    tried(f"{door.url} {door.field}", files(*door.kinds), send)


@pytest.mark.parametrize("door", DOORS)
def test_a_sound_file_comes_to_what_reads_the_files_of_a_page(world, door):
    cache.clear()
    with undone():
        content = sound(door.sound, *door.kinds)
        response = _sent(world, door, door.sound, content)
        said = _refused(response, door)

    assert response.status_code in ANSWERS
    assert said.keys() == ({door.field} if door.says else set()), said
    assert door.says in said.get(door.field, "")


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


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_sound_file_comes_to_what_reads_the_files_of_a_command(world, name, tmp_path):
    command = COMMANDS[name]
    path = write(tmp_path, command.sound, sound(command.sound, *command.kinds))
    refused = contextlib.nullcontext()
    if command.says:
        refused = pytest.raises(CommandError, match=command.says)

    with undone(), refused:
        call_command(
            name,
            *command.before(world),
            str(path),
            **command.options(world),
            **_silent(),
        )


@pytest.mark.parametrize(("url", "column"), sorted(PUBLIC.items()))
def test_a_public_form_takes_anything(world, url, column):
    call = world.call(url)
    client, address = _client(world, column), call.url(url, column)

    def send(given):
        response = client.post(address, given)
        put_away(response)
        assert response.status_code < 500

    tried(url, forms(call.post), send)
