"""A roadmap begun in two minutes: what is known is filled in, what is wrong is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from jalons.actors.models import Lead, Post
from jalons.roadmaps.models import Roadmap
from jalons.territories.models import CURRENT_YEAR, Membership, Territory
from tests.actors.people import make_actor
from tests.directory.places import make_place
from tests.factories import make_territory
from tests.meetings.gatherings import make_meeting
from tests.roadmaps.plans import make_roadmap

SHEET = {"title": "Feuille de route", "territory_name": "Ici", "horizon_years": 10}


def test_the_sheet_begins_with_what_the_space_knows(signed_in, space, officer):
    centre = make_actor(space, "Centre social", by=officer)
    make_actor(space, "Médiathèque", by=officer)
    Lead.objects.create(
        space=space,
        territory=space.territory,
        actor=centre,
        named_on=date(2026, 1, 5),
        mandate="Délibération",
    )
    Post.objects.create(
        space=space, actor=centre, title="Conseiller", share=1, funded_by="Département"
    )
    address = reverse("roadmaps:add", args=[space.pk])

    form = signed_in.get(address).context["form"]
    sent = SHEET | {"perimeter": form["perimeter"].value(), "group": centre.pk}
    signed_in.post(address, sent | {"funders": form["funders"].value()})

    roadmap = Roadmap.objects.get()
    assert 10 == form["horizon_years"].value()
    assert [centre.pk] == form["group"].value()
    assert "Centre social" == form["lead"].value()
    assert timezone.localdate() == form["starts_on"].value()
    assert [space.territory] == list(roadmap.perimeter.all())
    assert [centre] == list(roadmap.group.all())
    assert ["Département"] == roadmap.funder_names
    assert (officer, 1) == (roadmap.created_by, roadmap.version)


def test_organisations_of_the_directory_join_the_group_by_a_tick(
    signed_in, space, officer
):
    commune = make_territory("Ici", Territory.Kind.COMMUNE)
    Membership.objects.create(member=commune, group=space.territory, since=CURRENT_YEAR)
    for name in ("Médiathèque d’Ici", "EPN d’Ici"):
        make_place(name=name, commune=commune, kinds=["epn"])
    address = reverse("roadmaps:add", args=[space.pk])

    form = signed_in.get(address).context["form"]
    offered = dict(form.fields["directory"].choices)
    ticked = next(key for key, name in offered.items() if "Médiathèque" in name)
    signed_in.post(address, SHEET | {"directory": ticked})

    roadmap = Roadmap.objects.get()
    assert 2 == len(offered)
    assert ["Médiathèque d’Ici"] == [one.name for one in roadmap.group.all()]
    assert space.actors.get().source.startswith("annuaire")
    again = signed_in.get(address).context["form"].fields["directory"].choices
    assert 1 == len(again)


def test_a_perimeter_is_any_territories_by_name_or_code(signed_in, space):
    region = make_territory("Région", Territory.Kind.REGION, code="R01")
    other = make_territory("CC Voisine")
    for epci in (space.territory, other):
        Membership.objects.create(member=epci, group=region, since=CURRENT_YEAR)
    departement = make_territory("Lot", Territory.Kind.DEPARTEMENT, code="46")
    address = reverse("roadmaps:add", args=[space.pk])

    lines = f"cc voisine\n{departement.code}\n\nCC d’Exemple"
    signed_in.post(address, SHEET | {"perimeter": lines})
    wrong = signed_in.post(address, SHEET | {"perimeter": "CC d’Exemple\nAtlantide"})

    kept = Roadmap.objects.get().perimeter.all()
    assert {other, departement, space.territory} == set(kept)
    assert "Ligne 2, «\u00a0Atlantide\u00a0»" in wrong.content.decode()


def test_two_communes_of_one_name_stay_two_when_the_sheet_is_kept_again(
    signed_in, roadmap
):
    commune = Territory.Kind.COMMUNE
    twins = [make_territory("Saint-Sulpice", commune) for _turn in range(2)]
    alone = make_territory("Bergerac", commune)
    roadmap.perimeter.set([*twins, alone])
    address = reverse("roadmaps:edit", args=[roadmap.pk])

    lines = signed_in.get(address).context["form"]["perimeter"].value()
    signed_in.post(address, SHEET | {"version": 1, "perimeter": lines})

    roadmap.refresh_from_db()
    assert {"Bergerac", *(one.code for one in twins)} == set(lines.splitlines())
    assert {*twins, alone} == set(roadmap.perimeter.all())
    assert 2 == roadmap.version


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"starts_on": "2027-03-01", "adoption_on": "2027-02-28"}, "avant le début"),
        ({"starts_on": "0001-01-01"}, "entre 2000 et 2100"),
        ({"horizon_years": 0}, "entre 1 et 50"),
        ({"title": "<script>alert(1)</script>"}, "HTML"),
        ({"sponsor": "Mme Martin"}, "écrivez la fonction"),
        ({"funders": "CAF, 05 53 00 00 00"}, "écrivez la fonction"),
        ({"title": "a\x00b"}, "caractère nul"),
        ({"group": "999999"}, "Sélectionnez un choix valide"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(signed_in, space, wrong, told):
    address = reverse("roadmaps:add", args=[space.pk])

    page = signed_in.post(address, SHEET | wrong).content.decode()

    assert told in page
    assert not Roadmap.objects.exists()


def test_the_database_refuses_an_adoption_before_the_beginning(space, officer):
    days = {"starts_on": date(2027, 3, 1), "adoption_on": date(2027, 2, 28)}

    with pytest.raises(IntegrityError):
        make_roadmap(space, by=officer, **days)


def test_whoever_keeps_the_sheet_second_reads_both_texts(signed_in, roadmap):
    address = reverse("roadmaps:edit", args=[roadmap.pk])
    first = SHEET | {"version": 1, "title": "Premier titre"}
    second = SHEET | {"version": 1, "lead": "Direction", "title": "Autre titre"}

    signed_in.post(address, first)
    page = signed_in.post(address, second)
    roadmap.refresh_from_db()
    assert ("Premier titre", "") == (roadmap.title, roadmap.lead)
    assert [("Titre", "Premier titre"), ("Chef de projet", "–")] == [
        (one.label, one.theirs) for one in page.context["theirs"]
    ]
    again = second | {"version": page.context["form"]["version"].value()}
    signed_in.post(address, again)

    roadmap.refresh_from_db()
    assert ("Autre titre", "Direction", 3) == (
        roadmap.title,
        roadmap.lead,
        roadmap.version,
    )


def test_an_approach_begins_with_the_first_meeting_held_within_a_year(
    signed_in, space, officer
):
    today = timezone.localdate()
    for ago in (400, 40, 20, -10):
        make_meeting(space, by=officer, day=today - timedelta(days=ago))

    form = signed_in.get(reverse("roadmaps:add", args=[space.pk])).context["form"]

    assert today - timedelta(days=40) == form["starts_on"].value()


def test_a_roadmap_begun_among_examples_is_an_example(signed_in, space, officer):
    address = reverse("roadmaps:add", args=[space.pk])

    def begun() -> Roadmap:
        signed_in.post(address, SHEET | {"perimeter": "", "funders": ""})
        return Roadmap.objects.latest("pk")

    assert not begun().is_simulated

    make_meeting(space, by=officer, is_simulated=True)
    assert begun().is_simulated

    make_meeting(space, by=officer)
    assert not begun().is_simulated
