"""Everybody reads who acts, once a team chose so; never a person."""

from __future__ import annotations

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from jalons.actors import operations
from jalons.actors.directory import Asked, public_count
from jalons.actors.models import Actor, Level, RoleHeld, ToldApart
from jalons.actors.resembling import doubts_of
from jalons.audit.models import Entry
from jalons.directory.models import Organisation
from jalons.search import operations as search
from jalons.spaces.models import Membership as Member
from jalons.spaces.models import Role, Space
from jalons.spaces.operations import withdraw_recognition
from jalons.territories.models import CURRENT_YEAR, Membership, Territory
from tests.actors.people import make_actor
from tests.directory.places import make_place
from tests.factories import make_space, make_territory, make_user
from tests.professionals.staff import make_professional

pytestmark = pytest.mark.django_db
PAGE, FILE = reverse("actors:public_list"), reverse("actors:public_csv")


def read(**asked) -> str:
    return Client().get(PAGE, asked).content.decode()


def table(**asked) -> list[str]:
    return Client().get(FILE, asked).getvalue().decode("utf-8-sig").splitlines()


@pytest.fixture
def published(space, officer) -> Actor:
    """A library of the space, open to all, with what must and must not be read."""
    actor = make_actor(
        space, "Médiathèque d’Exemple", by=officer, family="mediatheques"
    )
    actor.does = "Ateliers du mardi"
    actor.source = "Confié par la voisine"
    actor.website = "https://exemple.fr/"
    actor.save()
    make_professional(actor, by=officer)
    operations.open_table(space, by=officer)
    return actor


def test_a_team_chooses_then_everybody_reads_its_actors_and_no_person(
    desk, space, officer
):
    actor = make_actor(space, "Médiathèque d’Exemple", by=officer)
    page = reverse("actors:publish", args=[space.pk])

    assert actor.name not in read()
    before = desk.get(page).content.decode()
    assert "1 acteur" in before
    desk.post(page)
    assert actor.name in read()
    desk.post(page)
    assert 1 == Entry.objects.filter(verb="actors.opened").count()
    actor.is_withheld = True
    actor.save()
    assert actor.name not in read()
    actor.is_withheld = False
    actor.save()
    desk.post(page, {"fermer": "1"})
    assert actor.name not in read()
    assert 1 == len(table())


def test_what_is_read_holds_no_person_nor_how_the_team_knows_it(
    published, space, officer
):
    person = published.professionals.get()
    named = make_actor(space, "CCAS", by=officer)
    named.does = "Demander Mme Martin au 05 56 00 00 00"
    named.save()
    RoleHeld.objects.create(actor=published, role="former", level=Level.DOES)
    RoleHeld.objects.create(actor=published, role="orienter", level=Level.REFERS)
    for text in (read(), "\n".join(table())):
        assert "Ateliers du mardi" in text
        assert "Former" in text
        assert "Orienter" not in text
        assert "CCAS" in text
        for hidden in ("voisine", "Martin", "05 56", person.name, person.email):
            assert hidden not in text
    assert 3 == len(table())


def test_a_name_that_holds_a_person_is_refused_and_doubtful_words_are_told(
    desk, space, officer
):
    refused = [
        "M Dupont, écrivain public",
        "MME MARTIN",
        "M. J. Dupont",
        "Aide au 05 56 00 00 00",
        "a@exemple.fr",
    ]
    for name in refused:
        make_actor(space, name, by=officer)
    make_actor(space, "Café", by=officer, does="Le mardi, avec Sandrine")
    make_actor(space, "Chez Jeanne Martin", by=officer)
    operations.open_table(space, by=officer)

    for text in (read(), "\n".join(table())):
        assert "Chez Jeanne Martin" in text
        for name in refused:
            assert name not in text
    assert 3 == len(table())
    page = desk.get(reverse("actors:publish", args=[space.pk])).content.decode()
    assert "2 acteurs" in page
    mended, told = page.split("peuvent désigner une personne")
    assert all(name in mended for name in refused)
    assert "(Sandrine)" in told
    assert "(Chez Jeanne Martin)" in told


