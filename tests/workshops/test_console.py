"""The console tells somebody who never held a workshop what to do next."""

from __future__ import annotations

import re

from django.urls import reverse

from jalons.workshops import moderating, operations
from jalons.workshops.definitions import read_kinds, read_run_sheets
from tests.factories import make_user
from tests.meetings.gatherings import make_meeting
from tests.roadmaps.plans import make_roadmap
from tests.workshops.rooms import comes, make_table, says, votes

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


def test_a_table_without_stakes_is_told_before_it_opens_and_written_in_one_link(
    client, space, officer
):
    meeting = make_meeting(space, by=officer)
    sheet = read_run_sheets()["workstreams"]
    workshop = operations.prepare_workshop(meeting, sheet, by=officer)
    (activity,) = workshop.activities.all()
    client.force_login(officer)
    write = reverse(
        "workshops:edit_activity", args=[space.pk, workshop.pk, activity.pk]
    )
    link = f'<a href="{write}">Écrire les enjeux, un par ligne</a>'

    def read(name: str) -> str:
        here = reverse(f"workshops:{name}", args=[space.pk, workshop.pk])
        return client.get(here).content.decode()

    before = read("console")
    assert "n’a encore aucun enjeu" in before
    assert link in before
    operations.open_workshop(workshop, by=officer)
    opened, stage = read("console"), read("stage")
    assert "n’a encore aucun enjeu" not in opened
    assert link in opened
    # The room reads nothing of what the facilitator has to mend.
    assert "Les enjeux s’affichent ici dès qu’ils sont écrits." in stage
    assert write not in stage
    assert "Enjeux, un par ligne" in client.get(write).content.decode()
    # What nobody changes keeps its no-break spaces, though a form sends none back.
    told = {name: getattr(activity, name) for name in ("title", "question")}
    sent = {name: text.replace("\u202f", " ") for name, text in told.items()}
    client.post(write, sent | {"minutes": 90, "options": "Comment aider ?"})
    activity.refresh_from_db()
    assert "enjeux\u202f?" in told["question"]
    assert told["question"] == activity.question
    assert link not in read("console")
    reader = make_user()
    space.memberships.create(user=reader, role="reader")
    client.force_login(reader)
    assert write not in read("console")


def test_before_results_are_shown_one_is_told_that_they_are_those_of_one_or_two(
    client, workshop, officer, space
):
    activity, _stake, item = make_table(workshop, by=officer)
    operations.go_to(activity, "rate", by=officer)
    client.force_login(officer)
    here = reverse("workshops:console", args=[space.pk, workshop.pk])
    said = []
    for alias in ("", "Amina", "Luc", "Zoé"):
        if alias:
            who, secret = comes(workshop, alias)
            phone = client.get(reverse("workshops:pocket", args=[secret]))
            votes(activity, who, "transversal=4&strategic=5&feasible=3", item)
        page = client.get(here).content.decode()
        said.append(
            [
                "Une seule personne a répondu" in page,
                "Deux personnes seulement" in page,
            ]
        )

    assert [[False, False], [True, False], [False, True], [False, False]] == said
    promise = phone.content.decode()
    assert "à une ou deux personnes, un total peut vous désigner" in promise
    # One workstream only: nothing is counted, and nothing comes next.
    assert "chantier 1 sur 1" not in promise
    assert "Envoyer ma réponse" in promise
    assert "3 ont répondu" in page


def test_once_closed_the_console_leads_to_the_roadmap_and_offers_nothing_without_effect(
    client, workshop, officer, space
):
    activity, _stake, item = make_table(workshop, by=officer)
    operations.go_to(activity, "rate", by=officer)
    client.force_login(officer)

    def read(name: str = "console") -> str:
        here = reverse(f"workshops:{name}", args=[space.pk, workshop.pk])
        return client.get(here).content.decode()

    idle = ["Faire revoter", "Lancer ", 'value="phase"']
    start = reverse("roadmaps:add", args=[space.pk])
    assert [] == [one for one in idle if one not in read()]
    assert f'href="{start}"' not in read()

    operations.close_workshop(workshop, by=officer)
    assert [] == [one for one in idle if one in read()]
    assert f'<a href="{start}">En faire une feuille de route</a>' in read()
    client.post(reverse("workshops:minutes", args=[space.pk, workshop.pk]))
    assert f'href="{start}"' in read("minutes")

    adopt = reverse("roadmaps:adopt", args=[make_roadmap(space, by=officer).pk])
    assert f'href="{adopt}">Le reprendre dans une feuille de route' in read()
    client.post(adopt, {"table": activity.pk})
    assert f'href="{adopt}"' not in read()
