"""A newcomer types what the README says, then follows each guide to the letter."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.conftest import free_port
from tests.browser.walks import DESK, PHONE
from tests.guides.rehearsal import installed
from tests.guides.steps import guides, is_for_a_phone, steps
from tests.guides.walk import Walk

# Where `make pictures` keeps what the guides show.
PICTURES = os.environ.get("JALONS_PICTURES")


@pytest.fixture(scope="module")
def typed_site(tmp_path_factory):
    with installed(tmp_path_factory.mktemp("newcomer"), free_port()) as url:
        yield url


@pytest.fixture(scope="module")
def signed_in():
    """The session of the reader, once signed in."""
    return []


@pytest.mark.parametrize("guide", guides(), ids=lambda path: path.stem)
def test_a_newcomer_follows_the_guide(guide, typed_site, signed_in, browser):
    context = browser.new_context(
        locale="fr-FR",
        viewport=PHONE if is_for_a_phone(guide) else DESK,
        reduced_motion="reduce",
    )
    folder = Path(PICTURES) if PICTURES else None
    walk = Walk(context.new_page(), typed_site, signed_in, folder)

    for step in steps(guide):
        walk.do(step)

    context.close()
