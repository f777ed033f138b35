"""The words of DCAT-AP 3, and the same tree written in Turtle."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import iri_to_uri

from jalons.files.licences import SPDX, Licence
from jalons.hosts.figures import identity

Node = dict[str, Any]
AUTHORITY = "http://publications.europa.eu/resource/authority"
FRANCE = f"{AUTHORITY}/country/FRA"
FRENCH = f"{AUTHORITY}/language/FRA"
SOCIETY, REGIONS = (f"{AUTHORITY}/data-theme/{one}" for one in ("SOCI", "REGI"))
ANNUAL, IRREGULAR, NEVER, UNKNOWN = (
    f"{AUTHORITY}/frequency/{one}" for one in ("ANNUAL", "IRREG", "NEVER", "UNKNOWN")
)
MEDIA = "https://www.iana.org/assignments/media-types"
KINDS = {"csv": "text/csv", "json": "application/json"}
"""Those that IANA and the authority of file types name; lines of JSON have no name
there, and are told by their own."""
LINES = "JSON Lines"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class File:
    """A distribution: its address, its format, and where its shape is said.

    What is read in parts has no address that gives it whole.
    """

    address: str
    format: str
    licence: str | None
    described: str
    is_whole: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a data set beside its title and its files."""

    words: str
    frequency: str
    spatial: Node
    theme: str = SOCIETY
    producer: str = ""
    temporal: Node | None = None
    issued: datetime | None = None
    modified: datetime | None = None
    conforms_to: Sequence[str] = ()


def dataset(
    request: HttpRequest, identifier: str, title: str, files: Sequence[File], on: About
) -> Node:
    """Published by whoever answers for this site; made by its producer."""
    told: dict[str, Any] = {
        "@id": identifier,
        "@type": "dcat:Dataset",
        "dct:identifier": identifier,
        "dct:title": title,
        "dct:description": on.words,
        "dct:publisher": publisher(request),
        "dct:creator": agent(on.producer) if on.producer else None,
        "dcat:contactPoint": contact(request),
        "dcat:theme": {"@id": on.theme},
        "dct:language": {"@id": FRENCH},
        "dct:spatial": on.spatial,
        "dct:temporal": on.temporal,
        "dct:accrualPeriodicity": {"@id": on.frequency},
        "dct:issued": moment(on.issued) if on.issued else None,
        "dct:modified": moment(on.modified) if on.modified else None,
        "dct:conformsTo": [{"@id": one} for one in on.conforms_to] or None,
        "dcat:distribution": [_distribution(title, one) for one in files],
    }
    return {name: value for name, value in told.items() if value is not None}


def _distribution(title: str, file: File) -> Node:
    told: dict[str, Any] = {
        "@id": file.address,
        "@type": "dcat:Distribution",
        "dct:title": f"{file.title or title} ({file.format})",
        "dcat:accessURL": {"@id": file.address},
        "dct:conformsTo": {"@id": file.described},
    }
    if file.is_whole:
        told["dcat:downloadURL"] = {"@id": file.address}
    if file.format in KINDS:
        told["dcat:mediaType"] = {"@id": f"{MEDIA}/{KINDS[file.format]}"}
        told["dct:format"] = {"@id": f"{AUTHORITY}/file-type/{file.format.upper()}"}
    else:
        told["dct:format"] = {"@type": "dct:MediaTypeOrExtent", "rdfs:label": LINES}
    return told | (_terms(file.licence) if file.licence else {})


def _terms(name: str) -> Node:
    """A licence by its address when it is known, by its name always; to keep all
    rights is to give none."""
    if name == Licence.RESERVED.label:
        return {"dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": name}}
    told = {"@type": "dct:LicenseDocument", "rdfs:label": name}
    known = SPDX.get(name)
    return {"dct:license": {"@id": known, **told} if known else told}


def agent(name: str) -> Node:
    return {"@type": "foaf:Agent", "foaf:name": name}


def publisher(request: HttpRequest) -> Node:
    """Whoever answers for this site, with an address of its own in the catalogue."""
    told = agent(identity().publisher or "Jalons")
    return {"@id": _here(request, "publisher"), **told}


def contact(request: HttpRequest) -> Node:
    """The body that answers for this site, never a person's name."""
    host = identity()
    told: Node = {
        "@id": _here(request, "contact"),
        "@type": "vcard:Organization",
        "vcard:fn": host.publisher or "Jalons",
    }
    if host.contact_email:
        told["vcard:hasEmail"] = {"@id": iri_to_uri(f"mailto:{host.contact_email}")}
    page = host.contact_page or request.build_absolute_uri(reverse("front:legal"))
    return told | {"vcard:hasURL": {"@id": iri_to_uri(page)}}


def _here(request: HttpRequest, part: str) -> str:
    return request.build_absolute_uri(f"{reverse('api:show')}#{part}")


def moment(at: datetime) -> Node:
    return {"@value": at.isoformat(), "@type": "xsd:dateTime"}


def days(first: date, last: date) -> Node:
    begins, ends = (
        {"@value": one.isoformat(), "@type": "xsd:date"} for one in (first, last)
    )
    return _between(begins, ends)


def years(first: str | None, last: str | None) -> Node | None:
    """From the year of the first vintage to that of the last."""
    told = [(one or "")[:4] for one in (first, last)]
    if not all(len(one) == 4 and one.isdecimal() for one in told):
        return None
    begins, ends = ({"@value": one, "@type": "xsd:gYear"} for one in told)
    return _between(begins, ends)


def _between(begins: Node, ends: Node) -> Node:
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": begins,
        "dcat:endDate": ends,
    }


def place(request: HttpRequest, code: str) -> Node:
    address = request.build_absolute_uri(reverse("api:territory", args=[code]))
    return {"@id": address, "@type": "dct:Location", "dct:identifier": code}


def turtle(tree: Node) -> Iterator[str]:
    """The same triples: what has an address of its own is a subject of its own."""
    for prefix, address in tree["@context"].items():
        yield f"@prefix {prefix}: <{address}> .\n"
    waiting = [{name: one for name, one in tree.items() if name != "@context"}]
    told: set[str] = set()
    while waiting:
        node = waiting.pop(0)
        if node["@id"] not in told:
            told.add(node["@id"])
            yield f"\n<{node['@id']}> {_pairs(node, waiting)} .\n"


def _pairs(node: Node, waiting: list[Node]) -> str:
    return " ;\n  ".join(
        f"{'a' if name == '@type' else name} {_objects(name, value, waiting)}"
        for name, value in node.items()
        if name != "@id"
    )


def _objects(name: str, value: Any, waiting: list[Node]) -> str:
    values = value if isinstance(value, list) else [value]
    if name == "@type":
        return ", ".join(values)
    return ", ".join(_object(one, waiting) for one in values)


def _object(value: Any, waiting: list[Node]) -> str:
    if not isinstance(value, dict):
        return json.dumps(str(value), ensure_ascii=False)
    if "@value" in value:
        return f"{json.dumps(value['@value'])}^^{value['@type']}"
    if "@id" not in value:
        return f"[ {_pairs(value, waiting)} ]"
    if len(value) > 1:
        waiting.append(value)
    return f"<{value['@id']}>"
