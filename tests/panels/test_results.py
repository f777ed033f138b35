"""What a mini-survey says, on numbers worked out by hand; what it keeps to itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from jalons.evaluation.computing import Asked, take_measure
from jalons.impact.telling import impact_of
from jalons.panels.figures import read_panel
from jalons.panels.gaining import confidence_gained, skills_gained
from jalons.panels.moments import Moment
from tests.analysis.tables import table
from tests.evaluation.plans import make_baseline, make_evaluation
from tests.impact.pages import make_page
from tests.panels.people import HALF, QUARTER, answer, make_codes, said

pytestmark = pytest.mark.django_db

# Twelve people; the last two did not come back at three months.
PEOPLE = table("""
    who | skills | confidence | alone | skills_3 | confidence_3 | alone_3
    a   | 1      | 2          | no    | 2        | 4            | yes
    b   | 2      | 3          | no    | 3        | 4            | yes
    c   | 0      | 1          | no    | 2        | 3            | yes
    d   | 3      | 5          | yes   | 3        | 6            | yes
    e   | 1      | 2          | no    | 2        | 2            | no
    f   | 2      | 4          | yes   | 4        | 6            | yes
    g   | 1      | 3          | no    | 1        | 5            | no
    h   | 0      | 0          | no    | 1        | 2            | no
    i   | 4      | 6          | yes   | 5        | 7            | yes
    j   | 2      | 3          | no    | 3        | 4            | yes
    k   | 1      | 1          | no    | 2        | 3            | yes
    l   | 3      | 5          | yes   |          |              |
    m   | 0      | 2          | no    |          |              |
