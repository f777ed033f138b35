"""Where each territory of a region is: what is known, what is not, who is kept."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jalons.indices.operations import load_definitions, shipped_files
from jalons.network.cockpit import cockpit_of
from jalons.network.filters import Filters
from jalons.network.proposals import proposals_for
from jalons.spaces.models import Role
from jalons.territories.models import Membership, Territory
from tests.factories import (
    make_campaign,
    make_response,
    make_space,
    make_territory,
    make_user,
)
from tests.observatory.example import observe

pytestmark = pytest.mark.django_db


def names(rows) -> list[int]:
    """The numbers of the territories, from "CC du Lieu 01"."""
    return [int(one.name[-2:]) for one in rows]


def kept(centre, **chosen: str) -> list[int]:
    return names(Filters(chosen, cockpit_of(centre.space)).kept())


def row_of(centre, number: int):
    cockpit = cockpit_of(centre.space)
    return cockpit.rows[number - 1], cockpit


def proposed(centre, number: int) -> list[str]:
    row, cockpit = row_of(centre, number)
    return [one.rule for one in proposals_for(row, cockpit)]


def test_those_to_support_first_are_very_vulnerable_and_little_advanced(centre):
    cockpit = cockpit_of(centre.space)

    # Thirds of income: 1 to 4 are the most vulnerable; 1, 2 and 4 are of the lowest
    # class, 3 is of the second one.
    assert [1, 2, 4] == names(cockpit.targets)
    assert [1, 2, 4] == kept(centre, liste="cibles")
    assert list(range(1, 13)) == names(cockpit.rows)


def test_territories_are_sorted_as_a_dictionary_does(centre):
    for number, name in ((12, "École et Vallons"), (1, "Zinc")):
        Territory.objects.filter(pk=centre.places[number].pk).update(name=name)

    *_others, before, last = [one.name for one in cockpit_of(centre.space).rows]

    assert ("École et Vallons", "Zinc") == (before, last)


def test_what_is_not_known_is_not_zero(centre):
    row, cockpit = row_of(centre, 8)

    assert row.class_code is None
    assert "" == cockpit.class_words(row)
    assert row.last is None
    assert row.rank is None
    assert "" == row.strand
    assert [8, 11] == kept(centre, classe="inconnu")
    assert len(cockpit.rows) == len(kept(centre, volet="inconnu"))
    assert len(cockpit.rows) == len(kept(centre, indice="inconnu"))


def test_each_filter_keeps_those_that_answer_to_it(centre):
    today = timezone.localdate()
    first, second, *_others = cockpit_of(centre.space).classes
    centre.write(1, is_flagged=True, flag_reason="Huit communes sans lieu")
    told = {"strand_source": "Appel", "strand_on": today}
    centre.write(2, strand="planned", **told)
    centre.note(3, today - timedelta(days=200))
    centre.note(4, today - timedelta(days=10), next_step="Rappeler", next_on=today)
    late = today - timedelta(days=1)
    centre.note(5, today - timedelta(days=400), next_step="Envoyer", next_on=late)

    assert [1, 2, 4] == kept(centre, classe=first)
    assert [3, 5] == kept(centre, classe=second)
    assert [1, 2, 3, 4] == kept(centre, vulnerabilite="high")
    # The EPCI of even number lie in the first département, "Deux-Rives".
    departement = row_of(centre, 2)[0].departement.code
    assert [2, 4, 6, 8, 10, 12] == kept(centre, departement=departement)
    assert [1] == kept(centre, liste="fragiles")
    assert [2] == kept(centre, volet="planned")
    assert [5] == kept(centre, silence="retard")
    assert 4 not in kept(centre, silence="6")
    assert {3, 5} <= set(kept(centre, silence="6"))
    assert 3 not in kept(centre, silence="12")
    assert [2, 4] == kept(centre, classe=first, departement=departement)
    assert list(range(1, 13)) == kept(centre, classe="nonsense")


def test_what_was_done_is_promised_no_more(centre):
    today = timezone.localdate()
    late = today - timedelta(days=1)
    centre.note(1, late, next_step="Rappeler", next_on=late, next_done_on=today)

    assert [] == kept(centre, silence="retard")
    assert row_of(centre, 1)[0].next is None


def test_a_proposal_says_which_answers_led_to_it(centre):
    today = timezone.localdate()
    centre.write(3, strand="planned", strand_source="Appel", strand_on=today)

    # Nobody takes the subject up in 1 and 3, no body meets in 1; 6 has both.
    said = ["upstream", "sponsor"]
    assert ["first", *said, "governance"] == proposed(centre, 1)
    assert ["tools", "strand", "stalled", *said] == proposed(centre, 3)
    assert ["engine", "stalled"] == proposed(centre, 6)
    assert ["unknown"] == proposed(centre, 8)
    row, cockpit = row_of(centre, 1)
    first = proposals_for(row, cockpit)[0]
    level = cockpit.class_words(row)
    assert (
        f"Niveau d’avancement\u00a0: {level}.",
        "Par le revenu\u00a0: vulnérabilité forte.",
    ) == first.reasons


SIX = (
    *("poverty_rate", "share_65_plus", "below_bac"),
    *("one_person_households", "lone_parents", "unemployment"),
)


def test_the_fragile_ones_are_so_in_most_ways_of_computing_the_index(centre):
    """Each of six indicators puts 1 first and 12 last: every way of weighing them
    says the same third."""
    places = centre.places
    Territory.objects.filter(kind="epci").update(population=1000)
    for indicator in SIX:
        observe(indicator, {place: 40 - n for n, place in places.items()})
    load_definitions(shipped_files())

    cockpit = cockpit_of(centre.space)

    assert [1.0] * 4 + [0.0] * 8 == [one.rank.fragile_share for one in cockpit.rows]
    assert [1, 2, 3, 4] == kept(centre, indice="oui")
    assert list(range(5, 13)) == kept(centre, indice="non")
    assert "Indice provisoire" in cockpit.index_title
    assert ["unknown"] == proposed(centre, 8)


def test_a_trial_on_a_few_territories_does_not_stand_for_the_region(centre):
    wide = cockpit_of(centre.space).survey.campaign
    place = centre.places[8]
    trial = make_campaign(place, space=centre.space, title="Essai")
    make_response(trial, place)
    assert wide == cockpit_of(centre.space).survey.campaign

    # Ten territories answered the first one: five are enough for the next one.
    for number in (1, 2, 3, 4):
        make_response(trial, centre.places[number])
    assert trial == cockpit_of(centre.space).survey.campaign


def test_more_territories_ask_no_more_questions(centre, django_assert_num_queries):
    centre.note(1, date(2026, 1, 5), next_step="Rappeler")
    cockpit_of(centre.space)
    with CaptureQueriesContext(connection) as few:
        cockpit_of(centre.space)
    for number in range(13, 33):
        place = make_territory(f"CC du Lieu {number}")
        Membership.objects.create(
            member=place, group=centre.space.territory, since=2020
        )
        centre.places[number] = place
        centre.note(number, date(2026, 1, 5))
        centre.write(number, is_flagged=True, flag_reason="Essai")

    with django_assert_num_queries(len(few)):
        assert 32 == len(cockpit_of(centre.space).rows)


def test_the_page_the_file_and_the_sheet_tell_the_same(centre, signed_in):
    centre.write(1, is_flagged=True, flag_reason="Huit communes sans lieu")
    args = [centre.space.pk]
    page = signed_in.get(reverse("network:cockpit", args=args)).content.decode()
    file = (
        signed_in.get(reverse("network:export_csv", args=args), {"liste": "cibles"})
        .getvalue()
        .decode("utf-8-sig")
    )
    code = centre.places[1].code
    sheet = signed_in.get(reverse("network:territory", args=[*args, code]))

    assert "3 sont à accompagner d’abord" in " ".join(page.split())
    lines = list(csv.reader(io.StringIO(file), delimiter=";"))
    assert 4 == len(lines)
    assert "Huit communes sans lieu" in lines[1]
    assert "Huit communes sans lieu" in sheet.content.decode()
    assert len(page) < 100_000


def test_a_view_keeps_its_filters_under_a_name(centre, signed_in):
    args = [centre.space.pk]
    keep = reverse("network:cockpit", args=args)

    signed_in.post(f"{keep}?liste=cibles&page=3&x=y", {"title": "À appeler"})
    signed_in.post(f"{keep}?silence=12", {"title": "À appeler"})
    refused = signed_in.post(f"{keep}?silence=12", {"title": "x" * 81})

    (view,) = centre.space.views.all()
    assert "silence=12" == view.query
    told = refused.content.decode()
    assert told.index('<a href="#id_title">') < told.index("<table>")
    assert "x" * 81 in told
    page = signed_in.get(reverse("network:cockpit", args=args)).content.decode()
    assert 'href="?silence=12">À appeler</a>' in page


def test_the_space_of_a_team_has_no_cockpit_and_a_stranger_sees_none(client, centre):
    owner = make_user()
    team = make_space(owner=owner)
    client.force_login(owner)

    for pk in (team.pk, centre.space.pk):
        assert 404 == client.get(reverse("network:cockpit", args=[pk])).status_code
    reader = make_user()
    centre.space.memberships.create(user=reader, role=Role.READER)
    client.force_login(reader)
    args = [centre.space.pk, centre.places[1].code]
    assert 200 == client.get(reverse("network:territory", args=args)).status_code
    assert 403 == client.get(reverse("network:follow_up", args=args)).status_code


def test_the_territory_of_another_region_has_no_sheet(centre, signed_in):
    elsewhere = make_territory("CC d’ailleurs")

    args = [centre.space.pk, elsewhere.code]
    assert 404 == signed_in.get(reverse("network:territory", args=args)).status_code
