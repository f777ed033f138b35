"""A resource centre copies a questionnaire, changes it, publishes its own version."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from jalons.questionnaires import drafting
from jalons.questionnaires.arranging import places_for
from jalons.questionnaires.grid_checks import check_grid
from jalons.questionnaires.models import Draft, Version
from jalons.questionnaires.operations import (
    MOST_STEPS,
    change_draft,
    publish_draft,
)
from tests.factories import make_user, make_version
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


def codes(draft):
    return [q.code for q in Draft.objects.get(pk=draft.pk).read().questions]


def question(draft, code):
    return Draft.objects.get(pk=draft.pk).read().question(code)


def test_the_list_offers_what_is_shipped_to_be_copied(client, centre):
    version = make_version()

    page = client.get(reverse("questionnaires:ours", args=[centre.pk]))

    assert reverse("questionnaires:copy", args=[centre.pk, version.pk]) in str(
        page.content
    )


def test_a_copy_keeps_the_meaning_of_each_question(client, centre):
    version = make_version()
    url = reverse("questionnaires:copy", args=[centre.pk, version.pk])

    client.post(url, {"title": "Maturité de la région d’Exemple"})

    copy = Draft.objects.get()
    assert "maturite-de-la-region-dexemple" == copy.code == copy.read().code
    assert "maturite-numerique.P2" == copy.read().question("P2").meaning
    assert "" == copy.read().reviewer


def test_a_space_that_is_no_resource_centre_has_no_editor(client, centre):
    centre.kind = "team"
    centre.save()

    answer = client.get(reverse("questionnaires:ours", args=[centre.pk]))

    assert 404 == answer.status_code


@pytest.mark.parametrize(
    "name", ["draft", "describe", "add_section", "points", "try_out", "publish"]
)
def test_every_page_of_a_draft_is_read(client, draft, name):
    assert 200 == client.get(at(name, draft)).status_code


def test_a_page_kept_as_it_is_shown_changes_nothing(client, draft):
    before = draft.definition
    for name, more in [
        ("describe", ()),
        ("section", ("political",)),
        ("question", ("P3",)),
        ("question", ("R2a",)),
        ("question", ("difficulties",)),
        ("question", ("R3_exact",)),
        ("question", ("contact",)),
        ("points", ()),
    ]:
        url = at(name, draft, *more) + "?tout=1"
        client.post(url, posted(client.get(url)))

    assert before == Draft.objects.get(pk=draft.pk).definition


def test_a_new_question_is_not_said_to_keep_its_type_for_ever(client, draft):
    page = client.get(at("add_question", draft, "political")).content.decode()

    assert "ne pourra plus changer" not in page


def test_a_new_question_without_its_french_words_is_refused_at_the_field(client, draft):
    url = at("add_question", draft, "political")
    before = codes(draft)

    page = client.post(url, {"revision": 1, "type": "single", "text_fr": "  "})

    assert "Rédigez la question en français." in page.content.decode()
    assert page.context["form"]["text_fr"].errors
    assert before == codes(draft)

    typed = {"revision": 1, "type": "single", "text_fr": "Qui décide ?"}
    client.post(url, typed)

    assert len(before) + 1 == len(codes(draft))


def test_the_three_wordings_of_a_question_are_kept(client, draft):
    url = at("question", draft, "P2")
    typed = posted(client.get(url)) | {
        "text_fr": "Un élu porte-t-il le numérique ?",
        "text_fr_easy": "Un élu s’en occupe ?",
        "text_en": "Does an elected member carry it?",
    }

    client.post(url, typed | {"meaning": "same"})

    text = question(draft, "P2").text
    assert "Un élu porte-t-il le numérique ?" == text.fr
    assert "Does an elected member carry it?" == text.en


def test_a_text_left_empty_is_kept_and_listed_beside_its_field(client, draft):
    url = at("question", draft, "P2")

    client.post(url, posted(client.get(url)) | {"text_en": ""})

    page = client.get(url).content.decode()
    assert "" == question(draft, "P2").text.en
    assert 'id="f-text_en_trouble"' in page
    assert "P2" in client.get(at("draft", draft)).content.decode()


def test_an_answer_is_added_with_a_code_of_its_own(client, draft):
    url = at("question", draft, "department")
    typed = posted(client.get(url))
    last = int(typed["o_count"]) - 1

    typed |= {f"o{last}_fr": "Le cabinet", f"o{last}_en": "Private office"}
    client.post(url, typed | {"meaning": "same"})

    assert "private_office" == question(draft, "department").options[-1].code


def test_changing_answers_asks_whether_the_question_means_the_same(client, draft):
    url = at("question", draft, "department")
    typed = posted(client.get(url)) | {"o0_gone": "on"}

    page = client.post(url, typed)

    assert 200 == page.status_code
    assert 'name="meaning"' in page.content.decode()
    assert "management" in question(draft, "department").option_codes

    client.post(url, typed | {"meaning": "other"})

    found = question(draft, "department")
    assert "management" not in found.option_codes
    assert f"{draft.code}.department.2" == found.meaning


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("question:P1b:up", ["P1b", "P1a", "P2", "P3"]),
        ("question:P1a:down", ["P1b", "P1a", "P2", "P3"]),
        ("question:P3:to:political:0", ["P3", "P1a", "P1b", "P2"]),
        ("question:P1a:remove", ["P1b", "P2", "P3"]),
    ],
)
def test_a_button_and_a_drag_rearrange_alike(client, draft, asked, expected):
    client.post(at("arrange", draft), {"revision": 1, "do": asked})

    section = Draft.objects.get(pk=draft.pk).read().section("political")
    assert expected == [q.code for q in section.questions]


@pytest.mark.parametrize(
    "asked", ["question:nothing:up", "question:P2:sideways", "", "part:x:remove", "a:b"]
)
def test_an_unknown_request_changes_nothing(client, draft, asked):
    client.post(at("arrange", draft), {"revision": 1, "do": asked})

    assert 1 == Draft.objects.get(pk=draft.pk).revision


def test_what_was_removed_comes_back_by_undoing(client, draft):
    before = codes(draft)
    client.post(at("arrange", draft), {"revision": 1, "do": "part:political:remove"})
    assert "P2" not in codes(draft)

    client.post(at("undo", draft), {"revision": 2})

    assert before == codes(draft)


def test_several_changes_are_undone_one_by_one_and_done_again(client, draft):
    before = codes(draft)
    for revision, code in enumerate(("P2", "R1"), start=1):
        asked = {"revision": revision, "do": f"question:{code}:remove"}
        client.post(at("arrange", draft), asked)
    after = codes(draft)

    client.post(at("undo", draft), {"revision": 3})
    between = codes(draft)
    client.post(at("undo", draft), {"revision": 4})
    client.post(at("undo", draft), {"revision": 5})

    assert before == codes(draft)
    client.post(at("redo", draft), {"revision": 5})
    assert between == codes(draft)
    page = client.get(at("draft", draft)).content.decode()
    assert "Annuler :" in page
    assert "Rétablir :" in page
    client.post(at("redo", draft), {"revision": 6})
    assert after == codes(draft)


def test_a_change_made_after_undoing_takes_the_place_of_what_was_undone(client, draft):
    client.post(at("arrange", draft), {"revision": 1, "do": "question:P2:remove"})
    client.post(at("undo", draft), {"revision": 2})
    client.post(at("arrange", draft), {"revision": 3, "do": "question:R1:remove"})

    client.post(at("redo", draft), {"revision": 4})

    assert "P2" in codes(draft)
    assert "R1" not in codes(draft)


def test_the_oldest_changes_are_kept_no_longer(draft):
    for revision in range(1, MOST_STEPS + 4):
        changed = draft.read().model_copy(update={"minutes": revision + 20})
        change_draft(draft, changed, revision=revision, by=make_user(), said="durée")

    numbers = draft.steps.order_by("number").values_list("number", flat=True)
    assert [4, MOST_STEPS + 3] == [numbers[0], list(numbers)[-1]]


def test_two_people_who_write_at_once_never_overwrite_each_other(client, draft):
    url = at("question", draft, "P2")
    typed = posted(client.get(url)) | {"text_fr": "La mienne", "meaning": "same"}
    other = make_user("Dominique")
    theirs = drafting.remove_question(draft.read(), "P1a")
    change_draft(draft, theirs, revision=1, by=other, said="P1a")

    page = client.post(url, typed)

    assert "Dominique" in page.content.decode()
    assert "La mienne" in page.content.decode()
    assert "La mienne" != question(draft, "P2").text.fr
    assert "P1a" not in codes(draft)

    client.post(url, posted(page) | {"meaning": "same"})

    assert "La mienne" == question(draft, "P2").text.fr
    assert "P1a" not in codes(draft)


def test_a_condition_is_built_from_an_earlier_answer(client, draft):
    url = at("condition", draft, "question", "R2b") + "?question=R1"
    page = client.get(url)
    assert "R1" in page.content.decode()

    client.post(url, {"revision": 1, "relation": "is_not", "options": ["no"]})

    condition = question(draft, "R2b").show_if
    assert ("R1", ("planned", "yes", "yes_active")) == (
        condition.question,
        condition.any_of,
    )
    outline = client.get(at("draft", draft), {"tout": "1"}).content.decode()
    assert "R1" in outline

    client.post(at("ask_always", draft, "question", "R2b"), {"revision": 2})

    assert question(draft, "R2b").show_if is None


def test_a_removed_answer_that_a_condition_uses_is_told_at_the_condition(client, draft):
    url = at("question", draft, "P2")
    typed = posted(client.get(url)) | {"o1_gone": "on", "meaning": "same"}

    client.post(url, typed)

    assert "yes" not in question(draft, "P2").option_codes
    page = client.get(at("condition", draft, "question", "P3")).content.decode()
    assert 'class="error"' in page
    publish = client.post(at("publish", draft), {"revision": 2, "note": "Sans oui"})
    assert 200 == publish.status_code
    assert not Version.objects.filter(questionnaire__code=draft.code).exists()


def test_a_condition_on_a_question_removed_does_not_say_to_move_it(client, draft):
    asked = {"revision": 1, "do": "question:P2:remove"}
    client.post(at("arrange", draft), asked)

    page = client.get(at("condition", draft, "question", "P3")).content.decode()

    assert "n’est plus dans le questionnaire" in page
    assert "déplacez-la" not in page


def test_every_place_that_the_mouse_reaches_is_offered_to_the_keyboard(client, draft):
    definition = draft.read()
    places = places_for(definition, "P2")
    here = [one for part in places for one in part.places if one.is_here]
    page = client.get(at("question", draft, "P2"))

    offered = {(part.code, one.rank) for part in places for one in part.places}
    reached = {
        (section.code, rank)
        for section in definition.sections
        for rank in range(
            len([one for one in section.questions if one.code != "P2"]) + 1
        )
    }
    assert reached == offered
    (one,) = here
    assert definition == drafting.put_question(definition, "P2", "political", one.rank)
    first = f'value="question:P2:to:{places[0].code}:0"'
    assert first in page.content.decode()


def test_a_class_that_does_not_follow_is_told_in_whole_numbers():
    definition = make_version().read()
    grid = definition.grid
    first = grid.classes[0].model_copy(update={"high": 7.0})
    classes = (first, *grid.classes[1:])
    wrong = grid.model_copy(update={"classes": classes})

    with override("fr"):
        found = check_grid(definition.model_copy(update={"grid": wrong}))
        told = [one.on_screen or one.message for one in found]

    assert [
        "Commence à 6\u202f; la classe précédente finit à 7\u00a0: écrivez le même "
        "nombre aux deux endroits."
    ] == told


def test_conditions_that_turn_in_a_circle_are_refused_and_kept(client, draft):
    definition = drafting.put_question(draft.read(), "P3", "political", 0)
    p2 = definition.question("P2")
    circle = definition.question("P3").show_if.model_copy(
        update={"question": "P3", "any_of": ("voted",)}
    )
    changed = drafting.replace_question(
        definition, p2.model_copy(update={"show_if": circle})
    )
    change_draft(draft, changed, revision=1, by=make_user(), said="P2")

    page = client.get(at("draft", draft)).content.decode()

    assert "porté politiquement ? » → «" in page.replace(" ", " ")
    assert "P3" == question(draft, "P2").show_if.question


def test_points_that_break_the_classes_are_told_beside_them_and_kept(client, draft):
    url = at("points", draft) + "?tout=1"
    typed = posted(client.get(url)) | {"P2-yes": "5", "c1_low": "8", "meaning": "same"}

    checked = client.post(url, typed | {"do": "check"}).content.decode()
    assert 1 == Draft.objects.get(pk=draft.pk).revision
    assert "data-check-result" in checked
    client.post(url, typed)

    assert 5 == question(draft, "P2").scoring.maximum
    page = client.get(url)
    form = page.context["form"]
    assert any(one.troubles for one in form.dimensions())
    assert any(one.troubles for one in form.classes())

    client.post(url, posted(page) | {"do": "totals", "c1_low": "6"})

    assert [] == page.client.get(url).context["troubles"]
    assert 39 == Draft.objects.get(pk=draft.pk).read().grid.total


def test_only_the_last_class_is_said_to_include_its_end(client, draft):
    form = client.get(at("points", draft)).context["form"]
    *others, last = (one.fields[-1].label for one in form.classes())

    assert {"Jusqu’à (non compris)"} == set(map(str, others))
    assert "Jusqu’à (compris)" == last


def test_changing_points_asks_about_the_meaning_first(client, draft):
    url = at("points", draft) + "?tout=1"

    typed = posted(client.get(url)) | {"P2-yes": "4"}
    page = client.post(url, typed | {"do": "totals"})

    assert 'name="meaning"' in page.content.decode()
    assert 3 == question(draft, "P2").scoring.maximum
    assert ("38", "4") == tuple(posted(page)[name] for name in ("total", "P2-yes"))


def test_the_preview_is_the_form_itself(client, draft):
    page = client.get(
        at("try_out", draft),
        {"partie": "political", "texte": "fr_easy", "largeur": "x"},
    ).content.decode()

    assert 'class="screen phone"' in page
    assert 'type="radio" name="P2"' in page
    assert "Est-ce qu’un élu" in page


@pytest.mark.parametrize(
    ("kind", "lacking"),
    [
        ("matrix", "Les lignes à évaluer restent à écrire."),
        ("ranking", "Les réponses à proposer restent à écrire."),
        ("scale", "Les réponses à proposer restent à écrire."),
    ],
)
def test_the_preview_says_what_a_question_lacks(client, draft, kind, lacking):
    content = draft.definition
    question = {"code": "bare", "type": kind, "text": {"fr": "Note ?", "en": "Rate?"}}
    content["sections"][0]["questions"].append(question)
    draft.save()

    page = client.get(at("try_out", draft), {"partie": content["sections"][0]["code"]})

    assert "Note ?" in page.content.decode()
    assert lacking in page.content.decode()


def test_a_question_of_the_library_keeps_its_meaning(client, draft):
    make_version()
    changed = drafting.remove_question(draft.read(), "quote")
    change_draft(draft, changed, revision=1, by=make_user(), said="quote")
    url = at("pick", draft, "closing")

    client.post(url, {"revision": 2, "pick": "maturite-numerique.quote"})

    assert "maturite-numerique.quote" == question(draft, "quote").meaning


def test_only_an_owner_publishes(client, centre, draft, officer):
    centre.memberships.filter(user=officer).update(role="editor")

    assert 200 == client.get(at("draft", draft)).status_code
    assert 403 == client.post(at("publish", draft), {"revision": 1}).status_code


def test_the_address_of_a_draft_leads_to_the_version_it_became(
    client, centre, draft, officer
):
    version = publish_draft(draft, revision=1, note="Première", by=officer)
    address = reverse(
        "questionnaires:show", args=[version.questionnaire.code, version.number]
    )

    assert address == client.get(at("draft", draft)).url
    again = client.post(at("publish", draft), {"revision": 1}, follow=True)
    assert "déjà publié" in again.content.decode()
    assert 1 == version.questionnaire.versions.count()

    client.force_login(make_user())
    assert 404 == client.get(at("draft", draft)).status_code


def test_publishing_makes_a_version_that_says_what_changed(client, centre, draft):
    client.post(at("publish", draft), {"revision": 1, "note": "Notre première."})

    version = Version.objects.get(questionnaire__code=draft.code)
    assert (1, "Notre première.") == (version.number, version.note)
    assert centre == version.questionnaire.space
    assert not Draft.objects.exists()

    client.post(
        reverse("questionnaires:prepare", args=[centre.pk, version.questionnaire_id])
    )
    again = Draft.objects.get()
    refused = client.post(at("publish", again), {"revision": 1, "note": "Rien."})
    assert 200 == refused.status_code
    assert 1 == Version.objects.filter(questionnaire=version.questionnaire).count()
