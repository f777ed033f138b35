"""What a roadmap takes up of each kind of activity, and what stays in the workshop."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jalons.roadmaps import adopting
from jalons.roadmaps.models import Origin, Stake, Workstream
from jalons.roadmaps.reliance import reliance_of
from jalons.spaces.models import Role
from jalons.workshops import operations
from jalons.workshops.models import Item
from tests.ecosystems.maps import draws, make_map, names
from tests.factories import make_user
from tests.workshops.rooms import add, comes, make_table, make_workshop, says, votes


@pytest.fixture
def workshop(space, officer):
    return make_workshop(space, by=officer, title="Atelier d’Exemple")


def stake_of_a_table(workshop, officer) -> Item:
    return make_table(workshop, by=officer)[1]


def workstream(workshop, officer) -> Item:
    return make_table(workshop, by=officer)[2]


def factor(workshop, officer) -> Item:
    return add(workshop, "matrix", "Un bus", by=officer).items.get()


@pytest.mark.parametrize(
    ("make", "kind"),
    [(stake_of_a_table, Stake), (workstream, Workstream), (factor, Stake)],
)
def test_it_is_taken_up_by_the_page_with_its_words_and_its_link(
    signed_in, roadmap, workshop, officer, make, kind
):
    item = make(workshop, officer)
    address = reverse("roadmaps:adopt", args=[roadmap.pk])

    signed_in.post(address, {"item": item.pk})
    signed_in.post(address, {"item": item.pk})

    found = Origin.objects.filter(roadmap=roadmap, item=item).get()
    row = found.stake if kind is Stake else found.workstream
    assert isinstance(row, kind)
    assert (item.text, "Atelier d’Exemple") == (found.words, found.source)
    assert item.text.rstrip(" ?") in str(row)


def idea(workshop, officer) -> Item:
    return says(workshop.current, comes(workshop)[0], "Une idée")


def word(workshop, officer) -> Item:
    return says(add(workshop, "cloud", by=officer), comes(workshop)[0], "Proche")


def question(workshop, officer) -> Item:
    asked = add(workshop, "questions", by=officer)
    return says(asked, comes(workshop)[0], "Qui paie ?")


def choice(workshop, officer) -> Item:
    return add(workshop, "poll", "Oui", "Non", by=officer).items.first()


def dotted(workshop, officer) -> Item:
    return add(workshop, "dots", "Un bus", "Un prêt", by=officer).items.first()


@pytest.mark.parametrize("make", [idea, word, question, choice, dotted])
def test_what_is_neither_a_stake_nor_a_workstream_stays_in_the_workshop(
    signed_in, roadmap, workshop, officer, make
):
    item = make(workshop, officer)
    address = reverse("roadmaps:adopt", args=[roadmap.pk])

    told = signed_in.post(address, {"item": item.pk}, follow=True)

    assert "Reprise impossible" in told.content.decode()
    with pytest.raises(adopting.NotAdoptable):
        adopting.adopt_item(roadmap, item, by=officer)
    assert not Stake.objects.exists()
    assert not Origin.objects.exists()


def test_links_drawn_in_a_workshop_are_counted_on_by_the_roadmap(
    signed_in, roadmap, space, workshop, officer
):
    drawn = add(workshop, "resources", "Aller vers", by=officer)
    resource = names(drawn.map, "CAF", by=officer)
    draws(resource, drawn.map.centres.get(), "solid", by=officer)

    other = make_map(space, "Ailleurs", by=officer)
    address = reverse("roadmaps:choose_maps", args=[roadmap.pk])

    def counted(map) -> int:
        signed_in.post(address, {"map": [map.pk]})
        return reliance_of(roadmap).at_work

    assert (0, 1) == (counted(other), counted(drawn.map))


def test_a_hidden_matrix_is_not_offered_to_those_who_cannot_show_it(
    signed_in, roadmap, space, workshop, officer
):
    matrix = add(workshop, "matrix", "La fibre", "Un bus", by=officer)
    person, _secret = comes(workshop)
    fibre, bus = matrix.items.in_order()
    votes(matrix, person, "impact=2&mastery=5", item=fibre)
    votes(matrix, person, "impact=5&mastery=1", item=bus)
    member = make_user("Contributrice")
    space.memberships.create(user=member, role=Role.CONTRIBUTOR)
    contributor = Client()
    contributor.force_login(member)
    address = reverse("roadmaps:adopt", args=[roadmap.pk])

    def read() -> list[bool]:
        pages = [one.get(address) for one in (contributor, signed_in)]
        assert [200, 200] == [page.status_code for page in pages]
        return ["Un bus" in page.content.decode() for page in pages]

    hidden = read()
    operations.show_results(matrix, by=officer)

    assert [False, True] == hidden
    assert [True, True] == read()
