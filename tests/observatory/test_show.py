"""The pages of a restitution, as the team and the public read them."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jalons.observatory import operations
from jalons.observatory.urls import of_public, of_team
from jalons.questionnaires.definitions import read_file
from jalons.questionnaires.operations import load_definition
from tests.factories import make_campaign, make_response, make_space, make_user
from tests.observatory.crowd import make_crowd
from tests.observatory.example import LOW, draw_contours, make_example

CAUTION = "À lire comme des tendances, pas comme un classement."
CODE = "maturity_by_vulnerability"
TEAM = [pattern.name for pattern in of_team if pattern.name != "licence"]  # POST
OF_ONE_TABLE = ("table", "crossing", "degrees_table")
PUBLIC = [pattern.name for pattern in of_public]


def team_url(campaign, name="show", **kwargs):
    if name in OF_ONE_TABLE:
        kwargs["code"] = CODE if name == "crossing" else "epci"
    return reverse(f"observatory:{name}", kwargs={"pk": campaign.pk, **kwargs})


def public_url(campaign, name="public", **kwargs):
    if name in ("public_crossing", "public_table"):
        kwargs["code"] = CODE if name == "public_crossing" else "epci"
    return reverse(f"observatory:{name}", kwargs={"slug": campaign.slug, **kwargs})


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return "".join(
        part.decode() if isinstance(part, bytes) else part
        for part in (response if response.streaming else [response.content])
    )


def text_of(html):
    """The words of a page, tags and repeated spaces removed."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def publish(example):
    operations.publish(example.campaign, public_from=timezone.now(), by=example.officer)


@pytest.fixture
def team(client, example):
    client.force_login(example.officer)
    return client


def test_the_page_answers_its_question_in_the_first_lines(team, example):
    page = text_of(read(team, team_url(example.campaign)))

    assert "Pays d’Exemple" in page
    assert "où en sont les EPCI avec le numérique" in page
    assert "Sur 10 EPCI répondants, 5 sont classés" in page


def test_the_facts_give_n_and_interval(team, example):
    page = text_of(read(team, team_url(example.campaign)))

    assert "82 %" in page
    assert "n = 11 répondants" in page
    assert "83 % · 2 départements sur 2" in page


@pytest.mark.parametrize(
    "name", ["show", "territories", "departements", "crossings", "crossing", "answers"]
)
def test_every_page_with_figures_says_how_to_read_them(team, example, name):
    assert CAUTION in read(team, team_url(example.campaign, name))


def test_the_caution_stands_under_the_map_and_under_the_charts(team, example):
    assert 2 == read(team, team_url(example.campaign)).count(CAUTION)


def test_the_sentence_says_when_nothing_can_be_concluded(team, example):
    page = text_of(read(team, team_url(example.campaign)))

    assert "Avec ces effectifs, on ne peut pas conclure à une différence." in page
    assert "Petits effectifs" in page
    assert "comme si les répondants avaient été tirés au sort" in page
    assert "explique" not in page


def test_the_crossing_is_chosen_in_the_address(team, example):
    url = team_url(example.campaign) + "?croiser=maturity_by_density"

    assert "selon la densité" in text_of(read(team, url))


def test_an_unknown_filter_is_ignored(team, example):
    url = team_url(example.campaign) + "?croiser=x&profil=y&departement=zz&question=w"

    assert read(team, url)


def test_a_profile_filters_the_shares_of_respondents(team, example):
    url = team_url(example.campaign, "answers")
    query = "?question=main_stake&profil=territorial_engineering"

    assert "3 sur 5" in text_of(read(team, url + query))


def test_a_departement_filters_the_map_and_the_classes(team, example):
    page = read(team, team_url(example.campaign) + "?departement=92")

    assert 6 == page.count("data-label=")
    assert "Répartition des 5 EPCI" in text_of(page)


def test_the_map_tells_the_blanks_apart(client, example):
    publish(example)

    page = read(client, public_url(example.campaign))

    assert "CC du Lieu 08\xa0: sans réponse" in page
    assert "CC du Lieu 04\xa0: réponse non publiée" in page
    assert "CC du Lieu 09\xa0: avancé" in page
    assert "url(#maturity-map-hatched)" in page
    assert "url(#maturity-map-crossed)" in page


def classes_said_of(place, text):
    """What a file or a page says right after the name of a territory."""
    near = re.findall(rf"{place.name}(.{{0,120}}?)(?:CC du Lieu|$)", text, re.DOTALL)
    return [one for one in near if re.search(r"avancé|intermédiaire", one.lower())]


@pytest.mark.parametrize("number", [4, 12])
@pytest.mark.parametrize("name", [n for n in PUBLIC if n != "public_pdf"])
def test_no_public_byte_tells_the_class_of_a_territory_not_validated(
    client, example, name, number
):
    publish(example)

    found = read(client, public_url(example.campaign, name))

    assert not classes_said_of(example.places[number], found)


@pytest.mark.parametrize("name", ["public", "public_territories"])
def test_the_class_of_a_validated_territory_is_public(client, example, name):
    publish(example)

    found = read(client, public_url(example.campaign, name))

    assert classes_said_of(example.places[9], found)


def test_the_table_is_sorted_by_name_or_departement_never_by_points(team, example):
    by_name = read(team, team_url(example.campaign, "territories"))
    by_departement = read(
        team, team_url(example.campaign, "territories") + "?tri=departement"
    )

    names = re.findall(r'scope="row">(CC du Lieu \d+)', by_name)
    grouped = re.findall(r'scope="row">(CC du Lieu \d+)', by_departement)
    assert sorted(names) == names
    assert "CC du Lieu 02" == grouped[0]
    assert "tri=points" not in by_name


