from __future__ import annotations

import pytest
from django.db import transaction

from jalons.territories.operations import load_reference


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker):
    """The whole geography of France, loaded once for the module and undone after."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_reference()
        transaction.set_rollback(True)
