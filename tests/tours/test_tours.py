from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.directory.figures import Wanted, When, find_places
from jalons.directory.models import Place
from jalons.tours import operations
from jalons.tours.figures import calendar_of, now
from jalons.tours.models import Stop, Tour
from tests.directory.places import make_commune
from tests.tours.rounds import make_tour

TUESDAYS = "Tu[1,3] 10:00-12:00; PH off"
STOP = {
    "place": "Bordeaux",
    "spot": "place de la mairie",
    "start": "10:00",
    "end": "12:00",
}


def url(name, space, *args):
    return reverse(f"tours:{name}", args=[space.pk, *args])


def test_a_tour_is_noted_given_a_stop_and_published(desk, space, actor):
    desk.post(
        url("create", space),
        {"title": "Bus", "actor": actor.pk, "summary": "Aide", "services": "demarches"},
    )
    tour = Tour.objects.get()

    desk.post(url("stop", space, tour.pk), STOP | {"weekday": "Tu", "rank": "1,3"})
    assert Stop.objects.get().opening == TUESDAYS
    assert desk.get(reverse("tours:show", args=[tour.pk])).status_code == 404
    desk.post(url("publish", space, tour.pk))

    page = desk.get(reverse("tours:show", args=[tour.pk])).content.decode()
    assert "mardi 1er décembre 2026" in page
    assert "10\u00a0h\u00a0– 12\u00a0h" in page
    assert Entry.objects.filter(verb="tour.published").count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "l’un des deux"),
        ({"dates": "05/12/2026", "weekday": "Tu"}, "l’un des deux"),
        ({"dates": "31/02/2026"}, "n’est pas une date"),
        ({"weekday": "Tu", "end": "09:00"}, "après le début"),
        ({"weekday": "Tu", "place": "Nulle-Part"}, "Aucune commune d’ici"),
        ({"dates": " ".join(f"{n:02}/01/2027" for n in range(1, 32))}, "30 dates"),
    ],
)
def test_a_stop_that_cannot_be_is_refused_beside_its_field(
    desk, space, officer, actor, given, said
):
    tour = make_tour(actor, by=officer)

    answer = desk.post(url("stop", space, tour.pk), STOP | given)

    assert said in answer.content.decode()
    assert not Stop.objects.exists()


def test_thirty_dates_hold_in_a_stop(desk, space, officer, actor):
    tour = make_tour(actor, by=officer)
    dates = " ".join(f"{n:02}/12/2026" for n in range(1, 31))

    desk.post(url("stop", space, tour.pk), STOP | {"dates": dates})

    assert len(calendar_of(tour, now()).coming) == 30


def test_a_tour_without_a_stop_is_not_published(officer, actor):
    with pytest.raises(operations.NoStop):
        operations.publish_tour(make_tour(actor, by=officer), by=officer)


def find(moment):
    wanted = Wanted(
        commune=make_commune(),
        km=10,
        now=timezone.now(),
        when=When.MOMENT,
        moment=moment,
    )
    return [one.name for one in find_places(wanted).near]


def test_a_stop_of_a_public_tour_is_found_as_a_place_when_it_is_there(officer, actor):
    tour = make_tour(actor, by=officer, opening=TUESDAYS)
    there = timezone.datetime(2026, 12, 1, 11)
    assert find(there) == []

    operations.publish_tour(tour, by=officer)

    assert find(there) == ["Bus numérique, place de la mairie"]
    assert find(timezone.datetime(2026, 12, 8, 11)) == []


def test_what_changes_in_a_tour_changes_in_its_places(officer, actor):
    tour = make_tour(actor, by=officer, opening=TUESDAYS)
    operations.publish_tour(tour, by=officer)

    tour.title = "Camion"
    operations.save_tour(tour, by=officer)
    assert [one.name for one in Place.objects.all()] == ["Camion, place de la mairie"]
    operations.remove_stop(tour.stops.get(), by=officer)

    assert not Place.objects.exists()


def test_a_stop_is_changed_from_what_was_chosen(desk, space, officer, actor):
    tour = make_tour(actor, by=officer, opening=TUESDAYS)
    operations.publish_tour(tour, by=officer)
    stop = tour.stops.get()
    address = reverse("tours:amend", args=[space.pk, tour.pk, stop.pk])

    form = desk.get(address).context["form"]
    assert (form["weekday"].value(), form["rank"].value()) == ("Tu", "1,3")
    desk.post(address, STOP | {"weekday": "We", "rank": "", "spot": "la halle"})

    stop.refresh_from_db()
    assert stop.opening.startswith("We ")
    assert Place.objects.get().opening == stop.opening


def test_a_tour_withdrawn_is_read_and_found_no_more(client, officer, actor):
    tour = make_tour(actor, by=officer, opening=TUESDAYS)
    operations.publish_tour(tour, by=officer)

    operations.withdraw_tour(tour, by=officer)

    assert not Place.objects.exists()
    assert client.get(reverse("tours:show", args=[tour.pk])).status_code == 404


def test_invented_and_real_tours_never_share_a_list(officer, space, actor):
    real = make_tour(actor, by=officer, opening=TUESDAYS)
    actor.is_simulated = True
    actor.save()
    operations.publish_tour(real, by=officer)

    assert Place.objects.get().place_list.is_simulated


def test_the_calendar_file_holds_each_coming_once(client, officer, actor):
    tour = make_tour(actor, by=officer, opening="2026 Dec 05 09:00-12:00")
    operations.publish_tour(tour, by=officer)

    answer = client.get(reverse("tours:calendar", args=[tour.pk]))

    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART:20261205T080000Z" in text
    assert "LOCATION:place de la mairie\\, Bordeaux" in text
