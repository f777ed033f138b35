"""The simulated answers follow the published margins, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from jalons.demo.simulation import PROFILES, simulate, simulate_again
from jalons.questionnaires.answers import clean_answers
from jalons.questionnaires.definitions import read_file

ROOT = Path(__file__).resolve().parents[2]
CODES = [str(200_000_000 + number) for number in range(154)]


@pytest.fixture(scope="module")
def definition():
    return read_file(ROOT / "data/questionnaires/maturite-numerique.toml")


@pytest.fixture(scope="module")
def simulated(definition):
    return simulate(definition, CODES)


def _share(definition, simulated, role: str, code: str) -> float:
    question = definition.with_role(role).code
    return sum(one.answers[question] == code for one in simulated) / len(simulated)


def test_there_are_103_respondents_of_the_published_profiles(definition, simulated):
    profile = definition.with_role("profile").code

    assert len(simulated) == 103
    assert Counter(one.answers[profile] for one in simulated) == PROFILES


def test_73_percent_name_inequalities_as_the_main_stake(definition, simulated):
    share = _share(definition, simulated, "main_stake", "inequalities")

    assert f"{share:.0%}" == "73%"


def test_30_percent_say_that_there_is_no_strategy(definition, simulated):
    share = _share(definition, simulated, "strategy", "no")

    assert f"{share:.0%}" == "30%"


def test_every_simulated_answer_passes_the_rules_of_real_ones(definition, simulated):
    problems = [clean_answers(definition, one.answers)[1] for one in simulated]

    assert not any(problems)


def test_some_epci_have_several_respondents(definition, simulated):
    territory = definition.with_role("territory").code
    counts = Counter(one.answers[territory] for one in simulated)

    assert len(counts) == 88
    assert max(counts.values()) > 1


def test_the_same_seed_gives_the_same_answers(definition, simulated):
    assert simulate(definition, list(reversed(CODES))) == simulated


def test_nobody_is_quoted_nor_gives_a_contact(definition, simulated):
    written = {
        question.code
        for question in definition.questions
        if question.is_personal or question.type in {"short_text", "long_text"}
    }

    assert not any(written & one.answers.keys() for one in simulated)


def test_a_second_wave_is_answered_by_some_of_the_same_people(definition, simulated):
    again = simulate_again(definition, simulated)
    territory = definition.with_role("territory").code
    before = Counter(one.answers[territory] for one in simulated)
    after = Counter(one.answers[territory] for one in again)

    assert 50 < len(again) < len(simulated)
    assert after <= before
    assert not {one.key for one in again} & {one.key for one in simulated}
    assert not any(clean_answers(definition, one.answers)[1] for one in again)
    assert again == simulate_again(definition, simulated)
