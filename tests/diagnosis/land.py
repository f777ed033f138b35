"""A small région whose figures can be read by eye.

Nine EPCI in a row, each a square that touches the next one. The poverty rate goes from
10 to 18 %, the income from 24 000 down to 20 000 €, 65 and over from 20 to 28 %.

    EPCI      1   2   3   4   5   6   7   8   9
    poverty  10  11  12  13  14  15  16  17  18

Its middle half goes from 12 to 16 %, its outer tenths start at 10.8 and 17.2 %.
"""

from __future__ import annotations

from dataclasses import dataclass

from jalons.indicators.models import Indicator, Observation, Release, Source
from jalons.territories.models import Contour, Membership, Territory

Kind = Territory.Kind
SIDE = 10
DIRECTIONS = {
    "poverty_rate": ("percent", "lower", "Taux de pauvreté", "Poverty rate"),
    "median_income": ("euros", "higher", "Niveau de vie médian", "Median income"),
    "share_65_plus": ("percent", "neither", "65 ans et plus", "Aged 65 or more"),
}


@dataclass(frozen=True)
class Land:
    region: Territory
    departement: Territory
    epci: tuple[Territory, ...]
    commune: Territory
    release: Release

    def number(self, at: int) -> Territory:
        """EPCI 1 to 9."""
        return self.epci[at - 1]

    def set_value(
        self, indicator: str, at: int, value: float | None, status=""
    ) -> None:
        """Change one figure, as a new file would."""
        Observation.objects.filter(
            territory=self.number(at), indicator=indicator
        ).update(value=value, status=status or "published")
        self.release.save()


def make_land() -> Land:
    region = _territory("R99", Kind.REGION, "Pays d’Exemple", 900_000)
    departement = _territory("91", Kind.DEPARTEMENT, "Exemple", 900_000)
    _join(departement, region)
    epci = tuple(
        _territory(f"90000000{at}", Kind.EPCI, f"CC n° {at}", at * 10_000)
        for at in range(1, 10)
    )
    for at, one in enumerate(epci):
        _join(one, departement, region)
        _square(one, at * SIDE)
    commune = _territory("91001", Kind.COMMUNE, "Bourg-d’Exemple", 1_000)
    _join(commune, epci[8], departement, region)
    release = _figures(epci)
    return Land(region, departement, epci, commune, release)


def _territory(code: str, kind: str, name: str, population: int) -> Territory:
    return Territory.objects.create(
        code=code, kind=kind, name=name, population=population, area_km2=100.0
    )


def _join(member: Territory, *groups: Territory) -> None:
    for group in groups:
        Membership.objects.create(member=member, group=group, since=2026)


def _square(territory: Territory, x: int) -> None:
    Contour.objects.create(
        territory=territory,
        vintage=2026,
        frame="metropole",
        path=f"M{x} 0l{SIDE} 0 0 {SIDE}-{SIDE} 0Z",
        min_x=x,
        min_y=0,
        max_x=x + SIDE,
        max_y=SIDE,
    )


def _figures(epci: tuple[Territory, ...]) -> Release:
    source = Source.objects.create(
        code="exemple", title="Fichier d’Exemple", producer="INSEE", licence="LO 2.0"
    )
    release = Release.objects.create(source=source, vintage="2021", file="exemple.csv")
    for code, (unit, direction, fr, en) in DIRECTIONS.items():
        texts = {"fr": fr, "en": en}
        indicator = Indicator.objects.create(
            code=code,
            source=source,
            title=texts,
            question=texts,
            limits=texts,
            unit=unit,
            direction=direction,
        )
        values = {
            "poverty_rate": [10 + at for at in range(9)],
            "median_income": [24_000 - 500 * at for at in range(9)],
            "share_65_plus": [20 + at for at in range(9)],
        }[code]
        Observation.objects.bulk_create(
            Observation(
                territory=one,
                indicator=indicator,
                release=release,
                value=value,
                status="published",
            )
            for one, value in zip(epci, values, strict=True)
        )
    return release