def test_only_the_team_reads_points(client, example):
    publish(example)
    public = read(client, public_url(example.campaign, "public_territories"))
    client.force_login(example.officer)
    team = read(client, team_url(example.campaign, "territories"))

    assert "plus bas au plus haut" in team
    assert "plus bas au plus haut" not in public


def test_an_empty_survey_says_what_to_do(client):
    officer = make_user()
    campaign = make_campaign(space=make_space(owner=officer))
    client.force_login(officer)

    page = text_of(read(client, team_url(campaign)))

    assert "Aucune réponse n’est encore arrivée" in page
    assert "Suivre la collecte" in page


@pytest.mark.parametrize("name", [n for n in TEAM if n not in OF_ONE_TABLE])
def test_every_page_of_an_empty_survey_opens(client, name):
    officer = make_user()
    campaign = make_campaign(space=make_space(owner=officer))
    client.force_login(officer)

    expected = 404 if name == "withdraw" else 200
    assert client.get(team_url(campaign, name)).status_code == expected


@pytest.mark.parametrize("answers", [LOW, dict.fromkeys(LOW, "dont_know")])
def test_one_answer_or_nobody_who_knows_is_shown_without_error(client, answers):
    example = make_example(closed=False)
    example.campaign.responses.all().delete()
    given = {**answers, "R2a": ["none" if answers is LOW else "dont_know"]}
    make_response(example.campaign, example.places[1], **given)
    client.force_login(example.officer)

    for name in ("show", "territories", "departements", "crossings", "answers", "pdf"):
        assert client.get(team_url(example.campaign, name)).status_code == 200


@pytest.mark.parametrize("name", TEAM)
def test_a_stranger_finds_nothing(client, example, name):
    client.force_login(make_user())

    assert client.get(team_url(example.campaign, name)).status_code == 404


def test_simulated_pages_say_so_and_keep_search_engines_away(client):
    example = make_example(is_simulated=True)
    publish(example)

    page = read(client, public_url(example.campaign))
    table = client.get(public_url(example.campaign, "public_table"))

    assert '<meta name="robots" content="noindex">' in page
    assert "SIMULÉ" in re.findall(r"<svg.*?</svg>", page, re.DOTALL)[1]
    assert "noindex" == table.headers["X-Robots-Tag"]


def test_real_published_results_may_be_found(client, example):
    publish(example)

    assert "noindex" not in read(client, public_url(example.campaign))


@pytest.mark.parametrize("name", ["show", "answers", "crossings", "departements"])
def test_queries_do_not_grow_with_answers(client, name):
    example = make_example(closed=False)
    client.force_login(example.officer)
    client.get(team_url(example.campaign, name))
    with CaptureQueriesContext(connection) as few:
        client.get(team_url(example.campaign, name))
    for _again in range(30):
        make_response(example.campaign, example.places[2], **LOW)
    client.get(team_url(example.campaign, name))

    with CaptureQueriesContext(connection) as many:
        client.get(team_url(example.campaign, name))

    assert len(few) == len(many) <= 20


def test_a_public_page_reads_no_answer(client):
    crowd = make_crowd(validated=0.8)
    publish(crowd)

    with CaptureQueriesContext(connection) as queries:
        read(client, public_url(crowd.campaign))

    assert len(queries) <= 6
    assert not [q for q in queries if "surveys_response" in q["sql"]]


def unscored():
    """A questionnaire of opinions, without points."""
    folder = settings.REFERENCE_DIR / "questionnaires"
    definition = read_file(folder / "maturite-numerique.toml")
    kept = [definition.section(code) for code in ("respondent", "priorities")]
    changes = {"code": "avis", "grid": None, "sections": tuple(kept)}
    return load_definition(definition.model_copy(update=changes))


@pytest.mark.parametrize("name", ["show", "territories", "departements", "answers"])
def test_a_survey_without_points_shows_its_answers(client, name):
    officer = make_user()
    campaign = make_campaign(space=make_space(owner=officer), version=unscored())
    draw_contours({0: campaign.territories.get()})
    make_response(campaign, main_stake="security")
    client.force_login(officer)

    page = text_of(read(client, team_url(campaign, name)))

    assert "non publiée" not in page


def test_a_survey_without_points_has_its_document(client):
    officer = make_user()
    campaign = make_campaign(space=make_space(owner=officer), version=unscored())
    make_response(campaign, main_stake="security")
    client.force_login(officer)

    assert client.get(team_url(campaign, "pdf")).content.startswith(b"%PDF")


def test_a_survey_that_announced_no_class_is_published_in_totals(client):
    crowd = make_crowd(validated=0.8, announced=False)
    publish(crowd)

    for name in [n for n in PUBLIC if n != "public_table"]:
        response = client.get(public_url(crowd.campaign, name))
        assert response.status_code == 200

    page = text_of(read(client, public_url(crowd.campaign)))
    crossing = text_of(read(client, public_url(crowd.campaign, "public_crossing")))
    assert "secret" in crossing
    assert "EPCI répondants" in page


def test_a_reader_is_not_offered_what_an_editor_does(client, example):
    reader = make_user()
    example.campaign.space.memberships.create(user=reader, role="reader")
    client.force_login(reader)

    page = read(client, team_url(example.campaign))

    assert "/publier/" not in page
    assert "/cibles/" in page
