"""A resource map: coverage, events with date and owner, nothing lost."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from jalons.ecosystems import figures, operations
from jalons.ecosystems.documents import map_document, sheet_document
from jalons.ecosystems.models import Link
from jalons.ecosystems.operations import Hand, Said
from jalons.ecosystems.words import coverage_words
from tests.actors.people import make_actor
from tests.ecosystems.maps import draws, make_map, names


def test_the_coverage_of_a_centre_is_counted_link_by_link(space, officer):
    map = make_map(space, "Aller vers", "Équiper", by=officer)
    first, second = map.centres.in_order()
    ccas, bus, caf, robots = (
        names(map, name, category, by=officer)
        for name, category in (
            ("CCAS", "partner"),
            ("Bus", "speaker"),
            ("CAF", "funding"),
            ("Robots", "material"),
        )
    )
    draws(ccas, first, "solid", by=officer)
    draws(bus, first, "dashed", owner="CCAS", by=officer)
    draws(caf, first, "dashed", by=officer)
    draws(ccas, second, "dashed", by=officer)

    board = figures.board_of(map)
    chart = board.charts[0]

    assert (4, 1, 2, 3) == (
        len(chart.ties),
        chart.at_work,
        len(chart.dashed),
        chart.linked,
    )
    assert ["CAF"] == [one.resource.name for one in chart.without_owner]
    assert ["Ressources matérielles", "Intervenants", "Financements"] == chart.uncovered
    # Never linked is known and not linked: it is on the map all the same.
    assert "none" == next(one for one in chart.ties if one.resource == robots).status
    assert [(ccas, 2)] == board.pooled
    assert "1 sur 4 nommées" in coverage_words(chart)
    # Nothing named is not a coverage of zero.
    assert "Aucune ressource" in coverage_words(
        figures.board_of(make_map(space, by=officer)).charts[0]
    )


def test_a_map_costs_three_queries_whatever_its_size(
    space, officer, django_assert_num_queries
):
    map = make_map(space, "a", "b", "c", by=officer)
    for number in range(8):
        one = names(map, f"Ressource {number}", by=officer)
        draws(one, map.centres.first(), "solid", by=officer)

    with django_assert_num_queries(3):
        board = figures.board_of(map)

    assert 8 == board.charts[0].at_work


def test_a_link_that_becomes_solid_is_an_event_with_its_day_and_its_owner(
    client, space, officer
):
    map = make_map(space, by=officer)
    centre, caf = map.centres.get(), names(map, "CAF", "funding", by=officer)
    draws(caf, centre, "dashed", owner="CCAS", since=date(2026, 1, 5), by=officer)
    client.force_login(officer)
    here = reverse("ecosystems:link", args=[space.pk, map.pk, centre.pk, caf.pk])
    told = {"act": "link", "status": "solid", "owner": "Région", "since": "2026-03-02"}

    tomorrow = timezone.localdate() + timedelta(days=1)
    late = client.post(here, told | {"base": 1, "key": uuid4(), "since": tomorrow})
    key = uuid4()
    for _time in range(2):  # sent twice, kept once
        sent = client.post(here, told | {"base": 1, "key": key})
    crossed = client.post(
        here, told | {"base": 1, "key": uuid4(), "status": "none"}, follow=True
    )

    assert (200, 302) == (late.status_code, sent.status_code)
    assert "Ce jour n’est pas encore venu" in late.content.decode()
    events = list(caf.links.order_by("number"))
    assert [
        ("dashed", "CCAS", date(2026, 1, 5), False),
        ("solid", "Région", date(2026, 3, 2), False),
        ("none", "Région", date(2026, 3, 2), True),
    ] == [(one.status, one.owner, one.since, one.is_current) for one in events]
    assert "venait de dire «\u00a0déjà opérante\u00a0»" in crossed.content.decode()
    page = client.get(here).content.decode()
    assert page.index("2 mars 2026") < page.index("5 janvier 2026")


def test_a_resource_named_twice_is_one_and_one_taken_off_comes_back_with_its_links(
    client, space, officer
):
    map = make_map(space, by=officer)
    centre, actor = map.centres.get(), make_actor(space, "Centre social", by=officer)
    first = names(map, "CENTRE SOCIAL", by=officer)
    again = names(map, "centre social", by=officer)
    draws(first, centre, "solid", by=officer)
    client.force_login(officer)
    here = reverse("ecosystems:link", args=[space.pk, map.pk, centre.pk, first.pk])

    client.post(here, {"act": "withdraw"})
    without = figures.board_of(map).charts[0].ties
    show = reverse("ecosystems:show", args=[space.pk, map.pk])
    client.post(show, {"resource": first.pk})
    client.post(here, {"act": "rename", "name": "Espace de vie sociale"})
    empty = client.post(here, {"act": "rename", "name": ""})

    assert first == again
    assert actor == first.actor
    assert [] == without
    (tie,) = figures.board_of(map).charts[0].ties
    assert ("Espace de vie sociale", "solid") == (tie.resource.name, tie.status)
    assert 200 == empty.status_code
    assert 404 == client.post(here, {"act": "other"}).status_code
    for pk in ("9" * 5000, "x", ""):
        assert 404 == client.post(show, {"resource": pk}).status_code


def test_a_centre_left_out_keeps_its_links_aside_and_finds_them_again(
    client, space, officer
):
    map = make_map(space, "Aller vers", by=officer)
    centre, bus = map.centres.get(), names(map, "Bus", by=officer)
    draws(bus, centre, "solid", by=officer)
    client.force_login(officer)
    here = reverse("ecosystems:edit", args=[space.pk, map.pk])

    def change(*lines: str):
        told = {"title": "Carte", "around": "stake", "centres": "\n".join(lines)}
        return client.post(here, told)

    change("Équiper")
    alone = figures.board_of(map).charts
    change("Aller vers", "Équiper")
    both = figures.board_of(map).charts
    many = change(*(f"Centre {n}" for n in range(13)))

    assert ["Équiper"] == [str(one.centre) for one in alone]
    assert [1, 0] == [one.at_work for one in both]
    assert "Douze centres au plus" in many.content.decode()


def test_every_file_says_the_same_links_and_a_formula_stays_a_text(
    client, space, officer
):
    map = make_map(space, by=officer, is_simulated=True)
    centre, odd = map.centres.get(), names(map, "=CAF", "funding", by=officer)
    draws(odd, centre, "dashed", by=officer)
    draws(odd, centre, "solid", owner="CCAS", base=1, by=officer)
    names(map, "Fab lab", by=officer)
    client.force_login(officer)

    def read(format: str) -> bytes:
        found = client.get(reverse("ecosystems:file", args=[space.pk, map.pk, format]))
        return found.getvalue()

    told = json.loads(read("json"))
    sheet = load_workbook(io.BytesIO(read("xlsx"))).active
    lines = read("csv").decode("utf-8-sig").splitlines()

    assert ["non", "oui", "oui"] == [one["Comptée"] for one in told["links"]]
    assert (4, 4) == (len(lines), sheet.max_row)
    assert "'=CAF" in lines[1]
    assert all(line.startswith("SIMULÉ") for line in lines[1:])
    assert b"%PDF" == read("pdf")[:4]
    for document in (map_document(map), sheet_document(map)):
        assert "SIMULÉ" == document.watermark
    sheet_of = reverse("ecosystems:sheet", args=[space.pk, map.pk])
    assert b"%PDF" == client.get(sheet_of).content[:4]
    unknown = reverse("ecosystems:file", args=[space.pk, map.pk, "exe"])
    assert 404 == client.get(unknown).status_code


def test_a_map_holds_two_hundred_resources_at_most(space, officer, monkeypatch):
    monkeypatch.setattr(operations, "MOST_RESOURCES", 1)
    map = make_map(space, by=officer)
    names(map, "CCAS", by=officer)

    with pytest.raises(operations.TooMany):
        names(map, "CAF", by=officer)

    assert 1 == map.resources.count()


def test_naming_again_what_is_drawn_loses_nothing_and_says_so(client, space, officer):
    map = make_map(space, by=officer)
    centre, caf = map.centres.get(), names(map, "CAF", "funding", by=officer)
    day = date(2026, 1, 5)
    draws(caf, centre, "solid", owner="CCAS", since=day, by=officer)
    client.force_login(officer)
    here = reverse("ecosystems:add", args=[space.pk, map.pk, centre.pk])

    def name(status: str):
        told = {"name": "Caf", "category": "funding", "status": status, "owner": ""}
        return client.post(here, told, follow=True).content.decode()

    same = name("solid")
    kept = [(one.owner, one.since) for one in caf.links.all()]
    otherwise = name("dashed")

    assert [("CCAS", day)] == kept
    assert "La ressource est sur la carte" in same
    assert "venait de dire «\u00a0déjà opérante\u00a0»" in otherwise
    assert 1 == map.resources.count()


def test_a_resource_does_not_take_the_name_of_another(client, space, officer):
    map = make_map(space, by=officer)
    centre, caf = map.centres.get(), names(map, "CAF", by=officer)
    names(map, "CCAS", by=officer)
    client.force_login(officer)
    here = reverse("ecosystems:link", args=[space.pk, map.pk, centre.pk, caf.pk])

    taken = client.post(here, {"act": "rename", "name": "ccas"})
    own = client.post(here, {"act": "rename", "name": "Caf"})

    assert (200, 302) == (taken.status_code, own.status_code)
    assert "Une autre ressource de cette carte porte ce nom" in taken.content.decode()
    assert ["CCAS", "Caf"] == sorted(map.resources.values_list("name", flat=True))


def test_names_on_links_are_counted_at_an_instant_and_are_missing_once_erased(
    space, officer
):
    map = make_map(space, by=officer)
    centre, caf = map.centres.get(), names(map, "CAF", by=officer)
    before = timezone.now()
    draws(caf, centre, "dashed", by=officer)
    for hand in ("Amina", "Luc", "Luc"):
        said = Said(Link.Status.SOLID, 0, uuid4())
        operations.draw_link(caf, centre, said, by=Hand(name=hand))

    counted = figures.hands_of(map), figures.hands_of(map, at=before)
    Link.objects.update(hand="")

    assert (2, 0) == counted
    assert figures.hands_of(map) is None


def test_a_sheet_is_keyed_a_category_at_a_time_under_the_same_day(
    client, space, officer
):
    map = make_map(space, by=officer)
    client.force_login(officer)
    centre = map.centres.get()
    here = reverse("ecosystems:key_sheet", args=[space.pk, map.pk, centre.pk])
    line = {"name-partner-1": "Tiers-lieu", "status-partner-1": "dashed"}
    sent = {"since": "2026-02-01", "puis": "material"}

    first = client.get(here)
    after = client.post(f"{here}?categorie=partner", sent | line)
    page = client.get(after.url).context["form"]
    skipped = client.post(after.url, {"since": "2026-02-01", "puis": "speaker"})
    empty = client.post(after.url, {"since": "2026-02-01"})

    assert ["partner"] == first.context["form"].categories
    assert f"{here}?categorie=material&jour=2026-02-01" == after.url
    assert (["material"], "2026-02-01") == (page.categories, page["since"].value())
    assert skipped.url.endswith("?categorie=speaker&jour=2026-02-01")
    assert "Rien de cette feuille" in empty.content.decode()
    assert ["Tiers-lieu"] == [one.resource.name for one in Link.objects.all()]
