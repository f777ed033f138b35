"""Interests for the tests, told and confirmed as people do."""

from __future__ import annotations

from jalons.reception import operations
from jalons.reception.models import Interest, InterestContact
from jalons.search import operations as search
from jalons.search.operations import Entry
from jalons.spaces.models import Space
from jalons.territories.models import Membership, Territory
from tests.factories import make_territory


def make_place(space: Space, name: str) -> Territory:
    """An EPCI that the centre follows, found by its name."""
    place = make_territory(name)
    Membership.objects.create(member=place, group=space.territory, since=2020)
    index(place)
    return place


def index(place: Territory) -> None:
    said = Entry(str(place.kind), place.code, place.name, subtitle="Exemple")
    search.index([said])


def tell(
    place: Territory, email: str = "sacha@exemple.fr", **fields: object
) -> Interest:
    """As the form does: the address waits to be confirmed."""
    given = {"learn": True, "structure": "Mairie", "function": "Maire"} | fields
    message = str(given.pop("message", ""))
    contact = InterestContact(name="Sacha", email=email, message=message)
    interest = Interest(territory=place, language="fr", **given)
    return operations.tell_interest(interest, contact)


def confirmed(
    place: Territory, email: str = "sacha@exemple.fr", **fields: object
) -> Interest:
    return operations.confirm_interest(tell(place, email, **fields))
