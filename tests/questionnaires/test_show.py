from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.questionnaires.operations import load_definition
from tests.questionnaires.samples import maturity, sample

pytestmark = pytest.mark.django_db


def address(version):
    code = version.questionnaire.code
    return reverse("questionnaires:show", args=[code, version.number])


def plain(response):
    """The page as read: special spaces made ordinary."""
    text = response.content.decode()
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(text.split())


def test_anyone_reads_every_question_and_every_point(client):
    version = load_definition(maturity())

    page = plain(client.get(address(version), {"tout": "1"}))

    for question in maturity().questions:
        assert f'id="{question.code}"' in page
    assert "Une personne élue a reçu une délégation à son nom" in page
    assert page.count("<h1") == 1


def test_the_page_says_reconstruction_indicators_and_that_nobody_reviewed(client):
    page = plain(client.get(address(load_definition(maturity()))))

    assert "Reconstitution documentée" in page
    assert "10 indicateurs publiés + 1 des nôtres" in page
    assert "<strong>non relu</strong>" in page
    assert "de 22 à 37" in page
    assert "de 15 à moins de 22" in page
    assert "Peu de ressources politiques" in page


@pytest.mark.parametrize(
    ("wording", "title"),
    [
        ("fr", "Maturité numérique du territoire"),
        ("fr_easy", "Où en est votre territoire avec le numérique ?"),
        ("en", "Digital maturity of the territory"),
    ],
)
def test_the_page_is_read_in_each_wording(client, wording, title):
    response = client.get(address(load_definition(maturity())), {"texte": wording})

    assert f'<h1 lang="{wording[:2]}">{title}</h1>' in plain(response)


def test_an_unknown_wording_is_the_french_one(client):
    version = load_definition(maturity())

    page = plain(client.get(address(version), {"texte": "<klingon>"}))

    assert "Maturité numérique du territoire" in page
    assert "<klingon>" not in page


def test_an_absent_version_is_not_found(client):
    version = load_definition(maturity())

    missing = reverse("questionnaires:show", args=[version.questionnaire.code, 9])

    assert client.get(missing).status_code == 404


def test_a_questionnaire_without_points_is_shown_without_them(client):
    questions = tuple(
        q.model_copy(update={"scoring": None}) for q in sample().sections[0].questions
    )
    section = sample().sections[0].model_copy(update={"questions": questions})
    plainest = sample().model_copy(update={"grid": None, "sections": (section,)})

    page = plain(client.get(address(load_definition(plainest))))

    assert "Votre rôle" in page
    assert "indicateurs" not in page


def test_the_list_leads_to_the_last_version_of_each(client):
    load_definition(sample())
    last = load_definition(sample(old="Un essai.", new="Un autre."))

    page = plain(client.get(reverse("questionnaires:list")))

    assert address(last) in page
    assert "Un autre." in page
    assert "Un essai." not in page


def test_an_empty_list_says_what_to_do(client):
    page = plain(client.get(reverse("questionnaires:list")))

    assert "jalons load-questionnaires" in page
