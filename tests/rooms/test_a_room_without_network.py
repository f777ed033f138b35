from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from jalons.rooms import choosing
from jalons.rooms import operations as rooms
from jalons.rooms.access import find_outing, word_of_host
from jalons.rooms.bundles import RefusedBundle
from jalons.rooms.merging import bring_back
from jalons.rooms.models import Outing
from jalons.rooms.tables import carried_tables
from jalons.workshops import (
    figures,
    mapping,
    minutes,
    moderating,
    operations,
    seating,
    writing,
)
from jalons.workshops.models import Activity, Ballot, Item, Minutes, Writing
from jalons.workshops.writing import Wording
from tests.factories import make_space
from tests.rooms.laptop import changed, laptop
from tests.workshops.rooms import (
    add,
    comes,
    make_table,
    make_workshop,
    post,
    says,
    votes,
)

pytestmark = pytest.mark.django_db


def write(item: Item, text: str, base: int, by) -> Writing:
    said = Wording(Writing.Column.ACTIONS, text, base, uuid4())
    return writing.write_cell(item, said, by=by)


def grades(activity: Activity) -> list[tuple[str, int, int]]:
    found = figures.results_of(Activity.objects.get(pk=activity.pk))
    lines = [(one.item.text, one.rated) for one in found.rated]
    return [(text, rated.impact_points, rated.n) for text, rated in lines]


def test_what_a_room_adds_comes_back_once_whatever_is_given_again(workshop, officer):
    wall = workshop.current
    amina, _secret = comes(workshop)
    says(wall, amina, "La fibre")
    data = rooms.take_out(workshop, by=officer)

    with laptop(data) as (away, host, results):
        luc, _other = comes(away, "Luc")
        says(away.current, luc, "Les mairies ferment 📵")
        matrix = away.activities.get(kind="matrix")
        moderating.draw_items(matrix, away.current, by=host)
        operations.go_to(matrix, "rate", by=host)
        first, second = matrix.items.in_order()
        votes(matrix, luc, "impact=5&mastery=2", first)
        votes(matrix, luc, "impact=4&mastery=2", second)
        ranking = add(away, "poll", "Oui", "Non", by=host, form="ranking")
        yes, no = ranking.items.in_order()
        votes(ranking, luc, f"place-{no.pk}=1&place-{yes.pk}=2")
        back = results()
    # The site went on meanwhile: same numbers, other rows.
    rose, _third = comes(workshop, "Rose")
    says(wall, rose, "Un bus")
    checked = bring_back(*find_outing(back), by=officer, dry_run=True)
    before = Item.objects.count()
    report = bring_back(*find_outing(back), by=officer)
    again = bring_back(*find_outing(back), by=officer)

    assert 2 == before
    assert checked.added == report.added
    assert {} == again.added == again.changed
    assert report.added == Outing.objects.get().report["added"]
    ideas = wall.items.in_order().values_list("number", "text")
    expected = [(1, "La fibre"), (2, "Un bus"), (3, "Les mairies ferment 📵")]
    assert expected == list(ideas)
    matrix = workshop.activities.get(kind="matrix")
    assert [("La fibre", 4, 1), ("Les mairies ferment 📵", 3, 1)] == grades(matrix)
    ballot = Ballot.objects.get(activity__kind="poll")
    texts = [Item.objects.get(pk=pk).text for pk in ballot.marks["order"]]
    assert ["Non", "Oui"] == texts
    assert "Luc" == ballot.participant.alias
    workshop.refresh_from_db()
    assert "ranking" == workshop.current.form


def test_what_changed_on_both_sides_is_told_and_nothing_is_overwritten(
    workshop, officer
):
    table, stake, item = make_table(workshop, by=officer)
    amina, _secret = comes(workshop)
    poll = add(workshop, "poll", "Oui", "Non", by=officer)
    yes, no = poll.items.in_order()
    data = rooms.take_out(workshop, by=officer)
    votes(poll, amina, f"choice={yes.pk}")
    write(item, "Sur le site", 0, officer)
    writing.reword_stake(stake, "Enjeu du site", by=officer)
    minutes.draft_minutes(workshop, by=officer)

    with laptop(data) as (away, host, results):
        votes(away.current, away.participants.get(), f"choice={no.pk}")
        write(Item.objects.get(pk=item.pk), "Dans la salle", 0, host)
        writing.reword_stake(Item.objects.get(pk=stake.pk), "Enjeu en salle", by=host)
        minutes.draft_minutes(away, by=host)
        Minutes.objects.update(decisions="Décidé en salle")
        back = results()
    report = bring_back(*find_outing(back), by=officer)

    told = {(one.site, one.room) for one in report.conflicts}
    assert ("Enjeu du site", "Enjeu en salle") in told
    assert "Décidé en salle" in {room for _site, room in told}
    stake.refresh_from_db()
    assert "Enjeu du site" == stake.text
    # The vote of the room is later; the cell of the room waits beside.
    (counted,) = Ballot.objects.counted(poll)
    assert {"choices": [no.pk]} == counted.marks
    cell = Writing.objects.filter(item=item, column="actions").order_by("number")
    told_cells = [(one.text, one.is_current, one.is_waiting) for one in cell]
    assert [("Sur le site", True, False), ("Dans la salle", False, True)] == told_cells
    assert 2 == report.spoke_on_both_sides


