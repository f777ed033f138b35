"""The resource map of a workshop: drawn on telephones, kept by the space afterwards."""

from __future__ import annotations

import json

from django.urls import reverse

from jalons.actors.models import Actor
from jalons.documents.model import Figure, walk
from jalons.ecosystems import figures
from jalons.ecosystems.models import Link
from jalons.workshops import mapping, operations
from jalons.workshops.documents import minutes_of
from jalons.workshops.minutes import draft_minutes
from tests.workshops.rooms import add, comes, make_table, post


def make_map_activity(workshop, officer):
    """A map around the workstream of a table, its resources being named."""
    table, _stake, _item = make_table(workshop, by=officer)
    activity = add(workshop, "resources", by=officer)
    mapping.carry(activity, table, by=officer)
    return activity, activity.map.centres.get()


def test_two_telephones_draw_one_map_and_what_crosses_is_told_and_kept(
    client, workshop, officer, space
):
    activity, centre = make_map_activity(workshop, officer)
    (_amina, hers), (_luc, his) = comes(workshop, "Amina"), comes(workshop, "Luc")
    on = {"centre": centre.pk, "item": centre.pk}
    caf = {"act": "resource", "name": "CAF", "category": "funding", "status": "dashed"}

    assert 302 == post(client, hers, **on, **caf).status_code
    one = activity.map.resources.get()
    named = {f"base-{one.pk}": 1, f"was-{one.pk}": "dashed", f"owned-{one.pk}": ""}
    told = {"act": "links", **on, **named}
    post(client, hers, **told, **{f"status-{one.pk}": "solid"})
    answer = post(
        client, his, **told, **{f"status-{one.pk}": "dashed", f"owner-{one.pk}": "CCAS"}
    )
    page = client.get(answer.url).content.decode()

    assert "1.a Des services itinérants" in page
    assert "Quelqu’un venait de changer CAF" in page
    assert [("Amina", "dashed"), ("Amina", "solid"), ("Luc", "dashed")] == list(
        one.links.order_by("number").values_list("hand", "status")
    )
    same = {f"status-{one.pk}": "dashed", f"owner-{one.pk}": ""}
    assert "Rien n’a changé" in post(client, his, **told, **same).content.decode()
    client.force_login(officer)
    on_screen = client.get(reverse("workshops:stage", args=[space.pk, workshop.pk]))
    assert "2 ont contribué" in on_screen.content.decode()
    assert 'class="hub"' in on_screen.content.decode()


def test_what_no_form_gave_is_refused_and_the_map_goes_on_after_the_workshop(
    client, workshop, officer, space
):
    activity, centre = make_map_activity(workshop, officer)
    _amina, hers = comes(workshop)
    given = {"act": "resource", "centre": centre.pk, "name": "CAF"}
    given |= {"category": "funding", "status": "dashed"}

    for wrong in ({"category": "money"}, {"status": ""}, {"name": "x" * 161}):
        refused = post(client, hers, **given | wrong)
        assert 400 == refused.status_code
        assert "data-refused" in refused.content.decode()
    assert 404 == post(client, hers, **given | {"centre": 10**20}).status_code
    odd = "<script>alert(1)</script> 🙂 مرحبا"
    assert 302 == post(client, hers, **given | {"name": odd}).status_code
    operations.close_workshop(workshop, by=officer)
    assert 400 == post(client, hers, **given).status_code

    client.force_login(officer)
    one = activity.map.resources.get()
    args = [space.pk, activity.map.pk, centre.pk, one.pk]
    told = {"act": "link", "status": "solid", "base": 1, "since": "2026-02-01"}
    key = "5a3d5e7e-7a3e-4e8e-9a55-0c8a3f1f00aa"
    client.post(reverse("ecosystems:link", args=args), told | {"key": key})
    page = client.get(reverse("ecosystems:show", args=args[:2])).content.decode()

    assert "<script>alert" not in page
    assert 1 == figures.board_of(activity.map).charts[0].at_work


def test_the_minutes_and_the_contributions_hold_the_map(
    client, workshop, officer, space
):
    activity, centre = make_map_activity(workshop, officer)
    _amina, hers = comes(workshop)
    given = {"act": "resource", "centre": centre.pk, "category": "partner"}
    post(client, hers, **given, name="Fab lab", status="dashed")
    post(client, hers, **given, name="CCAS", status="dashed", owner="Mairie")
    minutes = draft_minutes(workshop, by=officer)
    client.force_login(officer)

    document = minutes_of(minutes)
    found = client.get(reverse("workshops:export_json", args=[space.pk, workshop.pk]))
    lines = json.loads(b"".join(found.streaming_content))["contributions"]

    assert [
        "Contacter Fab lab pour «\u00a01.a Des services itinérants\u00a0»\u00a0: "
        "trouver qui s’en charge",
        "Contacter CCAS pour «\u00a01.a Des services itinérants\u00a0»\u00a0: Mairie",
    ] == minutes.next_steps.splitlines()[-2:]
    assert 1 == sum(isinstance(one, Figure) for one in walk(document.sections))
    texts = [one["Texte ou réponse"] for one in lines]
    assert "CCAS | connue, pas encore contactée | 1.a Des services itinérants" in texts


def test_an_activity_with_resources_stays_and_an_empty_one_goes_with_its_map(
    client, workshop, officer, space
):
    activity, centre = make_map_activity(workshop, officer)
    empty = add(workshop, "resources", "Toute la démarche", by=officer)
    operations.go_to(activity, "collect", by=officer)
    _amina, hers = comes(workshop)
    given = {"act": "resource", "centre": centre.pk, "category": "partner"}
    post(client, hers, **given, name="CCAS", status="solid")
    client.force_login(officer)
    here = reverse("workshops:steer", args=[space.pk, workshop.pk])

    for one in (activity, empty):
        client.post(here, {"act": "remove", "activity": one.pk})

    assert [activity] == list(workshop.activities.filter(kind="resources"))
    assert [activity.map] == list(space.resource_maps.all())
    assert 1 == Link.objects.count()


def test_a_resource_named_again_says_what_its_link_was_and_who_is_shown_is_proposed(
    client, workshop, officer, space
):
    activity, centre = make_map_activity(workshop, officer)
    (_amina, hers), (_luc, his) = comes(workshop, "Amina"), comes(workshop, "Luc")
    for name, held in (("CCAS", {}), ("Cachée", {"is_withheld": True})):
        actor = Actor.objects.create(space=space, name=name, key=name.lower(), **held)
        workshop.meeting.guests.add(actor)
    caf = {"act": "resource", "centre": centre.pk, "name": "CAF", "category": "funding"}

    first = post(client, hers, **caf, status="solid", owner="Mairie")
    again = post(client, his, **caf, status="dashed")
    page = client.get(again.url).content.decode()

    assert 302 == first.status_code
    assert "Amina venait de dire" in page
    assert 2 == Link.objects.count()
    assert '<option value="CCAS">' in page
    assert "Cachée" not in page


def test_what_stands_in_a_centre_is_kept_as_it_is_written(
    client, workshop, officer, space
):
    activity, centre = make_map_activity(workshop, officer)
    centre.text = "Un guichet <b>"
    centre.save()
    client.force_login(officer)
    one = [space.pk, workshop.pk, activity.pk]
    sent = {"title": "Carte", "question": "Qui ?", "minutes": 5}
    sent |= {"options": f"{centre.text}\nUn bus"}

    kept = client.post(reverse("workshops:edit_activity", args=one), sent)

    assert 302 == kept.status_code
    assert [centre.text, "Un bus"] == [
        one.text for one in activity.map.centres.standing().in_order()
    ]