""")


@pytest.fixture
def answered(panel, officer):
    codes = make_codes(panel, len(PEOPLE) + 2, officer)
    for row, code in zip(PEOPLE, codes, strict=False):
        first = said(int(row["skills"]), int(row["confidence"]), alone=row["alone"])
        answer(code, first, panel.opened_on)
        if row.get("skills_3"):
            numbers = int(row["skills_3"]), int(row["confidence_3"])
            later = said(*numbers, alone=row["alone_3"])
            answer(code, later, panel.opened_on + QUARTER)
    return panel


def test_the_same_people_are_compared_and_the_others_are_counted(answered):
    read = read_panel(answered, on=answered.opened_on + timedelta(200))
    later, _six = read.later
    skills, confidence, *_shares = later.compared

    assert (15, 13) == (read.code_count, read.start_count)
    assert (13, 11, 11) == (skills.n_start, skills.n_later, skills.n_both)
    # Start 17 ÷ 11, later 28 ÷ 11: eleven areas gained by eleven people.
    assert ("1,55", "2,55", "+1,00") == (
        skills.told.before,
        skills.told.after,
        skills.told.difference,
    )
    # 30 then 46 out of 110: 16 points by eleven people.
    assert "+1,45" == confidence.told.difference
    assert "plus élevé après" in confidence.told.sentence
    assert (11, 0, 0, 2) == _back(later)


def test_the_mean_of_those_who_came_back_is_that_of_the_table(answered, officer):
    """A twelfth came back without saying their confidence: two means, one of eleven
    people and one of twelve, would tell what they said at the start."""
    (code,) = make_codes(answered, 1, officer)
    answer(code, said(1, 10), answered.opened_on)
    answer(code, said(2), answered.opened_on + QUARTER)

    later, _six = read_panel(answered, on=answered.opened_on + timedelta(200)).later

    assert 12 == later.back.came
    assert pytest.approx(30 / 11) == later.back.start_of_came


def _back(later):
    back = later.back
    return back.came, back.late, back.awaited, back.gone


def test_who_may_still_answer_is_not_counted_as_gone(answered):
    read = read_panel(answered, on=answered.opened_on + timedelta(100))

    assert (11, 0, 2, 0) == _back(read.later[0])
    assert (0, 0, 13, 0) == _back(read.later[1])


def test_under_eleven_people_on_a_side_a_share_stays_secret(answered):
    later = read_panel(answered, on=answered.opened_on + QUARTER).later[0]
    alone = later.compared[2]

    # Three yes and eight no at the start: either would tell of a few people.
    assert 11 == alone.n_both
    assert alone.told is None
    assert "secret" in alone.why


def test_under_eleven_people_nothing_is_told_of_what_they_said(panel, officer):
    for code in make_codes(panel, 10, officer):
        answer(code, said(1, 2), panel.opened_on)
        answer(code, said(5, 9), panel.opened_on + QUARTER)
    later = read_panel(panel, on=panel.opened_on + QUARTER).later[0]

    assert {None} == {one.told for one in later.compared}
    assert "secret" in later.compared[0].why


def test_an_area_left_empty_is_missing_and_not_zero(answered, officer):
    code = make_codes(answered, 1, officer)[0]
    partial = said(5, 5)
    del partial["inform"]
    answer(code, partial, answered.opened_on)

    read = read_panel(answered, on=answered.opened_on + QUARTER)

    assert 14 == read.start_count
    assert 13 == read.later[0].compared[0].n_start
    assert 14 == read.later[0].compared[1].n_start


def test_r2_and_r3_are_the_numbers_of_the_page(answered, roadmap):
    asked = Asked(roadmap, answered.opened_on + timedelta(200))
    read = read_panel(answered, on=asked.on).later[0]

    skills, confidence = skills_gained(asked), confidence_gained(asked)

    assert ("1.00", 11) == (str(skills.value), skills.n)
    assert ("1.45", 11) == (str(confidence.value), confidence.n)
    assert (
        "intervalle à 95 chances sur 100",
        read.compared[0].told.interval,
    ) in skills.lines
    assert ("comparé au début", str(Moment.THREE.label)) in skills.lines


def test_the_impact_page_and_the_data_say_what_the_page_says(
    answered, roadmap, officer, signed_in
):
    day = answered.opened_on + QUARTER
    followed = make_evaluation(roadmap, "R3", by=officer).indicators.get()
    make_baseline(followed, "0.5", answered.opened_on, by=officer)
    take_measure(followed, on=day, by=officer)
    shown = read_panel(answered, on=day).later[0].compared[1].told

    (told,) = impact_of(make_page(roadmap, by=officer))["changes"]
    address = reverse("evaluation:export_json", args=[roadmap.pk])
    (sent,) = signed_in.get(address).json()["indicators"][0]["measures"]

    # Moves of 2, 1, 2, 1, 0, 2, 2, 2, 1, 1, 2: mean 16/11, s = 0.688,
    # 1.4545 ± 2.228 × 0.688 ÷ √11.
    assert "de +0,99 à +1,92" == shown.interval
    assert told["interval"] == f"variation chez les mêmes\u00a0: {shown.interval}"
    assert shown.sentence in told["sentence"]
    assert "n’est pas comparée à la première" in told["sentence"]
    assert ([0.99, 1.92], "higher") == (sent["interval"], sent["verdict"])


def test_people_who_gained_alike_have_no_interval_on_the_impact_page_either(
    panel, roadmap, officer
):
    for code in make_codes(panel, 11, officer):
        answer(code, said(1, 2), panel.opened_on)
        answer(code, said(2, 3), panel.opened_on + QUARTER)
    followed = make_evaluation(roadmap, "R2", by=officer).indicators.get()
    take_measure(followed, on=panel.opened_on + QUARTER, by=officer)

    (told,) = impact_of(make_page(roadmap, by=officer))["changes"]

    assert "–" == told["interval"]
    assert "aucun intervalle ne peut être donné" in told["sentence"]
    assert "plus élevé après" in told["sentence"]


def test_r2_waits_for_the_day_asked_and_says_why_it_knows_nothing(answered, roadmap):
    before = skills_gained(Asked(roadmap, answered.opened_on - timedelta(1)))
    start = skills_gained(Asked(roadmap, answered.opened_on))

    assert (None, 0) == (before.value, before.n)
    assert "Aucune mini-enquête" in before.why
    assert (None, None) == (start.value, start.n)
    assert "secret" in start.why


def test_six_months_later_takes_over_once_enough_people_are_back(answered, roadmap):
    for row, code in zip(PEOPLE, answered.codes.order_by("pk"), strict=False):
        if code.started_on and row["who"] < "l":
            answer(code, said(5, 10), answered.opened_on + HALF)

    found = skills_gained(Asked(roadmap, answered.opened_on + HALF))

    assert ("comparé au début", str(Moment.SIX.label)) in found.lines
    assert 11 == found.n
