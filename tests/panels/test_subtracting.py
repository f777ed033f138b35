"""Somebody reads the mini-survey after each answer and subtracts: nothing comes out."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

import pytest

from jalons.analysis.in_steps import steps_of
from jalons.analysis.secrecy import INHABITANTS
from jalons.documents import render
from jalons.evaluation.computing import Asked
from jalons.panels.documents import document_of, file_rows, line_of, shown_on_page
from jalons.panels.figures import read_panel
from jalons.panels.gaining import confidence_gained, skills_gained
from jalons.panels.moments import Moment
from tests.panels.people import HALF, QUARTER, answer, make_codes, open_panel, said

pytestmark = pytest.mark.django_db
PEOPLE = 50


def _answers(chance: Random) -> dict:
    yes_no = {code: chance.choice(("yes", "no")) for code in ("alone", "gave_up")}
    return said(chance.randint(0, 5), chance.randint(0, 10), **yes_no)


def _arrivals(panel, officer, chance: Random) -> list[tuple[str, timedelta]]:
    """Everybody at the start, then those who come back, in any order."""
    codes = make_codes(panel, PEOPLE, officer)
    later = [(one, QUARTER) for one in codes if chance.random() < 0.8]
    later += [(one, HALF) for one in codes if chance.random() < 0.7]
    chance.shuffle(later)
    later.sort(key=lambda one: one[1] == HALF and chance.random() < 0.5)
    return [(one, timedelta(0)) for one in codes] + later


@pytest.fixture(params=[1, 2])
def readings(request, panel, officer):
    """What each line says after each answer, by moment and by name of the line."""
    chance = Random(request.param)
    read: defaultdict[tuple, list] = defaultdict(list)
    arrivals = _arrivals(panel, officer, chance)
    for number, (code, delay) in enumerate(arrivals):
        answer(code, _answers(chance), panel.opened_on + delay)
        if number < PEOPLE:
            continue
        for later in read_panel(panel, on=panel.opened_on + HALF).later:
            for one in later.compared:
                if one.told:
                    read[later.moment, one.name].append(line_of(one))
    return read


def test_two_readings_differ_by_eleven_people_or_not_at_all(readings):
    told = 0
    for lines in readings.values():
        for before, after in zip(lines, lines[1:], strict=False):
            more = int(after[7]) - int(before[7])
            assert more == 0 or more >= INHABITANTS
            assert more or before == after
            told += bool(more)
    assert told
    assert {Moment.THREE, Moment.SIX} == {moment for moment, _name in readings}


def _parts(sets: list[frozenset], people) -> list[set]:
    parts = defaultdict(set)
    for one in people:
        if key := tuple(one in each for each in sets):
            parts[key].add(one)
    return [part for key, part in parts.items() if any(key)]


@pytest.mark.parametrize("seed", range(12))
def test_the_means_of_the_start_cut_people_into_parts_of_eleven(seed):
    """Whoever holds every mean of the start ever told, of both moments, can add and
    subtract them as they like: they only make sums over whole parts."""
    chance, day = Random(seed), timedelta(1)
    first_day = date(2026, 1, 1)
    people = list(range(60))
    later = [(one, 3) for one in people if chance.random() < 0.9]
    later += [(one, 6) for one in people if chance.random() < 0.6]
    chance.shuffle(later)
    answers = [(one, 0, float(chance.randint(0, 10)), first_day) for one in people]
    answers += [(*one, float(chance.randint(0, 10)), first_day + day) for one in later]

    found = steps_of(answers, start=0, least=INHABITANTS)

    sets = [
        step.people
        for steps in found.by_moment.values()
        for step in steps
        if step.tells_start
    ]
    assert sets
    assert all(len(part) >= INHABITANTS for part in _parts(sets, people))
    for steps in found.by_moment.values():
        for small, wide in zip(steps, steps[1:], strict=False):
            assert small.people < wide.people
            assert len(wide.people - small.people) >= INHABITANTS


def test_a_share_grows_by_eleven_of_each_answer_or_none():
    day = date(2026, 1, 1)
    starts = [(one, 0, float(one % 2), day) for one in range(44)]
    later = [(one, 3, float(one % 2), day) for one in range(44)]

    found = steps_of(starts + later, start=0, least=INHABITANTS, is_share=True)
    alike = steps_of(
        [(who, when, 1.0, day) for who, when, _value, _day in starts + later[:12]],
        start=0,
        least=INHABITANTS,
        is_share=True,
    )

    assert [22, 44] == [len(one.people) for one in found.by_moment[3]]
    assert [11] == [len(one.people) for one in alike.by_moment[3]]


def test_when_six_months_cut_three_months_small_the_difference_alone_is_told(
    panel, officer
):
    """Steps of eleven at three months, and at six eleven of whom six are of the first
    step: their means at the start would give that of the other five."""
    codes = make_codes(panel, 22, officer)
    for code in codes:
        answer(code, said(1, 4), panel.opened_on)
    for code in codes:
        answer(code, said(2, 5), panel.opened_on + QUARTER)
    for code in codes[5:16]:
        answer(code, said(3, 7), panel.opened_on + HALF)

    three, six = read_panel(panel, on=panel.opened_on + HALF).later
    confidence = six.compared[1]

    assert "4,00" == three.compared[1].told.before
    assert ("–", "–", "+3,00") == (
        confidence.told.before,
        confidence.told.after,
        confidence.told.difference,
    )
    assert six.hides_start
    assert six.back.start_of_came is None


def test_page_file_document_and_indicators_say_the_same(panel, roadmap, officer):
    chance = Random(5)
    for code, delay in _arrivals(panel, officer, chance):
        answer(code, _answers(chance), panel.opened_on + delay)
    on = panel.opened_on + HALF
    read = read_panel(panel, on=on)

    cells = [row[:9] for row in file_rows(read)]
    page = [line for later in read.later for line in shown_on_page(later)[2]]
    assert [row[1:9] for row in cells] == [line[:8] for line in page]
    assert render(document_of(read), "xlsx")
    moment = next(one for one in reversed(read.later) if one.compared[0].told)
    for indicator, line in zip(
        (skills_gained, confidence_gained), moment.compared[:2], strict=True
    ):
        found = indicator(Asked(roadmap, on))
        assert f"{found.value:+.2f}".replace(".", ",") == line.told.difference
        assert line.n_both == found.n


def test_two_mini_surveys_are_added_up_by_their_own_steps(roadmap, panel, officer):
    """Thirteen people in one, nine in the other: eleven are counted, not twenty-two."""
    other = open_panel(roadmap, officer, panel.opened_on, title="Hiver")
    for one, count in ((panel, 13), (other, 9)):
        for code in make_codes(one, count, officer):
            answer(code, said(1, 4), one.opened_on)
            answer(code, said(2, 5), one.opened_on + QUARTER)

    found = skills_gained(Asked(roadmap, panel.opened_on + QUARTER))

    assert 11 == found.n
    assert "11" in [value for _name, value in found.lines]