def test_the_rooms_words_are_taken_when_asked_for(workshop, officer):
    _table, stake, _item = make_table(workshop, by=officer)
    data = rooms.take_out(workshop, by=officer)
    writing.reword_stake(stake, "Enjeu du site", by=officer)
    with laptop(data) as (_away, host, results):
        writing.reword_stake(Item.objects.get(pk=stake.pk), "Enjeu en salle", by=host)
        back = results()

    # The site's is kept first: the room's can still be chosen afterwards.
    bring_back(*find_outing(back), by=officer)
    checked = bring_back(*find_outing(back), by=officer, dry_run=True)
    bring_back(*find_outing(back), by=officer, takes_room=True)

    (told,) = checked.conflicts
    assert ("texte", "Enjeu du site") == (told.field, told.site)
    stake.refresh_from_db()
    assert "Enjeu en salle" == stake.text


def test_which_side_holds_is_chosen_one_by_one_and_back(client, workshop, officer):
    table, stake, _item = make_table(workshop, by=officer)
    operations.save_activity(table, ["Autre enjeu"], by=officer)
    other = table.items.get(text="Autre enjeu")
    data = rooms.take_out(workshop, by=officer)
    for one in (stake, other):
        writing.reword_stake(one, f"{one.pk} du site", by=officer)
    with laptop(data) as (_away, host, results):
        for one in (stake, other):
            there = Item.objects.get(pk=one.pk)
            writing.reword_stake(there, f"{one.pk} en salle", by=host)
        back = results()
    bring_back(*find_outing(back), by=officer)
    client.force_login(officer)
    where = [workshop.meeting.space_id, workshop.pk]
    here = reverse("rooms:choose", args=[*where, workshop.outings.get().pk])

    def choose(place: int, side: str) -> list[str]:
        assert client.post(here, {"place": place, "side": side}).status_code in (
            302,
            404,
        )
        texts = Item.objects.filter(pk__in=[stake.pk, other.pk]).order_by("pk")
        return [one.text.partition(" ")[2] for one in texts]

    page = client.get(reverse("rooms:outing", args=where)).content.decode()
    assert 2 == page.count("Prendre celle de la salle")
    assert ["du site", "en salle"] == choose(1, "room")
    assert ["du site", "du site"] == choose(1, "site")
    assert ["en salle", "du site"] == choose(0, "room")
    writing.reword_stake(stake, "x depuis", by=officer)
    # Written since on the site, it is overwritten by neither.
    for place, side in ((0, "site"), (0, "room"), (9, "room"), (0, "personne")):
        assert ["depuis", "du site"] == choose(place, side)
    chosen = [one["chosen"] for one in workshop.outings.get().report["conflicts"]]
    assert ["room", "site"] == chosen


def test_a_side_that_cannot_hold_any_more_is_not_chosen(workshop, officer):
    seating.set_tables(workshop, ["A", "B", "C"], by=officer)
    a, b, c = workshop.tables.order_by("number")
    amina, _secret = comes(workshop)
    seating.sit(amina, c)
    poll = add(workshop, "poll", "Oui", "Non", by=officer)
    data = rooms.take_out(workshop, by=officer)
    poll.form = "multiple"
    operations.save_activity(poll, ["Oui", "Non"], by=officer)
    seating.move(amina, a, by=officer)
    with laptop(data) as (away, host, results):
        there = away.activities.get(pk=poll.pk)
        there.form = "scale"
        operations.save_activity(there, ["Oui", "Non"], by=host)
        seating.move(away.participants.get(), away.tables.get(pk=b.pk), by=host)
        back = results()
    report = bring_back(*find_outing(back), by=officer)
    outing = Outing.objects.get()
    form, table = (
        [one.name for one in report.conflicts].index(name) for name in ("form", "table")
    )
    choosing.choose(outing, form, "room", by=officer)
    choosing.choose(outing, table, "room", by=officer)
    votes(poll, amina, "grade=3")
    a.delete()

    with pytest.raises(choosing.Moved, match="votes"):
        choosing.choose(outing, form, "site", by=officer)
    with pytest.raises(choosing.Moved, match="changé"):
        choosing.choose(outing, table, "site", by=officer)
    poll.refresh_from_db()
    amina.refresh_from_db()
    assert ("scale", b) == (poll.form, amina.table)
    assert {"room"} == {
        one["chosen"] for one in Outing.objects.get().report["conflicts"]
    }


