"""What people met say: shares that tell nobody, weights that say what they hold."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from jalons.fieldwork import figures, words
from jalons.fieldwork.people import people_of
from jalons.fieldwork.workshops import proposals_of
from jalons.rounds.operations import load_inhabitants
from jalons.rounds.population import AGES
from jalons.spaces.models import Role
from jalons.surveys.models import Response
from jalons.territories.models import Territory
from tests.factories import make_round, make_space, make_territory, make_user

pytestmark = pytest.mark.django_db


def meet(round, count, commune=None, **answers):
    """So many people who answered the same."""
    now = timezone.now()
    territory = commune or round.campaign.territories.first()
    Response.objects.bulk_create(
        Response(
            campaign=round.campaign,
            key=uuid4(),
            channel="interview",
            territory=territory,
            answers={"commune": territory.pk, **answers},
            started_at=now,
            updated_at=now,
            submitted_at=now,
        )
        for _n in range(count)
    )


def test_shares_come_with_n_and_interval_and_small_counts_are_secret():
    round = make_round()
    meet(round, 30, F3="fibre", F5="daily")
    meet(round, 14, F3="no_access", F5="never")
    meet(round, 2, F3="elsewhere", F5="formerly")

    found = figures.results_of(people_of(round))
    by_code = {one.question.code: one for one in found.questions}
    connection = {one.code: one for one in by_code["F3"].shares}

    assert 46 == by_code["F3"].n
    # Two people: secret, and another with it, or they would be found by subtraction.
    assert connection["elsewhere"].is_secret
    assert sum(one.is_secret for one in connection.values() if one.code != "x") >= 2
    measures = figures.measured(people_of(round))
    with translation.override("fr"):
        # 16 of 46: Wilson by hand, 22.7 to 49.2.
        told = words.told_with_n(measures["no_connection"])
    assert "35\u202f% [23–\u206049], n =\u00a046" == told
    # Nobody lives alone here: nothing to say, neither zero nor a secret.
    assert 0 == measures["alone"].n
    assert not measures["alone"].is_secret
    assert measures["alone"].share is None


def test_no_table_gives_back_by_subtraction_what_another_hides():
    round = make_round()
    meet(round, 20, F5="daily", F7="alone_easily", F3="fibre")
    meet(round, 5, F5="daily", F7="alone_hardly", F3="elsewhere")
    meet(round, 12, F5="daily", F7="helped", F3="no_access")
    meet(round, 30, F5="weekly", F7="never", F3="fibre")
    meet(round, 15, F5="never", F3="no_access")
    meet(round, 3, F5="formerly", F3="fibre")

    people = people_of(round)
    found = figures.results_of(people)
    said = {
        (one.question.code, share.code): share.count
        for one in found.questions
        for share in one.shares
    }
    n = {one.question.code: one.n for one in found.questions}
    areas = {one.code: one for one in found.areas}
    profiles = {one.code: one for one in found.profiles}
    measures = figures.measured(people)

    def none_gives(small, *counts):
        """One of the numbers that lead to the small one, at least, is not told."""
        assert None in counts, f"{small} is found from {counts}"

    assert said["F7", "alone_hardly"] is None
    none_gives(5, areas["information"].count, said["F7", "alone_easily"])
    others = [said["F7", one] for one in ("alone_easily", "helped", "never")]
    none_gives(5, n["F7"], *others)
    assert said["F5", "formerly"] is None
    none_gives(3, profiles["offline"].count, said["F5", "never"])
    none_gives(3, found.people.n, n["F7"], said["F5", "never"])
    assert said["F3", "elsewhere"] is None
    none_gives(5, measures["no_connection"].count, said["F3", "no_access"])
    # Not everything is hidden for all that.
    assert (37, 30) == (said["F5", "daily"], said["F5", "weekly"])
    assert any(one.count for one in (*found.areas, *found.profiles, *measures.values()))


def test_the_number_of_those_asked_hides_when_it_tells_who_was_not():
    round = make_round()
    meet(round, 40, F5="daily", F7="alone_easily", F3="fibre")
    meet(round, 4, F5="never", F3="fibre")

    found = figures.results_of(people_of(round))
    asked = next(one for one in found.questions if "F7" == one.question.code)

    # 44 people met; 40 asked would tell the four who do not use internet.
    assert asked.n is None
    assert all(one.is_secret for one in asked.shares)
    assert all(one.count is None for one in found.profiles if one.code == "offline")


def test_a_reader_sees_no_small_count_of_the_sample_and_the_team_sees_it(client):
    owner, reader = make_user(), make_user()
    space = make_space(owner=owner)
    space.memberships.create(user=reader, role=Role.READER)
    round = make_round(space=space)
    meet(round, 40, sex="woman", F5="daily")
    meet(round, 7, sex="man", F5="daily")
    address = reverse("fieldwork:results", args=[round.pk])

    def cells(user):
        client.force_login(user)
        page = client.get(address, {"echantillon": "1"}).content.decode()
        table = page[page.index("<caption>L’échantillon") :].split("</table>")[0]
        return re.findall(r'<td class="n">([^<]*)</td>', table)

    assert "7" in cells(owner)
    assert not {"7", "40"} & set(cells(reader))
    assert "secret" in cells(reader)


def test_weights_follow_sex_age_and_commune_once_the_census_is_loaded():
    here, there = (make_territory(n, Territory.Kind.COMMUNE) for n in ("Ici", "Là"))
    round = make_round(here, there)
    meet(round, 30, here, sex="woman", age="a65_79", F5="never")
    meet(round, 10, there, sex="man", age="a25_39", F5="daily")
    meet(round, 10, there, sex="woman", age="a25_39", F5="daily")
    meet(round, 1, here, age="a25_39", F5="daily")
    assert not people_of(round).adjusted.is_weighted
    counts = {
        (commune.pk, sex, age): 100.0
        for commune in (here, there)
        for sex in ("woman", "man")
        for age in AGES
    }
    load_inhabitants(counts, vintage="2021", by=None)

    people = people_of(round)
    adjusted = people.adjusted

    assert ("commune", "sex", "age") == adjusted.used
    assert [("a15_17", "a18_24", "a25_39", "a40_54", "a55_64"), ("a65_79", "a80")] == [
        one.labels for one in adjusted.joined
    ]
    # All the older people met are women of one commune: margins contradict each other.
    assert not adjusted.converged
    with translation.override("fr"):
        said = " ".join(words.weighting(people, {}))
    assert "se contredisent" in said or "coupés" in said
    # One person only: the number is told nowhere.
    assert not re.search(r"\d personnes? dont le sexe", said)
    assert "dont le sexe ou l’âge est inconnu ou absent du recensement" in said
    assert "Effet de plan" in said
    beside = {(one.variable, one.code): one for one in figures.compared(people)}
    assert (40, 0.5) == (beside["sex", "woman"].met, beside["sex", "woman"].known_share)


@pytest.mark.parametrize(
    ("others", "silent", "is_told"), [(0, 11, True), (0, 10, False), (3, 11, False)]
)
def test_who_keeps_the_mean_weight_is_counted_from_eleven_up(others, silent, is_told):
    here = make_territory("Ici", Territory.Kind.COMMUNE)
    round = make_round(here)
    for sex, age in (("woman", "a65_79"), ("man", "a25_39")):
        meet(round, 30, sex=sex, age=age, F5="daily")
    meet(round, silent, age="a25_39", F5="daily")
    meet(round, others, sex="other", age="a25_39", F5="daily")
    counts = {(here.pk, s, age): 9.0 for s in ("woman", "man") for age in AGES}
    load_inhabitants(counts, vintage="2021", by=None)

    with translation.override("fr"):
        said = " ".join(words.weighting(people_of(round), {}))

    number = re.search(r"(\d+) personnes? dont le sexe", said)
    assert ("11" if is_told else None) == (number[1] if number else None)


def test_of_fewer_than_eleven_people_no_wish_is_told(client):
    owner = make_user()
    round = make_round(space=make_space(owner=owner))
    client.force_login(owner)
    wish = {"F17": "soon", "F18": ["creative"], "F19": ["library"], "F19_how": "group"}
    meet(round, 1, **wish, F20={"weekend": "yes"}, F21="car")
    meet(round, 40, F17="no")

    (found,) = proposals_of(people_of(round))
    page = client.get(reverse("fieldwork:workshops", args=[round.pk])).content.decode()

    assert (True, None, None) == (found.is_few, found.interested, found.soon)
    assert ((), (), ()) == (found.interests, found.procedures, found.places)
    assert ((), (), ()) == (found.moments, found.ways, found.transports)
    assert "moins de onze personnes intéressées" in page
    assert ("impression 3D" in page, "en particulier" in page) == (False, False)


def test_nobody_of_a_commune_leaves_that_margin_out():
    here, there = (make_territory(n, Territory.Kind.COMMUNE) for n in ("Ici", "Là"))
    Territory.objects.filter(pk__in=[here.pk, there.pk]).update(population=100)
    round = make_round(here, there)
    meet(round, 12, here, F5="daily")

    with translation.override("fr"):
        said = " ".join(words.weighting(people_of(round), {there.pk: "Là"}))

    assert "Commune\u00a0: personne n’a été rencontré pour Là" in said


def test_workshops_are_proposed_where_eleven_people_are_interested():
    here, near, far = (
        make_territory(n, Territory.Kind.COMMUNE) for n in ("Ici", "Près", "Loin")
    )
    for one, longitude in ((here, 0.0), (near, 0.1), (far, 3.0)):
        one.longitude, one.latitude = longitude, 45.0
        one.save()
    round = make_round(here, near, far)
    wish = {"F17": "soon", "F19": ["library"], "F20": {"weekend": "yes"}}
    meet(round, 8, here, F18=["photos", "procedures"], **wish)
    meet(round, 4, near, F18=["photos"], **wish)
    meet(round, 11, far, F18=["procedures"], **wish)
    meet(round, 40, near, F17="no")

    first, second = proposals_of(people_of(round))

    assert (tuple(sorted((here.pk, near.pk))), 12) == (first.communes, first.interested)
    assert [("photos", 12)] == [(one.code, one.count) for one in first.interests]
    # Eight people only: the wish is told, not its number.
    assert [("procedures", None)] == [(one.code, one.count) for one in first.procedures]
    assert [("weekend", 12)] == [(one.code, one.count) for one in first.moments]
    assert ((), 11) == (second.interests, second.interested)


def test_workshops_do_not_tell_the_few_who_chose_otherwise():
    round = make_round()
    ways = {"F18": ["photos"], "F19": ["library"], "F19_how": "group"}
    meet(round, 12, F5="daily", F17="soon", **ways)
    meet(round, 1, F5="daily", F17="later", F18=["photos", "creative"])
    meet(round, 30, F5="daily", F17="no")

    people = people_of(round)
    (found,) = proposals_of(people)
    asked = {one.question.code: one for one in figures.results_of(people).questions}
    told = {one.code: one.count for one in asked["F17"].shares}

    # Thirteen interested, twelve soon: the one who said later would be known.
    assert found.soon is None
    assert told["later"] is None
    assert told["soon"] is None
    # One photo lover wants to create too: twelve do not, and one would be found.
    assert [("photos", 13), ("creative", None)] == [
        (one.code, one.count) for one in found.interests
    ]
    # How many are interested is what a workshop is prepared with: told all the same.
    assert 13 == found.interested


def test_one_question_is_read_at_a_time_and_all_when_asked(client):
    owner = make_user()
    round = make_round(space=make_space(owner=owner))
    client.force_login(owner)
    meet(round, 12, F5="never", F17="soon", F18=["creative"])
    address = reverse("fieldwork:results", args=[round.pk])

    def opened(**asked):
        return client.get(address, asked).context["opened"]

    every = opened().questions
    assert len(every) > 10
    assert [every[0]] == opened().shown == opened(question="x").shown
    assert ["F17"] == [one.code for one in opened(question="F17").shown]
    assert every == opened(tout="1").shown
    assert (False, True) == (opened().has_sample, opened(tout="1").has_sample)


def test_the_pages_say_what_the_results_are_not(client):
    owner = make_user()
    round = make_round(space=make_space(owner=owner))
    client.force_login(owner)

    for name in ("results", "workshops"):
        empty = client.get(reverse(f"fieldwork:{name}", args=[round.pk]))
        said = empty.content.decode()
        assert "Personne n’a encore répondu" in said
        assert ("<table" in said, "sont arrivés" in said) == (False, False)
        assert reverse("rounds:surveyors", args=[round.pk]) in said
    meet(round, 12, F5="never", F17="soon", F18=["creative"])
    page = client.get(reverse("fieldwork:results", args=[round.pk])).content.decode()
    assert "ne sont pas le taux d’illectronisme de l’INSEE" in page
    assert "n’ont pas été tirées au sort" in page
    assert "Moins de trente personnes" in page
    plan = client.get(reverse("fieldwork:workshops", args=[round.pk])).content.decode()
    assert "impression 3D" in plan
