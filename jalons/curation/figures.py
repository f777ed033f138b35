from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.analysis.place_quality import Described, quality_of
from jalons.curation.keeping import kept_by
from jalons.curation.models import PlaceReport, Resemblance
from jalons.directory.models import Place, ProfessionalContact, Service
from jalons.spaces.models import Space

PAST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ToComplete:
    """A place, how well its list describes it, and what it lacks, in words."""

    place: Place
    score: float
    lacks: list[str]

    @property
    def percent(self) -> int:
        return round(self.score * 100)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a team has to look at."""

    places: int
    to_complete: int
    twins: int
    reports: int


def counts_of(space: Space) -> Counts:
    rows = list(places_to_complete(space))
    twins = space.resemblances.filter(verdict=Resemblance.Verdict.OPEN)
    return Counts(
        places=_places(space).count(),
        to_complete=len(rows),
        twins=twins.count(),
        reports=open_reports(space).count(),
    )


def open_reports(space: Space) -> QuerySet[PlaceReport]:
    """About its own lists; for a resource centre, about those without a team too."""
    return PlaceReport.objects.filter(
        kept_by(space, "place__"), state=PlaceReport.State.OPEN
    ).select_related("place__place_list")


def places_to_complete(space: Space, today: date | None = None) -> Iterator[ToComplete]:
    """The places of a team that lack something, the least well described first."""
    today = today or timezone.localdate()
    offers = Service.objects.filter(place=OuterRef("pk"))
    reached = ProfessionalContact.objects.filter(place=OuterRef("pk"))
    places = _places(space).annotate(offers=Exists(offers), is_reached=Exists(reached))
    words = lacks_in_words()
    rows = []
    for place in places.select_related("place_list").iterator():
        found = quality_of(_described(place, today))
        if found.lacks:
            rows.append(
                ToComplete(place, found.score, [words[one] for one in found.lacks])
            )
    yield from sorted(rows, key=lambda row: (row.score, row.place.name))


def lacks_in_words() -> dict[str, str]:
    return {
        "hours": _("the hours"),
        "hours_unread": _("hours that can be read"),
        "address": _("the address"),
        "contact": _("a telephone, an e-mail or a site"),
        "services": _("the help given"),
        "access": _("how to come"),
        "cost": _("the cost"),
        "summary": _("a few words of presentation"),
        "position": _("its position on the map"),
        "check": _("the day it was last checked"),
        "old_check": _("a recent check"),
    }


def _places(space: Space) -> QuerySet[Place]:
    return Place.objects.in_their_list().filter(place_list__space=space)


def _described(place: Place, today: date) -> Described:
    """`offers` and `is_reached` are annotated by the query."""
    offers, is_reached = vars(place)["offers"], vars(place)["is_reached"]
    said = {
        "address": place.address,
        "contact": place.phone or place.mailboxes or place.websites or is_reached,
        "services": offers,
        "access": place.access_modes,
        "cost": place.costs,
        "summary": place.summary or place.description,
    }
    hours = "read" if place.hours else "words" if place.opening else ""
    days = (today - place.checked_on).days if place.checked_on else None
    filled = [name for name, value in said.items() if value]
    return Described(filled, days, hours, place.position)