def test_a_resource_map_drawn_in_the_room_is_that_of_the_space(
    client, workshop, officer
):
    make_table(workshop, by=officer)
    data = rooms.take_out(workshop, by=officer)
    with laptop(data) as (away, host, results):
        table = away.activities.get(kind="workstreams")
        activity = add(away, "resources", by=host)
        mapping.carry(activity, table, by=host)
        centre = activity.map.centres.get()
        _luc, secret = comes(away, "Luc")
        caf = {"name": "CAF", "category": "funding", "status": "dashed"}
        on = {"centre": centre.pk, "item": centre.pk}
        sent = post(client, secret, act="resource", **on, **caf)
        back = results()
    rows = json.loads(back)["rows"]
    # News of another workshop is not heard by who holds the file of this one.
    rows["ecosystems.ResourceMap"][0][1]["channel"] = "workshop-999"
    back = changed(back, Outing.objects.get().secret, rows=rows)
    bring_back(*find_outing(back), by=officer)

    assert 302 == sent.status_code
    drawn = workshop.activities.get(kind="resources").map
    assert workshop.meeting.space == drawn.space
    assert workshop.channel == drawn.told_on
    link = drawn.resources.get(name="CAF").links.get()
    told = (link.status, link.hand, link.centre.text)
    assert ("dashed", "Luc", "Des services itinérants") == told


def hostile_rows(back: bytes, secret: str) -> Iterator[tuple[bytes, str]]:
    """Files well sealed, of which one row is none that a room could give."""
    rows = json.loads(back)["rows"]
    (pk, values), *_others = rows["workshops.Item"]
    twice = values | {"key": str(uuid4())}

    def with_rows(table: str, *given: object) -> bytes:
        return changed(back, secret, rows=rows | {f"workshops.{table}": given})

    def with_item(item: int = pk, **fields: object) -> bytes:
        return with_rows("Item", [item, values | fields])

    for fields in (
        {"text": "x" * 281},
        {"text": "\x00"},
        {"text": "\ud83d"},
        {"added_at": -1},
        {"added_at": "2026-01-01T09:00:00"},
        {"added_at": "0001-01-01T00:00:00+14:00"},
        {"number": 2**63},
        {"author": "12"},
        {"author": 2**63},
        {"more": 1},
    ):
        yield with_item(**fields), "workshops.Item"
    lost = with_item(pk + 50, key=str(uuid4()), activity=999_999)
    yield lost, "se contredit"
    yield with_item(2**63), "rows"
    yield with_rows("Item", [pk, values], [pk, values]), "workshops.Item"
    yield with_rows("Item", [pk + 50, twice], [pk + 51, twice]), "se contredit"
    (number, wall), *others = rows["workshops.Activity"]
    for kind, reason in (("loto", "workshops.Activity"), ("poll", "se contredit")):
        yield with_rows("Activity", [number, wall | {"kind": kind}], *others), reason


def hostile_votes(back: bytes, secret: str) -> Iterator[tuple[bytes, str]]:
    """Votes that no telephone could cast."""
    rows = json.loads(back)["rows"]
    rated, placed = (one for _pk, one in rows["workshops.Ballot"])
    (dotted,) = placed["marks"]["dots"]
    for vote, marks, reason in (
        (rated, {"impact": 99, "mastery": 1}, "aucun"),
        (rated, {"choices": [rated["item"]]}, "aucun"),
        (rated | {"item": None}, {"impact": 1, "mastery": 1}, "aucun"),
        (placed, {"dots": {dotted: -5}}, "aucun"),
        (placed, {"dots": {dotted: 21}}, "aucun"),
        (placed, {"dots": {"0": 1}}, "ne désigne rien"),
    ):
        ballots = [[1, vote | {"marks": marks}]]
        yield changed(back, secret, rows=rows | {"workshops.Ballot": ballots}), reason


