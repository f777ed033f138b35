from __future__ import annotations

import pytest

from jalons.search.figures import find
from jalons.search.operations import Entry, index

pytestmark = pytest.mark.usefixtures("territories")


def titles(query: str, **options) -> list[str]:
    return [hit.title for hit in find(query, **options)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("perigeux", ["Périgueux", "CA Le Grand Périgueux"]),
        ("Perigueux", ["Périgueux", "CA Le Grand Périgueux"]),
        ("grand perigueux", ["CA Le Grand Périgueux"]),
        ("sant etienne", ["Saint-Étienne Métropole", "Saint-Étienne"]),
        ("st etiene", ["Saint-Étienne", "Saint-Étienne Métropole"]),
        ("ST-ÉTIENNE DU ROUVRAY", ["Saint-Étienne-du-Rouvray"]),
        ("ste helene", ["Sainte-Hélène"]),
        ("saint emillion", ["Saint-Émilion"]),
        ("ile d'yeu", ["L’Île-d’Yeu"]),
        ("nouvele aquitaine", ["Nouvelle-Aquitaine"]),
        ("vire normandi", ["Vire Normandie"]),
        ("Eu", ["Eu", "Eure"]),
        ("y", ["Y"]),
    ],
)
def test_a_name_is_found_without_accents_and_in_spite_of_slips(query, first):
    assert titles(query)[: len(first)] == first


@pytest.mark.parametrize("code", ["24322", "24000"])
def test_a_territory_is_found_by_its_codes(code):
    assert titles(code)[0] == "Périgueux"


def test_of_two_namesakes_the_larger_comes_first():
    hits = find("la rochelle")

    assert [hit.ref for hit in hits[:2]] == ["17300", "70450"]


def test_a_word_of_the_subtitle_tells_namesakes_apart():
    assert find("saint denis")[0].ref == "97411"
    assert find("saint denis seine saint denis")[0].ref == "93066"
    assert find("saint denis 93")[0].ref == "93066"


def test_the_last_word_may_be_unfinished():
    assert titles("nouv")[0] == "Nouvelle-Aquitaine"


@pytest.mark.parametrize("query", ["", "   ", "xxxyzzt", "%", '"', "perig* OR", "é'"])
def test_what_resembles_nothing_finds_nothing_and_breaks_nothing(query):
    hits = find(query)

    assert "Nouvelle-Aquitaine" not in [hit.title for hit in hits]


def test_only_the_kinds_asked_for_are_found():
    assert titles("perigueux", kinds=["epci"]) == ["CA Le Grand Périgueux"]


def test_no_more_hits_than_asked_for():
    assert len(find("saint", limit=2)) == 2


def test_a_very_long_query_is_cut_rather_than_slow():
    assert "Périgueux" in titles("Périgueux " * 500)


def test_a_private_thing_is_found_by_its_space_only():
    index([Entry("note", "1", "Périgueux confidentiel", space_id=7)])

    assert "Périgueux confidentiel" not in titles("perigueux confidentiel")
    assert "Périgueux confidentiel" not in titles("perigueux", space_ids=[8])
    assert titles("perigueux confidentiel", space_ids=[7])[0] == (
        "Périgueux confidentiel"
    )


def test_one_question_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        find("perigueux")


def test_scores_lie_between_0_and_1_and_fall():
    scores = [hit.score for hit in find("saint etienne")]

    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_what_is_written_so_is_told_from_what_only_looks_alike():
    def said(query: str) -> dict[str, bool]:
        return {hit.title: hit.is_said for hit in find(query)}

    assert said("perigu")["Périgueux"]
    assert said("24322")["Périgueux"]
    assert said("ile d yeu")["L’Île-d’Yeu"]
    assert not said("perigeux")["Périgueux"]
    assert said("saint emilion")["Saint-Émilion"]
    assert not said("saint emilion").get("Saint-Étienne")
