"""Weights that a file gave: chosen at the desk, named, never applied by themselves."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from jalons.imports.models import ImportBatch
from jalons.tabulations import protection
from jalons.tabulations.axes import answers_of, variables_of
from jalons.tabulations.query import Query, read
from tests.factories import make_user
from tests.tabulations.conftest import table

ASKED = {"lignes": "profile", "colonnes": "P2", "ponderer": "fichier"}


@pytest.fixture
def weighed(survey):
    """The eight answers of the survey; the last one was given no weight."""
    given = [3, 1, 1, 1, 1, 1, 2, None]
    for response, weight in zip(survey.responses.order_by("pk"), given, strict=True):
        response.given_weight, response.updated_at = weight, timezone.now()
        response.save()
    ImportBatch.objects.create(
        campaign=survey,
        file_name="enquete.csv",
        state=ImportBatch.State.RECORDED,
        recorded_at=timezone.now(),
        report={"weighted": 7, "weight_column": "Poids", "weight_source": "CREDOC"},
    )
    return survey


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


def test_without_any_weight_the_table_is_shown_plain_and_not_kept(survey):
    found = table(survey, "profile", "P2", is_given=True)

    assert not found.is_weighted
    assert not found.reaches_margins


def test_the_address_says_it_and_refuses_two_kinds_of_weights(weighed):
    variables = variables_of(answers_of(weighed), "fr")
    plain = QueryDict("lignes=profile&colonnes=P2&ponderer=fichier")
    both = QueryDict(f"{plain.urlencode()}&caler=contexte-densite:epci")
    unknown = QueryDict("lignes=profile&colonnes=P2&ponderer=autre")

    assert plain.urlencode() == read(plain, variables).query.address
    assert read(both, variables).query is None
    assert "un des deux" in read(both, variables).problems[0]
    assert "autre" in read(unknown, variables).problems[0]


def test_the_page_names_the_weight_and_who_computed_it(weighed, client):
    user = make_user()
    weighed.space.memberships.create(user=user, role="editor")
    client.force_login(user)
    url = reverse("tabulations:show", args=[weighed.pk])

    without = client.get(url, {**ASKED, "ponderer": ""}).content.decode()
    page = client.get(url, ASKED).content.decode()

    assert "“Poids”" not in page
    assert (
        "Poids donnés par la colonne «\u00a0Poids\u00a0» de «\u00a0enquete.csv" in page
    )
    assert "CREDOC" in page
    assert "Pondérer par les poids du fichier importé" in without
    assert "Poids donnés par la colonne" not in without


def test_a_table_weighed_by_the_file_is_published_only_if_nothing_is_hidden(weighed):
    asked = Query("profile", "P2", is_given=True)

    (found,) = protection.release(protection.order(weighed, [asked])).tables

    assert isinstance(found, protection.Withheld)
    assert found.reason in ("few", "weighted")
