from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.directory.models import (
    Organisation,
    Place,
    PlaceList,
    Service,
)
from jalons.directory.naming import list_name
from jalons.directory.sifting import sift
from jalons.spaces.models import Space
from jalons.tours.models import Stop, Tour

ITINERANT = "itinerant"


class NoStop(Exception):
    """A tour without a stop is not published: nobody could go there."""


@transaction.atomic
def save_tour(tour: Tour, *, by: User) -> Tour:
    """Write a new tour, or what changed in it; what is published follows."""
    is_new = tour.pk is None
    tour.save()
    if is_new:
        audit.record("tour.created", tour, by=by)
    else:
        audit.record("tour.changed", tour, by=by)
    _show(tour)
    return tour


@transaction.atomic
def save_stop(stop: Stop, *, by: User) -> Stop:
    is_new = stop.pk is None
    stop.save()
    if is_new:
        audit.record("stop.added", stop, by=by, space_id=stop.tour.space_id)
    else:
        audit.record("stop.changed", stop, by=by, space_id=stop.tour.space_id)
    _show(stop.tour)
    return stop


@transaction.atomic
def remove_stop(stop: Stop, *, by: User) -> None:
    audit.record("stop.removed", stop, by=by, space_id=stop.tour.space_id)
    _places(stop.tour).filter(ref=_ref(stop)).delete()
    stop.delete()


@transaction.atomic
def publish_tour(tour: Tour, *, by: User) -> None:
    """Its page opens to all, and each stop is found as a place. Raises NoStop."""
    if not tour.stops.exists():
        raise NoStop(tour)
    tour.published_at = timezone.now()
    tour.save(update_fields=["published_at"])
    audit.record("tour.published", tour, by=by)
    _show(tour)


@transaction.atomic
def withdraw_tour(tour: Tour, *, by: User) -> None:
    """Neither its page nor its stops are public any more."""
    tour.published_at = None
    tour.save(update_fields=["published_at"])
    _places(tour).delete()
    audit.record("tour.withdrawn", tour, by=by)


def _show(tour: Tour) -> None:
    """Bring the places that the public finds in line with the stops."""
    if tour.published_at is None:
        return
    places = {place.ref: place for place in _places(tour)}
    for stop in tour.stops.select_related("commune"):
        place = places.pop(_ref(stop), None) or Place(ref=_ref(stop))
        _describe(place, stop, tour)
    Place.objects.filter(pk__in=[one.pk for one in places.values()]).delete()


def _describe(place: Place, stop: Stop, tour: Tour) -> None:
    commune, actor = stop.commune, tour.actor
    place.place_list = _list_of(tour.space, actor.is_simulated)
    place.organisation, _is_new = Organisation.objects.get_or_create(
        pivot="", name=actor.name
    )
    place.name = f"{tour.title}, {stop.spot}"[:250]
    place.commune, place.locality = commune, commune.name
    place.commune_code = commune.pk
    place.address = stop.spot
    assert commune.longitude is not None
    assert commune.latitude is not None
    place.longitude, place.latitude = commune.longitude, commune.latitude
    place.position = Place.Position.COMMUNE
    place.opening, place.summary = stop.opening, tour.summary
    place.mobility = [ITINERANT]
    path = reverse("tours:show", kwargs={"pk": tour.pk})
    place.websites = [f"{settings.SITE_URL}{path}"]
    place.checked_on = timezone.localdate()
    place.left_on = None
    place.save()
    place.services.all().delete()
    Service.objects.bulk_create(
        Service(place=place, kind=kind) for kind in tour.services
    )
    sift([place.pk])


def _list_of(space: Space, is_simulated: bool) -> PlaceList:
    """The list of the stops of a space; real and invented ones never share a list."""
    kind = "Tournées d’exemple" if is_simulated else "Tournées"
    found, _is_new = PlaceList.objects.get_or_create(
        name=list_name(kind, space),
        defaults={"is_simulated": is_simulated, "space": space},
    )
    return found


def _places(tour: Tour) -> QuerySet[Place]:
    """The places of a tour, in whichever list of its space they are."""
    ours: QuerySet[Place] = Place.objects.filter(
        place_list__space=tour.space_id, ref__startswith=f"tour-{tour.pk}-"
    )
    return ours


def _ref(stop: Stop) -> str:
    return f"tour-{stop.tour_id}-{stop.pk}"
