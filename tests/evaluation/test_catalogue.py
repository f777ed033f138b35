"""The catalogue: what it holds, and that a definition never changes in silence."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.utils.translation import override

from jalons.evaluation.catalogue import read_catalogue
from jalons.evaluation.models import Followed
from tests.evaluation.plans import make_evaluation

PRINTS = Path(__file__).with_name("definitions.txt")


READ_LATER = {"nature"}
"""What no plan keeps: it is read in the catalogue of the day."""


def printed() -> list[str]:
    """Each definition, its version, and a print of all that it says."""
    return [
        f"{one.code} {one.version} "
        f"{hashlib.sha256(one.model_dump_json(exclude=READ_LATER).encode()).hexdigest()[:16]}"
        for one in read_catalogue().indicator
    ]


def test_the_catalogue_holds_the_chain_from_means_to_impact():
    found = read_catalogue()
    core = {one.code for one in found.indicator if one.is_core}

    assert [
        "I1",
        "P1",
        "P2",
        "P4",
        "O1",
        "O3",
        "R1",
        "R2",
        "R3",
        "R4",
        "R8",
        "R9",
    ] == sorted(core, key=[one.code for one in found.indicator].index)
    assert 32 == len(found.by_code) == len(found.indicator)
    assert {one.level for one in found.indicator} == set(Followed.Level.values)


def test_a_unit_a_direction_and_a_frequency_of_the_file_are_those_of_the_tables():
    for one in read_catalogue().indicator:
        assert one.unit in Followed.Unit.values
        assert one.direction in Followed.Direction.values
        assert one.frequency in Followed.Frequency.values
        assert len(one.definition.fr) <= 1000
        assert len(one.name.fr) <= 200


def test_a_definition_that_changes_takes_another_version():
    """A plan keeps the definition it chose: the same version says the same words.

    A line that differs here: raise `version` in data/evaluation/indicators.toml, then
    write the new line in tests/evaluation/definitions.txt.
    """
    assert PRINTS.read_text(encoding="utf-8").splitlines() == printed()


def test_an_indicator_is_said_in_the_language_of_its_reader(roadmap, officer):
    """Chosen in English, read in French, until the catalogue says something else."""
    entry = read_catalogue().by_code["O1"]
    with override("en"):
        row = make_evaluation(roadmap, "O1", by=officer).indicators.get()
        assert entry.name.en == row.name == row.said.name
    assert (entry.name.fr, entry.definition.fr, entry.formula.fr, entry.source.fr) == (
        row.said
    )

    row.catalogue_version = entry.version + 1

    assert entry.name.en == row.said.name == str(row)


def test_no_target_is_offered_on_context():
    refused = {one.code for one in read_catalogue().indicator if not one.takes_target}

    assert {"M3"} == refused
