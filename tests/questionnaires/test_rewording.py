"""Rewording a question asks first whether it still means the same."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.questionnaires.comparison import compare
from jalons.questionnaires.models import Draft
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
