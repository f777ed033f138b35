"""Every type of question on paper: printed with how to answer it, keyed, compared."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from jalons.documents.paper import make_paper
from jalons.keying.documents import paper_form
from jalons.keying.models import Keying, Sheet
from jalons.questionnaires.operations import load_definition
from tests.factories import make_campaign, make_space, make_user
from tests.questionnaires.kinds import kinds

pytestmark = pytest.mark.django_db

FIRST = {
    "ease": "never",
    "order.time": "1",
    "order.money": "2",
    "grid.mail": "alone",
    "grid.buy": "helped",
    "since": "2024-05-01",
    "people": "2,5",
    "why": "Pas de réseau",
}
SECOND = FIRST | {
    "ease": "some",
    "order.time": "2",
    "order.money": "1",
    "grid.buy": "alone",
    "since": "2024-05-10",
    "people": "25",
    "why": "",
}
KEPT = {
    "ease": "some",
    "order": ["time", "money"],
    "grid": {"mail": "alone", "buy": "alone"},
    "since": "2024-05-01",
    "people": 25,
}


@pytest.fixture
def campaign(db):
    space = make_space(contributor=make_user("Une"), editor=make_user("Deux"))
    return make_campaign(space=space, version=load_definition(kinds()))


def sign_in(client, campaign, name):
    client.force_login(campaign.space.memberships.get(user__name=name).user)


def key(client, campaign, answers) -> None:
    """Every page of the sheet that is open, as it would be typed."""
    keying = Keying.objects.get(finished_at=None)
    place = campaign.territories.get().pk
    who = {"territory": place, "profile": "staff"}
    for section, given in (("who", who), ("kinds", answers)):
        url = reverse("keying:page", args=[campaign.pk, keying.pk, section])
        assert 302 == client.post(url, given).status_code
    client.post(reverse("keying:finish", args=[campaign.pk, keying.pk]))


def test_each_type_is_printed_with_how_to_answer_it(campaign):
    form = paper_form(campaign, address="https://exemple.fr/", is_easy=False)
    pages = PdfReader(io.BytesIO(make_paper(form))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())

    for said in (
        *("Cochez une case.", "Tout à fait", "Pas concerné"),
        *("1 pour la première", "Classez au plus 2 réponses", "Équipe"),
        *("Cochez une case par ligne", "Écrire un message", "Avec aide"),
        *("Jour, mois, année.", "1er janvier 2020", "31 décembre 2026"),
        *("Combien de personnes", "(personnes)", "Au moins 0."),
        *("Pourquoi", "Seulement si vous avez répondu « Pas du tout »"),
    ):
        assert said in text.replace("\u00a0", " ").replace("\u202f", " "), said


def test_a_sheet_keyed_by_two_people_tells_each_difference_and_counts_once_settled(
    client, campaign
):
    sign_in(client, campaign, "Une")
    told = {"channel": "paper", "collected_on": str(campaign.opens_on)}
    told |= {"number": "3"}
    client.post(reverse("keying:create", args=[campaign.pk]), told)
    key(client, campaign, FIRST)
    sheet = Sheet.objects.get()
    sign_in(client, campaign, "Deux")
    client.post(reverse("keying:again", args=[campaign.pk, sheet.pk]))
    key(client, campaign, SECOND)
    url = reverse("keying:settle", args=[campaign.pk, sheet.pk])

    page = client.get(url).content.decode()
    assert not campaign.responses.submitted().exists()
    for said in (
        "Temps",
        "Acheter",
        "1er mai 2024",
        "10 mai 2024",
        "2,5",
        "Pas du tout",
    ):
        assert said in page
    assert "Écrire un message : Seul" not in page.split("Acheter")[0][-80:]

    choices = dict.fromkeys(("ease", "grid", "people", "why"), "second")
    choices |= dict.fromkeys(("order", "since"), "first")
    client.post(url, {f"choice-{code}": one for code, one in choices.items()})

    answers = campaign.responses.submitted().get().answers
    assert KEPT == {code: answers.get(code) for code in KEPT}
    assert "why" not in answers
