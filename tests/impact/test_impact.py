"""What a roadmap changed, told to all: frozen, withdrawn, never more than is known."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.impact import operations
from jalons.impact.models import Publication, StoryCard
from jalons.impact.secrets import card_token
from jalons.impact.telling import impact_of
from jalons.roadmaps.models import Action
from jalons.roadmaps.operations import Budgeted
from jalons.territories.models import Territory
from tests.evaluation.plans import (
    make_baseline,
    make_evaluation,
    make_measure,
    make_own,
    make_review,
)
from tests.factories import make_territory
from tests.followup.test_dashboard import cells_of, plain, text_of
from tests.funding.money import make_grant
from tests.impact.pages import LAST, make_card, make_page, make_story, publishes
from tests.roadmaps.plans import make_action, make_stake, make_workstream

START, END = date(2025, 7, 31), date(2026, 5, 31)


@pytest.fixture
def evaluation(roadmap, officer):
    return make_evaluation(roadmap, "O1", "R4", by=officer)


@pytest.fixture
def page(roadmap, evaluation, officer):
    return make_page(roadmap, by=officer)


def of(evaluation, code):
    return evaluation.indicators.get(code=code)


def change(page, code):
    return next(one for one in impact_of(page)["changes"] if one["code"] == code)


COMPUTED = {"origin": "computed"}


def moves(followed, before, after, *, by):
    """A start and a later measure, each a value and what it rests on."""
    (value, resting), (later, resting_later) = before, after
    make_measure(followed, value, START, by=by, **resting)
    make_baseline(followed, value, START, by=by)
    make_measure(followed, later, END, by=by, **resting_later)


@pytest.mark.parametrize(
    ("worth", "interval", "sentence"),
    [
        # Newcombe (1998), method 10, 30.2 % then 19.8 % of 212: -18.47 to -2.15.
        (212.0, "variation de -18,5 à -2,2 points", "plus bas après"),
        # A design effect of two: each is worth 106 answers, -21.73 to +1.28.
        (106.0, "variation de -21,7 à +1,3 points", "On ne peut pas conclure"),
    ],
)
def test_a_weighted_share_is_judged_by_what_its_answers_are_worth(
    page, evaluation, officer, worth, interval, sentence
):
    resting = {"n": 212, "effective_n": worth, **COMPUTED}
    gave_up = of(evaluation, "R4")
    moves(gave_up, (30.2, resting), (19.8, resting), by=officer)

    told = change(page, "R4")

    assert told["interval"] == interval
    assert sentence in told["sentence"]
    # No answer of a survey is linked to one of another.
    assert "comme si d’autres personnes avaient répondu" in told["sentence"]
    assert (told["before_n"], told["n"]) == (212, 212)


def test_a_weighted_share_whose_weights_were_not_kept_concludes_nothing(
    page, evaluation, officer
):
    resting = {"n": 212, **COMPUTED}
    gave_up = of(evaluation, "R4")
    moves(gave_up, (30.2, resting), (19.8, resting), by=officer)

    told = change(page, "R4")

    assert told["interval"] == "–"
    assert "n’a pas été gardé" in told["sentence"]


def test_a_share_typed_with_its_number_says_what_it_supposes(page, evaluation, officer):
    gave_up = of(evaluation, "R4")
    moves(gave_up, (30, {"n": 200}), (20, {"n": 200}), by=officer)

    told = change(page, "R4")

    # Newcombe (1998), method 10, 40 of 200 against 60 of 200: -18.3 to -1.5 points.
    assert told["interval"] == "variation de -18,3 à -1,5 points"
    assert "comme si chaque réponse comptait autant" in told["sentence"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("P1", "Compté, pas estimé"),
        ("O4", "Compté, pas estimé"),
        ("R1", "compare déjà les mêmes personnes"),
    ],
)
def test_what_is_no_sample_is_never_tested(roadmap, officer, code, words):
    # 2 of 20 actions, then 8 of the same 20: counted, chance has no part in it.
    followed = of(make_evaluation(roadmap, code, by=officer), code)
    moves(followed, (10, {"n": 200}), (40, {"n": 200}), by=officer)

    told = change(make_page(roadmap, by=officer), code)

    assert told["interval"] == "–"
    assert words in told["sentence"]
    assert "hasard" not in told["sentence"]


def test_of_the_share_of_a_team_it_is_not_noted_whether_it_is_a_sample(
    page, evaluation, officer
):
    own = make_own(evaluation, unit="percent", by=officer)
    moves(own, (10, {"n": 200}), (40, {"n": 200}), by=officer)

    (told,) = impact_of(page)["changes"]

    assert told["interval"] == "–"
    assert "on ne peut pas conclure" in told["sentence"]


def test_a_share_whose_start_has_no_number_of_people_concludes_nothing(
    page, evaluation, officer
):
    gave_up = of(evaluation, "R4")
    make_baseline(gave_up, 30, START, by=officer)
    make_measure(gave_up, 20, END, by=officer, n=200)

    told = change(page, "R4")

    assert "on ne peut pas conclure" in told["sentence"]


def test_a_few_people_stay_secret(page, evaluation, officer):
    gave_up = of(evaluation, "R4")
    make_baseline(gave_up, 30, START, by=officer)
    make_measure(gave_up, 20, END, by=officer, n=40)

    told = change(page, "R4")

    assert (told["after"], told["n"]) == (None, None)
    assert not [one for one in impact_of(page)["figures"] if one["number"] == "20"]


@pytest.mark.parametrize(("n", "shown"), [(10, None), (11, "1.5")])
def test_what_a_few_people_gained_stays_secret(roadmap, officer, n, shown):
    gained = of(make_evaluation(roadmap, "R3", by=officer), "R3")
    make_measure(gained, "1.5", END, by=officer, n=n)

    told = change(make_page(roadmap, by=officer), "R3")

    assert told["after"] == shown
    assert ("secret" in told["sentence"]) == (shown is None)


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("", "aucun intervalle n’est gardé"),
        ("too few", "Moins de 5 personnes ou territoires"),
    ],
)
def test_what_compares_the_same_ones_says_why_it_concludes_nothing(
    roadmap, officer, verdict, words
):
    maturity = of(make_evaluation(roadmap, "R9", by=officer), "R9")
    make_measure(maturity, "1.5", END, by=officer, n=3, verdict=verdict)

    told = change(make_page(roadmap, by=officer), "R9")

    assert words in told["sentence"]
    assert told["interval"] == "–"


def test_what_was_measured_after_the_period_is_not_told(page, evaluation, officer):
    make_measure(of(evaluation, "O1"), 900, LAST + timedelta(days=1), by=officer)

    assert not impact_of(page)["changes"]


def test_what_did_not_work_is_told_by_the_figures_too(
    roadmap, page, evaluation, officer
):
    make_review(evaluation, END, by=officer, negative="Le jeudi vide le mardi.")
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    make_action(stream, "Un train", by=officer, status=Action.Status.DROPPED)

    told = impact_of(page)

    assert [one["words"] for one in told["actions_stopped"]] == ["Un train"]
    assert [one["negative"] for one in told["judged"]] == ["Le jeudi vide le mardi."]


def test_beside_the_national_targets_what_is_not_known_is_not_zero(
    page, evaluation, officer
):
    make_measure(of(evaluation, "O1"), 352, END, by=officer)

    rows = {one["code"]: one for one in impact_of(page)["national"]["rows"]}

    assert rows["O1"]["own"] == 352
    assert [rows[code]["own"] for code in ("O3", "O5", "O6")] == [None, None, None]
    assert all(rows[code]["why"] for code in ("O3", "O5", "O6"))
    assert rows["O1"]["part"] is None


def test_the_part_of_a_territory_follows_its_population(
    roadmap, page, officer, monkeypatch
):
    here = make_territory("Bujaleuf", Territory.Kind.COMMUNE)
    Territory.objects.filter(pk=here.pk).update(population=34_000)
    roadmap.perimeter.set([here])
    others = Territory.objects.filter(pk=here.pk)
    assert others.count() == 1
    monkeypatch.setattr("jalons.impact.national.LEAST_COMMUNES", 1)
    everybody = sum(
        Territory.objects.communes()
        .current()
        .exclude(population=None)
        .values_list("population", flat=True)
    )

    told = impact_of(page)["national"]

    expected = (2 * 25_000 * 34_000 + everybody) // (2 * everybody)
    assert told["everybody"] == everybody
    assert {one["code"]: one["part"] for one in told["rows"]}["O3"] == expected


def test_what_is_public_does_not_move_with_the_figures(
    client, page, evaluation, officer
):
    make_measure(of(evaluation, "O1"), 352, END, by=officer)
    public = publishes(page, by=officer)
    make_measure(of(evaluation, "O1"), 999, END, by=officer)

    shown = client.get(reverse("impact:public", args=[public.slug])).content.decode()

    assert "352" in shown
    assert "999" not in shown


def test_nobody_reads_it_before_its_day(client, page, officer):
    later = timezone.now() + timedelta(days=3)
    public = operations.publish(page, public_from=later, by=officer)

    assert client.get(reverse("impact:public", args=[public.slug])).status_code == 404


def test_a_later_day_does_not_close_what_is_open(signed_in, roadmap, page, officer):
    publishes(page, by=officer)
    later = (timezone.localdate() + timedelta(days=3)).isoformat()

    answer = signed_in.post(
        reverse("impact:publish", args=[roadmap.pk]), {"public_on": later}
    )

    assert answer.status_code == 200
    assert Publication.objects.get().public_from <= timezone.now()


def test_once_withdrawn_page_and_files_say_why(client, page, officer):
    public = publishes(page, by=officer)
    operations.withdraw(public, reason="Un chiffre était faux", by=officer)

    for name, args in (
        ("impact:public", [public.slug]),
        ("impact:public_file", [public.slug, "pdf"]),
    ):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 410
        assert "Un chiffre était faux" in answer.content.decode()


def test_published_again_it_keeps_its_address_and_ends_the_withdrawal(
    client, page, officer
):
    public = publishes(page, by=officer)
    operations.withdraw(public, reason="Un chiffre était faux", by=officer)

    again = publishes(page, by=officer)

    assert again.slug == public.slug
    assert client.get(reverse("impact:public", args=[again.slug])).status_code == 200


def test_a_story_is_public_only_once_its_teller_agrees(
    client, page, evaluation, officer
):
    story = make_story(evaluation, by=officer)
    publishes(page, by=officer)
    make_card(page, story, by=officer)
    address = reverse("impact:public", args=[Publication.objects.get().slug])

    before = client.get(address).content.decode()
    publishes(page, by=officer)

    assert story.text not in before
    assert story.text in client.get(address).content.decode()


def test_the_teller_takes_their_story_back_from_the_page_and_the_files_at_once(
    client, page, evaluation, officer
):
    card = make_card(page, make_story(evaluation, by=officer), by=officer)
    public = publishes(page, by=officer)
    link = reverse("impact:take_back", args=[card_token(card.key)])

    client.get(link)
    assert StoryCard.objects.get().withdrawn_at is None
    client.post(link)

    page_shown = client.get(reverse("impact:public", args=[public.slug]))
    told = client.get(reverse("impact:public_file", args=[public.slug, "json"])).json()
    pdf = client.get(reverse("impact:public_file", args=[public.slug, "pdf"])).content
    assert card.story.text not in page_shown.content.decode()
    assert told["stories"] == []
    assert card.story.text not in text_of(pdf)


def test_a_link_that_is_not_ours_takes_nothing_back(client, db):
    assert client.get(reverse("impact:take_back", args=["faux"])).status_code == 404


def test_an_agreement_needs_its_box_ticked(
    signed_in, roadmap, page, evaluation, officer
):
    story = make_story(evaluation, by=officer)
    address = reverse("impact:agree", args=[roadmap.pk, story.pk])

    answer = signed_in.post(address, {"agreed_on": "2026-06-01", "agreed_how": "aloud"})

    assert answer.status_code == 200
    assert not StoryCard.objects.exists()


def test_the_same_numbers_stand_on_the_page_in_the_pdf_the_workbook_and_json(
    client, roadmap, page, evaluation, officer
):
    make_baseline(of(evaluation, "O1"), 1210, START, by=officer)
    make_measure(of(evaluation, "O1"), 1352, END, by=officer)
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer)
    bus = make_action(
        stream, "Un bus", Budgeted("Région", Decimal("12500.50")), by=officer
    )
    make_grant(bus, "Région", 9000, state="granted", granted=Decimal(9000), by=officer)
    public = publishes(page, by=officer)

    shown = client.get(reverse("impact:public", args=[public.slug])).content.decode()
    files = {
        one: client.get(reverse("impact:public_file", args=[public.slug, one]))
        for one in ("pdf", "xlsx", "json")
    }

    told, pdf = files["json"].json(), text_of(files["pdf"].content)
    cells = cells_of(files["xlsx"].content)
    for words, number in (
        ("12 500,50", 12500.5),
        ("9 000", 9000),
        ("1 210", 1210),
        ("1 352", 1352),
    ):
        assert words in plain(shown)
        assert words in plain(pdf)
        assert number in cells
    for shape in (shown, pdf):
        assert "Les intervalles sont à 95 %" in " ".join(plain(shape).split())
    assert told["changes"][0]["after"] == "1352"
    assert float(told["money"]["granted"]) == 9000


def test_a_simulated_page_says_so_everywhere(client, roadmap, page, officer):
    roadmap.is_simulated = True
    roadmap.save()
    page.roadmap.refresh_from_db()
    public = publishes(page, by=officer)

    shown = client.get(reverse("impact:public", args=[public.slug])).content.decode()
    pdf = client.get(reverse("impact:public_file", args=[public.slug, "pdf"])).content

    assert "noindex" in shown
    assert "SIMULÉ" in shown
    assert "SIMULÉ" in text_of(pdf)
    assert BytesIO(pdf).read(4) == b"%PDF"


def test_a_period_that_is_not_over_is_refused(signed_in, roadmap):
    later = (timezone.localdate() + timedelta(days=9)).isoformat()

    answer = signed_in.post(
        reverse("impact:write", args=[roadmap.pk]),
        {"since": "2026-01-01", "until": later, "done": "Un bus", "failed": "Rien"},
    )

    assert "n’est pas encore venu" in answer.content.decode()
