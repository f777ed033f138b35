"""A public roadmap as open data: what its page says, and nothing else."""

from __future__ import annotations

from uuid import uuid4

import jsonschema
import pytest

from jalons.adoption import operations, papers
from jalons.adoption.operations import freeze_version
from jalons.documents.model import Section, walk
from jalons.documents.written import texts_of
from tests.adoption.versions import publishes
from tests.factories import make_space, make_user
from tests.roadmaps.plans import make_roadmap, make_stake

SECRET = "Ce que l’équipe garde pour elle"


@pytest.fixture
def owner(db):
    return make_user("Cheffe de projet")


@pytest.fixture
def roadmap(owner):
    roadmap = make_roadmap(make_space(owner=owner), by=owner, title="Cap commun")
    make_stake(roadmap, "Comment aider chacun ?", by=owner)
    return roadmap


@pytest.fixture
def public(roadmap, owner):
    return publishes(freeze_version(roadmap, "Envoyée", by=owner), by=owner)


def _words(told: dict) -> set[str]:
    found = {told["title"], told["subtitle"], told["dated"]}
    for block in told["blocks"]:
        found |= {*block["under"], *block["words"], *block["header"]}
        found |= {cell for row in block["rows"] for cell in row}
    return found - {""}


def test_it_says_what_the_public_document_says(read, public):
    told = read(f"roadmaps/{public.slug}/document")["document"]

    shown = papers.public_document(public.adoption.version)
    assert told["title"] == shown.title
    assert _words(told) <= {*texts_of(shown)}
    assert {one.title for one in walk(shown.sections) if isinstance(one, Section)} <= {
        title for block in told["blocks"] for title in block["under"]
    }
    assert any("Comment aider chacun ?" in one for one in _words(told))


def test_a_part_left_out_of_the_document_is_not_given(read, roadmap, owner):
    said = {"words": SECRET, "is_shown": False, "version": 1, "written_from": uuid4()}
    operations.save_part(roadmap, "thanks", **said, by=owner)
    public = publishes(freeze_version(roadmap, "Envoyée", by=owner), by=owner)

    told = read(f"roadmaps/{public.slug}/document")

    assert SECRET in str(public.adoption.version.data)
    assert SECRET not in str(told)


def test_it_has_the_shape_of_its_schema(read, public):
    schema = read("schemas/roadmap.json")
    told = read(f"roadmaps/{public.slug}/document")["document"]

    jsonschema.Draft202012Validator(schema).validate(told)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(told | {"blocks": [1]})


def test_a_roadmap_withdrawn_gives_nothing_more(read, public, owner):
    operations.withdraw(public, reason="Une erreur", by=owner)

    told = read(f"roadmaps/{public.slug}/document", 410)

    assert "Comment aider" not in str(told)
