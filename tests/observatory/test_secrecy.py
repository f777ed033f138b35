"""Nothing that leaves the team tells what fewer than five people answered."""

from __future__ import annotations

from copy import deepcopy

import pytest

from jalons.analysis.crosstab import adjusted
from jalons.analysis.secrecy import Cell, Published
from jalons.observatory import figures
from jalons.observatory.answers import grouped_profiles
from jalons.observatory.counted import Checked
from jalons.observatory.loading import load
from jalons.observatory.material import for_public
from jalons.observatory.results import NO_ANSWER, NOT_PUBLISHED
from tests.observatory.crowd import make_crowd, make_rare_departements


def small(count, n):
    """Whether a count, or its complement, tells of fewer than five."""
    return count is not None and (0 < count < 5 or (n and 0 < n - count < 5))


@pytest.fixture(scope="module")
def answered(module_rows):
    """A crowd, eight in ten of its EPCI validated, and what the public reads of it."""
    crowd = make_crowd(validated=0.8)
    return crowd, figures.public_figures(crowd.campaign)


@pytest.fixture
def crowd(answered, db):
    return deepcopy(answered[0])


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("validated", [0, 0.8])
def test_no_small_group_is_shown_nor_found_by_subtraction(seed, validated):
    found = figures.public_figures(make_crowd(validated=validated, seed=seed).campaign)

    assert found.secret_cells > 0
    assert 0 == found.exposed_cells
    counts = [
        (one.count, one.n)
        for question in found.figures.questions
        for choice in question.choices
        for one in choice.counts
        if question.is_multiple
    ]
    assert counts
    assert not [one for one in counts if small(*one)]


def test_the_attack_finds_a_lone_hidden_count(example):
    found = figures.public_figures(example.campaign)
    cells = {
        ("*",): Cell(23, "shown"),
        ("no",): Cell(20, "shown"),
        ("yes",): Cell(None, "secret"),
    }

    lone = Checked((Published(("strategy",), cells),))

    assert 0 == found.exposed_cells
    assert 1 == lone.exposed_cells


def test_small_profiles_are_put_together_before_leaving(crowd):
    material = load(crowd.campaign)

    groups = grouped_profiles(material.definition, material.answers)

    # 12 advisers and operators are still too few: they join the decision-makers.
    assert {
        "territorial_engineering",
        "decision_maker+digital_adviser+local_operator",
    } == set(groups)


def test_with_published_classes_only_published_territories_are_used(crowd):
    material = load(crowd.campaign)

    public = for_public(material)

    assert public.standings.keys() == public.shown
    assert public.shown < material.standings.keys()


def test_without_any_published_class_totals_are_protected():
    crowd = make_crowd(validated=0.8, announced=False)
    found = figures.public_figures(crowd.campaign).figures

    assert not found.shows_classes
    assert {NO_ANSWER, NOT_PUBLISHED} == {spot.state for spot in found.spots}
    assert found.base.used == found.base.responding
    assert found.crossing("maturity_by_density3") is None
    cells = [
        cell
        for crossing in found.crossings
        if crossing.column_variable == "maturity"
        for line in crossing.lines
        for cell in line.cells
    ]
    assert cells
    assert not [one for one in cells if one.count and one.count < 5]


def test_a_sentence_that_leans_on_a_hidden_count_is_not_written(example):
    found = figures.public_figures(example.campaign).figures
    political = found.crossing("political_by_density")

    assert political.has_secrets
    assert political.reading is None
    assert political.test is None


def test_links_with_a_hidden_count_say_nothing(example):
    found = figures.public_figures(example.campaign).figures

    assert {None} == {link.finding for link in found.links}
    assert all(link.yes.is_secret and link.no.is_secret for link in found.links)


def test_a_variant_leaves_without_its_counts():
    found = figures.public_figures(make_crowd(validated=0.9).campaign).figures

    variants = [one for crossing in found.crossings for one in crossing.variants]
    assert not [one for one in variants if one.finding is not None]


def test_hidden_respondents_of_a_departement_are_not_found_from_its_epci():
    """2 and 3 hidden, 5 missing from the total, 2 and 3 EPCI on the map: found."""
    campaign = make_crowd(validated=0.8, seed=1).campaign
    rare = make_rare_departements(campaign, 2, 3)

    found = figures.public_figures(campaign).figures

    responses = {one.code: one.responses for one in found.departements}
    assert set(rare) < responses.keys()
    assert set(responses.values()) == {None}
    assert found.base.responses == 60


def test_respondents_by_departement_are_shown_when_none_is_rare(answered):
    found = answered[1].figures

    assert 60 == sum(one.responses for one in found.departements)


def test_a_hidden_link_does_not_weigh_on_the_p_of_those_shown(answered):
    found = answered[1].figures
    shown = [link.finding for link in found.links if link.finding]
    alone = adjusted(shown)

    assert [one.p_adjusted for one in shown] == [one.p_adjusted for one in alone]
    assert {one.comparisons for one in shown} <= {len(shown)}
