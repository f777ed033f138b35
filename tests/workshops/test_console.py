"""The console tells somebody who never held a workshop what to do next."""

from __future__ import annotations

import re

from django.urls import reverse

from jalons.workshops import moderating, operations
from jalons.workshops.definitions import read_kinds
from tests.workshops.rooms import comes, says

NEXT = "Passer à la suite\u00a0: Impact et maîtrise"
NOTHING = "Il n’y a encore rien à voter"
WRITE = "Rédiger et envoyer le compte rendu"


def test_the_console_says_what_comes_next_what_is_missing_and_how_it_ends(
    client, workshop, officer, space
):
    client.force_login(officer)
    wall, matrix = workshop.activities.all()
    amina, _secret = comes(workshop)
    says(wall, amina, "La fibre")

    def told() -> list[bool]:
        address = reverse("workshops:console", args=[space.pk, workshop.pk])
        page = client.get(address).content.decode()
        return [one in page for one in (NEXT, NOTHING, WRITE)]

    assert [True, False, False] == told()
    operations.go_to(matrix, "rate", by=officer)
    assert [False, True, False] == told()
    moderating.draw_items(matrix, wall, by=officer)
    assert [False, False, False] == told()
    operations.go_to(wall, "discuss", by=officer)
    operations.close_workshop(workshop, by=officer)
    assert [False, False, True] == told()


def test_the_kind_is_chosen_first_and_only_its_own_fields_are_asked(
    client, workshop, space, officer
):
    client.force_login(officer)
    here = reverse("workshops:add_activity", args=[space.pk, workshop.pk])

    def asked(kind: str) -> set[str]:
        page = client.get(here, {"kind": kind}).content.decode()
        return set(re.findall(r'name="(\w+)"', page))

    chosen = client.get(here).content.decode()
    poll, wall, cloud = asked("poll"), asked("wall"), asked("cloud")
    unknown = client.post(here, {"kind": "autre", "title": "Titre"})

    assert [kind for kind in read_kinds() if f"?kind={kind}" not in chosen] == []
    assert {"kind", "title", "question", "form", "options", "asks_again"} <= poll
    assert not {"dots", "top", "has_factors", "order"} & poll
    assert {"top", "has_factors"} == wall - cloud
    assert not {"form", "options", "dots", "order"} & (wall | cloud)
    assert 200 == unknown.status_code
    assert not workshop.activities.filter(title="Titre").exists()
