"""A laptop in the same database: what it does is undone, but the file it gives back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from jalons.accounts.models import User
from jalons.rooms.bundles import open_bundle, seal
from jalons.rooms.models import Outing
from jalons.rooms.operations import HOST, results_of, set_up_room
from jalons.spaces.models import Space
from jalons.workshops.models import Workshop


@contextmanager
def laptop(data: bytes) -> Iterator[tuple[Workshop, User, Callable[[], bytes]]]:
    """The workshop as the laptop plays it, its host, and the file of its results."""
    with transaction.atomic():
        Space.objects.all().delete()
        outing = set_up_room(open_bundle(data, "out"))
        assert outing == set_up_room(open_bundle(data, "out"))
        host = User.objects.get(email=HOST)
        yield (
            outing.workshop,
            host,
            lambda: results_of(Outing.objects.get(pk=outing.pk)),
        )
        transaction.set_rollback(True)


def changed(data: bytes, secret: str, **fields: object) -> bytes:
    """The same file with other fields, sealed as its holder could."""
    content = json.loads(data) | fields
    content.pop("seal")
    return seal(content, secret)
