"""Sentences say what the numbers allow, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jalons.analysis.crosstab import Share
from jalons.analysis.intervals import wilson
from jalons.observatory import figures, link_readings, readings, sentences
from jalons.observatory.answer_results import TOTAL, Choice, Count, Group, Question
from jalons.observatory.results import Variant
from jalons.observatory.words import Words, interval, p_value, percent
from tests.observatory.example import make_example

NARROW = "\u202f"


@pytest.fixture
def shown(example):
    return figures.team_figures(example.campaign)


@pytest.fixture
def words(example):
    return Words(example.campaign.version.read(), "fr")


def read_as(crossing, **changes):
    """The same crossing with another finding."""
    finding = replace(crossing.reading.finding, **changes)
    return replace(crossing, reading=replace(crossing.reading, finding=finding))


def said_of(shown, words, **changes):
    crossing = read_as(shown.crossing("maturity_by_vulnerability"), **changes)
    return readings.crossing_said(crossing, words, shown)


def test_the_statement_gives_both_counts_with_their_base(shown, words):
    said = said_of(shown, words)

    assert "sur 4 EPCI les plus vulnérables, 3 sont classés" in said.statement
    assert "sur 3 EPCI les moins vulnérables, 0." in said.statement


def test_without_evidence_nothing_is_concluded(shown, words):
    said = said_of(shown, words, kind="no_conclusion")

    assert "on ne peut pas conclure à une différence" in said.conclusion


def test_a_difference_is_not_a_cause(shown, words):
    said = said_of(shown, words, kind="difference", p_value=0.001, p_adjusted=0.002)

    assert "ne dit pas pourquoi" in said.conclusion
    assert "explique" not in said.text


def test_an_empty_group_leaves_nothing_to_compare(shown, words):
    nobody = Share(0, 0, None, None)
    said = said_of(
        shown, words, kind="not_computable", first=nobody, p_value=None, effect=None
    )

    assert "rien à comparer" in said.conclusion
    assert "" == said.details
    assert "0 EPCI les plus vulnérables" in said.statement


def test_small_groups_bring_a_warning(shown, words):
    small = said_of(shown, words, n_small=True)
    large = said_of(shown, words, n_small=False)

    assert any("Petits effectifs" in one for one in small.warnings)
    assert not any("Petits effectifs" in one for one in large.warnings)
    assert any("tirés au sort" in one for one in large.warnings)


def test_the_test_is_given_with_its_adjustment_and_its_size(shown, words):
    said = said_of(shown, words, p_value=0.021, p_adjusted=0.042, effect=0.34)

    assert "p = 0,02" in said.details
    assert "0,04 après ajustement pour les 2 comparaisons" in said.details
    assert "V = 0,34 (lien moyen)" in said.details


def test_a_variant_that_says_otherwise_is_printed_beside(shown, words):
    crossing = shown.crossing("maturity_by_vulnerability")
    finding = replace(crossing.reading.finding, kind="difference")
    variant = Variant("without_counts", "difference", True, finding)

    said = readings.crossing_said(replace(crossing, variants=(variant,)), words, shown)

    assert 1 == len(said.variants)
    assert "on lit autre chose" in said.variants[0]
    assert "ne dit pas pourquoi" in said.variants[0]


def test_variants_that_agree_are_said_to_agree(shown, words):
    assert "reste la même" in said_of(shown, words).variants[0]


def test_density_and_vulnerability_that_never_meet_cannot_be_told_apart(shown, words):
    told = readings.confounded(shown, words)

    assert "dense avec vulnérabilité forte" in told
    assert "peut tenir à l’autre" in told


def test_the_number_of_crossings_examined_is_said(shown):
    assert readings.examined(shown).startswith("2 croisements sont examinés ensemble")


def test_that_no_crossing_could_be_tested_is_said(shown):
    none = replace(shown, comparisons=0)

    assert "Aucun croisement ne peut être testé ici." == readings.examined(none)


def test_the_territories_left_out_are_counted(shown):
    density = shown.crossing("maturity_by_density")
    vulnerability = shown.crossing("maturity_by_vulnerability")

    assert "1 EPCI est laissé de côté" in readings.without_context(density)
    assert "Aucun EPCI" in readings.without_context(vulnerability)


def test_any_type_of_territory_can_act_only_if_counts_show_it(shown, words):
    told = sentences.anywhere(shown, words)

    # No advanced EPCI among the three very sparsely populated that answered.
    assert told.startswith("2 classes de densité sur 3 comptent des EPCI")
    assert "très peu dense\xa0: 0 sur 3" in told


def test_the_map_in_words_counts_every_territory(shown, words):
    told = sentences.map_summary(shown.spots, shown.classes, words)

    assert told.startswith("Sur 12 EPCI\xa0: 3 «\xa0peu avancé\xa0»")
    assert "2 «\xa0sans réponse\xa0»" in told


def test_a_link_says_counts_and_what_was_left_out(shown, words):
    told = link_readings.said(shown.links[0], words)

    assert "2 sur 7 EPCI avec, 0 sur 3 sans" in told
    assert "délibération" in link_readings.caution(shown)


def count(k, n):
    return Count(k, n, wilson(k, n))


def themes(*, secret=False):
    """Two large groups and a small one, three themes."""
    groups = (Group(TOTAL, 45, 0), Group("a", 20, 0), Group("b", 20, 0))
    choices = (
        Choice("inclusion", (count(35, 45), count(15, 20), count(18, 20))),
        Choice("education", (count(20, 45), count(10, 20), count(9, 20))),
        Choice("security", (count(20, 45), count(9, 20), count(10, 20))),
        Choice("companies", (count(9, 45), count(8, 20), count(1, 20))),
    )
    if secret:
        hidden = replace(choices[0], counts=(count(35, 45), *[Count(None, 20)] * 2))
        choices = (hidden, *choices[1:])
    return Question("themes", "themes", True, False, groups, choices)


def test_shared_priorities_are_among_the_first_of_every_group(words):
    told = sentences.shared_themes(themes(), words)

    assert "L’inclusion numérique" in told
    assert "Le numérique et l’éducation" in told
    assert "entreprises" not in told


def test_priorities_are_not_asserted_from_hidden_counts(words):
    assert "Trop peu de groupes" in sentences.shared_themes(themes(secret=True), words)


def test_numbers_are_written_as_in_french():
    assert f"18{NARROW}%" == percent(0.182)
    assert f"9–34{NARROW}%" == interval(wilson(6, 33))
    assert "p = 0,26" == p_value(0.2609)
    assert "p = 0,004" == p_value(0.0044)
    assert "p < 0,001" == p_value(0.0000001)
    assert "–" == percent(None)


def test_the_public_is_told_whose_answers_are_counted(example, words):
    public = figures.public_figures(example.campaign).figures

    assert "Sur 8 EPCI dont la réponse est publiée" in sentences.lead(public, words)


def test_nothing_answered_is_said():
    campaign = make_example(closed=False).campaign
    campaign.responses.all().delete()
    words = Words(campaign.version.read(), "fr")

    assert "Aucune réponse" in sentences.lead(figures.team_figures(campaign), words)
