"""Who answered: persons by profile, territories by département, and the coverage."""

from __future__ import annotations

from collections import Counter

from jalons.analysis.gathering import Line, gather
from jalons.analysis.intervals import wilson
from jalons.observatory.answer_results import Count
from jalons.observatory.answers import profile_codes
from jalons.observatory.material import Material, Place
from jalons.observatory.results import (
    ANSWERED,
    NO_ANSWER,
    NOT_PUBLISHED,
    Base,
    Departement,
    Spot,
)
from jalons.observatory.variables import class_codes


def base(material: Material) -> Base:
    """The respondents and territories on which every figure rests."""
    answers = material.answers
    perimeter = {place.code for place in material.places}
    inside = Counter(_territories(material))
    covered = [p for p in material.places if p.code in material.responded]
    profiles = [
        (code, int(answers.profiles.where(code).sum()))
        for code in profile_codes(material.definition)
    ]
    return Base(
        responses=len(answers),
        outside=sum(n for code, n in inside.items() if code not in perimeter),
        perimeter=len(material.places),
        responding=len(covered),
        used=len(material.used),
        departements=len(material.departements),
        departements_covered=len({p.departement for p in covered if p.departement}),
        profiles=tuple(profiles),
        without_profile=len(answers) - sum(n for _, n in profiles),
        channels=_channels(material),
    )


def _channels(material: Material) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Persons by channel; alone, they say no answer, but might point at somebody."""
    lines = [Line(code, n, 0) for code, n in material.channels.items()]
    return tuple((one.names, one.people) for one in gather(lines))


def departements(material: Material) -> tuple[Departement, ...]:
    """One line for each département of the perimeter, by code."""
    persons = Counter(_territories(material))
    return tuple(
        _departement(code, name, material, persons)
        for code, name in sorted(material.departements.items())
    )


def spots(material: Material, *, with_points: bool) -> tuple[Spot, ...]:
    """Each territory of the perimeter as the map shows it."""
    return tuple(_spot(place, material, with_points) for place in material.places)


def upper_classes(material: Material) -> tuple[str, ...]:
    """The two upper classes: "avancé" and "très avancé" in the published grid."""
    return class_codes(material.definition)[-2:]


def _territories(material: Material) -> list[str]:
    """The territory of each answer."""
    names = material.answers.territories.names
    return [names[at] for at in material.answers.territories.positions.tolist()]


def _departement(
    code: str, name: str, material: Material, persons: Counter[str]
) -> Departement:
    places = [place for place in material.places if place.departement == code]
    used = [place for place in material.used if place.departement == code]
    responding = sum(place.code in material.responded for place in places)
    upper = upper_classes(material)
    advanced = sum(material.standings[p.code].class_code in upper for p in used)
    return Departement(
        code=code,
        name=name,
        epci=len(places),
        responding=responding,
        responses=sum(persons[place.code] for place in places),
        used=len(used),
        advanced=Count(advanced, len(used), wilson(advanced, len(used), len(places))),
        involvement=next((place.involvement for place in places), None),
    )


def _spot(place: Place, material: Material, with_points: bool) -> Spot:
    standing = material.standings.get(place.code)
    if place.code not in material.responded:
        return Spot(place.code, place.name, place.departement, NO_ANSWER)
    if not class_codes(material.definition):
        return Spot(place.code, place.name, place.departement, ANSWERED)
    if standing is None or place.code not in material.shown:
        return Spot(place.code, place.name, place.departement, NOT_PUBLISHED)
    return Spot(
        code=place.code,
        name=place.name,
        departement=place.departement,
        state=standing.class_code,
        is_uncertain=standing.is_uncertain,
        # Between two classes means 5.5, 14.5 or 21.5 points: points are the team's.
        is_borderline=standing.is_borderline and with_points,
        respondents=standing.respondents if with_points else None,
        low=standing.low if with_points else None,
        high=standing.high if with_points else None,
        method=standing.method,
    )
