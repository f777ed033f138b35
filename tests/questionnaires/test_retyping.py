"""What a question is may change while it is a draft: nothing is lost silently."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jalons.questionnaires.models import Draft
from jalons.questionnaires.operations import change_draft
from jalons.questionnaires.retyping import losses, retyped
from tests.factories import make_user
from tests.questionnaires.centre import make_centre, make_draft, posted
from tests.questionnaires.kinds import kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    officer = make_user("Camille")
    client.force_login(officer)
    return make_draft(make_centre(owner=officer))


def at(name, draft, *more):
    return reverse(f"questionnaires:{name}", args=[draft.pk, *more])


def question(draft, code):
    return Draft.objects.get(pk=draft.pk).read().question(code)


def keep(client, url, **changes):
    """Send a page as it is shown, but for some fields."""
    return client.post(url, posted(client.get(url)) | changes, follow=True)


def test_each_type_keeps_what_it_can_hold_and_names_what_it_loses():
    """The ranking of the sample: two answers at most, three options."""
    definition = kinds()
    order = definition.question("order")
    scale = definition.question("ease")

    assert () == losses(order, "multiple", definition)
    assert ("max_choices",) == losses(order, "single", definition)
    assert ("options", "max_choices") == losses(order, "number", definition)
    assert ("allows_not_concerned", "value") == losses(scale, "single", definition)
    assert {"options", "conditions"} <= {*losses(scale, "date", definition)}
    assert order.options == retyped(order, "multiple").options
    assert () == retyped(order, "number").options
    assert retyped(order, "number") == retyped(retyped(order, "number"), "number")


def test_points_stay_when_they_are_counted_alike_and_go_otherwise(draft):
    definition = draft.read()
    sponsor = definition.question("P2")

    assert "points" not in losses(sponsor, "scale", definition)
    assert sponsor.scoring == retyped(sponsor, "scale").scoring
    assert {"points", "role"} <= {*losses(sponsor, "multiple", definition)}
    changed = retyped(sponsor, "multiple")
    assert changed.scoring is None
    assert {None} == {one.points for one in changed.options}


def test_the_page_says_what_is_lost_before_the_button_changes_anything(client, draft):
    url = at("retype", draft, "P2")

    page = client.get(url, {"type": "number"}).content.decode()

    assert "les réponses proposées" in page
    assert "ses points, et la façon de les compter" in page
    assert "ne seraient plus comparées" in page
    assert "single" == question(draft, "P2").type
    client.post(url, {"revision": 1, "type": "number"})
    after = question(draft, "P2")
    assert ("number", None, ()) == (after.type, after.scoring, after.options)
    assert after.meaning != draft.read().question("P2").meaning
    client.post(at("undo", draft), {"revision": 2})
    assert draft.read().question("P2") == question(draft, "P2")


def test_the_question_of_the_territory_keeps_its_type(client, draft):
    assert 404 == client.get(at("retype", draft, "territory")).status_code


def test_conditions_left_without_an_answer_are_told_by_the_title_of_the_question(
    client, draft
):
    """R2b is asked according to R1."""
    client.post(at("retype", draft, "R1"), {"revision": 1, "type": "number"})

    page = client.get(at("draft", draft)).content.decode()

    assert "Une instance coordonne-t-elle les acteurs" in page
    assert "changez la condition" in page
    for key in ("show_if", "any_of", "is_exclusive", "[grid]", " = true"):
        assert key not in page


def test_an_answer_is_offered_to_the_profiles_ticked(client, draft):
    url = at("offer", draft, "main_stake")
    option = draft.read().question("main_stake").options[0].code

    keep(client, url, **{f"o-{option}": ["decision_maker"]})

    after = question(draft, "main_stake")
    assert ("decision_maker",) == after.options[0].profiles
    assert () == after.options[1].profiles
    assert 404 == client.get(at("offer", draft, "profile")).status_code


def test_numbers_have_their_classes_and_answers_their_bands(client, draft):
    number = at("question", draft, "R3_exact")

    refused = keep(client, number, class_limits="5; 1")
    keep(client, number, class_limits="0,5; 2; 5")
    banded = client.get(at("question", draft, "P2") + "?bornes").content.decode()
    keep(client, at("question", draft, "P2") + "?bornes", o0_at_least="0", o0_below="1")

    assert "du plus petit au plus grand" in refused.content.decode()
    assert (0.5, 2, 5) == question(draft, "R3_exact").class_limits
    assert "à moins de" in banded
    first = question(draft, "P2").options[0]
    assert (0, 1) == (first.at_least, first.below)
    assert "o0_at_least" in client.get(at("question", draft, "P2")).content.decode()


def test_what_the_results_make_of_a_question_is_chosen_among_what_its_type_allows(
    client, draft
):
    page = client.get(at("question", draft, "R1")).content.decode()

    keep(client, at("question", draft, "quote"), role="")
    keep(client, at("question", draft, "R1"), role="strategy")

    assert "Les équivalents temps plein mobilisés" not in page
    assert question(draft, "quote").role is None
    told = client.get(at("draft", draft)).content.decode()
    assert "Ce que les résultats en font" in told


def test_consent_and_contact_are_written_on_the_page_of_a_text(client, draft):
    url = at("question", draft, "body")

    keep(client, url, is_personal="on", is_email="on")
    told = client.get(at("draft", draft)).content.decode()
    keep(client, url, consent_fr="Vous pouvez m’écrire.", consent_en="Write to me.")

    after = question(draft, "body")
    assert "ce que la personne accepte" in told
    assert (True, "email") == (after.is_personal, after.format)
    assert "Vous pouvez m’écrire." == after.consent.fr


def test_a_rule_by_number_of_boxes_is_made_on_screen_and_unmade(client, draft):
    """P3 adds up its boxes, 5 points at most."""
    url = at("points", draft) + "?tout=1"
    most = draft.read().question("P3").scoring.maximum

    keep(client, url, do="rule:P3:counted", meaning="same")
    counted = question(draft, "P3")
    keep(
        client,
        url,
        **{"P3-1-least": "3", "P3-1-points": str(most), "P3-0-points": "1"},
        meaning="same",
    )
    steps = question(draft, "P3").scoring.steps
    keep(client, url, do="rule:P3:cumulative", meaning="same")

    assert ("counted", most) == (counted.scoring.rule, counted.scoring.maximum)
    assert {None} == {one.points for one in counted.options}
    assert [(1, 1), (3, most)] == [(one.at_least, one.points) for one in steps]
    back = question(draft, "P3")
    assert ("cumulative", ()) == (back.scoring.rule, back.scoring.steps)
    assert {0} == {one.points for one in back.options}


def test_the_note_of_the_points_and_the_sources_are_written_on_screen(client, draft):
    sources = len(draft.read().sources)
    totals = at("points", draft) + "?dimension="
    keep(client, totals, note_fr="Nos points.", note_en="Our points.")
    url = at("describe", draft)
    row = {
        f"s{sources}_{key}": said
        for key, said in (("title", "Guide"), ("publisher", "ANCT"), ("year", "2024"))
    }
    half = keep(client, url, **{f"s{sources}_title": "Guide"})
    keep(client, url, **row, **{f"s{sources}_url": "https://exemple.fr/guide"})

    after = Draft.objects.get().read()
    assert "Nos points." == after.grid.note.fr
    assert "Complétez cette ligne" in half.content.decode()
    assert ("Guide", "ANCT", 2024) == (
        after.sources[-1].title,
        after.sources[-1].publisher,
        after.sources[-1].year,
    )
    assert sources + 1 == len(after.sources)


def test_two_people_who_retype_at_once_never_overwrite_each_other(client, draft):
    changed = draft.read().model_copy(update={"minutes": 9})
    change_draft(draft, changed, revision=1, by=make_user("Dominique"), said="durée")

    page = client.post(
        at("retype", draft, "P2"), {"revision": 1, "type": "number"}
    ).content.decode()

    assert "Dominique" in page
    assert "single" == question(draft, "P2").type
