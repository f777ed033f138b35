"""Our own exports come back through the screens, whatever the type of question."""

from __future__ import annotations

import io
import json

import pytest
from django.utils.translation import override

from jalons.files.exports import csv_blocks
from jalons.imports import composing, drafting, matching
from jalons.imports.mapping import Mapping, parse_mapping, written
from jalons.imports.places import known_places
from jalons.imports.scanning import scan
from jalons.questionnaires.operations import load_definition
from jalons.surveys.models import Response
from jalons.surveys.tables import export_of
from tests.factories import make_campaign, make_response, make_territory
from tests.imports.collected import read_answers
from tests.questionnaires.kinds import kinds

pytestmark = pytest.mark.django_db

OF_EVERY_TYPE = (
    {
        "ease": "not_concerned",
        "order": ["time", "money"],
        "grid": {"mail": "alone", "buy": "dont_know"},
        "since": "2024-02-29",
        "people": 2.5,
    },
    {
        "ease": "never",
        "why": "=1+1, dit-elle ; « trop long »",
        "order": ["staff"],
        "grid": {"mail": "helped", "buy": "alone"},
    },
    {"ease": "full", "grid": {"mail": "helped", "buy": "helped"}, "people": 0},
)


@pytest.fixture
def campaign():
    place = make_territory("CC des Exemples")
    return make_campaign(place, version=load_definition(kinds()))


def _exported(campaign, wording: str) -> bytes:
    export = export_of(campaign, wording, "fr")
    return "".join(csv_blocks(export.header, export.rows())).encode()


def _mapped(campaign, content: bytes) -> Mapping:
    """The mapping of whoever accepts every proposal of both screens."""
    definition = campaign.version.read()
    seen = scan(io.BytesIO(content), name="export.csv", header_line=1)
    columns = {
        one.column.name: one.guess.code or matching.SET_ASIDE
        for one in matching.proposals(definition, seen)
    }
    matched = matching.matched_of({"columns": columns, "weight_source": "L’INSEE"})
    assert [] == matching.problems(matched, definition)
    groups = drafting.groups_of(definition, seen, matched, known_places(campaign), "fr")
    said = {
        (group.code, ask.kind, ask.about): ask.guess.code
        for group in groups
        for ask in group.asks
    }
    assert all(said.values()), said
    stated = composing.content_of(definition, matched, said, 1)
    mapping = Mapping.model_validate_json(
        json.dumps({"title": "Retour", "author": "Nous", **stated})
    )
    return parse_mapping(written(mapping).encode(), "m.toml", definition)


@pytest.mark.parametrize("wording", ["words", "codes"])
def test_an_export_comes_back_as_it_left(campaign, wording):
    for number, answers in enumerate(OF_EVERY_TYPE):
        response = make_response(campaign, **answers)
        response.channel = Response.Channel.PHONE if number else Response.Channel.WEB
        response.given_weight = 1.25 if number else None
        response.save()

    with override("fr"):
        content = _exported(campaign, wording)
        back = read_answers(
            campaign, _mapped(campaign, content), io.BytesIO(content), name="e.csv"
        )

    assert [] == back.refused
    sent = campaign.responses.order_by("pk")
    assert [one.answers for one in sent] == [one.answers for one in back.entries]
    assert ["web", "phone", "phone"] == [one.channel for one in back.entries]
    assert [None, 1.25, 1.25] == [one.given_weight for one in back.entries]


def test_boxes_ticked_come_back_from_the_export_in_words():
    campaign = make_campaign(make_territory("CC des Exemples"))
    answers = {"P2": "yes", "P3": ["delegate", "voted"], "R3": "from_1", "S1": "zero"}
    make_response(campaign, **answers)

    with override("fr"):
        content = _exported(campaign, "words")
        back = read_answers(
            campaign, _mapped(campaign, content), io.BytesIO(content), name="e.csv"
        )

    assert [] == back.refused
    (entry,) = back.entries
    assert answers.items() <= entry.answers.items()


def test_a_ranking_in_one_cell_comes_back_in_its_order(campaign):
    place = campaign.territories.get().pk
    content = (
        f"id;EPCI;Date;Vos priorités ?;Savez-vous… – Écrire un message;"
        f"Savez-vous… – Acheter\n"
        f"1;{place};2024-03-05 10:00:00;1. Temps · 2. Argent;Seul;Seul\n"
        f"2;{place};2024-03-05 10:00:00;2. Équipe · 1. Argent;Seul;Seul\n"
    ).encode()

    with override("fr"):
        back = read_answers(
            campaign, _mapped(campaign, content), io.BytesIO(content), name="e.csv"
        )

    assert [] == back.refused
    ranked = [entry.answers["order"] for entry in back.entries]
    assert [["time", "money"], ["money", "staff"]] == ranked
