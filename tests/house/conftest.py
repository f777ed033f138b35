from __future__ import annotations

import pytest
from django.db import transaction

from tests.house import world as worlds


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The two worlds, made once for a module whose tests undo what they change."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)
