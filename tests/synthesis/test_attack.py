"""A synthesis and the restitution, read together from outside and attacked as one."""

from __future__ import annotations

from django.utils import timezone

from jalons.observatory import operations as observatory
from jalons.synthesis import operations
from jalons.tabulations import operations as tabulations
from jalons.tabulations.query import Query
from jalons.territories.models import Membership, Territory
from tests.observatory.crowd import make_crowd
from tests.observatory.told import NO_PROFILE, Publication, respondents
from tests.synthesis.conftest import add
from tests.synthesis.told_of_tables import tell_by_departement, tell_by_profile

BY_PROFILE = ("P2", "main_stake", "themes", "P3")


def publish(crowd) -> dict[str, int]:
    """Both publications; the numbers of the tables of the synthesis, by question."""
    campaign, by = crowd.campaign, crowd.officer
    now = timezone.now()
    observatory.publish(campaign, public_from=now, by=by)
    found = operations.start_synthesis(campaign, title="Essai", plan=(), by=by)
    operations.add_chapter(found, "Croisements", by=by)
    queries = {code: Query("profile", code) for code in BY_PROFILE}
    queries["departement"] = Query("contexte-departement", "P2")
    kept = {}
    for name, query in queries.items():
        table = tabulations.keep_table(campaign, query, title=name, by=by)
        add(found, f"kept:{table.pk}", by)
        kept[name] = table.pk
    operations.publish(found, public_from=now, by=by)
    return kept


def read(crowd, client, kept):
    told = Publication(client, crowd.campaign)
    sums = respondents(told)
    for code in BY_PROFILE:
        tell_by_profile(told, sums, code, kept[code])
    for p in (*told.profiles, NO_PROFILE):
        # Only who has a sponsor is asked what they do, and all of them say so.
        sums.tell_equal([("base", "P3", p)], [("said", "P2", "yes", p)])
    tell_by_departement(told, sums, "P2", kept["departement"])
    return told, sums


def secrets(told, crowd):
    """The sums that count one to four persons, and what they count."""
    responses = list(crowd.campaign.responses.submitted())
    rows = Membership.objects.filter(group__kind=Territory.Kind.DEPARTEMENT)
    names = dict(rows.values_list("member", "group__name"))
    found = {}
    for code in BY_PROFILE:
        for option in told.definition.question(code).options:
            for p in told.profiles:
                count = sum(r.profile == p and says(r, code, option) for r in responses)
                found["said", code, option.code, p] = count
    for option in told.definition.question("P2").options:
        for name in sorted(set(names.values())):
            inside = [r for r in responses if names[r.territory_id] == name]
            count = sum(says(r, "P2", option) for r in inside)
            found["in", name, option.code] = count
    return {name: count for name, count in found.items() if 0 < count < 5}


def says(response, code, option) -> bool:
    given = response.answers.get(code)
    return option.code in (given if isinstance(given, list) else [given])


def test_no_reader_of_both_finds_what_fewer_than_five_people_answered(client, db):
    crowd = make_crowd(validated=0.8, seed=2)
    kept = publish(crowd)
    told, sums = read(crowd, client, kept)

    hidden = secrets(told, crowd)

    assert len(hidden) > 10
    assert sums.counts_told > 90
    for name, count in hidden.items():
        low, high = sums.bounds([name])
        assert low <= count <= high
        assert high - low >= 2, name


def test_the_reader_finds_a_cell_that_one_more_count_would_give(client, db):
    """The attack is worth something: with a neighbour told, a hidden cell is found."""
    crowd = make_crowd(validated=0.9, seed=1)
    kept = publish(crowd)
    told, sums = read(crowd, client, kept)
    hidden = secrets(told, crowd)
    name = next(one for one in hidden if one[0] == "said" and one[1] == "P2")

    sums.tell([name], hidden[name])
    others = [("said", "P2", name[2], p) for p in told.profiles]

    assert any(sums.bounds([one])[0] == sums.bounds([one])[1] > 0 for one in others)
