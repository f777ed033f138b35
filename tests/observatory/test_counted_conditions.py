"""Questions put to some only: what their numbers tell of the answers that open them."""

from __future__ import annotations

import pytest

from jalons.observatory.figures import public_figures, team_figures
from jalons.observatory.restitution import builders, restitution_of
from jalons.questionnaires.drafting import replace_question
from jalons.questionnaires.operations import load_definition
from tests.factories import make_response
from tests.observatory.attacker import Sums
from tests.observatory.test_degrees import OURS, make_survey

pytestmark = pytest.mark.django_db


TRIPS = """\
[[sections.questions]]
code = "trips"
type = "single"
show_if = { question = "car", any_of = ["yes"] }
text = { fr = "Des trajets partagés ?", en = "Do you share trips?" }
options = [
  { code = "often", text = { fr = "Souvent", en = "Often" } },
  { code = "never", text = { fr = "Jamais", en = "Never" } },
]

[[sections.questions]]
code = "tools\""""


PUT = """\
[[sections]]
code = "put"
show_if = {{ question = "{}", any_of = {} }}
title = {{ fr = "Le reste", en = "The rest" }}

"""


@pytest.mark.parametrize(("without", "n"), [(3, None), (8, 50)])
@pytest.mark.parametrize(
    ("first", "opener", "any_of"),
    [
        ("trips", "", []),
        ("car", "ease", ["full"]),
        ("car", "profile", ["decision_maker"]),
        ("trips", "profile", ["decision_maker", "staff"]),
    ],
)
def test_who_is_asked_a_question_does_not_tell_who_opened_it(
    client, without, n, first, opener, any_of
):
    """Two people said nothing of their car; three without one hide with the rest.

    A second condition that all who gave the answer meet spares nobody.
    """
    more = OURS.replace('[[sections.questions]]\ncode = "tools"', TRIPS)
    at = more.index(f'[[sections.questions]]\ncode = "{first}"')
    more = more[:at] + (PUT.format(opener, any_of) if opener else "") + more[at:]
    said = [{"ease": "full", "car": "no"}] * without + [{"ease": "full"}] * 2
    for at in range(50):
        trips = "often" if at % 2 else "never"
        said.append({"ease": "full", "car": "yes", "trips": trips})
    said += [{"ease": "never"}] * 9
    campaign = make_survey(client, said, more)

    figures = public_figures(campaign).figures
    found = {one.code: one.groups[0] for one in figures.degrees.choices}
    shown = builders(restitution_of(campaign, figures))["question-trips"]()

    exact = team_figures(campaign).degrees.choices[1].groups[0]
    assert (50, 0) == (exact.n, exact.missing)
    assert (50 + without, n) == (found["car"].n, found["trips"].n)
    missing = None if first == "car" else 11
    assert (missing, None) == (found["car"].missing, found["trips"].missing)
    assert ("n = 50." if n else "secret ici.") in shown.note


def test_who_opened_it_without_an_answer_does_not_hide_who_answered(client):
    """Asked of one who does not know too: n less one is how many have a car."""
    more = OURS.replace('[[sections.questions]]\ncode = "tools"', TRIPS)
    more = more.replace('any_of = ["yes"]', 'any_of = ["yes", "dont_know"]')
    told = {}
    for without in (3, 8):
        cars = ["no"] * without + ["dont_know"] + ["yes"] * 45
        said = [{"car": car} for car in cars]
        for one in said[without:]:
            one["trips"] = "often"
        said += [{}] * 2
        figures = public_figures(make_survey(client, said, more)).figures
        told[without] = [one.groups[0].n for one in figures.degrees.choices]

    assert {3: [48, None], 8: [53, 46]} == told


SHARED = """\
[[sections.questions]]
code = "bus"
type = "single"
text = { fr = "Avez-vous un bus ?", en = "Have you a bus?" }
options = [
  { code = "yes", profiles = ["decision_maker"], text = { fr = "Oui", en = "Yes" } },
  { code = "no", text = { fr = "Non", en = "No" } },
]

[[sections]]
code = "shared"
show_if = { question = "car", any_of = ["yes"] }
title = { fr = "Trajets", en = "Trips" }

[[sections.questions]]
code = "rides"
type = "single"
show_if = { question = "bus", any_of = ["yes"] }
text = { fr = "Des trajets en bus ?", en = "Do you take the bus?" }
options = [
  { code = "often", text = { fr = "Souvent", en = "Often" } },
  { code = "never", text = { fr = "Jamais", en = "Never" } },
]

[[sections.questions]]
code = "why\""""


def test_a_question_of_a_section_put_to_some_may_depend_on_another_answer(client):
    """No table counts who has a bus: those asked are some of those who have a car."""
    more = OURS.replace('[[sections.questions]]\ncode = "why"', SHARED)
    buses = ["yes"] * 24 + ["no"] * 26
    said = [{"car": "yes", "bus": bus} for bus in buses] + [{"car": "no"}] * 3
    for one in said[:24]:
        one["rides"] = "often"
    campaign = make_survey(client, said, more)

    found = public_figures(campaign)

    told = {one.code: one.groups[0].n for one in found.figures.degrees.choices}
    assert {"car": 53, "rides": 24} == told
    assert 0 == found.exposed_cells


ELECTED = """\
[[sections.questions]]
code = "mandate"
type = "single"
show_if = { question = "profile", any_of = ["decision_maker"] }
text = { fr = "Premier mandat ?", en = "First term?" }
options = [
  { code = "yes", text = { fr = "Oui", en = "Yes" } },
  { code = "no", text = { fr = "Non", en = "No" } },
]

[[sections.questions]]
code = "why\""""


def make_mandates(client, staff: int, others: int):
    """Twenty elected people are put a question that the two other profiles are not."""
    more = OURS.replace('[[sections.questions]]\ncode = "why"', ELECTED)
    campaign = make_survey(client, [], more)
    definition = campaign.version.read()
    profile = definition.question("profile")
    third = profile.options[1].model_copy(update={"code": "other"})
    changed = profile.model_copy(update={"options": (*profile.options, third)})
    campaign.version = load_definition(replace_question(definition, changed))
    campaign.save()
    for at in range(20):
        make_response(campaign, mandate="yes" if at % 2 else "no")
    for code, count in (("staff", staff), ("other", others)):
        for _each in range(count):
            make_response(campaign, profile=code)
    return campaign


@pytest.mark.parametrize(("staff", "others", "n"), [(3, 60, None), (8, 60, 20)])
def test_a_question_put_to_a_profile_does_not_count_the_others(
    client, staff, others, n
):
    """Three are staff: how many were put the question would tell them."""
    found = public_figures(make_mandates(client, staff, others))

    base, sums = found.figures.base, Sums()
    told = {**dict(base.profiles), "none": base.without_profile or 0}
    sums.tell([(code,) for code in told], 20 + staff + others)
    for code, count in told.items():
        sums.tell([(code,)], *((0, 99) if count is None else (count,)))
    (mandate,) = [one for one in found.figures.degrees.choices if one.code == "mandate"]
    if mandate.groups[0].n is not None:
        sums.tell([("decision_maker",)], mandate.groups[0].n)
    low, high = sums.bounds([("staff",)])
    assert n == mandate.groups[0].n
    assert low == high == staff if n else high - low >= 2
    assert 0 == found.exposed_cells
