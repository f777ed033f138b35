"""Which territories an index is shown for, and against which ones it is read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from jalons.territories.models import Territory

Kind = Territory.Kind
FRANCE = "FR"
CHOSEN = "CHOIX"
"""A set of territories that the reader listed."""

# What may stand as reference, from the smallest to the largest.
REFERENCES = (Kind.EPCI, Kind.DEPARTEMENT, Kind.REGION)


@dataclass(frozen=True, slots=True)
class Area:
    """Territories of one `level` shown within `zone`, read against `reference`.

    `zone` and `reference` are codes of territories; `reference` may be `FRANCE`, or
    `CHOSEN` for the codes of `chosen`, which are then the territories shown.
    """

    level: str
    zone: str
    reference: str
    chosen: tuple[str, ...] = ()

    def shown(self) -> QuerySet[Territory]:
        """The territories of the map and of the tables."""
        return self._of(CHOSEN if self.chosen else self.zone)

    def compared(self) -> QuerySet[Territory]:
        """The territories of the reference: bounds, means and ranks come from them."""
        return self._of(self.reference)

    def _of(self, code: str) -> QuerySet[Territory]:
        every = Territory.objects.filter(kind=self.level).current()
        if code == FRANCE:
            return every
        if code == CHOSEN:
            return every.by_codes(self.chosen)
        return every.within(code)


def usual_area(territory: Territory) -> Area:
    """An IRIS, a commune or an EPCI among those of its région, others among those of
    France."""
    if territory.kind in (Kind.IRIS, Kind.COMMUNE, Kind.EPCI):
        region = Territory.objects.regions().containing(territory).first()
        if region is not None:
            return Area(territory.kind, region.pk, region.pk)
    return Area(territory.kind, FRANCE, FRANCE)


HOME_REGION = "R75"
"""Shown first: the région whose figures and contours come with the project."""


def references_of(zone: Territory, level: str) -> list[str]:
    """What territories of a zone may be read against: the zone itself, what contains
    it, France, or a set of the reader's."""
    around = Territory.objects.containing(zone).filter(kind__in=REFERENCES)
    kinds = {one.kind: one.code for one in (zone, *around)}
    larger = [kinds[kind] for kind in REFERENCES if kind in kinds and kind != level]
    return [*larger, FRANCE, CHOSEN]
