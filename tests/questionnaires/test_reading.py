"""A long questionnaire is read a part at a time, and whole when it is asked for."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.questionnaires.models import Draft
from jalons.questionnaires.operations import load_definition
from jalons.questionnaires.points_forms import PointsForm
from jalons.questionnaires.points_pages import NO_DIMENSION, leaves
from jalons.questionnaires.reading import found_at, reading_of
from tests.factories import make_user
from tests.questionnaires.centre import make_centre, make_draft, posted
from tests.questionnaires.samples import maturity, sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    officer = make_user("Camille")
    client.force_login(officer)
    return make_draft(make_centre(owner=officer))


def at(name, draft):
    return reverse(f"questionnaires:{name}", args=[draft.pk])


def shown(definition, **asked):
    return [part.section.code for part in reading_of(definition, asked).shown]


def test_a_long_questionnaire_opens_at_its_first_part():
    codes = [section.code for section in maturity().sections]

    assert codes[:1] == shown(maturity()) == shown(maturity(), partie="x")
    assert codes[2:3] == shown(maturity(), partie=codes[2])
    assert codes == shown(maturity(), tout="1")


def test_each_part_leads_to_the_next_and_the_last_to_none():
    definition, followed = maturity(), []
    reading = reading_of(definition, {})
    while reading.after:
        followed.append(reading.after.section.code)
        reading = reading_of(definition, {"partie": followed[-1]})

    assert [section.code for section in definition.sections[1:]] == followed
    assert reading.is_last
    assert reading_of(definition, {"tout": "1"}).after is None


def test_a_short_questionnaire_is_read_at_once():
    reading = reading_of(sample(), {"partie": "x"})

    assert not reading.turns
    assert len(sample().sections) == len(reading.shown)


def test_the_page_names_every_part_and_shows_one(client):
    version = load_definition(maturity())
    address = reverse("questionnaires:show", args=[version.questionnaire.code, 1])

    page = client.get(address, {"texte": "en"}).content.decode()

    first, *others = maturity().sections
    assert all(f'id="{one.code}"' in page for one in first.questions)
    assert not [q.code for s in others for q in s.questions if f'id="{q.code}"' in page]
    assert all(f"?texte=en&amp;partie={one.code}" in page for one in others)
    assert "?texte=en&amp;tout=1" in page


def test_a_question_is_found_again_in_its_part():
    definition = maturity()
    section = definition.sections[1]

    place = found_at(definition, section.questions[0].code)

    assert f"?partie={section.code}#{section.questions[0].code}" == place
    assert f"?partie={section.code}#part-{section.code}" == found_at(
        definition, f"part-{section.code}"
    )
    assert "?tout=1#P2" == found_at(definition, "P2", is_whole=True)
    assert "#gone" == found_at(definition, "gone")


def test_what_is_moved_is_shown_where_it_went(client, draft):
    first, second = draft.read().sections[:2]
    last = first.questions[-1].code
    asked = {"revision": 1, "do": f"question:{last}:down"}

    moved = client.post(at("arrange", draft), asked)
    whole = client.post(
        f"{at('arrange', draft)}?tout=1", {"revision": 2, "do": f"question:{last}:up"}
    )

    assert moved.url.endswith(f"?partie={second.code}#{last}")
    assert whole.url.endswith(f"?tout=1#{last}")


def test_undoing_leaves_the_reader_in_the_part_that_is_read(client, draft):
    client.post(at("arrange", draft), {"revision": 1, "do": "question:P2:remove"})

    answer = client.post(f"{at('undo', draft)}?partie=political", {"revision": 2})

    assert answer.url.endswith("?partie=political")


def test_points_are_kept_dimension_by_dimension_and_nothing_else_moves(client, draft):
    url = f"{at('points', draft)}?dimension=political"
    before = draft.read()
    page = client.get(url)
    fields = set(page.context["form"].fields)

    client.post(url, posted(page) | {"P2-yes": "2", "meaning": "same"})

    after = Draft.objects.get(pk=draft.pk).read()
    assert {"P2-yes", "P2-dimension"} <= fields
    assert not {"total", "c0_low"} & fields
    assert not [one for one in fields if one.startswith("R1-")]
    assert before.grid == after.grid
    changed = [one.code for one in after.questions if one != before.question(one.code)]
    assert ["P2"] == changed


def test_totals_and_classes_have_their_own_page(client, draft):
    url = at("points", draft)
    before = draft.read()

    client.post(f"{url}?dimension=", posted(client.get(url)) | {"total": "40"})

    after = Draft.objects.get(pk=draft.pk).read()
    assert 40 == after.grid.total
    assert before.questions == after.questions


def test_a_question_given_points_enters_the_dimension_that_is_read(client, draft):
    definition = draft.read()
    code = definition.grid.dimensions[-1].code
    page = client.get(f"{at('points', draft)}?dimension={code}")
    chosen = page.context["unscored"][0]

    client.post(
        f"{at('points', draft)}?dimension={code}",
        posted(page) | {"do": f"question:{chosen.code}", "meaning": "same"},
    )

    given = Draft.objects.get(pk=draft.pk).read().question(chosen.code)
    assert code == given.scoring.dimension


def test_a_question_whose_dimension_left_the_grid_is_still_found():
    definition = maturity()
    kept = definition.grid.dimensions[1:]
    grid = definition.grid.model_copy(update={"dimensions": kept})
    changed = definition.model_copy(update={"grid": grid})

    *_others, lost = leaves(changed, grid, NO_DIMENSION)
    form = PointsForm(definition=changed, grid=grid, page=NO_DIMENSION, revision=1)

    assert (NO_DIMENSION, True) == (lost.code, lost.is_shown)
    assert lost.count == len([*form.questions()]) > 0
    assert NO_DIMENSION not in [
        one.code for one in leaves(definition, definition.grid, "")
    ]
