"""A file of answers collected elsewhere, with its weights, brought into the trial."""

from __future__ import annotations

import csv
import io

from jalons.accounts.models import User
from jalons.demo.simulation import SEED, Simulated, simulate
from jalons.imports import operations
from jalons.imports.loaders import open_answers
from jalons.imports.mapping import (
    Answer,
    Channels,
    Mapping,
    Place,
    Rows,
    Weight,
    written,
)
from jalons.questionnaires.definitions import Question
from jalons.surveys.models import Campaign

FILE_NAME = "enquete-telephonique-simulee.csv"
ANSWERS = 12
KEY, PLACE, CHANNEL, WEIGHT = "numero", "EPCI", "mode", "poids"


def bring_in_a_file(campaign: Campaign, officer: User) -> None:
    """A dozen invented answers, by telephone and on paper, each with its weight."""
    definition = campaign.version.read()
    codes = list(campaign.territories.values_list("code", flat=True))
    simulated = simulate(definition, codes, seed=SEED + 2)[:ANSWERS]
    questions = [q for q in definition.questions if q.type == "single"]
    mapping = _mapping(campaign, questions)
    batch = operations.start_import(campaign, FILE_NAME, written(mapping), by=officer)
    content = io.BytesIO(_content(simulated, questions))
    file = open_answers(campaign, mapping, content, name=FILE_NAME)
    operations.record_file(batch, file)


def _mapping(campaign: Campaign, questions: list[Question]) -> Mapping:
    return Mapping(
        title="Enquête par téléphone (démonstration)",
        questionnaire=campaign.version.questionnaire.code,
        source="telephone-simule",
        author=campaign.space.name,
        rows=Rows(key=KEY, submitted_on=campaign.opens_on),
        territory=Place(column=PLACE, by="code"),
        channel=Channels(column=CHANNEL, values={"tél.": "phone", "courrier": "paper"}),
        weight=Weight(column=WEIGHT, source="Poids simulés pour la démonstration"),
        answers=tuple(Answer(question=q.code, column=q.code) for q in questions),
    )


def _content(simulated: list[Simulated], questions: list[Question]) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow([KEY, PLACE, CHANNEL, WEIGHT, *(q.code for q in questions)])
    for number, one in enumerate(simulated, start=1):
        channel = "courrier" if number % 4 == 0 else "tél."
        weight = f"{0.6 + 0.1 * (one.key.int % 10):.1f}".replace(".", ",")
        given = (one.answers.get(q.code, "") for q in questions)
        rows.writerow([number, one.answers["territory"], channel, weight, *given])
    return text.getvalue().encode()
