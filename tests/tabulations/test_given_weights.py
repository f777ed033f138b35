"""Weights that a file gave: chosen at the desk, named, never applied by themselves."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from jalons.imports.models import ImportBatch
from jalons.tabulations import protection
from jalons.tabulations.axes import answers_of, variables_of
from jalons.tabulations.query import Query, TypedMargin, read
from tests.factories import make_user
from tests.tabulations.conftest import now, table

ASKED = {"lignes": "profile", "colonnes": "P2", "ponderer": "fichier"}


@pytest.fixture
def weighed(survey):
    """The eight answers of the survey; the last one was given no weight."""
    batch = recorded(survey, "enquete.csv", "CREDOC")
    give(survey, batch, [3, 1, 1, 1, 1, 1, 2, None])
    return survey


def recorded(survey, name, source):
    return ImportBatch.objects.create(
        campaign=survey,
        file_name=name,
        state=ImportBatch.State.RECORDED,
        recorded_at=timezone.now(),
        report={"weighted": 7, "weight_column": "Poids", "weight_source": source},
    )


def give(survey, batch, weights):
    answers = survey.responses.order_by("pk")
    for response, weight in zip(answers, weights, strict=False):
        response.given_weight, response.updated_at = weight, timezone.now()
        response.weight_file = batch.pk if weight else None
        response.save()


def shares(found):
    yes = found.columns.index("yes")
    lines = {one.code: one.parts[yes] for one in found.layers[0].lines if one.n}
    return {code: (part.count, part.n, part.share) for code, part in lines.items()}


def test_weights_of_the_file_count_once_chosen_and_not_before(weighed):
    plain = table(weighed, "profile", "P2")
    found = table(weighed, "profile", "P2", is_given=True)

    assert not plain.is_weighted
    assert (2, 4, 0.5) == shares(plain)["decision_maker"]
    # Yes weighs 3 + 1 of 3 + 1 + 1 + 1; among advisers 1 of 1 + 1 + 2.
    whole = shares(found)
    assert (2, 4, pytest.approx(4 / 6)) == whole["decision_maker"]
    assert (1, 3, pytest.approx(1 / 4)) == whole["digital_adviser"]
    # Kish: (3 + 5 × 1 + 2)² / (9 + 5 + 4) = 100 / 18; the eighth answer is left out.
    assert pytest.approx(100 / 18) == found.given.effective_n
    assert (1, 0) == (found.given.left_out, found.given.trimmed)


def test_who_is_left_out_for_want_of_a_weight_is_not_said_to_be_silent(weighed, client):
    editor = weighed.space.memberships.create(user=make_user(), role="editor").user
    client.force_login(editor)
    url = reverse("tabulations:show", args=[weighed.pk])

    both_answered = client.get(url, ASKED).content.decode()
    weighed.responses.filter(given_weight=3).update(answers={}, updated_at=now())
    one_is_silent = client.get(url, ASKED).content.decode()

    assert "1 hors du tableau\u00a0: sans poids." in both_answered
    silent = "pas de réponse à l’une des deux questions, ou pas de poids."
    assert f"2 hors du tableau\u00a0: {silent}" in one_is_silent


def test_without_any_weight_the_table_is_shown_plain_and_not_kept(survey):
    found = table(survey, "profile", "P2", is_given=True)

    assert not found.is_weighted
    assert not found.reaches_margins


def test_the_address_says_which_weights_and_refuses_those_it_does_not_know(weighed):
    variables = variables_of(answers_of(weighed), "fr")
    plain = "lignes=profile&colonnes=P2&ponderer=fichier"
    known = [plain, f"{plain}-4", f"{plain}-4&ponderer=fichier-9"]

    for address in known:
        assert address == read(QueryDict(address), variables).query.address
    for unknown in ("autre", "fichier-x", "fichier-" + "9" * 40):
        asked = read(QueryDict(f"{plain}&ponderer={unknown}"), variables)
        assert asked.query is None
        assert "est inconnu" in asked.problems[0]


def test_each_file_is_chosen_apart(weighed, client):
    first = weighed.imports.get()
    second = recorded(weighed, "vague-2.csv", "INSEE")
    give(weighed, second, [300, 100])

    alone = table(weighed, "profile", "P2", is_given=True, weight_files=(second.pk,))
    other = table(weighed, "profile", "P2", is_given=True, weight_files=(first.pk,))
    both = table(weighed, "profile", "P2", is_given=True)

    assert [(2, 2, 1.0)] == list(shares(alone).values())
    assert (0, 2, 0.0) == shares(other)["decision_maker"]
    # Their means, 200 and 6/5, tell that they cannot stand together.
    assert {first.pk: pytest.approx(6 / 5), second.pk: 200} == both.given.means
    client.force_login(
        weighed.space.memberships.create(user=make_user(), role="editor").user
    )
    chosen = {**ASKED, "ponderer": f"fichier-{second.pk}"}
    url = reverse("tabulations:show", args=[weighed.pk])
    page = client.get(url, {**chosen, "changer": "1"}).content.decode()
    assert f'value="fichier-{second.pk}" checked' in page
    assert f'value="fichier-{first.pk}">' in page
    assert "de «\u00a0vague-2.csv" in page
    assert "de «\u00a0enquete.csv\u00a0», enregistré" not in page
    told = client.get(url, ASKED).content.decode()
    assert "1,20 et 200,00" in told


def test_weights_of_before_files_were_numbered_are_chosen_with_all_others(
    weighed, client
):
    second = recorded(weighed, "vague-2.csv", "INSEE")
    old = weighed.responses.order_by("pk").first()
    old.weight_file, old.updated_at = None, timezone.now()
    old.save()
    client.force_login(
        weighed.space.memberships.create(user=make_user(), role="editor").user
    )
    url = reverse("tabulations:show", args=[weighed.pk])

    page = client.get(url, {**ASKED, "changer": "1"}).content.decode()

    assert 'value="fichier" checked' in page
    assert "Tous les poids donnés" in page
    assert f'value="fichier-{second.pk}">' in page
    weighed.responses.update(weight_file=second.pk, updated_at=timezone.now())
    alone = client.get(url, {**ASKED, "changer": "1"}).content.decode()
    assert 'value="fichier-' not in alone


def test_margins_are_reached_from_the_weights_of_the_file(weighed, client):
    margin = TypedMargin(
        "profile",
        (
            ("territorial_engineering", 0),
            ("decision_maker", 50),
            ("digital_adviser", 50),
            ("local_operator", 0),
        ),
    )
    found = table(weighed, "P2", "profile", margins=(margin,), is_given=True)

    # Who said yes weighs 3 + 1 among deciders (of 6) and 1 among advisers (of 4).
    of_yes = {one.code: one for one in found.layers[0].lines}["yes"]
    part = of_yes.parts[found.columns.index("decision_maker")]
    assert (2, pytest.approx((4 / 6) / (4 / 6 + 1 / 4))) == (part.count, part.share)
    assert 1 == found.calibration.left_out
    client.force_login(
        weighed.space.memberships.create(user=make_user(), role="editor").user
    )
    asked = {**ASKED, "colonnes": "P3", "marges": margin.line}
    url = reverse("tabulations:show", args=[weighed.pk])
    page = client.get(url, {**asked, "lignes": "P2"}).content.decode()
    assert "part du poids que son fichier lui a donné" in page
    assert "CREDOC" in page


def test_the_page_names_the_weight_and_who_computed_it(weighed, client):
    user = make_user()
    weighed.space.memberships.create(user=user, role="editor")
    client.force_login(user)
    url = reverse("tabulations:show", args=[weighed.pk])

    without = client.get(
        url, {**ASKED, "ponderer": "", "changer": "1"}
    ).content.decode()
    page = client.get(url, ASKED).content.decode()

    assert "“Poids”" not in page
    assert (
        "Poids donnés par la colonne «\u00a0Poids\u00a0» de «\u00a0enquete.csv" in page
    )
    assert "CREDOC" in page
    assert "Pondérer par les poids d’un fichier importé" in without
    assert "Poids donnés par la colonne" not in without


def test_a_table_weighed_by_the_file_is_published_only_if_nothing_is_hidden(weighed):
    asked = Query("profile", "P2", is_given=True)

    (found,) = protection.release(protection.order(weighed, [asked])).tables

    assert isinstance(found, protection.Withheld)
    assert found.reason in ("few", "weighted")
