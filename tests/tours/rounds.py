"""Tours for the tests, made as a team makes them."""

from __future__ import annotations

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.tours import operations
from jalons.tours.models import Tour
from tests.directory.places import make_commune


def make_tour(actor: Actor, *, by: User, opening: str = "", **fields: object) -> Tour:
    """A tour, with one stop in Bordeaux when an opening is given."""
    given = {
        "title": "Bus numérique",
        "summary": "Aide aux démarches, sans rendez-vous.",
        "services": ["demarches"],
        **fields,
    }
    tour = operations.save_tour(Tour(space=actor.space, actor=actor, **given), by=by)
    if opening:
        stop = tour.stops.model(
            tour=tour, commune=make_commune(), spot="place de la mairie"
        )
        stop.opening = opening
        operations.save_stop(stop, by=by)
    return tour
