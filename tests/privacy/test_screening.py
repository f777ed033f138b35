"""The sheet that says whether an impact assessment is needed, from the declarations."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from jalons.panels.models import Reply
from jalons.privacy import screening
from jalons.privacy.declarations import Criterion, declared_models
from jalons.privacy.figures import register

pytestmark = pytest.mark.django_db
PAGE = reverse("privacy:screening")


def test_anyone_reads_the_nine_criteria_and_every_use_that_meets_one(client):
    response = client.get(PAGE)

    assert len(response.context["criteria"]) == 9
    shown = {each.line.model for each in response.context["lines"]}
    declared = {m._meta.label for m, d in declared_models() if d.criteria}
    assert declared == shown
    assert "2018-327" in response.text


def test_two_criteria_call_for_an_assessment_and_one_does_not():
    with translation.override("en"):
        found = {each.line.model: each for each in screening.examined(register())}

    mini, called = found[Reply._meta.label], found["callbacks.CallBack"]
    assert (2, True) == (len(mini.line.criteria), mini.is_needed)
    assert (1, False) == (len(called.line.criteria), called.is_needed)
    assert mini.conclusion == "to be made before the first use"


def test_each_use_is_on_one_side_and_each_criterion_has_its_reason():
    lines = register()
    concerned = {each.line.purpose for each in screening.examined(lines)}

    assert concerned.isdisjoint(screening.others(lines))
    assert concerned | {*screening.others(lines)} == {line.purpose for line in lines}
    assert screening.REASONS.keys() == set(Criterion)


def test_the_sheet_is_complete_in_english(client):
    client.cookies["django_language"] = "en"

    assert "Is an impact assessment needed?" in client.get(PAGE).text
