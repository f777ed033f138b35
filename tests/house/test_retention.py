"""Each retention that the register says is carried out by something that runs.

Tried on a whole world: long after, the purge has left nothing of anybody in what it
says that it ends, and the accounts have ended by themselves.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from jalons.cli.management.commands.serve import CHORES
from jalons.privacy.declarations import Ending, declared_models
from jalons.privacy.figures import register
from jalons.privacy.operations import _past, purge
from tests.house.world import World

pytestmark = pytest.mark.django_db
LATER = timedelta(days=365 * 90)
# What is still true has no end yet: the row says so by the date that it lacks.
STILL_TRUE = {
    "files.StoredFile": "a picture or a source stays with what it shows or proves",
    "hosts.Profile": "what the site says of its host today",
}


def test_every_promise_has_something_that_keeps_it():
    for model, declared in declared_models():
        by_purge, by_end = bool(declared.counted_from), declared.ends_with_account
        assert by_purge or by_end, model._meta.label
    assert all(line.is_purged for line in register())
    assert {"purge", "end_dormant_accounts"} <= CHORES.keys()


def test_long_after_nothing_is_left_of_what_the_register_says_it_ends(world: World):
    at = timezone.now() + LATER
    held = {m._meta.label for m, _d in declared_models() if m._base_manager.exists()}

    purge(at, dry_run=False)

    left = {}
    for model, declared in declared_models():
        if declared.counted_from:
            rows = model._base_manager.all()
            if declared.ending is Ending.BLANK:
                rows = rows & _past(model, declared, at + LATER)
            if rows.exists():
                left[model._meta.label] = rows.count()
    assert len(held) > 30, sorted(held)
    assert left.keys() <= STILL_TRUE.keys(), left
