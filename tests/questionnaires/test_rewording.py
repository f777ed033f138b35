"""Rewording a question asks first whether it still means the same."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.questionnaires import drafting
from jalons.questionnaires.comparison import compare
from jalons.questionnaires.models import Draft
from jalons.questionnaires.operations import (
    change_draft,
    prepare_version,
    publish_draft,
)
from jalons.questionnaires.schema import Text
from tests.factories import make_user
from tests.questionnaires.centre import make_centre, make_draft, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user("Camille")


@pytest.fixture
def centre(client, officer):
    client.force_login(officer)
    return make_centre(owner=officer)


@pytest.fixture
def draft(centre):
    return make_draft(centre)


def at(name, draft, *more):
    return reverse(f"questionnaires:{name}", args=[draft.pk, *more])


@pytest.mark.parametrize(
    ("field", "words"),
    [("text_fr", "Combien de tracteurs ?"), ("o0_fr", "Aucun tracteur")],
)
def test_changing_words_asks_whether_the_question_means_the_same(
    client, draft, field, words
):
    url = at("question", draft, "P2")
    before = draft.read()
    typed = posted(client.get(url)) | {field: words}

    page = client.post(url, typed)

    assert 'name="meaning"' in page.content.decode()
    assert before == Draft.objects.get(pk=draft.pk).read()

    client.post(url, typed | {"meaning": "other"})

    after = Draft.objects.get(pk=draft.pk).read()
    found = compare(before, after)
    assert "no" == next(p for p in found.pairs if p.after.code == "P2").comparable
    assert not found.are_scores_comparable


def test_two_versions_are_compared_by_anyone(client, centre, draft, officer):
    first = publish_draft(draft, revision=1, note="Première", by=officer)
    again = prepare_version(first.questionnaire, by=officer)
    old = again.read().question("P2")
    reworded = old.model_copy(update={"text": Text(fr="Porté ?", en="Carried?")})
    changed = drafting.replace_question(again.read(), reworded)
    change_draft(again, changed, revision=1, by=officer, said="P2")
    second = publish_draft(again, revision=2, note="P2 reformulée.", by=officer)
    client.logout()

    code = second.questionnaire.code
    page = client.get(reverse("questionnaires:show", args=[code, 2])).content.decode()
    url = reverse("questionnaires:compare", args=[code, 1, 2])

    assert "P2 reformulée." in page
    assert url in page
    compared = client.get(url)
    (pair,) = compared.context["comparison"].changed
    assert ("with_care", ("reworded",)) == (pair.comparable, pair.changes)
    assert "Avec prudence" in compared.content.decode()
    assert 404 == client.get(url.replace("v2", "v9")).status_code