def test_actors_are_found_by_family_help_and_name(published, space, officer):
    make_actor(space, "Mission locale", by=officer, family="emploi")
    owner = Organisation.objects.create(name="Commune d’Exemple")
    place = make_place(organisation=owner, services=("demarches",))
    elsewhere = make_territory("Ailleurs", kind=Territory.Kind.COMMUNE)
    make_place(organisation=owner, commune=elsewhere, services=("quotidien",))
    published.organisation, published.commune = owner, place.commune
    published.save()

    def names(**asked):
        return [one.split(";")[0] for one in table(**asked)[1:]]

    assert ["Médiathèque d’Exemple"] == names(aide="demarches")
    assert [] == names(aide="quotidien")
    assert ["Mission locale"] == names(famille="emploi")
    assert ["Médiathèque d’Exemple"] == names(mots="mediatheque")
    assert 2 == len(names(famille="inconnue"))
    text = read()
    assert place.name in text
    assert "Aide aux démarches" in text
    place.left_on = "2026-01-01"
    place.save()
    assert [] == names(aide="demarches")


def test_a_territory_has_the_actors_of_its_communes_and_of_the_teams_at_work_there(
    officer,
):
    department = make_territory(
        "Dép. Exemple", kind=Territory.Kind.DEPARTEMENT, code="99"
    )
    epci, other = make_territory("CC Une"), make_territory("CC Autre")
    commune = make_territory("Bourg", kind=Territory.Kind.COMMUNE)
    for member, group in (
        *((epci, department), (other, department)),
        *((commune, epci), (commune, department)),
    ):
        Membership.objects.create(member=member, group=group, since=CURRENT_YEAR)
    large = make_space(territory=department, owner=officer)
    small = make_space(territory=other, owner=officer)
    make_actor(large, "Conseil départemental", by=officer)
    seated = make_actor(large, "Café du Bourg", by=officer)
    seated.commune = commune
    seated.save()
    make_actor(small, "Association voisine", by=officer)
    for space in (large, small):
        operations.open_table(space, by=officer)

    def names(territory):
        return {one.split(";")[0] for one in table(ici=territory.pk)[1:]}

    assert {"Conseil départemental", "Café du Bourg"} == names(epci) == names(commune)
    assert {"Conseil départemental", "Association voisine"} == names(other)
    assert 3 == len(names(department))
    page = reverse("front:territory", args=[epci.pk])
    assert "2 acteurs" in Client().get(page).content.decode()
    assert "Aucun territoire" in read(ici="zzzzzz")
    search.index([search.Entry(other.kind, other.pk, other.name)])
    assert "Association voisine" in read(ici="cc autre")
    withdraw_recognition(large, by=officer)
    assert {"Association voisine"} == names(other)


def test_a_body_that_several_teams_note_is_read_once(officer):
    department = make_territory(
        "Dép. Exemple", kind=Territory.Kind.DEPARTEMENT, code="99"
    )
    epci, other = make_territory("CC Une"), make_territory("CC Autre")
    bourg = make_territory("Bourg", kind=Territory.Kind.COMMUNE)
    for member, group in ((epci, department), (other, department), (bourg, epci)):
        Membership.objects.create(member=member, group=group, since=CURRENT_YEAR)
    for territory, said in ((department, "Des ateliers"), (epci, ""), (other, "")):
        space = make_space(territory=territory, owner=officer)
        Space.objects.filter(pk=space.pk).update(name=f"Équipe {territory.name}")
        operations.open_table(space, by=officer)
        make_actor(space, "Mission Locale", by=officer, does=said)
        if territory != department:
            make_actor(space, "Secours d’Exemple", by=officer)
        if territory != other:
            centre = make_actor(space, "C.C.A.S.", by=officer, commune=bourg)
    RoleHeld.objects.create(actor=centre, role="orienter", level=Level.DOES)

    lines = [one.split(";") for one in table()[1:]]

    assert [
        ("C.C.A.S.", "Équipe CC Une, Équipe Dép. Exemple", "Orienter"),
        # Those of two neighbours are two: the département’s goes with the first read.
        ("Mission Locale", "Équipe Dép. Exemple, Équipe CC Une", ""),
        ("Mission Locale", "Équipe CC Autre", ""),
        ("Secours d’Exemple", "Équipe CC Une", ""),
        ("Secours d’Exemple", "Équipe CC Autre", ""),
    ] == [(line[0], line[-2], line[4]) for line in lines]
    assert 5 == public_count(Asked())
    assert ["Des ateliers", ""] == [lines[1][3], lines[2][3]]
    assert "noté par Équipe CC Une, Équipe Dép. Exemple" in read()
    assert 4 == len(table(ici=bourg.pk))
    # Which lines are one does not hang on the filter: CC Autre has its own.
    near = [one.split(";") for one in table(ici=other.pk, mots="mission")[1:]]
    assert ["Équipe CC Autre", "Équipe Dép. Exemple, Équipe CC Une"] == sorted(
        line[-2] for line in near
    )


