"""Reviews that judge and decide; stories kept with the agreement of who tells them."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from jalons.evaluation.models import Review, Story
from tests.evaluation.plans import make_review

SAID = {
    "moment": "during",
    "held_on": "2026-01-20",
    "judgement": "Plus de monde vient ; la baisse des démarches abandonnées y a part.",
    "evidence": "Relevés du bus",
    "unexpected": "Des élus viennent voir",
    "negative": "Le jeudi, la médiathèque ferme",
    "decision": "Garder le jeudi",
    "next_on": "2027-01-20",
}


def page_of(name, roadmap, *more):
    return reverse(f"evaluation:{name}", args=[roadmap.pk, *more])


def test_a_review_says_what_was_judged_and_decided(signed_in, roadmap, evaluation):
    signed_in.post(page_of("add_review", roadmap), SAID)
    review = Review.objects.get()
    page = signed_in.get(page_of("review", roadmap, review.pk)).content.decode()

    for words in (
        *("Des élus viennent voir", "la médiathèque ferme", "Garder le jeudi"),
        *("une contribution, pas une preuve", "Relevés du bus"),
    ):
        assert words in page
    assert "Garder le jeudi" in signed_in.get(page_of("show", roadmap)).content.decode()


def test_a_review_is_held_before_it_is_written(signed_in, roadmap, evaluation):
    tomorrow = timezone.localdate() + timedelta(days=1)

    early = signed_in.post(
        page_of("add_review", roadmap), SAID | {"held_on": tomorrow.isoformat()}
    )
    back = signed_in.post(
        page_of("add_review", roadmap), SAID | {"next_on": "2025-01-01"}
    )
    bare = signed_in.post(page_of("add_review", roadmap), SAID | {"judgement": " "})

    assert "une fois qu’elle est tenue" in early.content.decode()
    assert "corrigez l’une des deux" in back.content.decode()
    assert 200 == bare.status_code
    assert not Review.objects.exists()


def test_two_people_who_write_a_review_read_each_other(
    signed_in, roadmap, evaluation, officer
):
    review = make_review(evaluation, date(2026, 1, 20), by=officer)
    page = page_of("edit_review", roadmap, review.pk)
    signed_in.post(page, SAID | {"version": 1, "decision": "Arrêter"})

    late = signed_in.post(page, SAID | {"version": 1}).content.decode()

    assert "Arrêter" in late
    assert "Arrêter" == Review.objects.get().decision


def test_a_review_names_nobody(signed_in, roadmap, evaluation):
    sent = SAID | {"who": "Mme Martin, Centre social"}

    refused = signed_in.post(page_of("add_review", roadmap), sent)

    assert "Mme Martin" in refused.content.decode()
    assert not Review.objects.exists()


def test_a_story_is_kept_only_with_an_agreement(
    signed_in, roadmap, evaluation, officer
):
    review = make_review(evaluation, date(2026, 1, 20), by=officer)
    page = page_of("review", roadmap, review.pk)
    told = {"teller": "Une retraitée", "domain": "Confiance", "text": "J’ose enfin."}

    silent = signed_in.post(page, told)
    signed_in.post(page, told | {"is_agreed": "on"})
    story = Story.objects.get()

    assert 200 == silent.status_code
    assert "J’ose enfin." in signed_in.get(page).content.decode()
    assert 404 == signed_in.post(page, {"remove": "0"}).status_code
    signed_in.post(page, {"remove": story.pk})
    assert not Story.objects.exists()
