"""A list of places as data·inclusion v1 has them: structures, and their services.

The inverse of the mapping read at import (`data/directory/formats/data-inclusion.toml`)
and of it alone: what version 1 of the schema cannot say is left out, never turned into
something near. Facts of the schema, read on 26 November 2026 in its public repository
(gip-inclusion/data-inclusion-schema, `v1/structures.py` and `v1/services.py`): one
e-mail, one telephone and one site a structure; one cost a service, free or not; a
description of 50 to 2 000 characters, which many lists do not have: it is given as it
is, and counted by the command.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.utils.text import slugify

from jalons.directory.exporting import BATCH, contacts_said, texts_said
from jalons.directory.mapping import known_formats
from jalons.directory.models import Place, PlaceList
from jalons.directory.opening import DATA_INCLUSION
from jalons.directory.records import BAR, NOTICE
from jalons.directory.vocabulary import read_vocabulary
from jalons.files.exports import SIMULATED

SIRET_LENGTH = 14
LEAST_DESCRIPTION = 50
LONGEST_NAME = 150
Value = str | float | list[str] | None
Row = dict[str, Value]


def structures_of(place_list: PlaceList) -> Iterator[Row]:
    """One structure a place, without anybody's own contact."""
    for place in _places(place_list):
        yield _marked(_structure(place), place_list)


def services_of(place_list: PlaceList) -> Iterator[Row]:
    """One service for each digital theme that a place offers."""
    for place in _places(place_list):
        for row in _services(place):
            yield _marked(row, place_list)


def _places(place_list: PlaceList) -> Iterator[Place]:
    places = place_list.places.in_their_list()
    places = places.select_related("organisation", "place_list")
    places = places.prefetch_related("services", "contacts").order_by("pk")
    yield from places.iterator(chunk_size=BATCH)


def _marked(row: Row, place_list: PlaceList) -> Row:
    return {NOTICE: SIMULATED, **row} if place_list.is_simulated else row


def _structure(place: Place) -> Row:
    pivot = place.organisation.pivot if place.organisation else ""
    is_siret = len(pivot) == SIRET_LENGTH and pivot.isdigit()
    return {
        **_named(place),
        "id": _id(place),
        "nom": place.name[:LONGEST_NAME],
        "siret": pivot if is_siret else None,
        **_where(place),
        **_reached(place),
        "site_web": next(iter(place.websites), None),
        "horaires_accueil": place.opening or None,
        "accessibilite_lieu": place.access_page or None,
        "reseaux_porteurs": _codes("typologie", "kinds", place),
    }


def _services(place: Place) -> Iterator[Row]:
    terms = read_vocabulary().terms["services"]
    offered = {one.kind for one in place.services.all()}
    costs = _codes("frais_a_charge", "costs", place)
    for code, theme in _inverse("services").items():
        if code not in offered:
            continue
        yield {
            **_named(place),
            "id": f"{_id(place)}--{theme.removeprefix('numerique--')}",
            "structure_id": _id(place),
            "nom": terms[code].label,
            "thematiques": [theme],
            "frais": costs[0] if len(costs) == 1 else None,
            "publics": _codes("publics_specifiquement_adresses", "publics", place),
            "modes_accueil": _codes("modalites_accompagnement", "support_modes", place),
            "modes_mobilisation": _codes("modalites_acces", "access_modes", place),
            "lien_mobilisation": place.booking_page or None,
            **_where(place),
            **_reached(place),
            "horaires_accueil": place.opening or None,
        }


def _named(place: Place) -> Row:
    texts = texts_said(place, read_vocabulary(), with_persons=False)
    description = texts["presentation_detail"] or texts["presentation_resume"]
    return {
        "source": _source(place),
        "description": str(description),
        "date_maj": place.checked_on.isoformat() if place.checked_on else None,
    }


def _source(place: Place) -> str:
    return place.collected_by or slugify(place.place_list.name)


def _id(place: Place) -> str:
    """That of the schema holds its source; one that came with it is given back."""
    return place.ref if "--" in place.ref else f"{slugify(_source(place))}--{place.ref}"


def _where(place: Place) -> Row:
    is_given = place.position == Place.Position.GIVEN
    return {
        "commune": place.locality or None,
        "code_postal": place.postcode or None,
        "code_insee": place.commune_code or None,
        "adresse": place.address or None,
        "complement_adresse": place.address_more or None,
        "longitude": place.longitude if is_given else None,
        "latitude": place.latitude if is_given else None,
    }


def _reached(place: Place) -> Row:
    said = contacts_said(place, with_persons=False)
    first = {name: str(said[name]).split(BAR)[0] for name in ("telephone", "courriels")}
    return {
        "telephone": first["telephone"] or None,
        "courriel": first["courriels"] or None,
    }


def _codes(column: str, name: str, place: Place) -> list[str]:
    inverse = _inverse(column)
    return [inverse[code] for code in getattr(place, name) if code in inverse]


@cache
def _inverse(column: str) -> dict[str, str]:
    """By code of ours, the first value of the schema that is read as it."""
    vocabulary, found = read_vocabulary(), dict[str, str]()
    for value, label in known_formats()[DATA_INCLUSION].values[column].items():
        code = vocabulary.code_of(column, label) if label else None
        if code:
            found.setdefault(code, value)
    return found