def test_the_line_read_of_a_body_is_one_that_suits(officer):
    for number, family in enumerate(("associations", "emploi")):
        space = make_space(territory=make_territory(f"CC {number}"), owner=officer)
        Space.objects.filter(pk=space.pk).update(name=f"Équipe {number}")
        operations.open_table(space, by=officer)
        bourg = Territory.objects.filter(name="Bourg").first() or make_territory(
            "Bourg", kind=Territory.Kind.COMMUNE
        )
        make_actor(space, "Le Relais", by=officer, family=family, commune=bourg)

    (whole,) = table()[1:]
    (filtered,) = table(famille="emploi")[1:]

    assert "Équipe 0, Équipe 1" in whole
    assert "Équipe 1, Équipe 0" in filtered


def test_a_simulated_line_is_never_one_with_a_real_one(officer):
    bourg = make_territory("Bourg", kind=Territory.Kind.COMMUNE)
    for number in range(2):
        space = make_space(territory=make_territory(f"CC {number}"), owner=officer)
        Space.objects.filter(pk=space.pk).update(name=f"Équipe {number}")
        operations.open_table(space, by=officer)
        actor = make_actor(space, "Le Relais", by=officer, commune=bourg)
    assert 1 == len(table()[1:])
    Actor.objects.filter(pk=actor.pk).update(is_simulated=True)

    lines = table()[1:]

    assert 2 == sum("Le Relais" in line for line in lines)
    assert not any("Équipe 0, Équipe 1" in line for line in lines)


def test_only_who_may_publish_shows_an_actor(published, space):
    helper = make_user("Aide", "aide@exemple.fr")
    Member.objects.create(space=space, user=helper, role=Role.CONTRIBUTOR)
    desk = Client()
    desk.force_login(helper)
    given = {"name": "Café associatif", "family": "mediatheques"}

    page = desk.post(
        reverse("actors:add", args=[space.pk]), given, follow=True
    ).content.decode()
    added = Actor.objects.get(name="Café associatif")
    assert added.name not in read()
    assert "Édition" in page
    desk.post(reverse("actors:edit", args=[space.pk, added.pk]), given)
    assert added.name not in read()
    own = reverse("actors:edit", args=[space.pk, published.pk])
    assert 403 == desk.post(own, given).status_code
    assert published.name in read()
    shown = desk.get(reverse("actors:show", args=[space.pk, published.pk]))
    assert own not in shown.content.decode()
    Actor.objects.filter(pk=published.pk).update(is_withheld=True)
    desk.post(own, given | {"name": published.name})
    assert published.name not in read()


def test_forty_actors_a_page_and_no_more_queries_for_forty_than_for_one(
    published, space, officer, django_assert_max_num_queries
):
    owner = Organisation.objects.create(name="CCAS")
    for number in range(44):
        actor = make_actor(space, f"Acteur {number:02}", by=officer)
        commune = make_territory(f"Bourg {number:02}", kind=Territory.Kind.COMMUNE)
        make_place(name=f"Lieu {number:02}", organisation=owner, commune=commune)
        Actor.objects.filter(pk=actor.pk).update(organisation=owner, commune=commune)

    with django_assert_max_num_queries(9):
        first = read()
    assert "45 acteurs" in first
    assert 40 == first.count("<h3>")
    assert 1 == first.count("Lieu 07")
    assert 5 == read(page="2").count("<h3>")
    assert 46 == len(table())


