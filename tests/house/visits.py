from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.house.calls.call import Call
from tests.house.matrix import Row
from tests.house.world import World


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is undone on the way out."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def client_of(world: World, column: str, **options) -> Client:
    """A browser signed in as the visitor of this column, if it has an account."""
    client = Client(raise_request_exception=False, **options)
    if column in world.sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[column]
    return client


def visit(world: World, row: Row, column: str):
    """The answer to this visitor; what the visit writes is left to undo."""
    cache.clear()
    return visit_again(world, row, column)


def visit_again(world: World, row: Row, column: str):
    """The same, when what the site keeps for later is kept."""
    call = world.call(row.url)
    return send(client_of(world, column), row.method, call.url(row.url, column), call)


def send(client: Client, method: str, url: str, call: Call):
    return client.get(url) if method == "GET" else client.post(url, call.post)


def answer_of(response) -> str:
    """What a cell of the matrix says: a status, or `login` for the sign-in page."""
    put_away(response)
    goes_to = urlsplit(response.headers.get("Location", "")).path
    if response.status_code == 302 and goes_to == reverse("account_login"):
        return "login"
    if response.status_code == 401 and "account/sent_too_late.html" in _drawn(response):
        return "login"
    return str(response.status_code)


def _drawn(response) -> set[str]:
    return {template.name for template in response.templates}


def put_away(response) -> None:
    """Read a file given back to its end, which closes it."""
    if response.streaming:
        response.getvalue()
