"""Members come and go; who was there on a day can always be said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from jalons.actors.operations import archive_actor
from jalons.audit.models import Entry
from jalons.groups import operations
from jalons.groups.figures import groups_of, membership_of
from jalons.groups.models import Group, Seat
from jalons.groups.words import life_sentence
from jalons.professionals import operations as people
from tests.actors.people import make_actor
from tests.groups.gatherings import BEGUN, join, make_group
from tests.professionals.staff import make_professional

pytestmark = pytest.mark.django_db
HTML = "<script>alert(1)</script>"


def page(desk, group, **query):
    return desk.get(reverse("groups:show", args=[group.space_id, group.pk]), query)


def test_the_page_says_who_was_a_member_on_a_day_and_who_is_missing(
    desk, officer, group, actor
):
    school = make_actor(group.space, "École", by=officer, family="lieux_de_vie")
    join(group, actor, by=officer, until=date(2025, 3, 31))
    join(group, actor, by=officer, since=date(2025, 6, 1), role="préside")
    join(group, school, by=officer, since=date(2025, 4, 1), until=date(2025, 5, 31))

    spring = page(desk, group, le="2025-05-31").content.decode()
    today = page(desk, group).content.decode()

    assert "1 membre au 31 mai 2025" in spring
    assert "École</a></th>" in spring
    assert "CCAS d’Exemple</a></th>" not in spring
    assert "CCAS d’Exemple</a></th>" in today
    assert "1 ancien membre" not in today
    assert "2 anciens membres" in today
    assert "du 10 janvier 2025 au 31 mars 2025" in today
    assert "Qui manque autour de la table" in today
    assert 'id="life"' in today
    assert "T2 2025" in today
    assert [1, 1, 1, 1] == [
        one.members for one in membership_of(group, date(2025, 12, 31)).quarters
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"since": "2024-12-31"}, "n’en était membre avant"),
        ({"since": "2025-03-01"}, "Déjà membre depuis le 10 janvier 2025"),
        ({"since": "2025-02-01", "until": "2025-01-15"}, "La fin est avant le début"),
        ({"since": "2999-01-01"}, "Ce jour n’est pas encore venu"),
        ({"since": "2025-02-01", "role": HTML}, "contient du HTML"),
        ({"since": "2025-02-01", "role": "x" * 10_000}, "80 caractères"),
        ({"since": "2025-02-01", "actor": "999999"}, "choix"),
    ],
)
def test_a_stay_that_cannot_be_is_refused_and_what_was_written_stays_in_the_form(
    desk, officer, group, actor, fields, said
):
    join(group, actor, by=officer)
    url = reverse("groups:join", args=[group.space_id, group.pk])

    answer = desk.post(url, {"actor": actor.pk, "role": "secrétariat"} | fields)

    text = answer.content.decode()
    assert said in text
    assert HTML not in text
    assert 1 == group.seats.count()


def test_an_actor_or_a_person_of_another_team_cannot_be_a_member(
    desk, officer, group, actor
):
    other = make_group(
        type(group.space).objects.create(
            name="Autre", kind="team", territory=group.territory
        ),
        by=officer,
    )
    stranger = make_actor(other.space, "Ailleurs", by=officer)
    person = make_professional(stranger, by=officer)
    url = reverse("groups:join", args=[group.space_id, group.pk])
    given = {"since": "2025-02-01"}

    desk.post(url, given | {"actor": stranger.pk})
    desk.post(url, given | {"actor": actor.pk, "professional": person.pk})

    assert not group.seats.exists()


def test_a_person_who_withdraws_leaves_an_unnamed_seat_and_no_contact_ever_shows(
    desk, officer, group, actor
):
    person = make_professional(
        actor, by=officer, name="Dominique Exemple", phone="0600000000"
    )
    join(group, actor, by=officer, professional=person, role="animation")
    files = [
        reverse("groups:file", args=[group.space_id, group.pk, "csv"]),
        reverse("groups:show", args=[group.space_id, group.pk]),
    ]

    named = [desk.get(url).getvalue().decode() for url in files]
    people.withdraw(person)
    after = [desk.get(url).getvalue().decode() for url in files]

    assert all("Dominique Exemple" in text for text in named)
    assert not any(
        word in text for text in named for word in (person.email, "0600000000")
    )
    assert not any("Dominique" in text for text in after)
    assert 1 == membership_of(group, timezone.localdate()).count


def test_the_purge_unnames_the_seat_of_a_person_whose_days_are_over(
    officer, group, actor, time_machine
):
    person = make_professional(actor, by=officer)
    join(group, actor, by=officer, professional=person)

    time_machine.move_to(timezone.now() + timedelta(days=732))
    call_command("purge")

    seat = Seat.objects.get()
    assert seat.professional is None
    assert seat.is_person
    assert "personne dont le nom est effacé" in seat.person_words


def test_a_group_that_ends_lets_its_members_go_on_that_day(desk, officer, group, actor):
    join(group, actor, by=officer)
    url = reverse("groups:end", args=[group.space_id, group.pk])

    early = desk.post(url, {"on": "2025-01-01"}).content.decode()
    desk.post(url, {"on": "2025-06-30"})

    assert "était membre le 10 janvier 2025" in early
    assert date(2025, 6, 30) == group.seats.get().until
    assert 0 == membership_of(group, date(2025, 7, 1)).count
    group.refresh_from_db()
    with pytest.raises(operations.OutsideTheGroup):
        join(group, actor, by=officer, since=date(2025, 7, 1))


def test_two_groups_of_one_name_and_a_beginning_after_its_members_are_refused(
    desk, officer, group, actor
):
    join(group, actor, by=officer)
    given = {
        "name": group.name.upper(),
        "kind": "network",
        "purpose": "x",
        "place": group.territory_id,
        "begun_on": "2025-02-01",
        "shows": "nothing",
    }

    twice = desk.post(reverse("groups:add", args=[group.space_id]), given)
    later = desk.post(
        reverse("groups:edit", args=[group.space_id, group.pk]),
        given | {"name": group.name},
    )

    assert "porte déjà ce nom" in twice.content.decode()
    assert "était membre le 10 janvier 2025" in later.content.decode()
    group.refresh_from_db()
    assert BEGUN == group.begun_on


def test_an_ended_group_cannot_begin_after_its_end(desk, officer, group):
    operations.end_group(group, on=date(2025, 6, 30), by=officer)
    given = {
        "name": group.name,
        "kind": "network",
        "purpose": "x",
        "place": group.territory_id,
        "begun_on": "2025-07-01",
        "shows": "nothing",
    }

    answer = desk.post(
        reverse("groups:edit", args=[group.space_id, group.pk]), given
    ).content.decode()

    assert "s’est terminé le 30 juin 2025" in answer
    group.refresh_from_db()
    assert BEGUN == group.begun_on


def test_a_seat_given_back_to_the_organisation_is_no_longer_that_of_a_person(
    officer, group, actor
):
    person = make_professional(actor, by=officer)
    named = join(group, actor, by=officer, professional=person)
    other = make_professional(actor, by=officer)
    erased = join(group, actor, by=officer, professional=other)
    people.withdraw(other)
    erased.refresh_from_db()

    named.professional = None
    for seat in (named, erased):
        operations.save_seat(seat, by=officer)
        seat.refresh_from_db()

    assert (False, "") == (named.is_person, named.person_words)
    assert erased.is_person


def test_those_of_the_first_day_have_not_arrived_since(
    officer, group, actor, time_machine
):
    school = make_actor(group.space, "École", by=officer, family="lieux_de_vie")
    join(group, actor, by=officer)
    join(group, school, by=officer, since=date(2025, 2, 1))

    sentences = [
        life_sentence(membership_of(group, day))
        for day in (date(2025, 1, 9), BEGUN, date(2025, 3, 1), date(2026, 3, 1))
    ]

    assert "Ni arrivée ni départ" in sentences[0]
    assert "Ni arrivée ni départ" in sentences[1]
    assert "1 arrivée" in sentences[2]
    assert "Ni arrivée ni départ" in sentences[3]


def test_a_member_put_aside_since_still_counts_in_its_family(officer, group, actor):
    join(group, actor, by=officer)
    archive_actor(actor, by=officer)

    table = membership_of(group, timezone.localdate()).table

    assert (1, 1) == (table.count, table.family_count)


def test_everybody_reads_what_the_team_lets_them_and_no_more(
    client, officer, group, actor
):
    person = make_professional(actor, by=officer, name="Dominique Exemple")
    join(group, actor, by=officer, professional=person, role="animation")
    url = reverse("groups:public", args=[group.pk])

    closed = client.get(url).status_code
    Group.objects.update(shows=Group.Shows.COUNTS)
    counted = client.get(url).content.decode()
    Group.objects.update(shows=Group.Shows.ORGANISATIONS)
    named = client.get(url).content.decode()

    assert 404 == closed
    assert "1 membre" in counted
    assert "CCAS d’Exemple" not in counted
    assert "CCAS d’Exemple" in named
    assert "Dominique" not in counted + named


def test_files_hold_the_members_without_formulas(desk, officer, space):
    actor = make_actor(space, "=1+1", by=officer)
    group = make_group(space, "Réseau", by=officer)
    join(group, actor, by=officer, role="@cmd")
    kinds = ("csv", "xlsx", "pdf")
    urls = [reverse("groups:file", args=[space.pk, group.pk, one]) for one in kinds]

    table, workbook, sheet = [desk.get(url).getvalue() for url in urls]

    assert b"'=1+1" in table
    assert b"'@cmd" in table
    assert workbook.startswith(b"PK")
    assert sheet.startswith(b"%PDF")


def test_the_pages_ask_as_many_questions_for_one_member_as_for_many(
    desk, officer, group, actor, django_assert_max_num_queries
):
    for number in range(30):
        other = make_actor(group.space, f"Acteur n° {number}", by=officer)
        join(group, other, by=officer)

    with django_assert_max_num_queries(14):
        page(desk, group)
    with django_assert_max_num_queries(12):
        desk.get(reverse("groups:list", args=[group.space_id]))
    line = groups_of(group.space, timezone.localdate())[0]
    assert (30, 30) == (line.members, line.organisations)


def test_each_change_leaves_its_line_in_the_journal(desk, officer, group, actor):
    seat = join(group, actor, by=officer)
    of = [group.space_id, group.pk, seat.pk]

    desk.post(reverse("groups:seat", args=of), {"actor": actor.pk, "since": BEGUN})
    desk.post(reverse("groups:leave", args=of))
    desk.post(reverse("groups:remove", args=of))

    verbs = Entry.objects.filter(space_id=group.space_id).values_list("verb", flat=True)
    wanted = {"group.added", "seat.taken", "seat.changed", "seat.ended", "seat.removed"}
    assert wanted <= set(verbs)