def test_what_may_be_one_body_under_two_names_is_told_to_the_team(desk, space, officer):
    bourg = make_territory("Bourg", kind=Territory.Kind.COMMUNE)
    Membership.objects.create(member=bourg, group=space.territory, since=CURRENT_YEAR)
    other = make_space(territory=space.territory, owner=officer)
    Space.objects.filter(pk=other.pk).update(name="Équipe voisine")
    for name, ours, theirs in (
        ("CAF", None, "Caisse d’allocations familiales"),
        ("Croix-Rouge française", bourg, "Croix Rouge"),
        ("Mission locale", bourg, "Mission locale"),
        ("Centre social du Moulin", None, "Centre social de la Gare"),
        ("France Emploi", None, "France Emploi"),
    ):
        make_actor(space, name, by=officer, commune=ours)
        make_actor(other, theirs, by=officer, commune=None)
    page = reverse("actors:publish", args=[space.pk])
    said = "Peut-être une seule structure"

    # What is not public of another team is not told.
    assert said not in desk.get(page).content.decode()
    operations.open_table(other, by=officer)
    text = desk.get(page).content.decode()

    assert said in text
    told = text.split(said)[1].split("</ul>")[0]
    # The commune of one is not said by the other: they are read apart.
    assert ["CAF", "Croix-Rouge française", "Mission locale"] == re.findall(
        r"/modifier/\">([^<]+)</a>", told
    )
    assert 3 == told.count("Équipe voisine")


@pytest.fixture
def alike(space, officer) -> tuple[Actor, Actor]:
    """The Red Cross of the team, and that which another one shows, less its accents."""
    other = make_space(territory=space.territory, owner=officer)
    ours = make_actor(space, "Croix-Rouge française", by=officer)
    theirs = make_actor(other, "Croix Rouge", by=officer)
    operations.open_table(other, by=officer)
    return ours, theirs


def pairs(space) -> list[tuple[str, str]]:
    return [(one.ours.name, one.theirs.name) for one in doubts_of(space)]


def test_two_bodies_said_so_are_not_told_again_and_this_is_undone(
    desk, space, officer, alike
):
    ours, theirs = alike
    publish = reverse("actors:publish", args=[space.pk])
    assert "Ce sont deux organismes" in desk.get(publish).content.decode()

    address = reverse("actors:tell_apart", args=[space.pk, ours.pk, theirs.pk])
    for _twice in range(2):
        page = desk.post(address, follow=True).content.decode()

    assert [] == pairs(space)
    told = ToldApart.objects.get()
    assert (officer, ours, theirs) == (told.told_by, told.ours, told.theirs)
    assert "Ce sont deux organismes" not in page
    assert officer.name in page
    desk.post(reverse("actors:take_back_apart", args=[space.pk, told.pk]))
    assert [("Croix-Rouge française", "Croix Rouge")] == pairs(space)


def test_two_bodies_are_told_again_once_one_changes_its_name_or_its_commune(
    space, officer, alike
):
    ours, theirs = alike
    operations.tell_apart(space, ours, theirs, by=officer)
    ours.does = "Ateliers du mardi"
    operations.change_actor(ours, by=officer)
    assert [] == pairs(space)

    theirs.name = "La Croix Rouge"
    operations.change_actor(theirs, by=officer)

    assert [("Croix-Rouge française", "La Croix Rouge")] == pairs(space)


def test_a_team_tells_apart_its_own_actors_only(desk, space, officer, alike):
    ours, theirs = alike
    hidden = make_actor(make_space(), "Croix Rouge d’ailleurs", by=officer)

    for pk, other in ((theirs.pk, ours.pk), (ours.pk, hidden.pk), (ours.pk, ours.pk)):
        url = reverse("actors:tell_apart", args=[space.pk, pk, other])
        assert 404 == desk.post(url).status_code


def test_the_command_lists_pairs_and_those_said_to_be_two(space, officer, alike):
    def told() -> dict:
        out = StringIO()
        call_command("list_alike_actors", space=space.pk, json=True, stdout=out)
        return json.loads(out.getvalue())[0]

    before = told()
    operations.tell_apart(space, *alike, by=officer)
    after = told()

    assert (["Croix Rouge"], []) == (
        [one["theirs"]["name"] for one in before["pairs"]],
        before["told_apart"],
    )
    assert ([], [officer.pk]) == (
        after["pairs"],
        [one["told_by"] for one in after["told_apart"]],
    )
    with pytest.raises(CommandError):
        call_command("list_alike_actors", space=0)