def test_a_hostile_file_is_refused_and_writes_nothing(workshop, officer):
    amina, _secret = comes(workshop)
    says(workshop.current, amina, "La fibre")
    data = rooms.take_out(workshop, by=officer)
    secret = Outing.objects.get().secret
    with laptop(data) as (away, host, results):
        matrix = away.activities.get(kind="matrix")
        moderating.draw_items(matrix, away.current, by=host)
        operations.go_to(matrix, "rate", by=host)
        luc, _other = comes(away, "Luc")
        votes(matrix, luc, "impact=5&mastery=2", matrix.items.get())
        dots = add(away, "dots", "Un bus", by=host)
        votes(dots, luc, f"dots-{dots.items.get().pk}=1")
        back = results()
    other = make_workshop(make_space(owner=officer), by=officer)

    forged = back.replace(b"La fibre", b"Le cuivre")
    for hostile, reason in (
        (b"\x00PNG", "n’est pas un atelier"),
        (b"[" * 100_000, "n’est pas un atelier"),
        (b"[]", "n’est pas un atelier"),
        (b" " * 20_000_001, "trop lourd"),
        (data, "sortir un atelier"),
        (forged, "sceau"),
        (changed(back, "0" * 64), "sceau"),
        (back.replace(b'"seal": "', '"seal": "é'.encode()), "sceau"),
        (changed(back, secret, version=2), "autre version"),
        (changed(back, secret, shape="x"), "autre version"),
        (changed(back, secret, rows={"accounts.User": []}), "abîmé"),
        (changed(back, secret, rows={"workshops.Item": "x"}), "abîmé"),
        *hostile_rows(back, secret),
        *hostile_votes(back, secret),
    ):
        for takes_room in (False, True):
            with pytest.raises(RefusedBundle) as refused:
                bring_back(*find_outing(hostile), by=officer, takes_room=takes_room)
            assert reason in refused.value.reason
    with pytest.raises(RefusedBundle, match="autre atelier"):
        find_outing(back, other)
    assert ["La fibre"] == list(Item.objects.values_list("text", flat=True))


def test_the_site_gives_the_file_and_takes_it_back_on_one_page(
    client, workshop, officer, settings, tmp_path, capsys
):
    client.force_login(officer)
    where = [workshop.meeting.space_id, workshop.pk]
    page = reverse("rooms:outing", args=where)
    data = client.post(reverse("rooms:take_out", args=where)).content
    with laptop(data) as (away, _host, results):
        luc, _secret = comes(away, "Luc")
        says(away.current, luc, "Un bus")
        settings.IS_ROOM = True
        entered = client.get(reverse("rooms:enter", args=[word_of_host()]))
        here = entered.headers["Location"] + "sans-internet/resultats.json"
        assert 302 == entered.status_code
        assert 404 == client.get(reverse("rooms:enter", args=["forge"])).status_code
        back = client.get(here).content
        settings.IS_ROOM = False
        assert results() == back
    client.force_login(officer)

    def give(**fields: str):
        file = SimpleUploadedFile("resultats.json", back)
        return client.post(page, {"file": file, "side": "site", **fields})

    checked = give(check="1")
    assert "items d’activités\u00a0: 1 en plus" in checked.content.decode()
    assert not Item.objects.exists()
    assert 302 == give().status_code
    assert "Un bus" == Item.objects.get().text
    refused = client.post(page, {"file": SimpleUploadedFile("x.json", b"{}")})
    assert 400 == refused.status_code
    assert 404 == client.get(reverse("rooms:enter", args=[word_of_host()])).status_code
    assert 404 == client.get(reverse("rooms:results", args=where)).status_code

    file = tmp_path / "resultats.json"
    file.write_bytes(back)
    call_command("bring_back", file, by=officer.email, dry_run=True, json=True)
    assert {} == json.loads(capsys.readouterr().out)["added"]
    with pytest.raises(CommandError, match="éditeur|éditrice|modifi"):
        call_command("bring_back", file, by="personne@exemple.fr")
    out = tmp_path / "atelier.json"
    out.write_bytes(data)
    call_command("room", out, address="192.168.1.20", dry_run=True, json=True)
    told = json.loads(capsys.readouterr().out)
    assert f"http://192.168.1.20:8000/atelier/{workshop.code}/" == told["address"]
    with pytest.raises(CommandError, match="site"):
        call_command("room", file, dry_run=True)


def test_every_table_of_workshops_is_carried_and_names_are_not_kept_twice(
    workshop, officer
):
    comes(workshop, "Amina")
    data = rooms.take_out(workshop, by=officer)

    names = {one.name for one in carried_tables()}
    own = {one._meta.label for one in apps.get_app_config("workshops").get_models()}
    assert own < names
    assert "ecosystems.Link" in names
    assert "Amina" in data.decode()
    kept = Outing.objects.get().rows.filter(table="workshops.Participant").get()
    assert "alias" not in kept.values
