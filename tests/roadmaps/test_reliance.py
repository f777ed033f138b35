"""What a roadmap can count on: its own maps read together, who sees to what."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from jalons.actors.models import Post
from jalons.ecosystems.models import ResourceMap
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.reliance import reliance_of
from jalons.steps.checks import Seen, check
from jalons.steps.ground import Ground
from tests.actors.people import make_actor
from tests.ecosystems.maps import draws, make_map, names
from tests.factories import make_space
from tests.roadmaps.plans import make_stake, make_workstream


def test_links_are_counted_centre_by_centre_and_those_alone_are_named(
    signed_in, roadmap, space, officer
):
    first = make_map(space, "Aller vers", "Équiper", by=officer)
    other = make_map(space, "Ailleurs", by=officer, title="Autre")
    bus = names(first, "Bus", by=officer)
    fund = names(first, "Fondation", "funding", by=officer)
    lost = names(other, "Oubliée", by=officer)
    towards, equip = first.centres.in_order()
    draws(bus, towards, "solid", by=officer)
    draws(bus, equip, "dashed", by=officer)
    draws(fund, towards, "dashed", by=officer, owner="CCAS")
    draws(lost, other.centres.get(), "dashed", by=officer)
    address = reverse("roadmaps:choose_maps", args=[roadmap.pk])

    signed_in.post(address, {"map": [first.pk, 999_999]})

    found = reliance_of(roadmap)
    assert (1, 2) == (found.at_work, found.dashed)
    assert [("Équiper", "Bus")] == [
        (one.chart.centre.text, tie.resource.name) for one, tie in found.alone
    ]
    assert [0, 1] == [one.unlinked for one in found.around]
    seen = Seen(plan_of(roadmap), Ground(space))
    assert "Bus" in check("dashed", seen).words
    assert "Oubliée" not in check("dashed", seen).words
    page = signed_in.get(reverse("roadmaps:reliance", args=[roadmap.pk])).content
    assert b"Bus" in page
    assert "Oubliée" not in page.decode()


def test_a_map_of_another_space_or_an_invented_one_is_never_chosen(
    signed_in, roadmap, space, officer
):
    theirs = make_map(make_space(owner=officer), by=officer)
    invented = make_map(space, by=officer, is_simulated=True)

    signed_in.post(
        reverse("roadmaps:choose_maps", args=[roadmap.pk]),
        {"map": [theirs.pk, invented.pk]},
    )

    assert not roadmap.maps.exists()


def test_a_map_is_opened_around_the_workstreams_without_typing_them_again(
    signed_in, roadmap, officer
):
    address = reverse("roadmaps:choose_maps", args=[roadmap.pk])
    signed_in.post(address, {"open": "1"})
    assert not ResourceMap.objects.exists()
    stake = make_stake(roadmap, by=officer)
    make_workstream(stake, "Un bus", by=officer)
    make_workstream(stake, "Des ateliers", by=officer)

    signed_in.post(address, {"open": "1"})

    made = roadmap.maps.get()
    assert [("1.a", "Un bus"), ("1.b", "Des ateliers")] == list(
        made.centres.in_order().values_list("code", "text")
    )

    for number in range(11):
        make_workstream(stake, f"Un autre {number}", by=officer)
    page = signed_in.post(address, {"open": "1"}, follow=True)
    assert 12 == roadmap.maps.last().centres.count()
    assert "porte 12 chantiers" in page.content.decode()


def test_posts_whose_funding_ends_soon_are_told(roadmap, space, officer):
    actor = make_actor(space, by=officer)
    Post.objects.create(
        space=space,
        actor=actor,
        title="Conseiller",
        share=1,
        funding_ends_on=date(2027, 1, 31),
    )

    found = reliance_of(roadmap, on=date(2026, 11, 26)).posts

    assert (1, 1) == (found.full_time, found.near_full_time)


def test_posts_that_end_before_the_roadmap_does_are_named(
    signed_in, roadmap, space, officer
):
    actor = make_actor(space, "Hub d’Exemple", by=officer)
    roadmap.starts_on, roadmap.horizon_years = date(2026, 1, 1), 2
    roadmap.save()
    for title, ends in (
        ("Conseillère", date(2028, 1, 1)),
        ("Coordinateur", date(2028, 1, 2)),
        ("Médiateur", None),
    ):
        Post.objects.create(
            space=space, actor=actor, title=title, share=1, funding_ends_on=ends
        )

    found = reliance_of(roadmap, on=date(2026, 11, 26))

    assert date(2028, 1, 1) == found.until
    assert ["Conseillère"] == [line.post.title for line in found.ending]
    page = signed_in.get(reverse("roadmaps:reliance", args=[roadmap.pk]))
    assert "Conseillère, Hub d’Exemple · 1er janvier 2028" in page.content.decode()
